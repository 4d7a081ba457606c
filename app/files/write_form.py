"""A clean form to send out: a firm a row, choices and limits in its cells, headers locked, items known by a hidden row."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.findings import column_letters
from app.domain.instrument import ItemType
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.settle_zip import settle
from app.files.write_form_guide import write_guide
from app.files.write_form_plan import FormColumn, FormPlan, letters, page_breaks, runs
from app.files.write_form_rules import is_inline, list_name, rule

_TITLE, _WHO, _GROUP, _HEAD, _CODES, _ORDINAL, _BODY = range(7)  # rows of the form
_BLANK_LINES, _FEWEST_LINES = 10, 26  # 26 fill a printed page
_LAST = _BODY + 5_000 - 1  # rows for which the rules hold
_STEM = 2  # columns that stay in sight and are printed on every page: running number and the first item
_MOST_LIST = 1_000
_FORMATS = {ItemType.PERCENT: "0.0%", ItemType.COUNT: "0", ItemType.MONEY: "General", ItemType.NUMBER: "General"}
_ALLOWED = ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter", "select_locked_cells")


@dataclass(slots=True)
class _Book:
    """A form being written, with the formats used so far."""

    book: Any
    plan: FormPlan
    palette: Palette
    texts: Texts
    formats: dict[tuple[tuple[str, object], ...], Any]

    def look(self, *, head: bool = False, border: bool = False, **properties: object) -> Any:
        base: dict[str, object] = {"font_name": self.texts("write.body_font"), "font_size": 10, "valign": "vcenter"}
        if head:
            base |= {"bold": True, "text_wrap": True, "align": "center", "bg_color": self.palette.accent_soft}
        if head or border:
            base |= {"border": 1, "border_color": self.palette.neutral}
        key = tuple(sorted({**base, **properties}.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]


def write_form(plan: FormPlan, path: Path, palette: Palette, texts: Texts, created: str) -> None:
    """Write the form of `plan` to `path` (xlsx); same plan and time, same bytes. UserError when the disk will not have it."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plan.title, "created": datetime.fromisoformat(created.replace("Z", "+00:00"))})
    state = _Book(book, plan, palette, texts, {})
    guide, form = (book.add_worksheet(texts(f"form.sheet.{name}")) for name in ("guide", "form"))
    write_guide(guide, plan, state.look, texts)
    _lists(state)
    _head(state, form)
    _body(state, form)
    _rules(state, form)
    _page(state, form)
    book.close()
    write_atomically(path, settle(buffer.getvalue(), created))


def _lists(state: _Book) -> None:
    """Put long lists of choices on a hidden sheet, each under a name that the rules use."""
    columns = [column for column in state.plan.columns if column.choices and not is_inline(column)]
    if not columns:
        return
    name = state.texts("form.sheet.lists")
    sheet = state.book.add_worksheet(name)
    for place, column in enumerate(columns):
        options = column.choices[:_MOST_LIST]
        sheet.write_column(0, place, options)
        letter = column_letters(place + 1)
        state.book.define_name(list_name(column.item), f"='{name}'!${letter}$1:${letter}${len(options)}")
    sheet.very_hidden()


def _head(state: _Book, sheet: Any) -> None:
    columns, texts, look = state.plan.columns, state.texts, state.look
    first_page = min((page_breaks(columns) or [len(columns)])[0], len(columns))
    sheet.set_row(_TITLE, 34)
    sheet.merge_range(_TITLE, 0, _TITLE, max(first_page, 1), "", look(bold=True, font_size=18, align="center"))
    sheet.write_string(_TITLE, 0, state.plan.title, look(bold=True, font_size=18, align="center"))
    sheet.write_string(_WHO, 0, texts("form.reporting"), look(font_size=11, locked=False))
    sheet.set_row(_WHO, 22)
    sheet.merge_range(_GROUP, 0, _HEAD, 0, "", look(head=True))
    sheet.write_string(_GROUP, 0, texts("form.serial"), look(head=True))
    sheet.write_string(_ORDINAL, 0, texts("form.serial_mark"), look(head=True, bold=False, font_size=9))
    sheet.set_row(_GROUP, 22)
    sheet.set_row(_HEAD, 10 + 14 * max(_lines(column) for column in columns))
    sheet.set_row(_CODES, None, None, {"hidden": True})
    for name, first, last in runs(columns):
        if last > first:
            sheet.merge_range(_GROUP, first + 1, _GROUP, last + 1, "", look(head=True))
        sheet.write_string(_GROUP, first + 1, name, look(head=True))
    for place, column in enumerate(columns, 1):
        sheet.write_string(_HEAD, place, "\n".join(part for part in (column.label, column.note.strip()) if part), look(head=True))
        sheet.write_comment(_HEAD, place, column.question, {"author": texts("form.author"), "x_scale": 1.6})
        sheet.write_string(_CODES, place, column.item.code, look())
        sheet.write_number(_ORDINAL, place, place, look(head=True, bold=False, font_size=9))


def _lines(column: FormColumn) -> int:
    """Return how many lines a heading takes, its unit in one of its own."""
    return -(-letters(column.label) // max(int(column.width) - 2, 1)) + bool(column.note)


def _body(state: _Book, sheet: Any) -> None:
    firms = state.plan.firms
    lines = max(_FEWEST_LINES, len(firms) + _BLANK_LINES)
    sheet.set_column(0, 0, 6, state.look(locked=False, align="center"))
    for place, column in enumerate(state.plan.columns, 1):
        plain, lined = (state.look(border=lined, **_cell(column)) for lined in (False, True))
        sheet.set_column(place, place, column.width, plain)
        for row in range(lines):
            text = firms[row].get(column.item.code, "") if row < len(firms) else ""
            if text:
                sheet.write_string(_BODY + row, place, text, lined)
            else:
                sheet.write_blank(_BODY + row, place, None, lined)
    number = state.look(border=True, locked=False, align="center")
    for row in range(lines):
        sheet.write_number(_BODY + row, 0, row + 1, number)
        sheet.set_row(_BODY + row, 20)


def _cell(column: FormColumn) -> dict[str, Any]:
    """Return the format of a column's cells: texts stay texts, so that a code keeps its digits and 1-2 is no date."""
    number = _FORMATS.get(column.item.type, "@")
    across = "right" if number != "@" else "center" if column.choices and column.width < 20 else "left"
    return {"num_format": number, "locked": False, "align": across, "text_wrap": column.item.type is ItemType.MULTI}


def _rules(state: _Book, sheet: Any) -> None:
    for place, column in enumerate(state.plan.columns, 1):
        made = rule(column, state.texts)
        if made is not None:
            sheet.data_validation(_BODY, place, _LAST, place, dict(made))
        if column.item.type is ItemType.CODE:
            shade = state.look(bg_color=state.palette.hairline)
            sheet.conditional_format(_BODY, place, _LAST, place, {"type": "duplicate", "format": shade})
    sheet.protect("", dict.fromkeys(_ALLOWED, True))


def _page(state: _Book, sheet: Any) -> None:
    sheet.freeze_panes(_BODY, _STEM)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_print_scale(70)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.repeat_rows(_GROUP, _ORDINAL)
    sheet.repeat_columns(0, _STEM - 1)
    sheet.set_v_pagebreaks([place + 1 for place in page_breaks(state.plan.columns)])
    sheet.set_footer(f"&L&A&C{state.texts('form.page', page='&P', pages='&N')}&R{state.plan.version}")
