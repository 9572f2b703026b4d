"""A printed story says all that the page says, and nothing that only a screen can do."""

from __future__ import annotations

import pytest

from tests.site.northbridge import golden_site

from .site import STORY, Tab

pytestmark = pytest.mark.browser

#: The texts of what a selector finds, as far as they are shown.
SHOWN = """
(selector) => [...document.querySelectorAll(selector)]
  .filter((element) => element.checkVisibility({ contentVisibilityAuto: true }))
  .filter((element) => element.getBoundingClientRect().height > 0)
  .map((element) => element.textContent.trim().replace(/\\s*#$/, ""))
"""

ON_SCREEN_ONLY = (
    ".menu",
    ".skip-link",
    ".breadcrumbs",
    ".contents",
    ".years",
    ".permalink",
    ".pager",
    ".section--recommended",
)


def printed(tab: Tab, path: str, selector: str) -> list[str]:
    """The texts of a selector on the printed page."""
    tab.page.emulate_media(media="print")
    tab.open(path)
    found: list[str] = tab.measure(SHOWN, selector)
    return found


def test_print_has_the_title_of_every_event(tab: Tab) -> None:
    wanted = {e.title for e in golden_site().graph.events if "harbour-bridge" in e.stories}
    assert wanted - set(printed(tab, STORY, ".event__title")) == set()
