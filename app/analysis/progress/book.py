"""The goal book as it holds in a study: the program's, with what people replaced, added and withdrew; and where goals clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from app.analysis.progress.aim import Aim, aim_of
from app.domain.goals import Goal, GoalBook, GoalKind, Layer
from app.domain.progress import Conflict
from app.domain.targets import GoalEdit, Targets

_ORDER = tuple(Layer)
_FIRMNESS = {">": 3, "<": 3, ">=": 2, "<=": 2, "=": 2, "≈": 1}
_CLOSE = 1e-12


def effective(book: GoalBook, targets: Targets) -> GoalBook:
    """Return the book with the study's edits, the last of each goal in force: replaced in its place, added at the end, or gone.

    Measures that came with layer files stand after the program's own, which no file can redefine. Doing it twice changes
    nothing.
    """
    edits = {edit.id: edit for edit in targets.goals}
    if not edits and not targets.measures:
        return book
    known = {goal.id for goal in book.goals}
    goals = [edits[goal.id].goal if goal.id in edits else goal for goal in book.goals]
    goals += [edit.goal for edit in edits.values() if edit.id not in known]
    own = {measure.id for measure in book.measures}
    came = {edit.id: edit.measure for edit in targets.measures if edit.id not in own}
    return GoalBook(
        book.version,
        tuple(goal for goal in goals if goal is not None),
        (*book.measures, *came.values()),
        book.checklist,
        book.conversion,
    )


def history(book: GoalBook, targets: Targets, id_: str) -> tuple[GoalEdit, ...]:
    """Return every version of goal `id_`, oldest first: the program's own (by nobody, on no day), then the study's edits."""
    own = tuple(GoalEdit(goal.id, goal, "", "", "") for goal in book.goals if goal.id == id_)
    return own + tuple(edit for edit in targets.goals if edit.id == id_)


def conflicts(book: GoalBook) -> tuple[Conflict, ...]:
    """Return the pairs of goals about one indicator that do not go together, in the book's order.

    A lower layer's goal is `weaker` (a lower value for the same year), `looser` (the same value, a softer operator), `later`
    (nothing as strong by the upper goal's year) or `scope` (only part of the sections); within a layer and scope a later goal
    that asks less is `falling`.
    """
    numbered = [(goal, aim) for goal in book.goals if (aim := aim_of(goal)) is not None]
    found: list[Conflict] = []
    for _, pairs in groupby(sorted(numbered, key=lambda pair: _about(pair[0])), key=lambda pair: _about(pair[0])):
        same = list(pairs)
        if _about(same[0][0])[0]:
            found += [*_falling(same), *_between_layers(same)]
    place = {goal.id: number for number, goal in enumerate(book.goals)}
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (place[each.upper], place[each.lower])))


def indicator(goal: Goal) -> str:
    """Return what a goal is about: its indicator, else its measure, else ""."""
    return goal.indicator or goal.measure


Numbered = tuple[Goal, Aim]


def _about(goal: Goal) -> tuple[str, str, str]:
    return indicator(goal), goal.kind.value, goal.unit


def _falling(goals: Sequence[Numbered]) -> Iterator[Conflict]:
    series = sorted(goals, key=lambda pair: (_ORDER.index(pair[0].layer), pair[0].scope.zh, pair[0].sections, pair[0].year))
    for (one, aim), (other, next_aim) in pairwise(series):
        alike = (one.layer, one.scope.zh, one.sections) == (other.layer, other.scope.zh, other.sections)
        if alike and one.year < other.year and aim.upwards is next_aim.upwards and _lead(next_aim, aim) < -_CLOSE:
            yield Conflict("falling", one.id, other.id)


def _between_layers(goals: Sequence[Numbered]) -> Iterator[Conflict]:
    """Only rates are held against those of another layer: a county's count is a part of the nation's."""
    if goals and goals[0][0].kind is not GoalKind.RATE:
        return
    for upper, aim in goals:
        below = sorted({_ORDER.index(goal.layer) for goal, _ in goals} - set(range(_ORDER.index(upper.layer) + 1)))
        for layer in below:
            own = [pair for pair in goals if pair[0].layer is _ORDER[layer] and pair[1].upwards is aim.upwards]
            yield from _against(upper, aim, own)


def _against(upper: Goal, aim: Aim, lower: Sequence[Numbered]) -> Iterator[Conflict]:
    """How the goals of one lower layer stand to a goal above them."""
    whole = [pair for pair in lower if _covers(pair[0], upper)]
    for goal, own in whole:
        if goal.year == upper.year and (kind := _short(goal, own, upper, aim)):
            yield Conflict(kind, upper.id, goal.id)
    if whole and not any(goal.year <= upper.year for goal, _ in whole):
        reached = [goal for goal, own in whole if _lead(own, aim) >= -_CLOSE]
        if reached:
            yield Conflict("later", upper.id, min(reached, key=lambda goal: goal.year).id)
    if lower and not whole:
        yield from (Conflict("scope", upper.id, goal.id) for goal, _ in lower if goal.year == upper.year)


def _short(goal: Goal, own: Aim, upper: Goal, aim: Aim) -> str:
    lead = _lead(own, aim)
    if lead < -_CLOSE:
        return "weaker"
    softer = _FIRMNESS.get(goal.operator, 2) < _FIRMNESS.get(upper.operator, 2)
    return "looser" if abs(lead) <= _CLOSE and softer else ""


def _covers(goal: Goal, upper: Goal) -> bool:
    """Whether a goal speaks of all the sections that the upper one does; none named means all."""
    return not goal.sections or (bool(upper.sections) and set(goal.sections) >= set(upper.sections))


def _lead(own: Aim, other: Aim) -> float:
    """How much more `own` asks than `other`."""
    return own.target - other.target if own.upwards else other.target - own.target
