"""Levels of every wave: firm by firm, sector by sector, with the classifier beside its baseline."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.assess import assess_wave
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.workflows.context import DEFAULT_SEED


def assess(study: Study, seed: int = DEFAULT_SEED) -> Task[Study]:
    """Return the study with one assessment a wave, oldest first; UserError `study.no_answers` before anything is collected."""
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    assessments = []
    for done, wave in enumerate(study.waves):
        yield Progress("progress.levels", done, len(study.waves), wave.id)
        assessments.append((yield from assess_wave(study.responses, study.instrument, study.rubric, wave, seed)))
    return replace(study, assessments=tuple(assessments))
