"""Making a study: a name, a questionnaire with its rubric, and the first line of the journal."""

from __future__ import annotations

import json
from pathlib import Path

from app.domain import journal as chain
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.resources import definition_texts, parse_instrument, parse_rubric
from app.files.study_file import create
from app.workflows.context import DEFAULT_INSTRUMENT, Context


def empty_study(name: str, context: Context, instrument: str = DEFAULT_INSTRUMENT, synthetic: bool = False) -> Study:
    """Return a study without answers; `instrument` is an id or the path of a TOML file, UserError when it gives no levels."""
    definition = definition_texts(instrument)
    questions = parse_instrument(definition[0])
    if not definition[1]:
        raise UserError("instrument.no_rubric", id=questions.id)
    parameters = {"name": name, "instrument": questions.id, "version": questions.version, "synthetic": synthetic}
    journal = chain.append((), context.now, "new", json.dumps(parameters, ensure_ascii=False), "{}")
    return Study(name, questions, parse_rubric(definition[1]), definition, journal=journal, synthetic=synthetic)


def new_study(path: Path, context: Context, instrument: str = DEFAULT_INSTRUMENT, synthetic: bool = False) -> Task[Study]:
    """Make the study file `path` (which must not exist) and return the study; its name is the file's."""
    yield Progress("progress.new", detail=path.name)
    study = empty_study(path.stem, context, instrument, synthetic)
    create(path, study)
    return study
