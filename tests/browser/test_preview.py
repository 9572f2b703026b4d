"""The preview in a browser: reloading where one was, the message over the page, the links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize

from explainer.preview import Preview
from explainer.preview_server import PreviewServer
from explainer.serving import running
from tests.unit.town_folder import write, write_town
from tools.audit.accessibility import OPTIONS, undecided_contrasts, violations

from .site import DESK, PHONE

pytestmark = pytest.mark.browser

PATH = "stories/bridge/"
BROKEN = """\
events:
  - id: bridge-closed
    date: 9 March 2026
    title: The council closes the bridge
    actors: [council]
    evidence: The council closed the bridge
"""


def many_events(first: int) -> str:
    """Annotations long enough to scroll through."""
    lines = [
        f"  - {{id: event-{year}, date: {year}, title: Something in {year}, allow: [no-source]}}\n"
        for year in range(first, 2000)
    ]
    return "events:\n" + "".join(lines)


@dataclass
class Desk:
    """An editor's screen: the sources, the preview of them, and a page in a browser."""

    folder: Path
    preview: Preview
    page: Page
    url: str
    said: list[str]

    def save(self, text: str) -> None:
        """Save the annotations, and have the preview notice it."""
        write(self.folder, "articles/closed.yaml", text)
        self.preview.read()

    def wait_for(self, words: str) -> None:
        """Wait until words stand on the page."""
        self.page.wait_for_function("words => document.body?.innerText.includes(words)", arg=words)


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Desk]:
    settings = write_town(tmp_path)
    preview = Preview(settings, root="/news/")
    preview.read()
    said: list[str] = []
    with running(PreviewServer(preview, "/news/", 0)) as url, browser.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url + PATH)
        yield Desk(tmp_path, preview, page, url, said)


def test_change_is_on_the_page_by_itself(desk: Desk) -> None:
    desk.save("events:\n  - {title: The quay is shut, allow: [no-source]}\n")
    desk.wait_for("The quay is shut")
    assert desk.said == []


def test_page_that_was_missing_comes_by_itself(desk: Desk) -> None:
    desk.page.goto(desk.url + "actors/new/")
    desk.said.clear()  # the browser says that it got a 404
    write(desk.folder, "actors/new.yaml", "name: Ann New\nkind: person\n")
    desk.preview.read()
    desk.wait_for("Ann New")
    assert desk.said == []


def test_what_is_looked_at_stays_in_place_when_something_is_added_above(desk: Desk) -> None:
    desk.save(many_events(1950))
    desk.wait_for("Something in 1950")
    top = "document.getElementById('event-event-1980').getBoundingClientRect().top"
    desk.page.evaluate(f"scrollBy({{top: {top} - 10, behavior: 'instant'}})")
    before = desk.page.evaluate(top)
    is_there = f"before => document.readyState === 'complete' && Math.abs({top} - before) < 2"
    desk.save(many_events(1940))
    desk.page.wait_for_selector("#event-event-1940", state="attached")
    desk.page.wait_for_function(is_there, arg=before)
    desk.page.reload()  # by hand: then it is the browser that remembers
    desk.page.wait_for_function(is_there, arg=before)


def test_mistake_is_shown_over_the_last_good_page(desk: Desk) -> None:
    desk.save(BROKEN)
    dialog = desk.page.get_by_role("alertdialog", name="This page is the last that could be built")
    dialog.wait_for()
    status = desk.preview.status
    assert status is not None
    text = desk.page.locator("#preview-text")
    assert text.evaluate("element => element.textContent") == status.text
    assert "error[bad-date]" in status.text
    assert text.evaluate("element => getComputedStyle(element).userSelect") == "text"
    assert "The council closes the bridge" in desk.page.locator("main").inner_text()
    assert desk.said == []


def test_message_is_closed_and_opened_by_the_keyboard(desk: Desk) -> None:
    desk.save(BROKEN)
    dialog = desk.page.get_by_role("alertdialog")
    dialog.wait_for()
    focused = "document.activeElement.textContent"
    assert desk.page.evaluate(focused) == "Close (Esc)"
    desk.page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    button = desk.page.get_by_role("button", name="Not built: 1 error in 1 file")
    button.focus()
    desk.page.keyboard.press("Enter")
    dialog.wait_for()


def test_message_goes_when_it_is_mended_and_comes_with_the_next_mistake(desk: Desk) -> None:
    dialog = desk.page.get_by_role("alertdialog")
    for day in (9, 10):
        desk.save(BROKEN)
        dialog.wait_for()
        desk.page.keyboard.press("Escape")
        desk.save(BROKEN.replace("9 March 2026", f"2026-03-{day:02}"))
        desk.wait_for(f"{day} March 2026")
        assert dialog.count() == 0


def test_message_fits_a_phone(desk: Desk) -> None:
    desk.page.set_viewport_size(PHONE)
    desk.save(BROKEN)
    desk.page.get_by_role("alertdialog").wait_for()
    overflow = desk.page.evaluate(
        """() => [document.documentElement, document.querySelector("dialog")]
            .map((one) => one.scrollWidth - one.clientWidth)"""
    )
    assert overflow == [0, 0]
    size = "getComputedStyle(document.getElementById('preview-text')).fontSize"
    assert float(desk.page.evaluate(size).removesuffix("px")) >= 14


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_message_and_links_are_accessible(
    desk: Desk, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    desk.page.set_viewport_size(size)
    desk.page.emulate_media(color_scheme=scheme)
    desk.page.evaluate(AXE_SCRIPT)
    result = desk.page.evaluate("(options) => axe.run(options)", OPTIONS)
    found = [*violations(result, "page"), *undecided_contrasts(result, "page")]
    desk.save(BROKEN)
    desk.page.get_by_role("alertdialog").wait_for()
    result = desk.page.evaluate("(options) => axe.run(options)", OPTIONS)
    # Its colours are its own, 15 to 1; what scrolls below the edge axe leaves undecided.
    found += violations(result, "message")
    assert not found, "\n".join(found)


def test_mistake_at_the_start_gives_way_to_the_page(tmp_path: Path, browser: Browser) -> None:
    preview = Preview(write_town(tmp_path), root="/")
    write(tmp_path, "articles/closed.yaml", BROKEN)
    preview.read()
    with running(PreviewServer(preview, "/", 0)) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(url + PATH)
        assert "error[bad-date]" in page.locator("main pre").inner_text()
        write(tmp_path, "articles/closed.yaml", "{}\n")
        preview.read()
        page.get_by_role("heading", name="The bridge", level=1).wait_for()


def test_record_gives_its_place_to_copy(desk: Desk) -> None:
    record = desk.page.locator("#event-bridge-closed")
    button = record.get_by_role("button", name="content/articles/closed.yaml:2")
    button.click()
    record.get_by_text("(copied)").wait_for()
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert copied == "content/articles/closed.yaml:2"


def test_record_leads_to_its_line_in_the_editor(tmp_path: Path, browser: Browser) -> None:
    address = "vscode://file{path}:{line}:{column}"
    preview = Preview(write_town(tmp_path), root="/", editor_address=address)
    preview.read()
    with running(PreviewServer(preview, "/", 0)) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(url + PATH)
        link = page.locator("#event-bridge-closed .preview-source")
        href = link.get_attribute("href") or ""
    assert urlsplit(href).scheme == "vscode"
    assert href.endswith("/content/articles/closed.yaml:2:5")
