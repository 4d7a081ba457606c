"""Weights: how many firms of the frame each answered firm stands for.

Raking: Deming, W. E. & Stephan, F. F. (1940), "On a least squares adjustment of a sampled frequency table", Annals of
Mathematical Statistics 11. Trimming with the cut weight given back to all: Potter, F. J. (1990), "A study of procedures to
identify and trim extreme sampling weights", JSM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Floats
from app.domain.errors import UserError

Codes = npt.NDArray[np.int64]

_ROUNDS = 200
_EXACT = 1e-10  # of each total: how near raking must come to be said to have converged


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """Weights (n,) after `rounds` of raking; `converged` whether every margin is met to 1e-10 of its total."""

    weights: Floats
    converged: bool
    rounds: int


def sums(of: Codes, values: Floats, size: int) -> Floats:
    """Return the sum of values (n,) by group `of` (n,), shape (size,)."""
    found: Floats = np.bincount(of, values, minlength=size).astype(np.float64, copy=False)  # whole numbers of nothing
    return found


def check_weights(weights: Floats) -> Floats:
    """Return weights (n,) as they are; UserError `estimate.weights` where one is not a number, not finite or not above 0."""
    wrong = int((~(np.isfinite(weights) & (weights > 0))).sum())
    if wrong:
        raise UserError("estimate.weights", wrong=wrong, n=len(weights))
    return weights


def post_weights(weights: Floats, groups: Codes, totals: Floats) -> Floats:
    """Return weights (n,) scaled so that group g sums to `totals[g]` firms.

    UserError `estimate.empty_group` where a group with firms in the frame has nobody to stand for them.
    """
    held = sums(groups, check_weights(weights), len(totals))
    empty = int(((held == 0) & (totals > 0)).sum())
    if empty:
        raise UserError("estimate.empty_group", empty=empty, groups=len(totals))
    ratio = np.divide(totals, held, out=np.zeros(len(totals)), where=held > 0)
    return check_weights(weights * ratio[groups])


def rake_weights(weights: Floats, margins: Sequence[Codes], totals: Sequence[Floats]) -> Raked:
    """Return weights (n,) scaled by each margin in turn until all are met; margins whose sums disagree never converge.

    `margins[k]` (n,) holds the group of each firm and `totals[k]` the firms in each group. UserError as `post_weights`.
    """
    for rounds in range(1, _ROUNDS + 1):
        for groups, wanted in zip(margins, totals, strict=True):
            weights = post_weights(weights, groups, wanted)
        if all(_met(weights, groups, wanted) for groups, wanted in zip(margins, totals, strict=True)):
            return Raked(weights, True, rounds)
    return Raked(weights, False, _ROUNDS)


def _met(weights: Floats, groups: Codes, wanted: Floats) -> bool:
    held = sums(groups, weights, len(wanted))
    return bool((np.abs(held - wanted) <= _EXACT * np.maximum(wanted, 1.0)).all())


def trim(weights: Floats, firms: Floats | None = None, low: float = 0.3, high: float = 3.0) -> Floats:
    """Return weights (n,) held within [low, high] × their mean, the sum kept: what is cut off is given back to all.

    `firms` (n,) says how many firms have each weight (default one). Cutting and giving back repeat until both hold.
    """
    check_weights(weights)
    counts = np.ones(len(weights)) if firms is None else firms
    if len(weights) == 0 or counts.sum() == 0:
        return weights
    mean = float((weights * counts).sum() / counts.sum())
    cut = weights
    for _ in range(_ROUNDS):
        held = np.clip(cut, low * mean, high * mean)
        if np.array_equal(held, cut):
            break
        cut = held * (mean * counts.sum() / (held * counts).sum())
    return np.clip(cut, low * mean, high * mean)
