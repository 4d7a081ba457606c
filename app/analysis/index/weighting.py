"""Weights that people set for the pillars: whether they can be used, and a rubric that uses them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum, isfinite

from app.domain.errors import UserError
from app.domain.judgement import Aggregation, Weighting
from app.domain.rubric import Rubric

SUM_TOLERANCE = 1e-6  # a third entered as 0.333333 three times is meant to sum to 1
LARGEST = 1e6  # only their ratio counts; beyond, their sum may be no number


@dataclass(frozen=True, slots=True)
class CheckedWeighting:
    """Weights that can be used: `weighting` sums to 1, in the rubric's order; `total` is what they summed to as given.

    `note` is the text key of what is to be said of them (place `total`), "" where they summed to 1 already.
    """

    weighting: Weighting
    total: float
    note: str = ""


def check_weighting(weighting: Weighting, rubric: Rubric) -> CheckedWeighting:
    """Return the weights normalised to sum 1, and whether that had to be done.

    UserError `weights.…` when the rubric has no pillars, a pillar is unknown, missing or named twice, a weight is negative, no
    finite number or above LARGEST, or all are 0.
    """
    if rubric.ladder_item or not rubric.pillars:
        raise UserError("weights.no_pillars", rubric=rubric.id)
    weights = dict(weighting.weights)
    _check_names([code for code, _ in weighting.weights], [pillar.code for pillar in rubric.pillars])
    for code, weight in weights.items():
        if not isfinite(weight):
            raise UserError("weights.not_a_number", pillar=code)
        if weight < 0:
            raise UserError("weights.negative", pillar=code, weight=f"{weight:g}")
        if weight > LARGEST:
            raise UserError("weights.too_large", pillar=code, weight=f"{weight:g}", most=f"{LARGEST:,.0f}")
    total = fsum(weights.values())
    if total <= 0:
        raise UserError("weights.all_zero")
    shares = tuple((pillar.code, weights[pillar.code] / total) for pillar in rubric.pillars)
    note = "weights.normalised" if abs(total - 1.0) > SUM_TOLERANCE else ""
    return CheckedWeighting(replace(weighting, weights=shares), total, note)


def with_weighting(rubric: Rubric, weighting: Weighting) -> Rubric:
    """Return the rubric with these pillar weights, normalised; UserError when they do not fit it."""
    shares = dict(check_weighting(weighting, rubric).weighting.weights)
    return replace(rubric, pillars=tuple(replace(pillar, weight=shares[pillar.code]) for pillar in rubric.pillars))


def default_weighting(rubric: Rubric) -> Weighting:
    """Return the rubric's own weights as shares that sum to 1 (none for a ladder), with the arithmetic mean; its id is ""."""
    total = fsum(pillar.weight for pillar in rubric.pillars)
    shares = tuple((pillar.code, pillar.weight / total if total > 0 else 0.0) for pillar in rubric.pillars)
    return Weighting("", shares, Aggregation.ARITHMETIC, "")


def _check_names(given: list[str], known: list[str]) -> None:
    for code in given:
        if code not in known:
            raise UserError("weights.unknown", pillar=code, known=", ".join(known))
        if given.count(code) > 1:
            raise UserError("weights.twice", pillar=code)
    missing = [code for code in known if code not in given]
    if missing:
        raise UserError("weights.missing", pillars=", ".join(missing))
