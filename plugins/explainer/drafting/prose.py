"""A text as paragraphs and sentences, each a range of its characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from ..sentences import sentence_breaks

_SPACE: Final = re.compile(r"[^\S ]")
_LINE: Final = re.compile(r"[^\n]+")
_BLOCK: Final = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]*\S[^\n]*)*")
_EMPTY_LINE: Final = re.compile(r"\n\s*\n")


class Span(NamedTuple):
    """A range of a text's characters; the end is not part of it."""

    start: int
    end: int


@dataclass(frozen=True)
class Prose:
    """A text with the ranges of its paragraphs; sentences never cross their borders."""

    text: str
    paragraphs: tuple[Span, ...]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences, in order."""
        found = []
        for paragraph in self.paragraphs:
            words = self.text[paragraph.start : paragraph.end]
            starts = [0, *sentence_breaks(words), len(words)]
            for start, end in pairwise(starts):
                size = len(words[start:end].rstrip())
                if size:
                    found.append(Span(paragraph.start + start, paragraph.start + start + size))
        return tuple(found)

    def words(self, span: Span) -> str:
        """The characters of a range."""
        return self.text[span.start : span.end]

    def sentence_index(self, offset: int) -> int:
        """Which sentence holds this offset; between two, the one before it."""
        return max(0, bisect_right(self._sentence_breaks, offset) - 1)

    def paragraph_index(self, offset: int) -> int:
        """Which paragraph holds this offset; between two, the one before it."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    @cached_property
    def _sentence_breaks(self) -> Sequence[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> Sequence[int]:
        return [paragraph.start for paragraph in self.paragraphs]


def read_prose(text: str, paragraphs: Iterable[tuple[int, int]] | None = None) -> Prose:
    """A text with its paragraphs: the ranges given, else what empty lines part, else every line.

    White space of any kind is a space in it: a name may go on behind a line's end.
    """
    if paragraphs is None:
        pattern = _BLOCK if _EMPTY_LINE.search(text.strip()) else _LINE
        paragraphs = (match.span() for match in pattern.finditer(text) if match[0].strip())
    spans = tuple(Span(start, end) for start, end in paragraphs)
    parts = list(text)
    for start, end in spans:
        for match in _SPACE.finditer(text, start, end):
            parts[match.start()] = " "
    return Prose("".join(parts), spans)
