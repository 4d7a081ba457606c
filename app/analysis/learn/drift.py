"""How far the firms of a wave have moved from the firms learnt from, predictor by predictor.

Population stability index Σ (p − q) ln(p / q) over bins; 0.1 watch and 0.25 stop are custom (Siddiqi, N., 2006, Credit Risk
Scorecards, ch. 9). With few firms an index of 0.1 comes by chance, so it must also pass its 95 % bound under no drift, which is
that of (1/n + 1/m) χ² (Yurdakul, B. & Naranjo, J., 2020, Journal of Risk Model Validation 14).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.analysis.estimate.wilson import kish_size
from app.analysis.learn.metrics import Floats
from app.analysis.learn.table import Columns, Singles
from app.domain.learning import Drift

WATCH, STOP = 0.1, 0.25
_BINS = 10
_RAREST = 0.02  # a bin with less of the firms learnt from is joined with other rare ones

Bools = npt.NDArray[np.bool_]


def drift(
    taught: Singles, wave: Singles, columns: Columns, unseen: dict[str, float], weights: Floats | None = None
) -> tuple[Drift, ...]:
    """Return the drift of each predictor, the largest first; `unseen` shares of firms whose answer nobody learnt from gave.

    `weights` (n,) of the firms learnt from undo the way they were drawn.
    The rubric's level is no predictor of the plain model and is left out.
    """
    found, weights = [], np.ones(len(taught)) if weights is None else weights
    for place, name in enumerate(columns.names):
        if place != columns.rubric and not name.endswith("|blank"):
            index, by_chance = _index(taught[:, place], weights, wave[:, place])
            found.append(Drift(name, index, _state(index, by_chance), unseen.get(name, 0.0)))
    return tuple(sorted(found, key=lambda one: (-one.psi, one.feature)))


def _state(index: float, by_chance: float) -> str:
    if index < WATCH or index <= by_chance:
        return "ok"
    return "watch" if index < STOP else "stop"


def _index(before: npt.NDArray[np.float32], weights: Floats, after: npt.NDArray[np.float32]) -> tuple[float, float]:
    """Return the index and what chance alone would pass once in twenty times."""
    from scipy.stats import chi2

    edges = _edges(before)
    worth = kish_size(float(weights.sum()), float(np.square(weights).sum()))
    counts = _counts(before, edges, weights) * worth / max(weights.sum(), 1e-9)
    rare = counts < _RAREST * counts.sum()
    first, second = _joined(counts, rare), _joined(_counts(after, edges, np.ones(len(after))), rare)
    p, q = (first + 0.5) / (first + 0.5).sum(), (second + 0.5) / (second + 0.5).sum()
    bound = (1 / max(worth, 1.0) + 1 / max(len(after), 1)) * chi2.ppf(0.95, max(len(first) - 1, 1))
    return round(float(((q - p) * np.log(q / p)).sum()), 9), float(bound)


def _edges(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the upper ends of the bins: the values themselves where they are few, else deciles."""
    known = values[~np.isnan(values)]
    distinct = np.unique(known)
    return distinct if len(distinct) <= 3 * _BINS else np.unique(np.quantile(known, np.linspace(0, 1, _BINS + 1)[1:]))


def _counts(values: npt.NDArray[np.float32], edges: npt.NDArray[np.float32], weights: Floats) -> Floats:
    """Return the weight of the firms in each bin; one more for what lies above the last, one for blanks."""
    place = np.where(np.isnan(values), len(edges) + 1, np.searchsorted(edges, values, side="left"))
    counts: Floats = np.bincount(place, weights, minlength=len(edges) + 2).astype(np.float64)
    return counts


def _joined(counts: Floats, rare: Bools) -> Floats:
    kept = counts[~rare]
    return np.append(kept, counts[rare].sum()) if rare.any() else kept
