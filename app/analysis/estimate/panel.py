"""Two waves side by side: whose level was known in each, and which firms are in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.domains import Domains, partition
from app.analysis.estimate.profiles import OBSERVED
from app.analysis.estimate.wave_design import survey_design
from app.analysis.estimate.weighting import Codes
from app.analysis.index.levels import level_codes
from app.domain.errors import UserError
from app.domain.responses import Responses
from app.domain.rubric import Rubric
from app.domain.study import Wave


@dataclass(frozen=True, slots=True, eq=False)
class Surveyed:
    """A wave as assessed: its firm scores (FIRM_SCORE_COLUMNS), the responses they come from, its design and its rubric."""

    firms: pd.DataFrame
    responses: Responses
    wave: Wave
    rubric: Rubric


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The firms of one wave with a known level, by firm id: `y` (n,) 1.0 at the level or above, and their sectors."""

    wave: Wave
    firms: pd.Index
    y: Floats
    design: SurveyDesign
    groups: Domains


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Both sides over the same `sectors`; `stayed_before` and `stayed_after` (m,) are the rows of firms in both that kept
    their sector."""

    sectors: tuple[str, ...]
    before: Side
    after: Side
    stayed_before: Codes
    stayed_after: Codes


def panel(before: Surveyed, after: Surveyed, level: str) -> Panel:
    """Return the two waves matched by firm id; a firm that occurs twice in a wave counts once.

    UserError `estimate.level` where a rubric has no such level.
    """
    rows = [_rows(surveyed) for surveyed in (before, after)]
    named = {str(name) for own in rows for name in own["sector"].unique()}
    sectors = tuple(sorted(named, key=lambda sector: (sector == "", sector)))
    one, other = (_side(each, own, level, sectors) for each, own in zip((before, after), rows, strict=True))
    at = other.firms.get_indexer(one.firms)
    known = np.flatnonzero(at >= 0)
    stayed = known[one.groups.of[known] == other.groups.of[at[known]]]
    return Panel(sectors, one, other, stayed.astype(np.int64), at[stayed].astype(np.int64))


def _rows(surveyed: Surveyed) -> pd.DataFrame:
    firms = surveyed.firms
    observed = firms["basis"].astype(str).isin(OBSERVED) & firms["level"].notna()
    rows = firms.loc[observed, ["position", "firm", "sector", "level"]]
    rows = rows.assign(firm=rows["firm"].astype(str), sector=rows["sector"].astype(object).fillna("").astype(str))
    return rows.sort_values(["firm", "position"]).drop_duplicates("firm").reset_index(drop=True)


def _side(surveyed: Surveyed, rows: pd.DataFrame, level: str, sectors: Sequence[str]) -> Side:
    codes = level_codes(surveyed.rubric)
    if level not in codes:
        raise UserError("estimate.level", level=level, known=", ".join(codes))
    places = pd.Categorical(rows["level"], categories=list(codes)).codes
    design = survey_design(rows, surveyed.wave, surveyed.responses.firms)
    of = pd.Categorical(rows["sector"], categories=list(sectors)).codes.astype(np.int64)
    y = (places >= codes.index(level)).astype(np.float64)
    return Side(surveyed.wave, pd.Index(rows["firm"]), y, design, partition(of, len(sectors), design))
