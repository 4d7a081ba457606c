"""What every change of the targets shares: who signs it, the goals as they then stand, and progress computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.analysis.intake.tidy import written
from app.analysis.progress.book import effective
from app.domain.errors import UserError
from app.domain.goals import Goal, GoalBook
from app.domain.study import Study
from app.domain.targets import Targets
from app.domain.task import Task
from app.workflows.context import Context
from app.workflows.goals import goals
from app.workflows.judge import day_of

Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who says something, on which day (ISO), and why ("" where no reason is asked for)."""

    who: str
    when: str
    why: str = ""


def sign(parameters: Parameters, context: Context, needs: tuple[str, ...] = ()) -> Signed:
    """Return who signs, when (default today) and why; UserError `targets.who` or `targets.why` where one of `needs` is missing.

    UserError `wave.date`, `judge.future` for a day that is none or is still to come.
    """
    signed = Signed(text_of(parameters, "who"), day_of(text_of(parameters, "when"), context), text_of(parameters, "why"))
    if "who" in needs and not signed.who:
        raise UserError("targets.who")
    if "why" in needs and not signed.why:
        raise UserError("targets.why")
    return signed


def text_of(parameters: Parameters, name: str) -> str:
    """Return a parameter as one line of text, "" where it is not given."""
    value = parameters.get(name)
    return "" if value is None else written(str(value))


def short_text_of(parameters: Parameters, name: str, most: int) -> str:
    """Return a parameter as `text_of` does; UserError `targets.too_long` for one of more than `most` characters."""
    text = text_of(parameters, name)
    if len(text) > most:
        raise UserError("targets.too_long", name=name, n=f"{len(text):,}", most=most)
    return text


def book_of(study: Study, context: Context) -> GoalBook:
    """Return the goal book as it stands in the study: the program's own with what people changed."""
    return effective(context.resources.goal_book, study.targets)


def goal_of(study: Study, id_: str, context: Context) -> Goal:
    """Return a goal as it stands in the study; UserError `targets.unknown_goal`."""
    try:
        return book_of(study, context).goal(id_)
    except KeyError as error:
        raise UserError("targets.unknown_goal", goal=id_, study=study.name) from error


def settle(study: Study, targets: Targets, context: Context, day: str = "") -> Task[Study]:
    """Return the study with these targets; progress that was computed is computed anew, as known on the same day as before.

    What was entered is of `day` (ISO): where that is later, progress is as known on it, so that nothing entered goes uncounted.
    """
    after = replace(study, targets=targets)
    if not study.progress:
        return after
    return (yield from goals(after, context.resources.goal_book, max(study.progress[0].as_of, day)))
