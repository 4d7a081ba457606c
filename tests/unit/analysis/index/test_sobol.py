"""Sobol indices against functions whose indices are known, along the way that the index itself takes."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.index.choices import Space
from app.analysis.index.draws import batches, means_of
from app.analysis.index.ranks import Sectors, mean_shift, ranks
from app.analysis.index.sobol import design, sobol
from app.analysis.index.variants import Field

# Three sectors of five firms, three pillars of one item, equal weights: A leads by the plain mean, B by the geometric one.
POINTS = {"A": (0.8, 0.5, 0.2), "B": (0.4, 0.6, 0.4), "C": (0.9, 0.1, 0.1)}
SECTORS = Sectors(tuple(POINTS), np.repeat(np.arange(3), 5), np.array([5, 5, 5]))
FIELD = Field(
    points=np.repeat(np.array(list(POINTS.values())), 5, axis=0),
    applies=np.ones((15, 3), dtype=bool),
    pillar=np.arange(3),
    weights=np.ones(3),
    sector=SECTORS.place,
    minimum=0.65,
    pillars=3,
)


def shifts(space: Space, uniform: np.ndarray) -> np.ndarray:
    """The mean absolute shift in ranks under every row of uniform numbers."""
    choices = space.choose(uniform)
    found = np.empty(len(choices))
    for rows, index in batches(FIELD, choices):
        found[rows] = mean_shift(ranks(np.round(means_of(index, SECTORS), 9)), np.array([1, 2, 3]))
    return found


def test_that_an_additive_function_gets_its_known_indices():
    """4a + 2b + 3c of uniform numbers, a and b one factor: (16 + 4)/29 and 9/29, alone as in total; a fourth does nothing."""
    rows = design((2, 1, 1), 1024, seed=7)
    first, total = sobol(rows @ np.array([4.0, 2.0, 3.0, 0.0]), 1024)
    assert first == pytest.approx([20 / 29, 9 / 29, 0.0], abs=0.002)
    assert total == pytest.approx([20 / 29, 9 / 29, 0.0], abs=0.002)


def test_that_interaction_shows_in_the_total_alone():
    """(a − ½)(b − ½): nothing alone, everything together."""
    rows = design((1, 1), 2048, seed=7) - 0.5
    first, total = sobol(rows[:, 0] * rows[:, 1], 2048)
    assert first == pytest.approx([0.0, 0.0], abs=0.02)
    assert total == pytest.approx([1.0, 1.0], abs=0.02)


def test_that_the_indices_of_three_sectors_equal_those_computed_by_hand():
    """Shift by aggregation (rows) and item left out (none, 1, 2, 3), each found with pencil and paper from POINTS."""
    table = np.array([[0, 2, 3, 1], [2, 2, 1, 0]]) / 3
    chance = np.array([1 / 2, 1 / 6, 1 / 6, 1 / 6])
    mean = (table @ chance).mean()
    variance = ((table - mean) ** 2 @ chance).mean()
    alone = np.array([((table @ chance - mean) ** 2).mean(), (table.mean(axis=0) - mean) ** 2 @ chance]) / variance
    assert alone == pytest.approx([0.0612, 0.3061], abs=0.0001)
    space = Space(("aggregation", "dropped"), np.ones(3), 3)
    found = shifts(space, design(space.columns, 4096, seed=3))
    assert set(np.round(found * 3).astype(int)) == {0, 1, 2, 3}
    assert found[: 2 * 4096].mean() == pytest.approx(mean, abs=0.01)
    first, total = sobol(found, 4096)
    assert first == pytest.approx(alone, abs=0.03)
    assert total == pytest.approx(1.0 - alone[::-1], abs=0.03)


def test_that_a_result_that_never_varies_is_explained_by_nothing():
    first, total = sobol(np.ones(4 * 8), 8)
    assert first.tolist() == total.tolist() == [0.0, 0.0]
