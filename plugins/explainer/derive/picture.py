"""The picture of a timeline as pure geometry: where every event, span, era and tick stands.

Across, everything is in per cent of the drawing's width, so that one drawing fits every width
from the one it is laid out for (`Format.width`) upwards: marks and letters keep their size, and
gaps only grow. Downwards, everything is in whole pixels. No words are made here: labels, titles
and the names of ticks come in as texts, and what is known of letters is how wide they are.

Time is to scale, with one exception. Where an empty stretch takes more than two fifths of the
axis and at the same time half of the events crowd within a fifth of it, the axis is broken
there (`scale_time`): the largest stretch first, three at most. What is left is to one scale,
unless no break helps and nine in ten events stand within two fifths of the axis: then what lies
before and after these is drawn tighter, each behind a break of its own (`_find_focus`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final, Literal, cast

from ..dates import DAY_SECONDS, Date, Point, civil_from_instant, days_from_civil
from .timeline import PlacedEvent

Unit = Literal["hour", "day", "month", "year"]
State = Literal["happened", "planned", "proposed", "cancelled"]
Side = Literal["start", "middle", "end"]

#: The height of a row of marks, of spans, of letters.
MARK_ROW: Final = 12
BAR_ROW: Final = 10
LINE: Final = 15
#: The height of a stretch with its name above it.
SPAN_ROW: Final = 30
#: How much wider letters are in bold.
BOLD: Final = 1.08
#: The radius of a mark by the event's weight, and the room that it is given on either side.
RADII: Final = {"turning-point": 6, "major": 4, "minor": 3}
#: A date is drawn with its extent only where that is wider than a mark.
SHORTEST_EXTENT: Final = 14
#: How far a span reaches whose end nobody knows.
STUB: Final = 20
EDGE: Final = 8
BREAK: Final = 26
#: A single date between two breaks has as much room as its label takes.
LONE: Final = 44
MOST_BREAKS: Final = 3
#: The least room of what is drawn tighter, and its part of the whole.
TAIL: Final = 32
TAILS: Final = 0.25
#: A focus of more years than these is in whole years, else in whole months.
FOCUS_YEARS: Final = 3
#: Fewer events than these have no crowd that would be worth a scale of its own.
FOCUS_EVENTS: Final = 20
#: Up to how many events every major one may have a label, beside the turning points.
FEW: Final = 12
#: From how many events on every column of more than `MOST_SINGLE` is counted, room or not: marks
#: by the hundred are noise, and dear.
MANY: Final = 60
MOST_SINGLE: Final = 1
#: How high the bar of the fullest column is.
HIGHEST: Final = 42


@dataclass(frozen=True, slots=True)
class Format:
    """A size to lay out for: its least width, and what fits into a lane."""

    name: str
    width: int
    mark_rows: int
    bar_rows: int
    label_lines: int
    label_width: int


WIDE: Final = Format("wide", 640, mark_rows=6, bar_rows=5, label_lines=6, label_width=170)
NARROW: Final = Format("narrow", 288, mark_rows=5, bar_rows=4, label_lines=6, label_width=124)
#: The width of the columns that are counted together where marks have no room.
COLUMN: Final = 24


# --- what is drawn ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """A dated event as the picture needs it; instants are seconds by the site's clock."""

    key: str
    start: tuple[int, int]
    """First and last second of the date, or of the start of a span."""
    end: tuple[int, int]
    """The same of the end; equal to `start` unless it is a span."""
    is_span: bool = False
    is_open_start: bool = False
    is_open_end: bool = False
    is_soft: bool = False
    """Whether something about the date is a guess."""
    is_soft_start: bool = False
    """Of a span: whether its start is a guess."""
    is_soft_end: bool = False
    weight: str = "major"
    state: State = "happened"
    lane: int = 0
    label: str = ""

    @property
    def middle(self) -> int:
        """Where its mark stands: in the middle of what is known of a date, at a span's start."""
        return self.start[0] if self.is_span else (self.start[0] + self.end[1]) // 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """An era: a named stretch of time, None where it is open."""

    title: str
    first: int | None
    last: int | None


def spot_of(placed: PlacedEvent, *, lane: int, label: str, as_of: int) -> Spot:
    """A dated event as a spot.

    What is still to come begins after `as_of`, what happened ends there at the latest: so a
    coarse date (`2026`) is drawn on the side on which it belongs. An end that is open (`2022/..`)
    reaches to `as_of`; one that is unknown (`2022/`) has no length but a stub.
    """
    date = placed.date
    first, last = _ends(date, as_of)
    if not date.is_span:
        first = last = _on_its_side((first[0], last[1]), placed, as_of)
    return Spot(
        key=placed.entry.id,
        start=first,
        end=last,
        is_span=date.is_span,
        is_open_start=date.open_start,
        is_open_end=date.open_end,
        is_soft=not date.is_exact,
        is_soft_start=_is_guess(date.start),
        is_soft_end=_is_guess(date.end),
        weight=placed.entry.record.weight or "major",
        state=_state_of(placed),
        lane=lane,
        label=label,
    )


def spot_of_span(key: str, date: Date, *, label: str, as_of: int) -> Spot:
    """A stretch of time that is no event, such as a role's; what goes on reaches to `as_of`."""
    first, last = _ends(date, as_of)
    return Spot(
        key=key,
        start=first,
        end=last,
        is_span=True,
        is_open_start=date.open_start,
        is_open_end=date.unknown_end,
        is_soft_start=_is_guess(date.start),
        is_soft_end=_is_guess(date.end),
        label=label,
    )


def _is_guess(point: Point | None) -> bool:
    return point is not None and not point.is_exact


def _ends(date: Date, as_of: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The bounds of a date's first and last point; what is open goes on to `as_of`."""
    first, last = (_bounds(point) for point in (date.start or date.anchor, date.points[-1]))
    if date.is_span and date.open_end and not date.unknown_end:
        last = (max(as_of, first[1]),) * 2
    return first, last


def stretch_of(title: str, date: Date) -> Stretch:
    """An era as the picture needs it."""
    return Stretch(
        title,
        _bounds(date.start)[0] if date.start else None,
        _bounds(date.end)[1] if date.end else None,
    )


def last_second(date: Date) -> int:
    """The end of a date by the site's clock: up to where things are known that are "as of" it."""
    return _bounds(date.points[-1])[1]


def _bounds(point: Point) -> tuple[int, int]:
    return point.earliest + point.shift, point.latest + point.shift


def _on_its_side(bounds: tuple[int, int], placed: PlacedEvent, as_of: int) -> tuple[int, int]:
    first, last = bounds
    if not first <= as_of < last:
        return bounds
    is_coming = placed.status in ("planned", "proposed") and not placed.is_overdue
    return (as_of, last) if is_coming else (first, as_of)


def _state_of(placed: PlacedEvent) -> State:
    match placed.status:
        case "planned":
            return "planned"
        case "proposed":
            return "proposed"
        case "cancelled" | "refused":
            return "cancelled"
    return "happened"


# --- the drawing --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """An event at a moment."""

    key: str
    x: float
    y: int
    weight: str
    state: State
    is_soft: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """An event that lasts, or the extent of a date that is not known to the day (`key` empty)."""

    key: str
    x: float
    width: float
    y: int
    weight: str
    state: State
    soft: Literal["", "start", "end", "both"]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Events that have no room as marks: a bar as high as they are many."""

    keys: tuple[str, ...]
    x: float
    width: float
    y: int
    height: int
    middle: float
    """Half of the width: where its count stands, from `x` on."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text of one or more lines at a side of `x`, with a line down to `foot`."""

    key: str
    lines: tuple[str, ...]
    x: float
    y: int
    """The baseline of the first line."""
    side: Side
    foot: int


@dataclass(frozen=True, slots=True)
class Band:
    """An era: a band through the whole drawing, and its title where there is room for it."""

    title: str
    x: float
    width: float
    y: int
    text_x: float
    side: Side
    is_named: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A lane: its title, and the line on which its marks stand."""

    title: str
    title_y: int
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment on the axis: its civil date, and at which unit it is named."""

    instant: int
    unit: Unit

    @property
    def civil(self) -> tuple[int, int, int, int, int, int]:
        """Year, month, day, hour, minute, second."""
        return civil_from_instant(self.instant)


@dataclass(frozen=True, slots=True)
class TickText:
    """A tick with its name, and below it what several ticks share (a year), where it changes."""

    x: float
    text: str
    side: Side
    below: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything at its place, in the order in which it is painted."""

    format: Format
    height: int
    top: int
    """Where the bands of eras and the lines of ticks begin."""
    axis: int
    bands: tuple[Band, ...]
    ticks: tuple[TickText, ...]
    rows: tuple[Row, ...]
    breaks: tuple[float, ...]
    gaps: tuple[tuple[int, int], ...]
    """What is left out at the breaks: the last second before and the first after."""
    focus: tuple[int | None, int | None]
    """Before and after which second the scale is tighter."""
    now: float | None
    """Where what comes next begins, if anything does."""
    extents: tuple[Bar, ...]
    bars: tuple[Bar, ...]
    crowds: tuple[Crowd, ...]
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]


NameTick = Callable[[Tick], tuple[str, str]]
"""The name of a tick, and what it shares with its neighbours (empty for none)."""


def draw_timeline(
    spots: Sequence[Spot],
    stretches: Sequence[Stretch],
    lanes: Sequence[str],
    as_of: int,
    form: Format,
    name_tick: NameTick,
) -> Drawing | None:
    """The drawing of a timeline; None where there is nothing to compare: one moment or none.

    `lanes` are titles from top to bottom; a spot's `lane` is its place among them. Every spot is
    in exactly one of `marks`, `bars` and `crowds`. The result does not depend on the order of
    `spots`.
    """
    spots = sorted(spots, key=_spot_key)
    scale = scale_time(spots, as_of, form.width)
    if scale is None:
        return None
    bands, top = _draw_bands(stretches, scale, form)
    canvas = _Canvas(form, scale, _most_in_column(spots, scale), len(spots))
    layers = _Layers()
    y = top
    for number, title in enumerate(lanes):
        mine = [spot for spot in spots if spot.lane == number]
        y = _draw_lane(canvas, layers, title, mine, y + (6 if number else 0))
    ticks = _draw_ticks(scale, form, name_tick)
    return Drawing(
        format=form,
        height=y + (2 if any(tick.below for tick in ticks) else 1) * LINE + 4,
        top=top,
        axis=y,
        bands=bands,
        ticks=ticks,
        rows=tuple(layers.rows),
        breaks=tuple(_percent(x, form) for x in scale.breaks),
        gaps=scale.gaps,
        focus=scale.focus,
        now=_percent(scale.place(as_of), form) if _has_future(spots, as_of) else None,
        extents=tuple(layers.extents),
        bars=tuple(layers.bars),
        crowds=tuple(layers.crowds),
        labels=tuple(layers.labels),
        marks=tuple(layers.marks),
    )


@dataclass(frozen=True, slots=True)
class SpanDrawing:
    """Stretches of time one below the other, each with its name above its bar."""

    height: int
    axis: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    """Of one line each, in the order of the bars."""
    ticks: tuple[TickText, ...]

    @property
    def fades(self) -> tuple[str, ...]:
        """At which sides a bar fades, where any does."""
        return tuple(sorted({bar.soft for bar in self.bars if bar.soft}))


def draw_spans(spots: Sequence[Spot], form: Format, name_tick: NameTick) -> SpanDrawing | None:
    """The drawing of stretches in the order given; None where all are at one moment.

    The axis reaches from the first to the last second that is known. A stretch that is too short
    to be seen is as wide as a mark.
    """
    first = min((spot.start[0] for spot in spots), default=0)
    last = max((spot.end[1] for spot in spots), default=0)
    if first == last:
        return None
    scale = _lay_out([(first, last)], form.width)
    canvas = _Canvas(form, scale, 1, len(spots))
    ticks = _draw_ticks(scale, form, name_tick)
    axis = len(spots) * SPAN_ROW + 4
    return SpanDrawing(
        height=axis + (2 if any(tick.below for tick in ticks) else 1) * LINE + 4,
        axis=axis,
        bars=tuple(_span_bar(canvas, spot, row) for row, spot in enumerate(spots)),
        labels=tuple(_span_label(canvas, spot, row) for row, spot in enumerate(spots)),
        ticks=ticks,
    )


def _span_reach(canvas: _Canvas, spot: Spot) -> tuple[float, float]:
    left, right = _reach(canvas, spot)
    right = max(right, left + 2 * RADII["minor"])
    over = max(0.0, right - canvas.form.width)
    return left - over, right - over


def _span_bar(canvas: _Canvas, spot: Spot, row: int) -> Bar:
    return _bar(canvas, spot, (row, *_span_reach(canvas, spot)), row * SPAN_ROW + LINE + 6)


def _span_label(canvas: _Canvas, spot: Spot, row: int) -> Label:
    """From the start of its bar where it fits there, else up to its end, else from the edge."""
    left, right = _span_reach(canvas, spot)
    (line,) = wrap_text(spot.label, canvas.form.width - 8, 1)
    width = text_width(line) * BOLD
    x, side = left, "start"
    if left + width > canvas.form.width:
        x, side = (right, "end") if right >= width else (0.0, "start")
    y = row * SPAN_ROW + LINE - 2
    return Label(spot.key, (line,), canvas.percent(x), y, cast(Side, side), y)


class _Layers:
    """What the lanes have drawn so far, collected by kind: later kinds are painted over earlier."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.extents: list[Bar] = []
        self.bars: list[Bar] = []
        self.crowds: list[Crowd] = []
        self.labels: list[Label] = []
        self.marks: list[Mark] = []


def _spot_key(spot: Spot) -> tuple[int, int, int, str]:
    return spot.middle, spot.start[0], spot.end[1], spot.key


def _has_future(spots: Iterable[Spot], as_of: int) -> bool:
    return any(spot.middle >= as_of and spot.state in ("planned", "proposed") for spot in spots)


def _percent(x: float, form: Format) -> float:
    return round(x / form.width * 100, 1)


# --- time to scale ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time without a break, and where it begins and ends in pixels."""

    first: int
    last: int
    left: float
    right: float

    @property
    def per_second(self) -> float:
        """Pixels a second; 0 where there is but one."""
        return (self.right - self.left) / max(self.last - self.first, 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a moment stands."""

    segments: tuple[Segment, ...]
    width: int
    focus: tuple[int | None, int | None] = (None, None)
    """Before and after which second the scale is tighter: then nothing is left out."""

    @property
    def breaks(self) -> tuple[float, ...]:
        """Where the axis is broken: in the middle between two segments."""
        return tuple((one.right + two.left) / 2 for one, two in pairwise(self.segments))

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """What is left out at the breaks: the last second before and the first after."""
        if self.focus != (None, None):
            return ()
        return tuple((one.last, two.first) for one, two in pairwise(self.segments))

    def place(self, instant: int) -> float:
        """The x of a moment; within a break in proportion, beyond both ends at the end."""
        for number, segment in enumerate(self.segments):
            if instant < segment.first:
                return self._before(number, instant)
            if instant <= segment.last:
                return segment.left + (instant - segment.first) * segment.per_second
        return self.segments[-1].right

    def _before(self, number: int, instant: int) -> float:
        """The x of a moment in the break before a segment."""
        segment = self.segments[number]
        if number == 0:
            return segment.left
        before = self.segments[number - 1]
        part = (instant - before.last) / (segment.first - before.last)
        return before.right + part * (segment.left - before.right)


def scale_time(spots: Sequence[Spot], as_of: int, width: int) -> Scale | None:
    """The scale on which all spots have their place; None where they are all at one moment.

    Between two breaks, all is to the same scale; what is alone there stands in the middle of as
    much room as its label needs. Only what lies outside of a focus is tighter. The axis reaches
    from the first to the last known second, and to `as_of` where something is planned behind it.
    """
    known = sorted({bounds for spot in spots for bounds in (spot.start, spot.end)})
    if _has_future(spots, as_of):
        known = sorted({*known, (as_of, as_of)})
    pieces = list(_merged(known))
    if len({spot.middle for spot in spots}) < 2 or pieces[0][0] == pieces[-1][1]:
        return None
    middles = sorted(spot.middle for spot in spots)
    gaps = _find_breaks(pieces, middles)
    focus = None if gaps else _find_focus(pieces[0][0], pieces[-1][1], middles)
    if focus is not None:
        return _lay_out_focus(pieces[0][0], pieces[-1][1], focus, width)
    edges = [pieces[0][0], *(edge for gap in gaps for edge in gap), pieces[-1][1]]
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    return _lay_out(stretches, width)


def _merged(bounds: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted intervals, those that touch as one."""
    current: tuple[int, int] | None = None
    for first, last in bounds:
        if current is None or first > current[1] + 1:
            if current is not None:
                yield current
            current = (first, last)
        else:
            current = (current[0], max(current[1], last))
    if current is not None:
        yield current


def _find_breaks(
    pieces: Sequence[tuple[int, int]], middles: Sequence[int]
) -> list[tuple[int, int]]:
    """The empty stretches that are left out, in order; the rule is at the top of the module."""
    gaps = [(one[1], two[0]) for one, two in pairwise(pieces)]
    gaps.sort(key=lambda gap: (gap[0] - gap[1], gap[0]))
    found: list[tuple[int, int]] = []
    length = pieces[-1][1] - pieces[0][0]
    for gap in gaps[:MOST_BREAKS]:
        size = gap[1] - gap[0]
        is_large = 5 * size > 2 * length
        if not is_large or size == length or not _is_crowded(middles, found, length):
            break
        found.append(gap)
        length -= size
    return sorted(found)


def _is_crowded(middles: Sequence[int], left_out: Sequence[tuple[int, int]], length: int) -> bool:
    """Whether half of the events, three at least, stand within a fifth of the axis."""
    half = max(3, -(-len(middles) // 2))
    places = sorted(m - sum(b - a for a, b in left_out if b <= m) for m in middles)
    windows = (last - first for first, last in zip(places, places[half - 1 :], strict=False))
    return any(5 * window < length for window in windows)


def _find_focus(first: int, last: int, middles: Sequence[int]) -> tuple[int, int] | None:
    """The shortest stretch that holds nine in ten events, in whole years or months.

    None where it takes more than two fifths of the axis, or where events are few. Of equal
    stretches the first one counts.
    """
    if len(middles) < FOCUS_EVENTS:
        return None
    most = -(-9 * len(middles) // 10)
    windows = [(b - a, a, b) for a, b in zip(middles, middles[most - 1 :], strict=False)]
    start, end = _rounded(*min(windows)[1:])
    is_narrow = 5 * (end - start) < 2 * (last - first)
    return (max(start, first), min(end, last)) if is_narrow else None


def _rounded(start: int, end: int) -> tuple[int, int]:
    """The whole years, or where these are few the whole months, in which a stretch lies."""
    (year, month), (end_year, end_month) = (civil_from_instant(at)[:2] for at in (start, end))
    if end_year - year > FOCUS_YEARS:
        month, end_month = 1, 12
    after = days_from_civil(end_year + end_month // 12, end_month % 12 + 1, 1)
    return days_from_civil(year, month, 1) * DAY_SECONDS, after * DAY_SECONDS - 1


def _lay_out_focus(first: int, last: int, focus: tuple[int, int], width: int) -> Scale:
    """The focus to scale, and what lies before and after it in a quarter of the room."""
    before, after = focus[0] - first, last - focus[1]
    room = width - 2 * EDGE - BREAK * ((before > 0) + (after > 0))
    tails = [
        max(TAIL, room * TAILS * tail / (before + after)) if tail else 0 for tail in (before, after)
    ]
    segments = []
    if before:
        segments.append(Segment(first, focus[0] - 1, EDGE, EDGE + tails[0]))
    left = EDGE + (tails[0] + BREAK if before else 0)
    right = EDGE + room - tails[1] + (BREAK if before else 0)
    segments.append(Segment(*focus, left, right))
    if after:
        segments.append(Segment(focus[1] + 1, last, right + BREAK, right + BREAK + tails[1]))
    ends = (focus[0] if before else None, focus[1] if after else None)
    return Scale(tuple(segments), width, ends)


def _lay_out(stretches: Sequence[tuple[int, int]], width: int) -> Scale:
    room = width - 2 * EDGE - BREAK * (len(stretches) - 1)
    lengths = [last - first for first, last in stretches]
    per_second, lone = _share(lengths, room)
    segments = []
    left: float = EDGE
    for (first, last), is_lone in zip(stretches, lone, strict=True):
        drawn = (last - first) * per_second
        space = LONE if is_lone else drawn
        start = left + (space - drawn) / 2
        segments.append(Segment(first, last, start, start + drawn))
        left += space + BREAK
    return Scale(tuple(segments), width)


def _share(lengths: Sequence[int], room: float) -> tuple[float, list[bool]]:
    """Pixels a second, and which stretches are so short that they get `LONE` pixels instead."""
    lone = [False] * len(lengths)
    while True:
        rest = sum(length for length, short in zip(lengths, lone, strict=True) if not short)
        per_second = (room - LONE * sum(lone)) / rest
        short = [length * per_second < LONE for length in lengths]
        if short == lone or all(short):
            return per_second, lone
        lone = [one or two for one, two in zip(lone, short, strict=True)]
        if all(lone):
            return LONE / max(lengths), lone


# --- lanes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Canvas:
    """What all lanes of a drawing share."""

    form: Format
    scale: Scale
    most: int
    """How many events the fullest column holds."""
    count: int
    """How many events there are in all lanes."""

    @property
    def is_sparse(self) -> bool:
        return self.count <= FEW

    @property
    def is_busy(self) -> bool:
        return self.count >= MANY

    def x(self, spot: Spot) -> float:
        return self.scale.place(spot.middle)

    def percent(self, x: float) -> float:
        return _percent(x, self.form)


@dataclass(frozen=True, slots=True)
class _Stacked:
    """Which row of marks each spot stands in, and which are counted by column instead."""

    rows: dict[str, int]
    counted: dict[int, tuple[str, ...]]


def _draw_lane(canvas: _Canvas, layers: _Layers, title: str, spots: Sequence[Spot], y: int) -> int:
    """Draw one lane from `y` downwards; gives the y below it."""
    bars, points = _split_spots(canvas, spots)
    stacked = _stack(canvas, points)
    title_y = y + 12
    y += LINE + 3 if title else 4
    labels, lines = _place_labels(
        canvas, [s for s in spots if s.key in stacked.rows or s.key in bars]
    )
    y += lines * LINE + (4 if lines else 0)
    base = y + _stack_height(canvas, stacked)
    layers.rows.append(Row(title, title_y, base))
    heights = {key: base - 7 - row * MARK_ROW for key, row in stacked.rows.items()}
    heights |= {key: base + 7 + row * BAR_ROW for key, (row, _, _) in bars.items()}
    for spot in spots:
        if spot.key in bars:
            layers.bars.append(_bar(canvas, spot, bars[spot.key], heights[spot.key]))
        elif spot.key in stacked.rows:
            _draw_mark(canvas, layers, spot, heights[spot.key])
    layers.crowds.extend(_crowds(canvas, stacked, base))
    layers.labels.extend(_label(canvas, one, y, heights) for one in labels)
    used = max((row for row, _, _ in bars.values()), default=-1) + 1
    return base + used * BAR_ROW + (6 if used else 0)


def _split_spots(
    canvas: _Canvas, spots: Sequence[Spot]
) -> tuple[dict[str, tuple[int, float, float]], list[Spot]]:
    """Spans with their row below the line and their ends; everything else, to stand above it.

    A span that is too short to be seen as one, or finds no row, stands above at its start.
    """
    ends: list[float] = []
    bars: dict[str, tuple[int, float, float]] = {}
    points: list[Spot] = []
    for spot in spots:
        left, right = _reach(canvas, spot)
        row = next((n for n, end in enumerate(ends) if end + 3 <= left), len(ends))
        if not spot.is_span or right - left < SHORTEST_EXTENT or row >= canvas.form.bar_rows:
            points.append(spot)
            continue
        ends[row : row + 1] = [right]
        bars[spot.key] = (row, left, right)
    return bars, points


def _reach(canvas: _Canvas, spot: Spot) -> tuple[float, float]:
    """From where to where a spot reaches: what is not known is as long as a stub."""
    left, right = canvas.scale.place(spot.start[0]), canvas.scale.place(spot.end[1])
    if spot.is_open_start:
        left = max(0.0, right - max(STUB, right - left))
    if spot.is_open_end and right - left < STUB:
        right = min(float(canvas.form.width), left + STUB)
    return left, right


def _bar(canvas: _Canvas, spot: Spot, placed: tuple[int, float, float], y: int) -> Bar:
    _, left, right = placed
    x, end = canvas.percent(left), canvas.percent(right)
    return Bar(
        spot.key,
        x,
        round(end - x, 1),
        y,
        spot.weight,
        spot.state,
        _soft(spot.is_open_start or spot.is_soft_start, spot.is_open_end or spot.is_soft_end),
    )


def _soft(start: bool, end: bool) -> Literal["", "start", "end", "both"]:
    if start and end:
        return "both"
    return "start" if start else "end" if end else ""


def _draw_mark(canvas: _Canvas, layers: _Layers, spot: Spot, y: int) -> None:
    """A mark, and behind it the extent of its date where that can be seen."""
    x = canvas.percent(canvas.x(spot))
    layers.marks.append(Mark(spot.key, x, y, spot.weight, spot.state, spot.is_soft))
    left, right = _reach(canvas, spot)
    if not spot.is_span and right - left > SHORTEST_EXTENT:
        start, end = canvas.percent(left), canvas.percent(right)
        soft = _soft(spot.is_soft, spot.is_soft)
        width = round(end - start, 1)
        layers.extents.append(Bar("", start, width, y, spot.weight, spot.state, soft))


# --- marks in rows, and where they have no room ---------------------------------------------------


def _column(x: float) -> int:
    return int(x // COLUMN)


def _most_in_column(spots: Sequence[Spot], scale: Scale) -> int:
    counts: dict[tuple[int, int], int] = {}
    for spot in spots:
        place = (spot.lane, _column(scale.place(spot.middle)))
        counts[place] = counts.get(place, 0) + 1
    return max(counts.values(), default=1)


def _stack(canvas: _Canvas, points: Sequence[Spot]) -> _Stacked:
    """Each mark in the lowest row in which it touches no other; where none is left, a count.

    As soon as one mark of a column finds no row, all of that column are counted, except its
    turning points, which stand above the bar as long as they find room there. Where events are
    many, columns that hold more than `MOST_SINGLE` are counted from the start.
    """
    counted = _columns_of_many(canvas, points) if canvas.is_busy else {}
    rows, homeless = _fill_rows(canvas, points, counted)
    while homeless is not None:
        _count_in(canvas, points, counted, homeless)
        rows, homeless = _fill_rows(canvas, points, counted)
    order = {spot.key: number for number, spot in enumerate(points)}
    keys = {
        c: tuple(sorted(inside, key=order.__getitem__)) for c, inside in sorted(counted.items())
    }
    return _Stacked(rows, keys)


def _columns_of_many(canvas: _Canvas, points: Sequence[Spot]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for spot in points:
        if spot.weight != "turning-point":
            found.setdefault(_column(canvas.x(spot)), set()).add(spot.key)
    return {column: keys for column, keys in found.items() if len(keys) > MOST_SINGLE}


def _count_in(
    canvas: _Canvas, points: Sequence[Spot], counted: dict[int, set[str]], homeless: Spot
) -> None:
    """Count a spot's column; the spot too, if it is a turning point and all of that is no help."""
    column = _column(canvas.x(homeless))
    others = {
        spot.key
        for spot in points
        if _column(canvas.x(spot)) == column and spot.weight != "turning-point"
    }
    if column in counted or not others:
        others.add(homeless.key)
    counted[column] = counted.get(column, set()) | others


def _fill_rows(
    canvas: _Canvas, points: Sequence[Spot], counted: Mapping[int, set[str]]
) -> tuple[dict[str, int], Spot | None]:
    """The row of every mark that is not counted; and the first that finds none, where one does."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(canvas.form.mark_rows)]
    for column, inside in counted.items():
        height = _crowd_height(canvas, len(inside)) + MARK_ROW
        for low in range(min(-(-height // MARK_ROW), len(taken))):
            taken[low].append((column * COLUMN + 3, (column + 1) * COLUMN - 3))
    away = {key for inside in counted.values() for key in inside}
    rows: dict[str, int] = {}
    for spot in points:
        if spot.key in away:
            continue
        x, room = canvas.x(spot), RADII[spot.weight] + 0.5
        row = _free_row(taken, x - room, x + room)
        if row is None:
            return rows, spot
        taken[row].append((x - room, x + room))
        rows[spot.key] = row
    return rows, None


def _free_row(
    taken: Sequence[Sequence[tuple[float, float]]], left: float, right: float
) -> int | None:
    for row, intervals in enumerate(taken):
        if all(right <= a or b <= left for a, b in intervals):
            return row
    return None


def _crowd_height(canvas: _Canvas, count: int) -> int:
    """The height of a bar: in proportion to its count, the fullest column of all lanes highest."""
    return max(4, round(HIGHEST * count / max(canvas.most, 1)))


def _stack_height(canvas: _Canvas, stacked: _Stacked) -> int:
    rows = max(stacked.rows.values(), default=-1) + 1
    counts = (len(keys) for keys in stacked.counted.values())
    bars = max((_crowd_height(canvas, n) + MARK_ROW + 2 for n in counts), default=0)
    return max(rows * MARK_ROW + (2 if rows else 0), bars)


def _crowds(canvas: _Canvas, stacked: _Stacked, base: int) -> Iterator[Crowd]:
    for column, keys in stacked.counted.items():
        height = _crowd_height(canvas, len(keys))
        left = column * COLUMN + 1
        width = min(COLUMN - 2, canvas.form.width - left)
        x, middle = canvas.percent(left), canvas.percent(width / 2)
        yield Crowd(keys, x, canvas.percent(width), base - height, height, middle)


# --- labels -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label whose lowest line is `line` lines above the marks."""

    spot: Spot
    lines: tuple[str, ...]
    x: float
    side: Side
    line: int


def _place_labels(canvas: _Canvas, spots: Sequence[Spot]) -> tuple[list[_Placed], int]:
    """Labels that touch neither each other nor each other's stems, and how many lines they take.

    Turning points come first; then, where events are few, the major ones. Of three ways to go
    about it the one counts that finds a place for most labels, then the one with fewest lines,
    then the first. A label that finds no place is left out: the list has every title.
    """
    weights = ["turning-point", "major"] if canvas.is_sparse else ["turning-point"]
    ranks = [[s for s in spots if s.weight == weight and s.label] for weight in weights]
    tries = [
        _try_labels(canvas, [s for rank in ranks for s in reversed(rank)], ("start", "end")),
        _try_labels(canvas, [s for rank in ranks for s in rank], ("end", "start")),
        _try_labels(canvas, [s for rank in ranks for s in rank], ("start", "end")),
    ]
    best = max(tries, key=lambda found: (len(found), -_lines_of(found)))
    return sorted(best, key=lambda one: _spot_key(one.spot)), _lines_of(best)


def _lines_of(placed: Iterable[_Placed]) -> int:
    return max((one.line + len(one.lines) for one in placed), default=0)


def _try_labels(canvas: _Canvas, spots: Iterable[Spot], sides: tuple[Side, Side]) -> list[_Placed]:
    """A label for each spot that finds a place, in the order given, each as low as can be."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(canvas.form.label_lines)]
    placed = (_place_label(canvas, spot, taken, sides) for spot in spots)
    return [one for one in placed if one is not None]


def _place_label(
    canvas: _Canvas,
    spot: Spot,
    taken: Sequence[list[tuple[float, float]]],
    sides: tuple[Side, Side],
) -> _Placed | None:
    lines = wrap_text(spot.label, canvas.form.label_width, 2)
    width = max(text_width(line) for line in lines) * BOLD + 5
    x = canvas.x(spot)
    for lowest in range(len(taken) - len(lines) + 1):
        own, under = taken[lowest : lowest + len(lines)], taken[:lowest]
        for side in sides:
            left = x if side == "start" else x - width
            box, stem = (left - 4, left + width + 4), (x - 4, x + 4)
            is_inside = left >= 0 and left + width <= canvas.form.width
            if is_inside and _is_free(own, box) and _is_free(under, stem):
                for row in own:
                    row.append(box)
                for row in under:
                    row.append(stem)
                return _Placed(spot, lines, x, side, lowest)
    return None


def _is_free(rows: Iterable[Iterable[tuple[float, float]]], box: tuple[float, float]) -> bool:
    return all(box[1] <= a or b <= box[0] for row in rows for a, b in row)


def _label(canvas: _Canvas, one: _Placed, bottom: int, heights: Mapping[str, int]) -> Label:
    """A label at its place; `bottom` is the y below the lowest line of labels."""
    last = bottom - 8 - one.line * LINE
    first = last - (len(one.lines) - 1) * LINE
    x = canvas.percent(one.x)
    return Label(one.spot.key, one.lines, x, first, one.side, heights[one.spot.key])


def text_width(text: str) -> float:
    """About how wide a text is at 12 px in a sans serif, rather too wide than too narrow."""
    return sum([_WIDTHS.get(letter) or _letter_width(letter) for letter in text])


def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 12.0
    if letter in "iljtfrI.,:;'’|!()[] -":
        return 4.2
    if letter in "mwMW@%…—":
        return 10.8
    return 8.6 if letter.isupper() else 7.0


_WIDTHS = {letter: _letter_width(letter) for letter in map(chr, range(128))}


def wrap_text(text: str, width: float, most: int) -> tuple[str, ...]:
    """A text in lines of at most `width`, cut with an ellipsis where `most` lines do not hold it.

    A word that is wider than a line is cut too.
    """
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer) <= width:
            lines[-1] = longer
        elif not lines[-1]:
            lines[-1] = _cut(word, width)
        else:
            lines.append(word if text_width(word) <= width else _cut(word, width))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(f"{lines[most - 1]} …", width)]
    return tuple(lines)


def _cut(text: str, width: float) -> str:
    text = text.rstrip(" …")
    while text and text_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' ,;:–—')}…"


# --- eras ---------------------------------------------------------------------------------------


def _draw_bands(
    stretches: Sequence[Stretch], scale: Scale, form: Format
) -> tuple[tuple[Band, ...], int]:
    """The bands of the eras within the axis, their titles in up to three rows; the y below them."""
    ends: list[list[tuple[float, float]]] = [[], [], []]
    bands, used = [], 0
    first, last = scale.segments[0].first, scale.segments[-1].last
    for era in stretches:
        if (era.first or first) > last or (era.last or last) < first:
            continue
        left = 0.0 if era.first is None else scale.place(max(era.first, first))
        right = float(form.width) if era.last is None else scale.place(min(era.last, last))
        if right - left < 1:
            continue
        text_x, side, box = _title_place(era.title, left, right, form)
        row = _free_row(ends, *box) if box else None
        if row is not None and box:
            ends[row].append(box)
            used = max(used, row + 1)
        x, end = _percent(left, form), _percent(right, form)
        y = 12 + LINE * (row or 0)
        bands.append(
            Band(era.title, x, round(end - x, 1), y, _percent(text_x, form), side, row is not None)
        )
    return tuple(bands), used * LINE + (4 if used else 0)


def _title_place(
    title: str, left: float, right: float, form: Format
) -> tuple[float, Side, tuple[float, float] | None]:
    """Where a title stands above its band: from its start, or up to its end; the room it takes."""
    width = text_width(title) + 8
    if left + width <= form.width:
        return left, "start", (left, max(left + width, right))
    if right - width >= 0:
        return right, "end", (min(right - width, left), right)
    return left, "start", None


# --- ticks --------------------------------------------------------------------------------------

#: Units and steps from the finest on, with their length in days; years go on for ever.
STEPS: Final[tuple[tuple[Unit, int, float], ...]] = (
    ("hour", 1, 1 / 24),
    ("hour", 3, 1 / 8),
    ("hour", 6, 1 / 4),
    ("hour", 12, 1 / 2),
    ("day", 1, 1),
    ("day", 2, 2),
    ("day", 7, 7),
    ("day", 14, 14),
    ("month", 1, 29),
    ("month", 3, 90),
    ("month", 6, 181),
)
YEAR_DAYS: Final = 365.25


def _draw_ticks(scale: Scale, form: Format, name_tick: NameTick) -> tuple[TickText, ...]:
    steps = _choose_steps(scale, name_tick)
    ticks: list[TickText] = []
    end, below_end, said = -1e9, -1e9, ""
    for segment, (unit, step) in zip(scale.segments, steps, strict=True):
        moments = list(_ticks_within(segment, unit, step))
        if not moments and len(scale.segments) > 1:
            moments = [_roundest(segment, unit, step)]
        for tick in moments:
            name, shared = name_tick(tick)
            x = scale.place(tick.instant)
            left, right, side = _text_place(name, x, form)
            if left < end + 6:
                continue
            end = right
            below = ""
            if shared and shared != said and _text_place(shared, x, form)[0] >= below_end + 6:
                below, said = shared, shared
                below_end = _text_place(shared, x, form)[1]
            ticks.append(TickText(_percent(x, form), name, side, below))
    return tuple(ticks)


def _roundest(segment: Segment, unit: Unit, step: int) -> Tick:
    """The roundest moment of a segment in which no step of this size ends; else its middle."""
    finer = takewhile(lambda one: one != (unit, step), ((one[0], one[1]) for one in _steps()))
    for less in reversed(list(finer)):
        moments = list(_ticks_within(segment, *less))
        if moments:
            return moments[len(moments) // 2]
    return Tick((segment.first + segment.last) // 2, unit)


def _text_place(text: str, x: float, form: Format) -> tuple[float, float, Side]:
    """Where a text reaches that stands in the middle below `x`, or beside it at the edges."""
    width = text_width(text)
    if x < width / 2:
        return x, x + width, "start"
    if x > form.width - width / 2:
        return x - width, x, "end"
    return x - width / 2, x + width / 2, "middle"


def _choose_steps(scale: Scale, name_tick: NameTick) -> list[tuple[Unit, int]]:
    """The unit and step of each segment: the same for all of them, unless their scales differ."""
    if scale.focus != (None, None):
        return [_choose_step([segment], name_tick) for segment in scale.segments]
    return [_choose_step(scale.segments, name_tick)] * len(scale.segments)


def _choose_step(segments: Sequence[Segment], name_tick: NameTick) -> tuple[Unit, int]:
    """The finest unit and step whose names keep a distance from each other."""
    per_second = max(segment.per_second for segment in segments)
    for unit, step, days in _steps():
        names = [
            text_width(name_tick(Tick(moment, unit))[0])
            for segment in segments
            for moment in (segment.first, segment.last)
        ]
        if days * DAY_SECONDS * per_second >= max(names) + 18:
            return unit, step
    raise AssertionError("years go on for ever")


def _steps() -> Iterator[tuple[Unit, int, float]]:
    yield from STEPS
    power = 1
    while True:
        for factor in (1, 2, 5):
            yield "year", factor * power, factor * power * YEAR_DAYS
        power *= 10


def _ticks_within(segment: Segment, unit: Unit, step: int) -> Iterator[Tick]:
    """The round moments of a segment: round hours, Mondays, quarters, years by their name."""
    first, last = segment.first, segment.last
    if unit in ("hour", "day"):
        size = step * (3600 if unit == "hour" else DAY_SECONDS)
        # 1970 began on a Thursday: three days before it, a week did.
        offset = 3 * DAY_SECONDS if unit == "day" else 0
        moment = first + (-(first + offset)) % size
        while moment <= last:
            yield Tick(moment, unit)
            moment += size
    elif unit == "month":
        yield from _months_within(first, last, step)
    else:
        yield from _years_within(first, last, step)


def _months_within(first: int, last: int, step: int) -> Iterator[Tick]:
    year, month = civil_from_instant(first)[:2]
    number = (year * 12 + month - 1) // step * step
    while True:
        moment = days_from_civil(number // 12, number % 12 + 1, 1) * DAY_SECONDS
        if moment > last:
            return
        if moment >= first:
            yield Tick(moment, "month")
        number += step


def _years_within(first: int, last: int, step: int) -> Iterator[Tick]:
    """Years whose name is round: 300 BCE is the year -299, and there is no year 0 to be named."""
    name = civil_from_instant(first)[0] // step * step - step
    while True:
        year = name + 1 if name < 0 else name
        moment = days_from_civil(year, 1, 1) * DAY_SECONDS
        if moment > last:
            return
        if moment >= first and name != 0:
            yield Tick(moment, "year")
        name += step
