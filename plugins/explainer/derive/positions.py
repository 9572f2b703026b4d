"""Where actors stand, then and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..dates import Date, DateError, is_before, parse_date, sort_key
from ..graph import Entry, Graph
from ..model import Event, Position
from .roles import as_written, is_gone
from .timeline import date_of_event


@dataclass(frozen=True, slots=True)
class Stance:
    """A position with the dates that its `since` and `until` stand for."""

    entry: Entry[Position]
    since: Date | None
    until: Date | None
    since_event: str | None = None
    until_event: str | None = None

    @property
    def start(self) -> Date | None:
        """From when it is known: `since`, else when its article was written."""
        return self.since or self.entry.written


@dataclass(frozen=True, slots=True)
class StancesOf:
    """Everything that the same actors said on one issue: what holds now, and what held then."""

    issue: str
    actors: tuple[tuple[str, str], ...]
    """(id, words) of those who act as one; `unnamed` keeps its words."""
    now: tuple[Stance, ...]
    then: tuple[Stance, ...]
    """Newest first."""
    is_last: bool = False
    """Whether nobody of them is left to change their mind: `now` is what they held last."""


def resolve_stance(entry: Entry[Position], graph: Graph) -> Stance:
    """A position with the dates of the events that its `since` and `until` name."""
    since, since_event = _moment(entry.record.since, graph)
    until, until_event = _moment(entry.record.until, graph)
    return Stance(entry, since, until, since_event, until_event)


def _moment(text: str | None, graph: Graph) -> tuple[Date | None, str | None]:
    if text is None:
        return None, None
    event = graph.entries.get(text)
    if event is not None and isinstance(event.record, Event):
        return date_of_event(event) or event.written, text  # type: ignore[arg-type]
    try:
        return parse_date(text), None
    except DateError:
        return None, None


def compare_stances(entries: Iterable[Entry[Position]], graph: Graph) -> tuple[StancesOf, ...]:
    """Positions by issue, in the issues' order, and by actor, in order of first mention.

    A position holds now unless its `until` lies in the past or an event ended it, or the same
    actors have taken a later one on the issue. Positions of one date hold side by side. Of those
    who are all gone it is the last that is known.
    """
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Stance]] = {}
    for entry in entries:
        key = (entry.record.issue or "", _actors_key(entry))
        groups.setdefault(key, []).append(resolve_stance(entry, graph))
    order = {issue: number for number, issue in enumerate(graph.issues)}
    found = [
        StancesOf(issue, actors, *_then_and_now(stances, graph.today), are_gone(actors, graph))
        for (issue, actors), stances in groups.items()
    ]
    return tuple(sorted(found, key=lambda s: order.get(s.issue, len(order))))


def are_gone(actors: Iterable[tuple[str, str]], graph: Graph) -> bool:
    """Whether all of the actors have died or ended by today; nobody is nobody."""
    gone = [is_gone(graph, actor) for actor, _ in actors]
    return bool(gone) and all(gone)


def _actors_key(entry: Entry[Position]) -> tuple[tuple[str, str], ...]:
    return tuple((w.actor, w.words if w.is_unnamed else "") for w in entry.who)


def _then_and_now(
    stances: list[Stance], today: Date
) -> tuple[tuple[Stance, ...], tuple[Stance, ...]]:
    open_ended = [s for s in stances if not _is_over(s, today)]
    latest = max((_start_key(s) for s in open_ended), default=None)
    now = [s for s in open_ended if _start_key(s) == latest]
    then = sorted((s for s in stances if s not in now), key=_start_key, reverse=True)
    return tuple(now), tuple(then)


def _is_over(stance: Stance, today: Date) -> bool:
    if stance.until_event is not None:
        return True
    return stance.until is not None and is_before(as_written(stance.until), today)


def _start_key(stance: Stance) -> tuple[int, float, bool]:
    start = stance.start
    # Until an event, and since when nobody says: older than what came after that event.
    if stance.since is None and stance.until is not None:
        return (-(2**62), 0.0, False)
    return sort_key(start) if start is not None else (-(2**62), 0.0, False)
