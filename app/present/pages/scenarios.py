"""情景: what can be supposed, what was, where it leads, and what the goal would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.analysis.progress.levers import lever_effect, nobody_taken
from app.analysis.progress.needed import needed_from
from app.analysis.progress.scenario import outcome_from, scenarios_in_force
from app.analysis.progress.standing import CannotTell, Standing, standing
from app.domain.goals import GoalBook, GoalKind, GoalProgress
from app.domain.numbers import ABSENT_SIGN, number
from app.domain.resources import Resources
from app.domain.scenario import Need, Outcome
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.targets import Lever, Scenario
from app.domain.words import Texts
from app.present import wording
from app.present.figures.scenarios import DRAFT, best, make_scenarios, scenarios_title
from app.present.pages.common import chips, empty_head, needs_responses, synthetic
from app.present.pages.scenarios_need import need_section
from app.present.pages.scenarios_values import Choice, GoalChoice, LeverLine, Saved, ScenariosPage, Supposed
from app.present.pages.section import Listing, Passage, Section
from app.present.pages.values import Column, Head, PageTable
from app.present.scenario_words import (
    gain_of,
    gain_text,
    lever_words,
    outcome_assumptions,
    refusal_words,
    span_text,
    value_words,
)
from app.present.tables import level_codes
from app.present.view import ALL, View

GROUPED = ("size", "sector", "township", "level")


def scenarios_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> ScenariosPage:
    """Return what can be supposed, and where the scenarios of the first goal that has any lead."""
    view = View(study, resources, texts, selection)
    if study.responses is None:
        return ScenariosPage(needs_responses(view))
    if not study.progress:
        return ScenariosPage(empty_head(view, "no_goals", "study.goals", "goals"))
    goals = tuple(GoalChoice(each.goal.id, _goal_words(view, each), f"{each.goal.year}-12-31") for each in _possible(view))
    if not goals:
        return ScenariosPage(empty_head(view, "no_scenario_goals", "study.goals", "goals"))
    held = scenarios_in_force(study.targets.scenarios)
    saved = tuple(Saved(each.name, each.goal, each.note, each.levers) for each in held)
    first = next((each.goal for each in reversed(held) if any(goal.id == each.goal for goal in goals)), goals[0].id)
    supposed = suppose(view, first, ())
    head = Head(supposed.headline, texts("scenario.page.measure"), (), _notes(texts), synthetic(view))
    return ScenariosPage(head, goals, _fields(view), _reaches(view), saved, supposed)


def suppose(view: View, goal: str, levers: Sequence[Lever], name: str = DRAFT) -> Supposed:
    """Return where the saved scenarios of `goal` lead, and the `levers` on screen beside them, called `name`.

    A lever of 0 firms is still being written: its line says how many there are to move, and it moves none.
    """
    progress = next((each for each in view.study.progress if each.goal.id == goal), None)
    held = [each for each in scenarios_in_force(view.study.targets.scenarios) if each.goal == goal and each.name != name]
    real = tuple(lever for lever in levers if lever.firms > 0)
    drafts = [Scenario(name, goal, real, "", "", "")] if real else []
    try:
        ground = standing(view.study, book_of(view.study), goal)
    except CannotTell as error:
        why = refusal_words(view, Need(goal, reason=error.key, reason_values=error.values))
        return Supposed(goal, why, tuple(LeverLine("", "") for _ in levers), why)
    told = [outcome_from(view.study, ground, each) for each in (*held, *drafts)]
    draft = told[-1] if drafts else None
    sound = [each for each in told if each.after is not None]
    shown = draft if draft is not None and draft.after is not None else best(sound) if sound else None
    need = _need(view, ground)
    return Supposed(
        goal=goal,
        headline=scenarios_title(view, shown) if shown is not None else need.headline,
        lines=_lines(view, ground, levers),
        result=_result(view, draft),
        figure=make_scenarios(view, progress, told, shown is draft) if progress is not None and sound else None,
        table=_table(view, told),
        assumed=_assumed(view, shown),
        need=need,
    )


def _need(view: View, ground: Standing) -> Section:
    try:
        need = needed_from(ground)
    except CannotTell as error:
        need = Need(ground.goal.id, reason=error.key, reason_values=error.values)
    return need_section(view, need)


def book_of(study: Study) -> GoalBook:
    """Return the goals and measures of a study as its progress holds them."""
    measures = {each.measure.id: each.measure for each in study.progress if each.measure is not None}
    return GoalBook("", tuple(each.goal for each in study.progress), tuple(measures.values()), ())


def _possible(view: View) -> list[GoalProgress]:
    """The goals that a scenario can be held against: shares with a number and a measure that was observed."""
    found = [each for each in view.study.progress if each.goal.kind is GoalKind.RATE and each.goal.value is not None]
    return [each for each in found if each.measure is not None and each.observations]


def _goal_words(view: View, progress: GoalProgress) -> str:
    layer = view.texts(f"term.layer.{progress.goal.layer.value}")
    target = wording.target_text(view.texts, progress.goal)
    return view.texts("scenario.page.goal", layer=layer, target=target, words=view.texts.of(progress.goal.words))


def _fields(view: View) -> tuple[Choice, ...]:
    found = []
    for chip in chips(view, GROUPED):
        if chip.field == "level" and not view.study.assessments:
            continue
        options = [("", view.texts(f"scenario.any.{chip.field}"))]
        options += [(value, value_words(view, chip.field, value)) for value, _ in chip.options if value]
        found.append(Choice(chip.field, chip.title, tuple(options)))
    return tuple(found)


def _reaches(view: View) -> tuple[tuple[str, str], ...]:
    levels = level_codes(view)[1:] if view.study.assessments else ()
    to_level = ((level, view.texts("scenario.reach.level", level=view.at_least_label(level))) for level in levels)
    return (("", view.texts("scenario.reach.measure")), *to_level)


def _lines(view: View, ground: Standing, levers: Sequence[Lever]) -> tuple[LeverLine, ...]:
    """What each lever on screen does after those before it, or why it cannot be told."""
    taken, found = nobody_taken(ground), []
    for lever in levers:
        probe = lever if lever.firms > 0 else replace(lever, firms=1)
        try:
            effect, after = lever_effect(ground, probe, taken)
        except CannotTell as error:
            why = refusal_words(view, Need(ground.goal.id, reason=error.key, reason_values=error.values))
            found.append(LeverLine("", why, wrong=True))
            continue
        available = view.texts("scenario.line.available", n=number(effect.available, "count"))
        gain = view.texts("scenario.line.effect", gain=gain_text(view, effect.effect))
        found.append(LeverLine(available, gain if lever.firms > 0 else ""))
        taken = after if lever.firms > 0 else taken
    return tuple(found)


def _result(view: View, draft: Outcome | None) -> str:
    if draft is None:
        return ""
    if draft.after is None:
        return refusal_words(view, draft)
    gain = gain_text(view, gain_of(draft))
    return view.texts("scenario.line.result", after=span_text(view, draft.after), gain=gain)


def _table(view: View, told: Sequence[Outcome]) -> Listing | None:
    if not told:
        return None
    texts = view.texts
    columns = (
        Column("name", texts("scenario.column.name")),
        Column("after", texts("scenario.column.after"), "number"),
        Column("gain", texts("scenario.column.gain"), "number"),
        Column("trend", texts("scenario.column.trend"), "number"),
        Column("missing", texts("scenario.column.missing"), "number"),
        Column("levers", texts("scenario.column.levers"), "prose"),
    )
    rows = [_row(view, each) for each in told]
    ids = tuple(each.scenario.name or "draft" for each in told)
    return Listing("scenarios", texts("scenario.table"), PageTable(columns, tuple(zip(*rows, strict=True)), ids))


def _row(view: View, outcome: Outcome) -> tuple[str, ...]:
    separator = view.texts("scenario.and")
    levers = separator.join(lever_words(view, lever) for lever in outcome.scenario.levers)
    name = outcome.scenario.name or view.texts("scenario.draft")
    if outcome.after is None:
        return name, ABSENT_SIGN, ABSENT_SIGN, ABSENT_SIGN, ABSENT_SIGN, refusal_words(view, outcome)
    trend = ABSENT_SIGN if outcome.trend is None else span_text(view, outcome.trend)
    missing = ABSENT_SIGN if outcome.missing is None else number(outcome.missing, "count")
    return name, span_text(view, outcome.after), gain_text(view, gain_of(outcome)), trend, missing, levers


def _assumed(view: View, chosen: Outcome | None) -> Passage | None:
    """Every assumption of the scenario on screen, else of the one that leads furthest."""
    if chosen is None:
        return None
    name = chosen.scenario.name or view.texts("scenario.draft")
    sentences = (*outcome_assumptions(view, chosen), view.texts("scenario.warning"))
    return Passage("assumed", view.texts("scenario.assumed", name=name), sentences)


def _notes(texts: Texts) -> tuple[str, ...]:
    return tuple(texts(f"scenario.page.note_{name}") for name in ("warning", "level", "names"))
