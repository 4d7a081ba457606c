"""What may be said of each sector: by visits where firms were drawn and seen, else by the rubric, and why.

Visits speak for the firms that answered. Where the survey itself weighs those firms unequally, or they chose to answer, visits do
not carry further than them, and the rubric's estimate with the survey's own design stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.estimate import compare, sector_estimates
from app.analysis.estimate.powered import Population, powered_estimates
from app.analysis.estimate.ranks import shrink_and_rank
from app.analysis.index import level_codes
from app.analysis.learn.inclusion import inclusion
from app.analysis.learn.labels import Matched
from app.domain.assessment import TOTAL
from app.domain.estimate import Comparison, Estimate, Method, RankInterval, SectorEstimate, Verdict
from app.domain.judgement import Judgements
from app.domain.responses import Responses
from app.domain.rubric import Rubric
from app.domain.study import Design, Wave

_NOT_CENSUS = {Design.VOLUNTEER: "estimate.reason.visits_volunteers", Design.SAMPLE: "estimate.reason.visits_sample"}


@dataclass(frozen=True, slots=True)
class Surveyors:
    """A wave for its sectors: `firms` scores with the learnt columns, `matched` the assessments of its firms."""

    firms: pd.DataFrame
    responses: Responses
    wave: Wave
    rubric: Rubric
    judgements: Judgements
    matched: Matched


def estimate_sectors(given: Surveyors, level: str, seed: int) -> tuple[tuple[SectorEstimate, ...], SectorEstimate]:
    """Return the estimate of each sector, with shrunk share and rank at `level` or above, and that of all firms.

    Shares and class come from the visits where at least ten drawn firms of the sector were assessed in a census, else from the
    rubric's levels; `reason` says why visits that were made do not count. Index, mean and median always are the rubric's.
    """
    each, total = sector_estimates(given.firms, given.responses, given.wave, given.rubric, seed)
    if not len(given.matched.positions):
        return each, total
    if given.wave.design in _NOT_CENSUS:
        reason = _NOT_CENSUS[given.wave.design]
        return tuple(replace(one, reason=reason) for one in each), replace(total, reason=reason)
    visited, whole = powered_estimates(_population(given), given.wave.id, level_codes(given.rubric))
    by_sector = {one.sector: one for one in visited}
    joined = tuple(_joined(one, by_sector.get(one.sector)) for one in each)
    return _ranked_alike(joined, level, seed), _joined(total, whole)


def _ranked_alike(each: tuple[SectorEstimate, ...], level: str, seed: int) -> tuple[SectorEstimate, ...]:
    """Return the estimates with ranks among the sectors measured alike: assessors and rubric count by different yardsticks.

    Where any sector is known by its visits, those are ranked, and the others are not.
    """
    visited = [one for one in each if one.method is not Method.RUBRIC]
    if not visited:
        return each
    ranked = {one.sector: one for one in shrink_and_rank(visited, level, seed)}
    return tuple(ranked.get(one.sector, replace(one, shrunk=None, rank=_unranked(one.sector))) for one in each)


def compare_alike(each: tuple[SectorEstimate, ...], level: str) -> tuple[Comparison, ...]:
    """Return each sector's share at `level` or above against all others that are measured alike; of the rest nobody can tell."""
    visited = [one for one in each if one.method is not Method.RUBRIC]
    found = {one.sector: one for one in compare(visited or each, level)}
    return tuple(found.get(one.sector, _not_alike(one.sector)) for one in each if one.sector)


def _not_alike(sector: str) -> Comparison:
    return Comparison(sector, TOTAL, Estimate(None, reason="estimate.reason.other_measure"), None, None, Verdict.CANNOT_TELL)


def _unranked(sector: str) -> RankInterval:
    return RankInterval(sector, 0, 0, 0, ranked=False)


def _joined(own: SectorEstimate, visited: SectorEstimate | None) -> SectorEstimate:
    if visited is None:
        return own
    if visited.method is Method.RUBRIC:
        return replace(own, reason=visited.reason, n_labelled=visited.n_labelled)
    return replace(
        own,
        method=visited.method,
        reason=visited.reason,
        n_firms=visited.n_firms,
        n_labelled=visited.n_labelled,
        shares=visited.shares,
        at_least=visited.at_least,
        sector_class=visited.sector_class,
    )


def _population(given: Surveyors) -> Population:
    firms, codes = given.firms, level_codes(given.rubric)
    levels = np.full(len(firms), -1, dtype=np.int64)
    levels[_rows(firms, given.matched)] = pd.Categorical(list(given.matched.levels), categories=list(codes)).codes
    probability = visit_chances(firms, given.judgements, given.matched)
    sectors = firms["sector"].astype(object).where(firms["sector"].notna(), "").to_numpy(dtype=object)
    return Population(sectors, levels, probability, _chances(firms, codes))


def visit_chances(firms: pd.DataFrame, judgements: Judgements, matched: Matched) -> npt.NDArray[np.float64]:
    """Return with what probability each firm came to be assessed (n,): NaN where it was not, or somebody chose it."""
    rows = _rows(firms, matched)
    keys = firms["firm"].astype(str).to_numpy(dtype=object)[rows].tolist()
    chances = np.full(len(firms), np.nan)
    chances[rows] = inclusion(judgements, matched.wave, keys, _days(matched)).probability
    return chances


def _rows(firms: pd.DataFrame, matched: Matched) -> npt.NDArray[np.intp]:
    rows: npt.NDArray[np.intp] = pd.Index(firms["position"]).get_indexer(pd.Index(matched.positions))
    return rows


def _days(matched: Matched) -> list[str]:
    """Return the day of the first label of each assessed firm, "" where nobody wrote one down."""
    first: dict[int, str] = {}
    for label, position in zip(matched.labels, matched.whose.tolist(), strict=True):
        if position >= 0 and label.when and label.when < first.get(position, "~"):
            first[position] = label.when
    return [first.get(position, "") for position in matched.positions.tolist()]


def _chances(firms: pd.DataFrame, codes: Sequence[str]) -> npt.NDArray[np.float64] | None:
    """Return the model's chances of each level (N, k), None where there is no model."""
    chances = firms[[f"q_{code}" for code in codes]].to_numpy(dtype=np.float64)
    return chances if np.isfinite(chances).any() else None
