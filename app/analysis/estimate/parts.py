"""A change between two waves taken apart into what the same firms, coming, leaving and the mix did.

Within a group (a sector, size or township) after Melitz, M. J. & Polanec, S. (2015), "Dynamic Olley–Pakes productivity
decomposition with entry and exit", RAND Journal of Economics 46, eq. (5): who came and who left count by how far they stood
from the firms that stayed. Weights of groups, and of the firms that stayed, after Bennet, T. L. (1920), "The theory of
measurement of changes in cost of living", JRSS 83: at the mean of both waves, so that nothing is left over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.answers import Floats
from app.analysis.estimate.panel import Panel, Side
from app.analysis.estimate.weighting import Codes, sums


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """By group (K,), or of all (1,): the share before and after and the parts of its change; counts of firms."""

    before: Floats
    after: Floats
    same: Floats
    entered: Floats
    left: Floats
    mix: Floats
    n_same: Codes
    n_entered: Codes
    n_left: Codes


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """By group (K,): Σw and Σwy of some firms, and how many they are."""

    weight: Floats
    hits: Floats
    n: Codes

    @property
    def share(self) -> Floats:
        """The share of each group, 0 where there is no firm."""
        return _over(self.hits, self.weight)


def group_parts(pair: Panel) -> Parts:
    """Return each group's change taken apart; meaningless, though finite, where a wave has nobody of the group.

    Where nobody stayed, coming and leaving have half of the change each.
    """
    before, after = _sums(pair.before), _sums(pair.after)
    stayed_before, stayed_after = _sums(pair.before, pair.stayed_before), _sums(pair.after, pair.stayed_after)
    gone, come = (
        _sums(pair.before, _others(pair.before, pair.stayed_before)),
        _sums(pair.after, _others(pair.after, pair.stayed_after)),
    )
    nobody = stayed_before.n == 0
    middle = (gone.share + come.share) / 2
    base, now = np.where(nobody, middle, stayed_before.share), np.where(nobody, middle, stayed_after.share)
    same, mix = _of_the_same(pair)
    return Parts(
        before.share,
        after.share,
        same,
        _over(come.weight, after.weight) * (come.share - now),
        _over(gone.weight, before.weight) * (base - gone.share),
        mix,
        stayed_before.n,
        come.n,
        gone.n,
    )


def all_parts(pair: Panel, groups: Parts) -> Parts:
    """Return the change of all firms taken apart, each shape (1,); a group that one wave lacks is part of the mix."""
    before, after = group_weights(pair.before), group_weights(pair.after)
    both = (before > 0) & (after > 0)
    middle, shift = np.where(both, (before + after) / 2, 0.0), after - before
    level = np.where(both, (groups.before + groups.after) / 2, np.where(after > 0, groups.after, groups.before))
    weighed = (float(middle @ part) for part in (groups.same, groups.entered, groups.left))
    mix = float(middle @ groups.mix + level @ shift)
    numbers = (float(before @ groups.before), float(after @ groups.after), *weighed, mix)
    counts = (groups.n_same, groups.n_entered, groups.n_left)
    return Parts(*(np.array([number]) for number in numbers), *(np.array([count.sum()]) for count in counts))


def group_weights(side: Side) -> Floats:
    """Return the share of the firms that each group is (K,), as weighted."""
    shares: Floats = side.groups.total / side.groups.total.sum()
    return shares


def same_weights(pair: Panel) -> tuple[Floats, Floats]:
    """Return the weights (m,) of the firms that stayed within their group before and after, each summing to 1 by group."""
    return _within(pair.before, pair.stayed_before), _within(pair.after, pair.stayed_after)


def _within(side: Side, rows: Codes) -> Floats:
    of, weights = side.groups.of[rows], side.design.weights[rows]
    shares: Floats = weights / sums(of, weights, side.groups.count)[of]
    return shares


def _of_the_same(pair: Panel) -> tuple[Floats, Floats]:
    """By group (K,): what the firms that stayed changed at their mean weight, and what their changed weights did."""
    old, new = same_weights(pair)
    was, is_ = pair.before.y[pair.stayed_before], pair.after.y[pair.stayed_after]
    of, size = pair.before.groups.of[pair.stayed_before], pair.before.groups.count
    return sums(of, (old + new) / 2 * (is_ - was), size), sums(of, (was + is_) / 2 * (new - old), size)


def _sums(side: Side, rows: Codes | None = None) -> _Sums:
    of, weights, y = side.groups.of, side.design.weights, side.y
    if rows is not None:
        of, weights, y = of[rows], weights[rows], y[rows]
    size = side.groups.count
    return _Sums(sums(of, weights, size), sums(of, weights * y, size), np.bincount(of, minlength=size))


def _others(side: Side, rows: Codes) -> Codes:
    left = np.ones(len(side.y), dtype=np.bool_)
    left[rows] = False
    return np.flatnonzero(left)


def _over(top: Floats, base: Floats) -> Floats:
    return np.divide(top, base, out=np.zeros(len(base)), where=base > 0)
