"""Looks through a workbook for what its reader does not tell, in a thread beside it. Runs in the guarded child alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from app.files.preflight import Kind
from app.files.scan_marks import SheetMarks

_SCANS: Final[Mapping[Kind, str]] = {
    "xlsx": "scan_cells",
    "xlsb": "scan_xlsb",
    "xls": "scan_xls",
    "ods": "scan_ods",
    "fods": "scan_ods",
}
"""The module of each kind, whose function is called `scan_<kind>`; loaded when its kind comes, so that the child starts fast."""


class Scan(threading.Thread):
    """Looks through the parts of one workbook while python-calamine, which frees the interpreter, parses them."""

    def __init__(self, path: Path, kind: Kind) -> None:
        super().__init__(daemon=True)
        self.path = path
        self._kind = kind
        self._found: dict[str, SheetMarks] = {}
        self.start()

    def run(self) -> None:
        """Scan; what cannot be scanned keeps no marks, and the reader says what is wrong with it."""
        if self._kind in _SCANS:
            module = import_module(f"app.files.{_SCANS[self._kind]}")
            scan: Callable[[Path], dict[str, SheetMarks]] = getattr(module, f"scan_{self._kind}")
            self._found = scan(self.path)

    def marks(self, sheet: str) -> SheetMarks:
        """Wait for the scan and return the marks of one sheet."""
        self.join()
        return self._found.get(sheet, SheetMarks())
