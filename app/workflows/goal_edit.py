"""A goal changed by hand: new, edited, withdrawn, or put back as it came; every version is kept with who, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.errors import UserError
from app.domain.goals import Goal
from app.domain.study import Study
from app.domain.targets import GoalEdit
from app.domain.task import Task
from app.workflows.context import Context
from app.workflows.goal_fields import Known, with_fields
from app.workflows.targets import Signed, book_of, goal_of, settle


def set_goal(study: Study, id_: str, said: Mapping[str, str], signed: Signed, context: Context) -> Task[Study]:
    """Return the study with goal `id_` changed, or new, as the fields of `said` word it; the very same when nothing changes.

    UserError `targets.*`: no goal is named, nothing is said, or a field cannot be so.
    """
    if not id_:
        raise UserError("targets.no_goal")
    if not said:
        raise UserError("targets.nothing")
    before = present(study, id_, context)
    made = with_fields(before, id_, said, known_to(study, context))
    return _edited(study, GoalEdit(id_, made, signed.who, signed.when, signed.why), before, context)


def withdraw(study: Study, id_: str, signed: Signed, context: Context) -> Task[Study]:
    """Return the study without goal `id_`, whose history stays; UserError `targets.unknown_goal`."""
    before = goal_of(study, id_, context)
    return _edited(study, GoalEdit(id_, None, signed.who, signed.when, signed.why), before, context)


def put_back(study: Study, id_: str, signed: Signed, context: Context) -> Task[Study]:
    """Return the study with goal `id_` as it came with the program or a layer file; one that was typed in is withdrawn.

    UserError `targets.unknown_goal`, or `targets.as_it_came` where nothing was changed by hand.
    """
    edits = [edit for edit in study.targets.goals if edit.id == id_]
    own = next((goal for goal in context.resources.goal_book.goals if goal.id == id_), None)
    if not edits and own is None:
        raise UserError("targets.unknown_goal", goal=id_, study=study.name)
    came = next((edit for edit in reversed(edits) if edit.origin), None)
    goal, before = came.goal if came is not None else own, present(study, id_, context)
    if goal == before:
        raise UserError("targets.as_it_came", goal=id_)
    origin = came.origin if came is not None else ""
    return _edited(study, GoalEdit(id_, goal, signed.who, signed.when, signed.why, origin), before, context)


def present(study: Study, id_: str, context: Context) -> Goal | None:
    """Return a goal as it stands in the study, None where there is none or it was withdrawn."""
    return next((goal for goal in book_of(study, context).goals if goal.id == id_), None)


def known_to(study: Study, context: Context) -> Known:
    """Return what the fields of a goal are held against in this study."""
    resources = context.resources
    measures = tuple(measure.id for measure in book_of(study, context).measures)
    return Known(measures, tuple(resources.taxonomy.sections), resources.words, int(context.today[:4]))


def _edited(study: Study, edit: GoalEdit, before: Goal | None, context: Context) -> Task[Study]:
    if edit.goal == before:
        return study
    return (yield from settle(study, replace(study.targets, goals=(*study.targets.goals, edit)), context))
