"""Relations as a sparse matrix, and the cells they link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.disclosure.problem import Bools, Relation

Places = npt.NDArray[np.int64]


def matrix_of(relations: Sequence[Relation], size: int) -> Any:
    """Return the relations as a sparse matrix by rows, (relations, size)."""
    import scipy.sparse as sparse

    sizes = [len(relation.cells) for relation in relations]
    row = np.repeat(np.arange(len(sizes)), sizes)
    column = np.array([cell for relation in relations for cell in relation.cells], dtype=np.int64)
    entry = np.array([number for relation in relations for number in relation.coefficients], dtype=np.float64)
    return sparse.csr_matrix((entry, (row, column)), shape=(len(sizes), size))


def groups(matrix: Any, among: Bools) -> Iterator[Places]:
    """Yield the cells `among` (n,) in groups that no relation of `matrix` links, the relations' other cells left out."""
    from scipy.sparse.csgraph import connected_components

    own = np.flatnonzero(among)
    if not len(own):
        return
    some = abs(matrix[:, own])
    count, of = connected_components(some.T @ some, directed=False)
    for group in range(count):
        yield own[of == group]


def firms_alone(relations: Sequence[Relation], alone: Bools) -> Places:
    """Return a number for the firm behind each cell that rests on one firm, −1 for other cells (n,).

    A sum of one firm and the part of it that is of one firm rest on the same.
    """
    found = np.where(alone, np.arange(len(alone)), -1)
    for whole, part in _same(relations, alone):
        found[found == found[whole]] = found[part]
    return found


def _same(relations: Sequence[Relation], alone: Bools) -> Iterator[tuple[int, int]]:
    """Yield pairs of cells of one firm each, the second a part of the first."""
    for relation in relations:
        signs = np.sign(relation.coefficients)
        single = [cell for cell, sign in zip(relation.cells, signs, strict=True) if (signs == sign).sum() == 1]
        parts = [cell for cell in relation.cells if alone[cell]]
        for whole in single:
            if alone[whole] and len(parts) == 2:
                yield whole, next(cell for cell in parts if cell != whole)
