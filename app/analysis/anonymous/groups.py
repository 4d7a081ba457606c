"""k-anonymity by local recoding: what makes a group of fewer than k firms is told more coarsely, step by step.

Sweeney, L. (2002), k-anonymity, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10(5). A group is
formed among those told just as coarsely, so that no group of the result has fewer than k.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
ANY = "*"  # what is not told
QUASI = ("waves", "sector", "size", "township")
"""By what a neighbour may know a firm: when it answered, what it does, how large it is and where it stands."""
FULL, NO_TOWNSHIP, NO_SIZE, BROAD, LEFT_OUT = range(5)


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """`told` (n, QUASI) as it may be told of each firm; `step` (n,) how coarsely, LEFT_OUT not at all."""

    told: pd.DataFrame
    step: Ints


def grouped(known: pd.DataFrame, broad: pd.Series, k: int) -> Grouped:
    """Return what may be told of firms `known` (n, QUASI of texts) so that at least `k` of them are told alike.

    `broad` (n,) is the broader group of each firm's sector.
    """
    told = known[list(QUASI)].reset_index(drop=True).copy()
    step = np.full(len(told), FULL, dtype=np.int64)
    open_ = np.ones(len(told), dtype=bool)
    for at in (FULL, NO_TOWNSHIP, NO_SIZE, BROAD):
        _coarsen(told, open_, at, broad)
        step[open_] = at
        sizes = told[open_].groupby(list(QUASI), observed=True)["waves"].transform("size")
        open_[np.flatnonzero(open_)[(sizes >= k).to_numpy()]] = False
    step[open_] = LEFT_OUT
    return Grouped(told, step)


def _coarsen(told: pd.DataFrame, rows: npt.NDArray[np.bool_], step: int, broad: pd.Series) -> None:
    if step == NO_TOWNSHIP:
        told.loc[rows, "township"] = ANY
    elif step == NO_SIZE:
        told.loc[rows, "size"] = ANY
    elif step == BROAD:
        told.loc[rows, "sector"] = broad.to_numpy()[rows]
