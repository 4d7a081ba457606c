"""The sums of a wave by sector: firms that answered, levels, pillar scores, and what the goals are measured by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.estimate.wave_design import survey_design
from app.analysis.estimate.weighting import Codes
from app.analysis.progress.cube import key_of
from app.analysis.progress.measures import answerable, membership
from app.domain.assessment import Assessment, Basis
from app.domain.goals import Measure
from app.domain.relay import ALL
from app.domain.responses import Responses
from app.domain.rubric import READY
from app.domain.study import Design, Study, Wave

UNITS: Mapping[str, str] = {"firms": "firms", "employees": "people", "revenue": "money"}
YES, NO = "yes", "no"
ANSWERED = "answered"
_OBSERVED = (Basis.RUBRIC.value, Basis.LADDER.value)


@dataclass(frozen=True, slots=True, eq=False)
class Tallied:
    """One table before anything is hidden: rows × columns of firms `n`, sums `value` and of weights `base`, the row ALL last.

    `contributions` (m,) what firms add to the cells `of` (m,), numbered row by row, of sums that few firms could make up; empty
    where firms are only counted.
    """

    id: str
    unit: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    n: Floats
    value: Floats
    base: Floats
    contributions: Floats = field(default_factory=lambda: np.zeros(0))
    of: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """The counted responses of a wave: their `positions`, `sector` (n,) as a place in `rows`, and survey `weight` (n,)."""

    positions: Codes
    sector: Codes
    rows: tuple[str, ...]
    weight: Floats


def tallied(study: Study, wave: Wave, measures: Sequence[Measure]) -> tuple[Tallied, ...]:
    """Return the tables of a wave of a study that has answers; levels and pillars only where they were computed.

    Firms of a sample count by their survey weights, all others as they are (`cube.tally`).
    """
    assert study.responses is not None
    ground = _ground(study.responses, wave)
    whole = np.ones(len(ground.positions), dtype=bool)
    tables = [_table((ANSWERED, "firms"), {ALL: (whole, whole.astype(float))}, (), ground)]
    assessment = next((each for each in study.assessments if each.wave == wave.id), None)
    if assessment is not None:
        tables += [_levels(study, assessment, ground), _pillars(study, assessment, ground)]
    for measure in measures:
        if answerable(measure, study.instrument):
            tables.append(_measure(study, measure, ground))
    return tuple(table for table in tables if table.n.any())


def _ground(responses: Responses, wave: Wave) -> _Ground:
    firms = responses.firms
    own = firms["counted"].to_numpy(dtype=bool) & (firms["wave"].astype("str") == wave.id).to_numpy(dtype=bool)
    positions = np.flatnonzero(own)
    names = firms["sector"].astype("object").iloc[positions].fillna("").astype("str").to_numpy(dtype=object)
    rows, sector = np.unique(names, return_inverse=True) if len(names) else (np.zeros(0, dtype=object), np.zeros(0, int))
    weight = np.ones(len(positions))
    if wave.design is Design.SAMPLE and (wave.frame or wave.cells) and len(positions):
        known = pd.DataFrame({"position": positions, "sector": pd.Categorical(names)})
        weight = np.asarray(survey_design(known, wave, firms).weights, dtype=np.float64)
    return _Ground(positions, sector.astype(np.int64), tuple(str(row) for row in rows), weight)


def _levels(study: Study, assessment: Assessment, ground: _Ground) -> Tallied:
    codes = tuple(level.code for level in study.rubric.levels)
    firms = _of(assessment, ground)
    known = np.isin(firms["basis"].astype("str").to_numpy(dtype=object), _OBSERVED)
    level = firms["level"].astype("str").to_numpy(dtype=object)
    one = np.ones(len(level))
    columns: dict[str, tuple[Bools, Floats]] = {code: (known & (level == code), one) for code in codes}
    sums: list[tuple[str, tuple[str, ...]]] = [(ALL, codes)]
    if READY in codes[1:-1]:
        ready = codes[codes.index(READY) :]
        columns[f"{READY}+"] = (known & np.isin(level, ready), one)
        sums = [(f"{READY}+", ready), (ALL, (*codes[: codes.index(READY)], f"{READY}+"))]
    columns[ALL] = (known & np.isin(level, codes), one)
    return _table(("levels", "firms"), columns, tuple(sums), ground)


def _pillars(study: Study, assessment: Assessment, ground: _Ground) -> Tallied:
    firms = _of(assessment, ground)
    columns: dict[str, tuple[Bools, Floats]] = {}
    for pillar in study.rubric.pillars:
        if f"p_{pillar.code}" in firms:
            scores = firms[f"p_{pillar.code}"].to_numpy(dtype=np.float64)
            columns[pillar.code] = (~np.isnan(scores), np.nan_to_num(scores))
    return _table(("pillars", "score"), columns, (), ground)


def _measure(study: Study, measure: Measure, ground: _Ground) -> Tallied:
    assert study.responses is not None
    found = membership(measure, study.responses, study.instrument)
    at = ground.positions
    counted, holds, weight = found.counted[at], found.holds[at], found.weight[at]
    columns: dict[str, tuple[Bools, Floats]] = {
        YES: (counted & (holds == 1.0), weight),
        NO: (counted & (holds != 1.0), weight),
        ALL: (counted, weight),
    }
    return _table((f"measure {key_of(measure)}", UNITS[measure.weight]), columns, ((ALL, (YES, NO)),), ground)


def _of(assessment: Assessment, ground: _Ground) -> pd.DataFrame:
    """Return the scores of the ground's firms, one row each."""
    scores = assessment.firms.set_index("position")
    return scores.reindex(ground.positions)


def _table(
    named: tuple[str, str],
    columns: Mapping[str, tuple[Bools, Floats]],
    sums: tuple[tuple[str, tuple[str, ...]], ...],
    ground: _Ground,
) -> Tallied:
    """Add up by sector: each column is who is in it, and what each adds."""
    id_, unit = named
    size, width = len(ground.rows), max(len(columns), 1)
    made = []
    for inside, adds in columns.values():
        parts = (inside.astype(float), inside * adds * ground.weight, inside * ground.weight)
        own = [np.bincount(ground.sector, part, minlength=size) for part in parts]
        made.append([np.append(each, each.sum()) for each in own])
    shape = (3, size + 1, len(columns))
    n, value, base = np.moveaxis(np.array(made), 0, 2) if made else np.zeros(shape)
    added = _Added([], [])
    for place, (inside, adds) in enumerate(columns.values()) if unit != "firms" else ():
        rows = np.flatnonzero(inside)
        for sector in (ground.sector[rows], np.full(len(rows), size)):
            added.what.append(adds[rows] * ground.weight[rows])
            added.where.append(sector * width + place)
    contributions, of = added.joined()
    return Tallied(id_, unit, (*ground.rows, ALL), tuple(columns), sums, n, value, base, contributions, of)


@dataclass(frozen=True, slots=True)
class _Added:
    """What firms add, and to which cell, gathered column by column."""

    what: list[Floats]
    where: list[Codes]

    def joined(self) -> tuple[Floats, Codes]:
        if not self.what:
            return np.zeros(0), np.zeros(0, dtype=np.int64)
        return np.concatenate(self.what), np.concatenate(self.where)
