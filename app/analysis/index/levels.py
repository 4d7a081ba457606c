"""From index to level: the cut, and the gates that hold a firm below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, Floats, per_answer
from app.analysis.index.columns import Slice
from app.analysis.index.items import Asked
from app.analysis.index.rules import Bench, Judge
from app.domain.rubric import LEVELS, Rubric

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Door:
    """A gate made ready: without it a firm stands at most at place `ceiling` of `level_codes`."""

    ceiling: int
    judge: Judge


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The highest place gates leave a firm, and the gate (place in the rubric) that sets it, −1 for none; shape (n,) each.

    A gate that an answer left blank does not surely hold and so closes. `worst` is the ceiling with the worst pillar scores
    the blanks allow, `best` with the best ones and every unknown answer taken for the one that opens.
    """

    place: Codes
    gate: npt.NDArray[np.int16]
    worst: Codes
    best: Codes


def level_codes(rubric: Rubric) -> tuple[str, ...]:
    """Return the rubric's level codes, lowest first."""
    return tuple(level.code for level in rubric.levels) or LEVELS


def as_levels(places: Codes, rubric: Rubric) -> pd.Categorical:
    """Return places as an ordered categorical of level codes, missing for −1."""
    return pd.Categorical.from_codes(places, categories=list(level_codes(rubric)), ordered=True)


def cut(index: Floats, rubric: Rubric) -> Codes:
    """Return the place of the highest level whose lowest index is reached, −1 where the index is NaN; shape of `index`."""
    place = np.zeros(index.shape, dtype=np.int8)
    for candidate, level in enumerate(rubric.levels):
        place[index >= level.lowest_index] = candidate
    place[np.isnan(index)] = -1
    return place


def doors(rubric: Rubric, bench: Bench) -> tuple[Door, ...]:
    """Return the rubric's gates, ready, in its order."""
    codes = level_codes(rubric)
    return tuple(Door(max(codes.index(gate.level) - 1, 0), bench.judge(gate.condition)) for gate in rubric.gates)


def ceilings(
    gates: Sequence[Door], rows: Slice, now: Mapping[str, Floats], worst: Mapping[str, Floats], best: Mapping[str, Floats]
) -> Ceilings:
    """Return what the gates leave in a slice, given pillar scores as they are and at their bounds (NaN: no item applies).

    An unknown gate does not hold: a level is a claim and needs its evidence. Of several closed gates the lowest counts, the
    first in the rubric's order among equals.
    """
    open_ = np.iinfo(np.int8).max
    place, least, most = (np.full(len(rows), open_, dtype=np.int8) for _ in range(3))
    cap = np.full(len(rows), -1, dtype=np.int16)
    for number, gate in enumerate(gates):
        holds = gate.judge.holds(rows, now)
        low, high = holds, holds
        if gate.judge.looks_at_pillars:
            low, high = gate.judge.holds(rows, worst), gate.judge.holds(rows, _known(best))
        closed = (holds != 1.0) & (place > gate.ceiling)
        place[closed], cap[closed] = gate.ceiling, number
        _lower(least, low != 1.0, gate.ceiling)
        _lower(most, high == 0.0, gate.ceiling)
    return Ceilings(place, cap, least, most)


def climb(asked: Asked, rubric: Rubric) -> Codes:
    """Return the level each answer to the rubric's ladder item stands for, −1 for a blank or unmapped answer."""
    column = asked.column(rubric.ladder_item)
    if column is None:
        return np.full(len(asked.rows), -1, dtype=np.int8)
    codes = level_codes(rubric)
    places = {option: float(codes.index(level)) for option, level in rubric.ladder}
    found = per_answer(column, lambda answer: places.get(answer, -1.0))
    return np.where(np.isnan(found), -1, found).astype(np.int8)


def _known(pillars: Mapping[str, Floats]) -> Mapping[str, Floats]:
    """Return pillar scores where one that no item makes up is below any bound: no answer could have opened its gate."""
    return {code: np.where(np.isnan(score), -1.0, score) for code, score in pillars.items()}


def _lower(ceiling: Codes, closed: Bools, to: int) -> None:
    np.minimum(ceiling, np.int8(to), out=ceiling, where=closed)
