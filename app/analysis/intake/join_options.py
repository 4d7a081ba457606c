"""Columns of one option each joined into the answer of their question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.analysis.intake.clean_yes_no import read_yes_no
from app.analysis.intake.distinct import Cleaned, Distinct, Issue, is_blank
from app.analysis.intake.option_book import Book, option_book, whole
from app.analysis.intake.tick_boxes import EMPTY_BOX
from app.analysis.intake.tidy import tidy
from app.domain.instrument import Item
from app.domain.sheet import CellKind

_YES, _NO, _BLANK, _UNCLEAR = 1, 0, -1, 2


def join_options(
    columns: Mapping[str, Distinct], item: Item, *, whole_list: bool = True
) -> tuple[Distinct, Cleaned, dict[str, list[Issue]]]:
    """Return the distinct answers over all option columns, what they mean, and what could not be read in each column.

    The text of an answer repeats each filled cell behind its option: 研发设计：√；生产制造：×. Blank cells choose nothing;
    a row of blanks is no answer; a row in which every cell says no means 无, where the item has it and the form has not;
    never where the form asks for more than the item's options (`whole_list` False).
    """
    book = option_book(item)
    options = [code for code in book.codes if code in columns]
    states = {code: _states(columns[code], code, book) for code in options}
    rows, inverse, counts = _combinations([columns[code] for code in options])
    words = {option.code: option.words.zh for option in item.options}
    texts, values, issues = [], np.empty(len(rows), dtype=object), []
    for index, row in enumerate(rows.tolist()):
        cells = [(code, place) for code, place in zip(options, row, strict=True)]
        shown = [f"{words[code]}：{text}" for code, place in cells if not is_blank(text := columns[code].texts[place])]
        texts.append("；".join(shown))
        chosen = [code for code, place in cells if states[code][place] == _YES]
        denied = [code for code, place in cells if states[code][place] == _NO]
        values[index] = _answer(chosen, denied if whole_list else [], columns, book)
        if len(chosen) > 1 and book.exclusive & set(chosen):
            values[index] = None
            issues.append(Issue(index, "option.exclusive", (("part", "|".join(chosen)), ("read", ""))))
    kinds = tuple(CellKind.TEXT if text else CellKind.EMPTY for text in texts)
    unread = {
        code: [
            Issue(index, "option.unknown", (("part", columns[code].texts[index]), ("read", "")))
            for index in _unclear(states[code])
        ]
        for code in options
    }
    return Distinct(tuple(texts), kinds, inverse, counts), Cleaned(values, tuple(issues)), unread


def denies(text: str) -> bool:
    """Return whether a cell says that its option does not hold."""
    return text.strip() in EMPTY_BOX or read_yes_no(text) == "no"


def _answer(chosen: Sequence[str], denied: Sequence[str], columns: Mapping[str, Distinct], book: Book) -> str | None:
    if chosen:
        return "|".join(chosen)
    return book.none if denied and book.none is not None and book.none not in columns else None


def _states(column: Distinct, option: str, book: Book) -> list[int]:
    return [_state(text, option, book) for text in column.texts]


def _state(text: str, option: str, book: Book) -> int:
    """Return what a cell says of its option; free text under 其他 chooses it."""
    if is_blank(text):
        return _BLANK
    if text.strip() in EMPTY_BOX:
        return _NO
    answer = read_yes_no(text)
    if answer in ("yes", "no"):
        return _YES if answer == "yes" else _NO
    if answer in ("na", "unknown"):
        return _BLANK
    return _YES if whole(tidy(text), book) == option or option == book.other else _UNCLEAR


def _unclear(states: Sequence[int]) -> list[int]:
    return [index for index, state in enumerate(states) if state == _UNCLEAR]


def _combinations(
    columns: Sequence[Distinct],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return the distinct rows over the columns' value numbers (n_distinct, n_columns), each row's number, and their counts."""
    places = np.column_stack([column.inverse.astype(np.int64) for column in columns])
    rows, inverse, counts = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    return rows, inverse.reshape(-1).astype(np.int32), counts
