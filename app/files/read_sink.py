"""Where the readers of the guarded child put what they find: findings, progress and coded sheets, framed onto the pipe."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Final

from app.files.read_causes import CELLS, COLUMNS, ROWS, Refusal
from app.files.scan_marks import SheetMarks, clipped
from app.files.sheet_codec import CodedColumn, SheetEncoder, write_column, write_frame

BATCH_ROWS: Final = 64  # measured: batches of thousands fall out of the processor's cache and take twice as long
_STAGE_SECONDS: Final = 0.1
_VALUE: Final = 60
_MERGES: Final = 100_000
Merge = tuple[int, int, int, int]
Marks = Callable[[str], SheetMarks]


class Sink:
    """Writes frames; counts cells over all sheets, so that many small sheets are limited like a big one.

    `marks` gives for a sheet's name what is hidden in it and which drop-down lists it has, whoever reads its cells.
    """

    def __init__(self, pipe: BinaryIO, cells: int = CELLS, marks: Marks | None = None) -> None:
        self.marks: Marks = marks or _no_marks
        self._pipe = pipe
        self._cells_left = self._cells = cells
        self._next_stage = 0.0
        self.n_sheets = 0
        self.n_cells = 0

    def finding(self, code: str, place: tuple[str, int, int] = ("", 0, 0), value: str = "", **params: object) -> None:
        """Report a finding at (sheet, one-based row, one-based column)."""
        header = {"t": "finding", "code": code, "place": place, "value": value if len(value) <= _VALUE else f"{value[:_VALUE]}…"}
        write_frame(self._pipe, {**header, "params": {name: str(text) for name, text in params.items()}})

    def stage(self, done: int, total: int, sheet: str = "") -> None:
        """Report rows done, at most ten times a second."""
        now = time.monotonic()
        if now >= self._next_stage:
            self._next_stage = now + _STAGE_SECONDS
            write_frame(self._pipe, {"t": "stage", "done": done, "total": total, "sheet": sheet})
            self._pipe.flush()

    def reading(self, sheet: str) -> None:
        """Say which sheet is read next, so that its name is known should reading it kill the child."""
        write_frame(self._pipe, {"t": "stage", "done": 0, "total": 0, "sheet": sheet})
        self._pipe.flush()

    def check_size(self, sheet: str, n_rows: int, n_columns: int) -> None:
        """Refuse a sheet whose used area is wider, longer or larger than can be held."""
        if n_rows > ROWS or n_columns > COLUMNS or n_rows * n_columns > self._cells_left:
            cell = _far_cell(n_rows, n_columns)
            raise Refusal("READ_FAR_CELLS", sheet=sheet, cell=cell, columns=f"{COLUMNS:,}", cells=f"{self._cells:,}")

    def sheet(self, name: str, encoder: SheetEncoder, merges: Iterable[Merge] = (), hidden: bool = False) -> None:
        """Send one finished sheet."""
        n_rows, n_columns = encoder.n_rows, encoder.n_columns
        self._cells_left -= n_rows * n_columns
        marks = self.marks(name)
        kept = _clipped(merges or marks.merges, n_rows, n_columns)
        header: dict[str, Any] = {"t": "sheet", "name": name, "rows": n_rows, "columns": n_columns}
        write_frame(self._pipe, {**header, "merges": kept, "hidden": hidden, **_state(marks, n_rows, n_columns)})
        for index, column in enumerate(encoder.columns()):
            write_column(self._pipe, column)
            self.n_cells += len(column.texts) - 1
            self._report("READ_LOST_DIGITS", (name, index), column, column.lost_digits)
            self._report("READ_ERROR_CELLS", (name, index), column, column.not_finite)
        self.n_sheets += 1

    def _report(self, code: str, place: tuple[str, int], column: CodedColumn, values: tuple[int, ...]) -> None:
        """Report the cells of a column that hold one of `values` (codes) as one finding at the first of them."""
        if values:
            wanted = set(values)
            count = sum(map(wanted.__contains__, column.codes))
            row = next(row for row, value in enumerate(column.codes) if value in wanted)
            text = column.texts[column.codes[row]]
            self.finding(code, (place[0], row + 1, place[1] + 1), text, n=count)

    def end(self, reader: str) -> None:
        """Say that everything was sent and which reader did it."""
        write_frame(self._pipe, {"t": "end", "reader": reader})
        self._pipe.flush()


def _no_marks(_sheet: str) -> SheetMarks:
    return SheetMarks()


def _state(marks: SheetMarks, n_rows: int, n_columns: int) -> dict[str, Any]:
    """What is hidden inside the used area, and the drop-down lists that guard columns of it."""
    rows, columns = clipped(marks.hidden_rows, n_rows), clipped(marks.hidden_columns, n_columns)
    lists = []
    for found in marks.lists:
        found.ranges = [area for area in found.ranges if area[1] < n_columns]
        if found.ranges:
            lists.append(found.packed())
    return {"hidden_rows": rows, "hidden_columns": columns, "filtered": marks.filtered and bool(rows), "lists": lists}


def _far_cell(n_rows: int, n_columns: int) -> str:
    from app.domain.findings import column_letters

    return f"{column_letters(n_columns)}{n_rows}"


def _clipped(merges: Iterable[Merge], n_rows: int, n_columns: int) -> list[Merge]:
    """Merged areas inside the used area: a merge over all 17 billion cells must not cost its reader anything."""
    kept = []
    for row0, column0, row1, column1 in merges:
        row1, column1 = min(row1, n_rows - 1), min(column1, n_columns - 1)
        if row0 <= row1 and column0 <= column1 and (row0, column0) != (row1, column1):
            kept.append((row0, column0, row1, column1))
    return kept[:_MERGES]


def batches(rows: Iterator[list[Any]]) -> Iterator[Sequence[list[Any]]]:
    """Yield rows in lists of BATCH_ROWS."""
    from itertools import islice

    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch
