"""Every measure summed once over the responses, by wave and kind of firm: any filter is then arithmetic on a few thousand cells.

Within a cell (wave, sector, size, township) all firms have one survey weight, because strata are made of these columns; sums
that a ratio and its variance need are therefore stored weighted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.estimate import survey_design
from app.analysis.estimate.weighting import Codes, sums
from app.analysis.progress.measures import Membership, answerable, membership, planning
from app.domain.condition import Condition
from app.domain.goals import Measure
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.study import Design, Wave

PLACES = ("sector", "size", "township")
SUMS = ("scope", "known", "eligible", "n", "hits", "x", "xx", "xy", "xxy", "asked", "plans")
"""Of each cell: firms counted at all (scope), whose denominator is known, that are of it (eligible), of those the firms whose
numerator is known (n) and holds (hits). With w the survey weight and x what a firm counts (1, employees or revenue), over the n:
Σwx, Σ(wx)², Σwxy and Σ(wx)²y, y being 1 where the numerator holds; and Σwx of those for which it does not hold that said whether
they plan to (asked), and of those that do (plans)."""
TALLY_COLUMNS = ("measure", "wave", *PLACES, "stratum", "answered", "frame", "weight", *SUMS)


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """The cells that occur: `of` (n,) the cell of each response; by cell its wave and PLACES, as codes with their names."""

    of: Codes
    keys: tuple[Codes, ...]
    names: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        return len(self.keys[0])


def key_of(measure: Measure) -> str:
    """Return the name under which a measure's sums are kept: another version is another measure."""
    return f"{measure.id}@{measure.version}"


def tally(measures: Iterable[Measure], responses: Responses, instrument: Instrument, waves: Sequence[Wave]) -> pd.DataFrame:
    """Return the sums of every measure that the instrument can answer: TALLY_COLUMNS, a row for each measure and cell.

    `stratum` numbers the strata of a wave, of which `answered` firms answered the measure of the `frame` ones (NaN: unknown);
    `weight` firms of the frame stand behind each. Samples are weighted by their design; a census and volunteers are counted
    as they came, in one stratum without frame.
    """
    asked = [measure for measure in measures if answerable(measure, instrument)]
    grid, known = _grid(responses), dict[Condition, Floats]()
    labels = [key_of(measure) for measure in asked]
    tables = []
    for place, measure in enumerate(asked):
        members = membership(measure, responses, instrument, known=known)
        table = _tally(members, planning(measure, responses, instrument, known), grid, (responses, waves))
        table.insert(0, "measure", pd.Categorical.from_codes(np.full(len(table), place), labels))
        tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else _empty()


def _tally(members: Membership, plan: Floats, grid: _Grid, ground: tuple[Responses, Sequence[Wave]]) -> pd.DataFrame:
    """TALLY_COLUMNS of one measure but its name."""
    responses, waves = ground
    heard = members.eligibility_known & (members.counted | ~members.eligible)
    design = _designs(heard, grid, responses, waves)
    counted = members.counted
    x = np.where(counted, members.weight, 0.0)
    hits = counted & (members.holds == 1.0)
    asked = counted & ~hits & ~np.isnan(plan)
    flags = (members.scope, members.eligibility_known, members.eligible, counted, hits)
    plain = [_summed(grid, flag.astype(np.float64)) for flag in flags]
    moments = [_summed(grid, each) for each in (x, x**2, x * hits, x**2 * hits, x * asked, x * asked * (plan == 1.0))]
    powers = (1, 2, 1, 2, 1, 1)
    weighted = [moment * design["weight"].to_numpy() ** power for moment, power in zip(moments, powers, strict=True)]
    table = pd.DataFrame(dict(zip(SUMS, [*plain, *weighted], strict=True)))
    places = {
        name: pd.Categorical.from_codes(codes, list(names))
        for name, codes, names in zip(("wave", *PLACES), grid.keys, grid.names, strict=True)
    }
    return pd.concat([pd.DataFrame(places), design, table], axis=1)[plain[0] > 0]


def _summed(grid: _Grid, values: Floats) -> Floats:
    return sums(grid.of, values, grid.count)


def _grid(responses: Responses) -> _Grid:
    columns = [_coded(responses.firms[name]) for name in ("wave", *PLACES)]
    whole = np.zeros(len(responses), dtype=np.int64)
    for codes, names in columns:
        whole = whole * len(names) + codes
    of, distinct = pd.factorize(whole, sort=True)
    keys: list[Codes] = []
    for _, names in reversed(columns):
        keys.insert(0, distinct % len(names))
        distinct = distinct // len(names)
    return _Grid(of.astype(np.int64), tuple(keys), tuple(names for _, names in columns))


def _coded(column: pd.Series) -> tuple[Codes, tuple[str, ...]]:
    """The values of a column as codes, what is missing as the empty text."""
    codes, found = pd.factorize(column, use_na_sentinel=True)
    names = [str(name) for name in found]
    if "" in names:
        return np.where(codes < 0, names.index(""), codes).astype(np.int64), tuple(names)
    return np.where(codes < 0, len(names), codes).astype(np.int64), (*names, "")


def _designs(heard: Bools, grid: _Grid, responses: Responses, waves: Sequence[Wave]) -> pd.DataFrame:
    """Return stratum, answered, frame and weight by cell."""
    stratum, answered = np.zeros(grid.count, dtype=np.int64), np.zeros(grid.count)
    frame, weight = np.full(grid.count, np.nan), np.ones(grid.count)
    for wave in waves:
        if wave.design is not Design.SAMPLE or not (wave.frame or wave.cells) or wave.id not in grid.names[0]:
            continue
        own = grid.keys[0] == grid.names[0].index(wave.id)
        rows = np.flatnonzero(heard & own[grid.of])
        if not len(rows):
            continue
        firms = pd.DataFrame({"position": rows, "sector": responses.firms["sector"].iloc[rows].to_numpy()})
        design = survey_design(firms, wave, responses.firms)
        cells, first = np.unique(grid.of[rows], return_index=True)
        stratum[cells], weight[cells] = design.strata[first], design.weights[first]
        answered[cells] = design.answered[design.strata[first]]
        frame[cells] = design.frame[design.strata[first]]
    return pd.DataFrame({"stratum": stratum.astype(np.int32), "answered": answered, "frame": frame, "weight": weight})


def _empty() -> pd.DataFrame:
    texts = {name: pd.Categorical([]) for name in ("measure", "wave", *PLACES)}
    numbers = {name: np.zeros(0) for name in TALLY_COLUMNS if name not in texts}
    return pd.DataFrame({**texts, **numbers})[list(TALLY_COLUMNS)]
