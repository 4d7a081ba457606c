"""Shrinkage and ranks: few firms move far, many hardly at all, and small sectors are not ranked."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from app.analysis.estimate import wilson
from app.analysis.estimate.ranks import shrink_and_rank
from app.domain.estimate import Estimate, Method, SectorEstimate


def sector(key: str, hits: int, n: int, frame: float | None = None) -> SectorEstimate:
    low, high = wilson(hits, n, frame)
    worth = None if frame == n else n if frame is None else n / (1 - n / frame)
    at_least = {"L2": Estimate(hits / n, 0.1, low, high, n, worth, frame)}
    return SectorEstimate(key, "2026", Method.RUBRIC, "", n, 0, {}, at_least, None)


COUNTY = [
    sector("A", 6, 6),
    *(sector(chr(66 + place), round(40 * share), 40) for place, share in enumerate(np.linspace(0.3, 0.6, 9))),
]


def ranked(estimates, seed=1):
    return {one.sector: SimpleNamespace(shrunk=one.shrunk, rank=one.rank) for one in shrink_and_rank(estimates, "L2", seed)}


def test_that_six_firms_of_six_do_not_top_the_list():
    found = ranked(COUNTY)
    assert 0.45 < found["A"].shrunk.value < 0.85
    assert not found["A"].rank.ranked
    assert (found["A"].rank.rank, found["A"].rank.low, found["A"].rank.high) == (0, 0, 0)


def test_that_many_firms_speak_for_themselves():
    found = ranked([*COUNTY, sector("Z", 4500, 5000)])
    assert found["Z"].shrunk.value == pytest.approx(0.9, abs=0.002)
    assert (found["Z"].rank.rank, found["Z"].rank.low, found["Z"].rank.high) == (1, 1, 1)


def test_that_a_sector_asked_whole_is_what_it_is():
    found = ranked([*COUNTY, sector("Z", 12, 12, 12)])
    assert (found["Z"].shrunk.value, found["Z"].shrunk.low) == (1.0, 1.0)


def test_that_rank_intervals_hold_the_rank_and_widen_with_doubt():
    found = ranked(COUNTY)
    ranks = [found[chr(66 + place)].rank for place in range(9)]
    assert all(1 <= rank.low <= rank.rank <= rank.high <= 9 for rank in ranks)
    assert [rank.rank for rank in ranks] == sorted((rank.rank for rank in ranks), reverse=True)
    sure = ranked([sector(key, 50 * hits, 50 * n) for key, hits, n in (("B", 12, 40), ("C", 16, 40), ("D", 20, 40))])
    assert all(sure[key].rank.high == sure[key].rank.low for key in "BCD")
    assert sum(rank.high - rank.low for rank in ranks) > 15


def test_that_the_draw_is_repeatable_and_knows_no_order():
    assert ranked(COUNTY, 5) == ranked(COUNTY[::-1], 5)
    assert ranked(COUNTY, 5) != ranked(COUNTY, 6)


def test_that_a_lone_sector_is_drawn_nowhere_far():
    found = ranked([sector("C", 20, 40)])
    assert found["C"].shrunk.value == pytest.approx(0.5, abs=1e-6)
    assert found["C"].rank.rank == 1


def test_that_shrunken_intervals_cover_the_sectors_they_are_about():
    """60 counties of 12 sectors with 6 to 60 of 100 firms each, their shares from a beta distribution."""
    random = np.random.default_rng(20260701)
    covered = closer = total = 0
    for _ in range(60):
        truth = random.binomial(100, random.beta(4, 6, 12))
        sizes = random.integers(6, 60, 12)
        hits = random.hypergeometric(truth, 100 - truth, sizes)
        found = ranked([sector(chr(65 + k), int(hits[k]), int(sizes[k]), 100.0) for k in range(12)])
        for k in range(12):
            estimate = found[chr(65 + k)].shrunk
            covered += estimate.low - 1e-9 <= truth[k] / 100 <= estimate.high + 1e-9
            closer += (estimate.value - truth[k] / 100) ** 2 - (hits[k] / sizes[k] - truth[k] / 100) ** 2
            total += 1
    assert 0.93 <= covered / total <= 0.98
    assert closer < 0
