"""目标详情: one goal in depth, for whoever has to answer for it."""

from __future__ import annotations

from app.domain.figure import Figure
from app.domain.goals import Goal, GoalProgress
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.figures.goal import make_goal
from app.present.figures.goal_series import references_of, shown_first
from app.present.figures.goal_values import is_counted, is_reported
from app.present.pages.common import empty_head, needs_responses, synthetic
from app.present.pages.goal_facts import facts_of, verdict_of
from app.present.pages.goal_form import goal_form, history_of
from app.present.pages.goal_models import models_section
from app.present.pages.goal_text import conflict_lines, document_line, particulars_of
from app.present.pages.goal_values import GoalPage, Switch
from app.present.pages.goal_waves import break_form, broken_table, report_form, reported_table, waves_section
from app.present.pages.measure_change import measure_change_section
from app.present.pages.section import Section
from app.present.pages.values import Head
from app.present.view import ALL, View


def goal_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL, goal: str = "") -> GoalPage:
    """Return the page of `goal` (empty or unknown: the first one that was measured, else the first).

    The selection narrows nothing here: a goal is set for the whole place.
    """
    view = View(study, resources, texts, Selection(wave=selection.wave))
    if study.responses is None:
        return GoalPage(needs_responses(view))
    if not study.progress:
        return GoalPage(empty_head(view, "no_goals", "study.goals", "goals"))
    progress = chosen(study.progress, goal)
    figure = make_goal(view, progress.goal.id, references=True) if progress.observations else None
    verdict = verdict_of(view, progress)
    return GoalPage(
        head=_head(view, progress, figure),
        goal=progress.goal.id,
        options=tuple((each.goal.id, option_words(view, each.goal)) for each in study.progress),
        document=document_line(view, progress.goal),
        badges=badges_of(view, progress),
        verdict=verdict,
        facts=facts_of(view, progress),
        figure=figure,
        nothing="" if figure is not None else _nothing(view, progress),
        switches=_switches(view, progress.goal) if figure is not None else (),
        models=models_section(view, progress) if progress.observations else None,
        waves=waves_section(view, progress),
        reported=reported_table(view, progress),
        broken=broken_table(view, progress),
        change=_change(view, progress),
        particulars=particulars_of(view, progress),
        conflicts=conflict_lines(view, progress.goal.id),
        history=history_of(view, progress.goal.id),
        form=goal_form(view, progress.goal),
        report=report_form(view, progress),
        breaks=break_form(view, progress),
    )


def chosen(progress: tuple[GoalProgress, ...], goal: str) -> GoalProgress:
    """Return the progress asked for: of `goal`, else of the first goal with a value, else the first."""
    by_id = {each.goal.id: each for each in progress}
    return by_id.get(goal) or next((each for each in progress if each.observations), progress[0])


def option_words(view: View, goal: Goal) -> str:
    """Return a goal as it stands in the list to choose from: layer, year, words."""
    texts = view.texts
    return texts("page.goal.option", layer=texts(f"term.layer.{goal.layer.value}"), year=goal.year, words=texts.of(goal.words))


def badges_of(view: View, progress: GoalProgress) -> tuple[str, ...]:
    """Return short marks: a proxy measure, wording still to be checked, no number in the text."""
    texts, goal = view.texts, progress.goal
    marks = {
        "page.goals.badge_proxy": progress.measure is not None and progress.measure.proxy,
        "page.goals.badge_verify": goal.verify,
        "page.goal.badge_words": goal.value is None,
    }
    return tuple(texts(key) for key, holds in marks.items() if holds)


def _head(view: View, progress: GoalProgress, figure: Figure | None) -> Head:
    texts, goal = view.texts, progress.goal
    headline = figure.title if figure is not None else texts("page.goal.headline", words=texts.of(goal.words))
    notes = [texts(f"page.goal.note_{name}") for name in ("met", "range")]
    if progress.pace is not None and progress.pace.ratio is not None:
        notes.append(texts("page.goal.note_ratio"))
    if progress.breaks:
        notes.append(texts("page.goal.note_break"))
    return Head(headline, "", (), tuple(notes), synthetic(view))


def _nothing(view: View, progress: GoalProgress) -> str:
    kind = progress.goal.kind.value
    return view.texts(f"page.goal.nothing_{kind}")


def _switches(view: View, goal: Goal) -> tuple[Switch, ...]:
    """Return the series from elsewhere that may stand beside the goal, each with its definition, source and reservations."""
    texts = view.texts
    found = []
    for each in references_of(view, goal):
        parts = [
            texts("page.goal.reference_words", definition=texts.of(each.definition)),
            texts("page.goal.reference_source", source=wording.source_text(texts, each.source)),
            texts("page.goal.reference_verify") if each.verify else "",
        ]
        sentence = ("" if texts.lang == "zh" else " ").join(part for part in parts if part)
        found.append(Switch(each.id, texts.of(each.words), sentence, shown_first(each, goal)))
    return tuple(found)


def _change(view: View, progress: GoalProgress) -> Section | None:
    """Return what moved the value between the two newest waves; None for goals that no survey measures."""
    if progress.measure is None or is_reported(progress) or is_counted(progress.goal):
        return None
    return measure_change_section(view, progress.goal.id)
