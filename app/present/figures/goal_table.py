"""The released observations of a goal: a row a wave, or a row a reported figure."""

from __future__ import annotations

from app.analysis.disclosure import hide
from app.domain.goals import Goal, GoalProgress, Measure, Observation
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.present import wording
from app.present.figures.goal_values import AMOUNT_UNIT, day_of, is_counted, is_reported
from app.present.figures.ranked import observation_cell, penetration_table
from app.present.goal_standing import filters_of
from app.present.marks import goal_id, measure_id, progress_id
from app.present.view import View


def observed_table(view: View, progress: GoalProgress, measure: Measure | None) -> ReleasedTable:
    """Return the observations of a goal, oldest first; evidence of the newest opens the goal.

    A row's key is its wave, or the day (ISO) of a reported figure.
    """
    rows, filters = [], filters_of(view)
    for seen in progress.observations:
        newest = seen is progress.latest
        if measure is None or not seen.wave:
            day = day_of(seen.time)
            rows.append(Row(day, wording.date_text(view.texts, day), (_reported_cell(progress.goal, seen),)))
            continue
        mark = goal_id(progress.goal.id, filters) if newest else measure_id(measure.id, seen.wave, "*", filters)
        cell = _safe_cell(view, progress.goal, measure, seen, mark)
        rows.append(Row(seen.wave, view.texts("wording.wave", id=seen.wave), (cell,)))
    key = "figure.goal.count_column" if is_reported(progress) else "figure.goal.column"
    return view.door.release(f"goal-{progress.goal.id}", (view.texts(key),), rows)


def _reported_cell(goal: Goal, seen: Observation) -> Cell:
    """Return a reported figure, which rests on no firm's answers and has no interval."""
    unit = AMOUNT_UNIT if is_counted(goal) else "fraction"
    return Cell(CellStatus.SHOWN, unit, seen.value, evidence=progress_id(goal.id, "reported"))


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
