"""xlsx, xlsm, xlsb, xls and ods through python-calamine, at absolute position. Runs in the guarded child alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.files.preflight import ENDINGS, Kind
from app.files.read_causes import Refusal
from app.files.read_sink import Merge, Sink, batches
from app.files.sheet_codec import SheetEncoder


def read_calamine(path: Path, kind: Kind, sink: Sink) -> bool:
    """Send every sheet of a workbook to `sink` and return whether all could be read; Refusal when none can."""
    workbook = _open(path, kind)
    damaged: Refusal | None = None
    for position, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            sink.finding("READ_SHEET_SKIPPED", (meta.name, 0, 0))
            continue
        sink.reading(meta.name)
        try:
            sheet = workbook.get_sheet_by_index(position)
        except CalamineError as error:
            damaged = Refusal("READ_DAMAGED")
            sink.finding("READ_SHEET_DAMAGED", (meta.name, 0, 0), str(error))
            continue
        _send(sheet, meta.visible != SheetVisibleEnum.Visible, sink)
    if damaged and not sink.n_sheets:
        raise damaged
    return damaged is None


def _open(path: Path, kind: Kind) -> CalamineWorkbook:
    """Open by path where the ending is true (good messages), else by content: calamine believes a path's ending."""
    try:
        if ENDINGS.get(path.suffix.lower()) == kind:
            return CalamineWorkbook.from_path(path)
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except PasswordError as error:
        raise Refusal("READ_PASSWORD") from error
    except CalamineError as error:
        raise Refusal("READ_DAMAGED") from error


def _send(sheet: CalamineSheet, hidden: bool, sink: Sink) -> None:
    (_, left), (bottom, right) = sheet.start or (0, 0), sheet.end or (-1, -1)
    sink.check_size(sheet.name, bottom + 1, right + 1)
    encoder = SheetEncoder(left=left)
    if sheet.start:
        for batch in batches(sheet.iter_rows()):  # from row 0 on: calamine restores empty rows above, not columns
            encoder.add(batch)
            sink.stage(encoder.n_rows, bottom + 1, sheet.name)
    _report(sheet.name, encoder, sink)
    sink.sheet(sheet.name, encoder, _merges(sheet), hidden)


def _report(name: str, encoder: SheetEncoder, sink: Sink) -> None:
    marks = sink.marks(name)
    for row, column, text in marks.errors:
        encoder.mark_error(row, column, text)
    if marks.errors:
        row, column, text = marks.errors[0]
        sink.finding("READ_ERROR_CELLS", (name, row + 1, column + 1), text, n=len(marks.errors))
    if marks.uncalculated:
        row, column = marks.uncalculated[0]
        sink.finding("READ_UNCALCULATED", (name, row + 1, column + 1), n=len(marks.uncalculated))


def _merges(sheet: CalamineSheet) -> list[Merge]:
    ranges: Any = sheet.merged_cell_ranges or []  # None for xlsb and ods: the scan has them
    return [(row0, column0, row1, column1) for (row0, column0), (row1, column1) in ranges]
