"""Evidence: where the words that an editor wrote down stand in an article.

A selector is W3C's TextQuoteSelector, or its short form `A ... B`: from A to B. Words are compared
folded: white space, typographic and straight quotes, hyphens of every kind are equal, soft
hyphens are not there; capital and small letters differ. Words match whole: "war" does not stand
in "forward".
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final, Literal, Protocol

from .fragment import Fragment

__all__ = [
    "UNSPACED",
    "Ambiguous",
    "ArticleText",
    "FindPassage",
    "Folded",
    "NotFound",
    "Passage",
    "Quoted",
    "Selector",
    "find_passage",
    "fold",
    "is_word_edge",
    "parse_selector",
    "quote_text",
    "say_difference",
]

MOST_PLACES: Final = 8
MOST_WORDS_ADDED: Final = 12
# Bounds on the search for the nearest passage: it only helps, so it must never be what one waits
# for. Most articles are a tenth of this.
NEAREST_TEXT: Final = 100_000
NEAREST_WORDS: Final = 40
NEAREST_RATIO: Final = 0.6
#: From how many words on it helps to say in which one they differ.
LEAST_WORDS_COMPARED: Final = 3

_SINGLE_QUOTES: Final = "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\u2032"
_DOUBLE_QUOTES: Final = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SPACES: Final = "\t\n\v\f\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# One character for another, and what does not fold so: white space in a row, what is invisible,
# the ellipsis, and letters whose accents are characters of their own. The first two searches are
# for characters that most words do not have, which is what makes them quick.
_UNSEEN: Final = "\u00ad\u200b\u2060\ufeff"
_EVEN: Final = re.compile(f"[{_SPACES}{_SINGLE_QUOTES}{_DOUBLE_QUOTES}\u2010\u2011\u2015]")
_HINT_OF_UNEVEN: Final = re.compile(f"  |[{_UNSEEN}\u2026\u0300-\u036f]")
_UNEVEN: Final = re.compile(
    f" {{2,}}|[{_UNSEEN}]+|\u2026|[^\\W\\d_](?:[{_UNSEEN}]*[\u0300-\u036f])+"
)
_INVISIBLE: Final = re.compile(f"[{_UNSEEN}]+")
_FOLDS: Final = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    "\u2015": "\u2014",
}
_RANGE: Final = re.compile(r"\s+(?:\.\.\.|\u2026)\s+")
_DOTS: Final = re.compile(r"(?:^|[\s\[])(?:\.\.\.|\u2026)(?:$|[\s\]])")
_CUT: Final = re.compile(r"\s*\[(?:\.\.\.|\u2026)\]\s*")
# Scripts that put no space between words (Thai to Khmer, kana, Han): any two of their characters
# may part. The inside of a character class.
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_CHARACTER: Final = re.compile(f"[{UNSPACED}]")


# --- folding ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folded:
    """Text to compare by; `starts[i]` and `ends[i]` bound its i-th character in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> Folded:
    """Fold a text and keep where everything stood. Most texts fold one to one, at no cost."""
    plain = _fold_evenly(text)
    if not _HINT_OF_UNEVEN.search(plain):
        return Folded(plain, range(len(plain)), range(1, len(plain) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for words, start, end in _fold_runs(plain):
        parts.append(words)
        is_even = len(words) == end - start
        starts += range(start, end) if is_even else [start] * len(words)
        ends += range(start + 1, end + 1) if is_even else [end] * len(words)
    return _single_spaces("".join(parts), starts, ends)


def _fold_evenly(text: str) -> str:
    """What folds one character to one: white space, quotes, hyphens."""
    return _EVEN.sub(lambda match: _FOLDS.get(match[0], " "), text)


def _fold_runs(plain: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    for match in _UNEVEN.finditer(plain):
        yield plain[at : match.start()], at, match.start()
        yield _fold_uneven(match[0]), match.start(), match.end()
        at = match.end()
    yield plain[at:], at, len(plain)


def _fold_uneven(match: str) -> str:
    if match[0] == " ":
        return " "
    if match == "\u2026":
        return "..."
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", match))


def _single_spaces(text: str, starts: list[int], ends: list[int]) -> Folded:
    """Spaces that came together when something invisible between them fell out are one."""
    if "  " not in text:
        return Folded(text, starts, ends)
    kept = [i for i, char in enumerate(text) if char != " " or i == 0 or text[i - 1] != " "]
    chars = "".join(text[i] for i in kept)
    return Folded(chars, [starts[i] for i in kept], [ends[i] for i in kept])


def is_word_edge(text: str, index: int) -> bool:
    """Whether a word may begin or end between the characters `index - 1` and `index`.

    Two letters or digits hold together, except in scripts that do not part words by spaces.
    """
    if not 0 < index < len(text):
        return True
    left, right = text[index - 1], text[index]
    if not (_is_word_part(left) and _is_word_part(right)):
        return True
    return bool(_UNSPACED_CHARACTER.match(left) or _UNSPACED_CHARACTER.match(right))


def _is_word_part(char: str) -> bool:
    return char.isalnum() or char == "_" or (char > "\x7f" and unicodedata.category(char)[0] == "M")


# --- selectors and results -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Selector:
    """Words of an article: `exact`, or from `exact` to `until`; with the words around them."""

    exact: str
    until: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class ArticleText:
    """What can be quoted of an article: its body, and its headline."""

    headline: str
    body: Fragment

    @cached_property
    def folded_body(self) -> Folded:
        return fold(self.body.text)

    @cached_property
    def folded_headline(self) -> Folded:
        return fold(self.headline)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words found: their range in the body's text (or in the headline) and as they stand there.

    `block` is the paragraph where they begin, None in the headline. In `words` a line break is a
    space; nothing else is changed.
    """

    start: int
    end: int
    block: int | None
    words: str
    in_headline: bool = False


@dataclass(frozen=True, slots=True)
class NotFound:
    """Words that do not stand in the article, with the passage that is most like them.

    `half` says what is missing: the `whole`, the `first` or `last` words of a range, the `context`
    (the words stand there, but not behind the prefix and before the suffix), or only the `order`
    (parts of a quote stand there, but the other way round). `elsewhere`: the last words stand in
    the article, only not in the same paragraph behind the first.
    """

    nearest: str | None
    half: Literal["whole", "first", "last", "context", "order"] = "whole"
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Words that stand in `count` places; `extended` makes each unique (the first few, in order).

    A place that no words around it can tell from another is not among them.
    """

    count: int
    extended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote's verbatim words, cuts shown as " […] ", and the passages they come from."""

    words: str
    passages: tuple[Passage, ...]


def parse_selector(text: str) -> Selector:
    """`words`, or `first words ... last words` with white space around the dots.

    Dots at an edge and dots without white space are words. Of several ranges in one line only
    the first is a range; the rest will not be found.
    """
    exact, *until = _RANGE.split(text.strip(), maxsplit=1)
    return Selector(exact, until=until[0] if until else "")


# --- finding ---------------------------------------------------------------------------------


def find_passage(
    text: ArticleText, selector: Selector, *, seeks_nearest: bool = True
) -> Passage | NotFound | Ambiguous:
    """The one place where a selector's words stand: in the body, or else in the headline.

    In the form `A ... B`, A must stand once, and B is the first behind it in the same paragraph.
    Where they stand nowhere, the nearest passage is looked for only if `seeks_nearest`.
    """
    in_body = _find_in(_Room.of_body(text), selector)
    if not isinstance(in_body, NotFound):
        return in_body
    in_headline = _find_in(_Room.of_headline(text), selector)
    if not isinstance(in_headline, NotFound):
        return in_headline
    for missing in (in_body, in_headline):
        if missing.half in {"last", "context"}:
            return missing
    nearest = _nearest(text, selector.exact) if seeks_nearest else None
    return NotFound(nearest, in_body.half)


class FindPassage(Protocol):
    """`find_passage`, or what gives the same."""

    def __call__(
        self, text: ArticleText, selector: Selector, *, seeks_nearest: bool = True
    ) -> Passage | NotFound | Ambiguous: ...


def quote_text(text: ArticleText, raw: str) -> Quoted | NotFound | Ambiguous:
    """The verbatim words of a quote's `text:`, a selector in which `[...]` is a cut that is shown.

    The first part must stand once; each further part is the first behind the one before it.
    """
    parts = _CUT.split(raw.strip())
    selectors = [parse_selector(part) for part in parts if part]
    if not selectors:
        return NotFound(None)
    first = find_passage(text, selectors[0])
    if not isinstance(first, Passage):
        return first
    room = _Room.of_headline(text) if first.in_headline else _Room.of_body(text)
    passages = [first]
    for selector in selectors[1:]:
        following = _find_behind(room, selector, passages[-1].end)
        if following is None:
            return _explain_missing_part(text, selector)
        passages.append(following)
    words = iter(passages)
    shown = " […] ".join(next(words).words if part else "" for part in parts)
    return Quoted(shown.strip(), tuple(passages))


def _explain_missing_part(text: ArticleText, selector: Selector) -> NotFound:
    found = find_passage(text, selector)
    return found if isinstance(found, NotFound) else NotFound(None, "order")


@dataclass(frozen=True, slots=True)
class _Room:
    """A text to search: folded, with its paragraphs as folded ranges."""

    original: str
    folded: Folded
    fragment: Fragment | None

    @classmethod
    def of_body(cls, text: ArticleText) -> _Room:
        return cls(text.body.text, text.folded_body, text.body)

    @classmethod
    def of_headline(cls, text: ArticleText) -> _Room:
        return cls(text.headline, text.folded_headline, None)

    def passage(self, start: int, end: int) -> Passage:
        """A passage from a folded range."""
        first, last = self.folded.starts[start], self.folded.ends[end - 1]
        block = None if self.fragment is None else self.fragment.block_at(first)
        return Passage(first, last, block, self.words(start, end), self.fragment is None)

    def words(self, start: int, end: int) -> str:
        """The original words of a folded range, on one line."""
        first, last = self.folded.starts[start], self.folded.ends[end - 1]
        return re.sub(r"[ \t\n\r\f]+", " ", self.original[first:last])

    def paragraph(self, at: int) -> tuple[int, int]:
        """The folded range of the paragraph around a folded offset."""
        if self.fragment is None:
            return 0, len(self.folded.text)
        index = self.fragment.block_at(self.folded.starts[at])
        if index is None:
            return at, at
        block = self.fragment.blocks[index]
        return self.folded_offset(block.start), self.folded_offset(block.end)

    def folded_offset(self, offset: int) -> int:
        """The first folded offset at or behind an original one."""
        return bisect_left(self.folded.starts, offset)


def _fold_words(words: str) -> str:
    return fold(words).text.strip()


def _places(text: str, words: str, low: int = 0, high: int | None = None) -> Iterator[int]:
    """Where folded words stand whole in a folded text, in order, also where they overlap."""
    if not words:
        return
    at = text.find(words, low, high)
    while at >= 0:
        if is_word_edge(text, at) and is_word_edge(text, at + len(words)):
            yield at
        at = text.find(words, at + 1, high)


def _has_context(text: str, start: int, end: int, selector: Selector) -> bool:
    prefix, suffix = _fold_words(selector.prefix), _fold_words(selector.suffix)
    left = start - text.endswith(" ", 0, start)
    right = end + text.startswith(" ", end)
    fits_left = text.endswith(prefix, 0, left) and is_word_edge(text, left - len(prefix))
    fits_right = text.startswith(suffix, right) and is_word_edge(text, right + len(suffix))
    return (not prefix or fits_left) and (not suffix or fits_right)


def _find_in(room: _Room, selector: Selector) -> Passage | NotFound | Ambiguous:
    words = _fold_words(selector.exact)
    places = list(_places(room.folded.text, words))
    is_range = bool(selector.until.strip())
    if not places:
        return NotFound(None, "first" if is_range else "whole")
    spans = _spans(room, selector, places)
    if not spans:
        return _explain_missing_end(room, selector, places[0] + len(words))
    if selector.prefix or selector.suffix:
        return _find_in_context(room, selector, spans)
    if len(places) > 1:
        return _explain_ambiguous(room, selector, spans, len(places))
    return room.passage(*spans[0])


def _spans(room: _Room, selector: Selector, places: Sequence[int]) -> list[tuple[int, int]]:
    """What a selector selects at each place of its first words, where it selects anything."""
    size, until = len(_fold_words(selector.exact)), _fold_words(selector.until)
    if not until:
        return [(at, at + size) for at in places]
    ends = [end + len(until) for end in _places(room.folded.text, until)]
    spans = []
    for at in places:
        index = bisect_left(ends, at + size + len(until))
        if index < len(ends) and ends[index] <= room.paragraph(at)[1]:
            spans.append((at, ends[index]))
    return spans


def _find_in_context(
    room: _Room, selector: Selector, spans: Sequence[tuple[int, int]]
) -> Passage | NotFound | Ambiguous:
    text = room.folded.text
    fitting = [(low, high) for low, high in spans if _has_context(text, low, high, selector)]
    if not fitting:
        return NotFound(_surroundings(room, *spans[0]), "context")
    if len(fitting) > 1:
        return _explain_ambiguous(room, selector, fitting, len(fitting))
    return room.passage(*fitting[0])


def _find_behind(room: _Room, selector: Selector, offset: int) -> Passage | None:
    """The first place of a selector behind an original offset."""
    words = _fold_words(selector.exact)
    places = list(_places(room.folded.text, words, room.folded_offset(offset)))
    spans = _spans(room, selector, places)
    return room.passage(*spans[0]) if spans else None


# --- explaining ------------------------------------------------------------------------------


def _explain_missing_end(room: _Room, selector: Selector, behind: int) -> NotFound:
    """The last words of a range are missing: elsewhere, or nearly there in the same paragraph."""
    until = _fold_words(selector.until)
    if next(_places(room.folded.text, until), None) is not None:
        return NotFound(None, "last", elsewhere=True)
    _, paragraph_end = room.paragraph(behind - 1)
    rest = room.words(behind, paragraph_end) if behind < paragraph_end else ""
    nearest = _nearest_window(rest, selector.until)
    return NotFound(nearest[1] if nearest else None, "last")


def _surroundings(room: _Room, start: int, end: int) -> str:
    """A passage with three words before and two behind it."""
    text = room.folded.text
    before = [match.start() for match in re.finditer(r"\S+", text[max(0, start - 200) : start])]
    low = max(0, start - 200) + before[-3:][0] if before else start
    behind = [match.end() for match in re.finditer(r"\S+", text[end : end + 200])]
    high = end + behind[:2][-1] if behind else end
    return room.words(low, high)


def _explain_ambiguous(
    room: _Room, selector: Selector, spans: Sequence[tuple[int, int]], count: int
) -> Ambiguous:
    """Each of the first places with as many words added as make it unique.

    The first words of a range grow up to its last words at most, which stay as they were written.
    """
    size, until = len(_fold_words(selector.exact)), _fold_words(selector.until)
    tail = f" ... {selector.until.strip()}" if until else ""
    extended = []
    for start, end in spans[:MOST_PLACES]:
        limit = end - len(until) if until else None
        words = _extend(room, start, start + size, limit)
        if words is not None:
            extended.append(words + tail)
    return Ambiguous(count, tuple(extended))


def _extend(room: _Room, start: int, end: int, limit: int | None) -> str | None:
    """The least words around a place, rather behind than before it, that stand only there."""
    low, high = room.paragraph(start)
    text = room.folded.text
    high = max(high if limit is None else min(high, limit), end)
    starts = _word_starts_before(text, low, start)
    ends = _word_ends_behind(text, end, high)
    for added in range(MOST_WORDS_ADDED + 1):
        for behind in range(min(added, len(ends) - 1), -1, -1):
            before = added - behind
            if before < len(starts):
                first, last = starts[before], ends[behind]
                words = room.words(first, last)
                # An article's own dots would be read as those of a range or of a cut.
                if _is_unique(text, text[first:last]) and not _DOTS.search(words):
                    return words
    return None


def _is_unique(text: str, words: str) -> bool:
    places = _places(text, words)
    return next(places, None) is not None and next(places, None) is None


def _word_starts_before(text: str, low: int, start: int) -> list[int]:
    """`start` itself, then where the words before it begin, backwards."""
    near = max(low, start - 1000)
    found = [near + match.start() for match in re.finditer(r"\S+", text[near:start])]
    return [start, *found[: -MOST_WORDS_ADDED - 1 : -1]]


def _word_ends_behind(text: str, end: int, high: int) -> list[int]:
    """`end` itself, then where the words behind it end, without the punctuation behind them."""
    near = text[end : min(high, end + 1000)]
    ends = [end]
    for match in re.finditer(r"\S+", near):
        word = match[0].rstrip(".,;:")
        if word and len(ends) <= MOST_WORDS_ADDED:
            ends.append(end + match.start() + len(word))
    return ends


def _nearest(text: ArticleText, words: str) -> str | None:
    """The passage of the article that is most like these words, if any is like them at all."""
    found = [
        window
        for place in (text.body.text, text.headline)
        if (window := _nearest_window(place, words))
    ]
    return max(found, key=lambda window: window[0])[1] if found else None


def say_difference(wanted: str, nearest: str) -> str:
    """In what alone words differ from those of the article; "" where it is more than one thing.

    One thing is capital letters, punctuation, or one word that is other, too much or missing.
    """
    ours, theirs = _fold_words(wanted), _fold_words(nearest)
    if ours.lower() == theirs.lower():
        return "only capital letters differ, and they count" if ours != theirs else ""
    if _bare(ours) == _bare(theirs):
        return _say_punctuation(ours, theirs)
    mine, others = ours.split(), theirs.split()
    matcher = SequenceMatcher(None, mine, others, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if len(changes) != 1 or len(mine) < LEAST_WORDS_COMPARED:
        return ""
    _, first, last, low, high = changes[0]
    match last - first, high - low:
        case 1, 1:
            return f"only '{mine[first]}' differs: '{others[low]}' stands there"
        case 1, 0:
            return f"only '{mine[first]}' is too much: it does not stand there"
        case 0, 1:
            return f"only '{others[low]}' is missing"
    return ""


def _bare(words: str) -> str:
    """Folded words without their punctuation."""
    return " ".join(re.sub(r"[^\w\s]", "", words).split())


def _say_punctuation(ours: str, theirs: str) -> str:
    end = ours.removeprefix(theirs).strip()
    if ours.startswith(theirs) and end:
        return f"only the '{end}' at the end differs: it does not stand there"
    mine, others = ours.split(), theirs.split()
    pairs = [(one, other) for one, other in zip(mine, others, strict=False) if one != other]
    if len(mine) == len(others) and len(pairs) == 1:
        return f"only the punctuation differs: '{pairs[0][1]}' stands there, not '{pairs[0][0]}'"
    return "only the punctuation differs"


def _nearest_window(text: str, words: str) -> tuple[float, str] | None:
    """The most similar run of words and its likeness; of equals the first.

    Windows are first counted by the three-letter pieces that they share with the words, in
    linear time; only the best few are compared letter by letter.
    """
    wanted = _fold_words(words).split()[:NEAREST_WORDS]
    found = text[:NEAREST_TEXT].split()
    if not wanted or not found:
        return None
    target = " ".join(wanted)[:400]
    best: tuple[float, str] | None = None
    for start, end in _likely_windows(found, wanted):
        window = " ".join(found[start:end])
        likeness = _likeness(window, target, best[0] if best else NEAREST_RATIO)
        if likeness >= NEAREST_RATIO and (best is None or likeness > best[0]):
            best = (likeness, window)
    return None if best is None else (best[0], best[1].rstrip(",;:"))


def _likeness(window: str, target: str, floor: float) -> float:
    matcher = SequenceMatcher(None, fold(window).text.lower(), target.lower(), autojunk=False)
    if matcher.real_quick_ratio() < floor or matcher.quick_ratio() < floor:
        return 0.0
    return matcher.ratio()


def _likely_windows(found: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    pieces = {piece for word in wanted for piece in _pieces(word)}
    sums = [0]
    for word in found:
        sums.append(sums[-1] + sum(piece in pieces for piece in _pieces(word)))
    size = min(len(wanted), len(found))
    scored = [(sums[at] - sums[at + size], at) for at in range(len(found) - size + 1)]
    windows = []
    for _, at in sorted(scored)[:5]:
        for width in (size, size + 1, size - 1):
            if width > 0 and at + width <= len(found):
                windows.append((at, at + width))
    return windows


def _pieces(word: str) -> list[str]:
    marked = f" {_fold_evenly(word).lower()} "
    return [marked[at : at + 3] for at in range(len(marked) - 2)]
