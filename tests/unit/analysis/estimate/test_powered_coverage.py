"""The promise of the intervals on a few counties; `tests/benchmarks/bench_coverage.py` shows it on five hundred."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.estimate.powered import powered_estimates
from app.domain.estimate import Method
from tests.benchmarks import counties as world
from tests.benchmarks.counties import CODES, Model

COUNTIES = 32


def ends(model, visits, seed):
    """Low, high and truth of every share at a level or above in every sector of some counties, (3, n)."""
    rng, found = np.random.default_rng(seed), []
    for _ in range(COUNTIES):
        made = world.county(rng, model)
        probability = visits(made, 200, rng)
        sectors, _ = powered_estimates(world.population(made, probability, made.chances), "w", CODES)
        for place, sector in enumerate(sectors):
            if sector.method is not Method.RUBRIC:
                truth = (made.levels[made.sector == place][:, None] >= np.arange(1, 5)).mean(axis=0)
                found += [(sector.at_least[code].low, sector.at_least[code].high, truth[at]) for at, code in enumerate(CODES[1:])]
    return np.array(found).T


def cover(low, high, truth):
    return ((low <= truth + 1e-9) & (truth <= high + 1e-9)).mean()


def weighted(made, n, rng):
    return world.weighted_visits(made, n, int(rng.integers(1 << 30)))


@pytest.mark.parametrize(
    ("model", "visits"),
    [
        (Model("fair", 0.72), weighted),
        (Model("blind", 0.72, "blind"), world.plain_visits),
        (Model("a level too high", 0.72, "shifted"), weighted),
        (Model("fair", 0.72), world.messy_visits),
    ],
)
def test_that_nineteen_intervals_of_twenty_hold_the_truth_whatever_the_model_and_the_visits(model, visits):
    low, high, truth = ends(model, visits, seed=11)
    assert 0.925 <= cover(low, high, truth) <= 0.975
    middle, half = (low + high) / 2, (high - low) / 2
    assert cover(middle - 0.75 * half, middle + 0.75 * half, truth) < 0.925  # a quarter too short would be seen


def test_that_predictions_taken_for_truth_would_be_seen_to_fail():
    rng, model = np.random.default_rng(11), Model("a level too high", 0.72, "shifted")
    made = world.county(rng, model)
    above = made.chances[:, 1:].sum(axis=1)
    assert above.mean() > (made.levels >= 1).mean() + 0.2
    _, total = powered_estimates(world.population(made, weighted(made, 200, rng), made.chances), "w", CODES)
    assert total.at_least["L1"].low <= (made.levels >= 1).mean() <= total.at_least["L1"].high
