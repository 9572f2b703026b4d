"""What is read of the graph while a page is made is known, whichever way it is read."""

from __future__ import annotations

import ast
import json
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest

import explainer.pages
from explainer.derive.backlinks import Backlinks
from explainer.graph import Graph
from explainer.tracking import EVERY_KEY, EVERYTHING, Read, Remembered, Trace, index, shared

KEYS: frozenset[Read] = frozenset({("letters", EVERY_KEY)})
ALL: frozenset[Read] = frozenset({("letters", EVERYTHING)})
A: Read = ("letters", "a")
B: Read = ("letters", "b")


def letters(trace: Trace) -> dict[str, int]:
    return trace.tracked("letters", {"a": 1, "b": 2})


def _matched(mapping: Mapping[str, int]) -> int:
    match mapping:
        case {"a": found}:
            return found
    return 0


@pytest.mark.parametrize(
    ("read", "gives", "reads"),
    [
        (lambda d: d["a"], 1, {A}),
        (lambda d: d.get("a"), 1, {A}),
        (lambda d: d.get("z", 9), 9, {("letters", "z")}),
        (lambda d: "a" in d, True, {A}),
        (lambda d: "z" not in d, True, {("letters", "z")}),
        (_matched, 1, {A, *KEYS}),
        (list, ["a", "b"], KEYS),
        (sorted, ["a", "b"], KEYS),
        (max, "b", KEYS),
        (len, 2, KEYS),
        (bool, True, KEYS),
        (lambda d: [*d], ["a", "b"], KEYS),
        (lambda d: list(reversed(d)), ["b", "a"], KEYS),
        (lambda d: list(d.keys()), ["a", "b"], KEYS),
        (lambda d: d.keys() & {"a"}, {"a"}, KEYS),
        (lambda d: next(iter(d)), "a", KEYS),
        (lambda d: sum(d.values()), 3, ALL),
        (lambda d: list(d.items()), [("a", 1), ("b", 2)], ALL),
        (lambda d: d == {"a": 1, "b": 2}, True, ALL),
        (lambda d: operator.eq({"a": 1}, d), False, ALL),
        (lambda d: d != {"a": 1}, True, ALL),
        (json.dumps, '{"a": 1, "b": 2}', ALL),
        # Whole mappings, by one key after the other.
        (dict, {"a": 1, "b": 2}, {*KEYS, A, B}),
        (lambda d: {**d}, {"a": 1, "b": 2}, {*KEYS, A, B}),
        (lambda d: dict(**d), {"a": 1, "b": 2}, {*KEYS, A, B}),
        (lambda d: d | {"c": 3}, {"a": 1, "b": 2, "c": 3}, {*KEYS, A, B}),
        (lambda d: {"c": 3} | d, {"a": 1, "b": 2, "c": 3}, {*KEYS, A, B}),
        (lambda d: d.copy(), {"a": 1, "b": 2}, {*KEYS, A, B}),
        (lambda d: {key: d[key] for key in d}, {"a": 1, "b": 2}, {*KEYS, A, B}),
    ],
)
def test_whatever_is_read_of_a_mapping_is_noted(
    read: Callable[[dict[str, int]], object], gives: object, reads: set[Read]
) -> None:
    trace = Trace(is_on=True)
    tracked = letters(trace)
    with trace.recorded() as found:
        assert read(tracked) == gives
    assert found == reads
    # And nothing is another in a mapping that is not tracked.
    assert read(letters(Trace())) == gives


def test_key_that_is_not_there_is_a_read_too() -> None:
    trace = Trace(is_on=True)
    tracked = letters(trace)
    with trace.recorded() as found, pytest.raises(KeyError):
        tracked["z"]
    assert found == {("letters", "z")}


def test_key_that_no_mapping_can_have_is_no_read() -> None:
    trace = Trace(is_on=True)
    tracked: dict[Any, int] = letters(trace)
    with trace.recorded() as found, pytest.raises(TypeError):
        assert [] in tracked
    assert found == set()


def test_mapping_that_is_tracked_anew_is_read_by_nobody() -> None:
    trace = Trace(is_on=True)
    tracked = letters(trace)
    with trace.recorded() as found:
        again = trace.tracked("again", tracked)
        assert found == set()
        assert again["a"] == 1
    assert found == {("again", "a")}


def test_nothing_is_noted_where_it_is_not_wanted() -> None:
    trace = Trace()
    tracked = letters(trace)
    assert type(tracked) is dict
    with trace.recorded() as found:
        assert tracked["a"] == 1
    assert found == set()


def test_reads_go_to_who_is_innermost() -> None:
    trace = Trace(is_on=True)
    tracked = letters(trace)
    with trace.recorded() as outer:
        tracked["a"]
        with trace.recorded() as inner:
            tracked["b"]
        with trace.suspended():
            tracked["z" if "z" in tracked else "b"]
        tracked.get("c")
    assert (outer, inner) == ({A, ("letters", "c")}, {B})


def test_reads_go_to_who_is_outside_again_after_an_error() -> None:
    trace = Trace(is_on=True)
    tracked = letters(trace)
    with trace.recorded() as outer:
        with pytest.raises(KeyError), trace.recorded():
            tracked["z"]
        tracked["a"]
    assert outer == {A}


@dataclass
class Book:
    """Something made of letters, as pages are made of the graph."""

    trace: Trace
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.letters = letters(self.trace)
        self.sums = Remembered[str, int](self.trace)

    @index
    def doubled(self) -> dict[str, int]:
        """Twice each letter."""
        self.made.append("doubled")
        return {key: 2 * value for key, value in self.letters.items()}

    @shared
    def title(self) -> str:
        """What all pages show."""
        self.made.append("title")
        return f"{self.letters['a']} and {self.doubled['b']}"

    def next_to(self, key: str) -> int:
        """A letter, and its double."""

        def make() -> int:
            self.made.append(f"next to {key}")
            return self.letters[key] + self.doubled[key]

        return self.sums.get(key, make)


def both(trace: Trace, read: Callable[[], object]) -> list[tuple[object, set[Read]]]:
    """What is given and noted the first time and the second."""
    found = []
    for _ in range(2):
        with trace.recorded() as reads:
            given = read()
        found.append((given, reads))
    return found


def test_index_is_made_once_and_what_is_read_of_it_is_its_key() -> None:
    book = Book(Trace(is_on=True))
    found = both(book.trace, lambda: book.doubled["a"])
    assert found == [(2, {("Book.doubled", "a")})] * 2
    assert book.made == ["doubled"]
    assert both(book.trace, lambda: len(book.doubled)) == [(2, {("Book.doubled", EVERY_KEY)})] * 2


def test_shared_value_is_made_once_and_stands_for_what_was_read_for_it() -> None:
    book = Book(Trace(is_on=True))
    found = both(book.trace, lambda: book.title)
    assert found == [("1 and 4", {A, ("Book.doubled", "b")})] * 2
    assert sorted(book.made) == ["doubled", "title"]


def test_remembered_value_is_made_once_a_key_and_stands_for_what_was_read_for_it() -> None:
    book = Book(Trace(is_on=True))
    assert both(book.trace, lambda: book.next_to("a")) == [(3, {A, ("Book.doubled", "a")})] * 2
    assert both(book.trace, lambda: book.next_to("b")) == [(6, {B, ("Book.doubled", "b")})] * 2
    assert sorted(book.made) == ["doubled", "next to a", "next to b"]


def test_value_that_could_not_be_made_is_not_remembered() -> None:
    book = Book(Trace(is_on=True))
    for _ in range(2):
        with pytest.raises(KeyError):
            book.next_to("z")
    assert book.made.count("next to z") == 2


def test_values_are_the_same_where_nothing_is_noted() -> None:
    book = Book(Trace())
    assert (
        both(book.trace, lambda: (book.title, book.next_to("a"), dict(book.doubled)))
        == [(("1 and 4", 3, {"a": 2, "b": 4}), set())] * 2
    )


# ---- the rules that pages are held to

#: What may be made once in `pages/` without its reads being known: none of it reads the graph.
READS_NOTHING = {
    "build.PageBuilder._nothing": "the graph without its records",
    "build.Recommended.known": "reads in `suspended`; `_found`, an index, is read of it",
    "build.Recommended.ranking": "reads in `suspended`; a build takes its cards of `known`",
    "contexts._reading": "the names of a class's fields",
    "items.Items._dates": "an empty dict, for dates in words: a pure function of the date",
    "items.Items._month_headings": "an empty dict, for a pure function of the date",
    "items.Items._quotes_at_home": "an empty dict, for a copy of a quote that is read each time",
    "items.Items._targets": "holds mappings that are tracked, and an index; asks them later",
    "items.Items._variants": "an empty dict, for copies of an event that is read each time",
    "items.Items._year_headings": "an empty dict, for a pure function of the date",
}
FORGETFUL = {"cached_property", "cache", "lru_cache"}


def remembered_in_pages() -> set[str]:
    """Everything in `pages/` that is made once by a decorator of functools.

    But for what is `Remembered`, which knows what was read for each value.
    """
    found = set()
    for file in Path(explainer.pages.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        owners = {
            part: f"{file.stem}.{node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            for part in node.body
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                if node.returns and ast.unparse(node.returns).startswith("Remembered["):
                    continue
                names = {ast.unparse(one).split("(")[0] for one in node.decorator_list}
                if FORGETFUL & {name.rpartition(".")[2] for name in names}:
                    found.add(f"{owners.get(node, file.stem)}.{node.name}")
    return found


def test_pages_make_nothing_once_whose_reads_nobody_would_know() -> None:
    assert remembered_in_pages() == set(READS_NOTHING)


def test_all_that_pages_read_is_in_mappings_that_are_tracked() -> None:
    others = {
        f"{kind.__name__}.{one.name}"
        for kind in (Graph, Backlinks)
        for one in fields(kind)
        if not str(one.type).startswith(("dict[", "Mapping["))
    }
    # The day is in the key of a build. The index of names is read where back-links are made, by no
    # page. Only a build that keeps going withholds records, and that takes nothing over.
    assert others == {"Graph.today", "Graph.names", "Graph.withheld"}
