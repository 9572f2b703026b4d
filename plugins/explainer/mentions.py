"""Names in an article: where an actor is mentioned for the first time, and how often at all.

Names are whole words, compared folded as evidence is, capital and small letters apart. The
longest name wins, and what stands inside a longer name, or in a compound with a hyphen
("US-led", "Franco-German"), is another word. A possessive is the name without its ending.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from .fragment import Fragment
from .passages import UNSPACED, Folded, fold, is_word_edge

__all__ = ["FindMentions", "Mention", "NameIndex", "find_all_mentions", "find_mentions"]

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CODE: Final = frozenset({"code", "kbd", "pre", "samp", "var"})
NEVER_LINKED: Final = HEADINGS | CODE | {"a", "summary"}

# A word; in scripts without spaces each character, since any of them may begin a name.
_WORD: Final = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
_LETTER: Final = re.compile(rf"[^\W{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor's name in a text: its range, and who it is."""

    start: int
    end: int
    actor_id: str


@dataclass(frozen=True)
class NameIndex:
    """Names, each with the actor it belongs to; make it once and use it for every article.

    Names that fold to the same (two kinds of apostrophe) but belong to different actors are
    nobody's: they link to no one, and still hide the shorter names inside them.
    """

    names: Mapping[str, str]

    @cached_property
    def actors(self) -> Mapping[str, str | None]:
        """Folded names, each with its actor, or None where two claim it."""
        actors: dict[str, str | None] = {}
        for name, actor_id in self.names.items():
            folded = fold(name).text.strip()
            actors[folded] = actor_id if actors.get(folded, actor_id) == actor_id else None
        return actors

    @cached_property
    def shapes(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """For each first word: where names with it begin before it and how long, longest first."""
        shapes: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for name in self.actors:
            word = _WORD.search(name)
            if word:
                shapes[word[0]].add((word.start(), len(name)))
        return {
            word: tuple(sorted(found, key=lambda shape: (-shape[1], shape[0])))
            for word, found in shapes.items()
        }


def find_mentions(
    fragment: Fragment, index: NameIndex, *, excluded: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """The first mention of each actor that can be linked, in the order of the text.

    Not in links, headings and code, not half in some other element, and not of the `excluded`
    actors, whose names still hide the shorter names inside them.
    """
    barred = _ranges_of(fragment, NEVER_LINKED)
    seen = set(excluded)
    mentions = []
    for mention in _occurrences(fragment, index):
        if mention.actor_id in seen or _touches(barred, mention):
            continue
        if fragment.is_whole(mention.start, mention.end):
            seen.add(mention.actor_id)
            mentions.append(mention)
    return tuple(mentions)


class FindMentions(Protocol):
    """`find_mentions`, or what gives the same."""

    def __call__(
        self, fragment: Fragment, index: NameIndex, *, excluded: frozenset[str] = frozenset()
    ) -> tuple[Mention, ...]: ...


def find_all_mentions(fragment: Fragment, index: NameIndex) -> tuple[tuple[str, int], ...]:
    """How often each actor is named anywhere but in code, in the order of the first time."""
    barred = _ranges_of(fragment, CODE)
    counts: dict[str, int] = {}
    for mention in _occurrences(fragment, index):
        if not _touches(barred, mention):
            counts[mention.actor_id] = counts.get(mention.actor_id, 0) + 1
    return tuple(counts.items())


def _ranges_of(fragment: Fragment, tags: frozenset[str]) -> list[tuple[int, int]]:
    """The text ranges of the outermost elements with these tags, in order and apart."""
    ranges: list[tuple[int, int]] = []
    for node in fragment.nodes:
        if node.tag in tags and node.start < node.end:
            if ranges and node.start < ranges[-1][1]:
                continue
            ranges.append((node.start, node.end))
    return ranges


def _touches(ranges: list[tuple[int, int]], mention: Mention) -> bool:
    at = bisect_left(ranges, (mention.end, 0))
    return at > 0 and ranges[at - 1][1] > mention.start


def _occurrences(fragment: Fragment, index: NameIndex) -> Iterator[Mention]:
    """Every name in the text, in order, none inside another, none across two paragraphs."""
    if not index.names:
        return
    folded = fold(fragment.text)
    text, actors, shapes = folded.text, index.actors, index.shapes
    floor = 0
    for at, word in _words_of(text, shapes):
        if at < floor:
            continue
        spans = _names_at(text, at, floor, shapes[word], actors)
        span = next((span for span in spans if _is_in_one_block(fragment, folded, *span)), None)
        if span is None:
            continue
        start, floor = span
        actor_id = actors[text[start:floor]]
        if actor_id is not None and not _is_in_compound(text, start, floor):
            yield Mention(folded.starts[start], folded.ends[floor - 1], actor_id)


def _words_of(text: str, wanted: Mapping[str, object]) -> list[tuple[int, str]]:
    """The words of a text that are wanted, and where, in order: few of them are."""
    found = []
    for word in wanted.keys() & _WORD.findall(text):
        at = text.find(word)
        while at >= 0:
            whole = _WORD.match(text, at)
            begins = at == 0 or not (_LETTER.match(word) and _LETTER.match(text, at - 1))
            if begins and whole is not None and whole[0] == word:
                found.append((at, word))
            at = text.find(word, at + len(word))
    return sorted(found)


def _names_at(
    text: str,
    at: int,
    floor: int,
    shapes: tuple[tuple[int, int], ...],
    names: Mapping[str, str | None],
) -> Iterator[tuple[int, int]]:
    """The names whose first word begins at `at`, longest first, none reaching before `floor`."""
    for offset, length in shapes:
        start = at - offset
        end = start + length
        is_name = start >= floor and end <= len(text) and text[start:end] in names
        if is_name and is_word_edge(text, start) and is_word_edge(text, end):
            yield start, end


def _is_in_one_block(fragment: Fragment, folded: Folded, start: int, end: int) -> bool:
    first, last = folded.starts[start], folded.starts[end - 1]
    return fragment.block_at(first) == fragment.block_at(last)


def _is_in_compound(text: str, start: int, end: int) -> bool:
    """Whether a hyphen ties the name to another word: "US-led", "US- and EU-led", "pre-Putin".

    Two hyphens in a row are a dash.
    """
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    tied_behind = behind[:1] == "-" and behind != "--"
    tied_before = before[-1:] == "-" and before[:1].isalnum() and len(before) == 2
    return tied_behind or tied_before
