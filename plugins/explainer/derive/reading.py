"""With which articles to begin, where there are many about a story or an actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..graph import Entry
from ..model import Event, Record

#: Fewer articles need no advice.
MANY: Final = 5
MOST: Final = 3

_WEIGHTS: Final = {"turning-point": 4.0, "major": 1.0, "minor": 0.25}
_OTHER: Final = 0.5


def first_to_read(
    slugs: Sequence[str], entries: Iterable[Entry[Record]]
) -> list[tuple[str, Entry[Record]]]:
    """At most three of `slugs`, each with its weightiest record; none of few.

    The articles of which most is told, turning points before all else; of equals the one that
    `slugs` has first. A record counts for its own article, not for those that come back to it, and
    articles that tell of nothing are never among them.
    """
    if len(slugs) < MANY:
        return []
    telling: dict[str | None, list[Entry[Record]]] = {slug: [] for slug in slugs}
    for entry in entries:
        if entry.article in telling:
            telling[entry.article].append(entry)
    # A sort is stable: equals stay in the order of `slugs`.
    best = sorted(slugs, key=lambda slug: -sum(map(_weight, telling[slug])))[:MOST]
    return [(slug, max(telling[slug], key=_weight)) for slug in best if telling[slug]]


def _weight(entry: Entry[Record]) -> float:
    return _WEIGHTS[entry.record.weight or "major"] if isinstance(entry.record, Event) else _OTHER
