"""The order of events: dates first, then what editors say of before and after.

The order is a stable topological sort: of all events whose predecessors have been placed, the
one with the smallest key (earliest, latest, uncertain, place in the files) comes next. Where an
event must come before one that is dated earlier than itself, it takes that one's key.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from .dates import Date, sort_key

#: (first, second, owner, key): `first` before `second`, as `owner` says under `key`.
Constraint: TypeAlias = tuple[str, str, str, str]
Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OrderConflict:
    """A constraint that cannot hold: against the dates, or part of a circle."""

    first: str
    second: str
    owner: str
    key: str
    cycle: tuple[str, ...] = ()
    dated: str = ""
    """The event whose date the constraint breaks on: `first`, or one that comes before it."""


def order_conflicts(
    dates: Mapping[str, Date | None], constraints: Sequence[Constraint]
) -> list[OrderConflict]:
    """All constraints that cannot hold: circles by their smallest name, then those against dates.

    A date is against the order where the earliest possible moment of an event that must come
    first, or of any that must come before that, lies behind the latest of the second. Dates that
    are marked approximate or uncertain bound nothing. Those against dates come in the order of
    the events, and of two constraints that say the same only the first given is named.
    """
    given = {(c[0], c[1]): c for c in reversed(constraints)}
    cycles = _cycles(given)
    conflicts = [_cycle_conflict(cycle, constraints) for cycle in cycles]
    circles = set(_core(given))
    usable = [pair for pair in given if pair not in circles]
    before = _predecessors(usable)
    bound: dict[str, tuple[int, str] | None] = {}
    for name in _sorted(dict.fromkeys(dates, ()), usable):
        start, latest = _bounds(dates[name])
        bound[name] = (start, name) if start is not None else None
        for first in sorted(before.get(name, ())):
            limit = bound.get(first)
            if limit is None:
                continue
            if latest is not None and latest < limit[0]:
                _, _, owner, key = given[(first, name)]
                conflicts.append(OrderConflict(first, name, owner, key, (), limit[1]))
            else:
                own = bound[name]
                bound[name] = limit if own is None or limit[0] > own[0] else own
    return conflicts


def _bounds(date: Date | None) -> tuple[int | None, int | None]:
    """The first and the last second of a date by the site's clock, where they bind."""
    if date is None or date.approximate or date.uncertain:
        return None, None
    start, end = date.start, date.end
    return (
        start.earliest + start.shift if start else None,
        end.latest + end.shift if end else None,
    )


def _predecessors(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    before: dict[str, list[str]] = {}
    for first, second in pairs:
        before.setdefault(second, []).append(first)
    return before


def _cycles(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Circles that share no pair, each as names in order with the first repeated at the end."""
    cycles = []
    left = _core(pairs)
    while left:
        cycle = _walk(left)
        cycles.append(cycle)
        walked = set(pairwise(cycle))
        left = _core(pair for pair in left if pair not in walked)
    return cycles


def _core(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs that are left when all ends that lead nowhere, or come from nowhere, are gone.

    They are those of circles and of the ways between circles; without a circle none is left.
    """
    forward = _unplaced(pairs)
    both_ways = {(first, second) for second, first in _unplaced((b, a) for a, b in forward)}
    return [pair for pair in forward if pair in both_ways]


def _unplaced(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs of names that cannot be sorted, because they are in or behind a circle."""
    distinct = list(dict.fromkeys(pairs))
    names = {name: () for pair in distinct for name in pair}
    placed = set(_sorted(names, distinct))
    return [pair for pair in distinct if placed.isdisjoint(pair)]


def _walk(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """A circle in pairs that all lead on: always to the smallest name, from the smallest on."""
    following: dict[str, str] = {}
    for first, second in sorted(pairs, reverse=True):
        following[first] = second
    path = [min(following)]
    while following[path[-1]] not in path:
        path.append(following[path[-1]])
    cycle = path[path.index(following[path[-1]]) :]
    start = cycle.index(min(cycle))
    cycle = cycle[start:] + cycle[:start]
    return (*cycle, cycle[0])


def _cycle_conflict(cycle: tuple[str, ...], constraints: Sequence[Constraint]) -> OrderConflict:
    pairs = set(pairwise(cycle))
    inside = [c for c in constraints if (c[0], c[1]) in pairs]
    first, second, owner, key = inside[-1]
    return OrderConflict(first, second, owner, key, cycle)


def order_events(
    dates: Mapping[str, Date], pairs: Sequence[tuple[str, str]], place: Mapping[str, int]
) -> list[str]:
    """Ids in the order of a timeline.

    `dates` gives each event's date, or the one at which it stands where it has none; `pairs`
    are (before, after); `place` is the place in the files, which breaks ties, and the id after it.
    Pairs that name an event outside of `dates` are passed over, circles too.
    """
    known = [(a, b) for a, b in pairs if a in dates and b in dates]
    circles = set(_core(known))
    usable = [pair for pair in known if pair not in circles]
    keys = {name: (sort_key(date), place.get(name, 0), name) for name, date in dates.items()}
    if not usable:
        return sorted(keys, key=keys.__getitem__)
    before = _predecessors(usable)
    for second in reversed(_sorted(keys, usable)):
        for first in before.get(second, ()):
            date = min(keys[first][0], keys[second][0])
            keys[first] = (date, *keys[first][1:])
    return _sorted(keys, usable)


def _sorted(keys: Mapping[str, tuple[object, ...]], pairs: Iterable[Pair]) -> list[str]:
    """Names by their keys, equal keys by name, except that pairs without circles hold."""
    following: dict[str, list[str]] = {}
    waiting = dict.fromkeys(keys, 0)
    for first, second in dict.fromkeys(pairs):
        if first in waiting and second in waiting:
            following.setdefault(first, []).append(second)
            waiting[second] += 1
    ready = [(keys[name], name) for name, count in waiting.items() if not count]
    heapq.heapify(ready)
    result = []
    while ready:
        _, name = heapq.heappop(ready)
        result.append(name)
        for child in following.get(name, ()):
            waiting[child] -= 1
            if not waiting[child]:
                heapq.heappush(ready, (keys[child], child))
    return result
