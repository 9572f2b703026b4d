"""Links into a page arrive at what they name; former addresses lead on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from .site import STORY, Tab, each_width

pytestmark = pytest.mark.browser

#: Goes to every id of a list and names those that one does not see afterwards: hidden, out of the
#: window, or with something over their beginning.
UNSEEN_TARGETS = """
async (ids) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const found = [];
  for (const id of ids) {
    location.hash = id;
    await frame();
    const target = document.getElementById(id);
    const isPoint = target.classList.contains("anchor");
    const element = isPoint ? target.parentElement : target;
    const words = isPoint ? target : element.querySelector("h2, h3, h4, p, dt") ?? element;
    const box = words.getClientRects()[0];
    if (!element.checkVisibility() || !box) { found.push(id + ": hidden"); continue; }
    const over = document.elementFromPoint(box.left + 3, box.top + 8);
    if (box.top < 0 || box.top > innerHeight - 24) found.push(id + ": out of the window");
    else if (!over || !(element.contains(over) || over.contains(element)))
      found.push(id + ": under " + (over ? nameOf(over) : "nothing"));
  }
  return found;
}
"""

ANCHORS = """
() => [...document.querySelectorAll("main [id]:not(svg *, [popover])")].map((element) => element.id)
"""


def anchors(page: Page) -> list[str]:
    """All ids in the main part of the page but those of parts of a drawing, and of cards."""
    found: list[str] = page.evaluate(ANCHORS)
    return found


@pytest.mark.parametrize(
    "path",
    [
        STORY,
        "articles/bridge-closed/",
        "articles/inspectors-report/",
        "timeline/",
        "places/",
        "terms/",
        "issues/",
        "stories/harbour-bridge/changes/",
    ],
)
@each_width
def test_anchor_is_seen_when_a_link_leads_to_it(tab: Tab, path: str, size: ViewportSize) -> None:
    tab.page.set_viewport_size(size)
    page = tab.open(path)
    assert tab.measure(UNSEEN_TARGETS, anchors(page)) == []


@pytest.mark.parametrize(
    "anchor", ["event-bridge-closed", "event-cracks-seen", "event-divers-sent"]
)
@each_width
def test_address_with_an_anchor_opens_at_its_record(
    tab: Tab, anchor: str, size: ViewportSize
) -> None:
    """Those of former ids too."""
    tab.page.set_viewport_size(size)
    page = tab.open(f"{STORY}#{anchor}")
    page.wait_for_function("scrollY > 0")
    top = page.evaluate(f"document.querySelector('#{anchor}').getBoundingClientRect().top")
    assert 0 <= top <= size["height"] / 3


def test_record_that_a_link_led_to_stands_out(tab: Tab) -> None:
    page = tab.open(STORY)
    look = "getComputedStyle(document.querySelector('#event-cracks-found')).backgroundColor"
    before = page.evaluate(look)
    page = tab.open(f"{STORY}#event-cracks-seen")
    assert page.evaluate(look) != before


#: The records that the short version links to.
SHORT = (
    "event-bridge-closed",
    "event-cracks-found",
    "claim-lind-warned",
    "event-council-votes-for-repair",
    "event-repair-begins",
    "position-marland-who-pays",
)

#: The record's first link to its evidence.
FIRST_EVIDENCE = """
(id) => {
  const link = document.getElementById(id).querySelector(".provenance a[href*='#evidence-']");
  return link && { href: link.href, words: link.textContent };
}
"""

#: The words of the block in which the passage of an anchor begins.
PASSAGE = """
() => {
  const target = document.querySelector(":target");
  return target.closest("p, li, td, h1, h2, h3, blockquote").textContent;
}
"""


def plain(text: str) -> str:
    """Letters and digits only: marks of evidence and signs fall out."""
    return re.sub(r"[\W\d_]+", "", text)


@pytest.mark.parametrize("record", SHORT)
def test_short_version_can_be_followed_to_the_words(tab: Tab, record: str) -> None:
    page = tab.open(STORY)
    page.locator(f"#short a[href$='#{record}']").click()
    evidence: dict[str, Any] = tab.measure(FIRST_EVIDENCE, record)
    page.goto(evidence["href"])
    text = plain(tab.measure(PASSAGE))
    words = evidence["words"]
    parts = re.split(r"\.\.\.|…|\[", words) if words.startswith("“") else []
    assert [part for part in parts if plain(part) not in text] == []


def test_short_version_links_to_those_records_only(tab: Tab) -> None:
    page = tab.open(STORY)
    hrefs = page.eval_on_selector_all(".short a", "(links) => links.map((link) => link.hash)")
    assert sorted(hrefs) == sorted(f"#{record}" for record in SHORT)


@pytest.mark.parametrize(
    "path", ["nothing", "no/such/page/", f"{STORY}nothing.html", f"{STORY}a/b/c/d/"]
)
def test_missing_page_is_styled_and_leads_back_at_any_depth(tab: Tab, path: str) -> None:
    page = tab.page
    response = page.goto(tab.url + path)
    assert response is not None
    assert response.status == 404
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
    hrefs = page.eval_on_selector_all("a[href]", "(links) => links.map((link) => link.href)")
    hrefs = [href for href in hrefs if not href.endswith("#main")]
    own = sorted({href.partition("#")[0] for href in hrefs if href.startswith(tab.url)})
    assert own
    assert [href for href in own if page.request.get(href).status != 200] == []


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("articles/bridge-shut/", "articles/bridge-closed/"),
        ("actors/port-authority/", "actors/harbour-authority/"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_former_address_leads_on(
    browser: Browser, site_url: str, old: str, now: str, scripts: bool
) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(site_url + old)
        page.wait_for_url(site_url + now)
        assert page.locator("h1").count() == 1


def test_feed_of_the_story_is_told_to_readers_of_feeds(tab: Tab) -> None:
    page = tab.open(STORY)
    hrefs = page.eval_on_selector_all(
        "link[type='application/atom+xml']", "(links) => links.map((link) => link.href)"
    )
    assert [href for href in hrefs if page.request.get(href).status != 200] == []
    assert f"{tab.url}{STORY}feed.atom" in hrefs
