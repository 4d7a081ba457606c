"""How much of a result's variance each choice explains: designs of draws, and first-order and total Sobol indices of them.

Saltelli, A. et al. (2010), "Variance based sensitivity analysis of model output", Computer Physics Communications 181: each
factor (here one or several columns together) is exchanged between two independent samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Floats


def design(columns: Sequence[int], n: int, seed: int) -> Floats:
    """Return uniform draws of shape (n × (factors + 2), sum of `columns`): two independent samples of n rows, then for each
    factor the first sample with that factor's columns taken from the second. `n` is a power of 2; scrambled Sobol' points."""
    from scipy.stats import qmc

    width = sum(columns)
    points = qmc.Sobol(2 * width, scramble=True, seed=np.random.default_rng(seed)).random(n)
    first, second = points[:, :width], points[:, width:]
    ends = np.cumsum([0, *columns])
    blocks = [first, second]
    for start, stop in pairwise(ends):
        mixed = first.copy()
        mixed[:, start:stop] = second[:, start:stop]
        blocks.append(mixed)
    return np.vstack(blocks)


def sobol(results: Floats, n: int) -> tuple[Floats, Floats]:
    """Return the first-order and the total index of each factor from the results of `design`, in its order, each 0–1.

    What the draws put outside 0–1 is drawn back to it. All 0 where the results do not vary.
    """
    from scipy.stats import sobol_indices

    factors = len(results) // n - 2
    if factors < 1 or np.ptp(results) == 0:
        return np.zeros(max(factors, 0)), np.zeros(max(factors, 0))
    by_block = results.reshape(factors + 2, 1, n)
    found = sobol_indices(func={"f_A": by_block[0], "f_B": by_block[1], "f_AB": by_block[2:]}, n=n)
    return _within(found.first_order), _within(found.total_order)


def _within(indices: npt.ArrayLike) -> Floats:
    return np.clip(np.asarray(indices, dtype=np.float64).reshape(-1), 0.0, 1.0)
