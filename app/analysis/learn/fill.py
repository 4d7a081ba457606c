"""Gives a level to firms that left too much blank, where the learnt model leaves no doubt: its set holds one level alone.

A predicted level stands only where the rubric gave none; it never replaces an observed level (design §6.6).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from app.analysis.learn.learn import Learned
from app.domain.assessment import Basis


def fill_levels(firms: pd.DataFrame, learned: Learned) -> pd.DataFrame:
    """Return the firm scores of the case learnt from, with level, basis "model" and `probability` where a firm has no observed
    level and its set holds one. Nothing is filled where the report refuses."""
    if learned.report.refusal is not None:
        return firms
    low, high = (learned.columns[name].cat.codes.to_numpy().astype(np.int64) for name in ("set_low", "set_high"))
    blank = (firms["basis"].astype(str) == str(Basis.NONE)).to_numpy()
    rows = np.flatnonzero(blank & (low >= 0) & (low == high))
    chances = learned.columns[[f"q_{level}" for level in learned.report.levels]].to_numpy(dtype=np.float64)
    places = firms["level"].cat.codes.to_numpy().astype(np.int64).copy()
    kinds = firms["basis"].cat.codes.to_numpy().astype(np.int64).copy()
    chance = firms["probability"].to_numpy(dtype=np.float64).copy()
    places[rows], chance[rows] = low[rows], chances[rows, low[rows]]
    kinds[rows] = firms["basis"].cat.categories.get_loc(str(Basis.MODEL))
    return firms.assign(
        level=pd.Categorical.from_codes(places, dtype=firms["level"].dtype),
        basis=pd.Categorical.from_codes(kinds, dtype=firms["basis"].dtype),
        probability=chance,
    )
