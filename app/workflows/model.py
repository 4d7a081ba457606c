"""The learnt model as a file, to keep and to check: the one that the assessment keeps. No study speaks by another's model."""

from __future__ import annotations

from pathlib import Path

from app.analysis.learn.save import meta_of, model_bytes, model_from_bytes
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.atomic import write_atomically
from app.workflows.context import Context

ENDING = ".skops"


def export_model(study: Study, path: Path, context: Context) -> Task[Path]:
    """Write the model of the newest wave's assessment to `path` (.skops), with the day it was written.

    UserError `file.unknown_format`, `model.not_assessed`, `model.none` where no model is in use, `model.*` where the one kept
    was learnt with another version of the program, or why the disk will not have it.
    """
    if path.suffix.lower() != ENDING:
        raise UserError("file.unknown_format", file=path.name, known=ENDING)
    newest = study.latest_assessment
    if newest is None or newest.classifier is None:
        raise UserError("model.not_assessed", name=study.name)
    if not newest.model:
        raise UserError("model.none", name=study.name)
    yield Progress("progress.model", detail=newest.wave)
    model, _ = model_from_bytes(newest.model, study.instrument, study.rubric)
    write_atomically(path, model_bytes(model, meta_of(study.instrument, study.rubric, newest.wave, context.today)))
    return path
