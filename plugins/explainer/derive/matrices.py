"""The likeness of articles made with sparse matrices: what `likeness.py` does in plain Python.

Only with the extra `recommended`: numpy, scipy and sparse-dot-topn, which holds no more than the
nearest of each row of a product.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from .terms import TermCounts

Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]


class Rows:
    """A sparse matrix of cosines, read row by row."""

    def __init__(self, matrix: Any) -> None:
        self.matrix = matrix
        self._starts = matrix.indptr.tolist()

    def __getitem__(self, number: int) -> Mapping[int, float]:
        span = slice(self._starts[number], self._starts[number + 1])
        others, cosines = self.matrix.indices[span], self.matrix.data[span]
        return dict(zip(others.tolist(), cosines.tolist(), strict=True))

    def pairs(self, least: float) -> list[tuple[int, int]]:
        """Where the matrix has at least so much."""
        places = np.flatnonzero(self.matrix.data >= least)
        rows = np.searchsorted(self.matrix.indptr, places, side="right") - 1
        return list(zip(rows.tolist(), self.matrix.indices[places].tolist(), strict=True))


def frequencies(counts: TermCounts) -> list[int]:
    """Of each term how many texts have it."""
    found = np.bincount(np.asarray(counts.terms, dtype=np.int32), minlength=len(counts.names))
    numbers: list[int] = found.tolist()
    return numbers


def unit_vectors(counts: TermCounts, rarities: list[float], lengths: list[float], most: int) -> Any:
    """A row of length 1 for each article, of its `most` heaviest terms."""
    terms: Numbers = np.asarray(counts.terms, dtype=np.int32)
    starts: Numbers = np.asarray(counts.starts, dtype=np.int32)
    weights: Floats = 1 + np.log(np.asarray(counts.counts, dtype=np.float64))
    weights *= np.asarray(rarities, dtype=np.float64)[terms]
    ends = starts.tolist()
    for number in np.flatnonzero(np.diff(starts) > most).tolist():
        span = slice(ends[number], ends[number + 1])
        _keep_heaviest(weights[span], terms[span], most)
    # A copy, since what is 0 is then taken out in place.
    parts = (weights, terms.copy(), starts.copy())
    matrix = csr_matrix(parts, shape=(len(counts), len(rarities)))
    matrix.eliminate_zeros()
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    norms = np.sqrt(squares + np.asarray(lengths))
    matrix.data /= np.repeat(norms, np.diff(matrix.indptr))
    return matrix


def _keep_heaviest(weights: Floats, terms: Numbers, most: int) -> None:
    """Set the weights of all but the heaviest to 0; of equals those with the first numbers stay."""
    least = np.partition(weights, -most)[-most]
    if least == 0:
        return
    weights[weights < least] = 0
    over = np.count_nonzero(weights) - most
    if over:
        equals = np.flatnonzero(weights == least)
        weights[equals[np.argsort(terms[equals])[-over:]]] = 0


def nearest_rows(vectors: Any, count: int) -> Any:
    """Of each row the `count` others nearest by cosine, and whose nearest it is itself.

    Of equals those that come first.
    """
    size = vectors.shape[0]
    product = sp_matmul_topn(vectors, vectors.T.tocsr(), top_n=count + 1, threshold=0.0)
    rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(product.indptr))
    others = rows != product.indices
    rows, columns, cosines = rows[others], product.indices[others], product.data[others]
    # Where a row itself was not among its nearest, as there are as many with the same text.
    full = np.flatnonzero(np.bincount(rows, minlength=size) > count)
    dropped = [_last(columns, cosines, np.flatnonzero(rows == row), count) for row in full]
    if dropped:
        rows, columns, cosines = (
            np.delete(part, np.concatenate(dropped)) for part in (rows, columns, cosines)
        )
    one_way = csr_matrix((cosines, (rows, columns)), shape=(size, size))
    return one_way.maximum(one_way.T).tocsr()


def _last(columns: Numbers, cosines: Floats, places: NDArray[np.int64], count: int) -> Any:
    order = np.lexsort((columns[places], -np.round(cosines[places], 9)))
    return places[order[count:]]


def borrowed_rows(nearest: Any, lenders: int, lending: float, least: float) -> Any:
    """The cosines, from `least` on, of rows that borrow the words of their nearest."""
    size = nearest.shape[0]
    lent = _lent(nearest, lenders, lending)
    one = csr_matrix((np.ones(size), (range(size), range(size))), shape=(size, size))
    product = (lent @ (nearest + one) @ lent.T).tocsr()
    norms = np.sqrt(product.diagonal())
    rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(product.indptr))
    product.data /= norms[rows]
    product.data /= norms[product.indices]
    product.data[(rows == product.indices) | (product.data < least)] = 0
    product.eliminate_zeros()
    return product


def _lent(nearest: Any, lenders: int, lending: float) -> Any:
    """Each row itself with its whole weight, and its nearest, who share one weight more; less
    where even they are not near."""
    size = nearest.shape[0]
    rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(nearest.indptr))
    order = np.lexsort((nearest.indices, -np.round(nearest.data, 9), rows))
    places = np.arange(len(rows)) - nearest.indptr[rows]
    best = order[places < lenders]
    near, cosines = rows[best], nearest.data[best]
    totals = np.maximum(lending, np.bincount(near, cosines, minlength=size))
    own = np.arange(size, dtype=np.int32)
    return csr_matrix(
        (
            np.concatenate([np.ones(size), cosines / totals[near]]),
            (np.concatenate([own, near]), np.concatenate([own, nearest.indices[best]])),
        ),
        shape=(size, size),
    )
