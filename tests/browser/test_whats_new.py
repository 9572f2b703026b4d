"""What is new since the last visit: two builds of the golden site, one browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer.site import link_site, render_site
from tests.site.northbridge import BASE, THEME, golden_settings, loaded, texts

from .site import STORY

pytestmark = pytest.mark.browser

FIRST_VISIT = dt.datetime(2026, 5, 25, 9, tzinfo=dt.UTC)
LATER = FIRST_VISIT + dt.timedelta(days=3)
MOMENTS_LATER = FIRST_VISIT + dt.timedelta(minutes=20)
#: What editors write before the second build: an event dated as added (a day that was there
#: before), a quote as updated by the month, and a change.
EDITS: Mapping[str, tuple[str, str]] = {
    "stories/harbour-bridge.yaml": (
        "changes:\n",
        "changes:\n  - {date: 2026-05-27, text: Divers are back in the water.}\n",
    ),
    "articles/repair-plan.yaml": (
        "  - id: toll-refused\n",
        "  - id: toll-refused\n    added: 2026-05-20\n",
    ),
    "articles/bridge-closed.yaml": (
        "  - id: quill-stays-shut\n",
        "  - id: quill-stays-shut\n    updated: 2026-05\n",
    ),
}


@cache
def second_build() -> dict[str, str]:
    """Every file of the golden site after the edits."""
    files = tuple(
        replace(file, text=file.text.replace(*EDITS.get(file.path.as_posix(), ("", "")), 1))
        for file in loaded().files
    )
    assert sum(a != b for a, b in zip(files, loaded().files, strict=True)) == len(EDITS)
    site = link_site(replace(loaded(), files=files), golden_settings())
    assert site.report.errors == ()
    return dict(render_site(site, golden_settings(), THEME).files)


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two-builds")


@pytest.fixture(scope="module")
def url(folder: Path, serve_folder: Callable[[Path, str], str]) -> str:
    return serve_folder(folder, BASE) + STORY


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """A browser that was never here, and the first build."""
    write(folder, texts())
    with browser.new_context() as context:
        yield context.new_page()


def visit(page: Page, url: str, at: dt.datetime) -> Page:
    """Open the story at a time, fresh."""
    page.goto("about:blank")
    page.clock.set_fixed_time(at)
    page.goto(url)
    return page


def come_back(page: Page, url: str, folder: Path, at: dt.datetime = LATER) -> Page:
    """A first visit, the second build, and another visit."""
    visit(page, url, FIRST_VISIT)
    write(folder, second_build())
    return visit(page, url, at)


def marked(page: Page) -> list[str]:
    """What is marked as new, by the ids of the things, in the order of the page."""
    found: list[str] = page.locator("[data-mark]:visible, details [data-mark]").evaluate_all(
        "marks => marks.map((mark) => mark.closest('[id]').id)"
    )
    return found


NEW = ["quote-quill-stays-shut", "event-toll-refused", "change-2026-05-27-1"]


def test_first_visit_says_nothing(page: Page, url: str) -> None:
    visit(page, url, FIRST_VISIT)
    expect(page.locator("[data-visit] p")).to_have_count(2)
    expect(page.locator("[data-visit] p:visible")).to_have_count(0)
    assert marked(page) == []


def test_second_visit_to_the_same_build_says_nothing(page: Page, url: str) -> None:
    visit(page, url, FIRST_VISIT)
    visit(page, url, LATER)
    expect(page.locator("[data-visit] p:visible")).to_have_count(0)
    assert marked(page) == []


def test_later_visit_says_what_is_new_and_marks_it(page: Page, url: str, folder: Path) -> None:
    come_back(page, url, folder)
    expect(page.get_by_role("status").first).to_have_text(
        "3 new since your last visit 25 May 2026 Mark all as seen", use_inner_text=True
    )
    assert marked(page) == NEW
    expect(page.locator("#event-toll-refused [data-new]")).to_have_text("Newadded 20 May 2026")


def test_count_leads_to_the_first_that_is_new(page: Page, url: str, folder: Path) -> None:
    come_back(page, url, folder).get_by_role("link", name="3 new since").click()
    assert page.url == f"{url}#{NEW[0]}"
    expect(page.locator(f"#{NEW[0]}")).to_be_in_viewport()


def test_new_stays_new_until_the_next_visit(page: Page, url: str, folder: Path) -> None:
    come_back(page, url, folder)
    visit(page, url, LATER + dt.timedelta(minutes=20))
    assert marked(page) == NEW
    visit(page, url, LATER + dt.timedelta(hours=2))
    assert marked(page) == []


def test_build_within_a_visit_is_new_at_once(page: Page, url: str, folder: Path) -> None:
    come_back(page, url, folder, MOMENTS_LATER)
    assert marked(page) == NEW


def test_all_is_marked_as_seen(page: Page, url: str, folder: Path) -> None:
    come_back(page, url, folder)
    page.get_by_role("button", name="Mark all as seen").focus()
    page.keyboard.press("Enter")
    status = page.get_by_role("status").first
    expect(status).to_be_focused()
    expect(status).to_have_text("Everything is marked as seen.", use_inner_text=True)
    assert marked(page) == []
    expect(page.locator("#event-toll-refused .news")).to_have_text("added 20 May 2026")
    visit(page, url, LATER + dt.timedelta(hours=2))
    expect(page.locator("[data-visit] p:visible")).to_have_count(0)


def test_timeline_is_filtered_by_what_is_new(page: Page, url: str, folder: Path) -> None:
    come_back(page, url, folder)
    page.locator(".filter summary").click()
    page.locator("[name=since]").select_option("My last visit (2)")
    expect(page.locator("output")).to_have_text("2 of 30 events")
    ids = "events => events.map((event) => event.id)"
    shown = page.locator(".event:visible").evaluate_all(ids)
    assert shown == ["event-bridge-closed", "event-toll-refused"]
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.locator("output")).to_have_text("30 of 30 events")
    assert page.url == url


def test_stories_are_remembered_apart(page: Page, url: str, folder: Path) -> None:
    come_back(page, url.replace("harbour-bridge", "night-ferry"), folder)
    assert marked(page) == []
    visit(page, url, LATER)
    assert marked(page) == []
    names = page.evaluate("Object.keys(localStorage).sort()")
    stories = ("harbour-bridge", "night-ferry")
    assert names == [f"explainer:{BASE}stories/{story}/" for story in stories]


@pytest.mark.parametrize(
    "obstacle",
    [
        pytest.param(
            "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('', 'SecurityError'); } })",
            id="forbidden",
        ),
        pytest.param(
            "Storage.prototype.setItem ="
            " () => { throw new DOMException('', 'QuotaExceededError'); }",
            id="full",
        ),
        pytest.param(
            "localStorage.setItem('explainer:/news/stories/harbour-bridge/', '{\"last\": 1}')",
            id="of-no-use",
        ),
    ],
)
def test_where_nothing_can_be_kept_nothing_is_said(
    page: Page, url: str, folder: Path, obstacle: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(f"if (location.protocol !== 'about:') {{ {obstacle} }}")
    come_back(page, url, folder)
    assert (marked(page), errors) == ([], [])
    expect(page.locator(".filter summary")).to_be_visible()


def test_page_without_script_says_when_something_was_added(
    browser: Browser, url: str, folder: Path
) -> None:
    write(folder, second_build())
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url)
        expect(page.locator("#event-toll-refused .news")).to_have_text("added 20 May 2026")
        expect(page.locator("[data-visit] p:visible")).to_have_count(0)
