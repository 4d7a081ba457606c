"""Progress toward the goal book from the waves known at a date."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.progress import track
from app.domain.errors import UserError
from app.domain.goals import GoalBook
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.workflows.waves import check_date


def goals(study: Study, book: GoalBook, as_of: str = "") -> Task[Study]:
    """Return the study with the progress of every goal of `book` as known on `as_of` (ISO; default: the newest wave's date).

    UserError: `study.no_answers` before anything is collected, `wave.date` for an impossible date.
    """
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    check_date(as_of)
    yield Progress("progress.goals")
    day = as_of or study.waves[-1].date
    return replace(study, progress=track(book, study.responses, study.instrument, study.waves, day))
