"""Tables turned on their side: an indicator a row, a firm a column."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from app.analysis.intake.furniture import is_serial, is_total
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.long_form import LongForm, is_period
from app.analysis.intake.sheet_facts import SheetFacts
from app.domain.instrument import Role

_FIRM = re.compile(
    r"(?:公司|集团|厂|合作社|农场|商行|经营部|门市部|工作室|事务所|中心|研究院|医院|学校|酒店|店|社|站|部|行|所)(?:[（(].*[)）])?$"
)
_PLACEHOLDER = re.compile(
    r"^(?:企业|公司|单位|样本|firm|company)\s*[\d一二三四五六七八九十A-Z]+$", re.IGNORECASE
)  # numbers, names nobody
_FEWEST = 2  # firms side by side


@dataclass(frozen=True, slots=True)
class Across:
    """Columns that hold a firm each, zero-based, and the row that names the firms (−1: a row of the table itself does)."""

    columns: tuple[int, ...] = ()
    firm_row: int = -1


def find_across(facts: SheetFacts, lexicon: Lexicon, form: LongForm) -> Across:
    """Return where the firms of a form stand that has an indicator a row; no columns when it is the form of one firm."""
    beside = [column for column in range(form.label + 1, facts.filled.shape[1]) if column != form.unit]
    naming = _naming_row(facts, lexicon, form)
    if naming >= 0:
        columns = _answering(facts, naming, beside, form)
        row = -1 if _asks_the_name(facts, lexicon, form) else _titles_above(facts, naming, columns)
    else:
        row = _names_above(facts, lexicon, form, beside)
        columns = _answering(facts, row, beside, form) if row >= 0 else ()
    return Across(columns, row) if len(columns) >= _FEWEST else Across()


def _naming_row(facts: SheetFacts, lexicon: Lexicon, form: LongForm) -> int:
    """Return the first row of the table that asks who the firm is and is answered more than once, −1 when none is."""
    for row in form.body:
        if lexicon.firm & set(lexicon.items(facts.sheet.text(row, form.label))):
            texts = [facts.sheet.text(row, column).strip() for column in range(form.value, facts.filled.shape[1])]
            if len({text for text in texts if text}) >= _FEWEST:
                return row
    return -1


def _asks_the_name(facts: SheetFacts, lexicon: Lexicon, form: LongForm) -> bool:
    """Return whether a row of the table asks for the firm's name, rather than its code alone."""
    names = {code for code, item in lexicon.items_of.items() if item.role is Role.NAME}
    return any(names & set(lexicon.items(facts.sheet.text(row, form.label))) for row in form.body)


def _titles_above(facts: SheetFacts, naming: int, columns: tuple[int, ...]) -> int:
    """Return the row over the firms' codes that gives most columns a name of their own, −1 when there is none."""
    for row in range(naming - 1, -1, -1):
        texts = [facts.sheet.text(row, column).strip() for column in columns if facts.filled[row, column]]
        names = {text for text in texts if any(map(str.isalpha, text)) and not is_period(text) and not _PLACEHOLDER.match(text)}
        if len(names) >= max(_FEWEST, len(columns) / 2) and len(names) == len(texts):
            return row
    return -1


def _names_above(facts: SheetFacts, lexicon: Lexicon, form: LongForm, beside: list[int]) -> int:
    """Return the row over the indicators whose cells are mostly names of firms, −1 when there is none."""
    named = (row for row in form.body if lexicon.items(facts.sheet.text(row, form.label)))
    first = next(named, 0)
    for row in range(first - 1, -1, -1):
        texts = [facts.sheet.text(row, column).strip() for column in beside if facts.filled[row, column]]
        names = [text for text in texts if _FIRM.search(text) and not is_period(text)]
        if len(set(names)) >= _FEWEST and len(names) >= 0.5 * len(texts):
            return row
    return -1


def _answering(facts: SheetFacts, naming: int, beside: list[int], form: LongForm) -> tuple[int, ...]:
    """Return the columns that name a firm or hold answers to a third of the indicators, without sums and serial numbers."""
    counts = facts.filled[list(form.body)].sum(axis=0)
    enough = max(2.0, len(form.body) / 3)
    columns = []
    for column in beside:
        name = facts.sheet.text(naming, column).strip()
        if is_total(name) or is_serial(name) or name in ("计量单位", "单位", "代码", "备注", "说明"):
            continue
        if name or (counts[column] >= enough and _after_first(facts, naming, column, form)):
            columns.append(column)
    return tuple(columns)


def _after_first(facts: SheetFacts, naming: int, column: int, form: LongForm) -> bool:
    """Return whether a column without a name stands among or after those that have one: it is no code column."""
    named = np.flatnonzero(facts.filled[naming])
    return bool(len(named[(named > form.label) & (named < column)]))
