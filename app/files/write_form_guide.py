"""The first sheet of a form: how it is filled in, and what each column asks."""

from __future__ import annotations

from typing import Any

from app.domain.instrument import ItemType
from app.domain.words import Texts
from app.files.write_form_plan import CLOSED, NUMERIC, FormColumn, FormPlan, letters
from app.files.write_form_rules import limit_texts

_WIDTHS = (6, 16, 26, 52, 60)
_LINE = 15.0  # points of a line of text


def write_guide(sheet: Any, plan: FormPlan, looks: Any, texts: Texts) -> None:
    """Write the guide onto `sheet`; `looks(**properties)` gives its formats."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, 4, "", looks(bold=True, font_size=18, align="center"))
    sheet.write_string(0, 0, texts("form.guide.title", name=plan.title), looks(bold=True, font_size=18, align="center"))
    row = 1
    for number in range(1, 8):
        line = texts(f"form.guide.line{number}")
        sheet.merge_range(row, 0, row, 4, "", looks(text_wrap=True, font_size=11))
        sheet.write_string(row, 0, line, looks(text_wrap=True, font_size=11))
        sheet.set_row(row, _height(line, sum(_WIDTHS) * 0.9) + 4)
        row += 1
    row += 1
    for place, name in enumerate(("number", "group", "label", "question", "answer")):
        sheet.write_string(row, place, texts(f"form.guide.{name}"), looks(head=True))
    sheet.set_row(row, 24)
    for number, column in enumerate(plan.columns, 1):
        _item(sheet, row + number, number, column, (looks, texts))
    _page(sheet, row, texts)


def _item(sheet: Any, row: int, number: int, column: FormColumn, words: tuple[Any, Texts]) -> None:
    looks, texts = words
    answer = how_to_answer(column, texts)
    cells = (column.group, column.heading, column.question, answer)
    sheet.write_number(row, 0, number, looks(border=True, align="center", valign="top"))
    for place, text in enumerate(cells, 1):
        sheet.write_string(row, place, text, looks(border=True, text_wrap=True, valign="top", bold=place == 2))
    heights = (_height(text, width) for text, width in zip(cells, _WIDTHS[1:], strict=True))
    sheet.set_row(row, max(heights) + 6)


def how_to_answer(column: FormColumn, texts: Texts) -> str:
    """Return in a sentence or two what is to be entered in a column."""
    item, options = column.item, texts("form.separator").join(column.choices)
    if item.type is ItemType.MULTI:
        return texts("form.how.multi", options=options)
    if item.type in CLOSED:
        return texts("form.how.closed", options=options)
    if item.type in NUMERIC:
        low, high = limit_texts(item)
        bounds = texts("form.tell.between", low=low, high=high) if low and high else texts("form.tell.from", low=low or "0")
        key = "percent" if item.type is ItemType.PERCENT else "whole" if item.type is ItemType.COUNT else "number"
        return texts(f"form.how.{key}", bounds=bounds, unit=item.unit)
    return texts(f"form.how.{item.type.value}")


def _height(text: str, width: float) -> float:
    lines = sum(max(1, -(-letters(part) // max(int(width) - 2, 1))) for part in text.split("\n"))
    return min(400.0, lines * _LINE)


def _page(sheet: Any, header: int, texts: Texts) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.repeat_rows(header)
    sheet.set_footer(f"&C{texts('form.page', page='&P', pages='&N')}")
