"""Which kind of record a key belongs to, for an editor who took one kind for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

#: The page that tells the kinds apart.
PAGE = "docs/which-record.md"

#: The kinds that are taken for one another, the likely ones first.
KINDS = ("event", "quote", "position", "claim", "question", "role")


def mix_up(kind: str, key: str, keys: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Hints for a key that the record of a kind does not have and exactly one other kind does.

    `keys` names the keys of each kind.
    """
    counts = Counter(name for names in keys.values() for name in set(names))
    owners = [owner for owner, names in keys.items() if key in names and owner != kind]
    if kind not in KINDS or counts[key] != 1 or not owners:
        return ()
    return (f"'{key}' is a key of {owners[0]}s; {PAGE} tells the two apart",)


def doubt(kind: str) -> tuple[str, ...]:
    """A hint for a record that lacks what its kind needs: it may be of another kind."""
    if kind not in KINDS[:4]:
        return ()
    article = "an" if kind[0] in "aeiou" else "a"
    return (f"not sure that it is {article} {kind}? {PAGE} tells",)
