"""行业画像 by prediction-powered inference: the shares of all firms of a wave at each level, from the model and the visits.

Predictions stand for every firm; the drawn firms, each through its inclusion probability, correct what the model gets wrong. The
intervals hold whatever the model is worth; a good one makes them shorter. Sources beside the formulas in `powered_shares`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.estimate.classes import sector_class
from app.analysis.estimate.powered_firms import Firms, firms_of
from app.analysis.estimate.powered_shares import Floats, Ints, Shares, corrected, interval, together, visited
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate, Method, SectorEstimate

LEAST = 10  # drawn and visited firms, below which nothing is said by this method
NOBODY_DRAWN, FEW_IN_SECTOR = "powered.nobody_drawn", "powered.few_in_sector"


@dataclass(frozen=True, slots=True)
class Population:
    """All counted firms of a wave, in any order. `sectors` (N,) text, "" unknown; `levels` (N,) places of the assessed level, −1
    where there is none; `probability` (N,) with which a firm came to be assessed (`learn.inclusion`: 1 certain, NaN chosen by
    hand or not assessed); `chances` (N, k) of each level, out of fold for assessed firms, rows of NaN where the model cannot
    tell, None without a model."""

    sectors: npt.NDArray[np.object_]
    levels: Ints
    probability: Floats
    chances: Floats | None


@dataclass(frozen=True, slots=True)
class _Result:
    """Shares of whole groups (H, m) with error and ends; `worth` effective n (H, m); (H,) counts: `drawn` firms, `rest` firms for
    which they speak, `seen` firms whose level entered, `firms` all."""

    value: Floats
    error: Floats
    low: Floats
    high: Floats
    worth: Floats
    drawn: Ints
    rest: Ints
    seen: Ints
    firms: Ints


def powered_estimates(
    population: Population, wave: str, codes: Sequence[str]
) -> tuple[tuple[SectorEstimate, ...], SectorEstimate]:
    """Return the estimate of each sector, by name with the unknown last, and that of all firms; `codes` name the k levels.

    `method` PPI uses the model; LABELLED the drawn firms alone (`reason`: no model, too few visits to trust one, or a model of no
    help). A sector of fewer than LEAST drawn firms has method RUBRIC, its reason and no numbers: the caller puts those of the
    rubric there. Such sectors still count in the total; those with fewer than two drawn firms are taken together there
    (Cochran 1977, §5A.12). The total of fewer than LEAST drawn firms is RUBRIC too. Nothing depends on the order of firms.
    """
    firms = firms_of(population.sectors, population.levels, population.probability, population.chances, len(codes))
    sectors = _result(firms, firms.group, False)
    everyone = _result(firms, _collapsed(sectors.drawn, sectors.rest)[firms.group], True)
    made = tuple(_estimate((name, wave), firms, sectors, place, codes) for place, name in enumerate(firms.names))
    return made, _estimate((TOTAL, wave), firms, everyone, 0, codes)


def _result(firms: Firms, group: Ints, whole: bool) -> _Result:
    """Return the shares of each group, or of all firms `whole` with the groups as strata."""
    groups = int(group.max(initial=-1)) + 1
    rest = np.bincount(group[~firms.certain], minlength=groups)
    mean, spread = _moments(firms.predicted[~firms.certain], group[~firms.certain], groups)
    drawn = visited(group[firms.drawn], firms.probability[firms.drawn], groups)
    shares = corrected(drawn, firms.hits[firms.drawn[firms.rows]], firms.predicted[firms.drawn], mean, spread)
    if whole:
        shares = together(shares, rest / max(int(rest.sum()), 1))
        group, groups, rest = np.zeros_like(group), 1, rest.sum(keepdims=True)
    return _whole(firms, shares, group, rest)


def _whole(firms: Firms, shares: Shares, group: Ints, rest: Ints) -> _Result:
    """Return the shares over all firms of each group: those known for certain and the rest that the drawn ones speak for.

    No end passes what the firms not seen could still do.
    """
    groups = len(rest)
    everyone, own, known = np.bincount(group, minlength=groups), group[firms.rows], firms.certain[firms.rows]
    n_seen, size = np.bincount(own, minlength=groups), np.maximum(everyone, 1)[:, None]
    certain, reached = _sums(firms.hits[known], own[known], groups), _sums(firms.hits, own, groups)
    open_ = rest[:, None] / size
    least, most = reached / size, 1 - (n_seen[:, None] - reached) / size
    ends = (certain / size + open_ * part for part in (np.clip(shares.value, 0, 1), *interval(shares)))
    value, low, high = (np.clip(part, least, most) for part in ends)
    variance = shares.variance * open_**2
    worth = np.where(variance > 0, shares.unit / np.where(variance > 0, variance, 1.0), size)
    drawn = np.bincount(group[firms.drawn], minlength=groups)
    return _Result(value, np.sqrt(variance), low, high, worth, drawn, rest, n_seen, everyone)


def _collapsed(drawn: Ints, rest: Ints) -> Ints:
    """Return for each sector the stratum it counts in for the total: groups too small to tell their error become one."""
    strata = np.arange(len(drawn))
    order = [at for at in np.argsort(drawn, kind="stable").tolist() if rest[at]]
    poor = sum(drawn[at] < 2 for at in order)
    while 0 < poor < len(order) and drawn[order[:poor]].sum() < 2:
        poor += 1
    strata[order[:poor]] = order[0] if poor else 0
    return strata


def _moments(values: Floats, group: Ints, groups: int) -> tuple[Floats, Floats]:
    """Return mean and variance of each column (N, m) in each group, (H, m)."""
    size = np.maximum(np.bincount(group, minlength=groups), 1)[:, None]
    mean = _sums(values, group, groups) / size
    return mean, _sums((values - mean[group]) ** 2, group, groups) / size


def _sums(values: Floats, group: Ints, groups: int) -> Floats:
    return np.stack([np.bincount(group, column, minlength=groups) for column in values.T], axis=1)


def _estimate(key: tuple[str, str], firms: Firms, result: _Result, at: int, codes: Sequence[str]) -> SectorEstimate:
    method, reason = firms.method, firms.reason
    told = result.firms[at] > 0 and bool(result.rest[at] == 0 or result.drawn[at] >= LEAST)
    if not told:
        method, reason = Method.RUBRIC, FEW_IN_SECTOR if firms.drawn.any() else NOBODY_DRAWN
    n, frame = int(result.seen[at]), int(result.firms[at])
    blank = {code: Estimate(None, n=n, frame=frame, reason=reason) for code in codes}
    at_least, shares = _levels(result, at, codes) if told else (blank, blank)
    found = sector_class(at_least, codes) if told else None
    return SectorEstimate(*key, method, reason, frame, n, shares, at_least, found)


def _levels(result: _Result, at: int, codes: Sequence[str]) -> tuple[dict[str, Estimate], dict[str, Estimate]]:
    """Return the shares at each level or above, which never rise with the level, and those at each level, which sum to 1."""
    steps = len(codes) - 1
    table = np.stack([result.value[at], result.error[at], result.low[at], result.high[at], result.worth[at]])
    above, each = table[:, :steps], table[:, steps:]
    above[0] = _falling(above[0])
    above[2], above[3] = np.minimum.accumulate(above[2]), np.maximum.accumulate(above[3][::-1])[::-1]
    each[0] = -np.diff(np.r_[1.0, above[0], 0.0])
    whole = np.array([[1.0, 0.0, 1.0, 1.0, float(result.firms[at])]]).T
    counts = int(result.seen[at]), int(result.firms[at])
    at_least = [_as_estimate(column, counts) for column in np.hstack([whole, above]).T]
    shares = [_as_estimate(column, counts) for column in each.T]
    return dict(zip(codes, at_least, strict=True)), dict(zip(codes, shares, strict=True))


def _falling(values: Floats) -> Floats:
    """Return the values unchanged where they never rise, else halfway between lowering the later and raising the earlier."""
    halfway: Floats = (np.minimum.accumulate(values) + np.maximum.accumulate(values[::-1])[::-1]) / 2
    return halfway


def _as_estimate(column: Floats, counts: tuple[int, int]) -> Estimate:
    """Return one share; rounded, so that it is the same for any order of the firms."""
    value, error, low, high, worth = (round(float(number), 9) + 0.0 for number in column)
    return Estimate(value, error, min(low, value), max(high, value), counts[0], worth, counts[1])
