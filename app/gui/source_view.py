"""A window onto a sheet as received: the cells around the one in question, and what was found there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.findings import CellReference, column_letters

if TYPE_CHECKING:
    from app.domain.sheet import RawSheet
    from app.gui.work import Asked

ABOVE, BELOW = 200, 400  # rows shown around the cell; the rest of a large sheet is left out
HEAD = 12  # rows from the top that are always worth seeing when the cell stands near them


@dataclass(frozen=True, slots=True)
class SourceView:
    """`cells[r][c]` are texts, the first at one-based (`first_row`, 1); `row`, `column` the cell in question (0: none)."""

    file: str
    sheet: str
    first_row: int
    cells: tuple[tuple[str, ...], ...]
    row: int = 0
    column: int = 0
    notes: tuple[str, ...] = ()

    @property
    def a1(self) -> str:
        """The address in question, "" for none."""
        return f"{column_letters(self.column)}{self.row or ''}"


def window_on(sheet: RawSheet, place: CellReference, asked: Asked) -> SourceView:
    """Return the rows of `sheet` around `place` with the findings of that cell in words."""
    first = max(0, place.row - 1 - ABOVE) if place.row > HEAD else 0
    cells = tuple(sheet.rows(first, first + ABOVE + BELOW))
    return SourceView(place.source, sheet.name, first + 1, cells, place.row, place.column, _notes(place, asked))


def _notes(place: CellReference, asked: Asked) -> tuple[str, ...]:
    from app.present.answers import finding_words
    from app.present.view import View

    view = View(asked.study, asked.resources, asked.texts)
    words = [finding_words(view, finding) for finding in asked.study.findings if finding.place == place]
    return tuple(" ".join(part for part in (w.severity, w.message, w.remedy) if part) for w in words)
