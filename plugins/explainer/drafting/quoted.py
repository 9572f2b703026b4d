"""What stands between quotation marks, and the sentences around it.

A quotation may run over several paragraphs: each of them opens with a mark, and only the last one
closes. Double marks are looked for first; in a paragraph without any, single ones count, of which
an apostrophe is told apart by the letters beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from ..sentences import sentence_breaks
from .lexicon import PREPOSITIONS, SPEECH_VERBS
from .prose import Prose, Span

_DOUBLE: Final = '"“”„'
_SINGLE_OPEN: Final = re.compile(r"(?<![\w’'])[‘'](?=[\w“\"…(])")
_SINGLE_CLOSE: Final = re.compile(r"(?<=[\w.,!?…—–;:)\]])[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks: their range without and with the marks."""

    inner: Span
    outer: Span
    goes_on: bool = False
    """Whether it is not closed: the next paragraph goes on with it."""


@dataclass(frozen=True)
class Frames:
    """A text whose quotations are masked, so that its sentences are those of the writer."""

    prose: Prose
    quotations: tuple[Quotation, ...]

    @cached_property
    def masked(self) -> str:
        """The text with every letter of a quotation as X, and no full stop inside but the last."""
        parts = list(self.prose.text)
        for quotation in self.quotations:
            start, end = quotation.inner
            size = len(self.prose.words(quotation.inner).rstrip())
            last = max(start, start + size - 1)
            for at in range(start, end):
                if at != last or not _ends_sentence(self.prose.text, quotation):
                    parts[at] = "X"
        return "".join(parts)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The writer's sentences; a quotation never parts one, but may end one."""
        found = []
        for paragraph in self.prose.paragraphs:
            words = self.masked[paragraph.start : paragraph.end]
            starts = [0, *sentence_breaks(words), len(words)]
            for start, end in pairwise(starts):
                size = len(words[start:end].rstrip())
                if size:
                    found.append(Span(paragraph.start + start, paragraph.start + start + size))
        return tuple(found)

    def sentence_of(self, quotation: Quotation) -> Span:
        """The writer's sentence in which a quotation begins."""
        at = bisect_right(self._sentence_breaks, quotation.outer.start)
        return self.sentences[max(0, at - 1)]

    def is_quoted(self, offset: int) -> bool:
        """Whether a character stands inside a quotation."""
        at = bisect_right(self._quotation_starts, offset)
        return at > 0 and offset < self.quotations[at - 1].outer.end

    @cached_property
    def _sentence_breaks(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.outer.start for quotation in self.quotations]


def read_frames(prose: Prose) -> Frames:
    """Find the quotations of a text."""
    found: list[Quotation] = []
    for paragraph in prose.paragraphs:
        if found and found[-1].goes_on and _is_closed_only(prose.words(paragraph)):
            # Where every sentence has a line of its own, a quotation goes on without a mark.
            close = re.search(f"[{_DOUBLE}]", prose.words(paragraph))
            end = paragraph.start + (close.start() if close else 0)
            found.append(Quotation(Span(paragraph.start, end), Span(paragraph.start, end + 1)))
            found += _double_in(prose.text, Span(end + 1, paragraph.end))
            continue
        has_double = any(mark in prose.words(paragraph) for mark in _DOUBLE)
        find = _double_in if has_double else _single_in
        found += find(prose.text, paragraph)
    return Frames(prose, tuple(found))


def _is_closed_only(words: str) -> bool:
    """Whether the first mark of a paragraph closes what was opened before it."""
    marks = re.findall(f"[{_DOUBLE}]", words)
    if not marks or words[:1] in _DOUBLE:
        return False
    return marks[0] == "”" or (marks[0] == '"' and len(marks) % 2 == 1)


def _double_in(text: str, paragraph: Span) -> list[Quotation]:
    """Quotations in double marks: a mark closes where one is open, whatever its shape."""
    found = []
    opened: int | None = None
    for match in re.finditer(f"[{_DOUBLE}]", text[paragraph.start : paragraph.end]):
        at = paragraph.start + match.start()
        opens = match[0] in "“„" or (match[0] == '"' and opened is None)
        if opens:
            opened = at  # an open one that was never closed is given up
        elif opened is not None:
            found.append(Quotation(Span(opened + 1, at), Span(opened, at + 1)))
            opened = None
    if opened is not None and paragraph.end - opened > 2:
        inner = Span(opened + 1, paragraph.end)
        found.append(Quotation(inner, Span(opened, paragraph.end), goes_on=True))
    return found


def _single_in(text: str, paragraph: Span) -> list[Quotation]:
    found = []
    at = paragraph.start
    while match := _SINGLE_OPEN.search(text, at, paragraph.end):
        closes = [m.start() for m in _SINGLE_CLOSE.finditer(text, match.end(), paragraph.end)]
        following = _SINGLE_OPEN.search(text, match.end(), paragraph.end)
        limit = following.start() if following else paragraph.end
        # The last mark before the next quotation closes this one: those before it are apostrophes
        # of plurals, unless punctuation stands in front of them.
        firm = [c for c in closes if c < limit and text[c - 1] in ".,!?…—–"]
        loose = [c for c in closes if c < limit]
        close = firm[0] if firm else loose[0] if loose else None
        if close is None:
            if limit == paragraph.end and paragraph.end - match.end() > 2:
                inner = Span(match.end(), paragraph.end)
                found.append(Quotation(inner, Span(match.start(), paragraph.end), goes_on=True))
            at = match.end()
            continue
        found.append(Quotation(Span(match.end(), close), Span(match.start(), close + 1)))
        at = close + 1
    return found


def _ends_sentence(text: str, quotation: Quotation) -> bool:
    """Whether the last mark of a quotation ends the writer's sentence too.

    "Why?" Smith asked: it does not where a verb of speech comes next.
    """
    last = text[quotation.inner.start : quotation.inner.end].rstrip()[-1:]
    if last not in ".!?…":
        return False
    if last == ".":
        return True
    behind = text[quotation.inner.end : quotation.inner.end + 60].split("\n")[0]
    words = re.findall(r"[\w.,]+", behind)[:4]
    if words and words[0].lower() in PREPOSITIONS | {"but", "and", "when", "then", "so"}:
        return True
    return not any(word.strip(".,").lower() in SPEECH_VERBS for word in words)
