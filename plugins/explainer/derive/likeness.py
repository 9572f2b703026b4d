"""How alike articles are in their words: TF-IDF, cosine, and the words of the nearest.

An article is a bag of terms: the first six letters of each word (so "talk", "talks" and
"talking" need no list of endings of one language), pairs of words with capitals (names), and in
scripts without spaces every two neighbouring characters. A term weighs `(1 + ln count) * rarity`,
rarity being BM25's inverse document frequency (Robertson and Sparck Jones 1976), and articles are
compared by the cosine. Then each article borrows the words of the two that are nearest to it
(Tao, Wang, Mei and Zhai, "Language Model Information Retrieval with Document Expansion", 2006):
two reports of one event that chose other words are both near a third.

The work grows with the number of articles, not with its square: only the heaviest terms of an
article count, terms that very many share do not, and of each article only the nearest are kept.
With the extra `recommended` (sparse-dot-topn) the product is made in native code; the figures are
the same but for the last digits.
"""

from __future__ import annotations

import heapq
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import Final, Literal

from ..passages import UNSPACED

Engine = Literal["native", "python"]

TITLE_WEIGHT: Final = 3
LEAD_WEIGHT: Final = 2
LEAD_LENGTH: Final = 400
NAME_WEIGHT: Final = 2
STEM_LENGTH: Final = 6

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

_WORD: Final = re.compile(r"[^\W_]+")
_NAMES: Final = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)+")
_UNSPACED_RUN: Final = re.compile(f"[{UNSPACED}]+")


def has_native_engine() -> bool:
    """Whether the extra `recommended` is installed."""
    return find_spec("sparse_dot_topn") is not None


def count_terms(title: str, text: str) -> dict[str, int]:
    """The terms of an article and how much each counts: title and lead count more.

    Terms of one word are folded and cut; names are two folded words with a space between.
    """
    lead = text[:LEAD_LENGTH]
    terms = [*_words(title) * TITLE_WEIGHT, *_words(text), *_words(lead) * LEAD_WEIGHT]
    for run in _NAMES.findall(f"{title}. {text}"):
        words = run.casefold().split(" ")
        names = [f"{first} {second}" for first, second in pairwise(words)]
        terms += names * NAME_WEIGHT
    return Counter(terms)


def _words(text: str) -> list[str]:
    """The words, cut; of a script that writes without spaces every two neighbours."""
    pairs: list[str] = []
    if not text.isascii():
        for run in _UNSPACED_RUN.findall(text):
            pairs += [first + second for first, second in pairwise(run)]
        text = _UNSPACED_RUN.sub(" ", text)
    return [word[:STEM_LENGTH] for word in _WORD.findall(text.casefold())] + pairs


@dataclass(frozen=True, slots=True)
class _Counts:
    """Rows one after the other: of article n, terms[starts[n]:starts[n + 1]] and their counts."""

    starts: array[int]
    terms: array[int]
    counts: array[int]
    rarities: Sequence[float]
    """Of each term; 0 where it does not count, and where no other article has it."""
    lengths: Sequence[float]
    """Of each short article the square of its length in the terms that no other has."""
    numbers: Mapping[str, int]
    """Of each term its number."""

    def __len__(self) -> int:
        return len(self.starts) - 1


class Likeness:
    """Who is near whom by words. Made once from all articles, whose numbers are their order."""

    def __init__(
        self, articles: Iterable[Mapping[str, int]], *, engine: Engine | None = None
    ) -> None:
        """Take the terms of each article, as `count_terms` gives them; they are not kept.

        `engine` is "native" where that is installed, if it is not said.
        """
        nearest = _native_nearest if _is_native(engine) else _python_nearest
        counts = _count(articles)
        self._terms, self._rarities = counts.numbers, counts.rarities
        self.nearest: Sequence[Mapping[int, float]] = _symmetric(nearest(counts))
        """Of each article those nearest by its own words, with the cosine."""
        self._lenders = [_lenders(n, near) for n, near in enumerate(self.nearest)]
        self._borrowers = _inverse(self._lenders)
        self._norms = [self._norm(n) for n in range(len(self.nearest))]

    def alike(self, number: int) -> dict[int, float]:
        """The articles near one by words and borrowed words, with the cosine, above 0 to 1."""
        row: dict[int, float] = defaultdict(float)
        for lender, share in self._lenders[number].items():
            row[lender] += share
            for other, cosine in self.nearest[lender].items():
                row[other] += share * cosine
        found: dict[int, float] = defaultdict(float)
        for lender, cosine in row.items():
            for borrower, share in self._borrowers[lender].items():
                found[borrower] += share * cosine
        found.pop(number, None)
        norm = self._norms[number]
        return {other: total / norm / self._norms[other] for other, total in found.items()}

    def rarest(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Those of the terms that count, the rarest first, equals in alphabetical order."""
        known = {t: self._rarities[self._terms[t]] for t in terms if t in self._terms}
        return tuple(sorted((t for t in known if known[t]), key=lambda t: (-known[t], t)))

    def _norm(self, number: int) -> float:
        lenders = self._lenders[number]
        return math.sqrt(
            math.fsum(
                a * b * (1.0 if one == other else self.nearest[one].get(other, 0.0))
                for one, a in lenders.items()
                for other, b in lenders.items()
            )
        )


def _is_native(engine: Engine | None) -> bool:
    return engine == "native" or (engine is None and has_native_engine())


def _lenders(number: int, near: Mapping[int, float]) -> dict[int, float]:
    """The article itself with its whole weight, and its nearest, who share one weight more;
    less where even they are not near."""
    best = heapq.nsmallest(LENDERS, near, key=lambda other: (-round(near[other], 9), other))
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


# -------------------------------------------------------------------------------------- weights


def rarity(count: int, total: int) -> float:
    """BM25's inverse document frequency: above zero even for what every article has."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def _count(articles: Iterable[Mapping[str, int]]) -> _Counts:
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    starts, terms, values = array("l", [0]), array("l"), array("l")
    for counts in articles:
        terms.extend(map(numbers.__getitem__, counts))
        values.extend(counts.values())
        starts.append(len(terms))
    total = len(starts) - 1
    most = min(MAX_SMALL_SHARE * total, max(MAX_ARTICLES, MAX_SHARE * total))
    shared = Counter(terms)
    rarities = [0.0] * len(numbers)
    for term, count in shared.items():
        if 2 <= count <= most:
            rarities[term] = rarity(count, total)
    numbers.default_factory = None
    return _Counts(starts, terms, values, rarities, _alone(starts, terms, values, shared), numbers)


def _alone(
    starts: array[int], terms: array[int], values: array[int], shared: Mapping[int, int]
) -> list[float]:
    """What a short article alone says makes it less like the others: a headline of ten words that
    shares one of them is not near on its account. Of a long one enough is shared."""
    single = rarity(1, len(starts) - 1) ** 2
    found = []
    for start, end in pairwise(starts):
        if end - start >= SHORT_TERMS:
            found.append(0.0)
            continue
        own = (
            v for t, v in zip(terms[start:end], values[start:end], strict=True) if shared[t] == 1
        )
        found.append(math.fsum(single * (1 + math.log(value)) ** 2 for value in own))
    return found


# ------------------------------------------------------------------------------------- engines


def _python_nearest(counts: _Counts) -> list[dict[int, float]]:
    """Of each article the NEAREST by cosine, with postings in plain Python."""
    postings: list[list[tuple[int, float]]] = [[] for _ in counts.rarities]
    rows = [_unit_vector(counts, number) for number in range(len(counts))]
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


def _unit_vector(counts: _Counts, number: int) -> list[tuple[int, float]]:
    span = slice(counts.starts[number], counts.starts[number + 1])
    row = [
        ((1 + math.log(count)) * counts.rarities[term], term)
        for term, count in zip(counts.terms[span], counts.counts[span], strict=True)
        if counts.rarities[term]
    ]
    if len(row) > MAX_TERMS:
        row = heapq.nsmallest(MAX_TERMS, row, key=lambda pair: (-pair[0], pair[1]))
    norm = math.sqrt(math.fsum(weight * weight for weight, _ in row) + counts.lengths[number])
    return [(term, weight / norm) for weight, term in row]


def _best(number: int, cosines: dict[int, float]) -> dict[int, float]:
    """The NEAREST of an article; of equals those that come first."""
    cosines.pop(number, None)
    if len(cosines) > NEAREST:
        least = heapq.nlargest(NEAREST, cosines.values())[-1] - 1e-8
        cosines = {other: cosine for other, cosine in cosines.items() if cosine >= least}
    ranked = sorted((-round(cosine, 9), other) for other, cosine in cosines.items())
    return {other: cosines[other] for _, other in ranked[:NEAREST]}


def _native_nearest(counts: _Counts) -> list[dict[int, float]]:
    """The same with sparse-dot-topn, which holds no more than the nearest of each row."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    if not counts.terms:
        return [{} for _ in range(len(counts))]
    terms = np.asarray(counts.terms, dtype=np.int32)
    weights = (1 + np.log(np.asarray(counts.counts, dtype=np.float64))) * np.asarray(
        counts.rarities
    )[terms]
    for number in range(len(counts)):
        row = weights[counts.starts[number] : counts.starts[number + 1]]
        if len(row) > MAX_TERMS:
            # By weight, then by the term's number: the same that plain Python keeps.
            first = terms[counts.starts[number] : counts.starts[number + 1]]
            row[np.lexsort((first, -row))[MAX_TERMS:]] = 0
    starts = np.asarray(counts.starts, dtype=np.int32)
    matrix = csr_matrix((weights, terms, starts), shape=(len(counts), len(counts.rarities)))
    matrix.eliminate_zeros()
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    norms = np.sqrt(squares + np.asarray(counts.lengths))
    matrix.data /= np.repeat(norms, np.diff(matrix.indptr))
    product = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=NEAREST + 1, threshold=0.0)
    found = []
    for number in range(len(counts)):
        span = slice(product.indptr[number], product.indptr[number + 1])
        others, cosines = product.indices[span].tolist(), product.data[span].tolist()
        found.append(_best(number, dict(zip(others, cosines, strict=True))))
    return found
