"""目标: a card a goal, the headline trajectory, the checklist of the national opinions."""

from __future__ import annotations

from app.domain.figure import Figure
from app.domain.goals import ChecklistEntry, GoalProgress, Layer
from app.domain.numbers import interval, percent
from app.domain.release import CellStatus
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.brief.goals import gap_words, latest_cell, reason_words
from app.present.figures import GOAL_PREFIX, figure_ids, make_figure
from app.present.marks import goal_id
from app.present.pages.common import empty_head, needs_responses, synthetic
from app.present.pages.values import ChecklistGroup, GoalCard, GoalsPage, Head
from app.present.view import ALL, View

_ACTIONS = "action"


def goals_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL, goal: str = "") -> GoalsPage:
    """Return every goal as a card and the trajectory of `goal` (empty: the first national one that can be measured)."""
    view = View(study, resources, texts, selection)
    groups = checklist(view)
    if study.responses is None:
        return GoalsPage(needs_responses(view), (), None, groups)
    if not study.progress:
        return GoalsPage(empty_head(view, "no_goals", "study.goals", "goals"), (), None, groups)
    figures = tuple(id_ for id_ in figure_ids(study) if id_.startswith(GOAL_PREFIX))
    cards = tuple(_card(view, progress, figures) for progress in study.progress)
    chosen = f"{GOAL_PREFIX}{goal}"
    main = chosen if chosen in figures else next(iter(_national_first(study, figures)), "")
    figure = make_figure(study, resources, main, texts, selection) if main else None
    return GoalsPage(_head(view, figure, len(figures)), cards, figure, groups)


def _national_first(study: Study, figures: tuple[str, ...]) -> list[str]:
    layers = {f"{GOAL_PREFIX}{p.goal.id}": p.goal.layer for p in study.progress}
    return sorted(figures, key=lambda id_: layers[id_] is not Layer.STATE)


def _head(view: View, figure: Figure | None, measured: int) -> Head:
    texts = view.texts
    counts = {"n": len(view.study.progress), "measured": measured}
    line = texts("page.goals.measure", version=view.resources.goal_book.version, **counts)
    notes = [texts("page.goals.note_met")]
    if figure is not None and figure.provenance.note:
        notes.append(figure.provenance.note)
    headline = figure.title if figure is not None else texts("page.goals.headline_none")
    return Head(headline, figure.subtitle if figure is not None else line, (), (*notes, line), synthetic(view))


def _card(view: View, progress: GoalProgress, figures: tuple[str, ...]) -> GoalCard:
    texts, goal = view.texts, progress.goal
    cell = latest_cell(view, progress)
    told = cell is not None and cell.value is not None
    value = percent(cell.value) if cell is not None and cell.value is not None else ""
    if cell is not None and cell.status is CellStatus.HIDDEN:
        value = wording.cell_words(texts, cell)
    badges = [texts("page.goals.badge_proxy")] if progress.measure is not None and progress.measure.proxy else []
    badges += [texts("page.goals.badge_verify")] if goal.verify else []
    figure = f"{GOAL_PREFIX}{goal.id}"
    concluded = told and cell is not None and cell.low is not None
    paces = (progress.required_pace, progress.observed_pace) if concluded else (None, None)
    required, observed = (wording.pace(texts, pace) if pace is not None else "" for pace in paces)
    return GoalCard(
        id=goal.id,
        layer=texts(f"term.layer.{goal.layer.value}"),
        wording=texts.of(goal.words),
        document=goal.document,
        target=wording.target_text(texts, goal),
        value=value,
        interval=interval(cell.low, cell.high, "fraction") if cell is not None else "",
        gap=gap_words(view, progress, cell) if concluded else "",
        required_pace=required,
        observed_pace=observed,
        light=progress.light,
        light_word=texts(f"term.light.{progress.light.value}"),
        reason=reason_words(view, progress),
        badges=tuple(badges),
        proxy=texts.of(goal.proxy),
        evidence=goal_id(goal.id),
        figure=figure if figure in figures else "",
    )


def checklist(view: View) -> tuple[ChecklistGroup, ...]:
    """Return the checklist by action, then the supports; an action without entries stands alone under its words."""
    entries = view.resources.goal_book.checklist
    actions = {entry.id: entry for entry in entries if entry.group == _ACTIONS}
    names = dict.fromkeys(entry.group for entry in entries if entry.group != _ACTIONS)
    ordered = [*actions, *(name for name in names if name not in actions)]
    return tuple(_group(view, name, actions, entries) for name in ordered)


def _group(view: View, name: str, actions: dict[str, ChecklistEntry], entries: tuple[ChecklistEntry, ...]) -> ChecklistGroup:
    texts, key = view.texts, f"page.goals.{name}"
    title = texts.of(actions[name].words) if name in actions else texts(key) if key in texts.entries else name
    inside = tuple((entry.id, texts.of(entry.words), entry.verify) for entry in entries if entry.group == name)
    return ChecklistGroup(title, inside)
