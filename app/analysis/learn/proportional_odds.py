"""The likelihood of the proportional odds model and its maximum; plain arrays, no estimator.

P(level ≤ k | x) = σ(θ_k − x·β) with θ_0 < θ_1 < … (McCullagh, P., 1980, "Regression models for ordinal data", J. R. Stat.
Soc. B 42, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_WIDEST = 30.0  # log-odds beyond which a threshold says nothing more: e⁻³⁰ is below one firm in a million millions


@dataclass(frozen=True, slots=True)
class Found:
    """Coefficients (p,) and thresholds (k − 1,) on the scale of the table given; `steps` iterations."""

    coefficients: Floats
    thresholds: Floats
    steps: int


@dataclass(frozen=True, slots=True)
class _Problem:
    table: Floats
    levels: Ints
    count: int
    strength: float


def maximise(table: Floats, levels: Ints, strength: float, monotone: npt.NDArray[np.bool_]) -> Found:
    """Return the penalised maximum for levels 0 … k − 1, all of which occur, over a finite `table` (n, p).

    `strength` is the weight of ‖β‖²/2 against the summed log-likelihood; coefficients of `monotone` columns stay ≥ 0.
    Thresholds are θ_0 and the logarithms of their steps, so that they keep their order (L-BFGS-B).
    """
    from scipy.optimize import minimize

    problem = _Problem(table, levels, int(levels.max()) + 1, strength)
    first = _start(problem)
    bounds: list[tuple[float | None, float | None]] = [(0.0 if bound else None, None) for bound in monotone]
    bounds += [(-_WIDEST, _WIDEST)] + [(-_WIDEST, np.log(2 * _WIDEST))] * (problem.count - 2)
    options = {"maxiter": 2000, "maxfun": 4000, "ftol": 1e-13, "gtol": 1e-7 * max(1.0, len(levels) ** 0.5), "maxcor": 20}
    found = minimize(_loss, first, args=(problem,), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    columns = table.shape[1]
    return Found(found.x[:columns].copy(), thresholds_of(found.x[columns:]), int(found.nit))


def thresholds_of(parameters: Floats) -> Floats:
    """Return rising thresholds (k − 1,) from the first and the logarithms of the steps."""
    steps = np.concatenate([parameters[:1], np.exp(parameters[1:])])
    return np.cumsum(steps)


def _start(problem: _Problem) -> Floats:
    """Return no effect at all, and thresholds at the shares of the levels."""
    below = np.cumsum(np.bincount(problem.levels, minlength=problem.count))[:-1] / len(problem.levels)
    odds = np.log(below / (1 - below))
    return np.concatenate([np.zeros(problem.table.shape[1]), odds[:1], np.log(np.diff(odds))])


def _loss(parameters: Floats, problem: _Problem) -> tuple[float, Floats]:
    """Return the penalised negative log-likelihood and its gradient.

    With u and l the log-odds at the firm's upper and lower threshold and d = u − l: log p = log σ(u) + log σ(−l) + log(1 − e⁻ᵈ),
    which loses no digits where both thresholds lie far out.
    """
    columns = problem.table.shape[1]
    slopes, steps = parameters[:columns], parameters[columns:]
    edges = np.concatenate([[-np.inf], thresholds_of(steps), [np.inf]])
    effect = problem.table @ slopes
    upper, lower = edges[problem.levels + 1] - effect, edges[problem.levels] - effect
    gap = edges[problem.levels + 1] - edges[problem.levels]
    below, above = sigmoid(upper), sigmoid(lower)
    missing = np.exp(-gap)
    loss = np.logaddexp(0.0, -upper) + np.logaddexp(0.0, lower) - np.log1p(-missing)
    narrow = missing / (1 - missing)  # 1 / (e^d − 1), 0 at the open ends
    by_edge = _by_edge(problem, (1 - below) + narrow, -above - narrow)
    gradient = np.empty_like(parameters)
    gradient[:columns] = problem.strength * slopes - problem.table.T @ (below + above - 1.0)
    gradient[columns:] = -_by_step(by_edge, steps)
    return float(loss.sum() + 0.5 * problem.strength * slopes @ slopes), gradient


def _by_edge(problem: _Problem, upper: Floats, lower: Floats) -> Floats:
    """Return the derivative of the log-likelihood by each inner threshold; shape (k − 1,)."""
    at_upper = np.bincount(problem.levels, weights=upper, minlength=problem.count)[:-1]
    at_lower = np.bincount(problem.levels, weights=lower, minlength=problem.count)[1:]
    return np.asarray(at_upper + at_lower, dtype=np.float64)


def _by_step(by_edge: Floats, steps: Floats) -> Floats:
    """Carry derivatives by threshold over to its parameters: a step moves every threshold above it."""
    onward = np.cumsum(by_edge[::-1])[::-1].copy()
    onward[1:] *= np.exp(steps[1:])
    return onward


def sigmoid(odds: Floats) -> Floats:
    """Return 1 / (1 + e⁻ˣ)."""
    from scipy.special import expit

    chance: Floats = expit(odds)
    return chance
