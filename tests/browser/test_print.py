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
    graph = golden_site().graph
    wanted = {e.record.title for e in graph.events if "harbour-bridge" in e.stories}
    assert wanted - set(printed(tab, STORY, ".event__title")) == set()


def test_print_has_the_title_of_every_source(tab: Tab) -> None:
    graph = golden_site().graph
    own = [e for e in graph.entries.values() if "harbour-bridge" in e.stories]
    wanted = {source.title for entry in own for source in entry.sources}
    shown = "\n".join(printed(tab, STORY, ".source"))
    assert [title for title in wanted if title not in shown] == []


@pytest.mark.parametrize("path", [STORY, "articles/bridge-closed/", "actors/otto-lind/"])
def test_print_opens_everything_that_is_closed(tab: Tab, path: str) -> None:
    tab.page.emulate_media(media="print")
    page = tab.open(path)
    selector = "details:not(.slices) li"  # which lead to other pages
    everything = page.locator(selector).all_text_contents()
    assert len(printed(tab, path, selector)) == len(everything) > 0


def test_print_says_from_which_article_a_passage_is(tab: Tab) -> None:
    links = printed(tab, STORY, ".provenance a[href*='#evidence-']")
    in_words = [text for text in links if text.startswith("“")]
    assert len(printed(tab, STORY, ".provenance__from")) == len(in_words) > 0
    titles = {article.matter.title for article in golden_site().graph.articles.values()}
    assert set(links) - set(in_words) <= titles


@pytest.mark.parametrize("path", [STORY, "articles/bridge-closed/", "archives/"])
def test_print_leaves_out_what_only_a_screen_can_do(tab: Tab, path: str) -> None:
    assert printed(tab, path, ", ".join(ON_SCREEN_ONLY)) == []


def test_print_is_ink_on_white_in_the_dark_too(tab: Tab) -> None:
    tab.page.emulate_media(media="print", color_scheme="dark")
    page = tab.open(STORY)
    colours = (
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert page.evaluate(colours) == ["rgba(0, 0, 0, 0)", "rgb(29, 27, 24)"]


def test_print_has_the_date_and_the_passage_of_every_event(tab: Tab) -> None:
    """Folded ones too, and whatever is far from the window."""
    page = tab.open(STORY)
    for part in (".event__date", ".event__body > :last-child", ".event .provenance"):
        everything = page.locator(part).all_text_contents()
        assert len(printed(tab, STORY, part)) == len(everything) > 0


#: How many of a page's details are closed: now, while it is printed, and after that.
CLOSED = """
() => {
  const closed = () => document.querySelectorAll("main details:not([open])").length;
  const count = () => window.counts.push(closed());
  window.counts = [];
  count();
  addEventListener("beforeprint", count);
  addEventListener("afterprint", count);
}
"""


def test_print_makes_a_pdf_with_everything_open(tab: Tab) -> None:
    page = tab.open(STORY)
    page.evaluate(CLOSED)
    assert page.pdf(format="A4").startswith(b"%PDF-")
    before, printing, after = page.evaluate("window.counts")
    assert before > 0
    assert (printing, after) == (0, before)
