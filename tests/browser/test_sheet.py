"""The story that the documents show as a sheet, on a phone and without scripts."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.unit.small_site import small_pages, small_site

from .site import PHONE, Tab

pytestmark = pytest.mark.browser

FORMAT = Path(__file__).resolve().parents[2] / "docs" / "format.md"
STORY = "stories/harbour-bridge/"


@pytest.fixture(scope="module")
def sheet() -> str:
    found = re.search(r"^```csv\n(.*?)^```$", FORMAT.read_text(encoding="utf-8"), re.M | re.S)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def tab(
    sheet: str,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    serve_folder: Callable[[Path, str], str],
) -> Iterator[Tab]:
    """A phone without scripts, in front of a site that was made of the sheet alone."""
    output = tmp_path_factory.mktemp("sheet")
    for path, text in small_pages(small_site({"stories/harbour-bridge.csv": sheet}, base={})).files:
        file = output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    url = serve_folder(output, "/news/")
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        yield Tab(context.new_page(), url)


def test_every_row_can_be_read_without_scripts_and_without_other_sites(
    tab: Tab, sheet: str
) -> None:
    page = tab.open(STORY)
    rows = [row for row in csv.DictReader(sheet.splitlines()) if row["Type"] != "title"]
    shown = page.locator("main").inner_text()
    elsewhere = [url for url in tab.asked if not url.startswith((tab.url, "about:"))]
    assert [row["Headline"] for row in rows if row["Headline"] not in shown] == []
    assert elsewhere == []


def test_link_of_a_row_leads_to_it(tab: Tab) -> None:
    page = tab.open(f"{STORY}#event-barge-strikes")
    heading = page.locator("#event-barge-strikes").get_by_role("heading")
    box = heading.bounding_box()
    assert box is not None
    assert (heading.inner_text(), 0 <= box["y"] < PHONE["height"]) == (
        "A barge strikes a pier",
        True,
    )


def test_page_is_as_wide_as_a_phone(tab: Tab) -> None:
    page = tab.open(STORY)
    boxes = [one.bounding_box() for one in page.locator(".event").all()]
    assert max(box["x"] + box["width"] for box in boxes if box) <= PHONE["width"]
