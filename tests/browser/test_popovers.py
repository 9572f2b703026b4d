"""Cards beside names: opened and closed by keyboard and pointer, and at home on every screen."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, ViewportSize, expect

from .site import DESK, PHONE, Tab
from .test_accessibility import run_axe, wrong_lines
from .test_layout import overflow

pytestmark = pytest.mark.browser

ARTICLE = "articles/bridge-closed/"
SMALLEST = ViewportSize(width=320, height=568)


def parts_of(page: Page, name: str) -> tuple[Locator, Locator]:
    """The button of a name, and the card that it opens."""
    button = page.get_by_role("button", name=f"About {name}", exact=True)
    return button, page.locator(f"#{button.get_attribute('popovertarget')}")


def test_enter_opens_a_card_and_escape_closes_it_where_it_was(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    button, card = parts_of(page, "Mara Quill")
    button.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Mayor of Northbridge")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(button).to_be_focused()


def test_card_comes_behind_its_button_and_leads_to_the_profile(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    button, card = parts_of(page, "Mara Quill")
    button.focus()
    for key in ("Enter", "Tab"):
        page.keyboard.press(key)
    expect(card.get_by_role("link", name="Mara Quill")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.article__body') !== null")
    card.get_by_role("link").click()
    page.wait_for_url("**/actors/mara-quill/")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_click_opens_a_card_and_a_click_beside_it_closes_it(tab: Tab, size: ViewportSize) -> None:
    page = tab.open(ARTICLE)
    page.set_viewport_size(size)
    button, card = parts_of(page, "Mara Quill")
    button.click()
    expect(card).to_be_visible()
    page.mouse.click(4, 4)
    expect(card).to_be_hidden()


def test_one_card_is_open_at_a_time(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    for name in ("Mara Quill", "Otto Lind", "Harbour Master"):
        parts_of(page, name)[0].focus()
        page.keyboard.press("Enter")
    expect(page.locator(".about-card:popover-open")).to_have_count(1)
    expect(parts_of(page, "Harbour Master")[1]).to_be_visible()


def test_card_opens_beside_its_button_on_a_desk(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    button, card = parts_of(page, "Mara Quill")
    button.click()
    at, box = button.bounding_box(), card.bounding_box()
    assert at is not None
    assert box is not None
    below = box["y"] - (at["y"] + at["height"])
    assert -1 <= below <= 16 or -1 <= at["y"] - (box["y"] + box["height"]) <= 16
    assert box["x"] <= at["x"] + at["width"] <= box["x"] + box["width"] + at["width"]


@pytest.mark.parametrize("size", [SMALLEST, PHONE, DESK], ids=["320", "phone", "desk"])
def test_open_card_fits_the_window(tab: Tab, size: ViewportSize) -> None:
    page = tab.open(ARTICLE)
    page.set_viewport_size(size)
    found = overflow(tab, "closed")
    for number in range(page.locator(".about button").count()):
        button = page.locator(".about button").nth(number)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".about-card:popover-open")).to_be_in_viewport(ratio=1)
        found += overflow(tab, str(button.get_attribute("aria-label")))
        page.keyboard.press("Escape")
    assert found == []


def test_button_is_large_enough_and_leaves_the_lines_as_they_are(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    sizes = tab.measure(
        "() => [...document.querySelectorAll('.about button')]"
        ".map((one) => one.getBoundingClientRect()).map((box) => [box.width, box.height])"
    )
    assert sizes
    assert all(width >= 24 and height >= 24 for width, height in sizes)
    height = "() => document.querySelector('.article__body').getBoundingClientRect().height"
    before = tab.measure(height)
    page.evaluate("document.querySelectorAll('.about button').forEach((one) => one.remove())")
    assert tab.measure(height) == before


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_open_card_is_without_violation(
    tab: Tab, scheme: Literal["light", "dark", "forced"], size: ViewportSize
) -> None:
    page = tab.open(ARTICLE)
    page.set_viewport_size(size)
    if scheme == "forced":
        page.emulate_media(forced_colors="active")
    else:
        page.emulate_media(color_scheme=scheme)
    page.evaluate(AXE_SCRIPT)
    button, card = parts_of(page, "Otto Lind")
    button.click()
    expect(card).to_be_visible()
    found = list(wrong_lines(run_axe(tab), f"{scheme} {size['width']} px"))
    assert not found, "\n".join(found)


def test_buttons_and_cards_are_not_printed(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    parts_of(page, "Mara Quill")[0].click()
    page.emulate_media(media="print")
    shown = page.locator(".about, .about-card").filter(visible=True)
    expect(shown).to_have_count(0)
