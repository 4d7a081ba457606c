"""Progress toward the goal book from the waves known at a date."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.progress import effective, progress_under, tally
from app.domain.errors import UserError
from app.domain.goals import GoalBook
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.workflows.waves import check_date


def goals(study: Study, book: GoalBook, as_of: str = "") -> Task[Study]:
    """Return the study with the progress of every goal of `book`, with its own edits, as known on `as_of` (ISO; default: the
    day of the newest wave or reported figure), and the sums it rests on.

    UserError: `study.no_answers` before anything is collected, `wave.date` for an impossible date.
    """
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    check_date(as_of)
    yield Progress("progress.goals")
    day = as_of or max([study.waves[-1].date, *(each.date for each in study.targets.reported)])
    held = effective(book, study.targets)
    tallies = tally(held.measures, study.responses, study.instrument, study.waves)
    fresh = replace(study, tallies=tallies)
    return replace(fresh, progress=progress_under(fresh, held, {}, day))
