"""Ratios, means and shares of groups of firms with their design-based variances.

A group is a domain of the whole design and never a design of its own: Särndal, C.-E., Swensson, B. & Wretman, J. (1992),
Model Assisted Survey Sampling, §5.8. Linearised variance of a ratio within strata: Cochran, W. G. (1977), Sampling
Techniques, 3rd ed., §6.13 and §5A.14; of calibrated weights, by residuals: Särndal et al., §6.6 and §7.4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.weighting import Codes, sums

_SWEEPS = 10  # of the residuals over the margins of a raked design
_NOTHING = 1e-13  # of the sum of squares: what rounding leaves of a variance that is none


@dataclass(frozen=True, slots=True, eq=False)
class Domains:
    """A partition of the firms into D groups, `of` (n,) the group of each, and what it shares with the strata.

    `cell` (n,) numbers the P pairs of group and stratum that occur, `group` and `stratum` (P,) take them apart. By group (D,):
    `firms` n, `total` Σw, `unseen` Σw²(1 − n/N), `freedom`, firms less strata, and `settled`, the degrees of freedom that are
    left where a few strata make most of the variance.
    """

    of: Codes
    cell: Codes
    group: Codes
    stratum: Codes
    firms: Floats
    total: Floats
    unseen: Floats
    freedom: Floats
    settled: Floats

    @property
    def count(self) -> int:
        """How many groups there are, those without firms included."""
        return len(self.firms)

    def worth(self) -> Floats:
        """Return (D,) how many independent draws the firms are worth by weights and frame alone; infinite for all of them.

        Kish's (Σw)² / Σw², with each firm's correction for the frame.
        """
        return np.divide(self.total**2, self.unseen, out=np.where(self.firms > 0, np.inf, 0.0), where=self.unseen > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Ratios:
    """The ratio of each group (D,) and its variance (D,); 0 with variance 0 where the group is empty."""

    value: Floats
    variance: Floats


def partition(of: Codes, count: int, design: SurveyDesign) -> Domains:
    """Return the groups `of` (n,), numbered 0 … count − 1, of a design's firms.

    `settled` are Satterthwaite's degrees of freedom (Cochran 1977, §5.4, eq. 5.16) as if firms varied alike in all strata.
    """
    width = max(len(design.answered), 1)
    cell, pairs = pd.factorize(of * width + design.strata)
    group, stratum = pairs // width, pairs % width
    inside = sums(cell, design.counted(np.ones(len(of))), len(pairs))
    unseen = sums(cell, design.counted(design.weights**2), len(pairs)) * design.unseen[stratum]
    firms, whole = sums(group, inside, count), sums(group, unseen, count)
    shaky = sums(group, unseen**2 / np.maximum(inside - 1, 1), count)
    freedom = firms - np.bincount(group, minlength=count)
    settled = np.divide(whole**2, shaky, out=freedom.copy(), where=shaky > 0)
    return Domains(
        of,
        cell,
        group,
        stratum,
        firms,
        sums(of, design.counted(design.weights), count),
        whole,
        freedom,
        np.minimum(settled, freedom),
    )


def everyone(design: SurveyDesign) -> Domains:
    """Return all firms of a design as one group."""
    return partition(np.zeros(len(design.weights), dtype=np.int64), 1, design)


def ratios(y: Floats, design: SurveyDesign, groups: Domains, x: Floats | None = None) -> Ratios:
    """Return Σwy / Σwx (n,) by group, with variances; without `x` the mean of y, or a share where y is 0 or 1."""
    weighted_x, weighted_y = design.weights if x is None else design.weights * x, design.weights * y
    size = groups.count
    base = groups.total if x is None else sums(groups.of, design.counted(weighted_x), size)
    top = sums(groups.of, design.counted(weighted_y), size)
    value = np.divide(top, base, out=np.zeros(size), where=base != 0)
    rest = weighted_y - value[groups.of] * weighted_x
    raw = np.array(_calibrated(rest, design, groups)) if design.margins else _stratified(rest, design, groups)
    return Ratios(value, np.divide(raw, base**2, out=np.zeros(size), where=base != 0))


def total(y: Floats, design: SurveyDesign) -> tuple[float, float]:
    """Return the total of y (n,) over the frame and its variance."""
    whole = everyone(design)
    weighted = design.weights * y
    found = _calibrated(weighted, design, whole)[0] if design.margins else float(_stratified(weighted, design, whole)[0])
    return float(design.counted(weighted).sum()), found


def _stratified(weighted: Floats, design: SurveyDesign, groups: Domains) -> Floats:
    """Return by group (D,) the variance of the sum of weighted values (n,) over strata, firms outside it counting as 0."""
    cells = len(groups.group)
    plain, squares = (sums(groups.cell, design.counted(each), cells) for each in (weighted, weighted**2))
    n = design.answered[groups.stratum]
    within = squares - np.where(n > 1, plain**2 / n, 0.0)
    within = np.where(within <= _NOTHING * squares, 0.0, within)
    return sums(groups.group, design.spread[groups.stratum] * within, groups.count)


def _calibrated(weighted: Floats, design: SurveyDesign, groups: Domains) -> list[float]:
    """As `_stratified` by group, of what the margins leave unexplained; every firm then has a part in every group."""
    whole = everyone(design)
    found = []
    for place in range(groups.count):
        rest = _residuals(np.where(groups.of == place, weighted, 0.0) / design.weights, design)
        found.append(float(_stratified(rest * design.weights, design, whole)[0]))
    return found


def _residuals(values: Floats, design: SurveyDesign) -> Floats:
    base = design.counted(np.ones(len(values)) if design.base is None else design.base)
    for _ in range(_SWEEPS if len(design.margins) > 1 else 1):
        for margin in design.margins:
            size = int(margin.max()) + 1
            values = values - (sums(margin, base * values, size) / sums(margin, base, size))[margin]
    return values
