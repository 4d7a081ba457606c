"""Each library that reads workbooks by itself, in a limited process of its own, so that no file can hurt more than that.

Cells come as (sheet, row, column) → (kind, text): kind `n` number, `d` date, `b` boolean, `e` error, `t` text.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import resource
import select
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 30.0
BYTES = 6 << 30
Cells = dict[tuple[int, int, int], tuple[str, str]]


@dataclass(frozen=True)
class Outcome:
    """What came of it: `result` when it ended well, else `error`; seconds and peak memory in MiB."""

    error: str = ""
    result: Any = None
    seconds: float = 0.0
    peak: float = 0.0


def in_child(work: Callable[[], Any], seconds: float = SECONDS, memory: int = BYTES) -> Outcome:
    """Run `work` in a forked process and return what it made (JSON) or how it ended."""
    started = time.monotonic()
    receive, send = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(receive)
        _child(work, send, memory)
    os.close(send)
    text, in_time = _drain(receive, started + seconds)
    if not in_time:
        os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    peak, took = usage.ru_maxrss / 1024, time.monotonic() - started
    if not in_time:
        return Outcome("hang", None, took, peak)
    if os.WIFSIGNALED(status) or not text:
        return Outcome(f"died {os.WTERMSIG(status) if os.WIFSIGNALED(status) else status}", None, took, peak)
    made = json.loads(text)
    return Outcome(made.get("error", ""), made.get("result"), took, peak)


def _child(work: Callable[[], Any], send: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)
    warnings.simplefilter("ignore")
    try:
        made = {"result": work()}
    except BaseException as error:  # noqa: BLE001 — a Rust panic is one; whatever happens is the outcome
        made = {"error": type(error).__name__}
    with os.fdopen(send, "w") as pipe:
        json.dump(made, pipe)
        pipe.flush()
        os._exit(0)


def _drain(pipe: int, deadline: float) -> tuple[str, bool]:
    parts = []
    with os.fdopen(pipe, "rb") as file:
        while (left := deadline - time.monotonic()) > 0 and select.select([file], [], [], left)[0]:
            part = os.read(file.fileno(), 1 << 20)
            if not part:
                return b"".join(parts).decode(), True
            parts.append(part)
    return "", False


Found = Iterator[tuple[int, int, int, Any]]


def calamine(path: Path) -> Found:
    """Cells as python-calamine alone hands them over."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    workbook = CalamineWorkbook.from_path(str(path))
    for number, meta in enumerate(workbook.sheets_metadata):
        if meta.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_index(number)
            left = (sheet.start or (0, 0))[1]
            for row, values in enumerate(sheet.iter_rows()):
                yield from ((number, row, left + column, value) for column, value in enumerate(values) if value != "")


def openpyxl(path: Path) -> Found:
    """Cells as openpyxl alone hands them over, streamed."""
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    for number, name in enumerate(workbook.sheetnames):
        sheet = workbook[name]
        if not hasattr(sheet, "iter_rows"):
            continue  # a chart
        sheet.reset_dimensions()
        for row, cells in enumerate(sheet.iter_rows()):
            for column, cell in enumerate(cells):
                if cell.value is not None:
                    yield number, row, column, ("e", cell.value) if cell.data_type == "e" else cell.value


def xlrd(path: Path) -> Found:
    """Cells as xlrd alone hands them over."""
    import xlrd as library

    book = library.open_workbook(str(path), logfile=io.StringIO())
    for number, sheet in enumerate(book.sheets()):
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                if cell.ctype == library.XL_CELL_ERROR:
                    yield number, row, column, ("e", library.error_text_from_code.get(cell.value, "#"))
                elif cell.ctype == library.XL_CELL_BOOLEAN:
                    yield number, row, column, bool(cell.value)
                elif cell.ctype == library.XL_CELL_DATE:
                    yield number, row, column, _moment(cell.value, book.datemode)
                elif cell.ctype in (library.XL_CELL_TEXT, library.XL_CELL_NUMBER) and cell.value != "":
                    yield number, row, column, cell.value


def _moment(value: float, datemode: int) -> Any:
    import xlrd as library

    try:
        return library.xldate_as_datetime(value, datemode)
    except (library.XLDateError, OverflowError, ValueError):
        return value


def pyxlsb(path: Path) -> Found:
    """Cells as pyxlsb alone hands them over."""
    from pyxlsb import open_workbook

    with open_workbook(str(path)) as workbook:
        for number in range(len(workbook.sheets)):
            with workbook.get_sheet(number + 1) as sheet:
                for cells in sheet.rows(sparse=True):
                    yield from ((number, cell.r, cell.c, _error(cell.v)) for cell in cells if cell.v not in (None, ""))


def _error(value: Any) -> Any:
    """Pyxlsb hands error values over as texts like 0x2a."""
    return ("e", value) if isinstance(value, str) and re.fullmatch("0x[0-9a-f]{1,2}", value) else value


READERS: dict[str, tuple[Callable[[Path], Found], frozenset[str]]] = {
    "calamine": (calamine, frozenset((".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".et", ".ods"))),
    "openpyxl": (openpyxl, frozenset((".xlsx", ".xlsm", ".xltx"))),
    "xlrd": (xlrd, frozenset((".xls", ".et"))),
    "pyxlsb": (pyxlsb, frozenset((".xlsb",))),
}
"""Each library and the endings it is meant for."""


def count(reader: str, path: Path) -> Outcome:
    """Return how many cells with content `reader` finds; error values tell nothing and do not count."""
    return in_child(lambda: sum(told(value)[0] != "e" for *_, value in READERS[reader][0](path)))


def cells(reader: str, path: Path) -> Outcome:
    """Return the cells as a list of (sheet, row, column, kind, text)."""
    return in_child(lambda: [(*place, *told(value)) for *place, value in READERS[reader][0](path)])


def sheet_names(path: Path) -> list[str]:
    """Return the names of all sheets, charts included, in their order."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).sheet_names


def told(value: Any) -> tuple[str, str]:
    """Return the kind and the text of a value, as the guarded reader would tell it."""
    if isinstance(value, bool):
        return "b", "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return "n", repr(float(value))
    if isinstance(value, tuple | list):
        return "e", str(value[1])
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return "d", str(value)
    return "t", str(value)
