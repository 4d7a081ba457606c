"""The firms that a measure counts in one wave, each once, as a domain of the wave's design.

Weighted as the measure's observations are (`progress.cube`): samples by their design where the frame is known, a census and
volunteers as they came. Only firms of which it is known that they are in the denominator and whether the numerator holds take
part, as a domain of the whole design (Särndal, C.-E., Swensson, B. & Wretman, J. (1992), Model Assisted Survey Sampling, §5.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.estimate import frame_total, survey_design
from app.analysis.estimate.design import SurveyDesign, declare
from app.analysis.estimate.weighting import Codes
from app.analysis.progress.measures import Membership, membership
from app.domain.goals import Measure
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.study import Design, Wave


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """The answers of all waves, and the questions behind them."""

    responses: Responses
    instrument: Instrument


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The m firms that a measure counts in a wave, in the order of their ids, over all of whom its share is taken.

    `positions` (m,) their responses, `y` (m,) 1.0 where the numerator holds, `size` (m,) what a firm counts for (1, or its
    employees or revenue), `design` that of the wave over these firms, its weights without `size`.
    """

    wave: Wave
    positions: Codes
    firms: tuple[str, ...]
    y: Floats
    size: Floats
    design: SurveyDesign

    @property
    def sized(self) -> SurveyDesign:
        """The design with weights times what each firm counts for, by which the measure's share is taken."""
        return replace(self.design, weights=self.design.weights * self.size)


def counted(measure: Measure, answered: Answered, wave: Wave, sections: Sequence[str] = ()) -> Counted:
    """Return the firms of `wave` that the measure counts within `sections` (GB/T 4754 letters; none: all)."""
    everyone = membership(measure, answered.responses, answered.instrument)
    return of_wave(everyone, answered.responses, wave, sections)


def of_wave(everyone: Membership, responses: Responses, wave: Wave, sections: Sequence[str] = ()) -> Counted:
    """Return the firms of `wave` that a measure counts; `everyone` is its membership over all sections and waves."""
    firms = responses.firms
    settled = everyone.eligibility_known & (~everyone.eligible | everyone.counted)
    rows = _rows(firms, settled & (firms["wave"] == wave.id).to_numpy(dtype=bool))
    at = rows["position"].to_numpy(dtype=np.int64)
    kept = np.flatnonzero(everyone.counted[at] & _in(sections, rows["sector"]))
    design = _design(rows, wave, firms)
    own = replace(design, weights=design.weights[kept], strata=design.strata[kept])  # strata count all who answered in them
    at = at[kept]
    return Counted(wave, at, tuple(rows["firm"].to_numpy()[kept]), everyone.holds[at], everyone.weight[at], own)


def column(responses: Responses, name: str, positions: Codes) -> npt.NDArray[np.object_]:
    """Return a firm column (sector, size, township) of some responses as text (m,), "" where it is missing."""
    codes, names = pd.factorize(responses.firms[name].iloc[positions], use_na_sentinel=True)
    known = np.array([*(str(each) for each in names), ""], dtype=object)
    found: npt.NDArray[np.object_] = known[codes]  # what is missing has code -1: the last
    return found


def _rows(firms: pd.DataFrame, wanted: Bools) -> pd.DataFrame:
    """The wanted responses, each firm once, in the order of their ids."""
    rows = firms.loc[wanted, ["firm", "sector"]].astype({"firm": str})
    rows = rows.assign(sector=rows["sector"].astype(object).fillna("").astype(str), position=np.flatnonzero(wanted))
    return rows.sort_values(["firm", "position"]).drop_duplicates("firm").reset_index(drop=True)


def _in(sections: Sequence[str], sectors: pd.Series) -> Bools:
    found: Bools = sectors.isin(list(sections)).to_numpy(dtype=bool) if sections else np.ones(len(sectors), dtype=np.bool_)
    return found


def _design(rows: pd.DataFrame, wave: Wave, firms: pd.DataFrame) -> SurveyDesign:
    if wave.design is Design.SAMPLE and (wave.frame or wave.cells):
        return survey_design(rows, wave, firms)
    whole = frame_total(wave, rows["sector"].unique().tolist())
    one = np.zeros(len(rows), dtype=np.int64)
    return declare(wave.design, np.ones(len(rows)), one, np.array([np.nan if whole is None else whole])[: len(rows)])
