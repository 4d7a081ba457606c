"""A visit list to print and fill in: the route on one page, the assessment beside it on the next, by township."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.settle_zip import settle
from app.files.write_responses import write_csv

ROUTE = (
    ("number", 5),
    ("name", 25),
    ("code", 20),
    ("township", 10),
    ("sector", 14),
    ("size", 7),
    ("employees", 8),
    ("probability", 8),
    ("weight", 7),
    ("reason", 13),
    ("address", 18),
    ("contact", 12),
    ("wave", 6),
)
"""Columns that are written by the key of their heading (`visits.column.*`), with their widths in characters."""
ASSESSED = (
    ("level", 13),
    ("who", 8),
    ("when", 11),
    ("why", 22),
    ("evidence", 14),
    ("level2", 13),
    ("who2", 8),
    ("when2", 11),
    ("why2", 14),
)
"""Columns that are filled in on the spot; the reader of labels knows their headings."""
_TITLE, _NOTE, _HOW, _HEAD, _BODY = range(5)
_STEM = 2  # running number and name stand on both pages
_SECOND_PAGE = len(ROUTE) - 1  # the wave stands beside the assessment, for the reader rather than for the road
_SCALE = 66  # per cent at which each half fills a landscape A4 page
_FORMATS = {"probability": "0.0%", "weight": "0.0", "employees": "0", "when": "yyyy-mm-dd", "when2": "yyyy-mm-dd"}
_MIDDLE = frozenset({"number", "township", "size", "level", "level2", "who", "who2", "when", "when2", "wave"})
_LINE = 34  # points: room to write by hand

Value = str | float | None


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """A visit list as it is written: `rows` hold the values of ROUTE in the order of the route, None or "" where blank.

    `levels` are the choices of the assessor, `breaks` the rows that begin a township; `footer` names list, wave, seed, method.
    """

    title: str
    note: str
    how: str
    footer: str
    rows: tuple[tuple[Value, ...], ...]
    levels: tuple[str, ...]
    breaks: frozenset[int]


def write_visit_list(sheet: VisitSheet, path: Path, palette: Palette, texts: Texts, created: str) -> None:
    """Write the list to `path` as .csv or, whatever else the ending, xlsx: same list and time, same bytes.

    No text of a firm becomes a formula or a link. UserError when the disk will not have it.
    """
    if path.suffix.lower() == ".csv":
        write_csv(_table(sheet, texts), path)
        return
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": sheet.title, "created": datetime.fromisoformat(created.replace("Z", "+00:00"))})
    page = book.add_worksheet(texts("visits.sheet"))
    look = _Look(book, palette, texts("write.body_font"))
    _head(page, sheet, look, texts)
    _body(page, sheet, look)
    _page(page, sheet, texts)
    book.close()
    write_atomically(path, settle(buffer.getvalue(), created))


def _table(sheet: VisitSheet, texts: Texts) -> pd.DataFrame:
    """Return the list as a table of texts, the columns to fill in blank."""
    headings = [texts(f"visits.column.{name}") for name, _ in (*ROUTE, *ASSESSED)]
    blank = ("",) * len(ASSESSED)
    return pd.DataFrame([[*map(_text, row), *blank] for row in sheet.rows], columns=headings, dtype=object)


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:.6g}"


class _Look:
    """The formats of the list, each made once."""

    def __init__(self, book: Any, palette: Palette, font: str) -> None:
        self._book, self._palette, self._font = book, palette, font
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def __call__(self, **properties: object) -> Any:
        base = {"font_name": self._font, "font_size": 10, "valign": "vcenter"}
        key = tuple(sorted({**base, **properties}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def head(self) -> Any:
        """A heading."""
        return self(bold=True, text_wrap=True, align="center", bg_color=self._palette.accent_soft, **self._lines())

    def cell(self, name: str, first: bool) -> Any:
        """A cell of the column `name`; `first`: of a township, which a stronger line sets off."""
        across = "center" if name in _MIDDLE else "right" if name in _FORMATS else "left"
        edge = {"top": 2, "top_color": self._palette.muted} if first else {}
        return self(num_format=_FORMATS.get(name, "@"), align=across, text_wrap=True, **{**self._lines(), **edge})

    def muted(self) -> Any:
        """A line of explanation."""
        return self(font_color=self._palette.muted, text_wrap=False)

    def _lines(self) -> dict[str, object]:
        names = ("left", "right", "top", "bottom")
        return dict.fromkeys(names, 1) | {f"{name}_color": self._palette.neutral for name in names}


def _head(page: Any, sheet: VisitSheet, look: _Look, texts: Texts) -> None:
    page.set_row(_TITLE, 30)
    for column in (_STEM, _SECOND_PAGE):  # beside the columns that stand on both pages, which would cut the text off
        page.write_string(_TITLE, column, sheet.title, look(bold=True, font_size=16))
        page.write_string(_NOTE, column, sheet.note, look(bold=True))
        page.write_string(_HOW, column, sheet.how, look.muted())
    page.set_row(_HEAD, 32)
    for column, (name, width) in enumerate((*ROUTE, *ASSESSED)):
        page.set_column(column, column, width)
        page.write_string(_HEAD, column, texts(f"visits.column.{name}"), look.head())


def _body(page: Any, sheet: VisitSheet, look: _Look) -> None:
    for number, row in enumerate(sheet.rows):
        first = number in sheet.breaks
        page.set_row(_BODY + number, _LINE)
        for column, (name, _) in enumerate((*ROUTE, *ASSESSED)):
            value = row[column] if column < len(ROUTE) else None
            _write(page, _BODY + number, column, value, look.cell(name, first))
    last = _BODY + max(len(sheet.rows), 1) - 1
    columns = [name for name, _ in (*ROUTE, *ASSESSED)]
    for name in ("level", "level2"):
        at = columns.index(name)
        page.data_validation(_BODY, at, last, at, {"validate": "list", "source": list(sheet.levels)})


def _write(page: Any, row: int, column: int, value: Value, look: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, look)
    elif isinstance(value, str):
        page.write_string(row, column, value, look)
    else:
        page.write_number(row, column, value, look)


def _page(page: Any, sheet: VisitSheet, texts: Texts) -> None:
    page.freeze_panes(_BODY, _STEM)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.set_landscape()
    page.set_print_scale(_SCALE)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.repeat_rows(_HEAD)
    page.repeat_columns(0, _STEM - 1)
    page.set_v_pagebreaks([_SECOND_PAGE])
    page.print_across()
    left = sheet.footer.replace("&", "&&")
    page.set_footer(f"&L&9 {left}&C&9 {texts('form.page', page='&P', pages='&N')}&R&9 {texts('visits.internal')}")


def breaks_of(townships: Sequence[str]) -> frozenset[int]:
    """Return the rows at which another township begins, the first row aside."""
    return frozenset(row for row in range(1, len(townships)) if townships[row] != townships[row - 1])
