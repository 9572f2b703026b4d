"""The order of events: dates, constraints, and constraints that cannot hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.dates import Date, parse_date
from explainer.order import Constraint, OrderConflict, order_conflicts, order_events


def dates_of(**texts: str) -> dict[str, Date]:
    return {name: parse_date(text) for name, text in texts.items()}


def order(
    dates: dict[str, Date], pairs: list[tuple[str, str]], place: dict[str, int] | None = None
) -> str:
    return " ".join(order_events(dates, pairs, place or {}))


# ------------------------------------------------------------------------------ by dates


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param({"a": "2025-12-14", "b": "2025-12-01"}, "b a", id="earlier first"),
        pytest.param({"a": "2025", "b": "2025-01-01"}, "b a", id="narrower first"),
        pytest.param({"a": "2025-12-14~", "b": "2025-12-14"}, "b a", id="certain first"),
        pytest.param({"a": "2025/..", "b": "2025/2030"}, "b a", id="open end last"),
        pytest.param({"a": "../2025", "b": "2024-12-31"}, "b a", id="open start not before all"),
        pytest.param({"a": "1969", "b": "-0300", "c": "Y-13800000000"}, "c b a", id="long ago"),
        pytest.param({"b": "2025", "a": "2025"}, "a b", id="equal by id"),
        pytest.param({}, "", id="none"),
    ],
)
def test_events_stand_by_date(dates: dict[str, str], expected: str) -> None:
    assert order(dates_of(**dates), []) == expected


def test_equal_dates_stand_by_place_in_the_files() -> None:
    dates = dates_of(a="2025", b="2025", c="2025")
    assert order(dates, [], {"a": 3, "b": 1, "c": 2}) == "b c a"


# ------------------------------------------------------------------------ by constraints


@pytest.mark.parametrize(
    ("dates", "pairs", "expected"),
    [
        pytest.param(
            {"a": "2025", "b": "2025"}, [("b", "a")], "b a", id="a tie is broken by a constraint"
        ),
        pytest.param(
            {"a": "2025-03", "b": "2025-01", "c": "2025-02", "d": "2025-04"},
            [("a", "b")],
            "a b c d",
            id="what must be before takes the earlier date",
        ),
        pytest.param(
            {"a": "2025-09", "b": "2025-08", "c": "2025-01", "d": "2024"},
            [("a", "b"), ("b", "c")],
            "d a b c",
            id="through events between",
        ),
        pytest.param(
            {"a": "2025-01", "b": "2025-06", "c": "2025-03"},
            [("b", "a")],
            "b a c",
            id="what must be after waits",
        ),
        pytest.param({"a": "2025"}, [("a", "x"), ("x", "a")], "a", id="an unknown event"),
        pytest.param({"a": "2025", "b": "2024"}, [("a", "a")], "b a", id="before itself"),
        pytest.param(
            {"a": "2025", "b": "2024", "c": "2023"},
            [("a", "b"), ("b", "a")],
            "c b a",
            id="a circle is passed over",
        ),
        pytest.param(
            {"a": "2025", "b": "2024", "c": "2023"},
            [("a", "b"), ("b", "a"), ("b", "c")],
            "b c a",
            id="a constraint beside a circle holds",
        ),
    ],
)
def test_constraints_hold(
    dates: dict[str, str], pairs: list[tuple[str, str]], expected: str
) -> None:
    assert order(dates_of(**dates), pairs) == expected


NAMES = "abcdefgh"
YEARS = st.sampled_from(["2024", "2025", "2025-01", "2025-01~", "2025-01-31", "../2025", "2025/.."])
GRAPHS = st.fixed_dictionaries(
    {
        "dates": st.dictionaries(st.sampled_from(NAMES), YEARS, min_size=2),
        "pairs": st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=10),
        "place": st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3)),
    }
)


@given(GRAPHS, st.randoms(use_true_random=False))
def test_order_is_the_same_however_the_input_is_shuffled(graph: Any, random: Any) -> None:
    dates = dates_of(**graph["dates"])
    items, pairs = list(dates.items()), list(graph["pairs"])
    expected = order_events(dates, pairs, graph["place"])
    random.shuffle(items)
    random.shuffle(pairs)
    assert order_events(dict(items), pairs, graph["place"]) == expected
    assert sorted(expected) == sorted(dates)


@given(GRAPHS)
def test_order_obeys_all_constraints_where_there_is_no_circle(graph: Any) -> None:
    pairs = [(a, b) for a, b in graph["pairs"] if a < b]
    result = order_events(dates_of(**graph["dates"]), pairs, graph["place"])
    known = [(a, b) for a, b in pairs if a in result and b in result]
    assert all(result.index(a) < result.index(b) for a, b in known)


def test_order_of_a_long_ladder_is_found() -> None:
    """Two ways round each of 400 events: there are 2 ** 400 ways through."""
    steps = range(400)
    pairs = [(f"{n}-{a}", f"{n + 1}-{b}") for n in steps for a in "xy" for b in "xy"]
    names = {name for pair in pairs for name in pair}
    dates = dict.fromkeys(names, parse_date("2025"))
    result = order_events(dates, pairs, {})
    assert [int(name.split("-")[0]) for name in result] == sorted([*range(401), *range(401)])
    assert order_conflicts(dates, [(a, b, a, "before") for a, b in pairs]) == []


# -------------------------------------------------------------------------- contradictions


def after(second: str, first: str) -> Constraint:
    return first, second, second, "after"


def before(first: str, second: str) -> Constraint:
    return first, second, first, "before"


@pytest.mark.parametrize(
    ("dates", "constraints", "expected"),
    [
        pytest.param({"a": "2025", "b": "2026"}, [after("b", "a")], [], id="dates agree"),
        pytest.param({"a": "2025", "b": "2025-03"}, [after("b", "a")], [], id="dates overlap"),
        pytest.param(
            {"a": "2025-03", "b": "2025-02"},
            [after("b", "a")],
            [OrderConflict("a", "b", "b", "after", (), "a")],
            id="after what is later",
        ),
        pytest.param(
            {"a": "2025-03", "b": "2025-02"},
            [before("a", "b")],
            [OrderConflict("a", "b", "a", "before", (), "a")],
            id="before what is earlier",
        ),
        pytest.param(
            {"a": "2025-03", "b": "2025-02"},
            [before("a", "b"), after("b", "a")],
            [OrderConflict("a", "b", "a", "before", (), "a")],
            id="said twice, told once",
        ),
        pytest.param(
            {"a": "2025-03", "b": None, "c": None, "d": "2025-02"},
            [after("b", "a"), after("c", "b"), after("d", "c")],
            [OrderConflict("c", "d", "d", "after", (), "a")],
            id="through undated events",
        ),
        pytest.param(
            {"a": "2025-03", "b": "2025", "c": "2025-02"},
            [after("b", "a"), after("c", "b")],
            [OrderConflict("b", "c", "c", "after", (), "a")],
            id="through a coarser date",
        ),
        pytest.param(
            {"a": "2025-03", "b": "2025-02", "c": "2025-02"},
            [after("b", "a"), after("c", "b")],
            [OrderConflict("a", "b", "b", "after", (), "a")],
            id="one mistake, one conflict",
        ),
        pytest.param({"a": "2025-03~", "b": "2025-02"}, [after("b", "a")], [], id="approximate"),
        pytest.param({"a": "2025-03", "b": "2025-02?"}, [after("b", "a")], [], id="uncertain"),
        pytest.param({"a": "../2025", "b": "2024"}, [after("b", "a")], [], id="open start"),
        pytest.param({"a": "2025", "b": "2024/.."}, [after("b", "a")], [], id="open end"),
        pytest.param({"a": None, "b": None}, [after("b", "a")], [], id="no dates"),
        pytest.param({"b": "2024"}, [after("b", "x")], [], id="unknown event"),
    ],
)
def test_conflict_where_dates_forbid_the_order(
    dates: dict[str, str | None], constraints: list[Constraint], expected: list[OrderConflict]
) -> None:
    parsed = {name: parse_date(text) if text else None for name, text in dates.items()}
    assert order_conflicts(parsed, constraints) == expected


def test_conflict_counts_times_by_the_clock_of_the_site() -> None:
    zone = dt.timezone(dt.timedelta(hours=1))
    dates = {"day": parse_date("2026-03-09", zone), "night": parse_date("2026-03-09T00:30", zone)}
    assert order_conflicts(dates, [after("night", "day")]) == []


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        pytest.param([before("a", "a")], [("a", "a")], id="itself"),
        pytest.param([before("b", "a"), before("a", "b")], [("a", "b", "a")], id="two"),
        pytest.param(
            [before("c", "a"), before("a", "b"), before("b", "c"), before("z", "a")],
            [("a", "b", "c", "a")],
            id="three, and one that leads to them",
        ),
        pytest.param(
            [before(*pair) for pair in ("ab", "ba", "bc", "cd", "dc")],
            [("a", "b", "a"), ("c", "d", "c")],
            id="two circles with a way between",
        ),
        pytest.param(
            [before(*pair) for pair in ("ab", "ba", "bc", "cb")],
            [("a", "b", "a"), ("b", "c", "b")],
            id="two circles that share an event",
        ),
        pytest.param([before(*pair) for pair in ("ab", "ac", "bd", "cd")], [], id="two ways, none"),
    ],
)
def test_conflict_names_each_circle_once(
    constraints: list[Constraint], expected: list[tuple[str, ...]]
) -> None:
    names = {name for c in constraints for name in c[:2]}
    conflicts = order_conflicts(dict.fromkeys(names), constraints)
    assert [conflict.cycle for conflict in conflicts] == expected


def test_conflict_of_a_circle_is_told_where_the_last_constraint_stands() -> None:
    constraints = [before("a", "b"), after("c", "b"), before("c", "a")]
    assert order_conflicts(dict.fromkeys("abc"), constraints) == [
        OrderConflict("c", "a", "c", "before", ("a", "b", "c", "a"))
    ]


def test_conflict_beside_a_circle_is_found() -> None:
    dates = dates_of(a="2025", b="2025", c="2025-03", d="2025-02")
    constraints = [before("a", "b"), before("b", "a"), before("b", "d"), after("d", "c")]
    assert [c.cycle or (c.first, c.second) for c in order_conflicts(dates, constraints)] == [
        ("a", "b", "a"),
        ("c", "d"),
    ]


@given(GRAPHS, st.randoms(use_true_random=False))
def test_conflicts_are_the_same_however_the_dates_are_shuffled(graph: Any, random: Any) -> None:
    items = list(dates_of(**graph["dates"]).items())
    constraints = [before(*pair) for pair in graph["pairs"]]
    expected = order_conflicts(dict(items), constraints)
    random.shuffle(items)
    assert order_conflicts(dict(items), constraints) == expected
