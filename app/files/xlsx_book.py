"""A workbook being written: looks, sheets that are named by their content and set up for print, text that stays text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.brief import Brief
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.text_measure import POINT_MM, height_mm, width_mm, wrapped

SIZE = 10.0  # points of all cells
UNIT_MM = 2.0  # about the width of one of Excel's column units at this size
PAD_MM = 3.0
LOOSE = 1.12  # programs set lines a little further apart than text is measured
NARROWEST, WIDEST, NAMES_WIDEST = 9.0, 42.0, 46.0  # column units
LEAST_BLOCK, SPARE = 124.0, 12.0  # column units: what titles and notes take at least, and an empty column for that
HEAD_EMS = 12.0  # a head may wrap, so it asks for no more than so many letters
MOST_NAME = 28  # of the 31 letters that Excel allows, so that a number fits behind
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NOT_XML = {code: None for code in range(32) if code not in (9, 10, 13)} | dict.fromkeys((0xFFFE, 0xFFFF))


@dataclass(slots=True)
class Book:
    """A workbook being written, with the formats used so far, the charts in the order of their sheets, and its contents."""

    book: Any
    brief: Brief
    palette: Palette
    texts: Texts
    formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    charts: list[bytes] = field(default_factory=list)
    listed: list[tuple[str, str]] = field(default_factory=list)

    def look(self, **properties: object) -> Any:
        """Return a format with these properties over the usual font and size."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            font = self.texts("write.body_font")
            self.formats[key] = self.book.add_format({"font_name": font, "font_size": SIZE, "valign": "vcenter", **properties})
        return self.formats[key]

    def sheet(self, name: str, title: str, head: int = 1) -> Any:
        """Add a sheet named by its content, with page set-up; row `head` is repeated on every page."""
        name = self._free(plain_text(name))
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        if head:
            sheet.repeat_rows(0, head)
        said = "　".join(text for text in (self.brief.standing, self.brief.synthetic) if text)
        sheet.set_header(f"&L&8{_code(said)}"[:250])
        page = self.texts("workbook.page", number="&P", all="&N")
        sheet.set_footer(f"&L&8{_code(self.brief.title)[:150]}&R&8{page}")
        if title:
            self.listed.append((name, title))
        return sheet

    def write(self, sheet: Any, place: tuple[int, int], text: str, **look: object) -> None:
        """Write a text as text, whatever it begins with."""
        sheet.write_string(*place, plain_text(text), self.look(**look))

    def block(self, sheet: Any, row: int, texts: Sequence[str], widths: Sequence[float], **look: object) -> int:
        """Write lines across all columns, each as high as it wraps there; return the row after them."""
        given, widths = len(widths), padded(widths)
        if len(widths) > given:
            sheet.set_column(given, len(widths) - 1, SPARE)
        room = sum(widths) * UNIT_MM - PAD_MM
        size = float(str(look.get("font_size", SIZE)))
        held = self.look(text_wrap=True, valign="top", **look)
        for at, text in enumerate(texts, row):
            lines = len(wrapped(plain_text(text), room, size, bool(look.get("bold"))))
            sheet.set_row(at, (height_mm(lines, size) * LOOSE + 0.8) / POINT_MM)
            if len(widths) > 1:
                sheet.merge_range(at, 0, at, len(widths) - 1, "", held)
            sheet.write_string(at, 0, plain_text(text), held)
        return row + len(texts)

    def _free(self, title: str) -> str:
        base = _short(_NOT_IN_NAMES.sub(" ", title).strip()) or "-"
        name = next(
            n for n in (base, *(f"{base[: MOST_NAME - 3]}~{k}" for k in range(2, 1000))) if n.casefold() not in self.names
        )
        self.names.add(name.casefold())
        return name

    def chart(self, sheet: Any, row: int, xml: bytes, alt: str, size: tuple[float, float]) -> None:
        """Stand a chart of `size` mm at a row: XlsxWriter keeps its place, `xml` is what it shows once the book is closed."""
        chart = self.book.add_chart({"type": "column"})
        chart.add_series({"values": [sheet.get_name(), 0, 0, 0, 0]})
        chart.set_size({"width": round(size[0] * PIXELS), "height": round(size[1] * PIXELS)})
        sheet.insert_chart(row, 0, chart, {"description": plain_text(alt), "object_position": 2, "x_offset": 4, "y_offset": 4})
        self.charts.append(xml)


PIXELS = 96 / 25.4  # a millimetre


def _short(name: str) -> str:
    """Return a name within what Excel allows, cut between words where it has some."""
    cut = name[:MOST_NAME].strip()
    words = cut.rpartition(" ")[0]
    return words if len(name) > MOST_NAME and len(words) > MOST_NAME / 2 else cut


def padded(widths: Sequence[float]) -> list[float]:
    """Return widths of columns with as many empty ones behind as titles, notes and a chart want."""
    more = max(0, math.ceil((LEAST_BLOCK - sum(widths)) / SPARE))
    return [*widths, *(SPARE for _ in range(more))]


def plain_text(text: str) -> str:
    """Return a text without the characters that no file may hold."""
    return text.translate(_NOT_XML)


def _code(text: str) -> str:
    """Return a text as a page's head holds it, where an ampersand begins a code."""
    return plain_text(text).replace("\n", "").replace("&", "&&")


def column_units(texts: Sequence[str], head: str, most: float = WIDEST) -> float:
    """Return the width of a column in Excel's units: of its longest text, of a head as far as it may wrap."""
    longest = max((width_mm(plain_text(text), SIZE) for text in texts), default=0.0)
    words = max((width_mm(word, SIZE, True) for word in head.split()), default=0.0)
    asked = min(words, HEAD_EMS * SIZE * POINT_MM)
    return min(max((max(longest, asked) + PAD_MM) / UNIT_MM, NARROWEST), most)
