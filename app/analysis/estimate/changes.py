"""What changed between two waves, how sure that is, and what it says in plain words.

"Came" and "left" is said of answers: a firm of which a wave does not know the level (or what is measured) is not in it, and
one that changed its group left one and came to the other. The same firms: Newcombe, R. G. (1998), "Improved confidence
intervals for the difference between binomial proportions based on paired data", Statistics in Medicine 17, method 10, on their
effective number. The whole change: the two waves' intervals with their covariance through the firms in both, Tam, S. M.
(1984), "On covariances from overlapping samples", The American Statistician 38.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.analysis.answers import Floats
from app.analysis.estimate.domains import everyone
from app.analysis.estimate.intervals import difference
from app.analysis.estimate.panel import Panel, Side, Surveyed, panel
from app.analysis.estimate.parts import Parts, all_parts, group_parts, group_weights, same_weights
from app.analysis.estimate.shares import group_shares
from app.analysis.estimate.verdicts import LEAST, MATTERS, verdict
from app.analysis.estimate.weighting import Codes, sums
from app.analysis.estimate.wilson import wilson_share
from app.domain.assessment import TOTAL
from app.domain.estimate import Change, Estimate, Verdict
from app.domain.rubric import READY
from app.domain.study import Design


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Group `place` of the panel, or all firms (None).

    `stayed` (m,) are its places among the panel's firms that stayed, `weights` (m,) what each weighs in the part `same`, and
    `shares` the share in both waves.
    """

    name: str
    place: int | None
    stayed: Codes
    weights: Floats
    shares: tuple[Estimate, Estimate]

    def rows(self, side: Side) -> Codes:
        """The rows of a side that are of this group."""
        return np.arange(len(side.y)) if self.place is None else np.flatnonzero(side.groups.of == self.place)


def changes(before: Surveyed, after: Surveyed, level: str = READY, matters: float = MATTERS) -> tuple[Change, ...]:
    """Return the change of the share at `level` or above, of all firms and by sector, as `panel_changes` tells it.

    UserError `estimate.level` where a rubric has no such level.
    """
    return panel_changes(panel(before, after, level), level, matters)


def panel_changes(pair: Panel, what: str, matters: float = MATTERS) -> tuple[Change, ...]:
    """Return the change of the share with the panel's property, named `what`, of all firms (TOTAL) first, then of each group
    that both waves have.

    The parts add up to `total`. `interval` is that of the same firms' part and decides the verdict: SAME where it lies within
    ±`matters`, DIFFERS where it leaves out 0; fewer than 5 of the same firms can only tell where they are all there are.
    Volunteers in either wave: no interval, and nobody can tell. Empty when a wave knows it of nobody.
    """
    if len(pair.before.y) == 0 or len(pair.after.y) == 0:
        return ()
    parts = group_parts(pair)
    whole = all_parts(pair, parts)
    groups = _groups(pair)
    return tuple(_change(pair, group, whole if group.place is None else parts, what, matters) for group in groups)


def _groups(pair: Panel) -> list[_Group]:
    """All firms, then each group that both waves have."""
    old, new = same_weights(pair)
    weights, of = (old + new) / 2, pair.before.groups.of[pair.stayed_before]
    shares = (group_weights(pair.before) + group_weights(pair.after)) / 2
    whole = [group_shares(side.y, side.design, everyone(side.design), [side.whole])[0] for side in (pair.before, pair.after)]
    own = [group_shares(side.y, side.design, side.groups, side.frames) for side in (pair.before, pair.after)]
    found = [_Group(TOTAL, None, np.arange(len(of)), shares[of] * weights, (whole[0], whole[1]))]
    for place in np.flatnonzero((pair.before.groups.firms > 0) & (pair.after.groups.firms > 0)).tolist():
        stayed = np.flatnonzero(of == place)
        found.append(_Group(pair.names[place], place, stayed, weights[stayed], (own[0][place], own[1][place])))
    return found


def _change(pair: Panel, group: _Group, parts: Parts, what: str, matters: float) -> Change:
    at = group.place or 0
    same, whole = _same_firms(pair, group), _whole(pair, group)
    if Design.VOLUNTEER in (pair.before.wave.design, pair.after.wave.design):
        same, whole = _blunted(same), _blunted(whole)
    sure = same.n >= LEAST or (same.low is not None and same.low == same.high)
    return Change(
        sector=group.name,
        before=pair.before.wave.id,
        after=pair.after.wave.id,
        level=what,
        total=float(parts.after[at] - parts.before[at]),
        same=float(parts.same[at]),
        entered=float(parts.entered[at]),
        left=float(parts.left[at]),
        mix=float(parts.mix[at]),
        interval=same,
        n_same=int(parts.n_same[at]),
        n_entered=int(parts.n_entered[at]),
        n_left=int(parts.n_left[at]),
        verdict=verdict(same, None, matters) if sure else Verdict.CANNOT_TELL,
        whole=whole,
    )


def _blunted(estimate: Estimate) -> Estimate:
    return Estimate(estimate.value, n=estimate.n, reason=estimate.reason or "estimate.reason.volunteers")


def _same_firms(pair: Panel, group: _Group) -> Estimate:
    """The part of the same firms with its interval: two shares of the same firms, and how they go together."""
    rows_before, rows_after, weights = pair.stayed_before[group.stayed], pair.stayed_after[group.stayed], group.weights
    if len(weights) == 0:
        return Estimate(None, reason="estimate.reason.no_same_firms")
    was, is_ = pair.before.y[rows_before], pair.after.y[rows_after]
    unseen = np.maximum(_unseen(pair.before, rows_before), _unseen(pair.after, rows_after))
    spread = float((weights**2 * unseen).sum())
    worth = float(weights.sum()) ** 2 / spread if spread > 0 else math.inf
    share = float(weights.sum())
    old, new = (_score(float(weights @ y) / share, worth, len(weights)) for y in (was, is_))
    gap = difference(new, old, _phi(was, is_, weights / share, worth))
    apart = float(weights @ (is_ - was - (gap.value or 0.0)) ** 2) / share
    error = 0.0 if math.isinf(worth) else math.sqrt(apart / worth)
    low, high = (None if bound is None else share * bound for bound in (gap.low, gap.high))
    effective = None if math.isinf(worth) else worth
    return Estimate(float(weights @ (is_ - was)), share * error, low, high, len(weights), effective)


def _unseen(side: Side, rows: Codes) -> Floats:
    return side.design.unseen[side.design.strata[rows]]


def _score(value: float, worth: float, n: int) -> Estimate:
    value = min(max(value, 0.0), 1.0)
    low, high = wilson_share(value, worth)
    return Estimate(value, None, low, high, n)


def _phi(was: Floats, is_: Floats, weights: Floats, worth: float) -> float:
    """The correlation of two answers of the same firms; where positive, lowered by half a firm, as Newcombe has it."""
    old, new = float(weights @ was), float(weights @ is_)
    scale = old * (1 - old) * new * (1 - new)
    if scale <= 1e-15:
        return 0.0
    both = float(weights @ (was * is_)) - old * new
    both = max(both - 0.5 / worth, 0.0) if both > 0 else both
    return min(max(both / math.sqrt(scale), -1.0), 1.0)


def _whole(pair: Panel, group: _Group) -> Estimate:
    """The whole change with its interval."""
    old, new = group.shares
    return difference(new, old, _together(pair, group))


def _together(pair: Panel, group: _Group) -> float:
    """The correlation of the two waves' shares, through the firms that are in both."""
    old, new = _centred(pair.before, group.rows(pair.before)), _centred(pair.after, group.rows(pair.after))
    scale = math.sqrt(float((old**2).sum()) * float((new**2).sum()))
    shared = float((old[pair.stayed_before] * new[pair.stayed_after]).sum())
    return min(max(shared / scale, -1.0), 1.0) if scale > 0 else 0.0


def _centred(side: Side, rows: Codes) -> Floats:
    """What each firm adds to the variance of the share of `rows` (n,), as a root: the squares sum to it, 0 for all others."""
    weights, y, strata = side.design.weights[rows], side.y[rows], side.design.strata[rows]
    rest = weights * (y - float((weights * y).sum()) / float(weights.sum()))
    means = sums(strata, rest, len(side.design.answered)) / np.maximum(side.design.answered, 1.0)
    found = np.zeros(len(side.y))
    found[rows] = (rest - means[strata]) * np.sqrt(side.design.spread)[strata]
    return found
