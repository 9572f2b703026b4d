"""Everything that can be reached is reached by keyboard, and one sees where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .site import DESK, PHONE, STORY, Tab, each_kind

pytestmark = pytest.mark.browser

#: Stops at which nothing shows the focus, or at which something lies over it. The stop has the
#: focus by script, which after a press of Tab looks as if it had come by keyboard.
UNSEEN_STOPS = """
() => {
  const opacity = (element) =>
    element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join(" ");
  };
  const isCovered = (element) => {
    const box = [...element.getClientRects()].find((one) => one.width > 0);
    if (!box) return true;
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !top || !(element.contains(top) || top.contains(element));
  };
  const found = [];
  document.activeElement.blur();
  const stops = [...document.querySelectorAll("a[href], summary, button, input, select")];
  for (const element of [...stops, ...stops.reverse()]) {
    if (element.tabIndex < 0 || !element.checkVisibility()) continue;
    const before = look(element);
    element.focus();
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (look(element) === before || !ring) found.push("no ring: " + nameOf(element));
    if (opacity(element) < 1) found.push("see-through: " + nameOf(element));
    if (isCovered(element)) found.push("covered: " + nameOf(element));
    element.blur();
  }
  return found;
}
"""


@each_kind
def test_stop_shows_that_it_has_the_focus(tab: Tab, kind: str) -> None:
    page = tab.open_kind(kind)
    page.keyboard.press("Tab")
    found: list[str] = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {name}" for name in tab.measure(UNSEEN_STOPS)]
    assert found == []


@pytest.mark.parametrize("kind", ["home", "story", "article", "actors", "missing"])
def test_skip_link_comes_first_and_leads_to_the_text(tab: Tab, kind: str) -> None:
    page = tab.open_kind(kind)
    page.keyboard.press("Tab")
    link = page.locator(".skip-link").first
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_skip_link_passes_over_the_menu(tab: Tab) -> None:
    page = tab.open(STORY)
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_second_skip_link_leads_to_the_row_of_years(tab: Tab) -> None:
    page = tab.open(STORY)
    for key in ("Tab", "Tab"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Skip to the timeline")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".years")).to_be_focused()
    expect(page.locator(".years")).to_be_in_viewport()
    expect(page.get_by_text("Type a year to move to it")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".years a").first).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        pytest.param("63", "1963", id="the-end-of-a-year"),
        pytest.param("1963", "1963", id="a-whole-year"),
        pytest.param("188", "1887", id="its-beginning"),
        pytest.param("87", "1887", id="its-end-though-none-ends-in-the-first-digit"),
        pytest.param("300", "300 BCE", id="before-our-era"),
        pytest.param("5563", "1963", id="digits-that-no-year-has-begin-anew"),
        pytest.param("871963", "1963", id="one-year-after-the-other"),
    ],
)
def test_digits_in_the_row_of_years_move_to_the_year(tab: Tab, typed: str, year: str) -> None:
    page = tab.open(STORY)
    page.locator(".years").focus()
    for digit in typed:
        page.keyboard.press(digit)
    expect(page.locator(".years a:focus")).to_have_text(year)
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_be_in_viewport()


def test_hint_at_the_row_of_years_is_there_for_keyboards_alone(tab: Tab) -> None:
    page = tab.open(STORY)
    expect(page.get_by_text("Type a year to move to it")).to_be_hidden()
    height = page.evaluate("document.documentElement.scrollHeight")
    page.locator(".years").focus()
    expect(page.get_by_text("Type a year to move to it")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") == height


def test_digits_with_other_keys_or_elsewhere_move_nothing(tab: Tab) -> None:
    page = tab.open(STORY)
    first = page.locator(".years a").first
    first.focus()
    # Dispatched, since a browser may take such keys for its own commands.
    for held in ("ctrlKey", "altKey", "metaKey"):
        page.locator(".years").dispatch_event("keydown", {"key": "6", "bubbles": True, held: True})
        expect(first).to_be_focused()
    page.keyboard.press("a")
    expect(first).to_be_focused()
    link = page.locator(".event a").first
    link.focus()
    page.keyboard.press("6")
    expect(link).to_be_focused()


def test_digits_pass_over_years_that_a_filter_hides(tab: Tab) -> None:
    page = tab.open(f"{STORY}?lane=money")
    shown = page.locator(".years a:visible").last
    shown.focus()
    page.keyboard.press("6")
    page.keyboard.press("3")
    expect(shown).to_be_focused()


def press_enter_on(page: Page, selector: str) -> None:
    """Follow the first link that a selector finds, by keyboard."""
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("kind", ["event", "quote", "position", "claim"])
def test_mark_leads_to_its_record_and_back_to_the_passage(tab: Tab, kind: str) -> None:
    page = tab.open("articles/bridge-closed/")
    press_enter_on(page, f".evidence-mark a[href*='#{kind}-']")
    page.wait_for_url(re.compile(rf"/{STORY}#{kind}-"))
    record = page.locator(":target")
    expect(record).to_be_in_viewport()
    if record.locator("details.provenance").count():
        press_enter_on(page, ":target summary")
    press_enter_on(page, ":target .provenance a[href*='/bridge-closed/#evidence-']")
    page.wait_for_url(re.compile("/articles/bridge-closed/#evidence-"))
    passage = page.locator(".evidence:target, .anchor:target + .evidence, .anchor:target")
    expect(passage.last).to_be_in_viewport()


def test_details_open_by_keyboard(tab: Tab) -> None:
    page = tab.open("articles/bridge-closed/")
    details = page.locator("main .section details").first
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
