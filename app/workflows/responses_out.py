"""The cleaned firm table as a file, for work inside the office: it names firms, so the command is journaled."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.write_responses import response_table, write_csv, write_parquet

ENDINGS = (".parquet", ".csv")


def write_responses(study: Study, path: Path) -> Task[Path]:
    """Write every response of `study` with the cell of each answer to `path` (.parquet or .csv).

    UserError: `file.unknown_format`, `study.no_answers` while there are none, or why the disk will not have it.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UserError("file.unknown_format", file=path.name, known=" ".join(ENDINGS))
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    yield Progress("progress.responses", detail=path.name)
    table = response_table(study.responses)
    if ending == ".csv":
        write_csv(table, path)
    else:
        about = {"instrument": study.instrument.id, "version": study.instrument.version}
        write_parquet(table, path, {**about, "synthetic": "yes"} if study.synthetic else about)
    return path
