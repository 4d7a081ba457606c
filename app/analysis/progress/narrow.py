"""The goals held against some of the firms: those of a sector, size or township."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from app.analysis.progress.book import effective
from app.analysis.progress.cube import key_of, tally
from app.analysis.progress.measures import answerable
from app.analysis.progress.observe import Filters, cube_of
from app.analysis.progress.track import Known, known_waves, track_known
from app.domain.goals import GoalBook, GoalProgress
from app.domain.study import Study


def progress_under(study: Study, book: GoalBook, filters: Filters, as_of: str = "") -> tuple[GoalProgress, ...]:
    """Return the progress of every goal of `book`, with the study's edits, over the firms that pass the filter.

    `filters` are the values wanted by column (sector, size, township); () of all firms. Targets stay as they are: they were set
    for all firms, and what is held against them is marked as `of_part`. Known is what was known when the study's
    progress was computed. () before anything is collected.
    """
    if study.responses is None:
        return ()
    whole, wanted = effective(book, study.targets), {name: values for name, values in filters.items() if values}
    day = as_of or next((each.as_of for each in study.progress if each.as_of), "") or study.waves[-1].date
    cube = cube_of(tallies_of(study, whole), known_waves(study.waves, day), wanted)
    found = track_known(whole, Known(cube, study.instrument, study.targets, day))
    return tuple(_of_a_part(each) for each in found) if wanted else found


def tallies_of(study: Study, book: GoalBook) -> pd.DataFrame:
    """Return the study's sums where they hold every measure of the book that can be answered, else new ones."""
    asked = {key_of(measure) for measure in book.measures if answerable(measure, study.instrument)}
    held = study.tallies
    if held is not None and asked <= {str(name) for name in held["measure"].cat.categories}:
        return held
    return tally(book.measures, study.responses, study.instrument, study.waves) if study.responses is not None else pd.DataFrame()


def _of_a_part(progress: GoalProgress) -> GoalProgress:
    """Say of what the firms answered that it is a part; what people reported, and what no firm could answer, is no part."""
    seen = progress.measure is not None and any(each.wave for each in progress.observations)
    return replace(progress, of_part=True) if seen else progress
