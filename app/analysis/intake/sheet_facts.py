"""What can be told of each cell before its meaning is known: filled, a value rather than a heading, part of a merged range."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from app.analysis.intake.clean_percent import read_share
from app.analysis.intake.clean_yes_no import read_yes_no
from app.analysis.intake.distinct import is_blank, is_marker
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.quantity import read_quantity
from app.analysis.intake.tidy import tidy
from app.domain.sheet import CellKind, RawColumn, RawSheet
from app.domain.words import normal_form

HEAD = 60  # the header is looked for in so many rows
SAMPLE = 150  # the kind of a column is told from so many rows
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?(?:\s*\d{1,2}\s*月|\s*第?[一二三四1-4]季度)?")
_CENTURIES = ("19", "20", " 1", " 2")
_LONG_CODE = re.compile(r"[0-9A-Z]{15,20}")
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts of one sheet; rows and columns zero-based.

    `filled` (n_rows, n_columns): the cell shows something. `valued` (sample rows, n_columns): it looks like an answer.
    `numeric` the same for plain numbers. `merged` (row, column) → top left cell, for merged ranges in the head.
    `width` how many cells a full row holds. `hits[row]` how many items the cells of a row of the head name exactly.
    """

    sheet: RawSheet
    filled: Bools
    valued: Bools
    numeric: Bools
    merged: Mapping[tuple[int, int], tuple[int, int]]
    width: float
    hits: tuple[int, ...]

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell; every cell of a merged range shows the text of its first."""
        return self.sheet.text(*self.merged.get((row, column), (row, column))).strip()

    def shown(self, row: int) -> dict[int, str]:
        """Return the filled cells of a row by column, merged ranges counted once, at their first column."""
        return {int(column): self.sheet.text(row, int(column)).strip() for column in np.flatnonzero(self.filled[row])}


def sheet_facts(sheet: RawSheet, lexicon: Lexicon) -> SheetFacts:
    """Return the facts of a sheet."""
    shape = (sheet.n_rows, len(sheet.columns))
    sample = min(sheet.n_rows, SAMPLE)
    filled = np.zeros(shape, dtype=bool)
    valued = np.zeros((sample, shape[1]), dtype=bool)
    numeric = np.zeros_like(valued)
    for position, column in enumerate(sheet.columns):
        filled[:, position] = _shown(column)[column.codes]
        valued[:, position], numeric[:, position] = _kinds(column, sample, lexicon)
    return SheetFacts(sheet, filled, valued, numeric, _merged(sheet), _width(filled[:sample]), _hits(sheet, lexicon))


def _hits(sheet: RawSheet, lexicon: Lexicon) -> tuple[int, ...]:
    """Return how many items each row of the head names exactly; each text of a column is looked up once."""
    named: list[set[tuple[str, ...]]] = [set() for _ in range(min(HEAD, sheet.n_rows))]
    for column in sheet.columns:
        head = column.codes[:HEAD]
        for code in set(head.tolist()) - {0}:
            items = lexicon.items(column.texts[code])
            for row in np.flatnonzero(head == code).tolist() if items else ():
                named[row].add(items)
    return tuple(map(len, named))


def named_items(sheet: RawSheet, filled: Bools, row: int, lexicon: Lexicon) -> int:
    """Return how many items the cells of a row name exactly."""
    return len({lexicon.items(sheet.text(row, column)) for column in np.flatnonzero(filled[row]).tolist()} - {()})


def _shown(column: RawColumn) -> Bools:
    return np.array([not is_blank(text) for text in column.texts], dtype=bool)


def _kinds(column: RawColumn, sample: int, lexicon: Lexicon) -> tuple[Bools, Bools]:
    """Return for the sample rows of a column which cells look like answers, and which are plain numbers.

    An answer is a number, a date, yes or no, an option, a code, or a text that the column holds several times; a year and
    the name of an item are none.
    """
    codes = column.codes[:sample]
    counts = np.bincount(column.codes, minlength=len(column.texts))
    valued = np.zeros(len(column.texts), dtype=bool)
    numeric = np.zeros(len(column.texts), dtype=bool)
    headlike = np.zeros(len(column.texts), dtype=bool)
    headlike[column.codes[:HEAD]] = True  # only here does it matter that an answer is also the name of an item
    for code in np.flatnonzero(np.bincount(codes, minlength=len(column.texts))).tolist():
        text, kind = column.texts[code], column.kinds[code]
        if is_blank(text):
            continue
        is_text = kind is CellKind.TEXT
        numeric[code] = kind is CellKind.NUMBER or _is_quantity(text)
        if numeric[code] or counts[code] > 1 or not is_text or _LONG_CODE.fullmatch(text.strip()):
            valued[code] = text[:2] not in _CENTURIES or not _YEAR.fullmatch(text.strip())
        else:
            valued[code] = _is_answer(text, lexicon)
        if valued[code] and is_text and headlike[code] and lexicon.items(text):
            valued[code] = False
    return valued[codes], numeric[codes]


def _is_quantity(text: str) -> bool:
    return len(text) <= 30 and any(map(str.isdigit, text)) and not _LONG_CODE.fullmatch(text) and _reads_as_quantity(text)


@lru_cache(maxsize=16_384)
def _reads_as_quantity(text: str) -> bool:
    return (read_quantity(text) or read_share(tidy(text))) is not None


@lru_cache(maxsize=16_384)
def _is_answer(text: str, lexicon: Lexicon) -> bool:
    """Return whether a text that is no number answers something; a year stands over columns and answers nothing."""
    if _YEAR.fullmatch(text.strip()):
        return False
    if is_marker(text) or (len(text) <= 4 and read_yes_no(text) in ("yes", "no")):
        return True
    return normal_form(text) in lexicon.answers


def _merged(sheet: RawSheet) -> dict[tuple[int, int], tuple[int, int]]:
    merged = {}
    for top, left, bottom, right in sheet.merges:
        if top < HEAD and (bottom - top + 1) * (right - left + 1) <= 100_000:
            for row in range(top, min(bottom, HEAD) + 1):
                merged.update({(row, column): (top, left) for column in range(left, right + 1)})
    return merged


def _width(filled: Bools) -> float:
    """Return how many cells a full row holds: the upper quartile over rows that hold more than one."""
    counts = filled.sum(axis=1)
    counts = counts[counts > 1]
    return float(np.percentile(counts, 75)) if len(counts) else 1.0
