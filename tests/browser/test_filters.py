"""A timeline's filter and order: what is chosen is in the address, and nothing is lost without."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from .site import PHONE, STORY, Tab

pytestmark = pytest.mark.browser

ALL = 30
#: The titles of the events that are shown, in the order of the page.
TITLES = """
() => [...document.querySelectorAll(".event")]
  .filter((event) => event.checkVisibility())
  .map((event) => event.querySelector(".event__title").textContent)
"""
QUILL = [
    "The council closes the bridge to all traffic",
    "Inspectors find damage in three piers, and salt",
    "Quill meets Marland's transport minister",
    "The council votes to repair all six piers",
    "Northbridge and Marland agree on a second ferry",
]
FOLDED = "event-great-flood"


def titles(page: Page) -> list[str]:
    found: list[str] = page.evaluate(TITLES)
    return found


def search(page: Page) -> str:
    """The address's query, without the question mark."""
    return page.url.partition("#")[0].partition("?")[2]


def open_filter(tab: Tab, path: str = STORY) -> Page:
    page = tab.open(path)
    page.locator(".filter summary").click()
    return page


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f".filter [name={name}]").select_option(value)


# ----------------------------------------------------------------------------- without script


@pytest.fixture(scope="module")
def page_without_script(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def test_story_without_script_shows_every_event_and_no_control(
    page_without_script: Page, tab: Tab
) -> None:
    page_without_script.goto(f"{tab.url}{STORY}?actor=mara-quill")
    assert len(titles(page_without_script)) == ALL
    expect(page_without_script.locator(".filter")).to_be_hidden()


def test_link_to_a_folded_event_leads_there_without_script(
    page_without_script: Page, tab: Tab
) -> None:
    page_without_script.goto(f"{tab.url}{STORY}#{FOLDED}")
    event = page_without_script.locator(f"#{FOLDED}")
    expect(event).to_be_in_viewport()
    expect(event.locator("details.event__body")).not_to_have_attribute("open", "")
    event.locator("summary").first.click()
    expect(event.get_by_text("Everyone remembers it")).to_be_visible()


# ------------------------------------------------------------------------------------- choices


def test_filter_is_closed_and_silent_at_first(tab: Tab) -> None:
    page = tab.open(STORY)
    expect(page.locator(".filter summary")).to_be_visible()
    expect(page.locator(".filter__fields")).to_be_hidden()
    assert (len(titles(page)), page.locator("output").inner_text(), tab.said) == (ALL, "", [])


def test_filter_offers_what_some_events_have_with_how_many(tab: Tab) -> None:
    page = open_filter(tab)
    offered = page.locator(".filter label:visible").evaluate_all(
        "labels => labels.map((label) => [label.querySelector('span').textContent,"
        " ...[...label.querySelectorAll('option')].map((option) => option.text)])"
    )
    assert offered == [
        [
            *("Actor", "All", "Edith Marrow (1)", "Harbour Authority (1)", "Ida Vane (1)"),
            *("Jonas Reed (2)", "Mara Quill (5)", "Marland (2)", "Northbridge Town Council (7)"),
            *("Otto Lind (2)", "Quayside Traders (2)", "University of Elmsworth (2)"),
            "Wend Ferries (2)",
        ],
        ["Strand", "All", "The bridge (17)", "Getting across (8)", "Money (5)"],
        ["Tag", "All", "closure (1)", "inspection (1)", "money (3)", "warnings (3)"],
        ["Place", "All", "Harbour Bridge (11)", "Port Regent (1)", "The ford (1)", "The quay (2)"],
        ["Weight", "All", "Major events (19)", "Turning points (5)"],
        ["Changed since", "All", "20 May 2026 (1)", "2 April 2026 (3)", "10 March 2026 (4)"],
        ["Order", "Oldest first", "Newest first"],
    ]


def test_choice_filters_says_how_many_and_is_in_the_address(tab: Tab) -> None:
    page = open_filter(tab)
    choose(page, "actor", "mara-quill")
    assert (titles(page), search(page)) == (QUILL, "actor=mara-quill")
    expect(page.get_by_role("status").filter(has_text="5 of 30 events")).to_be_visible()


def test_years_without_a_shown_event_are_hidden(tab: Tab) -> None:
    page = tab.open(f"{STORY}?actor=mara-quill")
    headings = page.locator(".timeline__heading:visible").all_text_contents()
    links = page.locator(".years a:visible").evaluate_all(
        "links => links.map((link) => [link.textContent, link.getAttribute('href')])"
    )
    assert headings == ["March 2026", "April 2026", "May 2026"]
    assert links == [["2026", "#year-2026-03"]]


def test_year_leads_to_the_first_month_that_is_shown(tab: Tab) -> None:
    page = tab.open(f"{STORY}?lane=money")
    choose(page, "actor", "mara-quill")
    page.locator(".years a:visible").click()
    assert page.url.partition("?")[2] == "lane=money&actor=mara-quill#year-2026-05"
    expect(page.locator(":target")).to_be_in_viewport()
    assert titles(page) == QUILL[2:3]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param("actor=mara-quill", QUILL, id="actor"),
        pytest.param("actor=mara-quill&lane=money", QUILL[2:3], id="two-at-once"),
        pytest.param("actor=mara-quill&weight=turning-point", [*QUILL[:2], QUILL[3]], id="weight"),
        pytest.param("place=port-regent", QUILL[2:3], id="place"),
        pytest.param("tag=inspection", QUILL[1:2], id="tag"),
        pytest.param("since=2026-05-20", QUILL[3:4], id="since"),
        pytest.param("actor=mara-quill&order=newest", QUILL[::-1], id="newest-first"),
        pytest.param("actor=mara-quill&tag=nothing&x=y", QUILL, id="what-is-not-there"),
    ],
)
def test_address_says_what_is_shown(tab: Tab, query: str, wanted: list[str]) -> None:
    page = tab.open(f"{STORY}?{query}")
    assert titles(page) == wanted
    expect(page.locator(".filter__fields")).to_be_visible()


def test_newest_first_turns_years_and_events_and_leaves_what_is_to_come(tab: Tab) -> None:
    page = open_filter(tab)
    groups = "section#timeline .timeline__heading"
    events = "div:not([data-group=next]) > ol > .event"
    ids = "events => events.map((event) => event.id)"

    def order() -> tuple[list[str], list[str], list[str]]:
        years = page.locator(".years a").all_text_contents()
        return (
            page.locator(groups).all_text_contents(),
            years,
            page.locator(events).evaluate_all(ids),
        )

    before = order()
    choose(page, "order", "newest")
    (*past, planned, proposed), years, shown = before
    assert order() == ([*past[::-1], planned, proposed], years[::-1], shown[::-1])
    choose(page, "order", "")
    assert order() == before


# --------------------------------------------------------------------------------- the address


def test_back_and_forward_undo_and_redo_a_choice(tab: Tab) -> None:
    page = open_filter(tab)
    choose(page, "actor", "mara-quill")
    choose(page, "lane", "money")
    states = [(search(page), len(titles(page)))]
    for step in (page.go_back, page.go_back, page.go_forward):
        step()
        states.append((search(page), len(titles(page))))
    assert states == [
        ("actor=mara-quill&lane=money", 1),
        ("actor=mara-quill", 5),
        ("", ALL),
        ("actor=mara-quill", 5),
    ]
    expect(page.locator("[name=actor]")).to_have_value("mara-quill")
    expect(page.locator("[name=lane]")).to_have_value("")


def test_trying_the_choices_of_one_control_is_one_step_back(tab: Tab) -> None:
    page = open_filter(tab)
    for actor in ("mara-quill", "otto-lind", "marland"):
        choose(page, "actor", actor)
    page.go_back()
    assert (search(page), len(titles(page))) == ("", ALL)


def test_show_all_ends_the_filter(tab: Tab) -> None:
    page = tab.open(f"{STORY}?actor=mara-quill&order=newest")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".filter summary")).to_be_focused()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    assert (search(page), len(titles(page))) == ("", ALL)
    assert page.locator("output").inner_text() == "30 of 30 events"
    page.go_back()
    assert titles(page) == QUILL[::-1]


@pytest.mark.parametrize("query", ["", "?actor=mara-quill"], ids=["folded", "filtered-out"])
def test_link_to_an_event_shows_and_opens_it(tab: Tab, query: str) -> None:
    page = tab.open(f"{STORY}{query}#{FOLDED}")
    event = page.locator(f"#{FOLDED}")
    expect(event).to_be_in_viewport()
    expect(event.get_by_text("Everyone remembers it")).to_be_visible()
    assert len(titles(page)) == (6 if query else ALL)


def test_link_on_the_page_shows_an_event_that_is_filtered_out(tab: Tab) -> None:
    page = tab.open(f"{STORY}?actor=mara-quill")
    page.locator("a[href='#event-cracks-found']").first.click()
    expect(page.locator(":target")).to_be_in_viewport()
    assert (search(page), len(titles(page))) == ("actor=mara-quill", 6)
    page.go_back()
    assert titles(page) == QUILL


# ------------------------------------------------------------------------------------ keyboard


def test_filter_is_worked_by_keyboard_alone(tab: Tab) -> None:
    page = tab.open(STORY)
    page.locator(".filter summary").focus()
    for key in ("Enter", "Tab"):
        page.keyboard.press(key)
    expect(page.locator("[name=actor]")).to_be_focused()
    page.keyboard.type("Mara")
    page.wait_for_url(re.compile("actor=mara-quill"))
    assert titles(page) == QUILL
    for _ in range(7):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Enter")
    assert len(titles(page)) == ALL
    expect(page.locator(".filter summary")).to_be_focused()


def test_open_filter_is_without_violation(tab: Tab) -> None:
    tab.page.set_viewport_size(PHONE)
    page = tab.open(f"{STORY}?actor=mara-quill")
    page.evaluate(AXE_SCRIPT)
    result = page.evaluate("axe.run('.filter', { rules: { 'target-size': { enabled: true } } })")
    assert [rule["id"] for rule in result["violations"]] == []
