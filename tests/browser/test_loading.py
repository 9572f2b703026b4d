"""What a page asks for and says, and what is left of it without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from .site import KINDS, Tab, each_kind

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_without_scripts(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


@each_kind
def test_page_loads_from_this_site_only_and_says_nothing(tab: Tab, kind: str) -> None:
    tab.open_kind(kind)
    elsewhere = [url for url in tab.asked if not url.startswith((tab.url, "about:"))]
    assert (tab.said, tab.failed, elsewhere) == ([], [], [])


@each_kind
def test_story_needs_one_style_sheet_another_page_two_and_each_one_script(
    tab: Tab, kind: str
) -> None:
    """The icon aside, which a browser fetches when it likes."""
    tab.open_kind(kind)
    asked = [url.removeprefix(tab.url) for url in tab.asked if url.startswith(tab.url)]
    files = [path for path in asked if path != KINDS[kind] and not path.endswith(".svg")]
    names = {re.sub(r".*/(\w+)\.\w+\.", r"\1.", path) for path in files}
    is_article = tab.page.locator("main > .article").count()
    is_story = kind in ("story", "small-story")
    second = set() if is_story else {"article.css" if is_article else "pages.css"}
    assert len(files) == len(names)
    assert names - {"explainer.js"} == {"explainer.css"} | second


#: The text of a page as it is shown, without controls: those are for scripts only.
READ = """
() => {
  document.querySelectorAll("form").forEach((form) => form.remove());
  return document.body.innerText.split("\\n").filter((line) => line.trim());
}
"""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "redirect"])
def test_page_reads_the_same_without_scripts(
    tab: Tab, page_without_scripts: Page, kind: str
) -> None:
    tab.open_kind(kind)
    page_without_scripts.goto(tab.url + KINDS[kind])
    assert page_without_scripts.evaluate(READ) == tab.measure(READ)
