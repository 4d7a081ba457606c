"""A small, seeded run of the simulation in tests/benchmarks/bench_fans.py: the fans hold what they promise, no more, no less."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.bench_fans import WORLDS, simulate


@pytest.fixture(scope="module")
def cells():
    rng = np.random.default_rng(11)
    return {world: [simulate(world, size, waves, 250, rng) for waves in (2, 4, 8) for size in (50, 400)] for world in WORLDS}


@pytest.mark.parametrize("world", WORLDS)
def test_that_an_80_percent_fan_holds_the_truth_about_four_times_in_five(cells, world):
    held = np.mean([cell.held.mean() for cell in cells[world]])
    assert 0.73 <= held <= 0.87


@pytest.mark.parametrize("world", WORLDS)
def test_that_of_what_is_given_about_80_percent_about_that_many_come_true(cells, world):
    given, came = (np.concatenate([getattr(cell, name) for cell in cells[world]]) for name in ("chances", "reached"))
    for low, high in ((0.15, 0.25), (0.45, 0.55), (0.75, 0.85)):
        pick = (low <= given) & (given < high)
        assert pick.sum() > 500
        assert came[pick].mean() == pytest.approx(given[pick].mean(), abs=0.09)


def test_that_fans_of_few_firms_are_wider(cells):
    for world in WORLDS:
        few, many = ([cell.wide.mean() for cell in cells[world] if cell.size == size] for size in (50, 400))
        assert np.mean(few) > 1.1 * np.mean(many)
