"""Runs of capitalized words: where a name may stand, and the title in front of it.

A run is as long as capitals follow one another; "of", "for" and "de" are inside it where what
stands before them can go on so ("Bank of Norland", "Ursula von der Leyen"). Days and months part
runs, and so does a possessive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .calendar import MONTHS, WEEKDAYS
from .lexicon import (
    COURTESY,
    GIVEN_NAMES,
    INCIDENTAL_NOUNS,
    NATIONALITIES,
    NOT_NAMES,
    ORGANIZATION_WORDS,
    ORGANIZATIONS,
    PLACE_WORDS,
    ROLE_MODIFIERS,
    ROLE_NOUNS,
    SHORT_TITLES,
    SURNAMES_TOO,
    words,
)
from .prose import Prose, Span

_ABBREVIATIONS: Final = "|".join(
    re.escape(word)
    for word in sorted(
        {
            *SHORT_TITLES,
            "Inc.",
            "Corp.",
            "Ltd.",
            "Co.",
            "St.",
            "Jr.",
            "Sr.",
            "Mr.",
            "Mrs.",
            "Ms.",
            "Dr.",
        },
        key=len,
        reverse=True,
    )
)
_TOKEN: Final = re.compile(
    rf"(?:[^\W\d_a-z]\.)+(?!\w)|(?<!\w)(?:{_ABBREVIATIONS})(?!\w)|[^\W_]+(?:[’'&.-][^\W_]+)*"
)
_POSSESSIVE: Final = re.compile(r"[’']s$")
_PARTICLES: Final = words("de da del della der den di dos du la le van von bin ibn al el ter y ben")
_HEADS_OF: Final = ORGANIZATION_WORDS | words(
    "House Friends Church Chamber Bank Democrats Doctors Bar Daughters Sons Knights State "
    "Secretary Archdiocese Diocese Order Ministers Directors Governors"
)
_SMALL: Final = words("I The A An And But In On At Of For With From I’m I’ve I'm It He She They We")
_JOINING: Final = words("Ministry Department Organization Organisation Office Committee Commission")
_BREAKS: Final = frozenset(word.capitalize() for word in (*MONTHS, *WEEKDAYS))
_TITLES: Final = frozenset(
    {
        "Cllr",
        "Det",
        "Con",
        "PC",
        "Supt",
        "Insp",
        "Hon",
        "Pte",
        "Cpl",
        "Lt",
        "Sgt",
        "Capt",
        "Col",
        "Gen",
        "Maj",
        "Adm",
        "Cmdr",
        "Sen",
        "Rep",
        "Gov",
        "Rev",
        "Prof",
        "Fr",
        "Pres",
        "Councillor",
        "Sheikh",
    }
)
_MOST_TOKENS: Final = 12
"""More capitals in a row are a heading, and no name."""
_DATELINE: Final = re.compile(r"[^\n]{3,60}?(?:\([^)\n]*\)\s*)?(?:\s(?:[-–—]+|_)\s|—)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its range without a possessive ending, and whether it has one."""

    span: Span
    word: str
    is_possessive: bool = False

    @property
    def is_capital(self) -> bool:
        return self.word[:1].isupper()


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalized words in a row."""

    tokens: tuple[Token, ...]
    starts_sentence: bool

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.word for token in self.tokens)

    @property
    def is_possessive(self) -> bool:
        return self.tokens[-1].is_possessive


@dataclass(frozen=True, slots=True)
class Titled:
    """A run parted into a title and the name behind it; the title may be empty."""

    title: tuple[Token, ...]
    name: tuple[Token, ...]


def dateline_end(prose: Prose) -> int:
    """Where the dateline ends with which a text begins; 0 where it has none.

    It is in capitals up to a dash: "BERLIN/KYIV —", "HARLOW BAY, Maine —", "SKARVIK, Sept 18 -".
    """
    match = _DATELINE.match(prose.text, prose.paragraphs[0].start) if prose.paragraphs else None
    if match is None:
        return 0
    first = re.match(r"[^\W\d_]{2,}", match[0])
    return match.end() if first and first[0].isupper() else 0


def find_runs(prose: Prose) -> tuple[Run, ...]:
    """Every run of a text behind its dateline, in order."""
    floor = dateline_end(prose)
    runs: list[Run] = []
    for sentence in prose.sentences:
        tokens = [t for t in _tokens(prose.text, sentence) if t.span.start >= floor]
        runs += _runs_of(prose.text, tokens)
    return tuple(runs)


def _tokens(text: str, span: Span) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = match[0]
        ending = _POSSESSIVE.search(word)
        if ending:
            yield Token(Span(match.start(), match.end() - 2), word[:-2], is_possessive=True)
        else:
            plural = word.endswith("s") and text[match.end() : match.end() + 1] in {"’", "'"}
            yield Token(Span(*match.span()), word, is_possessive=plural)


def _runs_of(text: str, tokens: Sequence[Token]) -> Iterator[Run]:
    at = 0
    while at < len(tokens):
        end = _run_end(text, tokens, at)
        if at < end <= at + _MOST_TOKENS:
            run = _trimmed(
                tokens[at:end], starts_sentence=at == 0 or _is_behind_mark(text, tokens[at])
            )
            if run is not None:
                yield run
        at = max(end, at + 1)


def _is_behind_mark(text: str, token: Token) -> bool:
    """Whether a capital may be that of a quotation's first word."""
    return text[max(0, token.span.start - 1) : token.span.start] in set("\"“‘'(•")


def _run_end(text: str, tokens: Sequence[Token], at: int) -> int:
    """The index behind the last token of the run that begins at `at`; `at` where none begins."""
    end = at
    while end < len(tokens):
        token = tokens[end]
        if end > at and (_is_owner(tokens, end - 1) or not _is_joined(text, tokens, end)):
            break
        if token.is_capital and not _is_break(tokens, end):
            end += 1
            continue
        more = _connector(text, tokens, at, end)
        if not more:
            break
        end += more
    return end


def _is_joined(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether only a space stands between a token and the one before it."""
    between = text[tokens[at - 1].span.end : tokens[at].span.start]
    return between in {" ", " & ", "’ ", "' ", "’s ", "'s "}


def _is_owner(tokens: Sequence[Token], at: int) -> bool:
    """Whether a possessive ends a run; it does not in "Farmers' League", "St Anne's School"."""
    if not tokens[at].is_possessive or at + 1 >= len(tokens):
        return tokens[at].is_possessive
    following = [t.word for t in tokens[at + 1 : at + 4] if t.is_capital]
    is_collective = tokens[at].word.endswith("s") or (
        at > 0 and tokens[at - 1].word in {"St", "St."}
    )
    is_collective = is_collective or tokens[at].word in {"Children", "Women", "Men", "People"}
    return not (is_collective and any(w in ORGANIZATION_WORDS for w in following[:2]))


def _is_break(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word.rstrip(".")
    if word not in _BREAKS:
        return False
    is_given = word in GIVEN_NAMES and at + 1 < len(tokens) and tokens[at + 1].is_capital
    return not is_given


def _connector(text: str, tokens: Sequence[Token], first: int, at: int) -> int:
    """How many small words at `at` go on with the run before it; 0 where it ends there."""
    if at == first:
        return 0
    word = tokens[at].word
    width = next(
        (
            n
            for n in (1, 2)
            if at + n < len(tokens)
            and tokens[at + n].is_capital
            and not _is_break(tokens, at + n)
            and all(_is_joined(text, tokens, at + k) for k in range(1, n + 1))
        ),
        0,
    )
    if not width:
        return 0
    second = tokens[at + 1].word if width == 2 else ""
    if word in _PARTICLES and (not second or second in _PARTICLES):
        return width
    has_head = any(t.word in _HEADS_OF for t in tokens[first:at])
    if word in {"of", "for"} and second in {"", "the"} and has_head:
        return width
    is_of = any(t.word in {"of", "for"} for t in tokens[first:at])
    if word in {"and", "in"} and not second and is_of and tokens[first].word in _JOINING:
        return width
    return 0


def _trimmed(tokens: Sequence[Token], *, starts_sentence: bool) -> Run | None:
    """A run without the words that only begin a sentence; None where nothing is left."""
    tokens = list(tokens)
    while tokens and not tokens[-1].is_capital:
        tokens.pop()
    is_party = " ".join(t.word for t in tokens) in ORGANIZATIONS
    while tokens and _is_no_name(tokens, starts_sentence) and not is_party:
        tokens = tokens[1:]
        starts_sentence = False
        while tokens and not tokens[0].is_capital:
            tokens = tokens[1:]
    return Run(tuple(tokens), starts_sentence) if tokens else None


def _is_no_name(tokens: Sequence[Token], starts_sentence: bool) -> bool:
    """Whether the first of some words has its capital from where it stands; "New" never has."""
    word = tokens[0].word
    if len(tokens) > 1 and (word == "New" or not (starts_sentence or word in _SMALL)):
        return False
    is_shouted = (
        len(word) > 1
        and word.isupper()
        and word.capitalize() in NOT_NAMES
        and word not in {"IT", "US", "WHO"}
    )
    if word in GIVEN_NAMES and len(tokens) > 1:
        return False
    return word in NOT_NAMES or is_shouted


# ---- titles ---------------------------------------------------------------------------------


def split_title(run: Run) -> Titled:
    """Part a run at the last title that a name of one to four words follows."""
    tokens = run.tokens
    for at in range(len(tokens) - 2, -1, -1):
        name = tokens[at + 1 :]
        if not name[0].is_capital:
            continue
        is_address = len(name) == 1 and name[0].word.lower() in ROLE_NOUNS
        if len(name) <= 4 and is_title(tokens[: at + 1]) and not (_is_thing(name) or is_address):
            return Titled(tokens[: at + 1], name)
    return Titled((), tokens)


def is_title(tokens: Sequence[Token]) -> bool:
    """Whether words end in a title: a role in capitals, a rank, a courtesy."""
    last = tokens[-1].word
    lowered = last.lower()
    if last in COURTESY or last in SHORT_TITLES or last in _TITLES or lowered in INCIDENTAL_NOUNS:
        return True
    if len(tokens) == 1 and re.search(r"(?:maker|ist|man|woman|ician|keeper)$", lowered):
        return tokens[0].word not in GIVEN_NAMES
    phrases = (" ".join(t.word for t in tokens[-size:]).lower() for size in (2, 3, 4))
    return lowered in ROLE_NOUNS or any(phrase in ROLE_NOUNS for phrase in phrases)


def _is_thing(tokens: Sequence[Token]) -> bool:
    """Whether words are those of an organization or a place rather than of a person."""
    return is_thing([t.word for t in tokens])


def is_thing(words: Sequence[str]) -> bool:
    """Whether words hold one of an organization, a place or a nation; "Tom Hall" is a person."""
    if len(words) > 1 and words[0] in GIVEN_NAMES and words[-1] in SURNAMES_TOO:
        words = words[:-1]
    if len(words) > 1 and words[0] in GIVEN_NAMES:
        words = words[1:]  # "Bill" is more than an act
    return any(
        word in ORGANIZATION_WORDS or word in PLACE_WORDS or word in NATIONALITIES for word in words
    )


# ---- roles in small letters ----------------------------------------------------------------

_WORD_BEFORE: Final = re.compile(r"([^\s,;:.!?()“”\"—–]+)\s+$")


def role_before(text: str, start: int, *, has_title: bool) -> int | None:
    """Where a role in small letters begins that ends right before `start`; None for none.

    "the opposition party leader Jane Roe", "former President Jane Roe" (then only what belongs to
    the title counts).
    """
    words: list[tuple[int, str]] = []
    at = start
    while len(words) < 7 and (match := _WORD_BEFORE.search(text, max(0, at - 40), at)):
        words.append((match.start(1), match[1]))
        at = match.start(1)
    if not words:
        return None
    begin, used = (start, 0) if has_title else _role_noun(words)
    if begin is None:
        return None
    for place, word in words[used:]:
        is_own = word.lower() in ROLE_MODIFIERS or (
            word[:1].isupper() and word not in NOT_NAMES and not word.endswith(("’s", "'s"))
        )
        is_own = is_own and not (has_title and word[:1].isupper())
        if not is_own:
            break
        begin = place
    return begin if begin < start else None


def _role_noun(words: Sequence[tuple[int, str]]) -> tuple[int | None, int]:
    """The longest role at the end of words given backwards: where it begins, how many words."""
    for size in (3, 2, 1):
        if len(words) >= size:
            phrase = " ".join(word for _, word in reversed(words[:size])).lower()
            if phrase in ROLE_NOUNS:
                return words[size - 1][0], size
    return None, 0
