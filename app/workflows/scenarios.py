"""情景: saved under a name in the study, changed by saving again, deleted by saving none; worked out whenever asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.analysis.progress.breaks import series_breaks
from app.analysis.progress.change import measure_change
from app.analysis.progress.counted import Answered
from app.analysis.progress.measures import answerable
from app.analysis.progress.needed import needed
from app.analysis.progress.observe import observe
from app.analysis.progress.scenario import outcome, scenarios_in_force
from app.domain.change import GROUPINGS, MeasureChange
from app.domain.errors import UserError
from app.domain.goals import GoalBook, Measure
from app.domain.scenario import Need, Outcome
from app.domain.study import Study, Wave
from app.domain.targets import Scenario
from app.workflows.context import Context
from app.workflows.levers import levers_of
from app.workflows.targets import book_of, goal_of, sign, text_of

Parameters = Mapping[str, Any]
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Compared:
    """The scenarios that hold with where each leads, and what each goal they are held against would take."""

    outcomes: tuple[Outcome, ...]
    needs: tuple[Need, ...]


def save_scenario(study: Study, parameters: Parameters, context: Context) -> Study:
    """Return the study with the scenario that `parameters` describe; the very same study where nothing changed.

    `forget` deletes it. A lever that makes no sense is kept and says so when it is worked out; what cannot be read is refused.
    UserError `scenario.name`, `.long`, `.unknown`, `.levers`, `.goal`, and those of levers, goals and signing.
    """
    name = text_of(parameters, "name")
    known = {each.name: each for each in scenarios_in_force(study.targets.scenarios)}
    if not name:
        raise UserError("scenario.name")
    if len(name) > LONGEST_NAME:
        raise UserError("scenario.long", most=LONGEST_NAME)
    signed = sign(parameters, context)
    if parameters.get("forget"):
        if name not in known:
            raise UserError("scenario.unknown", name=name, known="、".join(known) or "—")
        return _with(study, Scenario(name, known[name].goal, (), "", signed.who, signed.when))
    before = known.get(name)
    levers = levers_of(parameters.get("lever")) or (before.levers if before is not None else ())
    goal = text_of(parameters, "goal") or (before.goal if before is not None else "")
    if not levers:
        raise UserError("scenario.levers", name=name)
    if not goal:
        raise UserError("scenario.goal", name=name)
    note = text_of(parameters, "note") if parameters.get("note") is not None else (before.note if before is not None else "")
    made = Scenario(name, goal_of(study, goal, context).id, levers, note, signed.who, signed.when)
    if before is not None and replace(made, who=before.who, when=before.when) == before:
        return study
    return _with(study, made)


def compare(study: Study, context: Context) -> Compared:
    """Return every scenario that holds, worked out on the study as it is now."""
    book = book_of(study, context)
    held = scenarios_in_force(study.targets.scenarios)
    goals = dict.fromkeys(each.goal for each in held)
    return Compared(tuple(outcome(study, book, each) for each in held), tuple(needed(study, book, goal) for goal in goals))


def changes_of(study: Study, parameters: Parameters, context: Context) -> tuple[MeasureChange, ...]:
    """Return the change of a measure (default: of every one the form can answer) between two waves (default: the newest).

    UserError `change.*`, `study.no_answers`.
    """
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    book, by = book_of(study, context), text_of(parameters, "by") or GROUPINGS[0]
    waves = _waves(study, text_of(parameters, "from"), text_of(parameters, "to"))
    answered = Answered(study.responses, study.instrument)
    found = []
    for measure in _measures(study, book, text_of(parameters, "measure")):
        seen = observe(measure, study.responses, study.instrument, study.waves)
        breaks = series_breaks(study.waves, study.targets.breaks, measure.id, seen)
        found.append(measure_change(measure, answered, waves, by, (), breaks))
    return tuple(found)


def _with(study: Study, made: Scenario) -> Study:
    return replace(study, targets=replace(study.targets, scenarios=(*study.targets.scenarios, made)))


def _measures(study: Study, book: GoalBook, wanted: str) -> tuple[Measure, ...]:
    found = tuple(each for each in book.measures if each.id == wanted)
    if wanted and not found:
        raise UserError("change.measure", measure=wanted, known="、".join(each.id for each in book.measures))
    return found or tuple(each for each in book.measures if answerable(each, study.instrument))


def _waves(study: Study, before: str, after: str) -> tuple[Wave, Wave]:
    ordered = sorted(study.waves, key=lambda wave: (wave.date, wave.id))
    if len(ordered) < 2:
        raise UserError("change.one_wave", n=len(ordered))
    by_id = {wave.id: wave for wave in ordered}
    for name in (before, after):
        if name and name not in by_id:
            raise UserError("change.wave", wave=name, known="、".join(by_id))
    last = by_id[after] if after else ordered[-1]
    earlier = [wave for wave in ordered if wave is not last]
    first = by_id[before] if before else next((wave for wave in reversed(earlier) if wave.date <= last.date), earlier[-1])
    if first is last:
        raise UserError("change.same_wave", wave=first.id)
    return first, last
