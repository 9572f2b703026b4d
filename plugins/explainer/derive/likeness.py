"""How alike articles are in their words: TF-IDF, cosine, and the words of the nearest.

An article is a bag of terms (`terms.py`). A term weighs `(1 + ln count) * rarity`, rarity being
BM25's inverse document frequency (Robertson and Sparck Jones 1976), and articles are compared by
the cosine. Then each article borrows the words of the two that are nearest to it (Tao, Wang, Mei
and Zhai, "Language Model Information Retrieval with Document Expansion", 2006): two reports of one
event that chose other words are both near a third.

The work grows with the number of articles, not with its square: only the heaviest terms of an
article count, terms that very many share do not, and of each article only the nearest are kept.
With the extra `recommended` (sparse-dot-topn) all of it is made with sparse matrices in native code
(`matrices.py`), and from an earlier likeness only what may have changed; the figures are the same
but for the last digits.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, Final, Literal, Protocol

from .terms import TermCounts

Engine = Literal["native", "python"]

#: Only so many of an article's heaviest terms count.
MAX_TERMS: Final = 150
#: A term counts that at most so many articles share, or this part of a large site.
MAX_ARTICLES: Final = 200
MAX_SHARE: Final = 0.02
#: And never one that more than this part of a small site shares.
MAX_SMALL_SHARE: Final = 0.8
#: An article of fewer different terms is a short one, such as a headline alone.
SHORT_TERMS: Final = 40
#: So many of the nearest articles are kept of each.
NEAREST: Final = 20
#: So many of them lend their words.
LENDERS: Final = 2
#: Their cosines together from which on they lend as much as the article itself has.
LENDING: Final = 0.4
#: Below this cosine it is chance that two texts share words: then they are not alike.
CHANCE: Final = 0.15
#: Weights are multiples of this, so that no sum of their products, which is 1 at most, is rounded.
QUANTUM: Final = 2.0**-26


def has_native_engine() -> bool:
    """Whether the extra `recommended` is installed."""
    return find_spec("sparse_dot_topn") is not None


class Likeness:
    """Who is near whom by words. Made once from all articles, whose numbers are their order."""

    def __init__(
        self,
        counts: TermCounts,
        *,
        engine: Engine | None = None,
        earlier: Likeness | None = None,
    ) -> None:
        """Take the terms of all articles.

        `engine` is "native" where that is installed, if it is not said. With an earlier likeness
        of mostly the same articles the native one is made in less time, and is the same.
        """
        self.engine: Final = engine or ("native" if has_native_engine() else "python")
        self._counts: Final = counts
        self._compared: _Compared
        if earlier is not None and (earlier.engine, earlier._counts) == (self.engine, counts):
            self._compared = earlier._compared
        elif self.engine == "native":
            self._compared = _native(counts, None if earlier is None else earlier._compared)
        else:
            self._compared = _python(counts)

    def nearest(self, number: int) -> Mapping[int, float]:
        """The articles nearest to one by its own words, with the cosine."""
        return self._compared.nearest[number]

    def alike(self, number: int) -> Mapping[int, float]:
        """The articles near one by words and borrowed words, with the cosine, CHANCE to 1."""
        return self._compared.alike[number]

    def same_texts(self, least: float) -> dict[int, set[int]]:
        """Of each article the others whose cosine to it by their own words is at least so much."""
        found: dict[int, set[int]] = {}
        for number, other in self._compared.nearest.pairs(least):
            found.setdefault(number, set()).add(other)
        return found

    def same_rows(self, other: Likeness) -> Sequence[bool]:
        """Of each article whether another likeness of equally many says the same of it for
        certain."""
        if self._compared is other._compared:
            return [True] * len(self._counts)
        if self._compared.matrices is None or other._compared.matrices is None:
            return [False] * len(self._counts)
        from . import matrices

        return matrices.same_rows(self._compared.matrices, other._compared.matrices)

    def rarest_common(self, one: int, other: int) -> tuple[str, ...]:
        """The terms of both that count, the rarest first, equals in alphabetical order."""
        both = self._counts.terms_of(one) & self._counts.terms_of(other)
        known = {self._counts.names[term]: self._compared.rarities[term] for term in both}
        return tuple(sorted((t for t in known if known[t]), key=lambda t: (-known[t], t)))


class _Rows(Protocol):
    """Cosines, row by row."""

    def __getitem__(self, number: int, /) -> Mapping[int, float]:
        """The others of a row that have any."""


class _NearestRows(_Rows, Protocol):
    """Those of the nearest."""

    def pairs(self, least: float) -> Iterable[tuple[int, int]]:
        """All pairs with at least so much, each both ways."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """What an engine finds."""

    rarities: Sequence[float]
    """Of each term."""
    nearest: _NearestRows
    alike: _Rows
    """With borrowed words."""
    matrices: Any = None
    """Of the native engine, for the next time."""


# -------------------------------------------------------------------------------------- weights


def rarity(count: int, total: int) -> float:
    """BM25's inverse document frequency: above zero even for what every article has."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def _rarities(shared: Sequence[int], total: int) -> list[float]:
    """Of each term from how many articles have it; 0 where it does not count, and where no other
    article has it."""
    most = min(MAX_SMALL_SHARE * total, max(MAX_ARTICLES, MAX_SHARE * total))
    known = {n: rarity(n, total) if 2 <= n <= most else 0.0 for n in set(shared)}
    return [known[count] for count in shared]


def _alone(counts: TermCounts, shared: Sequence[int]) -> list[float]:
    """Of each short article the square of its length in the terms that no other has.

    What it alone says makes it less like the others: a headline of ten words that shares one of
    them is not near on its account. Of a long one enough is shared.
    """
    single = rarity(1, len(counts)) ** 2
    found = [0.0] * len(counts)
    for number, (start, end) in enumerate(pairwise(counts.starts)):
        if end - start < SHORT_TERMS:
            row = zip(counts.terms[start:end], counts.counts[start:end], strict=True)
            own = (single * (1 + math.log(count)) ** 2 for term, count in row if shared[term] == 1)
            found[number] = math.fsum(own)
    return found


# ------------------------------------------------------------------------------------- engines


def _native(counts: TermCounts, earlier: _Compared | None) -> _Compared:
    from . import matrices

    shared = matrices.frequencies(counts)
    rarities = _rarities(shared, len(counts))
    last = earlier.matrices if earlier is not None else None
    found = matrices.compare(counts, rarities, _alone(counts, shared), last)
    return _Compared(rarities, matrices.Rows(found.nearest), matrices.Rows(found.alike), found)


def _python(counts: TermCounts) -> _Compared:
    found = Counter(counts.terms)
    shared = [found[term] for term in range(len(counts.names))]
    rarities = _rarities(shared, len(counts))
    lengths = _alone(counts, shared)
    rows = [_unit_vector(counts, n, rarities, lengths[n]) for n in range(len(counts))]
    nearest = _PlainRows(_symmetric(_nearest([row for row, _ in rows], len(rarities))))
    return _Compared(rarities, nearest, _BorrowedRows(nearest, [own for _, own in rows]))


class _PlainRows(list[dict[int, float]]):
    """Rows as they are."""

    def pairs(self, least: float) -> Iterator[tuple[int, int]]:
        """All pairs with at least so much."""
        for number, row in enumerate(self):
            yield from ((number, other) for other, cosine in row.items() if cosine >= least)


class _BorrowedRows:
    """The cosines of articles that borrow the words of their nearest, made when asked for."""

    def __init__(self, nearest: _PlainRows, selves: Sequence[float]) -> None:
        self._nearest = nearest
        self._selves = selves
        self._lenders = [_lenders(n, near) for n, near in enumerate(nearest)]
        self._borrowers = _inverse(self._lenders)
        self._norms = [self._norm(n) for n in range(len(nearest))]

    def __getitem__(self, number: int) -> dict[int, float]:
        row: dict[int, float] = defaultdict(float)
        for lender, share in self._lenders[number].items():
            row[lender] += share * self._selves[lender]
            for other, cosine in self._nearest[lender].items():
                row[other] += share * cosine
        found: dict[int, float] = defaultdict(float)
        for lender, cosine in row.items():
            for borrower, share in self._borrowers[lender].items():
                found[borrower] += share * cosine
        found.pop(number, None)
        norm, norms = self._norms[number], self._norms
        cosines = {other: total / norm / norms[other] for other, total in found.items()}
        return {other: cosine for other, cosine in cosines.items() if cosine >= CHANCE}

    def _norm(self, number: int) -> float:
        lenders = self._lenders[number]
        return math.sqrt(
            math.fsum(
                a * b * (self._selves[one] if one == other else self._nearest[one].get(other, 0.0))
                for one, a in lenders.items()
                for other, b in lenders.items()
            )
        )


def _lenders(number: int, near: Mapping[int, float]) -> dict[int, float]:
    """The article itself with its whole weight, and its nearest, who share one weight more;
    less where even they are not near."""
    best = heapq.nsmallest(LENDERS, near, key=lambda other: (-near[other], other))
    total = max(LENDING, math.fsum(near[other] for other in best))
    return {number: 1.0, **{other: near[other] / total for other in best}}


def _inverse(rows: Sequence[Mapping[int, float]]) -> list[dict[int, float]]:
    columns: list[dict[int, float]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        for other, value in row.items():
            columns[other][number] = value
    return columns


def _symmetric(rows: Sequence[Mapping[int, float]]) -> list[dict[int, float]]:
    """Nearness is mutual: who is among the nearest of another has the other among its own."""
    both = [dict(row) for row in rows]
    for number, row in enumerate(rows):
        for other, value in row.items():
            both[other][number] = value
    return both


def _nearest(rows: Sequence[Sequence[tuple[int, float]]], terms: int) -> list[dict[int, float]]:
    """Of each article the NEAREST by cosine, with postings."""
    postings: list[list[tuple[int, float]]] = [[] for _ in range(terms)]
    for number, row in enumerate(rows):
        for term, weight in row:
            postings[term].append((number, weight))
    found = []
    for number, row in enumerate(rows):
        sums: dict[int, float] = defaultdict(float)
        for term, weight in row:
            for other, other_weight in postings[term]:
                sums[other] += weight * other_weight
        found.append(_best(number, sums))
    return found


def _unit_vector(
    counts: TermCounts, number: int, rarities: Sequence[float], length: float
) -> tuple[list[tuple[int, float]], float]:
    """An article's heaviest terms with their weights, and its cosine to itself, which rounded
    weights make almost 1."""
    span = slice(counts.starts[number], counts.starts[number + 1])
    row = [
        ((1 + math.log(count)) * rarities[term], term)
        for term, count in zip(counts.terms[span], counts.counts[span], strict=True)
        if rarities[term]
    ]
    if len(row) > MAX_TERMS:
        row = heapq.nsmallest(MAX_TERMS, row, key=lambda pair: (-pair[0], pair[1]))
    # Without terms there is no length, and nothing in common with others.
    norm = math.sqrt(math.fsum(weight * weight for weight, _ in row) + length) or 1.0
    vector = [(term, round(weight / norm / QUANTUM) * QUANTUM) for weight, term in row]
    own = math.fsum(weight * weight for _, weight in vector) + length / norm / norm
    return vector, own or 1.0


def _best(number: int, cosines: dict[int, float]) -> dict[int, float]:
    """The NEAREST of an article; of equals those that come first."""
    cosines.pop(number, None)
    best = heapq.nsmallest(NEAREST, cosines, key=lambda other: (-cosines[other], other))
    return {other: cosines[other] for other in best}
