"""Layers of the goal book that travel: taken in from a file or from the program's examples, written out, and looked over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from app.analysis.progress.book import conflicts
from app.domain.errors import UserError
from app.domain.goals import Goal, GoalBook, Layer, Measure
from app.domain.progress import Conflict
from app.domain.study import Study
from app.domain.targets import GoalEdit, MeasureEdit
from app.domain.task import Progress, Task
from app.files.file_names import shown_name
from app.files.goal_layer_file import read_goal_layer, write_goal_layer
from app.files.resources import load_local_goals, local_goal_layers
from app.workflows.context import Context
from app.workflows.goal_fields import check_id
from app.workflows.goal_numbers import check_value
from app.workflows.targets import Signed, book_of, settle

ENDING = ".toml"
PROGRAM = "program"
"""Where goals come from that the program brings along."""
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class LayerCount:
    """One layer as it stands: how many goals, how many with a number, how many measured, and how many by where they came from.

    `origins` are (file, goals): PROGRAM for the program's own, "" for those typed in.
    """

    layer: Layer
    goals: int
    quantified: int
    measured: int
    origins: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """The goal book looked over; `available` are the program's local examples."""

    counts: tuple[LayerCount, ...]
    conflicts: tuple[Conflict, ...]
    withdrawn: tuple[str, ...]
    available: tuple[str, ...]


def take_file(study: Study, file: Path, signed: Signed, context: Context) -> Task[Study]:
    """Return the study with the goals and measures of a layer file; the very same when it has them all.

    UserError `goalbook.*`, `resource.*`, `targets.*`: the file is none, or a row of it is not as it must be.
    """
    yield Progress("progress.layer", detail=shown_name(file))
    return (yield from _take(study, read_goal_layer(file), shown_name(file), signed, context))


def take_example(study: Study, name: str, signed: Signed, context: Context) -> Task[Study]:
    """Return the study with one of the program's local examples; UserError `goals.unknown_layer`."""
    yield Progress("progress.layer", detail=name)
    return (yield from _take(study, load_local_goals(name), f"{name}{ENDING}", signed, context))


def export_layer(study: Study, layer: str, path: Path, context: Context) -> Path:
    """Write the goals of a layer as they stand, with the measures they need that the program does not bring, to `path`.

    UserError `goalbook.layer` where none is said, `goalbook.no_goals`, `file.unknown_format`, or why the disk will not have it.
    """
    if path.suffix.lower() != ENDING:
        raise UserError("file.unknown_format", file=path.name, known=ENDING)
    if not layer:
        raise UserError("goalbook.layer", known=" ".join(Layer))
    book = book_of(study, context)
    goals = [goal for goal in book.goals if goal.layer is Layer(layer)]
    if not goals:
        raise UserError("goalbook.no_goals", layer=layer)
    own = {measure.id for measure in context.resources.goal_book.measures}
    needed = {goal.measure for goal in goals} - own
    write_goal_layer(path, context.today, goals, [measure for measure in book.measures if measure.id in needed])
    return path


def look_over(study: Study, context: Context) -> Layers:
    """Return the layers of the study's goal book, where their goals came from, and which of them clash."""
    book = book_of(study, context)
    origins = origins_of(study, book)
    counts = [_count(layer, [goal for goal in book.goals if goal.layer is layer], origins) for layer in Layer]
    gone = {edit.id: edit.goal for edit in study.targets.goals}
    withdrawn = tuple(id_ for id_, goal in gone.items() if goal is None)
    return Layers(tuple(each for each in counts if each.goals), conflicts(book), withdrawn, local_goal_layers())


def origins_of(study: Study, book: GoalBook) -> dict[str, str]:
    """Return where each goal of the book came from: the file of its last version, "" where typed in, else PROGRAM."""
    said = {edit.id: edit.origin for edit in study.targets.goals}
    return {goal.id: said.get(goal.id, PROGRAM) for goal in book.goals}


def _count(layer: Layer, goals: list[Goal], origins: dict[str, str]) -> LayerCount:
    quantified, measured = (sum(map(bool, flags)) for flags in zip(*map(_numbered, goals), strict=True)) if goals else (0, 0)
    return LayerCount(layer, len(goals), quantified, measured, tuple(Counter(origins[goal.id] for goal in goals).items()))


def _numbered(goal: Goal) -> tuple[bool, bool]:
    return goal.value is not None, bool(goal.measure)


def _take(study: Study, came: GoalBook, origin: str, signed: Signed, context: Context) -> Task[Study]:
    program, before = context.resources.goal_book, book_of(study, context)
    known = {measure.id: measure for measure in before.measures}
    _check_measures(came.measures, program, origin)
    _check_goals(came, {*known, *(measure.id for measure in came.measures)}, context)
    _check_layers(came, program, origin)
    standing = {goal.id: goal for goal in before.goals}
    targets = study.targets
    edits = [
        GoalEdit(goal.id, goal, signed.who, signed.when, signed.why, origin)
        for goal in came.goals
        if standing.get(goal.id) != goal
    ]
    measures = [
        MeasureEdit(measure.id, measure, signed.who, signed.when, origin)
        for measure in came.measures
        if known.get(measure.id) != measure
    ]
    if not (edits or measures):
        return study
    grown = replace(targets, goals=(*targets.goals, *edits), measures=(*targets.measures, *measures))
    return (yield from settle(study, grown, context))


def _check_measures(measures: Iterable[Measure], program: GoalBook, origin: str) -> None:
    """A file may bring measures, but may not give the name of one of the program's to another."""
    own = {measure.id: measure for measure in program.measures}
    for measure in measures:
        check_id(measure.id)
        if own.get(measure.id, measure) != measure:
            raise UserError("goalbook.redefines", measure=measure.id, file=origin)


def _check_layers(came: GoalBook, program: GoalBook, origin: str) -> None:
    """A file may word a goal of the program anew, but may not put one of another layer in its place."""
    own = {goal.id: goal for goal in program.goals}
    for goal in came.goals:
        if own.get(goal.id, goal).layer is not goal.layer:
            raise UserError("goalbook.other_layer", goal=goal.id, file=origin)


def _check_goals(came: GoalBook, measures: set[str], context: Context) -> None:
    for goal in came.goals:
        check_id(goal.id)
        if goal.year not in _YEARS:
            raise UserError("targets.year", year=goal.year)
        if goal.value is not None:
            check_value(goal.value, goal.kind)
        if goal.measure and goal.measure not in measures:
            raise UserError("targets.measure", measure=goal.measure, known=" ".join(sorted(measures)))
        unknown = next((letter for letter in goal.sections if letter not in context.resources.taxonomy.sections), "")
        if unknown:
            raise UserError("targets.section", section=unknown)
