"""Levels of every wave: firm by firm, sector by sector, with the classifier beside its baselines."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.assess import Ground, assess_wave
from app.analysis.estimate import Surveyed
from app.domain.assessment import Assessment
from app.domain.errors import UserError
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.workflows.context import DEFAULT_SEED


def assess(study: Study, resources: Resources, seed: int = DEFAULT_SEED) -> Task[Study]:
    """Return the study with one assessment a wave, oldest first; UserError `study.no_answers` before anything is collected."""
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    ground = Ground(study.instrument, study.rubric, study.judgements, resources.names, resources.natives, resources.standards)
    assessments: list[Assessment] = []
    before: Surveyed | None = None
    for done, wave in enumerate(study.waves):
        yield Progress("progress.levels", done, len(study.waves), wave.id)
        assessments.append((yield from assess_wave(study.responses, ground, wave, seed, before)))
        before = Surveyed(assessments[-1].firms, study.responses, wave, study.rubric)
    return replace(study, assessments=tuple(assessments))
