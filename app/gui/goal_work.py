"""What the form of a goal needs worked out, as tasks for the glancer; everything heavy is imported inside."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.errors import UserError
from app.domain.goals import Goal, GoalBook
from app.domain.task import Progress, Task
from app.gui.errors import sentence_of
from app.gui.work import Asked, now
from app.present.pages.goal_values import GoalForm


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change would clash with, a sentence each; not `possible`: why it cannot be."""

    sentences: tuple[str, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """The form of a new goal, and the id that it would get."""

    id: str
    form: GoalForm


def tried(asked: Asked, id_: str, changed: tuple[tuple[str, str], ...]) -> Task[Tried]:
    """Work out what goal `id_` would clash with, were `changed` its fields; nothing is changed."""
    from app.analysis.progress.book import conflicts, effective
    from app.present.goal_standing import clash_sentence
    from app.present.view import View
    from app.present.wording import full_stop
    from app.workflows.context import Context
    from app.workflows.goal_edit import known_to, present
    from app.workflows.goal_fields import with_fields

    yield Progress("gui.progress.page")
    context = Context(asked.resources, now())
    before = present(asked.study, id_, context)
    try:
        made = with_fields(before, id_, dict(changed), known_to(asked.study, context))
    except UserError as error:
        return Tried((sentence_of(error, asked.texts),), False)
    book = effective(asked.resources.goal_book, asked.study.targets)
    held = set(conflicts(book))
    after = with_goal(book, made)
    view = View(asked.study, asked.resources, asked.texts)
    found = [each for each in conflicts(after) if id_ in (each.upper, each.lower)]
    fresh = [each for each in found if each not in held] + [each for each in found if each in held]
    return Tried(tuple(full_stop(asked.texts, clash_sentence(view, after, each)) for each in fresh), True)


def with_goal(book: GoalBook, goal: Goal) -> GoalBook:
    """Return the book with `goal` in place of the one of its id, at the end where there is none."""
    goals = tuple(goal if each.id == goal.id else each for each in book.goals)
    return replace(book, goals=goals if goal in goals else (*goals, goal))


def blank(asked: Asked) -> Task[Blank]:
    """Return the form of a new goal of the county, under an id that no goal has."""
    from app.domain.goals import NO_WORDS, GoalKind, Layer
    from app.present.goal_standing import book_of
    from app.present.pages.goal_form import goal_form
    from app.present.view import View

    yield Progress("gui.progress.page")
    view = View(asked.study, asked.resources, asked.texts)
    taken = {goal.id for goal in book_of(view).goals} | {edit.id for edit in asked.study.targets.goals}
    id_ = next(f"own_{n}" for n in range(1, len(taken) + 2) if f"own_{n}" not in taken)
    empty = Goal(
        id_, Layer.COUNTY, GoalKind.RATE, int(now()[:4]), "", None, "", NO_WORDS, "", "", NO_WORDS, (), "", NO_WORDS, "", False
    )
    fields = tuple(replace(each, value="" if each.name == "year" else each.value) for each in goal_form(view, empty).fields)
    return Blank(id_, GoalForm("", "", fields))
