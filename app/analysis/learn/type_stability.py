"""Whether types of firms would be found again: in other halves of the firms, in shuffled answers, and in one plain cloud.

Stability is measured after Lange, T., Roth, V., Braun, M. & Buhmann, J. (2004), "Stability-based validation of clustering
solutions", Neural Computation 16, and Hennig, C. (2007), "Cluster-wise assessment of cluster stability", CSDA 52; agreement is
the adjusted Rand index of Hubert, L. & Arabie, P. (1985), "Comparing partitions", Journal of Classification 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.analysis.answers import Floats

if TYPE_CHECKING:
    from sklearn.cluster import KMeans

PAIRS = 20  # pairs of halves drawn for each number of types
CLOUDS = 20  # clouds without types that the firms are held against
_MOST_IN_HALF = 1_000
_LEAST_SPREAD = 0.1  # of a beta law: below it nearly all its weight lies on 0 and 100


def fit_types(points: Floats, k: int, rng: np.random.Generator, starts: int = 3) -> KMeans:
    """Return k-means fitted to standardised points of shape (n, d), from `starts` drawn starts (k-means++)."""
    from sklearn.cluster import KMeans

    return KMeans(k, n_init=starts, max_iter=100, tol=1e-3, random_state=int(rng.integers(2**31 - 1))).fit(points)


def stability(points: Floats, k: int, rng: np.random.Generator, shuffled: bool = False) -> float:
    """Return how alike two halves of the firms part them into k types: mean adjusted Rand index over PAIRS, 1 always the same.

    `shuffled`: of firms whose pillars were first shuffled apart, so that nothing goes together but what chance lets.
    """
    pairs = (_agreement(rng.permuted(points, axis=0) if shuffled else points, k, rng) for _ in range(PAIRS))
    return float(np.mean(list(pairs)))


def falls_apart(points: Floats, k: int, most: float, rng: np.random.Generator) -> bool:
    """Return whether k types leave at most `most` of the spread that they leave in one cloud of firms, in each of CLOUDS clouds.

    The cloud keeps each pillar's mean and spread (a beta law on 0–100) and how pillars go together (a Gaussian copula); so a
    line of firms from low to high, which also parts stably in the middle, does not fall apart: it leaves as much.
    After the cluster index of Liu, Y., Hayes, D., Nobel, A. & Marron, J. (2008), "Statistical significance of clustering for
    high-dimension, low-sample size data", JASA 103. `points` 0–100, shape (n, d), no column constant.
    """
    left = _left_within(points, k, rng)
    law, together = _law(points), _together(points)
    return all(left <= most * _left_within(_cloud(law, together, rng), k, rng) for _ in range(CLOUDS))


def standardised(points: Floats) -> Floats:
    """Return the columns with mean 0 and standard deviation 1, a constant one as 0."""
    spread = points.std(axis=0)
    scaled: Floats = (points - points.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return scaled


def _agreement(points: Floats, k: int, rng: np.random.Generator) -> float:
    """Part all firms by what two drawn halves teach, and return how alike they part them."""
    from sklearn.metrics import adjusted_rand_score

    half = min(len(points) // 2, _MOST_IN_HALF)
    one, other = (fit_types(points[rng.choice(len(points), half, replace=False)], k, rng).predict(points) for _ in range(2))
    return float(adjusted_rand_score(one, other))


def _left_within(points: Floats, k: int, rng: np.random.Generator) -> float:
    """Return the share of all spread that is left within k types."""
    scaled = standardised(points)
    return float(fit_types(scaled, k, rng, starts=5).inertia_ / np.square(scaled).sum())


def _law(points: Floats) -> Floats:
    """Return the n quantiles of each pillar's beta law on 0–100 with its mean and spread; shape (n, d), rising."""
    from scipy.stats import beta

    mean, variance = points.mean(axis=0) / 100, points.var(axis=0) / 100**2
    size = np.maximum(mean * (1 - mean) / variance - 1, _LEAST_SPREAD)
    chances = (np.arange(len(points)) + 0.5) / len(points)
    quantiles: Floats = 100 * beta.ppf(chances[:, None], mean * size, (1 - mean) * size)
    return quantiles


def _together(points: Floats) -> Floats:
    """Return a square root of the correlations between the pillars' normal scores; shape (d, d)."""
    from scipy.stats import norm, rankdata

    scores = norm.ppf((rankdata(points, axis=0) - 0.5) / len(points))
    wide = np.eye(points.shape[1])
    root: Floats = np.linalg.cholesky(0.999 * np.corrcoef(scores, rowvar=False).reshape(wide.shape) + 0.001 * wide)
    return root


def _cloud(law: Floats, together: Floats, rng: np.random.Generator) -> Floats:
    """Draw one cloud: each column of `law` in the order of a column of correlated normal draws."""
    order = (rng.standard_normal(law.shape) @ together.T).argsort(axis=0).argsort(axis=0)
    drawn: Floats = np.take_along_axis(law, order, axis=0)
    return drawn
