"""One file being read: starts the guarded child, takes its frames as they come, and ends it whatever happens."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from app.domain.findings import CellReference, Finding, Severity
from app.domain.sheet import CellKind, RawColumn, RawSheet, RawWorkbook
from app.domain.task import Progress
from app.files.read_causes import SEVERITY, TEXT_BYTES, WALL_SECONDS, Refusal, megabytes
from app.files.sheet_codec import read_frame, split_texts

Frame = tuple[dict[str, Any], bytes]
_PROJECT: Final = Path(__file__).resolve().parents[2]
_SLICE_SECONDS: Final = 0.05
_HASH_BLOCK: Final = 1 << 22
_KINDS: Final = tuple(CellKind)


def finding(code: str, place: CellReference, value: str = "", **params: object) -> Finding:
    """Return a finding of reading with the severity of its code."""
    pairs = tuple((name, str(text)) for name, text in params.items())
    return Finding(code, Severity(SEVERITY[code]), place, value, pairs)


def check_regular(path: Path) -> os.stat_result:
    """Return the state of a regular file; Refusal for one that is missing, a folder, link, pipe or device, or out of reach.

    Only asks for the file's state: opening a pipe would wait for ever.
    """
    try:
        state = path.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refusal("READ_MISSING") from error
    except (OSError, ValueError) as error:
        raise Refusal("READ_DENIED") from error
    if not stat.S_ISREG(state.st_mode):
        raise Refusal("READ_NOT_A_FILE")
    if state.st_size == 0:
        raise Refusal("READ_EMPTY_FILE")
    if state.st_size > TEXT_BYTES:
        raise Refusal("READ_TOO_LARGE", amount=megabytes(state.st_size), limit=megabytes(TEXT_BYTES))
    return state


class ReadJob:
    """Reads one file; call `advance` until it returns the workbook, and `close` in any case.

    A thread hashes the file and takes frames off the pipe (a pipe cannot be polled on Windows); `wake` is set when there
    is something to do. Nothing the child does, dying included, raises here: it becomes the workbook's one finding.
    """

    def __init__(self, path: Path, wake: threading.Event, name: str = "") -> None:
        self.name = name or path.name
        self.progress = Progress("progress.reading", detail=self.name)
        self._path = path
        self._wake = wake
        self._frames: deque[Frame | None] = deque()
        self._sheets: list[RawSheet] = []
        self._columns: list[RawColumn] = []
        self._open_sheet: dict[str, Any] = {}
        self._findings: list[Finding] = []
        self._sheet_in_hand = ""
        self._sha256 = ""
        self._result: RawWorkbook | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._state: os.stat_result | None = None
        self._deadline = time.monotonic() + WALL_SECONDS
        try:
            self._state = check_regular(path)
            self._process = _start(path, Path(self.name).suffix.lower())
        except Refusal as refusal:
            self._refuse(refusal.code, refusal.params)
            return
        except OSError as error:  # no memory or no right to start a process
            self._refuse("READ_CRASHED", {"detail": type(error).__name__})
            return
        self._thread = threading.Thread(target=self._receive, args=(self._process.stdout,), daemon=True)
        self._thread.start()

    def advance(self) -> RawWorkbook | None:
        """Work off what has arrived, for at most some milliseconds, and return the workbook once it is whole."""
        stop = time.monotonic() + _SLICE_SECONDS
        while self._result is None and self._frames and time.monotonic() < stop:
            frame = self._frames.popleft()
            try:
                self._take(frame)
            except (ValueError, KeyError, TypeError, IndexError):
                self._refuse("READ_CRASHED", {"detail": "frame"})
        if self._frames and self._result is None:
            self._wake.set()
        if self._result is None and time.monotonic() > self._deadline:
            self._refuse("READ_TOO_SLOW", {"sheet": self._sheet_in_hand})
        return self._result

    def close(self) -> None:
        """End the child, if it still lives, and the thread with it."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self._thread.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _receive(self, pipe: BinaryIO) -> None:
        """Run in the thread: hash while the child parses, then pass frames on; None marks the end."""
        try:
            self._sha256 = _sha256(self._path)
            while frame := read_frame(pipe):
                self._frames.append(frame)
                self._wake.set()
        except (OSError, ValueError):
            pass  # a file or pipe that breaks off is told by the missing last frame
        self._frames.append(None)
        self._wake.set()

    def _take(self, frame: Frame | None) -> None:
        if frame is None:
            self._refuse(*self._cause_of_death())
            return
        header, body = frame
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
        elif kind == "refused":
            self._refuse(header["code"], header["params"])
        elif kind == "end":
            self._finish(header["reader"])

    def _placed(self, header: dict[str, Any]) -> Finding:
        sheet, row, column = header["place"]
        place = CellReference(self.name, sheet or self._text_sheet(row), row, column)
        return finding(header["code"], place, header["value"], **header["params"])

    def _text_sheet(self, row: int) -> str:
        return Path(self.name).stem if row else ""

    def _finish_sheet(self) -> None:
        head = self._open_sheet
        if len(self._columns) < head["columns"]:
            return
        if any(len(column.codes) != head["rows"] for column in self._columns):
            raise ValueError("columns of unequal length")
        merges = tuple((row0, column0, row1, column1) for row0, column0, row1, column1 in head["merges"])
        name = head["name"] or Path(self.name).stem
        self._sheets.append(RawSheet(name, head["rows"], tuple(self._columns), merges, head["hidden"]))

    def _finish(self, reader: str) -> None:
        state = self._state
        if state is None or _changed(self._path, state):
            self._refuse("READ_CHANGED", {})
            return
        sheets = tuple(self._sheets)
        self._result = RawWorkbook(self.name, self._sha256, state.st_size, sheets, reader, tuple(self._findings))

    def _refuse(self, code: str, params: dict[str, str]) -> None:
        sheet = params.get("sheet", "")
        named = {name: text for name, text in params.items() if name != "sheet"}
        cause = finding(code, CellReference(self.name, sheet), file=self.name, **named)
        size = self._state.st_size if self._state else 0
        self._result = RawWorkbook(self.name, self._sha256, size, (), "", (cause,))

    def _cause_of_death(self) -> tuple[str, dict[str, str]]:
        """Why the child ended without a last frame, from how it ended; the sheet it was at is known."""
        code = self._process.wait() if self._process else 0
        where = {"sheet": self._sheet_in_hand}
        if sys.platform != "win32":
            if code == -signal.SIGXCPU or (code == -signal.SIGKILL and time.monotonic() < self._deadline):
                return "READ_TOO_SLOW", where
            if code == -signal.SIGABRT:
                return "READ_MEMORY", where  # Rust aborts when an allocation fails
        return "READ_CRASHED", {"detail": str(code), **where}


def _start(path: Path, ending: str) -> subprocess.Popen[bytes]:
    """Start the child in the program's own folder, so that nothing lying beside the workbook can be imported."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(  # noqa: S603 — our own interpreter, no shell
        [*program, "--read-child", str(path.absolute()), ending],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_PROJECT,
        creationflags=flags,
    )


def _changed(path: Path, before: os.stat_result) -> bool:
    try:
        now = path.lstat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _column(header: dict[str, Any], body: bytes) -> RawColumn:
    n_rows, n_values = header["rows"], header["values"]
    codes = np.frombuffer(body, dtype="<i4", count=n_rows).astype(np.int32)
    kinds = body[4 * n_rows : 4 * n_rows + n_values]
    if n_rows and not 0 <= codes.min() <= codes.max() < n_values:
        raise ValueError("codes outside the values")
    codes.flags.writeable = False
    return RawColumn(codes, tuple(split_texts(header, body)), tuple(map(_KINDS.__getitem__, kinds)))
