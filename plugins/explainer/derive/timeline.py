"""Events in order, and what became of plans: what a timeline shows, without words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..dates import Date, is_before, overlaps, parse_date, sort_key
from ..graph import Entry, Graph
from ..model import Event
from ..order import order_events

#: Precisions at which two events of one stretch of time can be told apart.
FINE = frozenset({"day", "hour", "minute", "second"})


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with the date at which it stands, and whether that is its own."""

    entry: Entry[Event]
    date: Date
    is_dated: bool
    status: str
    """The status that the last article gives."""
    is_overdue: bool = False
    """Planned, and the day has passed without a report."""
    beside: Date | None = None
    """The date of the neighbour that an undated event is put beside, by `after` or `before`."""

    @property
    def stands(self) -> Date:
        """Under which date it stands on a timeline."""
        return self.beside or self.date


def date_of_event(entry: Entry[Event]) -> Date | None:
    """An event's own date: the record's, else the first that another article gives."""
    if entry.record.date is not None:
        return entry.record.date
    return next((a.record.date for a in entry.additions if a.record.date is not None), None)


def status_of_event(entry: Entry[Event], graph: Graph) -> str:
    """The status as the article that was written last gives it; "happened" where none does."""
    known = [(entry.written, entry.record.status)]
    for addition in entry.additions:
        article = graph.articles.get(addition.article or "")
        known.append((article.written if article else None, addition.record.status))
    said = [(date, status) for date, status in known if status]
    if not said:
        return "happened"
    return max(said, key=lambda pair: sort_key(pair[0]) if pair[0] else (-(2**62), 0.0, False))[1]


def place_event(entry: Entry[Event], graph: Graph) -> PlacedEvent:
    """The event with its place in time; an undated one stands where its article was written."""
    own = date_of_event(entry)
    status = status_of_event(entry, graph)
    date = own or entry.written or graph.today
    overdue = status == "planned" and own is not None and is_before(own, graph.today)
    return PlacedEvent(entry, date, own is not None, status, overdue)


def order_timeline(entries: Iterable[Entry[Event]], graph: Graph) -> tuple[PlacedEvent, ...]:
    """Events in the order of `order_events`, constraints of all their articles included."""
    return order_placed(place_event(entry, graph) for entry in entries)


def order_placed(events: Iterable[PlacedEvent]) -> tuple[PlacedEvent, ...]:
    """The same of events whose places in time are known."""
    placed = {event.entry.id: event for event in events}
    pairs = [pair for event in placed.values() for pair in _said_order(event.entry)]
    order = order_events(
        {name: event.date for name, event in placed.items()},
        pairs,
        {name: event.entry.order for name, event in placed.items()},
    )
    return _put_beside([placed[name] for name in order])


def _said_order(entry: Entry[Event]) -> Iterator[tuple[str, str]]:
    """(earlier, later) of everything that an event's articles say of before and after."""
    for record in [entry.record, *(addition.record for addition in entry.additions)]:
        yield from ((name, entry.id) for name in record.after)
        yield from ((entry.id, name) for name in record.before)


def _put_beside(events: Sequence[PlacedEvent]) -> tuple[PlacedEvent, ...]:
    """Undated events that are out of their place by what is said of before and after.

    One that must come before what is older stands beside that, and so with what is newer.
    """
    backward: list[PlacedEvent] = []
    for event in reversed(events):
        after = backward[-1].stands if backward else None
        is_moved = not event.is_dated and after and sort_key(after) < sort_key(event.stands)
        backward.append(replace(event, beside=after) if is_moved else event)
    forward: list[PlacedEvent] = []
    for event in reversed(backward):
        before = forward[-1].stands if forward else None
        is_moved = not event.is_dated and before and sort_key(before) > sort_key(event.stands)
        forward.append(replace(event, beside=before) if is_moved else event)
    return tuple(forward)


@dataclass(frozen=True, slots=True)
class SplitTimeline:
    """A timeline in its three parts, each in order."""

    past: tuple[PlacedEvent, ...]
    planned: tuple[PlacedEvent, ...]
    """Planned and not yet due."""
    proposed: tuple[PlacedEvent, ...]


def split_timeline(events: Iterable[PlacedEvent]) -> SplitTimeline:
    """What happened (or did not, as planned) apart from what comes next and what is proposed."""
    past, planned, proposed = [], [], []
    for event in events:
        if event.status == "proposed":
            proposed.append(event)
        elif event.status == "planned" and not event.is_overdue:
            planned.append(event)
        else:
            past.append(event)
    return SplitTimeline(tuple(past), tuple(planned), tuple(proposed))


def is_order_uncertain(first: PlacedEvent, second: PlacedEvent) -> bool:
    """Whether nobody can tell which of two neighbours began first.

    So it is where both starts are known to no more than a month, or are a guess, and overlap,
    and where no article says that the one came before the other.
    """
    starts = [_start(event.date) for event in (first, second)]
    if any(s.is_exact and s.precision in FINE for s in starts) or not overlaps(*starts):
        return False
    said = [*_said_order(first.entry), *_said_order(second.entry)]
    return (first.entry.id, second.entry.id) not in said


def _start(date: Date) -> Date:
    """The start of a span by itself; a set or a single date as it is."""
    return parse_date(date.start.edtf) if date.is_span and date.start is not None else date
