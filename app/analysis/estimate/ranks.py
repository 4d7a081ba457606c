"""Sectors side by side: shares drawn together as far as few answers demand, and how sure a sector's place among them is.

Each sector's share at the level is a draw from one beta distribution of sectors; its centre and its strength are not known,
so they are averaged over a grid by how well they explain what was answered (the hierarchical beta-binomial of Gelman, A. et
al. (2013), Bayesian Data Analysis, 3rd ed., §5.3, with its prior). Of a finite frame only the firms not seen are guessed:
Ericson, W. A. (1969), "Subjective Bayesian models in sampling finite populations", JRSS B 31, §3. Ranks are those of
repeated draws, as by Goldstein, H. & Spiegelhalter, D. J. (1996), "League tables and their limitations", JRSS A 159, §3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Floats
from app.domain.estimate import Estimate, RankInterval, SectorEstimate

LEAST = 10  # firms of a sector that is ranked
DRAWS = 4000
_CENTRES, _STRENGTHS = 60, 40
_STRONGEST = 2000.0
_MISSING = "estimate.reason.no_shrinkage"


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """By sector (K,): the share `p`, what it is worth in firms had no frame ended, and the share `seen` of the frame."""

    keys: tuple[str, ...]
    p: Floats
    worth: Floats
    seen: Floats
    unseen: Floats


def shrink_and_rank(estimates: Sequence[SectorEstimate], level: str, seed: int) -> tuple[SectorEstimate, ...]:
    """Return the estimates with `shrunk` (95 % interval) and `rank` (5–95 %) for the share at `level` or above.

    Sectors without interval (volunteers), without answers or of unknown name are neither; below 10 firms a sector is not
    ranked. The same for any order of the sectors.
    """
    usable = sorted((one for one in estimates if _usable(one, level)), key=lambda one: one.sector)
    shrunk: dict[str, Estimate] = {}
    ranks: dict[str, RankInterval] = {}
    if usable:
        seen = _seen(usable, level)
        values, draws = _posterior(seen, np.random.default_rng(seed))
        shrunk = {one.sector: _shrunk(one.at_least[level], values[k], draws[:, k]) for k, one in enumerate(usable)}
        ranks = _ranks([one.at_least[level].n for one in usable], seen.keys, values, draws)
    unranked = {one.sector: RankInterval(one.sector, 0, 0, 0, ranked=False) for one in estimates}
    return tuple(
        replace(
            one,
            shrunk=shrunk.get(one.sector) or Estimate(None, reason=_why(one, level)),
            rank=ranks.get(one.sector, unranked[one.sector]),
        )
        for one in estimates
    )


def _usable(one: SectorEstimate, level: str) -> bool:
    estimate = one.at_least.get(level)
    return bool(one.sector) and estimate is not None and estimate.value is not None and estimate.low is not None


def _why(one: SectorEstimate, level: str) -> str:
    estimate = one.at_least.get(level)
    return (estimate.reason if estimate is not None else "") or _MISSING


def _seen(usable: Sequence[SectorEstimate], level: str) -> _Seen:
    shares = [one.at_least[level] for one in usable]
    frame = np.array([max(math.nan if each.frame is None else each.frame, each.n) for each in shares])
    n = np.array([each.n for each in shares], dtype=np.float64)
    seen = np.where(np.isfinite(frame), n / np.where(np.isfinite(frame), frame, 1.0), 0.0)
    worth = np.array([each.n if each.n_effective is None else each.n_effective for each in shares])
    complete = np.array([each.n_effective is None for each in shares])
    own = np.where(complete, n, np.minimum(worth * (1 - seen), n))
    unseen = np.where(np.isfinite(frame), frame - n, np.inf)
    keys = tuple(one.sector for one in usable)
    return _Seen(keys, np.array([each.value for each in shares], dtype=np.float64), own, np.where(complete, 1.0, seen), unseen)


def _posterior(seen: _Seen, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the mean share of each sector (K,) and draws of it (DRAWS, K)."""
    centre, strength, chance = _explained(seen)
    hits = seen.p * seen.worth
    a, b = hits + (centre * strength)[:, None], seen.worth - hits + ((1 - centre) * strength)[:, None]
    superpopulation = (chance[:, None] * a / (a + b)).sum(axis=0)
    values = seen.seen * seen.p + (1 - seen.seen) * superpopulation
    nodes = random.choice(len(chance), size=DRAWS, p=chance)
    guessed = random.beta(np.maximum(a[nodes], 1e-9), np.maximum(b[nodes], 1e-9))
    finite = np.isfinite(seen.unseen)
    left = np.where(finite, seen.unseen, 1.0).astype(np.int64)
    counted = random.binomial(left, guessed) / np.maximum(left, 1)
    return values, seen.seen * seen.p + (1 - seen.seen) * np.where(finite, counted, guessed)


def _explained(seen: _Seen) -> tuple[Floats, Floats, Floats]:
    """Return centres, strengths and their probabilities (G,): the prior (a + b)^(−5/2) times the beta-binomial likelihood."""
    from scipy.special import betaln  # loads when first needed

    at = (np.arange(_CENTRES) + 0.5) / _CENTRES
    many = np.geomspace(0.5, _STRONGEST, _STRENGTHS)
    centre, strength = (grid.ravel() for grid in np.meshgrid(at, many, indexing="ij"))
    a, b = centre * strength, (1 - centre) * strength
    hits = seen.p * seen.worth
    likelihood = betaln(a[:, None] + hits, b[:, None] + seen.worth - hits) - betaln(a, b)[:, None]
    # (a + b)^(−5/2) on a and b is strength^(−3/2) on centre and strength, and one power more on its logarithm
    log = likelihood.sum(axis=1) - 0.5 * np.log(strength)
    chance = np.exp(log - log.max())
    return centre, strength, chance / chance.sum()


def _shrunk(direct: Estimate, value: float, draws: Floats) -> Estimate:
    if direct.n_effective is None:
        return direct
    low, high = (float(bound) for bound in np.quantile(draws, (0.025, 0.975)))
    value = float(value)
    return Estimate(value, float(draws.std()), min(low, value), max(high, value), direct.n, direct.n_effective, direct.frame)


def _ranks(n: Sequence[int], keys: Sequence[str], values: Floats, draws: Floats) -> dict[str, RankInterval]:
    """Rank 1 is the highest share; equal shares have the rank of the first among them."""
    ranks = {key: RankInterval(key, 0, 0, 0, ranked=False) for key in keys}
    enough = [place for place, firms in enumerate(n) if firms >= LEAST]
    if not enough:
        return ranks
    among = draws[:, enough]
    places = np.column_stack([1 + (among > among[:, [column]]).sum(axis=1) for column in range(len(enough))])
    bounds = np.quantile(places, (0.05, 0.95), axis=0, method="nearest").astype(int)
    for column, place in enumerate(enough):
        own = 1 + int((values[enough] > values[place]).sum())
        low, high = min(int(bounds[0, column]), own), max(int(bounds[1, column]), own)
        ranks[keys[place]] = RankInterval(keys[place], own, low, high)
    return ranks
