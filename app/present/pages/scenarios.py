"""情景: what can be supposed, what was, where it leads, and what the goal would take."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.progress.needed import needed_from
from app.analysis.progress.scenario import outcome_from, scenarios_in_force
from app.analysis.progress.standing import CannotTell, standing
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
from app.present.pages.section import Listing, Passage
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
    """Return where the saved scenarios of `goal` lead, and the `levers` on screen beside them, called `name`."""
    progress = next((each for each in view.study.progress if each.goal.id == goal), None)
    held = [each for each in scenarios_in_force(view.study.targets.scenarios) if each.goal == goal and each.name != name]
    drafts = [Scenario(name, goal, tuple(levers), "", "", "")] if levers else []
    try:
        ground = standing(view.study, book_of(view.study), goal)
    except CannotTell as error:
        why = refusal_words(view, Need(goal, reason=error.key, reason_values=error.values))
        return Supposed(goal, why, tuple(LeverLine("", "") for _ in levers), why)
    told = [outcome_from(view.study, ground, each) for each in (*held, *drafts)]
    draft = told[-1] if drafts else None
    try:
        need = needed_from(ground)
    except CannotTell as error:
        need = Need(goal, reason=error.key, reason_values=error.values)
    section = need_section(view, need)
    sound = [each for each in told if each.after is not None]
    is_sound = draft is not None and draft.after is not None
    figure = make_scenarios(view, progress, told, is_sound) if progress is not None and sound else None
    headline = scenarios_title(view, draft if is_sound and draft is not None else best(sound)) if sound else section.headline
    lines = tuple(_line(view, draft, place) for place in range(len(levers)))
    return Supposed(
        goal, headline, lines, _result(view, draft), figure, _table(view, told), _assumed(view, draft, sound), section
    )


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


def _line(view: View, draft: Outcome | None, place: int) -> LeverLine:
    if draft is None or place >= len(draft.levers):
        return LeverLine("", "")
    effect = draft.levers[place]
    available = view.texts("scenario.line.available", n=number(effect.available, "count"))
    return LeverLine(available, view.texts("scenario.line.effect", gain=gain_text(view, effect.effect)))


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
        Column("after", texts("scenario.column.after"), "level"),
        Column("gain", texts("scenario.column.gain"), "level"),
        Column("trend", texts("scenario.column.trend"), "level"),
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


def _assumed(view: View, draft: Outcome | None, sound: Sequence[Outcome]) -> Passage | None:
    """Every assumption of the scenario on screen, else of the one that leads furthest."""
    chosen = draft if draft is not None and draft.after is not None else best(sound) if sound else None
    if chosen is None:
        return None
    name = chosen.scenario.name or view.texts("scenario.draft")
    sentences = (*outcome_assumptions(view, chosen), view.texts("scenario.warning"))
    return Passage("assumed", view.texts("scenario.assumed", name=name), sentences)


def _notes(texts: Texts) -> tuple[str, ...]:
    return tuple(texts(f"scenario.page.note_{name}") for name in ("warning", "level", "names"))
