"""What may be told of a goal outside: its progress without a number that an unpublished value could be worked out of."""

from __future__ import annotations

from dataclasses import replace

from app.domain.goals import GoalProgress, Light, Observation
from app.domain.release import CellStatus
from app.present.figures.goal_table import all_shown, observed_table
from app.present.view import View

_HIDDEN = "brief.goals.hidden"


def is_released(view: View, progress: GoalProgress) -> bool:
    """Whether every value that the goal rests on may be published; figures that people reported rest on no firm's answers."""
    if progress.measure is None or not progress.observations:
        return True
    return all_shown(observed_table(view, progress, progress.measure))


def released(view: View, progress: GoalProgress) -> GoalProgress:
    """Return the progress as it may be told: the same, or with only the waves that may be seen and a grey light.

    Gap, paces, status, forecasts, path and the share of plans each give a hidden value back, so they go together with it. Of
    volunteers, whose share is of themselves, no gap and no pace follows.
    """
    if not is_released(view, progress):
        shown = tuple(replace(each, planned=None) for each in _shown(view, progress))
        goal, measure = progress.goal, progress.measure
        bare = GoalProgress(goal, measure, shown, None, None, None, None, Light.CANNOT_TELL, _HIDDEN)
        return replace(bare, breaks=progress.breaks, as_of=progress.as_of)
    latest = progress.latest
    if latest is None or not latest.wave or latest.low is not None:
        return progress
    return replace(progress, gap=None, required_pace=None, pace=None, status=None, path=())


def newest_released(view: View, progress: GoalProgress) -> Observation | None:
    """Return the newest value where it may be published, else None: an older one never stands in its place."""
    latest = released(view, progress).latest
    return latest if latest is not None and latest.time == progress.observations[-1].time else None


def _shown(view: View, progress: GoalProgress) -> list[Observation]:
    rows = observed_table(view, progress, progress.measure).rows
    seen = zip(progress.observations, rows, strict=True)
    return [each for each, row in seen if row.cells[0].status is not CellStatus.HIDDEN]
