"""The terms of articles: what is counted when their words are compared.

An article is a bag of terms: the first six letters of each word (so "talk", "talks" and "talking"
need no list of endings of one language), pairs of words with capitals (names), and in scripts
without spaces every two neighbouring characters. Title, lead and names count more.

Counting is most of the work where little has changed, and what a text gives depends on the text
alone: `count_texts` takes from earlier counts what it finds there, and gives the same with them
as without. Who keeps them, and where, is the caller's affair: `to_bytes` and `from_bytes` are for
that.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from ..passages import UNSPACED

TITLE_WEIGHT: Final = 3
LEAD_WEIGHT: Final = 2
LEAD_LENGTH: Final = 400
NAME_WEIGHT: Final = 2
STEM_LENGTH: Final = 6

#: The title and the text of an article.
Text: TypeAlias = tuple[str, str]

_WORD: Final = re.compile(r"[^\W_]+")
_NAMES: Final = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)+")
_UNSPACED_RUN: Final = re.compile(f"[{UNSPACED}]+")

# In ASCII, as most texts are but for their quotes and dashes, the same is found in a third of
# the time.
_ASCII_NAMES: Final = re.compile(r"[A-Z][A-Za-z0-9_'-]+(?: [A-Z][A-Za-z0-9_'-]+)+")
_ASCII_BREAKS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_TYPOGRAPHIC: Final = re.compile("[\u2010-\u2027\u00a0\u00ab\u00bb]")

#: What the bytes of counts begin with: another one where what is counted, or how, has changed.
_FORMAT: Final = b"terms 1\n"
_KEY_SIZE: Final = 16


@dataclass(frozen=True, slots=True)
class TermCounts:
    """The terms of texts and how often each has them: rows one after the other.

    Of text n, `terms[starts[n]:starts[n + 1]]` are the numbers of its terms in the order in which
    it has them first, and `counts` beside them how much each counts. Terms are numbered in the
    order in which the texts have them first.
    """

    keys: tuple[bytes, ...]
    """Of each text a hash of its content."""
    starts: array[int]
    terms: array[int]
    counts: array[int]
    names: tuple[str, ...]
    """Of each number its term: a word, folded and cut, or two folded words with a space between."""

    def __len__(self) -> int:
        return len(self.keys)

    def terms_of(self, number: int) -> frozenset[int]:
        """The numbers of the terms of one text."""
        return frozenset(self.terms[self.starts[number] : self.starts[number + 1]])

    def to_bytes(self) -> bytes:
        """All of it, for `from_bytes` in another process."""
        sizes = array("i", [len(self.keys), len(self.terms), len(self.names)])
        numbers = [_little_endian(part) for part in (sizes, self.starts, self.terms, self.counts)]
        # A term has no line break: words are letters and digits, and names are split at spaces.
        body = b"".join([*numbers, *self.keys, "\n".join(self.names).encode()])
        return _FORMAT + _hash(body) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> TermCounts | None:
        """What `to_bytes` gave; None where another version did, or it is not whole."""
        head, body = data[: len(_FORMAT) + _KEY_SIZE], data[len(_FORMAT) + _KEY_SIZE :]
        if head != _FORMAT + _hash(body):
            return None
        texts, total, named = _numbers(body[:12])
        sizes = (4 * (texts + 1), 4 * total, 4 * total, _KEY_SIZE * texts)
        ends = [*accumulate(sizes, initial=12)]
        starts, terms, counts = (_numbers(body[a:b]) for a, b in pairwise(ends[:4]))
        keys = body[ends[3] : ends[4]]
        rows = tuple(keys[n : n + _KEY_SIZE] for n in range(0, len(keys), _KEY_SIZE))
        names = tuple(body[ends[4] :].decode().split("\n")) if named else ()
        return cls(rows, starts, terms, counts, names)


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=_KEY_SIZE).digest()


def _little_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array("i", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(data: bytes) -> array[int]:
    numbers = array("i", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


# ------------------------------------------------------------------------------------ counting


def count_texts(texts: Iterable[Text], known: TermCounts | None = None) -> TermCounts:
    """Count the terms of each text; those that `known` has are taken from there."""
    rows = {} if known is None else {key: row for row, key in enumerate(known.keys)}
    numbers = _Numbers(() if known is None else known.names)
    keys = []
    starts, terms, counts = array("i", [0]), array("i"), array("i")
    for title, text in texts:
        key = _hash(f"{title}\0{text}".encode("utf-8", "surrogatepass"))
        row = rows.get(key)
        if known is None or row is None:
            counted = Counter(_terms(title, text, numbers))
            terms.extend(counted.keys())
            counts.extend(counted.values())
        else:
            span = slice(known.starts[row], known.starts[row + 1])
            terms += known.terms[span]
            counts += known.counts[span]
        keys.append(key)
        starts.append(len(terms))
    names = numbers.names()
    if known is not None:
        names, terms = _renumbered(names, terms)
    return TermCounts(tuple(keys), starts, terms, counts, names)


class _Numbers(dict[str, int]):
    """Of each word the number of its term; one that is new gets the next number.

    Words are looked up whole, since most have been cut before.
    """

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self._terms = {name: number for number, name in enumerate(names)}

    def __missing__(self, word: str) -> int:
        term = word if " " in word else word[:STEM_LENGTH]
        number = self[word] = self._terms.setdefault(term, len(self._terms))
        return number

    def names(self) -> tuple[str, ...]:
        """Of each number its term."""
        return tuple(self._terms)


def _terms(title: str, text: str, numbers: _Numbers) -> list[int]:
    """The terms of a text, each as often as it counts."""

    def numbered(words: Iterable[str]) -> list[int]:
        return list(map(numbers.__getitem__, words))

    terms = numbered(_words(title)) * TITLE_WEIGHT
    terms += numbered(_words(text))
    terms += numbered(_words(text[:LEAD_LENGTH])) * LEAD_WEIGHT
    both = f"{title}. {text}"
    for run in (_ASCII_NAMES if both.isascii() else _NAMES).findall(both):
        names = pairwise(run.casefold().split(" "))
        terms += numbered(f"{first} {second}" for first, second in names) * NAME_WEIGHT
    return terms


def _words(text: str) -> list[str]:
    """The words, folded; of a script that writes without spaces every two neighbours."""
    if not text.isascii():
        text = _TYPOGRAPHIC.sub(" ", text)
    if text.isascii():
        return text.lower().translate(_ASCII_BREAKS).split()
    pairs: list[str] = []
    for run in _UNSPACED_RUN.findall(text):
        pairs += [first + second for first, second in pairwise(run)]
    return _WORD.findall(_UNSPACED_RUN.sub(" ", text).casefold()) + pairs


def _renumbered(names: tuple[str, ...], terms: array[int]) -> tuple[tuple[str, ...], array[int]]:
    """Number the terms that are left in the order in which they come."""
    if find_spec("numpy") is not None:
        return _renumbered_natively(names, terms)
    order = dict.fromkeys(terms)
    renumbered = {old: new for new, old in enumerate(order)}
    return tuple(names[old] for old in order), array("i", map(renumbered.__getitem__, terms))


def _renumbered_natively(
    names: tuple[str, ...], terms: array[int]
) -> tuple[tuple[str, ...], array[int]]:
    """The same in a twentieth of the time."""
    import numpy as np

    old = np.asarray(terms, dtype=np.int32)
    first = np.full(len(names), len(old), dtype=np.int32)
    np.minimum.at(first, old, np.arange(len(old), dtype=np.int32))
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(old))]
    renumbered = np.empty(len(names), dtype=np.int32)
    renumbered[order] = np.arange(len(order), dtype=np.int32)
    return tuple(names[n] for n in order.tolist()), array("i", renumbered[old].tobytes())
