"""What changed between two waves, how sure that is, and what it says in plain words.

"Came" and "left" is said of answers: a firm without a known level in a wave is not in it, and one that changed its sector
left one and came to the other. The same firms: Newcombe, R. G. (1998), "Improved confidence intervals for the difference
between binomial proportions based on paired data", Statistics in Medicine 17, method 10, on their effective number. The whole
change: the two waves' intervals with their covariance through the firms in both, Tam, S. M. (1984), "On covariances from
overlapping samples", The American Statistician 38.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Floats
from app.analysis.estimate.domains import Domains, everyone, ratios
from app.analysis.estimate.intervals import Drawn, difference, share_estimate
from app.analysis.estimate.panel import Panel, Side, Surveyed, panel
from app.analysis.estimate.parts import Parts, all_parts, same_weights, sector_parts, sector_weights
from app.analysis.estimate.profiles import frame_total
from app.analysis.estimate.verdicts import LEAST, MATTERS, verdict
from app.analysis.estimate.weighting import Codes, sums
from app.analysis.estimate.wilson import wilson_share
from app.domain.assessment import TOTAL
from app.domain.estimate import Change, Estimate, Verdict
from app.domain.study import Design


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Sector `place` of the panel, or all firms (None): the weights (m,) that the firms that stayed have in its `same` part."""

    name: str
    place: int | None
    weights: Floats

    def of(self, side: Side) -> tuple[Domains, int]:
        """The groups of a side among which this one is, and its number there."""
        return (everyone(side.design), 0) if self.place is None else (side.groups, self.place)


def changes(before: Surveyed, after: Surveyed, level: str = "L2", matters: float = MATTERS) -> tuple[Change, ...]:
    """Return the change of the share at `level` or above, of all firms (TOTAL) first, then of each sector that both waves have.

    The parts add up to `total`. `interval` is that of the same firms' part and decides the verdict: SAME where it lies within
    ±`matters`, DIFFERS where it leaves out 0; fewer than 5 of the same firms can only tell where they are all there are.
    Volunteers in either wave: no interval, and nobody can tell. Empty when a wave has no known level. UserError
    `estimate.level` where a rubric has no such level.
    """
    pair = panel(before, after, level)
    if len(pair.before.y) == 0 or len(pair.after.y) == 0:
        return ()
    parts = sector_parts(pair)
    groups = [_Group(TOTAL, None, _total_weights(pair))]
    shared = np.flatnonzero((pair.before.groups.firms > 0) & (pair.after.groups.firms > 0))
    groups += [_Group(pair.sectors[place], int(place), _sector_weights(pair, int(place))) for place in shared]
    whole = all_parts(pair, parts)
    return tuple(_change(pair, group, whole if group.place is None else parts, level, matters) for group in groups)


def _change(pair: Panel, group: _Group, parts: Parts, level: str, matters: float) -> Change:
    at = group.place or 0
    same, whole = _same_firms(pair, group), _whole(pair, group)
    if Design.VOLUNTEER in (pair.before.wave.design, pair.after.wave.design):
        same, whole = _blunted(same), _blunted(whole)
    sure = same.n >= LEAST or (same.low is not None and same.low == same.high)
    return Change(
        sector=group.name,
        before=pair.before.wave.id,
        after=pair.after.wave.id,
        level=level,
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


def _sector_weights(pair: Panel, place: int) -> Floats:
    old, new = same_weights(pair)
    return np.where(pair.before.groups.of[pair.stayed_before] == place, (old + new) / 2, 0.0)


def _total_weights(pair: Panel) -> Floats:
    old, new = same_weights(pair)
    sectors = (sector_weights(pair.before) + sector_weights(pair.after)) / 2
    return sectors[pair.before.groups.of[pair.stayed_before]] * (old + new) / 2


def _same_firms(pair: Panel, group: _Group) -> Estimate:
    """The part of the same firms with its interval: two shares of the same firms, and how they go together."""
    inside = group.weights > 0
    rows_before, rows_after, weights = pair.stayed_before[inside], pair.stayed_after[inside], group.weights[inside]
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
    old, new = _share(pair.before, group, pair.sectors), _share(pair.after, group, pair.sectors)
    return replace(difference(new, old, _together(pair, group)), n=new.n + old.n)


def _share(side: Side, group: _Group, sectors: tuple[str, ...]) -> Estimate:
    groups, place = group.of(side)
    found = ratios(side.y, side.design, groups)
    frame = frame_total(side.wave, sectors) if group.place is None else side.wave.frame.get(group.name)
    drawn = Drawn(int(groups.firms[place]), float(groups.worth()[place]), float(groups.freedom[place]), frame)
    hits = int(side.y[groups.of == place].sum())
    return share_estimate(float(found.value[place]), float(found.variance[place]), drawn, hits)


def _together(pair: Panel, group: _Group) -> float:
    """The correlation of the two waves' shares, through the firms that are in both."""
    old, new = _centred(pair.before, group), _centred(pair.after, group)
    scale = math.sqrt(float(old @ old) * float(new @ new))
    shared = float(old[pair.stayed_before] @ new[pair.stayed_after])
    return min(max(shared / scale, -1.0), 1.0) if scale > 0 else 0.0


def _centred(side: Side, group: _Group) -> Floats:
    """What each firm adds to the variance of the group's share (n,), as a root: the squares sum to it."""
    groups, place = group.of(side)
    inside = groups.of == place
    weights = np.where(inside, side.design.weights, 0.0)
    rest = weights * (side.y - float(weights @ side.y) / float(weights.sum()))
    strata, size = side.design.strata, len(side.design.answered)
    means = sums(strata, rest, size) / np.maximum(side.design.answered, 1.0)
    return np.where(inside, rest - means[strata], 0.0) * np.sqrt(side.design.spread)[strata]
