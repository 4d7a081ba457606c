"""What it would take: how many more firms must come to meet a goal's measure, of which kind, and who is nearest to it."""

from __future__ import annotations

import math

import numpy as np

from app.analysis.answers import Bools
from app.analysis.progress.levers import LEAST_GROUP
from app.analysis.progress.scenario import mean_size
from app.analysis.progress.standing import FIELDS, CannotTell, Standing, standing
from app.domain.goals import GoalBook
from app.domain.scenario import GroupNeed, NearStep, Need, Span
from app.domain.study import Study

PLANNED = "planned"
SIZES = ("large", "medium", "small", "micro", "")


def needed(study: Study, book: GoalBook, goal: str) -> Need:
    """Return what reaching goal `goal` would take from the newest wave on; `reason` says why where it cannot be told.

    Groups and steps of fewer than 5 answers are left out: they would tell of single firms. Firms are those of the frame where it
    is known, else those that answered.
    """
    try:
        ground = standing(study, book, goal)
        if ground.aim.due <= ground.seen.time:
            raise CannotTell("overdue", year=str(ground.goal.year), wave=ground.seen.wave)
    except CannotTell as error:
        return Need(goal, reason=error.key, reason_values=error.values)
    seen, aim = ground.seen, ground.aim
    ends = [seen.value if bound is None else bound for bound in (seen.high, seen.value, seen.low)]
    each = mean_size(ground, ground.y == 0.0)
    firms = Span(*(max(0.0, aim.target - end) * ground.total / each for end in ends))
    quarters = max(1.0, 4 * (aim.due - seen.time))
    return Need(
        goal=goal,
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
    """Return the values of a field that enough firms have to be spoken of, sizes and levels in their order, unknown last."""
    names, counts = np.unique(ground.fields[field].astype(str), return_counts=True)
    known = [str(name) for name, n in zip(names.tolist(), counts.tolist(), strict=True) if n >= LEAST_GROUP]
    order = SIZES if field == "size" else ()
    return tuple(sorted(known, key=lambda value: (value == "", order.index(value) if value in order else 0, value)))


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
    for nearness, rows in _near(ground):
        for size, own in _sizes(ground, rows):
            available, each = float(ground.stands[own].sum()), mean_size(ground, own)
            taken = min(available, max(0.0, mass) / each)
            mass -= taken * each
            found.append(NearStep(nearness, size, int(own.sum()), available, taken))
    return tuple(found)


def _near(ground: Standing) -> list[tuple[str, Bools]]:
    """The firms that do not meet the measure: those that plan to, then by level from the highest down, then unknown levels."""
    open_ = ground.y == 0.0
    planned = open_ & (ground.plans == 1.0)
    found = [(PLANNED, planned)]
    found += [(level, open_ & ~planned & (ground.fields["level"] == level)) for level in reversed(ground.levels)]
    return [*found, ("", open_ & ~planned & ~np.isin(ground.fields["level"], ground.levels))]


def _sizes(ground: Standing, rows: Bools) -> list[tuple[str, Bools]]:
    """The rows by size; sizes of too few firms stand together as "*", and are left out where they still are too few."""
    own = [(size, rows & (ground.fields["size"] == size)) for size in SIZES]
    kept = [(size, each) for size, each in own if int(each.sum()) >= LEAST_GROUP]
    rest = rows.copy()
    for _, each in kept:
        rest &= ~each
    return [*kept, ("*", rest)] if int(rest.sum()) >= LEAST_GROUP else kept
