"""The status of every goal, for other programs: the components that open-sdg publishes, from released values alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.domain.goals import GoalProgress
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.progress_components import ENDINGS, write_components
from app.present.goal_released import is_released, newest_released, released
from app.present.view import View
from app.present.wording import light_reason
from app.workflows.context import Context

__all__ = ["ENDINGS", "export_progress", "progress_components"]

NOT_AVAILABLE = "not_available"


def export_progress(study: Study, path: Path, lang: Lang, context: Context) -> Task[Path]:
    """Write the status components of every goal to `path`.

    UserError `targets.no_progress` before the goals were compared, `file.unknown_format`, or why the disk will not have it.
    """
    if not study.progress:
        raise UserError("targets.no_progress", name=study.name)
    yield Progress("progress.goals_out", detail=path.name)
    view = View(study, context.resources, Texts(lang, context.resources.words))
    write_components(path, progress_components(view))
    return path


def progress_components(view: View) -> dict[str, dict[str, Any]]:
    """Return by goal: `progress_status` and `score`, the components of its one series under its id, and what it is about.

    The first two and the series are named as sdg-build names them (indicator_progress, 2.x). Where an observation is hidden, by
    the rules for small groups, the goal gives no number at all: each of them would give the value back.
    """
    return {progress.goal.id: _component(view, progress) for progress in view.study.progress}


def _component(view: View, progress: GoalProgress) -> dict[str, Any]:
    series = _series(released(view, progress))
    return {
        "progress_status": series["status"],
        "score": series["score"],
        progress.goal.id: series,
        "about": {**_about(view, progress), **_verdict(view, progress)},
    }


def _series(progress: GoalProgress) -> dict[str, Any]:
    status, goal = progress.status, progress.goal
    names = ("base_value", "base_year", "current_value", "current_year")
    known: Mapping[str, Any] = {name: None if status is None else getattr(status, name) for name in names}
    return {
        **known,
        "target": goal.value,
        "target_year": goal.year if status is None else status.target_year,
        "direction": -1 if goal.falls else 1,
        "sign": 1,
        "limit": None,
        "progress_value": None if status is None else status.value,
        "status": NOT_AVAILABLE if status is None else status.status.removeprefix("status."),
        "score": None if status is None else status.score,
    }


def _about(view: View, progress: GoalProgress) -> dict[str, Any]:
    texts, goal, measure = view.texts, progress.goal, progress.measure
    return {
        "indicator_name": texts.of(goal.words),
        "layer": goal.layer.value,
        "operator": goal.operator,
        "unit": goal.unit or ("fraction" if goal.kind.value == "rate" else ""),
        "document": goal.document,
        "paragraph": goal.paragraph,
        "source": goal.source,
        "verify": goal.verify,
        "measure": "" if measure is None else measure.id,
        "measure_version": "" if measure is None else measure.version,
        "computation": "" if measure is None else texts.of(measure.words),
        "proxy": "proxy" if measure is not None and measure.proxy else "",
        "proxy_note": texts.of(goal.proxy),
        "as_of": progress.as_of,
    }


def _verdict(view: View, progress: GoalProgress) -> dict[str, Any]:
    told = released(view, progress)
    latest = newest_released(view, progress) if is_released(view, progress) else None
    pace = told.pace
    return {
        "low": None if latest is None else latest.low,
        "high": None if latest is None else latest.high,
        "n": None if latest is None else latest.n,
        "required_pace": None if pace is None else pace.required,
        "observed_pace": None if pace is None else pace.observed,
        "pace_ratio": None if pace is None else pace.ratio,
        "probability": told.probability,
        "light": told.light.value,
        "reason": light_reason(view.texts, told),
    }
