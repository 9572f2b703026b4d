"""The sentence around words of an article: where it begins, and where it ends.

A sentence ends at a full stop, question or exclamation mark, with the quotation marks behind it,
before white space and anything but a small letter; in scripts without spaces at their own full
stop. Initials and a few titles end none. Nothing else is known of the language: where it errs, a
reader sees a few words more or fewer around the same quotation.
"""

from __future__ import annotations

import re
from typing import Final

from .fragment import Fragment

_QUOTES: Final = "\"'\u201c\u2018\u201e\u00ab([ \n"
_OPENING: Final = re.compile(r"[:\u2014]\s+|(?<!\w)[\"'\u201c\u2018\u201e\u00ab]")

MOST_AROUND: Final = 160
"""How many characters stand on either side at most."""

_END: Final = re.compile(
    r"[.!?\u2026]+[\"'\u201d\u2019\u00bb)\]]*\s+(?=[\"'\u201c\u2018\u201e\u00ab(\[]*(\w))"
    r"|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d]*"
)
_TITLE: Final = re.compile(
    r"(?<!\w)(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|St|Sen|Sens|Rep|Reps|Gov|Gen|Adm|Col|Lt|Maj|Cmdr|Capt"
    r"|Sgt|Rev|Jr|Sr|No|vs|etc|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Mt|Ft)\Z"
)


def words_in_sentence(fragment: Fragment, start: int, end: int) -> tuple[str, str, str] | None:
    """What stands before a range in its sentence, the range, and what stands behind it.

    White space in a row is one space. A range over several sentences has the first one's beginning
    and the last one's end. None where the words are all of it but for quotation marks, and where
    they do not stand in one paragraph.
    """
    index = fragment.block_at(start)
    if index is None or index != fragment.block_at(end - 1):
        return None
    block = fragment.blocks[index]
    ends = [block.start + at for at in sentence_breaks(fragment.text[block.start : block.end])]
    first = max((at for at in ends if at <= start), default=block.start)
    last = min((at for at in ends if at >= end), default=block.end)
    before, behind = fragment.text[first:start], fragment.text[end:last]
    if not any(char.isalnum() for char in before + behind):
        return None
    words = _one_line(fragment.text[start:end])
    return _cut_start(_one_line(before)), words, _cut_end(_one_line(behind).rstrip())


def sentence_starts(text: str) -> frozenset[int]:
    """Where a sentence of a paragraph begins, at its first letter, and what is quoted in it."""
    starts = {0, *sentence_breaks(text), *(found.end() for found in _OPENING.finditer(text))}
    return frozenset(at + len(text[at:]) - len(text[at:].lstrip(_QUOTES)) for at in starts)


def sentence_breaks(text: str) -> list[int]:
    """Where each sentence but the first begins, in order."""
    return [match.end() for match in _END.finditer(text) if _is_end(text, match)]


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop is more than that of an initial or a title, and no small letter follows.

    A mark other than a full stop may be part of a quotation too ("Why?" she asked).
    """
    next_letter = match[1] or ""
    at = match.start()
    is_short = text[at] == "." and _TITLE.search(text[max(0, at - 8) : at]) is not None
    return not (next_letter.islower() or is_short)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _cut_start(text: str) -> str:
    return text if len(text) <= MOST_AROUND else "…" + text[-MOST_AROUND:].partition(" ")[2]


def _cut_end(text: str) -> str:
    if len(text) <= MOST_AROUND:
        return text
    return text[:MOST_AROUND].rpartition(" ")[0].rstrip(",;:—– ") + "…"
