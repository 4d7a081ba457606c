"""How far assessors agree who judged the same firms: plainly, and beyond chance with far slips counting more than near ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from app.domain.learning import Agreement

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LEAST = 10
"""Firms judged by two below which no interval is given."""
_DRAWS = 2_000
_TAIL = 2.5


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two assessors by name, and how far they agree on the firms that both judged."""

    one: str
    other: str
    agreement: Agreement


def agreement_of(ratings: Mapping[int, Mapping[str, int]], levels: int, seed: int = 7) -> Agreement | None:
    """Return the agreement over all firms that at least two assessors judged; None when there is no such firm.

    `ratings[firm][assessor]` is a level's place 0 … `levels` − 1. `agree`: mean share of pairs of assessors of a firm that give
    the same level. With two assessors in all, `kappa` is theirs (J. Cohen, 1968, Weighted kappa, Psychological Bulletin 70(4));
    with more, each firm counts once, its pairs in both orders, so that both margins are those of all assessors (W. Scott,
    1955, Reliability of content analysis, Public Opinion Quarterly 19(3)). The queue is left empty.
    """
    judged = [ratings[firm] for firm in sorted(ratings) if len(ratings[firm]) > 1]
    if not judged:
        return None
    people = sorted({who for given in judged for who in given})
    both_ways = len(people) > 2
    return _agreement([_pairs(given, both_ways) for given in judged], levels, seed)


def pair_agreements(ratings: Mapping[int, Mapping[str, int]], levels: int, seed: int = 7) -> tuple[PairAgreement, ...]:
    """Return the agreement of each two assessors who judged a firm together, by name."""
    firms: dict[tuple[str, str], list[list[tuple[int, int]]]] = {}
    for firm in sorted(ratings):
        given = ratings[firm]
        for one, other in combinations(sorted(given), 2):
            firms.setdefault((one, other), []).append([(given[one], given[other])])
    return tuple(PairAgreement(*pair, _agreement(firms[pair], levels, seed)) for pair in sorted(firms))


def weighted_kappa(table: Floats) -> Floats:
    """Return the quadratic weighted kappa of tables of counts, shape (…, k, k) → (…); NaN where chance leaves no disagreement.

    Source: J. Cohen, 1968, Weighted kappa, Psychological Bulletin 70(4), formula for disagreement weights (i − j)².
    """
    size = table.shape[-1]
    weights = np.subtract.outer(np.arange(size), np.arange(size)).astype(np.float64) ** 2
    total = table.sum(axis=(-2, -1))
    seen = (table * weights).sum(axis=(-2, -1))
    rows, columns = table.sum(axis=-1), table.sum(axis=-2)
    by_chance = np.einsum("...i,ij,...j->...", rows, weights, columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa: Floats = 1.0 - seen * total / by_chance
    return np.where(by_chance > 0, kappa, np.nan)


def _pairs(given: Mapping[str, int], both_ways: bool) -> list[tuple[int, int]]:
    pairs = [(given[one], given[other]) for one, other in combinations(sorted(given), 2)]
    return pairs + [(other, one) for one, other in pairs] if both_ways else pairs


def _agreement(firms: Sequence[Sequence[tuple[int, int]]], levels: int, seed: int) -> Agreement:
    """Return the agreement of firms given as pairs of levels; each firm weighs the same, however many pairs it has."""
    tables = np.zeros((len(firms), levels, levels))
    for place, pairs in enumerate(firms):
        for one, other in pairs:
            tables[place, one, other] += 1.0 / len(pairs)
    kappa = float(weighted_kappa(tables.sum(axis=0)))
    agree = float(np.trace(tables, axis1=1, axis2=2).mean())
    low, high = _interval(tables, seed) if np.isfinite(kappa) and agree < 1.0 else (None, None)
    return Agreement(len(firms), agree, kappa if np.isfinite(kappa) else None, low, high)


def _interval(tables: Floats, seed: int) -> tuple[float | None, float | None]:
    """Return the 95 % interval of kappa when firms are drawn anew with replacement; (None, None) below LEAST firms.

    Firms that were judged alike are drawn together, so that the cost does not grow with their number. Where all agree there
    is no interval to be had this way. Source: B. Efron and R. Tibshirani, 1993, An Introduction to the Bootstrap, ch. 13.
    """
    if len(tables) < LEAST:
        return None, None
    kinds, counts = np.unique(tables.reshape(len(tables), -1), axis=0, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(tables), counts / counts.sum(), size=_DRAWS)
    size = tables.shape[-1]
    kappas = weighted_kappa((drawn @ kinds).reshape(_DRAWS, size, size))
    kappas = kappas[np.isfinite(kappas)]
    if len(kappas) < _DRAWS // 2:
        return None, None
    low, high = np.percentile(kappas, [_TAIL, 100.0 - _TAIL])
    return float(low), float(high)
