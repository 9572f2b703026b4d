"""A short text for a value that is the same where the value is the same, also in another run.

For the values that pages are made of: what `model.py`, `graph.py`, `derive/` and `pages/` hold,
frozen all the way down. Two things are no part of a value here, though they are in the object:

- where it stands in a file: no page says so;
- `order`, the place of a record among all records. A record that is put in before it would change
  it, and nothing that is shown follows from the number: only which of two comes first, and they
  come in this order wherever both are in one value.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from pydantic import BaseModel

from .dates import Date
from .fragment import Fragment
from .graph import Article, Entry, Graph, HeldRole
from .passages import ArticleText

_SIZE = 12
#: Without references to objects that were there before, which two runs do not share alike.
_MARSHAL_VERSION = 2
_NO_VALUE = {Entry: {"order"}, HeldRole: {"order"}}
#: What stands for itself.
_PLAIN: frozenset[type] = frozenset({str, int, float, bool, bytes, type(None)})


class Fingerprints:
    """Makes fingerprints; what is part of many values is looked at once, as long as this lives."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._kinds: dict[type, Callable[[Any], object]] = {
            Date: lambda date: ("Date", date.edtf),
            Fragment: lambda fragment: fragment.html,
            ArticleText: lambda text: (text.headline, text.body.html),
            Entry: self._remembered(Entry),
            Article: self._remembered(Article),
            Graph: lambda graph: self._items((graph.entries, graph.roles, graph.responses)),
            tuple: self._items,
            list: self._items,
            dict: self._pairs,
            frozenset: self._unordered,
            set: self._unordered,
        }
        self._kinds.update(dict.fromkeys(_PLAIN, _same))

    def of(self, value: object) -> str:
        """The fingerprint; TypeError for a value of a kind that no page is made of."""
        return _digest(self._plain(value)).hex()

    def _plain(self, value: Any) -> object:
        """The value in tuples, texts and numbers."""
        kind = type(value)
        make = self._kinds.get(kind)
        if make is None:
            make = self._kinds[kind] = self._maker(kind)
        return make(value)

    def _maker(self, kind: type) -> Callable[[Any], object]:
        if issubclass(kind, BaseModel):
            names = tuple(kind.model_fields)
        elif is_dataclass(kind):
            left_out = _NO_VALUE.get(kind, set())
            names = tuple(one.name for one in fields(kind) if one.name not in left_out)
        elif issubclass(kind, dict):
            return self._pairs
        elif issubclass(kind, str):
            return str
        elif issubclass(kind, Enum):
            return lambda value: (kind.__name__, value.name)
        elif issubclass(kind, tuple):
            return lambda value: (kind.__name__, self._items(value))
        else:
            raise TypeError(f"a {kind.__name__} has no fingerprint")
        if not names:
            return lambda value: (kind.__name__,)
        values_of = attrgetter(*names) if len(names) > 1 else _only(names[0])
        return lambda value: (kind.__name__, *self._items(values_of(value)))

    def _remembered(self, kind: type) -> Callable[[Any], object]:
        """Of what stands in many values the digest, made once for each object."""
        make = self._maker(kind)

        def digest(value: Any) -> bytes:
            known = self._known.get(id(value))
            if known is None or known[0] is not value:
                known = self._known[id(value)] = (value, _digest(make(value)))
            return known[1]

        return digest

    def _items(self, values: Iterable[Any]) -> tuple[object, ...]:
        plain = self._plain
        return tuple([one if type(one) in _PLAIN else plain(one) for one in values])

    def _pairs(self, mapping: dict[Any, Any]) -> object:
        # By dict's own method: to look at it here is no read of a page.
        return ("dict", *[(self._plain(k), self._plain(v)) for k, v in dict.items(mapping)])

    def _unordered(self, values: Iterable[Any]) -> object:
        return ("set", *sorted(_digest(self._plain(value)) for value in values))


def _only(name: str) -> Callable[[Any], tuple[object]]:
    one = attrgetter(name)
    return lambda value: (one(value),)


def _same(value: object) -> object:
    return value


def _digest(plain: Any) -> bytes:
    return blake2b(marshal.dumps(plain, _MARSHAL_VERSION), digest_size=_SIZE).digest()
