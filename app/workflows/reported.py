"""Figures reported for goals that no survey of firms measures, and breaks of a series that people declare."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.analysis.progress import answerable
from app.domain.errors import UserError
from app.domain.goals import Goal, GoalKind
from app.domain.study import Study
from app.domain.targets import DeclaredBreak, Reported
from app.domain.task import Task
from app.workflows.context import Context
from app.workflows.goal_numbers import read_value
from app.workflows.judge import day_of
from app.workflows.targets import Signed, book_of, goal_of, settle


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as it was given: `value` as typed, `date` the ISO day that it is of ("" today, or the newest to be forgotten)."""

    goal: str
    value: str = ""
    date: str = ""
    source: str = ""


def report(study: Study, given: Given, signed: Signed, context: Context) -> Task[Study]:
    """Return the study with one more figure of a goal, in place of an earlier one of the same day.

    UserError `reported.*`: the goal is measured by the survey or is a milestone, value or source is missing; `targets.*` for a
    value that cannot be read.
    """
    goal = _countable(study, given.goal, context)
    if not given.value:
        raise UserError("reported.no_value", goal=goal.id)
    if not given.source:
        raise UserError("reported.no_source", goal=goal.id)
    value = read_value(given.value, goal.kind, goal.unit)
    made = Reported(goal.id, day_of(given.date, context), value, given.source, signed.who, signed.when)
    before = figures(study, goal.id).get(made.date)
    if before is not None and (before.value, before.source) == (made.value, made.source):
        return study
    return (yield from _with(study, made, context))


def unreport(study: Study, given: Given, signed: Signed, context: Context) -> Task[Study]:
    """Return the study without a goal's figure of one day (none said: the newest); UserError `reported.none`."""
    if not given.goal:
        raise UserError("targets.no_goal")
    known = figures(study, given.goal)
    date = day_of(given.date, context) if given.date else max(known, default="")
    if date not in known:
        raise UserError("reported.none", goal=given.goal, date=given.date or "—")
    return (yield from _with(study, Reported(given.goal, date, None, "", signed.who, signed.when), context))


def figures(study: Study, goal: str) -> dict[str, Reported]:
    """Return the figures of a goal that stand, by day."""
    said = {each.date: each for each in study.targets.reported if each.goal == goal}
    return {date: each for date, each in sorted(said.items()) if each.value is not None}


def declare(study: Study, wave: str, measure: str, signed: Signed, context: Context) -> Task[Study]:
    """Return the study in which the series of `measure` ("" all) begin anew with `wave`; UserError `break.*`.

    The very same when that was declared already in these words.
    """
    _check_break(study, wave, measure, context)
    before = _declared(study, wave, measure)
    if before is not None and before.why == signed.why:
        return study
    return (yield from _with_break(study, DeclaredBreak(wave, measure, signed.why, signed.who, signed.when), context))


def undeclare(study: Study, wave: str, measure: str, signed: Signed, context: Context) -> Task[Study]:
    """Return the study in which that break is taken back; UserError `break.none` when it was not declared."""
    before = _declared(study, wave, measure)
    if before is None:
        raise UserError("break.none", wave=wave or "—", measure=measure or "—")
    back = replace(before, who=signed.who, when=signed.when, taken_back=True)
    return (yield from _with_break(study, back, context))


def breaks_of(study: Study) -> tuple[DeclaredBreak, ...]:
    """Return the breaks that stand, in the order in which they were declared."""
    said = {(each.wave, each.measure): each for each in study.targets.breaks}
    return tuple(each for each in said.values() if not each.taken_back)


def _countable(study: Study, id_: str, context: Context) -> Goal:
    if not id_:
        raise UserError("targets.no_goal")
    goal = goal_of(study, id_, context)
    if goal.kind is GoalKind.MILESTONE:
        raise UserError("reported.milestone", goal=id_)
    measures = [each for each in book_of(study, context).measures if each.id == goal.measure]
    if any(answerable(measure, study.instrument) for measure in measures):
        raise UserError("reported.measured", goal=id_, measure=goal.measure)
    return goal


def _declared(study: Study, wave: str, measure: str) -> DeclaredBreak | None:
    return next((each for each in breaks_of(study) if (each.wave, each.measure) == (wave, measure)), None)


def _check_break(study: Study, wave: str, measure: str, context: Context) -> None:
    waves = [each.id for each in study.waves]
    if wave not in waves:
        raise UserError("break.wave" if wave else "break.no_wave", wave=wave, known="、".join(waves) or "—")
    if wave == waves[0]:
        raise UserError("break.first", wave=wave)
    known = [each.id for each in book_of(study, context).measures]
    if measure and measure not in known:
        raise UserError("targets.measure", measure=measure, known=" ".join(known))


def _with(study: Study, made: Reported, context: Context) -> Task[Study]:
    return settle(study, replace(study.targets, reported=(*study.targets.reported, made)), context, made.date)


def _with_break(study: Study, made: DeclaredBreak, context: Context) -> Task[Study]:
    return settle(study, replace(study.targets, breaks=(*study.targets.breaks, made)), context)
