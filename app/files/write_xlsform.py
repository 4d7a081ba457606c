"""An instrument as an XLSForm (survey, choices, settings) for tools that ask on telephones and in browsers, in both languages."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from app.domain.instrument import Instrument, Item, ItemType
from app.domain.words import Lang, Texts, Words
from app.files.atomic import write_atomically
from app.files.settle_zip import settle
from app.files.write_form_plan import NUMERIC, YES_NO
from app.files.write_form_rules import limit_texts, limits

_LANGS: tuple[tuple[Lang, str], ...] = (("zh", "中文 (zh)"), ("en", "English (en)"))
_SURVEY = ("type", "name", "label", "hint", "required", "constraint", "constraint_message", "appearance")
_SPOKEN = ("label", "hint", "constraint_message")  # columns there is one of for each language
_TYPES = {
    ItemType.COUNT: "integer",
    ItemType.NUMBER: "decimal",
    ItemType.MONEY: "decimal",
    ItemType.PERCENT: "decimal",
    ItemType.DATE: "date",
}
_CODE = "regex(., '^[0-9A-HJ-NPQRTUWXY]{18}$')"  # GB 32100-2015: no I, O, S, V, Z
_YES_NO_LIST = "yes_no"
Row = Mapping[str, str]


def write_xlsform(instrument: Instrument, groups: Mapping[str, Words], path: Path, texts: Texts, created: str) -> None:
    """Write the XLSForm of `instrument` to `path`; `groups` name its pillars by code.

    Names of questions and choices are the codes of items and options, by which answers are read back. Shares are asked for
    in percent. UserError when the disk will not have it.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": instrument.words.zh, "created": datetime.fromisoformat(created.replace("Z", "+00:00"))})
    _sheet(book, "survey", _columns(_SURVEY), survey_rows(instrument, groups, texts))
    _sheet(book, "choices", _columns(("list_name", "name", "label")), choice_rows(instrument, texts))
    settings = {"form_title": instrument.words.in_(texts.lang), "form_id": instrument.id, "version": instrument.version}
    settings["default_language"] = dict(_LANGS)[texts.lang]
    _sheet(book, "settings", tuple(settings), [settings])
    book.close()
    write_atomically(path, settle(buffer.getvalue(), created))


def survey_rows(instrument: Instrument, groups: Mapping[str, Words], texts: Texts) -> list[Row]:
    """Return the rows of the survey sheet: a group for each run of items of one pillar, in the order of the form."""
    rows: list[Row] = []
    for number, (pillar, items) in enumerate(groupby(instrument.items, key=lambda item: item.pillar), 1):
        words = groups.get(pillar)
        names = [words.in_(lang) if words else texts.switched(lang)("form.group_firm") for lang, _ in _LANGS]
        rows.append({"type": "begin_group", "name": f"g{number}", **_spoken("label", names)})
        rows += [_question(item, texts) for item in items]
        rows.append({"type": "end_group"})
    return rows


def choice_rows(instrument: Instrument, texts: Texts) -> list[Row]:
    """Return the rows of the choices sheet: the answers of yes/no questions once, then a list for each closed item."""
    rows: list[Row] = []
    if any(item.type is ItemType.YES_NO and not item.options for item in instrument.items):
        for answer in YES_NO:
            names = [texts.switched(lang)(f"form.answer.{answer}") for lang, _ in _LANGS]
            rows.append({"list_name": _YES_NO_LIST, "name": answer, **_spoken("label", names)})
    for item in instrument.items:
        for option in item.options:
            names = [option.words.in_(lang) for lang, _ in _LANGS]
            rows.append({"list_name": item.code, "name": option.code, **_spoken("label", names)})
    return rows


def _question(item: Item, texts: Texts) -> Row:
    labels = [_label(item, lang) for lang, _ in _LANGS]
    row = {"type": _type(item), "name": item.code, **_spoken("label", labels)}
    if item.type in NUMERIC:
        return {**row, **_limited(item, texts)}
    if item.type is ItemType.CODE:
        messages = [texts.switched(lang)("form.xls.code") for lang, _ in _LANGS]
        return row | {"constraint": _CODE, **_spoken("constraint_message", messages)}
    alone = next((option for option in item.options if option.exclusive), None)
    if item.type is ItemType.MULTI and alone is not None:
        messages = [texts.switched(lang)("form.xls.alone", option=alone.words.in_(lang)) for lang, _ in _LANGS]
        constraint = f"not(selected(., '{alone.code}') and count-selected(.) > 1)"
        return row | {"constraint": constraint, **_spoken("constraint_message", messages)}
    return row


def _type(item: Item) -> str:
    if item.type is ItemType.MULTI:
        return f"select_multiple {item.code}"
    if item.options:
        return f"select_one {item.code}"
    if item.type is ItemType.YES_NO:
        return f"select_one {_YES_NO_LIST}"
    return _TYPES.get(item.type, "text")


def _label(item: Item, lang: Lang) -> str:
    question = item.question.in_(lang) or item.words.in_(lang)
    if not item.unit:
        return question
    return f"{question}（{item.unit}）" if lang == "zh" else f"{question} ({item.unit})"


def _limited(item: Item, texts: Texts) -> Row:
    """Return the constraint of a number with its message; a share is asked for as 35, not 0.35."""
    scale = 100.0 if item.type is ItemType.PERCENT else 1.0
    low, high = (value * scale for value in limits(item))
    shown = limit_texts(item)
    parts = [f". >= {low:.15g}"] if shown[0] else []
    parts += [f". <= {high:.15g}"] if shown[1] else []
    row: dict[str, str] = {}
    if parts:
        messages = [_bounds(texts.switched(lang), shown) for lang, _ in _LANGS]
        row = {"constraint": " and ".join(parts), **_spoken("constraint_message", messages)}
    if item.type is ItemType.PERCENT:
        row |= _spoken("hint", [texts.switched(lang)("form.xls.percent") for lang, _ in _LANGS])
    return row


def _bounds(texts: Texts, shown: tuple[str, str]) -> str:
    low, high = shown
    return texts("form.tell.between", low=low, high=high) if low and high else texts("form.tell.from", low=low or "0")


def _spoken(column: str, words: Sequence[str]) -> Row:
    return {f"{column}::{name}": text for (_, name), text in zip(_LANGS, words, strict=True)}


def _columns(names: Sequence[str]) -> tuple[str, ...]:
    spread = ([f"{name}::{lang}" for _, lang in _LANGS] if name in _SPOKEN else [name] for name in names)
    return tuple(column for group in spread for column in group)


def _sheet(book: Any, name: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
        sheet.set_column(place, place, 40 if "::" in column else 16)
        for row, values in enumerate(rows, 1):
            if values.get(column):
                sheet.write_string(row, place, values[column])
    sheet.freeze_panes(1, 0)
