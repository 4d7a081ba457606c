"""From index to level: the cut, and the gates that hold a firm below it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats, per_answer
from app.analysis.index.items import Asked
from app.domain.rubric import LEVELS, Rubric

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gated:
    """Levels as places in `level_codes` (−1: none) with and without gates, and the place of the capping gate (−1: none)."""

    level: Codes
    uncapped: Codes
    gate: Codes


def level_codes(rubric: Rubric) -> tuple[str, ...]:
    """Return the rubric's level codes, lowest first."""
    return tuple(level.code for level in rubric.levels) or LEVELS


def as_levels(places: Codes, rubric: Rubric) -> pd.Categorical:
    """Return places as an ordered categorical of level codes, missing for −1."""
    return pd.Categorical.from_codes(places, categories=list(level_codes(rubric)), ordered=True)


def cut(index: Floats, rubric: Rubric) -> Codes:
    """Return the place of the highest level whose lowest index is reached, −1 where the index is NaN; shape (n,)."""
    place = np.zeros(len(index), dtype=np.int64)
    for candidate, level in enumerate(rubric.levels):
        place = np.where(index >= level.lowest_index, candidate, place)
    return np.where(np.isnan(index), -1, place)


def gate(uncapped: Codes, asked: Asked, rubric: Rubric, pillars: pd.DataFrame) -> Gated:
    """Return the levels after gates: a firm stands below the level of every gate that does not surely hold.

    An unknown gate (blank answer) does not hold: a level is a claim and needs its evidence. The capping gate is the
    one of the lowest level, the first in the rubric's order among equals.
    """
    codes = level_codes(rubric)
    level, cap = uncapped.copy(), np.full(len(uncapped), -1, dtype=np.int64)
    for place, rule in enumerate(rubric.gates):
        ceiling = max(codes.index(rule.level) - 1, 0)
        capped = (asked.holds(rule.condition, pillars) != 1.0) & (level > ceiling)
        level, cap = np.where(capped, ceiling, level), np.where(capped, place, cap)
    return Gated(level, uncapped, cap)


def climb(asked: Asked, rubric: Rubric) -> Codes:
    """Return the level each answer to the rubric's ladder item stands for, −1 for a blank or unmapped answer."""
    column = asked.column(rubric.ladder_item)
    if column is None:
        return np.full(len(asked.rows), -1, dtype=np.int64)
    codes = level_codes(rubric)
    places = {option: float(codes.index(level)) for option, level in rubric.ladder}
    found = per_answer(column, lambda answer: places.get(answer, -1.0))
    return np.where(np.isnan(found), -1, found).astype(np.int64)
