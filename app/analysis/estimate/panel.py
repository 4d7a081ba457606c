"""Two waves side by side: what was known of whom in each, and which firms are in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.domains import Domains, partition
from app.analysis.estimate.profiles import OBSERVED, frame_total
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
class Known:
    """Of one wave the firms of which it is known whether they have a property: `firms` (n,) their ids, each once.

    `y` (n,) 1.0 with the property; `groups` (n,) the name of each firm's group; `design` that of the wave over these firms,
    its weights times what a firm counts for where that is not one. `frames` the firms of the frame by group, `whole` all of
    them, where they are known.
    """

    wave: Wave
    firms: tuple[str, ...]
    groups: tuple[str, ...]
    y: Floats
    design: SurveyDesign
    frames: Mapping[str, int] = field(default_factory=dict)
    whole: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The firms of one wave that are known, by firm id: `y` (n,) 1.0 with the property, and their groups.

    `frames` (K,) the firms of the frame by group and `whole` all of them, None where unknown.
    """

    wave: Wave
    firms: pd.Index
    y: Floats
    design: SurveyDesign
    groups: Domains
    frames: tuple[int | None, ...]
    whole: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Both sides over the same groups, by `names` (K,); `stayed_before` and `stayed_after` (m,) are the rows of firms in both
    that kept their group."""

    names: tuple[str, ...]
    before: Side
    after: Side
    stayed_before: Codes
    stayed_after: Codes


def panel(before: Surveyed, after: Surveyed, level: str) -> Panel:
    """Return the firms of two waves with a known level, matched by id, by sector; the property is to be at `level` or above.

    A firm that occurs twice in a wave counts once. UserError `estimate.level` where a rubric has no such level.
    """
    return pair(_levels(before, level), _levels(after, level))


def pair(before: Known, after: Known) -> Panel:
    """Return two waves matched by firm id, over all groups that either has; firms of no known group stand last."""
    names = tuple(sorted({*before.groups, *after.groups}, key=lambda name: (name == "", name)))
    one, other = _side(before, names), _side(after, names)
    at = other.firms.get_indexer(one.firms)
    known = np.flatnonzero(at >= 0)
    stayed = known[one.groups.of[known] == other.groups.of[at[known]]]
    return Panel(names, one, other, stayed.astype(np.int64), at[stayed].astype(np.int64))


def _levels(surveyed: Surveyed, level: str) -> Known:
    codes, wave = level_codes(surveyed.rubric), surveyed.wave
    if level not in codes:
        raise UserError("estimate.level", level=level, known=", ".join(codes))
    rows = _rows(surveyed)
    places = pd.Categorical(rows["level"], categories=list(codes)).codes
    y = (places >= codes.index(level)).astype(np.float64)
    sectors = tuple(rows["sector"])
    design = survey_design(rows, wave, surveyed.responses.firms)
    return Known(wave, tuple(rows["firm"]), sectors, y, design, wave.frame, frame_total(wave, set(sectors)))


def _rows(surveyed: Surveyed) -> pd.DataFrame:
    firms = surveyed.firms
    observed = firms["basis"].astype(str).isin(OBSERVED) & firms["level"].notna()
    rows = firms.loc[observed, ["position", "firm", "sector", "level"]]
    rows = rows.assign(firm=rows["firm"].astype(str), sector=rows["sector"].astype(object).fillna("").astype(str))
    return rows.sort_values(["firm", "position"]).drop_duplicates("firm").reset_index(drop=True)


def _side(known: Known, names: tuple[str, ...]) -> Side:
    of = pd.Categorical(known.groups, categories=list(names)).codes.astype(np.int64)
    frames = tuple(known.frames.get(name) for name in names)
    groups = partition(of, len(names), known.design)
    return Side(known.wave, pd.Index(known.firms), known.y, known.design, groups, frames, known.whole)
