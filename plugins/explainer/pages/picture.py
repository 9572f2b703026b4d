"""The picture of a timeline in words: what its drawings say, for those who see and who do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from babel.dates import format_skeleton

from ..date_words import format_date, format_month_heading, format_short_date, format_year_heading
from ..dates import DAY_SECONDS, Date, Point, civil_from_instant, date_of, parse_date
from ..derive.picture import (
    NARROW,
    WIDE,
    Drawing,
    SpanDrawing,
    Spot,
    Stretch,
    Tick,
    draw_spans,
    draw_timeline,
    last_second,
    spot_of,
    spot_of_span,
    stretch_of,
)
from ..derive.timeline import PlacedEvent
from ..graph import Entry
from ..language import Language, plain_blanks
from ..model import Era, Event, Lane
from .contexts import PictureKey, TimelinePicture, TimelineView
from .items import Items

#: Fewer dated events are seen at a glance in the list.
FEWEST_EVENTS = 4
#: A single role is no history.
FEWEST_ROLES = 2
#: From two years on, a gap is named by its years.
LONG_GAP = 2 * 366 * DAY_SECONDS


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture shows beside the events: rows, eras, and up to when things are known."""

    as_of: Date
    lanes: Sequence[Lane] = ()
    eras: Sequence[Era] = ()


def with_picture(
    view: TimelineView,
    entries: Iterable[Entry[Event]],
    items: Items,
    frame: Frame,
    *,
    home: str | None,
) -> TimelineView:
    """The timeline with its picture; as it was where fewer than `FEWEST_EVENTS` have a date.

    `home` is the page on which it stands: links to its own records are anchors there.
    """
    placed = items.ordered(entries)
    places = {event.href: group.anchor for group in view.groups for event in group.events}
    picture = build_picture(placed, items, frame, home=home, places=places)
    return view if picture is None else replace(view, picture=picture)


def build_picture(
    placed: Sequence[PlacedEvent],
    items: Items,
    frame: Frame,
    *,
    home: str | None,
    places: Mapping[str, str],
) -> TimelinePicture | None:
    """The picture of events in order; None where it would show nothing that the list does not.

    Lanes stand in the order of the frame, those without events left out; events in none of them
    stand in a row of their own below. Undated events are not drawn, and counted in the caption.
    `places` are the anchors of the headings (a year) under which events stand, by their addresses.
    """
    dated = [one for one in placed if one.is_dated]
    if len(dated) < FEWEST_EVENTS:
        return None
    rows = _rows(dated, frame.lanes)
    as_of = last_second(frame.as_of)
    spots = [
        spot_of(one, lane=_row_of(one, rows), label=one.entry.record.title or "", as_of=as_of)
        for one in dated
    ]
    stretches = [stretch_of(era.title, era.date) for era in frame.eras]
    titles = [title or items.t("picture.other_lane") for _, title in rows]
    drawings = _draw(spots, stretches, titles if len(titles) > 1 else [""], as_of, items.language)
    if not drawings:
        return None
    links = {one.entry.id: _href(one, items, home) for one in dated}
    by_key = {one.entry.id: one for one in dated}
    return TimelinePicture(
        name=items.t("picture.name"),
        caption=" ".join(_caption(placed, dated, drawings[0], items)),
        text=" ".join(_text(dated, rows, drawings[0], frame, items)),
        keys=tuple(_keys(drawings, frame, items)),
        drawings=drawings,
        links=links,
        crowds={
            crowd.keys: _crowd_href(by_key[crowd.keys[0]], items, places, links)
            for drawing in drawings
            for crowd in drawing.crowds
        },
        fades=tuple(sorted({bar.soft for d in drawings for bar in (*d.bars, *d.extents)} - {""})),
    )


def _draw(
    spots: Sequence[Spot],
    stretches: Sequence[Stretch],
    titles: Sequence[str],
    as_of: int,
    language: Language,
) -> tuple[Drawing, ...]:
    def name(tick: Tick) -> tuple[str, str]:
        return name_tick(tick, language)

    found = (draw_timeline(spots, stretches, titles, as_of, form, name) for form in (WIDE, NARROW))
    return tuple(drawing for drawing in found if drawing is not None)


def build_role_picture(
    roles: Sequence[tuple[str, Date]], today: Date, language: Language
) -> SpanDrawing | None:
    """Roles with their dates to scale, in the order given; None for fewer than two.

    It has no words of its own: the list below it says all that it shows.
    """

    def name(tick: Tick) -> tuple[str, str]:
        return name_tick(tick, language)

    if len(roles) < FEWEST_ROLES:
        return None
    as_of = last_second(today)
    spots = [
        spot_of_span(str(number), date, label=label, as_of=as_of)
        for number, (label, date) in enumerate(roles)
    ]
    return draw_spans(spots, NARROW, name)


# --- rows ---------------------------------------------------------------------------------------


def _rows(dated: Sequence[PlacedEvent], lanes: Sequence[Lane]) -> list[tuple[str, str]]:
    """(id, title) of the rows from top to bottom; ("", "") for what is in no lane of the story."""
    used = {one.entry.record.lane or "" for one in dated}
    rows = [(lane.id, lane.title) for lane in lanes if lane.id in used]
    is_rest = used - {lane.id for lane in lanes}
    return [*rows, ("", "")] if is_rest or not rows else rows


def _row_of(one: PlacedEvent, rows: Sequence[tuple[str, str]]) -> int:
    ids = [lane for lane, _ in rows]
    lane = one.entry.record.lane or ""
    return ids.index(lane) if lane in ids else len(ids) - 1


# --- links --------------------------------------------------------------------------------------


def _href(one: PlacedEvent, items: Items, home: str | None) -> str:
    """The way to an event: an anchor on its own page."""
    is_home = home is not None and home == items.urls.home(one.entry)
    return f"#{one.entry.anchor}" if is_home else items.urls.record(one.entry)


def _crowd_href(
    first: PlacedEvent, items: Items, places: Mapping[str, str], links: Mapping[str, str]
) -> str:
    """Events counted together lead to the heading of the first of them, else to the first."""
    anchor = places.get(items.urls.record(first.entry))
    return f"#{anchor}" if anchor is not None else links[first.entry.id]


# --- words --------------------------------------------------------------------------------------


def _caption(
    placed: Sequence[PlacedEvent],
    dated: Sequence[PlacedEvent],
    drawing: Drawing,
    items: Items,
) -> Iterator[str]:
    first, last = (_day_words(point, items) for point in _ends(dated))
    yield items.t("picture.span", events=items.n("events", len(dated)), first=first, last=last)
    densest = _densest(dated, items)
    if densest is not None:
        yield items.t("picture.densest", period=densest[0], count=items.language.number(densest[1]))
    gaps = [_gap_words(before, after, items) for before, after in _broken(dated, drawing)]
    if gaps:
        yield items.t("picture.break", gaps=items.language.join(gaps))
    yield from _focus_words(drawing, items)
    if len(placed) > len(dated):
        yield items.n("picture.undated", len(placed) - len(dated))


def _text(
    dated: Sequence[PlacedEvent],
    rows: Sequence[tuple[str, str]],
    drawing: Drawing,
    frame: Frame,
    items: Items,
) -> Iterator[str]:
    if len(rows) > 1:
        counts = [sum(_row_of(one, rows) == n for one in dated) for n in range(len(rows))]
        lanes = [
            items.t("picture.lane", lane=row.title, count=items.n("events", count))
            for row, count in zip(drawing.rows, counts, strict=True)
        ]
        yield items.t("picture.lanes", lanes=items.language.join(lanes))
    eras = [
        items.t("picture.era", era=era.title, date=items.date(era.date).words)
        for era in frame.eras
        if any(band.title == era.title for band in drawing.bands)
    ]
    if eras:
        yield items.t("picture.eras", eras=items.language.join(eras))
    planned = sum(one.status in ("planned", "proposed") and not one.is_overdue for one in dated)
    if planned:
        yield items.n("picture.planned", planned)
    yield items.t("picture.list")


def _keys(drawings: Sequence[Drawing], frame: Frame, items: Items) -> Iterator[PictureKey]:
    """The signs that occur in the drawings, in a fixed order."""
    marks = [mark for drawing in drawings for mark in drawing.marks]
    bars = [bar for drawing in drawings for bar in drawing.bars]
    states = {mark.state for mark in marks} | {bar.state for bar in bars}
    weights = {mark.weight for mark in marks} | {bar.weight for bar in bars}
    signs = {
        "turning-point": "turning-point" in weights,
        "major": any(mark.weight == "major" for mark in marks),
        "minor": any(mark.weight == "minor" for mark in marks),
        "bar": bool(bars),
        "soft": any(mark.is_soft for mark in marks) or any(bar.soft for bar in bars),
        "planned": "planned" in states,
        "proposed": "proposed" in states,
        "cancelled": "cancelled" in states,
        "crowd": any(drawing.crowds for drawing in drawings),
    }
    for sign, is_used in signs.items():
        if is_used:
            yield PictureKey(sign, items.t(f"picture.keys.{sign}"))
    if any(drawing.now is not None for drawing in drawings):
        yield PictureKey("now", items.as_of(frame.as_of))


def _ends(events: Sequence[PlacedEvent]) -> tuple[Point, Point]:
    """The first and the last point that are known of any of the events."""
    points = [point for one in events for point in one.date.points]
    return (
        min(points, key=lambda point: (point.earliest, -point.latest, point.edtf)),
        max(points, key=lambda point: (point.latest, -point.earliest, point.edtf)),
    )


def _day_words(point: Point, items: Items) -> str:
    """A point in words, without the time of the day."""
    if point.hour is not None:
        return items.date(date_of(point.year, point.month, point.day)).words
    return items.date(parse_date(point.edtf)).words


def _densest(dated: Sequence[PlacedEvent], items: Items) -> tuple[str, int] | None:
    """The fullest year, or month where all is within two years, and how many events it has.

    None where no one is fuller than all others, or where there is but one.
    """
    years = [format_year_heading(one.date, items.language) for one in dated]
    names: list[str | None] = list(years)
    if len(set(years)) <= 2:
        names = [format_month_heading(one.date, items.language) for one in dated]
    counts: dict[str, int] = {}
    for name in names:
        if name is not None:
            counts[name] = counts.get(name, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    if len(ranked) < 2 or ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0]


def _broken(dated: Sequence[PlacedEvent], drawing: Drawing) -> Iterator[tuple[Point, Point]]:
    """For each break, the last point before it and the first after it."""
    points = [point for one in dated for point in one.date.points]
    for last, first in drawing.gaps:
        before = [point for point in points if point.earliest + point.shift <= last]
        after = [point for point in points if point.latest + point.shift >= first]
        yield (
            max(before, key=lambda point: (point.latest, -point.earliest, point.edtf)),
            min(after, key=lambda point: (point.earliest, -point.latest, point.edtf)),
        )


def _focus_words(drawing: Drawing, items: Items) -> Iterator[str]:
    """Before and after which month or year the scale is tighter, where it is."""
    before, after = drawing.focus
    is_long = before is None or after is None or after - before > LONG_GAP
    words = {
        key: _month_words(instant, is_long, items)
        for key, instant in (("before", before), ("after", after))
        if instant is not None
    }
    if words:
        yield items.t(f"picture.tighter.{'_'.join(words)}", **words)


def _month_words(instant: int, is_year: bool, items: Items) -> str:
    year, month, *_ = civil_from_instant(instant)
    if is_year:
        return format_year_heading(date_of(year), items.language)
    return items.date(date_of(year, month)).words


def _gap_words(before: Point, after: Point, items: Items) -> str:
    """What is left out: by its years, or by its days where it is less than `LONG_GAP`."""
    if after.earliest - before.latest < LONG_GAP:
        first, last = (_day_words(point, items) for point in (before, after))
    else:
        dates = (parse_date(point.edtf) for point in (before, after))
        first, last = (format_year_heading(date, items.language) for date in dates)
    return items.t("picture.gap", first=first, last=last)


def name_tick(tick: Tick, language: Language) -> tuple[str, str]:
    """The name of a tick, and the year or day that it shares with its neighbours.

    `14:00` of a day, `14 Mar` or `Mar` of a year; a year stands alone, with its era.
    """
    year, month, day, hour, minute, _ = tick.civil
    if tick.unit == "year":
        return format_year_heading(date_of(year), language), ""
    of_year = format_year_heading(date_of(year), language)
    if tick.unit == "day":
        return format_short_date(date_of(year, month, day), language), of_year
    if tick.unit == "hour":
        return f"{hour:02d}:{minute:02d}", format_date(date_of(year, month, day), language)
    name = format_skeleton("MMM", dt.date(2000, month, 1), locale=language.locale)
    return plain_blanks(name), of_year
