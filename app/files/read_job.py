"""One file being read: puts the frames of the guarded child together into a RawWorkbook, or into the one finding why not."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

import numpy as np

from app.domain.findings import CellReference, Finding, Severity
from app.domain.sheet import CellKind, RawColumn, RawSheet, RawWorkbook
from app.domain.task import Progress
from app.files.drop_downs import with_lists
from app.files.file_names import shown_name
from app.files.read_causes import SEVERITY, WALL_SECONDS, Refusal
from app.files.read_process import Frame, Order, Orders, ReadLane
from app.files.sheet_codec import split_texts

_SLICE_SECONDS: Final = 0.05
_KINDS: Final = tuple(CellKind)


def finding(code: str, place: CellReference, value: str = "", **params: object) -> Finding:
    """Return a finding of reading with the severity of its code."""
    pairs = tuple((name, str(text)) for name, text in params.items())
    return Finding(code, Severity(SEVERITY[code]), place, value, pairs)


class ReadJob:
    """Reads one file as its turn comes in `orders`, or at once on a lane of its own.

    Call `advance` until it returns the workbook, and `close` in any case. `wake` is set when there is something to do.
    Nothing the child does, dying included, raises here.
    """

    def __init__(self, path: Path, wake: threading.Event, name: str = "", orders: Orders | None = None) -> None:
        self.name = name or shown_name(path)
        self.progress = Progress("progress.reading", detail=self.name)
        self._wake = wake
        self._order = Order(path, Path(self.name).suffix.lower(), wake)
        self._result: RawWorkbook | None = None
        self._forget()
        self._lane = None
        if orders is None:
            orders = SimpleQueue()
            self._lane = ReadLane(orders)
            self._lane.start()
        orders.put(self._order)

    def _forget(self) -> None:
        """Begin anew: what the first reader could tell does not count once a second one reads."""
        self._sheets: list[RawSheet] = []
        self._lists: list[list[dict[str, Any]]] = []
        self._columns: list[RawColumn] = []
        self._open_sheet: dict[str, Any] = {}
        self._findings: list[Finding] = []
        self._sheet_in_hand = ""
        self._enough = ""

    @property
    def pid(self) -> int:
        """Process id of the child, 0 before it runs."""
        return self._order.pid

    @property
    def is_begun(self) -> bool:
        """Whether its turn has come."""
        return self._order.started > 0

    def advance(self) -> RawWorkbook | None:
        """Work off what has arrived, for at most some milliseconds, and return the workbook once it is whole."""
        stop = time.monotonic() + _SLICE_SECONDS
        frames = self._order.frames
        while self._result is None and frames and time.monotonic() < stop:
            self._take(frames.popleft())
        if frames and self._result is None:
            self._wake.set()
        if self._result is None and self.is_begun and time.monotonic() > self._order.started + WALL_SECONDS:
            self._order.drop()
            self._refuse(Refusal("READ_TOO_SLOW"))
        return self._result

    def close(self, wait: bool = False) -> None:
        """End the reading if it still goes on; `wait` until the child is gone and has let go of the file."""
        if self._lane:
            self._lane.stop()
            if wait:
                self._lane.join()
        elif self._result is None:
            self._order.drop()

    def _take(self, frame: Frame | Refusal) -> None:
        if isinstance(frame, Refusal):
            if self._enough:
                self._finish(self._enough)
            else:
                self._refuse(frame)
            return
        try:
            self._take_frame(*frame)
        except (ValueError, KeyError, TypeError, IndexError):
            self._refuse(Refusal("READ_CRASHED", detail="frame"))

    def _take_frame(self, header: dict[str, Any], body: bytes) -> None:
        kind = header["t"]
        if kind == "stage":
            self._sheet_in_hand = header["sheet"]
            self.progress = Progress("progress.reading", header["done"], header["total"], self.name)
        elif kind == "finding":
            self._findings.append(self._placed(header))
        elif kind == "sheet":
            self._open_sheet, self._columns = header, []
            self._finish_sheet()
        elif kind == "column":
            self._columns.append(_column(header, body))
            self._finish_sheet()
        elif kind == "again":
            self._forget()
        elif kind == "enough":
            self._enough = header["reader"]
        elif kind == "refused":
            self._refuse(Refusal(header["code"], **header["params"]))
        elif kind == "end":
            self._finish(header["reader"])

    def _placed(self, header: dict[str, Any]) -> Finding:
        sheet, row, column = header["place"]
        place = CellReference(self.name, sheet or (self._only_sheet if row else ""), row, column)
        return finding(header["code"], place, header["value"], **header["params"])

    @property
    def _only_sheet(self) -> str:
        """The one sheet of a text file is called like the file, as a spreadsheet program would."""
        return Path(self.name).stem

    def _finish_sheet(self) -> None:
        head = self._open_sheet
        if len(self._columns) < head["columns"]:
            return
        if any(len(column.codes) != head["rows"] for column in self._columns):
            raise ValueError("columns of unequal length")
        sheet = RawSheet(
            head["name"] or self._only_sheet,
            head["rows"],
            tuple(self._columns),
            merges=tuple(map(tuple, head["merges"])),
            hidden=head["hidden"],
            hidden_rows=tuple(map(tuple, head["hidden_rows"])),
            hidden_columns=tuple(map(tuple, head["hidden_columns"])),
            filtered=head["filtered"],
        )
        self._sheets.append(sheet)
        self._lists.append(head["lists"])

    def _finish(self, reader: str) -> None:
        order = self._order
        sheets, findings = with_lists(self._sheets, self._lists), tuple(self._findings)
        self._result = RawWorkbook(self.name, order.sha256, order.size, sheets, reader, findings)

    def _refuse(self, refusal: Refusal) -> None:
        params = {"file": self.name, "sheet": self._sheet_in_hand, **refusal.params}
        cause = finding(refusal.code, CellReference(self.name, params.pop("sheet")), **params)
        self._result = RawWorkbook(self.name, self._order.sha256, self._order.size, (), "", (cause,))


def _column(header: dict[str, Any], body: bytes) -> RawColumn:
    n_rows, n_values = header["rows"], header["values"]
    codes = np.frombuffer(body, dtype="<i4", count=n_rows).astype(np.int32)
    kinds = body[4 * n_rows : 4 * n_rows + n_values]
    if n_rows and not 0 <= codes.min() <= codes.max() < n_values:
        raise ValueError("codes outside the values")
    codes.flags.writeable = False
    return RawColumn(codes, tuple(split_texts(header, body)), tuple(map(_KINDS.__getitem__, kinds)))
