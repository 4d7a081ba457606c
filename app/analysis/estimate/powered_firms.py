"""The firms of a wave as the prediction-powered estimate needs them: who speaks for whom, and how far a model is trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.estimate.powered_shares import Floats, Ints, trust, visited
from app.domain.estimate import Method

LEAST_FOR_MODEL = 30  # drawn firms, below which nobody can tell how far to trust a model
NO_MODEL, FEW_FOR_MODEL, NO_HELP = "powered.no_model", "powered.few_for_model", "powered.no_help"
_LAST = "\U0010ffff"  # sorts the unknown sector behind all others

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Firms:
    """N firms by sector: `names` (H,), `group` (N,) places in them. `rows` (u,) are the assessed firms that count, `hits`
    (u, 2k − 1) 1 where their level is the second or above, … the last, then where it is the first, … the last; `predicted`
    (N, 2k − 1) the same from the model, as far as it is trusted.

    `drawn` firms speak for all that are not `certain`; `method` and `reason` say whether predictions are used, and why not.
    """

    names: tuple[str, ...]
    group: Ints
    rows: Ints
    hits: Floats
    predicted: Floats
    drawn: Bools
    certain: Bools
    probability: Floats
    method: Method
    reason: str


def firms_of(sectors: npt.NDArray[np.object_], levels: Ints, probability: Floats, chances: Floats | None, count: int) -> Firms:
    """Return the firms of a population (its fields as in `powered.Population`) with `count` levels.

    A prediction that is missing is the mean of those of its sector, else of all. Trust in the model is one factor for each
    "level or above" (`powered_shares.trust`), so that shares at a level are differences of shares at a level or above.
    """
    names, group = np.unique(np.array([str(sector) or _LAST for sector in sectors], dtype=np.str_), return_inverse=True)
    used = (levels >= 0) & np.isfinite(probability)
    certain = used & (probability >= 1 - 1e-9)
    drawn = used & ~certain
    rows = np.flatnonzero(used)
    reached = (levels[rows, None] >= np.arange(1, count)).astype(np.float64)
    reach, method, reason = np.zeros((len(levels), count - 1)), Method.LABELLED, NO_MODEL
    if chances is not None and np.isfinite(chances).all(axis=1).any():
        reason = FEW_FOR_MODEL
        if drawn.sum() >= LEAST_FOR_MODEL:
            reach = _reach(chances, group)
            visits = visited(group[drawn], probability[drawn], len(names))
            trusted = trust(visits, reached[drawn[rows]], reach[drawn])
            reach = reach * trusted
            method, reason = (Method.PPI, "") if trusted.any() else (Method.LABELLED, NO_HELP)
    return Firms(
        names=tuple("" if name == _LAST else str(name) for name in names),
        group=group.astype(np.int64),
        rows=rows,
        hits=_with_levels(reached, 1.0),
        predicted=_with_levels(reach, 0.0),
        drawn=drawn,
        certain=certain,
        probability=probability,
        method=method,
        reason=reason,
    )


def _with_levels(above: Floats, lowest: float) -> Floats:
    """Return (N, k − 1) shares at a level or above, and beside them the k shares at each level, (N, 2k − 1).

    `lowest` is what stands at the lowest level or above: 1 for a firm; 0 for a prediction, whose constants cancel.
    """
    edges = np.hstack([np.full((len(above), 1), lowest), above, np.zeros((len(above), 1))])
    return np.hstack([above, edges[:, :-1] - edges[:, 1:]])


def _reach(chances: Floats, group: Ints) -> Floats:
    """Return the chance of each level or above from the second on, (N, k − 1), with means where it is missing."""
    reach: Floats = np.cumsum(chances[:, ::-1], axis=1)[:, ::-1][:, 1:]
    known: Bools = np.asarray(np.isfinite(chances).all(axis=1))
    if known.all():
        return reach
    count = np.bincount(group[known], minlength=int(group.max()) + 1)
    sums = np.stack([np.bincount(group[known], column[known], minlength=len(count)) for column in reach.T], axis=1)
    means = np.where(count[:, None] > 0, sums / np.maximum(count, 1)[:, None], reach[known].mean(axis=0))
    filled: Floats = np.where(known[:, None], reach, means[group])
    return filled
