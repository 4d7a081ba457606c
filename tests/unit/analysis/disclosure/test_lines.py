"""Large releases: sums opened one by one, and the attacker asked whether that was enough."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.disclosure.lines import LARGE, protected
from tests.unit.analysis.disclosure.oracle import too_close
from tests.unit.analysis.disclosure.problems import table


def large(seed, rows=90, columns=6):
    """A table with so many small counts that a cheapest pattern would take minutes."""
    rng = np.random.default_rng(seed)
    return table(rng.poisson(rng.gamma(1.0, 6.0, (rows, columns))))


@pytest.mark.parametrize("seed", range(3))
def test_that_a_large_release_is_safe_to_an_attacker_of_its_own_and_not_called_the_cheapest(seed):
    problem = large(seed)
    assert np.count_nonzero(problem.unsafe) * len(problem.values) > LARGE
    found = protected(problem, 2.0)
    assert found.hidden[problem.unsafe].all() and not found.exposed.any() and not found.optimal
    few = np.zeros_like(problem.unsafe)
    few[np.random.default_rng(seed).choice(np.flatnonzero(problem.unsafe), 25, replace=False)] = True
    problem.unsafe[:] = few  # the tests' own attacker takes a programme a cell
    assert too_close(problem, found.hidden) == []


def test_that_a_small_release_is_made_safe_at_the_least_cost():
    found = protected(table([[3, 20, 30], [15, 40, 60], [30, 50, 70]]), 2.0)
    assert found.optimal and not found.exposed.any() and found.hidden.sum() == 4
