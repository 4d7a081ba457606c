"""Why a file or a cell could not be read as it stands: the finding codes of reading, their weight, and the limits behind them.

Used on both sides of the pipe, so it imports the standard library alone.
"""

from __future__ import annotations

from typing import Final

MEMORY_BYTES: Final = 1 << 30
CPU_SECONDS: Final = 20
WALL_SECONDS: Final = 60.0
PACKED_BYTES: Final = 64 << 20
UNPACKED_BYTES: Final = 512 << 20
RATIO: Final = 200  # measured: real sheets of like cells reach 121, bombs begin at 400
RATIO_FROM_BYTES: Final = 1 << 20
PARTS: Final = 5_000
DIRECTORY_BYTES: Final = 4 << 20
ROWS: Final = 1_048_576
COLUMNS: Final = 16_384  # as many as Excel has; the cells in all bound the memory
CELLS: Final = 5_000_000
TEXT_BYTES: Final = 256 << 20
TEXT_CELLS: Final = 20_000_000  # text streams row by row, so far-apart cells cost nothing and only the codes are held
EXACT_NUMBER: Final = 1e15  # a spreadsheet keeps 15 significant digits

SEVERITY: Final[dict[str, str]] = {
    "READ_MISSING": "error",
    "READ_NOT_A_FILE": "error",
    "READ_DENIED": "error",
    "READ_EMPTY_FILE": "error",
    "READ_PASSWORD": "error",
    "READ_OTHER_FORMAT": "error",
    "READ_DAMAGED": "error",
    "READ_UNSAFE": "error",
    "READ_TOO_LARGE": "error",
    "READ_FAR_CELLS": "error",
    "READ_TOO_SLOW": "error",
    "READ_MEMORY": "error",
    "READ_CRASHED": "error",
    "READ_NO_CELLS": "error",
    "READ_CHANGED": "error",
    "READ_SHEET_DAMAGED": "error",
    "READ_UNCALCULATED": "warning",
    "READ_ERROR_CELLS": "warning",
    "READ_LOST_DIGITS": "warning",
    "READ_MIXED_ENCODING": "warning",
    "READ_NUL": "warning",
    "READ_OPEN_QUOTE": "warning",
    "READ_MISLABELLED": "note",
    "READ_SECOND": "note",
    "READ_SHEET_SKIPPED": "note",
    "READ_SKIPPED_FILES": "note",
}
"""Severity of every finding code of reading."""


class Refusal(Exception):
    """A file that is not read, with the code and the params of the one finding that says so."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}


def megabytes(size: int) -> str:
    """Return a size in bytes as people say it: `64 MB`, `2.1 MB`."""
    amount = f"{size / (1 << 20):.1f}"
    return f"{amount.removesuffix('.0')} MB"
