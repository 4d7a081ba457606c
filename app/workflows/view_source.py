"""From a number back to the sheet it stands on, as it was received."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError
from app.domain.findings import CellReference
from app.domain.sheet import RawSheet
from app.domain.task import Progress, Task
from app.files.read_workbook import read_content
from app.files.study_file import read_source, read_sources


def view_source(study_path: Path, cell: CellReference) -> Task[RawSheet]:
    """Return the sheet of `cell` from the bytes kept in the study; rows and columns stand where the spreadsheet has them.

    UserError: `source.unknown` when the study keeps no such file or sheet, `study.*` when it is damaged.
    """
    yield Progress("progress.source", detail=cell.source)
    source = next((each for each in read_sources(study_path) if each.name == cell.source and each.status == "read"), None)
    if source is None:
        raise UserError("source.unknown", file=cell.source, sheet=cell.sheet)
    workbook = yield from read_content(source.name, read_source(study_path, source.sha256))
    for sheet in workbook.sheets:
        if sheet.name == cell.sheet:
            return sheet
    raise UserError("source.unknown", file=cell.source, sheet=cell.sheet)
