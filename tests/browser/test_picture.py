"""The picture of a timeline: for pointers, beside the list that says the same."""

from __future__ import annotations

import pytest

from .site import STORY, Tab

pytestmark = pytest.mark.browser

MARK = ".timeline-picture__drawing--wide a[href='#event-great-flood']"


def test_mark_is_named_while_a_pointer_rests_on_it(tab: Tab) -> None:
    page = tab.open(STORY)
    assert page.locator(".timeline-picture title").count() == 0
    page.locator(MARK).first.hover()
    assert page.locator(f"{MARK} title").all_text_contents() == [
        "A flood fills the old town, 1950s"
    ]


def test_mark_leads_to_its_event(tab: Tab) -> None:
    page = tab.open(STORY)
    page.locator(MARK).first.click()
    assert page.evaluate("location.hash") == "#event-great-flood"
    assert page.locator("#event-great-flood").is_visible()
