"""A data problem with a place and a remedy: data, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Words


class Severity(StrEnum):
    """How much a finding matters: an error spoils an answer, a warning may, a note only explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CellReference:
    """Where an answer stands: source file, sheet, and one-based row and column (0 where the whole line or file is meant)."""

    source: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def a1(self) -> str:
        """The address as a spreadsheet shows it: `C7`, `C` for a column, `7` for a row, empty for a file."""
        return f"{column_letters(self.column)}{self.row or ''}"

    def __str__(self) -> str:
        return " · ".join(part for part in (self.source, self.sheet, self.a1) if part)


def column_letters(column: int) -> str:
    """Return the letters of a one-based column: 1 → A, 27 → AA, 0 → empty."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the one-based column that letters name, the reverse of `column_letters`: A → 1, ab → 28, empty → 0."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


@dataclass(frozen=True, slots=True)
class Finding:
    """One data problem. Its title, message and remedy are worded by the FindingKind of the same code."""

    code: str
    severity: Severity
    place: CellReference
    value: str = ""
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FindingKind:
    """The wording of a finding code: `message` and `remedy` are templates over `value` and the finding's params."""

    code: str
    severity: Severity
    title: Words
    message: Words
    remedy: Words
