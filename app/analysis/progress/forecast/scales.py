"""Scales on which adoption runs straight: the models differ in the scale, and so in what happens far ahead.

On its scale every model is a line. In the share itself it is a straight line; in logits the S-curve with ceiling 100 %; in
logits of a part of the ceiling the logistic curve with a lower ceiling; and ln((1 + aF) / (1 − F)), which for a = q / p grows
by p + q a year, makes a line of Bass's curve F = (1 − e^−(p+q)t) / (1 + a e^−(p+q)t) (Bass 1969, Management Science 15(5)).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.analysis.progress.forecast.series import Floats

_FAR = 700.0  # beyond it exp() overflows


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """`of` carries a share to the scale, `back` returns it (never past 0 or 1), `slope` is the derivative of `of`."""

    name: str
    of: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def plain() -> Scale:
    """The share itself, cut off at 0 and 1."""
    return Scale("linear", lambda share: share, lambda value: np.clip(value, 0.0, 1.0), np.ones_like)


def unit() -> Scale:
    """A count or an amount, which has no walls."""
    return Scale("linear", lambda value: value, lambda value: value, np.ones_like)


def logit(name: str = "logit", ceiling: Floats | float = 1.0) -> Scale:
    """Log odds of the share as a part of `ceiling` (a number, or one for each series (G, 1))."""

    def of(share: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            part = np.clip(share / ceiling, 0.0, 1.0)
            odds: Floats = np.log(part) - np.log1p(-part)
        return odds

    def back(value: Floats) -> Floats:
        share: Floats = ceiling / (1 + np.exp(-np.clip(value, -_FAR, _FAR)))
        return share

    return Scale(name, of, back, lambda share: ceiling / (share * (ceiling - share)))


def bass(ratio: float) -> Scale:
    """Bass's scale with q / p = `ratio`; a value below 0 lies before the first adopter and is a share of 0."""

    def of(share: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            value: Floats = np.log1p(ratio * share) - np.log1p(-np.clip(share, 0.0, 1.0))
        return value

    def back(value: Floats) -> Floats:
        gone = np.exp(-np.clip(value, 0.0, _FAR))
        share: Floats = (1 - gone) / (1 + ratio * gone)
        return share

    return Scale("bass", of, back, lambda share: (1 + ratio) / ((1 + ratio * share) * (1 - share)))
