"""What a page is made of: every value of the graph that is read while the page is made.

A page that was made before need not be made again where all that was read for it is the same
(`incremental.py`). Nobody lists by hand what a page shows: the mappings of the graph, and the
indexes made from it, note each key that is read of them. Three things stand between a page and the
graph, and each has its tool:

- an **index**, made of the whole graph for all pages, is no read of the page that happens to ask
  first. What is read of the index is: `@index`;
- a **value** that many pages show is made once, and stands for all that was read for it each time
  it is asked for: `@shared`, and `Remembered` where there is one for each key;
- a pure function of what is in hand (a date in words) reads nothing, and may be remembered freely.

Where nothing is to be known of what is read (`Trace()`, the default), all of this costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager, suppress
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")


#: One thing that was read: the name of a mapping, and a key in it, EVERY_KEY or EVERYTHING.
Read = tuple[str, Hashable]


class Reads(tuple[Read, ...]):
    """What was read, each once. The order says nothing: equal are those that hold the same.

    A set of them would take four times the memory, and there is one for each part of a site.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return set(self) == set(other) if isinstance(other, tuple) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(frozenset(self))


class _Whole(NamedTuple):
    """No key of any mapping."""

    what: str


#: Which keys there are, in their order.
EVERY_KEY = _Whole("keys")
#: All keys with their values, in their order.
EVERYTHING = _Whole("all")


class Trace:
    """Collects what is read; off until `recorded` is entered."""

    __slots__ = ("is_on", "reads")

    def __init__(self, *, is_on: bool = False) -> None:
        self.is_on = is_on
        self.reads: set[Read] = set()
        """What was read in the innermost `recorded` or `suspended`."""

    @contextmanager
    def recorded(self) -> Iterator[set[Read]]:
        """What is read inside goes into the set given, and into none outside."""
        before, self.reads = self.reads, set()
        try:
            yield self.reads
        finally:
            self.reads = before

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """What is read inside is nobody's."""
        with self.recorded():
            yield

    def tracked(self, source: str, mapping: Mapping[K, V]) -> dict[K, V]:
        """The mapping as one whose reads are noted, if they are wanted."""
        return TrackedDict(source, mapping, self) if self.is_on else dict(mapping)


class _Notes(dict[Any, Read]):
    """The reads of one mapping by key, each there once however many pages share it."""

    __slots__ = ("_source",)

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def __missing__(self, key: Hashable) -> Read:
        found = self[key] = (self._source, key)
        return found


# Of a dict as it is: to look for them above the class at each read takes as long as the read.
_value: Final[Callable[[Any, Any], Any]] = dict.__getitem__
_value_or: Final[Callable[[Any, Any, Any], Any]] = dict.get


class TrackedDict(dict[K, V]):
    """A dict that notes what is read of it. It is not changed once it is made."""

    __slots__ = ("_notes", "source", "trace")

    def __init__(self, source: str, mapping: Mapping[K, V], trace: Trace) -> None:
        # By its items: of a dict that is tracked itself nothing is read.
        super().__init__(dict.items(mapping) if isinstance(mapping, dict) else mapping)
        self.source = source
        self._notes = _Notes(source)
        self.trace = trace

    def __getitem__(self, key: K) -> V:
        self.trace.reads.add(self._notes[key])
        value: V = _value(self, key)
        return value

    def get(self, key: K, default: Any = None) -> Any:
        self.trace.reads.add(self._notes[key])
        return _value_or(self, key, default)

    def __contains__(self, key: object) -> bool:
        with suppress(TypeError):  # of what can be no key
            self.trace.reads.add(self._notes[key])
        return super().__contains__(key)

    def __iter__(self) -> Iterator[K]:
        self.trace.reads.add(self._notes[EVERY_KEY])
        return super().__iter__()

    def __reversed__(self) -> Iterator[K]:
        self.trace.reads.add(self._notes[EVERY_KEY])
        return super().__reversed__()

    def __eq__(self, other: object) -> bool:
        self.trace.reads.add(self._notes[EVERYTHING])
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        self.trace.reads.add(self._notes[EVERYTHING])
        return super().__ne__(other)

    def __len__(self) -> int:
        self.trace.reads.add(self._notes[EVERY_KEY])
        return super().__len__()

    def keys(self) -> KeysView[K]:  # type: ignore[override]
        self.trace.reads.add(self._notes[EVERY_KEY])
        return super().keys()

    def values(self) -> ValuesView[V]:  # type: ignore[override]
        self.trace.reads.add(self._notes[EVERYTHING])
        return super().values()

    def items(self) -> ItemsView[K, V]:  # type: ignore[override]
        self.trace.reads.add(self._notes[EVERYTHING])
        return super().items()


class index(Generic[T]):
    """A mapping made once, from all of the graph; what is read of it is noted, by its key."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> T:
        trace: Trace = instance.trace
        with trace.suspended():
            made: Any = self._function(instance)
            made = trace.tracked(f"{type(instance).__name__}.{self._name}", made)
        # Found there from now on: this is no data descriptor.
        instance.__dict__[self._name] = made
        return cast(T, made)


class shared(Generic[T]):
    """A property made once; asking for it is to read again what was read to make it."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = f"_{name}_and_reads"

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> T:
        trace: Trace = instance.trace
        known: tuple[T, set[Read]] | None = instance.__dict__.get(self._name)
        if known is None:
            with trace.recorded() as reads:
                value = self._function(instance)
            known = instance.__dict__[self._name] = (value, reads)
        trace.reads |= known[1]
        return known[0]


class Remembered(Generic[K, V]):
    """Values by key, each made once; asking for one is to read what was read to make it."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._known: dict[K, tuple[V, tuple[Read, ...]]] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value for a key: what `make` gave when it was asked for first."""
        known = self._known.get(key)
        trace = self._trace
        if known is None:
            around, trace.reads = trace.reads, set()
            try:
                value = make()
                known = self._known[key] = value, tuple(trace.reads)
            finally:
                trace.reads = around
        if known[1]:
            trace.reads.update(known[1])
        return known[0]
