"""What it would take: how many more firms must come to meet a goal's measure, of which kind, and who is nearest to it."""

from __future__ import annotations

import math

import numpy as np

from app.analysis.answers import Bools
from app.analysis.progress.levers import LEAST_GROUP
from app.analysis.progress.scenario import mean_size
from app.analysis.progress.standing import CannotTell, Standing, standing
from app.domain.goals import GoalBook
from app.domain.scenario import FIELDS, GroupNeed, NearStep, Need, Span
from app.domain.study import Study

PLANNED = "planned"
SIZES = ("large", "medium", "small", "micro", "")


def needed(study: Study, book: GoalBook, goal: str) -> Need:
    """Return what reaching goal `goal` would take from the newest wave on; `reason` says why where it cannot be told."""
    try:
        return needed_from(standing(study, book, goal))
    except CannotTell as error:
        return Need(goal, reason=error.key, reason_values=error.values)


def needed_from(ground: Standing) -> Need:
    """Return what reaching a goal would take from where firms stand; CannotTell where its year is over.

    Firms are those of the frame where it is known, else those that answered. Groups are given whatever their size, for release;
    steps of fewer than 5 answers are put together with others.
    """
    if ground.aim.due <= ground.seen.time:
        raise CannotTell("overdue", year=str(ground.goal.year), wave=ground.seen.wave)
    seen, aim = ground.seen, ground.aim
    ends = [seen.value if bound is None else bound for bound in (seen.high, seen.value, seen.low)]
    each = mean_size(ground, ground.y == 0.0)
    firms = Span(*(max(0.0, aim.target - end) * ground.total / each for end in ends))
    quarters = max(1.0, 4 * (aim.due - seen.time))
    return Need(
        goal=ground.goal.id,
        wave=seen.wave,
        now=Span(ends[2], ends[1], ends[0]),
        target=aim.target,
        firms=firms,
        quarters=quarters,
        per_quarter=firms.middle / quarters,
        groups=tuple(_group(ground, name, value) for name in FIELDS for value in values_of(ground, name)),
        steps=_steps(ground, firms.middle * each),
        base=ground.base,
    )


def values_of(ground: Standing, field: str) -> tuple[str, ...]:
    """Return the values of a field that firms have, sizes and levels in their order, unknown last."""
    names = [str(name) for name in np.unique(ground.fields[field].astype(str)).tolist()]
    order = SIZES if field == "size" else ()
    return tuple(sorted(names, key=lambda value: (value == "", order.index(value) if value in order else 0, value)))


def _group(ground: Standing, field: str, value: str) -> GroupNeed:
    rows = ground.fields[field] == value
    open_ = rows & (ground.y == 0.0)
    gap = max(0.0, ground.aim.target - ground.seen.value) * ground.total
    needed_ = gap / mean_size(ground, open_) if open_.any() else math.inf if gap > 0 else 0.0
    firms, available = float(ground.stands[rows].sum()), float(ground.stands[open_].sum())
    return GroupNeed(field, value, int(rows.sum()), int(open_.sum()), firms, available, needed_)


def _steps(ground: Standing, mass: float) -> tuple[NearStep, ...]:
    """Who is nearest first, the heavier sizes first among them, until `mass` (what the share still lacks) is made up."""
    found = []
    for nearness, size, own in _ordered(ground):
        available, each = float(ground.stands[own].sum()), mean_size(ground, own)
        taken = min(available, max(0.0, mass) / each)
        mass -= taken * each
        found.append(NearStep(nearness, size, int(own.sum()), available, taken))
    return tuple(found)


def _ordered(ground: Standing) -> list[tuple[str, str, Bools]]:
    """The steps in order; of each nearness the sizes with enough firms, then the rest as "*".

    What is too few for a step of its own stands last, all nearnesses together, with the last step where it still is too few.
    """
    found, left = list[tuple[str, str, Bools]](), np.zeros(len(ground.y), dtype=np.bool_)
    for nearness, rows in _near(ground):
        rest = rows.copy()
        for size in SIZES:
            own = rows & (ground.fields["size"] == size)
            if int(own.sum()) >= LEAST_GROUP:
                found.append((nearness, size, own))
                rest &= ~own
        if int(rest.sum()) >= LEAST_GROUP:
            found.append((nearness, "*", rest))
        else:
            left |= rest
    if left.any() and found and int(left.sum()) < LEAST_GROUP:
        nearness, _, rows = found.pop()
        return [*found, (nearness, "*", rows | left)]
    return [*found, ("", "*", left)] if int(left.sum()) >= LEAST_GROUP else found


def _near(ground: Standing) -> list[tuple[str, Bools]]:
    """The firms that do not meet the measure: those that plan to, then by level from the highest down, then unknown levels."""
    open_ = ground.y == 0.0
    planned = open_ & (ground.plans == 1.0)
    found = [(PLANNED, planned)]
    found += [(level, open_ & ~planned & (ground.fields["level"] == level)) for level in reversed(ground.levels)]
    return [*found, ("", open_ & ~planned & ~np.isin(ground.fields["level"], ground.levels))]
