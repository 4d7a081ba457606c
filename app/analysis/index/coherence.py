"""Coherence before robustness: whether the items that are added up belong together.

OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 4 (multivariate analysis); alpha after Cronbach (1951),
"Coefficient alpha and the internal structure of tests", Psychometrika 16.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.index.coherence_flags import (
    Held,
    Limits,
    against_rest,
    between_pillars,
    constant,
    few,
    redundant,
)
from app.analysis.index.correlation import ROUNDED, first_component, pairs_of
from app.analysis.index.matrix import ScoreMatrix
from app.domain.robustness import Coherence, CoherenceFlag, PillarCoherence
from app.domain.rubric import Rubric

LIMITS = Limits()


def coherence(matrix: ScoreMatrix, firms: pd.DataFrame, rubric: Rubric, limits: Limits = LIMITS) -> Coherence:
    """Return how items hold together within their pillar and pillars among themselves, and what to look at.

    `matrix` holds the points of the same firms as `firms` (that of `score_firms`), in the same order; ValueError otherwise.
    Correlations are over the firms that answered both items, and None below the least firms. A ladder rubric has no pillars
    and nothing is said of it.
    """
    if len(matrix) != len(firms):
        raise ValueError("the matrix is not that of the firms")
    codes = tuple(pillar.code for pillar in rubric.pillars)
    held = Held(matrix, pairs_of(matrix.points, limits.least_firms), codes)
    scores = np.array([firms[f"p_{code}"].to_numpy(dtype=np.float64) for code in codes]).reshape(len(codes), len(firms)).T
    between = pairs_of(scores, limits.least_firms)
    pillars = tuple(_pillar(held, code) for code in codes)
    flags = (
        *few(held, pillars, limits),
        *constant(held, limits),
        *redundant(held, limits),
        *against_rest(held, limits),
        *between_pillars(codes, between, limits),
        *_low(pillars, limits),
    )
    table = tuple(tuple(None if np.isnan(value) else float(value) for value in row) for row in between.correlation)
    return Coherence(pillars, table, first_component(between.correlation), flags)


def _pillar(held: Held, code: str) -> PillarCoherence:
    own = held.columns(code)
    answered = (~np.isnan(held.matrix.points[:, own])).sum(axis=1)
    firms = int((answered >= min(2, max(1, len(own)))).sum())
    correlations = held.pairs.correlation[np.ix_(own, own)]
    others = correlations[~np.eye(len(own), dtype=bool)]
    told = others[~np.isnan(others)]
    mean = round(float(told.mean()), ROUNDED) if len(told) else None
    kept = _whole(correlations)
    share = first_component(correlations[np.ix_(kept, kept)])
    return PillarCoherence(code, len(own), firms, _alpha(held.pairs.covariance[np.ix_(own, own)]), share, mean)


def _alpha(covariance: Floats) -> float | None:
    """Return Cronbach's alpha k/(k − 1) · (1 − Σ variances / variance of the sum), None below two items or without variance.

    The variance of the sum is that of all covariances, so that an item need not have been put to every firm.
    """
    kept = _whole(covariance)
    table, k = covariance[np.ix_(kept, kept)], len(kept)
    if k < 2 or table.sum() <= 0:
        return None
    return round(float(k / (k - 1) * (1 - np.trace(table) / table.sum())), ROUNDED)


def _whole(table: Floats) -> list[int]:
    """Return the columns that are left when those with most gaps are taken out one by one until no gap is left."""
    kept = list(range(len(table)))
    while kept:
        gaps = np.isnan(table[np.ix_(kept, kept)]).sum(axis=0)
        if not gaps.any():
            break
        kept.pop(int(np.flatnonzero(gaps == gaps.max())[-1]))
    return kept


def _low(pillars: tuple[PillarCoherence, ...], limits: Limits) -> list[CoherenceFlag]:
    known = [(one.pillar, one.alpha) for one in pillars if one.alpha is not None]
    return [CoherenceFlag("alpha_low", code, "", alpha) for code, alpha in known if alpha < limits.alpha]
