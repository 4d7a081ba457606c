"""Firm scores of one wave: pillars, index and gated level, and their bounds, slice by slice over distinct answers.

The index is a weighted mean of pillars whose weights are shared again among what applies and is answered
(OECD/JRC, Handbook on Constructing Composite Indicators, 2008, steps 6–7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.index.aggregate import ROUNDED, combine, from_scale, least_mean, most_mean, to_scale
from app.analysis.index.columns import Slice, slices
from app.analysis.index.items import Asked, Marker, markers
from app.analysis.index.levels import Ceilings, Codes, Door, as_levels, ceilings, climb, cut, doors
from app.analysis.index.pillars import PillarPart, enough, pillar_part
from app.analysis.index.weighting import with_weighting
from app.domain.assessment import FIRM_SCORE_COLUMNS, Basis
from app.domain.instrument import Instrument
from app.domain.judgement import Aggregation, Weighting
from app.domain.responses import Responses
from app.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class _Method:
    """Everything that marks a slice: each pillar's items, the gates, the pillar weights and how pillars become an index."""

    rubric: Rubric
    pillars: tuple[tuple[Marker, ...], ...]
    gates: tuple[Door, ...]
    weights: Floats
    aggregation: Aggregation


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns that are filled slice by slice, of shape (n,), `pillars` (k, n); places of levels and gates, −1 for none."""

    pillars: Floats
    answered: Floats
    index: Floats
    index_worst: Floats
    index_best: Floats
    level: Codes
    uncapped: Codes
    gate: npt.NDArray[np.int16]
    level_worst: Codes
    level_best: Codes


def score_firms(
    responses: Responses, instrument: Instrument, rubric: Rubric, wave: str, weighting: Weighting | None = None
) -> pd.DataFrame:
    """Return FIRM_SCORE_COLUMNS, one `p_<pillar>` column a pillar and BOUND_COLUMNS for the counted firms of `wave`, by position.

    `index` and pillars are 0–100, `answered` the share 0–1 of applicable scored items that were answered. Too few
    answers: index and level missing and basis "none". A ladder rubric takes the level from its item and has no index.
    `weighting` replaces the rubric's pillar weights and says how pillars become an index; UserError when it does not fit.

    `index_worst` … `level_best` are index and level had every blank applicable scored item, and every gate whose answer is
    blank, been answered worst or best, given to firms with too few answers too. They equal index and level where nothing is
    blank. As they count every pillar that applies, they may leave out the index of a firm of which a pillar with too few
    answers is left out.
    """
    firms = responses.firms
    taken = firms["counted"].to_numpy(dtype=bool) & (firms["wave"] == wave).to_numpy(dtype=bool)
    asked = Asked(responses, instrument, np.flatnonzero(taken))
    return _from_ladder(asked, rubric) if rubric.ladder_item else _from_index(asked, rubric, weighting)


def _from_ladder(asked: Asked, rubric: Rubric) -> pd.DataFrame:
    table = _blank_table(len(asked.rows), rubric)
    level = climb(asked, rubric)
    table.level[:], table.uncapped[:], table.answered[:] = level, level, level >= 0
    return _frame(asked, rubric, table, Basis.LADDER)


def _from_index(asked: Asked, rubric: Rubric, weighting: Weighting | None) -> pd.DataFrame:
    method, table = _method(asked, rubric, weighting), _blank_table(len(asked.rows), rubric)
    for rows in slices(len(asked.rows)):
        _fill(table, rows, method)
    return _frame(asked, rubric, table, Basis.RUBRIC)


def _method(asked: Asked, rubric: Rubric, weighting: Weighting | None) -> _Method:
    weighed = rubric if weighting is None else with_weighting(rubric, weighting)
    bench = asked.bench()
    items = markers(asked, rubric, bench)
    return _Method(
        rubric,
        tuple(tuple(item for item in items if item.score.pillar == pillar.code) for pillar in rubric.pillars),
        doors(rubric, bench),
        np.array([pillar.weight for pillar in weighed.pillars], dtype=np.float64),
        Aggregation.ARITHMETIC if weighting is None else weighting.aggregation,
    )


def _blank_table(n: int, rubric: Rubric) -> _Table:
    def numbers() -> Floats:
        return np.full(n, np.nan)

    def places() -> Codes:
        return np.full(n, -1, dtype=np.int8)

    return _Table(
        pillars=np.full((len(rubric.pillars), n), np.nan),
        answered=np.zeros(n),
        index=numbers(),
        index_worst=numbers(),
        index_best=numbers(),
        level=places(),
        uncapped=places(),
        gate=np.full(n, -1, dtype=np.int16),
        level_worst=places(),
        level_best=places(),
    )


def _fill(table: _Table, rows: Slice, method: _Method) -> None:
    """Score one slice into the table."""
    rubric, at = method.rubric, slice(rows.start, rows.stop)
    parts = [pillar_part(items, rows, rubric.minimum_answered) for items in method.pillars]
    nothing = np.zeros(len(rows))
    answered, applicable = sum((part.answered for part in parts), nothing), sum((part.applicable for part in parts), nothing)
    scores = _stacked([part.score for part in parts], rows)
    index = combine(scores, method.weights, method.aggregation)
    index = np.where(enough(answered, applicable, rubric.minimum_answered), index, np.nan)
    worst, best = _index_bounds(parts, rows, method)
    held = ceilings(method.gates, rows, *(_by_code(parts, rubric, name) for name in ("score", "worst", "best")))
    table.pillars[:, at], table.index[at], table.index_worst[at], table.index_best[at] = scores, index, worst, best
    table.answered[at] = np.divide(answered, applicable, out=nothing, where=applicable > 0)
    _fill_levels(table, at, held, rubric)


def _fill_levels(table: _Table, at: slice, held: Ceilings, rubric: Rubric) -> None:
    uncapped = cut(table.index[at], rubric)
    table.uncapped[at], table.level[at] = uncapped, np.minimum(uncapped, held.place)
    table.gate[at] = np.where(uncapped > held.place, held.gate, -1)
    table.level_worst[at] = np.minimum(cut(table.index_worst[at], rubric), held.worst)
    table.level_best[at] = np.minimum(cut(table.index_best[at], rubric), held.best)


def _index_bounds(parts: Sequence[PillarPart], rows: Slice, method: _Method) -> tuple[Floats, Floats]:
    """Return the index at the worst and the best answers to what is blank, NaN where no item concerns the firm."""
    ends = [_stacked([getattr(part, name) for part in parts], rows) for name in ("worst", "best")]
    worst, best = (combine(end, method.weights, method.aggregation) for end in ends)
    sure = _stacked([part.sure for part in parts], rows).astype(bool)
    perhaps = ~sure & ~np.isnan(ends[0])
    unsure = np.flatnonzero(perhaps.any(axis=0))
    if len(unsure):
        weights = method.weights[:, None]
        for bound, end, extreme in ((worst, ends[0], least_mean), (best, ends[1], most_mean)):
            values = to_scale(end[:, unsure], method.aggregation)
            certain = np.where(sure[:, unsure], weights, 0.0)
            sums = np.where(sure[:, unsure], weights * np.nan_to_num(values), 0.0).sum(axis=0)
            mean = extreme(sums, certain.sum(axis=0), values, weights, perhaps[:, unsure])
            bound[unsure] = np.round(from_scale(mean, method.aggregation), ROUNDED)
    return worst, best


def _stacked(columns: Sequence[npt.NDArray[np.generic]], rows: Slice) -> Floats:
    return np.array(columns, dtype=np.float64).reshape(len(columns), len(rows))


def _by_code(parts: Sequence[PillarPart], rubric: Rubric, name: str) -> dict[str, Floats]:
    return {pillar.code: getattr(part, name) for pillar, part in zip(rubric.pillars, parts, strict=True)}


def _frame(asked: Asked, rubric: Rubric, table: _Table, basis: Basis) -> pd.DataFrame:
    """Return the firm score frame; `basis` is that of the firms with a level."""
    gates, kinds = [*(rule.id for rule in rubric.gates), ""], [str(kind) for kind in Basis]
    places = np.where(table.level >= 0, kinds.index(basis), kinds.index(Basis.NONE))
    columns = {
        "position": asked.rows,
        **{name: asked.firm_column(name).array for name in ("firm", "sector", "wave")},
        "index": table.index,
        "level": as_levels(table.level, rubric),
        "uncapped": as_levels(table.uncapped, rubric),
        "gate": pd.Categorical.from_codes(np.where(table.gate < 0, len(gates) - 1, table.gate), categories=gates),
        "answered": table.answered,
        "basis": pd.Categorical.from_codes(places, categories=kinds),
        "probability": np.full(len(asked.rows), np.nan),
    }
    columns = {name: columns[name] for name in FIRM_SCORE_COLUMNS}
    columns |= {f"p_{pillar.code}": scores for pillar, scores in zip(rubric.pillars, table.pillars, strict=True)}
    columns |= {"index_worst": table.index_worst, "index_best": table.index_best}
    columns |= {name: as_levels(getattr(table, name), rubric) for name in ("level_worst", "level_best")}
    return pd.DataFrame(columns, index=range(len(asked.rows)), copy=False)
