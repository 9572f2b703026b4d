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
    """At most three of `slugs`, each with the weightiest record that it adds; none of few.

    Chosen one after the other: the article on which the most rests that the earlier ones do not
    tell, turning points before all else; of equals the one that `slugs` has first. Articles on
    which nothing rests are never among them.
    """
    if len(slugs) < MANY:
        return []
    left = {entry.id: entry for entry in entries}
    telling: dict[str, list[Entry[Record]]] = {slug: [] for slug in slugs}
    for entry in left.values():
        for slug in dict.fromkeys(evidence.article for evidence in entry.evidence):
            if slug in telling:
                telling[slug].append(entry)
    chosen: list[tuple[str, Entry[Record]]] = []
    while len(chosen) < MOST:
        new = {slug: [e for e in found if e.id in left] for slug, found in telling.items()}
        # `max` gives the first of equals, in the order of `slugs` and of the records.
        best = max(new, key=lambda slug: sum(map(_weight, new[slug])))
        if not new[best]:
            break
        chosen.append((best, max(new[best], key=_weight)))
        for entry in new[best]:
            del left[entry.id]
    return chosen


def _weight(entry: Entry[Record]) -> float:
    return _WEIGHTS[entry.record.weight or "major"] if isinstance(entry.record, Event) else _OTHER
