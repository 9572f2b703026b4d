"""Events in their order, with the words for what was planned, is ongoing or has two dates."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from explainer.derive.backlinks import find_backlinks
from explainer.language import load_language
from explainer.pages.contexts import EventItem, TimelineView
from explainer.pages.items import Items
from explainer.urls import Urls

from .small_site import settings, small_site

WORDS = "evidence: The council closed the bridge"
LATER = """\
    ---
    title: Later
    date: 2026-04-20
    story: bridge
    ---
    It was shut in the rain.
    """


def items(files: Mapping[str, str | None]) -> Items:
    site = small_site(files)
    assert site.report.errors == ()
    ours = settings()
    urls = Urls(ours.base_path, ours.site_url)
    return Items(site.graph, find_backlinks(site.graph), load_language("en"), urls, ours)


def timeline(*records: str, later: str = "") -> TimelineView:
    """The story's timeline; `later` are records of an article of 20 April."""
    notes = "events:\n" + "".join(f"  - {{{record}, {WORDS}}}\n" for record in records)
    files = {"articles/closed.yaml": notes}
    if later:
        files["articles/later.md"] = LATER
        files["articles/later.yaml"] = f"events:\n  - {{{later}, evidence: It was shut}}\n"
    made = items(files)
    return made.timeline(made.graph.events, home="/news/stories/bridge/")


def past(view: TimelineView) -> list[EventItem]:
    return [event for group in view.groups for event in group.events]


def test_events_stand_by_date_and_undated_ones_where_they_were_reported() -> None:
    view = timeline(
        "id: c, title: After that, date: 2026-04-01",
        "id: b, title: No date",
        "id: a, title: Before, date: 2025",
    )
    assert [(e.title, e.date.words) for e in past(view)] == [
        ("Before", "2025"),
        ("No date", "reported 9 March 2026"),
        ("After that", "1 April 2026"),
    ]


@pytest.mark.parametrize(
    ("constraint", "wanted"),
    [
        ("before: old", [("1963", ["No date", "Old"]), ("2026", ["New"])]),
        ("after: old, before: new", [("1963", ["Old"]), ("2026", ["No date", "New"])]),
        ("after: new", [("1963", ["Old"]), ("2026", ["New", "No date"])]),
    ],
)
def test_undated_event_stands_under_the_year_of_its_place(
    constraint: str, wanted: list[tuple[str, list[str]]]
) -> None:
    view = timeline(
        "id: old, title: Old, date: 1963",
        "id: new, title: New, date: 2026-04-01",
        f"id: none, title: No date, {constraint}",
    )
    assert [(g.heading, [e.title for e in g.events]) for g in view.groups] == wanted


@pytest.mark.parametrize(
    ("record", "part", "words"),
    [
        ("date: 2026-05-15, status: planned", "past", "was planned for 15 May 2026; no report yet"),
        ("date: 2026-06-01, status: planned", "planned", "planned"),
        ("date: 2026-06, status: planned", "planned", "planned"),
        ("status: planned", "planned", "planned"),
        ("date: 2026-01, status: proposed", "proposed", "proposed"),
        ("date: 2026-07-01, status: cancelled", "past", "cancelled"),
        ("date: 2026-03-01/.., status: ongoing", "past", "ongoing as of 9 March 2026"),
        ("status: ongoing", "past", "ongoing as of 9 March 2026"),
        ("date: 2026-03-01", "past", ""),
    ],
)
def test_status_is_said_and_decides_on_the_part(record: str, part: str, words: str) -> None:
    view = timeline(f"id: a, title: T, {record}")
    parts = {"past": past(view), "planned": view.planned, "proposed": view.proposed}
    assert [(name, e.status_words) for name, found in parts.items() for e in found] == [
        (part, words)
    ]


def test_later_article_gives_the_status_of_today() -> None:
    view = timeline(
        "id: a, title: T, date: 2026-05-15, status: planned", later="same: a, status: happened"
    )
    assert [(e.title, e.status_words) for e in past(view)] == [("T", "")]


def test_ongoing_of_no_article_is_as_of_its_story() -> None:
    record = "{id: a, title: T, date: 2026-03-01/.., status: ongoing, sources: [{title: B}]}"
    story = f"title: The bridge\nevents: [{record}]\n"
    made = items({"stories/bridge.yaml": story, "articles/closed.yaml": None})
    view = made.timeline(made.graph.events, home="/news/stories/bridge/")
    assert [e.status_words for e in past(view)] == ["ongoing as of 9 March 2026"]


def test_ongoing_is_as_of_the_last_article_that_tells_of_it() -> None:
    view = timeline("id: a, title: T, date: 2026-03-01/.., status: ongoing", later="same: a")
    assert [e.status_words for e in past(view)] == ["ongoing as of 20 April 2026"]


def test_differing_dates_stand_both_with_their_articles() -> None:
    view = timeline("id: a, title: T, date: 2026-03-09", later="same: a, date: 2026-03-08")
    (event,) = past(view)
    (other,) = event.other_dates
    assert (event.date.words, other.words, other.article) == (
        "9 March 2026",
        "8 March 2026",
        "Later",
    )
    assert other.href == "/news/articles/later/#evidence-a"


@pytest.mark.parametrize(
    ("own", "other", "shown"),
    [
        ("2026-03-09", "2026-03", []),
        ("2026-03", "2026-03-09", []),
        ("2026-03-01/2026-03-10", "2026-03-09", []),
        ("2026-03-09", "2026~", []),
        ("2025~", "2026-03-09", []),
        ("2025?", "2026-03-09", ["9 March 2026"]),
        ("2026-03-09", "2026-04", ["April 2026"]),
    ],
)
def test_other_date_is_shown_where_both_cannot_be_true(
    own: str, other: str, shown: list[str]
) -> None:
    view = timeline(f"id: a, title: T, date: {own}", later=f"same: a, date: {other}")
    assert [one.words for event in past(view) for one in event.other_dates] == shown


def test_date_of_another_article_serves_where_the_first_has_none() -> None:
    view = timeline("id: a, title: T", later="same: a, date: 2026-03-08")
    (event,) = past(view)
    assert (event.date.words, event.other_dates) == ("8 March 2026", ())


@pytest.mark.parametrize(
    ("first", "second", "is_uncertain"),
    [
        ("date: 2025", "date: 2025", True),
        ("date: 2025", "date: 2025, after: a", False),
        ("date: 2025, before: b", "date: 2025", False),
        ("date: 2025-01-02", "date: 2025-01-02", False),
        ("date: 2024", "date: 2025", False),
        ("date: 2025~", "date: 2025-06", True),
    ],
)
def test_order_is_uncertain_where_neither_date_nor_word_tells(
    first: str, second: str, is_uncertain: bool
) -> None:
    view = timeline(f"id: a, title: A, {first}", f"id: b, title: B, {second}")
    assert [bool(event.order_note) for event in past(view)] == [False, is_uncertain]


def test_years_of_a_single_year_are_its_months() -> None:
    dates = [f"2024-{month:02d}-{day:02d}" for month in (3, 5) for day in range(1, 9)]
    view = timeline(*(f"id: e{n}, title: E{n}, date: {date}" for n, date in enumerate(dates)))
    assert [group.year for group in view.groups] == ["March 2024", "May 2024"]


@pytest.mark.parametrize(("years", "wanted"), [(4, False), (5, True)])
def test_row_of_years_is_there_from_five_groups_on(years: int, wanted: bool) -> None:
    view = timeline(*(f"id: e{n}, title: E{n}, date: {2000 + n}" for n in range(years)))
    assert view.has_years is wanted


def test_gap_on_a_long_timeline_is_said_where_it_is_long_there() -> None:
    months = [f"2024-{month:02d}-01" for month in range(1, 13)]
    dates = [*months, "2025-01-01", "2025-08-01"]
    records = [f"id: e{n}, title: E{n}, date: {date}" for n, date in enumerate(dates)]
    assert [event.gap for event in past(timeline(*records)) if event.gap] == ["seven months later"]


def test_gap_is_said_from_four_weeks_on() -> None:
    view = timeline(
        "id: a, title: A, date: 2025-11-01",
        "id: b, title: B, date: 2025-11-20",
        "id: c, title: C, date: 2026-03-20",
    )
    assert [group.gap for group in view.groups] == ["", "four months later"]


def test_gap_before_the_first_event_of_a_year_stands_above_the_heading_and_others_below() -> None:
    view = timeline(
        "id: a, title: A, date: 2023-11-01",
        "id: b, title: B, date: 2025-02-01",
        "id: c, title: C, date: 2025-08-01",
    )
    assert [(g.heading, g.gap, [e.gap for e in g.events]) for g in view.groups] == [
        ("2023", "", [""]),
        ("2025", "15 months later", ["", "six months later"]),
    ]
