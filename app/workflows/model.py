"""The learnt model as a file, for another study of the same questionnaire: learnt anew from what the assessment learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from app.analysis.index import score_firms
from app.analysis.learn import Learned, learn_case, learn_levels
from app.analysis.learn.save import meta_of, model_bytes
from app.domain.assessment import Assessment
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.atomic import write_atomically
from app.workflows.context import Context
from app.workflows.labels import match_wave

ENDING = ".skops"


def export_model(study: Study, path: Path, context: Context) -> Task[Path]:
    """Write the model of the newest wave's assessment to `path` (.skops).

    Data, judgements and seed are those of the assessment, and so is the model. UserError `file.unknown_format`,
    `model.not_assessed`, `model.none` where no model is in use, or why the disk will not have it.
    """
    if path.suffix.lower() != ENDING:
        raise UserError("file.unknown_format", file=path.name, known=ENDING)
    newest = study.latest_assessment
    if newest is None or newest.classifier is None:
        raise UserError("model.not_assessed", name=study.name)
    if newest.classifier.refusal is not None:  # known without learning once more
        raise UserError("model.none", name=study.name)
    yield Progress("progress.model", detail=newest.wave)
    learned = yield from _learned(study, newest, newest.classifier.seed, context)
    if learned.model is None:
        raise UserError("model.none", name=study.name)
    meta = meta_of(study.instrument, study.rubric, newest.wave, context.today)
    write_atomically(path, model_bytes(learned.model, meta))
    return path


def _learned(study: Study, newest: Assessment, seed: int, context: Context) -> Task[Learned]:
    """Learn as the assessment did, from the same scores, labels and seed."""
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    scores = score_firms(study.responses, study.instrument, study.rubric, newest.wave, study.judgements.weighting_in_force)
    matched = match_wave(study, newest.wave, context)
    codes = [level.code for level in study.rubric.levels]
    places = pd.Categorical(list(matched.levels), categories=codes).codes.astype(np.int64)
    case = learn_case(scores, study.responses, study.instrument, study.rubric, (matched.positions, places))
    return (yield from learn_levels(case, seed))
