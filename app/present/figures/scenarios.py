"""Scenarios beside each other: where we are, where the trend would lead, where each scenario does, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind, Target
from app.domain.goals import GoalProgress
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, Row
from app.domain.scenario import Outcome, Span
from app.present import wording
from app.present.figures.measure_change import measure_name
from app.present.marks import goal_id, measure_id
from app.present.provenance import measure_provenance, notes
from app.present.scenario_words import span_text
from app.present.view import View

DRAFT = ""  # the name of what is being written and not saved


def make_scenarios(view: View, progress: GoalProgress, outcomes: Sequence[Outcome], draft: bool = False) -> Figure:
    """Return `scenarios-<goal>` of the outcomes that can be told, at least one of them; with `draft` the last is on screen."""
    texts, goal, measure = view.texts, progress.goal, progress.measure
    told = [each for each in outcomes if each.after is not None]
    if measure is None or not told or progress.latest is None:
        raise KeyError(goal.id)
    wave = view.study.wave(told[0].wave)
    title = scenarios_title(view, told[-1] if draft else best(told))
    return Figure(
        id=f"scenarios-{goal.id}",
        kind=FigureKind.SPANS,
        title=title,
        subtitle=texts("scenario.figure.subtitle", measure=measure_name(texts, measure)),
        table=view.door.release(f"scenarios-{goal.id}", (texts("scenario.figure.column"),), _rows(view, progress, told)),
        provenance=replace(
            measure_provenance(view, measure, wave, progress.latest.n),
            interval=texts("scenario.figure.interval"),
            note=notes(texts, texts("scenario.warning"), measure_provenance(view, measure, wave, progress.latest.n).note),
        ),
        alt=texts("scenario.figure.alt", n=len(told), title=title),
        targets=(_target(view, progress),),
        chosen=f"scenario-{len(told) - 1}" if draft else "",
        keys=(texts("scenario.figure.key"),),
    )


def best(told: Sequence[Outcome]) -> Outcome:
    """Return the outcome that leads furthest."""
    return max(told, key=lambda each: each.after.middle if each.after is not None else -1.0)


def scenarios_title(view: View, outcome: Outcome) -> str:
    """Say where a scenario leads and whether that reaches the target: only its low end does so surely."""
    texts = view.texts
    if outcome.after is None or outcome.target is None:
        return ""
    target = wording.share_text(texts, outcome.target)
    said = {"name": scenario_name(view, outcome), "after": span_text(view, outcome.after), "target": target}
    if outcome.after.low >= outcome.target:
        return texts("scenario.title.reached", **said)
    if outcome.after.middle >= outcome.target:
        return texts("scenario.title.perhaps", **said)
    if outcome.missing is None:
        return texts("scenario.title.short", **said)
    return texts("scenario.title.missing", firms=number(max(outcome.missing, 1), "count"), **said)


def scenario_name(view: View, outcome: Outcome) -> str:
    """Return a scenario's name, what the one on screen is called while it has none."""
    return outcome.scenario.name or view.texts("scenario.draft")


def _rows(view: View, progress: GoalProgress, told: Sequence[Outcome]) -> list[Row]:
    texts, first, latest = view.texts, told[0], progress.latest
    n = latest.n if latest is not None else 0
    mark = (
        measure_id(progress.measure.id, first.wave, TOTAL) if progress.measure is not None and not progress.goal.sections else ""
    )
    now = first.now or Span(0.0, 0.0, 0.0)
    rows = [Row("now", texts("scenario.row.now", wave=first.wave), (_cell(now, n, mark),))]
    last = max(told, key=lambda each: each.time or 0.0)
    if last.trend is not None:
        date = wording.date_text(texts, max(lever.by for lever in last.scenario.levers))
        rows.append(Row("trend", texts("scenario.row.trend", date=date), (_cell(last.trend, n, goal_id(progress.goal.id)),)))
    for place, each in enumerate(told):
        name = texts("scenario.row.scenario", name=each.scenario.name) if each.scenario.name else scenario_name(view, each)
        rows.append(Row(f"scenario-{place}", name, (_cell(each.after or now, n),)))
    return rows


def _cell(span: Span, n: int, evidence: str = "") -> Cell:
    wide = span.low < span.high
    low, high = (span.low, span.high) if wide else (None, None)
    return Cell(CellStatus.SHOWN, "fraction", span.middle, low, high, n, evidence)


def _target(view: View, progress: GoalProgress) -> Target:
    goal = progress.goal
    return Target(goal.year + 1.0, goal.value or 0.0, wording.target_text(view.texts, goal), goal_id(goal.id))
