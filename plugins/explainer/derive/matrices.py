"""The likeness of articles made with sparse matrices: what `likeness.py` does in plain Python.

Only with the extra `recommended`: numpy, scipy and sparse-dot-topn, which holds no more than the
nearest of each row of a product. That product is most of the work, so that of an earlier
comparison all is kept that has not changed. The result is the same, to the last digit: weights are
rounded so that their sums are exact in whatever order they are made.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array
from sparse_dot_topn import sp_matmul_topn

from .likeness import CHANCE, LENDERS, LENDING, MAX_TERMS, NEAREST, QUANTUM
from .terms import TermCounts

Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]

#: Where more than this part of all rows has changed, the product is made anew.
MAX_CHANGED: Final = 0.1


@dataclass(frozen=True, slots=True)
class Lists:
    """Of each row those nearest to it: sorted by row, then by cosine, then by number."""

    rows: Numbers
    others: Numbers
    cosines: Floats

    def where(self, mask: Any) -> Lists:
        """Those of a mask or of places."""
        return Lists(self.rows[mask], self.others[mask], self.cosines[mask])


@dataclass(frozen=True, slots=True)
class Compared:
    """Articles compared by their words, and what the next comparison may take over."""

    counts: TermCounts
    rarities: Sequence[float]
    lengths: Sequence[float]
    ties: Mapping[int, bytes]
    """Of rows where not all terms of the least weight are among the heaviest, which ones are."""
    lists: Lists
    nearest: Any
    alike: Any


class Rows:
    """A sparse matrix of cosines, read row by row."""

    def __init__(self, matrix: Any) -> None:
        self._matrix = matrix
        self._starts = matrix.indptr.tolist()

    def __getitem__(self, number: int) -> Mapping[int, float]:
        span = slice(self._starts[number], self._starts[number + 1])
        others, cosines = self._matrix.indices[span], self._matrix.data[span]
        return dict(zip(others.tolist(), cosines.tolist(), strict=True))

    def pairs(self, least: float) -> list[tuple[int, int]]:
        """Where the matrix has at least so much."""
        places = np.flatnonzero(self._matrix.data >= least)
        rows = np.searchsorted(self._matrix.indptr, places, side="right") - 1
        return list(zip(rows.tolist(), self._matrix.indices[places].tolist(), strict=True))


def frequencies(counts: TermCounts) -> list[int]:
    """Of each term how many texts have it."""
    found = np.bincount(np.asarray(counts.terms, dtype=np.int32), minlength=len(counts.names))
    numbers: list[int] = found.tolist()
    return numbers


def compare(
    counts: TermCounts,
    rarities: Sequence[float],
    lengths: Sequence[float],
    earlier: Compared | None = None,
) -> Compared:
    """Compare all articles; what `earlier` has of them is taken from there."""
    vectors, ties, selves = _unit_vectors(counts, rarities, lengths)
    known = None if earlier is None else _known_rows(counts, rarities, lengths, ties, earlier)
    if earlier is None or known is None:
        lists = _best(vectors, vectors.T.tocsr(), np.arange(len(counts)))
    else:
        lists = _with_earlier(vectors, earlier, known)
    size = (len(counts), len(counts))
    one_way = csr_matrix((lists.cosines, (lists.rows, lists.others)), shape=size)
    # Nearness is mutual: who is among the nearest of another has the other among its own.
    nearest = one_way.maximum(one_way.T).tocsr()
    return Compared(counts, rarities, lengths, ties, lists, nearest, _borrowed(nearest, selves))


def same_rows(one: Compared, other: Compared) -> list[bool]:
    """Of each article whether both say the same of it, where both are of equally many."""
    same = _same(one.nearest, other.nearest) & _same(one.alike, other.alike)
    found: list[bool] = same.tolist()
    return found


def _same(one: Any, other: Any) -> NDArray[np.bool_]:
    lengths = np.diff(one.indptr)
    same: NDArray[np.bool_] = lengths == np.diff(other.indptr)
    ours, theirs = np.repeat(same, lengths), np.repeat(same, np.diff(other.indptr))
    differ = one.indices[ours] != other.indices[theirs]
    differ |= one.data[ours] != other.data[theirs]
    rows = np.repeat(np.arange(len(same)), lengths)[ours]
    same[rows[differ]] = False
    return same


# -------------------------------------------------------------------------------------- vectors


def _unit_vectors(
    counts: TermCounts, rarities: Sequence[float], lengths: Sequence[float]
) -> tuple[Any, dict[int, bytes], Floats]:
    """A row of length 1 for each article, of its heaviest terms; the ties among them; and the
    cosine of each row to itself, which rounded weights make almost 1."""
    terms: Numbers = np.asarray(counts.terms, dtype=np.int32)
    starts: Numbers = np.asarray(counts.starts, dtype=np.int32)
    values: Numbers = np.asarray(counts.counts, dtype=np.int32)
    most = int(values.max(initial=0))
    factors = np.array([0.0, *(1 + math.log(count) for count in range(1, most + 1))])
    weights: Floats = factors[values] * np.asarray(rarities, dtype=np.float64)[terms]
    ends = starts.tolist()
    ties = {}
    heavy = np.diff(np.concatenate([[0], np.cumsum(weights != 0)])[starts])
    for number in np.flatnonzero(heavy > MAX_TERMS).tolist():
        span = slice(ends[number], ends[number + 1])
        tie = _keep_heaviest(weights[span], terms[span])
        if tie:
            ties[number] = tie
    # Copies, since what is 0 is then taken out in place.
    parts = (weights, terms.copy(), starts.copy())
    matrix = csr_matrix(parts, shape=(len(counts), len(rarities)))
    matrix.eliminate_zeros()
    norms = np.sqrt(_squares(matrix) + np.asarray(lengths))
    matrix.data = np.rint(matrix.data / np.repeat(norms, np.diff(matrix.indptr)) / QUANTUM)
    matrix.data *= QUANTUM
    norms[norms == 0] = 1
    selves = _squares(matrix) + np.asarray(lengths) / norms / norms
    selves[selves == 0] = 1  # no terms, and none in common with others
    return matrix, ties, selves


def _squares(matrix: Any) -> Floats:
    squares: Floats = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    return squares


def _keep_heaviest(weights: Floats, terms: Numbers) -> bytes:
    """Set the weights of all but the heaviest to 0; of equals those with the first numbers stay.

    Gives the places of those that stayed, where others did not.
    """
    least = np.partition(weights, -MAX_TERMS)[-MAX_TERMS]
    weights[weights < least] = 0
    over = np.count_nonzero(weights) - MAX_TERMS
    if not over:
        return b""
    equals = np.flatnonzero(weights == least)
    weights[equals[np.argsort(terms[equals])[-over:]]] = 0
    return np.flatnonzero(weights == least).astype(np.int32).tobytes()


# -------------------------------------------------------------------------------------- nearest


def _best(vectors: Any, columns: Any, rows: Places) -> Lists:
    """Of each of the rows the NEAREST others by cosine; of equals those that come first."""
    # One more than the row itself and its nearest tells whether the last has equals.
    product = sp_matmul_topn(vectors[rows], columns, top_n=NEAREST + 2, threshold=0.0)
    found = _sorted(_lists(product, rows))
    places = _places(found.rows)
    last = np.flatnonzero(places == NEAREST)
    equals = found.cosines[last] == found.cosines[last - 1]
    doubtful = np.unique(found.rows[last[equals]])
    clear = found.where((places < NEAREST) & ~np.isin(found.rows, doubtful))
    if not len(doubtful):
        return clear
    whole = _sorted(_lists(vectors[doubtful] @ columns, doubtful))
    return _joined(clear, whole.where(_places(whole.rows) < NEAREST))


def _lists(product: Any, rows: Places) -> Lists:
    """A product of some rows with all, without those rows themselves."""
    owners = np.repeat(rows, np.diff(product.indptr)).astype(np.int32)
    return Lists(owners, product.indices, product.data).where(owners != product.indices)


def _sorted(lists: Lists) -> Lists:
    return lists.where(np.lexsort((lists.others, -lists.cosines, lists.rows)))


def _joined(*parts: Lists) -> Lists:
    """Lists of different rows as one."""
    rows = np.concatenate([part.rows for part in parts])
    others = np.concatenate([part.others for part in parts])
    cosines = np.concatenate([part.cosines for part in parts])
    return Lists(rows, others, cosines).where(np.argsort(rows, kind="stable"))


def _places(rows: Numbers) -> Places:
    """Of each entry its place in its row, from 0."""
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    lengths = np.diff(np.append(first, len(rows)))
    return np.arange(len(rows)) - np.repeat(first, lengths)


# -------------------------------------------------------------------------------------- earlier


def _known_rows(
    counts: TermCounts,
    rarities: Sequence[float],
    lengths: Sequence[float],
    ties: Mapping[int, bytes],
    earlier: Compared,
) -> Numbers | None:
    """Of each row of `earlier` the number that it has now, where its vector is the same, else -1.

    None where that is of no use: too many have changed, or are in another order.
    """
    left = {key: row for row, key in enumerate(earlier.counts.keys)}
    pairs = [(left.pop(key), row) for row, key in enumerate(counts.keys) if key in left]
    before, now = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    if np.any(np.diff(before) < 0):
        return None
    old = np.zeros(len(earlier.counts), dtype=bool)
    old[before] = True
    new = np.zeros(len(counts), dtype=bool)
    new[now] = True
    # The same texts in the same order: so the terms of both stand side by side.
    differ = _of_each_term(earlier.counts, earlier.rarities, old) != _of_each_term(
        counts, rarities, new
    )
    lengths_now = np.diff(np.asarray(counts.starts))[now]
    same = np.ones(len(now), dtype=bool)
    same[np.repeat(np.arange(len(now)), lengths_now)[differ]] = False
    same &= np.array([earlier.ties.get(a) == ties.get(b) for a, b in pairs], dtype=bool)
    same &= np.asarray(earlier.lengths)[before] == np.asarray(lengths)[now]
    if np.count_nonzero(same) < (1 - MAX_CHANGED) * len(counts):
        return None
    numbers = np.full(len(earlier.counts), -1, dtype=np.int32)
    numbers[before[same]] = now[same]
    return numbers


def _of_each_term(counts: TermCounts, rarities: Sequence[float], rows: NDArray[np.bool_]) -> Floats:
    """The rarities of the terms of some rows, one after the other."""
    terms = np.asarray(counts.terms, dtype=np.int32)
    chosen = terms[np.repeat(rows, np.diff(np.asarray(counts.starts)))]
    return np.asarray(rarities, dtype=np.float64)[chosen]


def _with_earlier(vectors: Any, earlier: Compared, numbers: Numbers) -> Lists:
    """The lists of all rows, of which only those are made anew that may be others now.

    What stands in no earlier list of a row is behind the last that does: so a list is right where
    as many come in before that last one as have gone.
    """
    size = vectors.shape[0]
    columns = vectors.T.tocsr()
    changed = np.setdiff1d(np.arange(size), numbers)
    old = earlier.lists
    old = Lists(numbers[old.rows], numbers[old.others], old.cosines).where(numbers[old.rows] >= 0)
    length = np.bincount(old.rows, minlength=size)
    last_cosine, last_other = np.zeros(size), np.full(size, size)
    ends = np.flatnonzero(np.diff(old.rows, append=-1))
    ends = ends[length[old.rows[ends]] == NEAREST]
    last_cosine[old.rows[ends]] = old.cosines[ends]
    # One that has gone may have been the last: then an equal must not come in for certain.
    last_other[old.rows[ends]] = old.others[ends]
    new = _lists(vectors[changed] @ columns, changed)
    new = Lists(new.others, new.rows, new.cosines)
    ahead = (new.cosines > last_cosine[new.rows]) | (
        (new.cosines == last_cosine[new.rows]) & (new.others <= last_other[new.rows])
    )
    new = new.where(ahead & ~np.isin(new.rows, changed))
    kept = old.where(old.others >= 0)
    gone = length - np.bincount(kept.rows, minlength=size)
    come = np.bincount(new.rows, minlength=size)
    short = np.flatnonzero((come < gone) & (length == NEAREST))
    again = np.union1d(changed, short)
    touched = np.setdiff1d(new.rows, again)
    mixed = _sorted(
        Lists(
            np.concatenate([kept.rows, new.rows]),
            np.concatenate([kept.others, new.others]),
            np.concatenate([kept.cosines, new.cosines]),
        ).where(np.isin(np.concatenate([kept.rows, new.rows]), touched))
    )
    mixed = mixed.where(_places(mixed.rows) < NEAREST)
    untouched = kept.where(~np.isin(kept.rows, np.union1d(touched, again)))
    return _joined(untouched, mixed, _best(vectors, columns, again))


# ------------------------------------------------------------------------------- borrowed words


def _borrowed(nearest: Any, selves: Floats) -> Any:
    """The cosines, from CHANCE on, of rows that borrow the words of their nearest."""
    size = nearest.shape[0]
    lent = _lent(nearest)
    product = (lent @ (nearest + diags_array(selves, format="csr")) @ lent.T).tocsr()
    norms = np.sqrt(product.diagonal())
    rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(product.indptr))
    product.data /= norms[rows]
    product.data /= norms[product.indices]
    product.data[(rows == product.indices) | (product.data < CHANCE)] = 0
    product.eliminate_zeros()
    return product


def _lent(nearest: Any) -> Any:
    """Each row itself with its whole weight, and its nearest, who share one weight more; less
    where even they are not near."""
    size = nearest.shape[0]
    rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(nearest.indptr))
    lists = _sorted(Lists(rows, nearest.indices, nearest.data))
    lists = lists.where(_places(lists.rows) < LENDERS)
    totals = np.maximum(LENDING, np.bincount(lists.rows, lists.cosines, minlength=size))
    own = np.arange(size, dtype=np.int32)
    shares = np.concatenate([np.ones(size), lists.cosines / totals[lists.rows]])
    places = (np.concatenate([own, lists.rows]), np.concatenate([own, lists.others]))
    return csr_matrix((shares, places), shape=(size, size))
