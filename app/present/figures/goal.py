"""The trajectory of one goal: what was observed, the path it requires, what the trend gives, the targets to 2035."""

from __future__ import annotations

from app.analysis.disclosure import hide, release
from app.analysis.progress import deadline
from app.domain.figure import Figure, FigureKind, Series, Target
from app.domain.goals import Goal, GoalKind, GoalProgress, Measure, Observation
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.domain.study import Design
from app.present import wording
from app.present.figures.ranked import observation_cell, penetration_table
from app.present.marks import goal_id, measure_id
from app.present.provenance import measure_provenance, notes
from app.present.view import View

HORIZON = 2035  # the last year of the national opinions


def make_goal(view: View, goal: str) -> Figure:
    """Return `goal-<GOALID>`; the caller has made sure that its measure was observed."""
    progress = next(p for p in view.study.progress if p.goal.id == goal)
    measure = progress.measure
    if measure is None:
        raise KeyError(goal)
    table = observed_table(view, progress, measure)
    title = goal_title(view, progress, table)
    first = int(progress.observations[0].time)
    return Figure(
        id=f"goal-{goal}",
        kind=FigureKind.TRAJECTORY,
        title=title,
        subtitle=_subtitle(view, measure, table),
        table=table,
        provenance=_provenance(view, progress, measure),
        alt=view.texts("figure.goal.alt", first=first, last=max(HORIZON, progress.goal.year), title=title),
        series=_series(view, progress, table),
        targets=_targets(view, progress),
    )


def observed_table(view: View, progress: GoalProgress, measure: Measure) -> ReleasedTable:
    """Return the observations of a goal's measure, a row a wave; evidence of the newest opens the goal."""
    rows = []
    for seen in progress.observations:
        mark = goal_id(progress.goal.id) if seen is progress.latest else measure_id(measure.id, seen.wave, "*")
        cell = _safe_cell(view, progress.goal, measure, seen, mark)
        rows.append(Row(seen.wave, view.texts("wording.wave", id=seen.wave), (cell,)))
    return release(f"goal-{progress.goal.id}", (view.texts("figure.goal.column"),), rows)


def _safe_cell(view: View, goal: Goal, measure: Measure, seen: Observation, mark: str) -> Cell:
    """Return an observation, hidden where it rests on a sector that the table by sector hides: it would give it away."""
    cell = observation_cell(seen, mark)
    if not goal.sections:
        return cell
    table = penetration_table(view, measure, view.study.wave(seen.wave))
    hidden = {row.key for row in table.rows if row.cells[0].status is CellStatus.HIDDEN}
    return hide(cell) if hidden & set(goal.sections) else cell


def all_shown(table: ReleasedTable) -> bool:
    """Whether no observation is hidden: only then may pace, path and trend be told, for each gives the value back."""
    return not table.hidden and all(row.cells[0].status is not CellStatus.HIDDEN for row in table.rows)


def year_target(view: View, goal: Goal) -> str:
    """Return a goal's target with its year: 2027 年超过 70%."""
    return wording.target_text(view.texts, goal)


def goal_title(view: View, progress: GoalProgress, table: ReleasedTable) -> str:
    """Say where the newest observation stands against the goal; met only when the lower bound reaches it (design §6.2)."""
    texts, goal = view.texts, progress.goal
    cell = table.rows[-1].cells[0]
    value = wording.cell_words(texts, cell)
    if goal.value is None:
        return texts("figure.goal.no_number", value=value, year=goal.year)
    if cell.status is CellStatus.HIDDEN or cell.value is None:
        return texts("figure.goal.hidden", target=year_target(view, goal))
    target = year_target(view, goal)
    if view.study.wave(progress.observations[-1].wave).design is Design.VOLUNTEER:
        return texts("figure.goal.volunteers", value=value, target=target)
    if progress.reason == "light.reason.met":
        return texts("figure.goal.met", value=value, target=target)
    if goal.value - cell.value <= 0 or (cell.high is not None and cell.high >= goal.value):
        return texts("figure.goal.open", value=value, target=target)
    gap = wording.points(texts, goal.value - cell.value)
    if progress.required_pace is None or not all_shown(table):
        return texts("figure.goal.past", value=value, target=target, gap=gap)
    return texts("figure.goal.short", value=value, target=target, gap=gap, pace=wording.pace(texts, progress.required_pace))


def _subtitle(view: View, measure: Measure, table: ReleasedTable) -> str:
    wave = view.study.wave(table.rows[-1].key)
    n = table.rows[-1].cells[0].n
    return view.texts(
        "figure.goal.subtitle",
        measure=view.texts.of(measure.words),
        n=number(n, "count") if n is not None else wording.cell_words(view.texts, table.rows[-1].cells[0]),
        date=wording.date_text(view.texts, wave.date),
    )


def _provenance(view: View, progress: GoalProgress, measure: Measure) -> Provenance:
    latest = progress.observations[-1]
    texts, goal = view.texts, progress.goal
    words = wording.full_stop(texts, texts.of(goal.proxy))
    proxy = texts("wording.caution.proxy_words", words=words) if words else ""
    note = notes(
        texts,
        texts("figure.goal.document", document=goal.document),
        texts("figure.goal.one_wave") if len(progress.observations) == 1 else "",
        texts("figure.goal.verify") if goal.verify else "",
    )
    return measure_provenance(view, measure, view.study.wave(latest.wave), latest.n, (proxy, note))


def _series(view: View, progress: GoalProgress, table: ReleasedTable) -> tuple[Series, ...]:
    """Return fan, path and observed lines, in painting order; hidden observations have no point."""
    texts = view.texts
    shown = {row.key: row.cells[0] for row in table.rows if row.cells[0].value is not None}
    observed = tuple(
        (seen.time, seen.value, shown[seen.wave].low, shown[seen.wave].high)
        for seen in progress.observations
        if seen.wave in shown
    )
    # Nothing is required of, or projected from, volunteers or hidden values.
    known = progress.observations[-1].low is not None and all_shown(table)
    fan = progress.fan if all_shown(table) else ()
    lines = [
        Series("fan", texts("figure.goal.fan"), tuple((time, middle, low, high) for time, low, middle, high in fan)),
        Series("path", texts("figure.goal.path"), tuple((time, value, None, None) for time, value in progress.path if known)),
        Series("observed", texts("figure.goal.observed"), observed),
    ]
    return tuple(line for line in lines if line.points)


def _targets(view: View, progress: GoalProgress) -> tuple[Target, ...]:
    """Return the rate goals of the same measure and layer, so that one line shows 2027 and 2030 together."""
    goals = [
        p.goal
        for p in view.study.progress
        if p.goal.value is not None
        and p.goal.kind is GoalKind.RATE
        and (p.goal.measure, p.goal.layer, p.goal.sections)
        == (progress.goal.measure, progress.goal.layer, progress.goal.sections)
    ]
    return tuple(
        Target(deadline(goal.year), goal.value or 0.0, wording.target_text(view.texts, goal), goal_id(goal.id)) for goal in goals
    )
