"""A made-up county to learn from: firms with a hidden readiness, answers that show it, and assessors who see it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from app.analysis.index.matrix import ScoreMatrix
from app.analysis.learn.case import LearnCase
from app.analysis.learn.features import Features
from app.analysis.learn.table import learnt_columns, make_table
from app.analysis.learn.tune import Lesson
from app.domain.assessment import Basis
from app.domain.learning import LabelsFrom

LEVELS = ("L0", "L1", "L2", "L3", "L4")
PILLARS = ("data", "talent", "use", "safety")
CUTS = (-1.3, -0.3, 0.6, 1.4)
OWNERS = ("private", "state", "foreign")


def county(
    n: int = 400, taught: int = 300, items: int = 16, seed: int = 0, noise: float = 0.5, blank: float = 0.15, towns: int = 8
) -> LearnCase:
    """Return a case of `n` firms, `taught` of them assessed; `noise` is what assessors see beyond the answers (inf: nothing of them)."""
    rng = np.random.default_rng(seed)
    ready = rng.normal(0, 1, n)
    shown = ready[:, None] + rng.normal(0, 0.8, (n, items))
    points = np.digitize(shown, (-0.8, 0.0, 0.8, 1.6)).astype(np.float32) / 4
    points[rng.random(points.shape) < blank] = np.nan
    level = np.digitize(rng.normal(0, 1, n) if np.isinf(noise) else ready + rng.normal(0, noise, n), CUTS)
    sector = rng.choice(["A", "C", "I", "J"], n)
    frame = pd.DataFrame({
        "sector": pd.Categorical(sector, categories=["", "A", "C", "I", "J"]),
        "size": pd.Categorical(rng.choice(["", "small", "medium", "micro"], n), categories=["", "micro", "small", "medium"]),
        "people": np.log1p(np.exp(3 + 0.4 * ready + rng.normal(0, 1, n))),
        "people|blank": np.zeros(n),
    })  # fmt: skip
    features = Features(frame, ("sector", "size"), ("people",), ("people|blank",), np.ones(n, dtype=bool))
    rubric = np.digitize(np.nanmean(points, axis=1), (0.2, 0.4, 0.55, 0.75))
    none = rng.random(n) < 0.1
    facts = pd.DataFrame({
        "size": frame["size"], "sector": sector, "ownership": rng.choice(OWNERS, n), "township": [f"镇{k}" for k in rng.integers(0, towns, n)],
    })  # fmt: skip
    firms = pd.DataFrame({
        "position": np.arange(n),
        "firm": [f"F{k:07d}" for k in range(n)],
        "sector": sector,
        "level": pd.Categorical.from_codes(np.where(none, -1, rubric), categories=list(LEVELS), ordered=True),
        "basis": pd.Categorical(np.where(none, str(Basis.NONE), str(Basis.RUBRIC)), categories=[str(kind) for kind in Basis]),
        "probability": np.full(n, np.nan),
    })  # fmt: skip
    rows = np.sort(rng.choice(n, taught, replace=False))
    matrix = ScoreMatrix(
        points,
        ~np.isnan(points),
        tuple(f"Q{k}" for k in range(items)),
        tuple(PILLARS[k % 4] for k in range(items)),
        np.ones(items),
    )
    places = facts["township"].to_numpy(dtype=object)
    return LearnCase(firms, matrix, features, facts, places, LEVELS, rows, level[rows], LabelsFrom.ASSESSORS)


def lesson_of(case: LearnCase) -> Lesson:
    """Return the assessed firms as models see them, grouped by township."""
    columns = learnt_columns(case.answers, case.taught)
    groups = np.unique(case.places[case.taught].astype(str), return_inverse=True)[1]
    n = len(case.taught)
    table = make_table(case.answers, columns, case.taught)
    return Lesson(table, columns, case.taught_levels, groups, np.ones(n, dtype=bool), len(case.levels))


def shuffled(case: LearnCase, seed: int) -> LearnCase:
    """Return the same county with its firms in another order."""
    order = np.random.default_rng(seed).permutation(len(case.firms))
    back = np.argsort(order)
    m, f = case.matrix, case.features
    matrix = ScoreMatrix(m.points[order], m.applies[order], m.items, m.pillars, m.weights)
    frame = f.frame.iloc[order].reset_index(drop=True)
    turn = np.random.default_rng(seed + 1).permutation(len(case.taught))
    return LearnCase(
        case.firms.iloc[order].reset_index(drop=True),
        matrix,
        Features(frame, f.closed, f.numeric, f.flags, f.known[order]),
        case.facts.iloc[order].reset_index(drop=True),
        case.places[order],
        case.levels,
        back[case.taught][turn],
        case.taught_levels[turn],
        case.labels_from,
    )
