"""Forms with an indicator a row (指标名称 | 计量单位 | 本期), a firm a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from app.analysis.intake.furniture import is_footer, is_ordinal_row, is_preamble, is_serial
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.sheet_facts import SheetFacts

_LABEL = re.compile(r"^(?:指标名称|指标|项目名称|项目|调查项目|调查内容|题目|问题|填报项目|内容|indicator|item|question)$", re.I)
_VALUE = re.compile(
    r"^(?:本期|本期数|本年|本年实际|本年数|数值|数量|填报值|填报内容|填写内容|填报|答案|回答|选项|结果|实际|金额|指标值|企业填报|value|answer)",
    re.I,
)
_UNIT = re.compile(r"^(?:计量单位|单位|unit)$", re.I)
_CODE = re.compile(r"^(?:指标代码|代码|编码|编号|code|no\.?)$", re.I)
_EARLIER = re.compile(r"上年|上期|去年|同期|前年")
_BESIDE = 8  # items named in one row from which nothing else is looked for
_FEWEST = 3  # items that must stand under one another
_PAIR = re.compile(r"^\s*([^:：]{2,24})\s*[:：]\s*(\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LongForm:
    """Columns of a long form, zero-based (−1: none), and its rows: header rows and the rows that hold indicators."""

    label: int
    value: int
    unit: int
    header_rows: tuple[int, ...]
    body: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer written into the form's head as 标签：内容, in one cell or with its answer in the next one."""

    item: str
    label: str
    text: str
    row: int
    column: int


def find_long_form(facts: SheetFacts, lexicon: Lexicon, wide_hits: int) -> LongForm | None:
    """Return the long form of a sheet whose items stand under one another rather than beside one another, else None."""
    if wide_hits >= _BESIDE:
        return None
    header, columns = _titled(facts)
    label = _label_column(facts, lexicon)
    if label is not None and label[1] >= _FEWEST and label[1] > wide_hits:
        column = label[0]
    elif header is not None and columns["label"] >= 0 and columns["value"] >= 0 and columns["unit"] >= 0 and wide_hits < 2:
        column = columns["label"]
    else:
        return None
    first = 0 if header is None else header + 1
    body = _body(facts, lexicon, column, first)
    value = columns["value"] if columns["value"] > column else _value_column(facts, column, columns, body)
    if value < 0:
        return None
    return LongForm(column, value, columns["unit"], () if header is None else (header,), body)


def is_period(text: str) -> bool:
    """Return whether a column of a long form is titled by a period or by what is to be filled in, not by a firm."""
    bare = re.sub(r"\s", "", text)
    return bool(_EARLIER.search(bare) or _VALUE.match(bare))


def find_pairs(facts: SheetFacts, lexicon: Lexicon, rows: range) -> tuple[Pair, ...]:
    """Return the answers that stand beside their label in the given rows, each item once."""
    pairs: dict[str, Pair] = {}
    for row in rows:
        shown = sorted(facts.shown(row).items())
        for place, (column, text) in enumerate(shown):
            match = _PAIR.match(text)
            label, answer, where = (match[1], match[2].strip(), column) if match else (text.rstrip(":： "), "", column)
            items = lexicon.items(label)
            if len(items) != 1:
                continue
            if not answer and place + 1 < len(shown) and not lexicon.items(shown[place + 1][1].rstrip(":： ")):
                where, answer = shown[place + 1]
            if answer and items[0] not in pairs:
                pairs[items[0]] = Pair(items[0], label, answer, row, where)
    return tuple(pairs.values())


def _titled(facts: SheetFacts) -> tuple[int | None, dict[str, int]]:
    """Return the row that titles the columns of a long form, and its columns by meaning (−1: none)."""
    for row in range(min(facts.sheet.n_rows, 30)):
        columns = _meanings(facts.shown(row))
        if columns["label"] >= 0 and (columns["value"] >= 0 or columns["unit"] >= 0):
            return row, columns
    return None, _meanings({})


def _meanings(shown: dict[int, str]) -> dict[str, int]:
    """Return the first column of a row that titles each part of a long form, −1 where none does."""
    columns = {"label": -1, "value": -1, "unit": -1, "code": -1}
    for column, text in shown.items():
        meaning = _meaning(re.sub(r"\s", "", text))
        if meaning and columns[meaning] < 0:
            columns[meaning] = column
    return columns


def _meaning(text: str) -> str:
    named = (("label", _LABEL), ("value", _VALUE), ("unit", _UNIT), ("code", _CODE))
    found = next((name for name, pattern in named if pattern.match(text)), "")
    return "" if found == "value" and _EARLIER.search(text) else found


def _label_column(facts: SheetFacts, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the column that names most items in its rows, and how many."""
    best: tuple[int, int] | None = None
    rows = min(facts.sheet.n_rows, 400)
    for column in range(min(len(facts.sheet.columns), 8)):
        raw = facts.sheet.columns[column]
        named = {lexicon.items(raw.texts[code]) for code in np.unique(raw.codes[:rows])} - {()}
        if best is None or len(named) > best[1]:
            best = (column, len(named))
    return best


def _body(facts: SheetFacts, lexicon: Lexicon, label: int, first: int) -> tuple[int, ...]:
    rows = []
    for row in range(first, facts.sheet.n_rows):
        text = facts.sheet.text(row, label).strip()
        shown = list(facts.shown(row).values())
        if not text or is_ordinal_row(shown) or (len(shown) == 1 and not lexicon.items(text)):
            continue  # a heading over the indicators that follow has its row for itself
        if (is_footer(text) or is_preamble(text)) and not lexicon.items(text):
            continue
        rows.append(row)
    return tuple(rows)


def _value_column(facts: SheetFacts, label: int, columns: dict[str, int], body: tuple[int, ...]) -> int:
    """Return the fullest column right of the labels that is neither unit nor code nor running number."""
    taken = {label, columns["unit"], columns["code"]}
    best, most = -1, 0
    for column in range(label + 1, len(facts.sheet.columns)):
        count = int(facts.filled[list(body), column].sum()) if body else 0
        if column not in taken and count > most and not is_serial(facts.sheet.text(0, column)):
            best, most = column, count
    return best
