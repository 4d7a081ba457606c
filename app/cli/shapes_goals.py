"""The JSON of goals; the fields of the contract first, in its order, then what was added to it. What cannot be said is null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.shapes import plain
from app.domain.goals import GoalProgress
from app.domain.words import Texts

if TYPE_CHECKING:
    from app.present.view import View


def goals_json(view: View) -> dict[str, Any]:
    """Return `goals --json`: shares as fractions, paces in percentage points a year; of counts and amounts all in their unit.

    What the released table hides is null here too, with all that would give it back, and is left out of `observations`. Unlike
    `assess --json`, which names firms and so stays in the bureau, these are aggregates that other tools pass on and publish.
    """
    return {"goals": [_goal(view, progress) for progress in view.study.progress]}


def _goal(view: View, found: GoalProgress) -> dict[str, Any]:
    from app.present.goal_released import newest_released, released
    from app.present.wording import light_reason

    texts, progress, latest = view.texts, released(view, found), newest_released(view, found)
    goal = progress.goal
    shown = {
        "id": goal.id,
        "measure": progress.measure.id if progress.measure is not None else None,
        "value": latest.value if latest else None,
        "low": latest.low if latest else None,
        "high": latest.high if latest else None,
        "n": latest.n if latest else None,
        "target": goal.value,
        "operator": goal.operator,
        "year": goal.year,
        "required_pace": progress.required_pace,
        "observed_pace": progress.observed_pace,
        "probability": progress.probability,
        "light": progress.light.value,
        "reason": light_reason(texts, progress),
        **_more(progress, texts),
    }
    return {name: plain(value) for name, value in shown.items()}


def _more(progress: GoalProgress, texts: Texts) -> dict[str, Any]:
    measure, status = progress.measure, progress.status
    return {
        "kind": progress.goal.kind,
        "unit": progress.goal.unit,
        "layer": progress.goal.layer,
        "measure_version": None if measure is None else measure.version,
        "gap": progress.gap,
        "as_of": progress.as_of or None,
        "pace": progress.pace,
        "status": None if status is None else {**plain(status), "status": status.status.removeprefix("status.")},
        "forecasts": [{**plain(told), "parameters": plain(dict(told.parameters))} for told in progress.forecasts],
        "observations": progress.observations,
        "breaks": [
            {"wave": each.wave, "time": each.time, "why": texts(each.reason) if each.reason else each.why}
            for each in progress.breaks
        ],
        "path": _points(progress.path, ("time", "value")),
        "fan": _points(progress.fan, ("time", "low", "middle", "high")),
        "upper": _points(progress.upper, ("time", "low", "high")),
    }


def _points(points: tuple[tuple[float, ...], ...], names: tuple[str, ...]) -> list[dict[str, float]]:
    return [dict(zip(names, point, strict=True)) for point in points]
