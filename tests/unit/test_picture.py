"""The geometry of timelines: everything has one place, within the drawing, by its time."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.dates import DAY_SECONDS, days_from_civil, parse_date
from explainer.derive.picture import (
    BOLD,
    EDGE,
    LINE,
    NARROW,
    RADII,
    WIDE,
    Bar,
    Drawing,
    Format,
    Label,
    Mark,
    Row,
    SpanDrawing,
    Spot,
    Stretch,
    Tick,
    TickText,
    draw_spans,
    draw_timeline,
    scale_time,
    spot_of_span,
    stretch_of,
    text_width,
    wrap_text,
)

TODAY = days_from_civil(2026, 6, 1) * DAY_SECONDS
FORMATS = pytest.mark.parametrize("form", [WIDE, NARROW], ids=lambda form: form.name)


def day(year: int, month: int = 1, number: int = 1) -> tuple[int, int]:
    first = days_from_civil(year, month, number) * DAY_SECONDS
    return first, first + DAY_SECONDS - 1


def point(key: str, year: int, month: int = 1, number: int = 1, **more: object) -> Spot:
    when = day(year, month, number)
    return replace(Spot(key, when, when, label=f"Event {key}"), **more)  # type: ignore[arg-type]


def span(key: str, first: int, last: int, **more: object) -> Spot:
    bounds = {"start": day(first), "end": day(last), "is_span": True}
    spot = point(key, first)
    return replace(spot, **{**bounds, **more})  # type: ignore[arg-type]


def name_tick(tick: Tick) -> tuple[str, str]:
    year, month, number, hour, *_ = tick.civil
    words = {"year": f"{year}", "month": f"M{month}", "day": f"{number} M{month}"}
    return words.get(tick.unit, f"{hour}:00"), "" if tick.unit == "year" else f"{year}"


def drawn(spots: list[Spot], form: Format = WIDE, **more: object) -> Drawing:
    given = {"stretches": (), "lanes": ("",), "as_of": TODAY, **more}
    drawing = draw_timeline(spots, form=form, name_tick=name_tick, **given)  # type: ignore[arg-type]
    assert drawing is not None
    return drawing


# ------------------------------------------------------------------------------- small cases


def test_drawing_of_three_events_is_whole() -> None:
    spots = [
        point("a", 2000, weight="turning-point"),
        point("b", 2010, weight="minor", state="cancelled"),
        span("c", 2005, 2020, is_soft_end=True),
    ]
    assert drawn(spots) == Drawing(
        format=WIDE,
        height=72,
        top=0,
        axis=53,
        bands=(),
        ticks=(
            TickText(1.2, "2000", "start"),
            *(
                TickText(x, year, "middle")
                for x, year in [
                    (11.0, "2002"),
                    (20.7, "2004"),
                    (30.5, "2006"),
                    (40.2, "2008"),
                    (50.0, "2010"),
                    (59.7, "2012"),
                    (69.5, "2014"),
                    (79.2, "2016"),
                    (89.0, "2018"),
                ]
            ),
            TickText(98.7, "2020", "end"),
        ),
        rows=(Row("", 12, 37),),
        breaks=(),
        gaps=(),
        focus=(None, None),
        now=None,
        extents=(),
        bars=(Bar("c", 25.6, 73.1, 44, "major", "happened", "end"),),
        crowds=(),
        labels=(
            Label("a", ("Event a",), 1.3, 15, "start", 30),
            Label("c", ("Event c",), 25.6, 15, "start", 44),
        ),
        marks=(
            Mark("a", 1.3, 30, "turning-point", "happened", False),
            Mark("b", 50.0, 30, "minor", "cancelled", False),
        ),
    )


@pytest.mark.parametrize(
    "spots",
    [
        pytest.param([], id="none"),
        pytest.param([point("a", 2000)], id="one"),
        pytest.param([point("a", 2000), point("b", 2000)], id="one-moment"),
    ],
)
def test_timeline_of_one_moment_is_not_drawn(spots: list[Spot]) -> None:
    assert draw_timeline(spots, (), ("",), TODAY, WIDE, name_tick) is None


def test_lane_has_a_row_with_its_own_marks() -> None:
    spots = [point("a", 2000, lane=1), point("b", 2001, lane=0), point("c", 2002, lane=1)]
    drawing = drawn(spots, lanes=("One", "Two"))
    one, two = drawing.rows
    assert [row.title for row in drawing.rows] == ["One", "Two"]
    rows = {mark.key: one.y if mark.y < one.y else two.y for mark in drawing.marks}
    assert rows == {"a": two.y, "b": one.y, "c": two.y}
    assert one.title_y < one.y < two.title_y < two.y <= drawing.axis


def test_era_is_a_band_within_the_axis_and_one_outside_is_left_out() -> None:
    spots = [point("a", 2000), point("b", 2010)]
    eras = [
        Stretch("Open", None, day(2005)[0]),
        Stretch("Long gone", day(1900)[0], day(1950)[0]),
        stretch_of("Later", parse_date("2005/..")),
    ]
    bands = drawn(spots, stretches=eras).bands
    assert [(b.title, b.x, b.width, b.is_named) for b in bands] == [
        ("Open", 0.0, 50.0, True),
        ("Later", 50.0, 50.0, True),
    ]


def test_title_of_an_era_that_finds_no_room_is_left_out() -> None:
    spots = [point("a", 2000), point("b", 2010)]
    eras = [Stretch(f"A rather long title {n}", *day(2004, n)) for n in range(1, 6)]
    eras = [replace(era, last=day(2004, n + 3)[0]) for n, era in enumerate(eras, start=1)]
    bands = drawn(spots, NARROW, stretches=eras).bands
    assert [band.is_named for band in bands] == [True, True, True, False, False]


# ------------------------------------------------------------------------------- what comes next


def test_line_of_today_stands_where_something_is_planned() -> None:
    spots = [point("a", 2024), point("b", 2028, state="planned")]
    drawing = drawn(spots)
    (first, second) = drawing.marks
    assert drawing.now is not None
    assert first.x < drawing.now < second.x
    assert drawn([point("a", 2024), point("b", 2028)]).now is None


# ------------------------------------------------------------------------------- breaks and focus


def test_axis_is_broken_where_one_gap_dwarfs_the_rest() -> None:
    old = point("old", -299)
    spots = [old, *(point(f"e{n}", 1957 + n) for n in range(10))]
    drawing = drawn(spots)
    (place,) = drawing.breaks
    assert drawing.gaps == ((old.end[1], day(1957)[0]),)
    assert [mark.x < place for mark in drawing.marks] == [True, *[False] * 10]


def test_stretch_without_a_round_date_is_named_by_its_roundest() -> None:
    spots = [point("a", -299), point("b", 112), *(point(f"e{n}", 1349 + 85 * n) for n in range(9))]
    assert next(tick.text for tick in drawn(spots, NARROW).ticks) == "-199"


def test_even_timeline_is_not_broken() -> None:
    assert drawn([point(f"e{n}", 1900 + 10 * n) for n in range(10)]).breaks == ()


def test_axis_between_two_events_is_not_broken() -> None:
    assert drawn([point("a", 1000), point("b", 2000)]).breaks == ()


def test_crowd_within_a_long_time_has_a_scale_of_its_own() -> None:
    crowd = [point(f"e{n}", 1957 + n // 12, n % 12 + 1) for n in range(180)]
    stray = [point(f"s{n}", year) for n, year in enumerate([1938, 1950, 1980, 1990, 2000, 2013])]
    drawing = drawn([*crowd, *stray])
    before, after = drawing.breaks
    assert drawing.focus == (day(1957)[0], day(1970, 12, 31)[1])
    assert drawing.gaps == ()
    assert after - before > 60
    sides = {mark.key: (mark.x > before) + (mark.x > after) for mark in drawing.marks}
    assert {key: side for key, side in sides.items() if key.startswith("s")} == {
        "s0": 0,
        "s1": 0,
        "s2": 2,
        "s3": 2,
        "s4": 2,
        "s5": 2,
    }


def test_ticks_outside_of_a_focus_are_by_their_own_scale() -> None:
    crowd = [point(f"e{n:02}", 2020, n % 12 + 1, n + 1) for n in range(27)]
    stray = [point(f"s{year}", year) for year in (1980, 1995, 2010)]
    drawing = drawn([*crowd, *stray])
    (place,) = drawing.breaks
    assert drawing.focus == (day(2020)[0], None)
    assert [(tick.text, tick.below) for tick in drawing.ticks if tick.x < place] == [
        ("1980", ""),
        ("2000", ""),
    ]
    assert [(tick.text, tick.below) for tick in drawing.ticks if tick.x > place][:2] == [
        ("M1", "2020"),
        ("M4", ""),
    ]


# ------------------------------------------------------------------------------- crowds


def test_column_with_no_room_is_counted() -> None:
    spots = [point(f"e{n}", 2000) for n in range(9)]
    drawing = drawn([*reversed(spots), point("y", 2010), point("z", 2020)])
    assert [crowd.keys for crowd in drawing.crowds] == [tuple(spot.key for spot in spots)]
    assert [mark.key for mark in drawing.marks] == ["y", "z"]


def test_turning_point_stands_above_its_crowd() -> None:
    spots = [point(f"e{n:02}", 2000) for n in range(20)]
    spots += [point("t", 2000, weight="turning-point"), point("z", 2020)]
    drawing = drawn(spots)
    (crowd,) = drawing.crowds
    assert "t" not in crowd.keys
    assert [mark.y < crowd.y for mark in drawing.marks if mark.key == "t"] == [True]


def test_many_events_are_counted_though_there_is_room() -> None:
    spots = [point(f"e{n}", 2000 + n // 2, 1 + n % 2) for n in range(60)]
    assert drawn(spots[:59]).crowds == ()
    assert {len(crowd.keys) for crowd in drawn(spots).crowds} > {2}


# ------------------------------------------------------------------------------- labels


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Short", ("Short",)),
        ("The council closes a bridge", ("The council", "closes a bridge")),
        ("The council closes the bridge to all traffic", ("The council", "closes the…")),
        ("Donaudampfschifffahrtsgesellschaft", ("Donaudampfsc…",)),
        ("橋が閉鎖される、市議会の決定による", ("橋が閉鎖される…",)),
    ],
    ids=["one-line", "two-lines", "cut", "long-word", "wide-letters"],
)
def test_text_is_wrapped_and_cut(text: str, lines: tuple[str, ...]) -> None:
    assert wrap_text(text, 100, 2) == lines
    assert all(text_width(line) <= 100 for line in lines)


def test_only_turning_points_have_labels_where_events_are_many() -> None:
    spots = [point(f"e{n}", 2000 + n) for n in range(20)]
    spots.append(point("t", 2010, 6, weight="turning-point"))
    assert [label.key for label in drawn(spots).labels] == ["t"]


# ------------------------------------------------------------------------------- properties

WEIGHTS = ("turning-point", "major", "minor")


@st.composite
def spots_of(draw: st.DrawFn, most: int = 90) -> list[Spot]:
    """Events of any kind, some of them close together, at least two of them apart."""
    base = draw(st.integers(-800_000, 10_000))
    reach = draw(st.sampled_from([2, 40, 400, 20_000, 800_000]))
    found = [
        draw(one_spot(f"e{number}", base, reach)) for number in range(draw(st.integers(2, most)))
    ]
    return [*found, point("last", 2025, 12, 31)]


@st.composite
def one_spot(draw: st.DrawFn, key: str, base: int, reach: int) -> Spot:
    first = (base + draw(st.integers(0, reach))) * DAY_SECONDS
    length = draw(st.sampled_from([1, 1, 1, 30, 365])) * DAY_SECONDS - 1
    is_span = draw(st.sampled_from([False, False, True]))
    later = first + draw(st.integers(0, reach)) * DAY_SECONDS if is_span else first
    return Spot(
        key,
        (first, first + length),
        (later, later + length),
        is_span=is_span,
        is_open_start=is_span and draw(st.booleans()),
        is_open_end=is_span and draw(st.booleans()),
        is_soft=draw(st.booleans()),
        weight=draw(st.sampled_from(WEIGHTS)),
        state=draw(st.sampled_from(["happened", "planned", "proposed", "cancelled"])),
        lane=draw(st.integers(0, 1)),
        label=draw(st.sampled_from(["", "A word", "The council closes the bridge to all traffic"])),
    )


def both(spots: list[Spot]) -> list[Drawing]:
    eras = [Stretch("An era", None, day(1950)[0]), Stretch("Another", day(1950)[0], None)]
    return [drawn(spots, form, stretches=eras, lanes=("One", "Two")) for form in (WIDE, NARROW)]


@settings(max_examples=60, deadline=None)
@given(spots_of())
def test_every_event_is_drawn_exactly_once(spots: list[Spot]) -> None:
    for drawing in both(spots):
        counted = [key for crowd in drawing.crowds for key in crowd.keys]
        keys = [*counted, *(mark.key for mark in drawing.marks), *(bar.key for bar in drawing.bars)]
        assert sorted(keys) == sorted(spot.key for spot in spots)


@settings(max_examples=60, deadline=None)
@given(spots_of())
def test_marks_follow_time(spots: list[Spot]) -> None:
    middles = {spot.key: spot.middle for spot in spots}
    for drawing in both(spots):
        marks = sorted((middles[mark.key], mark.x) for mark in drawing.marks)
        assert all(one <= two for (_, one), (_, two) in pairwise(marks))


@settings(max_examples=60, deadline=None)
@given(spots_of())
def test_nothing_stands_outside_of_the_drawing(spots: list[Spot]) -> None:
    for drawing in both(spots):
        bars: list[Any] = [*drawing.bars, *drawing.extents, *drawing.bands, *drawing.crowds]
        points: list[Any] = [*drawing.marks, *drawing.ticks, *drawing.labels]
        low: list[Any] = [*drawing.marks, *drawing.bars, *drawing.crowds, *drawing.labels]
        assert [one for one in points if not 0 <= one.x <= 100] == []
        # Both are rounded, so that the sum may be a tenth above.
        assert [
            one for one in bars if one.x < 0 or one.width < 0 or one.x + one.width > 100.1
        ] == []
        assert [one for one in low if not drawing.top <= one.y <= drawing.axis] == []
        assert drawing.axis < drawing.height


@settings(max_examples=60, deadline=None)
@given(spots_of())
def test_labels_touch_neither_each_other_nor_the_edges(spots: list[Spot]) -> None:
    for drawing in both(spots):
        boxes = [box for label in drawing.labels for box in _boxes(label, drawing.format)]
        assert [box for box in boxes if box[0] < -1 or box[1] > drawing.format.width + 1] == []
        assert [pair for pair in combinations(boxes, 2) if _touch(*pair)] == []


Box = tuple[float, float, float, str]


def _boxes(label: Label, form: Format) -> list[Box]:
    """Left, right and baseline of each line; letters of one label never stand side by side."""
    x = label.x * form.width / 100
    found: list[Box] = []
    for number, line in enumerate(label.lines):
        width = text_width(line) * BOLD + 5
        left = x if label.side == "start" else x - width
        found.append((left, left + width, label.y + number * LINE, label.key))
    return found


def _touch(one: Box, two: Box) -> bool:
    is_beside = one[1] <= two[0] or two[1] <= one[0]
    return one[3] != two[3] and not is_beside and abs(one[2] - two[2]) < LINE


@settings(max_examples=60, deadline=None)
@given(spots_of())
def test_marks_do_not_cover_each_other(spots: list[Spot]) -> None:
    for drawing in both(spots):
        width = drawing.format.width / 100
        for one, two in combinations(drawing.marks, 2):
            room = RADII[one.weight] + RADII[two.weight] + 0.5
            assert one.y != two.y or abs(one.x - two.x) * width >= room - 0.1 * width


@settings(max_examples=60, deadline=None)
@given(spots_of())
def test_names_of_ticks_keep_apart(spots: list[Spot]) -> None:
    for drawing in both(spots):
        ends = [_tick_ends(tick, drawing.format) for tick in drawing.ticks]
        assert all(one[1] < two[0] for one, two in pairwise(ends))


def _tick_ends(tick: TickText, form: Format) -> tuple[float, float]:
    width, x = text_width(tick.text), tick.x * form.width / 100
    left = {"start": x, "middle": x - width / 2, "end": x - width}[tick.side]
    return left, left + width


@settings(max_examples=40, deadline=None)
@given(spots_of(40), st.randoms(use_true_random=False))
def test_drawing_does_not_hang_on_the_order_of_events(
    spots: list[Spot], shuffler: random.Random
) -> None:
    shuffled = shuffler.sample(spots, len(spots))
    assert both(shuffled) == both(spots)


@FORMATS
@settings(max_examples=40, deadline=None)
@given(spots_of(40), st.lists(st.integers(-900_000, 30_000), min_size=2, max_size=20))
def test_scale_grows_with_time(form: Format, spots: list[Spot], days: list[int]) -> None:
    scale = scale_time(spots, TODAY, form.width)
    assert scale is not None
    places = [scale.place(number * DAY_SECONDS) for number in sorted(days)]
    assert all(one <= two + 1e-6 for one, two in pairwise(places))
    assert places[0] >= EDGE - 1e-6
    assert places[-1] <= form.width - EDGE + 1e-6


# ------------------------------------------------------------------------------- spans alone


def roles(*dates: str) -> SpanDrawing | None:
    spots = [
        spot_of_span(date, parse_date(date), label=f"Role {date}", as_of=TODAY) for date in dates
    ]
    return draw_spans(spots, NARROW, name_tick)


def test_spans_stand_one_below_the_other_with_their_names() -> None:
    drawing = roles("2016-01-01/..", "2006-01-01/2016-01-01")
    assert drawing == SpanDrawing(
        height=83,
        axis=64,
        bars=(
            Bar("2016-01-01/..", 49.0, 48.2, 21, "major", "happened", ""),
            Bar("2006-01-01/2016-01-01", 2.8, 46.2, 51, "major", "happened", ""),
        ),
        labels=(
            Label("2016-01-01/..", ("Role 2016-01-01/..",), 49.0, 13, "start", 13),
            Label("2006-01-01/2016-01-01", ("Role 2006-01-01/2016-01-01",), 2.8, 43, "start", 43),
        ),
        ticks=tuple(
            TickText(x, name, "middle")
            for x, name in [(21.3, "2010"), (44.4, "2015"), (67.5, "2020"), (90.7, "2025")]
        ),
    )


@pytest.mark.parametrize(
    ("date", "soft"),
    [
        ("2006~/2016", "start"),
        ("2006/2016?", "end"),
        ("2006~/2016~", "both"),
        ("2006/2016", ""),
        ("2006/", "end"),
        ("../2016", "start"),
        ("2006/..", ""),
    ],
)
def test_span_fades_at_the_end_that_nobody_knows(date: str, soft: str) -> None:
    drawing = roles(date, "2000/2020")
    assert drawing is not None
    assert drawing.bars[0].soft == soft
    assert drawing.fades == ((soft,) if soft else ())


def test_short_span_can_be_seen_at_the_very_end() -> None:
    drawing = roles("1900/2020", "2020-12-31/2020-12-31")
    assert drawing is not None
    bar = drawing.bars[1]
    assert bar.width == 2.1
    assert bar.x + bar.width <= 100
    assert drawing.labels[1].side == "end"


def test_span_of_one_moment_is_not_drawn() -> None:
    when = (0, 0)
    assert draw_spans([Spot("a", when, when, is_span=True)], NARROW, name_tick) is None
