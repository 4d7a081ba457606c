"""A measure's change between two waves taken apart: the same firms, who came, who left, and the mix of groups.

The core is that of the change of levels (analysis.estimate: parts, changes). What a measure adds: only firms of which it is
known that they are in its denominator and whether its numerator holds take part, as a domain of the whole wave's design
(Särndal, C.-E., Swensson, B. & Wretman, J. (1992), Model Assisted Survey Sampling, §5.8), and a firm counts for its employees or
its revenue where the measure says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from app.analysis.answers import Bools
from app.analysis.estimate import Known, frame_total, pair, panel_changes, survey_design
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.weighting import Codes
from app.analysis.progress.measures import Membership, answerable, membership
from app.analysis.progress.years import decimal_year
from app.domain.change import GROUPINGS, MeasureChange
from app.domain.errors import UserError
from app.domain.goals import Measure
from app.domain.instrument import Instrument
from app.domain.progress import SeriesBreak
from app.domain.responses import Responses
from app.domain.study import Wave


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """The answers of all waves, and the questions behind them."""

    responses: Responses
    instrument: Instrument


def measure_change(
    measure: Measure,
    answered: Answered,
    waves: tuple[Wave, Wave],
    by: str = "sector",
    sections: Sequence[str] = (),
    breaks: Sequence[SeriesBreak] = (),
) -> MeasureChange:
    """Return the change of `measure` from the earlier to the later of two `waves`, grouped `by` sector, size or township.

    `sections` limit it to GB/T 4754 letters (none: all). A break of the series after the first wave and up to the second
    refuses it, for both values then do not count the same thing. UserError `change.by` for another grouping.
    """
    if by not in GROUPINGS:
        raise UserError("change.by", by=by, known=", ".join(GROUPINGS))
    before, after = sorted(waves, key=lambda wave: wave.date)
    blank = MeasureChange(measure, by, before.id, after.id)
    if not answerable(measure, answered.instrument):
        return _refused(blank, "not_asked")
    broken = first_break(breaks, before, after)
    if broken is not None:
        return _refused(blank, "break", wave=broken.wave, said=broken.why, key=broken.reason)
    everyone = membership(measure, answered.responses, answered.instrument)
    sides = [known(measure, everyone, answered.responses, wave, by, sections) for wave in (before, after)]
    empty = next((side for side in sides if not side.firms), None)
    if empty is not None:
        return _refused(blank, "no_answers", wave=empty.wave.id)
    return replace(blank, changes=panel_changes(pair(sides[0], sides[1]), measure.id))


def first_break(breaks: Sequence[SeriesBreak], before: Wave, after: Wave) -> SeriesBreak | None:
    """Return the first break after one wave and up to another, None where the series goes on."""
    start, end = decimal_year(before.date), decimal_year(after.date)
    return next((each for each in breaks if start < each.time <= end), None)


def known(
    measure: Measure, everyone: Membership, responses: Responses, wave: Wave, by: str, sections: Sequence[str] = ()
) -> Known:
    """Return the firms of a wave that the measure counts, with their groups.

    `everyone` is the measure's membership over all sections, for the design is that of the whole wave.
    """
    firms = responses.firms
    settled = everyone.scope & everyone.eligibility_known & (~everyone.eligible | everyone.counted)
    rows = _rows(firms, settled & (firms["wave"] == wave.id).to_numpy(dtype=bool))
    at = rows["position"].to_numpy(dtype=np.int64)
    inside = everyone.counted[at] & _in(sections, rows["sector"])
    kept = np.flatnonzero(inside)
    design = _domain(survey_design(rows, wave, firms), kept, everyone.weight[at[kept]])
    groups = tuple(firms[by].astype(object).fillna("").astype(str).to_numpy()[at[kept]])
    frames, whole = _frames(measure, wave, by, sections, groups)
    return Known(wave, tuple(rows["firm"].to_numpy()[kept]), groups, everyone.holds[at[kept]], design, frames, whole)


def _rows(firms: pd.DataFrame, wanted: Bools) -> pd.DataFrame:
    """The wanted responses, each firm once, in the order of their ids."""
    rows = firms.loc[wanted, ["firm", "sector"]].astype({"firm": str})
    rows = rows.assign(sector=rows["sector"].astype(object).fillna("").astype(str), position=np.flatnonzero(wanted))
    return rows.sort_values(["firm", "position"]).drop_duplicates("firm").reset_index(drop=True)


def _in(sections: Sequence[str], sectors: pd.Series) -> Bools:
    found: Bools = sectors.isin(list(sections)).to_numpy(dtype=bool) if sections else np.ones(len(sectors), dtype=np.bool_)
    return found


def _domain(design: SurveyDesign, rows: Codes, weight: np.ndarray) -> SurveyDesign:
    """The design's firms `rows`, each counting for `weight` (m,); strata keep the counts of all who answered in them."""
    return replace(design, weights=design.weights[rows] * weight, strata=design.strata[rows])


def _frames(
    measure: Measure, wave: Wave, by: str, sections: Sequence[str], groups: Sequence[str]
) -> tuple[Mapping[str, int], int | None]:
    """The firms of the frame by group and in all; unknown where the measure is about part of them, or counts otherwise."""
    if by != "sector" or measure.weight != "firms" or measure.denominator is not None or sections:
        return {}, None
    return wave.frame, frame_total(wave, set(groups))


def _refused(blank: MeasureChange, why: str, **values: str) -> MeasureChange:
    return replace(blank, reason=f"change.cannot.{why}", reason_values=tuple(sorted(values.items())))
