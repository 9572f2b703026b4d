"""Sizes: nothing sticks out, nothing is too small, nothing moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize

from .site import DESK, PHONE, Tab, each_kind

pytestmark = pytest.mark.browser

#: Elements that reach over the edge of the window and are in no box that scrolls by itself.
OUTSIDE = """
() => {
  const wide = document.documentElement.clientWidth;
  const isOut = (box) => box.width > 0 && (box.right > wide + 1 || box.left < -1);
  const scrolls = (element) => element &&
    (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((element) => isOut(element.getBoundingClientRect()) && !scrolls(element.parentElement))
    .map(nameOf);
}
"""

SMALL = """
() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const isText = walker.currentNode.data.trim() && element.localName !== "script";
    if (isText && parseFloat(getComputedStyle(element).fontSize) < 12) found.add(nameOf(element));
  }
  return [...found];
}
"""

MOVING = """
() => {
  const seconds = (times) => times.split(",").map(parseFloat).some((time) => time > 0);
  const moves = (element, part) => {
    const style = getComputedStyle(element, part);
    return (style.animationName !== "none" && seconds(style.animationDuration)) ||
      seconds(style.transitionDuration) || style.scrollBehavior === "smooth";
  };
  return [...document.querySelectorAll("*")]
    .filter((element) => [null, "::before", "::after"].some((part) => moves(element, part)))
    .map(nameOf);
}
"""


def overflow(tab: Tab, where: str) -> list[str]:
    """What reaches over the edge of the window, and whether the page scrolls sideways."""
    found = [f"{where}: {name}" for name in tab.measure(OUTSIDE)]
    scrolled = tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, f"{where}: scrolls by {scrolled}"] if scrolled > 0 else found


@each_kind
def test_page_does_not_scroll_sideways(tab: Tab, kind: str) -> None:
    """Down to 320 pixels (WCAG 1.4.10), and with text twice as large on 640 (1.4.4)."""
    page = tab.open_kind(kind)
    found: list[str] = []
    for width in (1280, 768, 320):
        page.set_viewport_size(ViewportSize(width=width, height=640))
        found += overflow(tab, f"{width} px")
    page.set_viewport_size(ViewportSize(width=640, height=640))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert found + overflow(tab, "text twice as large") == []


@each_kind
def test_text_is_not_smaller_than_12_pixels(tab: Tab, kind: str) -> None:
    tab.open_kind(kind)
    for size in (PHONE, DESK):
        tab.page.set_viewport_size(size)
        assert tab.measure(SMALL) == []


@each_kind
def test_nothing_moves_where_less_motion_is_asked_for(tab: Tab, kind: str) -> None:
    tab.page.emulate_media(reduced_motion="reduce")
    page = tab.open_kind(kind)
    assert tab.measure(MOVING) == []
    assert page.evaluate("document.getAnimations().length") == 0


#: How far below one another the links of an event's actors stand where the line breaks between two.
ROWS = """
() => [...document.querySelectorAll(".event .actor-line")].flatMap((line) => {
  const tops = [...line.querySelectorAll("a")]
    .filter((link) => link.checkVisibility())
    .map((link) => link.getClientRects()[0].top);
  return tops.slice(1).map((top, number) => top - tops[number]).filter((gap) => gap > 1);
})
"""


def test_rows_of_actors_are_a_finger_apart(tab: Tab) -> None:
    """WCAG 2.2, 2.5.8; axe takes most of them for words in a line, and sees it only in some."""
    tab.page.set_viewport_size({"width": 320, "height": 640})
    tab.open_kind("story")
    gaps = tab.measure(ROWS)
    assert len(gaps) > 0
    assert min(gaps) >= 24


#: Signs between facts that stand where a line begins and are not cut off, or where one ends.
SIGNS = """
() => [".byline", ".article-card__meta", ".story-card__meta", ".actor-card__meta"]
  .flatMap((name) => [...document.querySelectorAll(name)])
  .flatMap((line) => {
    const start = line.getBoundingClientRect().left;
    const clips = getComputedStyle(line).overflowX === "clip";
    return [...line.children].map((fact) => {
      const box = fact.getBoundingClientRect();
      const sign = getComputedStyle(fact, "::before");
      const after = getComputedStyle(fact, "::after").content;
      const isFirst = box.left < start - 1;
      const isCut = clips && box.left + parseFloat(sign.inlineSize) <= start + 0.5;
      return { isFirst, isWrong: after.includes("·") || (isFirst && !isCut) };
    });
  })
"""


@pytest.mark.parametrize("kind", ["home", "article", "archives", "actors"])
@pytest.mark.parametrize("width", [240, 375, 1280])
def test_no_line_of_facts_begins_or_ends_with_a_sign(tab: Tab, kind: str, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 812})
    tab.open_kind(kind)
    signs = tab.measure(SIGNS)
    assert [sign["isFirst"] for sign in signs].count(True) > 0
    assert not any(sign["isWrong"] for sign in signs)
