"""What one lever does: some firms of a group come to meet the measure, or a level, and what the share gains by that.

Ranges are put together end by end: the fewest successes with the low end of the share among comparable firms, the most with the
high end. That never understates what is unsure, though sampling errors would partly cancel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.estimate.intervals import difference
from app.analysis.progress.lights import LEAST_FIRMS
from app.analysis.progress.standing import CannotTell, Standing
from app.analysis.progress.years import decimal_year
from app.domain.estimate import Estimate
from app.domain.scenario import Assumption, LeverEffect, Span
from app.domain.targets import Lever

LEAST_GROUP = 5  # firms below which a group would tell of single firms (analysis.disclosure.Policy.hide_below)
_WIDEN = ("township", "size", "sector")  # what is let go first where too few firms can be compared


@dataclass(frozen=True, slots=True, eq=False)
class _Comers:
    """The firms that a lever may move: `rows` (m,), and what one of them adds to the share's numerator (`gain` of 0–1)."""

    rows: Bools
    gain: Span
    assumptions: tuple[Assumption, ...]


def lever_effect(ground: Standing, lever: Lever, taken: Floats) -> tuple[LeverEffect, Floats]:
    """Return what `lever` adds to the share, and `taken` (m,) with the part of each firm that it takes added.

    A lever takes its firms evenly from those of its group that no earlier lever took; a firm is never taken twice. CannotTell
    for a lever that makes no sense: nobody in its group, no firms asked for, more than there are, or a day out of reach.
    """
    group = _group(ground, lever)
    comers = _to_level(ground, lever, group) if lever.reach else _to_measure(ground, group)
    open_ = ground.stands * comers.rows
    available, left = float(open_.sum()), float((open_ * (1 - taken)).sum())
    _check_available(lever, comers.rows, available)
    asked = min(float(lever.firms), left)
    low, high = lever.success
    moved = Span(asked * low, asked * (low + high) / 2, asked * high)
    each = float((open_ * (1 - taken) * ground.counted.size).sum()) / left / ground.total if left > 0 else 0.0
    effect = Span(*(firms * gain * each for firms, gain in zip(_ends(moved), _ends(comers.gain), strict=True)))
    part = asked / left if left > 0 else 0.0
    said = (*comers.assumptions, *_said(ground, lever, (available, left)))
    found = LeverEffect(lever, round(available), moved, effect, float(lever.firms) > left + 0.5, said)
    return found, taken + comers.rows * (1 - taken) * part


def _ends(span: Span) -> tuple[float, float, float]:
    return span.low, span.middle, span.high


def _group(ground: Standing, lever: Lever) -> Bools:
    """The firms of a lever's group; everything about the lever that can be wrong by itself is refused here."""
    words = group_words(lever.group)
    if lever.firms <= 0:
        raise CannotTell("firms", firms=str(lever.firms))
    low, high = lever.success
    if not 0 <= low <= high <= 1:
        raise CannotTell("success")
    if decimal_year(lever.by) <= ground.seen.time:
        raise CannotTell("early", by=lever.by, date=ground.counted.wave.date)
    if decimal_year(lever.by) > ground.aim.due:
        raise CannotTell("late", by=lever.by, year=str(ground.goal.year))
    if (lever.reach or any(name == "level" for name, _ in lever.group)) and not ground.levels:
        raise CannotTell("no_level", wave=ground.counted.wave.id)
    if lever.reach and lever.reach not in ground.levels:
        raise CannotTell("level", level=lever.reach, known=", ".join(ground.levels))
    rows = ground.group(lever.group)
    if not rows.any():
        raise CannotTell("group", group=words)
    if int(rows.sum()) < LEAST_GROUP:
        raise CannotTell("few_in_group", group=words, least=str(LEAST_GROUP))
    firms = float(ground.stands[rows].sum())
    if lever.firms > firms + 0.5:
        raise CannotTell("more", asked=str(lever.firms), firms=f"{round(firms)}", group=words)
    return rows


def _check_available(lever: Lever, rows: Bools, available: float) -> None:
    words = group_words(lever.group)
    if available <= 0:
        key = "nobody_below" if lever.reach else "all_there"
        raise CannotTell(key, group=words, level=lever.reach)
    if int(rows.sum()) < LEAST_GROUP:
        raise CannotTell("few_left", group=words, least=str(LEAST_GROUP), level=lever.reach)


def group_words(group: tuple[tuple[str, str], ...]) -> str:
    """Return a group as `size=small;level=L1`, which the pages put into words."""
    return ";".join(f"{name}={value}" for name, value in group)


def _to_measure(ground: Standing, group: Bools) -> _Comers:
    return _Comers(group & (ground.y == 0.0), Span(1.0, 1.0, 1.0), (Assumption("scenario.assume.measure"),))


def _to_level(ground: Standing, lever: Lever, group: Bools) -> _Comers:
    """Firms below a level that come to it: they will then meet the measure as often as comparable firms at it or above do.

    Those of them that meet it already add nothing; none that does stops.
    """
    rows = group & ground.below(lever.reach)
    alike, pairs, widened = _comparable(ground, lever)
    there, before = ground.share(alike), ground.share(rows) if rows.any() else Estimate(0.0, 0.0, 0.0, 0.0)
    gap = difference(there, before)
    gain = Span(*(max(0.0, bound if bound is not None else 0.0) for bound in (gap.low, gap.value, gap.high)))
    n = int(alike.sum())
    said = {"level": lever.reach, "n": str(n), "group": group_words(pairs), **_share(there)}
    found = [Assumption("scenario.assume.level", tuple(sorted(said.items())))]
    if widened:
        values = {"group": group_words(lever.group), "wider": group_words(pairs), "least": str(LEAST_FIRMS)}
        found.append(Assumption("scenario.assume.wider", tuple(sorted(values.items()))))
    if n < LEAST_FIRMS:
        found.append(Assumption("scenario.assume.few", (("n", str(n)),)))
    if before.value:
        found.append(Assumption("scenario.assume.already", (("share", f"{before.value:.9f}"),)))
    unknown = int((group & (ground.fields["level"] == "")).sum())
    if unknown:
        found.append(Assumption("scenario.assume.unknown_level"))
    return _Comers(rows, gain, tuple(found))


def _comparable(ground: Standing, lever: Lever) -> tuple[Bools, tuple[tuple[str, str], ...], bool]:
    """Return the firms at the level or above of the lever's group, widened while they are too few; and that group."""
    pairs = tuple(pair for pair in lever.group if pair[0] != "level")
    reached = ground.at_least(lever.reach)
    alike, widened = reached & ground.group(pairs), False
    for name in _WIDEN:
        if int(alike.sum()) >= LEAST_FIRMS:
            break
        if any(field == name for field, _ in pairs):
            pairs, widened = tuple(pair for pair in pairs if pair[0] != name), True
            alike = reached & ground.group(pairs)
    if int(alike.sum()) < LEAST_GROUP:
        raise CannotTell("nobody_there", level=lever.reach, least=str(LEAST_GROUP))
    return alike, pairs, widened


def _share(found: Estimate) -> dict[str, str]:
    bounds = {"share": found.value, "low": found.low, "high": found.high}
    return {name: f"{bound:.9f}" for name, bound in bounds.items() if bound is not None}


def _said(ground: Standing, lever: Lever, firms: tuple[float, float]) -> tuple[Assumption, ...]:
    """What is assumed of a lever beside whom it moves."""
    (available, left), found = firms, list[Assumption]()
    if lever.success != (1.0, 1.0):
        low, high = lever.success
        key = "scenario.assume.success" if low < high else "scenario.assume.success_one"
        found.append(Assumption(key, (("high", f"{high:.9f}"), ("low", f"{low:.9f}"))))
    if available - left >= 0.5:
        found.append(Assumption("scenario.assume.overlap", (("n", f"{round(available - left)}"),)))
    if lever.firms > left + 0.5:
        values = {"asked": str(lever.firms), "n": f"{round(left)}"}
        found.append(Assumption("scenario.assume.capped", tuple(sorted(values.items()))))
    if ground.measure.weight != "firms":
        found.append(Assumption(f"scenario.assume.mean_{ground.measure.weight}"))
    return tuple(found)


def nobody_taken(ground: Standing) -> Floats:
    """Return (m,) that no firm was taken by a lever yet."""
    return np.zeros(len(ground.y))
