"""A CSV of real series, a line a value: columns series, time, value and, where known, se (its standard error).

Comma, semicolon, tab or bar between cells, and a decimal comma where the comma does not part them. The first thing that is
wrong is told with its line; nothing is put in order or mended, since a series that is not what it says would be believed.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.analysis.progress.years import decimal_year
from app.domain.backtest import SeriesTable
from app.domain.errors import UserError
from app.files.small_text import read_small_text
from app.files.text_tables import find_delimiter

_BYTES = 1 << 26
_COLUMNS = ("series", "time", "value", "se")
_BLANKS = ("", ":", "-", "—", "..", "na", "n/a", "nan")
_NUMBER = re.compile(r"[+-]?(\d+([.]\d*)?|[.]\d+)(e[+-]?\d+)?", re.IGNORECASE)
_QUARTER = re.compile(r"(\d{4})\s*-?\s*q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEARS = (1000.0, 3000.0)


@dataclass(slots=True)
class _Read:
    """What was read of one series so far, with the lines it stands on."""

    times: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    signs: int = 0
    """How many values had a percent sign."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its number in the file, and its cells by column."""

    file: str
    number: int
    cells: dict[str, str]
    comma: bool

    def error(self, kind: str, column: str) -> UserError:
        return UserError(f"series.{kind}", file=self.file, line=self.number, value=self.cells.get(column, ""), column=column)

    def number_of(self, column: str) -> float:
        """Return the number in `column` (a percent sign set aside); UserError `series.not_a_number`."""
        text = self.cells[column].rstrip("%％").rstrip()
        text = text.replace(",", ".") if self.comma else text
        if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            raise self.error("not_a_number", column)
        return float(text)

    def time(self) -> float:
        """Return the time as a decimal year; UserError `series.not_a_time`."""
        text = self.cells["time"]
        if found := _QUARTER.fullmatch(text):
            return int(found[1]) + int(found[2]) / 4
        if (found := _MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
            return int(found[1]) + int(found[2]) / 12
        try:
            year = decimal_year(text) if text.count("-") == 2 else self.number_of("time")
        except (ValueError, UserError) as error:
            raise self.error("not_a_time", "time") from error
        if not _YEARS[0] <= year < _YEARS[1]:
            raise self.error("not_a_time", "time")
        return year


def read_series(path: Path) -> SeriesTable:
    """Return the series of `path`. UserError `series.*` with the line of what is wrong, or `file.missing`.

    Percent is recognised by a percent sign or by a value above 1; otherwise values are taken for fractions.
    """
    text = read_small_text(path, _BYTES, "series.not_csv")
    read, blank = _gather(path.name, text)
    percent = _is_percent(path.name, read)
    scale = 100.0 if percent else 1.0
    _require_range(path.name, read, scale)
    kept = {name: each for name, each in read.items() if len(each.times) > 1}
    inside = {name: each for name, each in kept.items() if all(0 < value < scale for value in each.values)}
    _require_something(path.name, kept, inside)
    rows = list(inside.values())
    errors = None if all(math.isnan(error) for each in rows for error in each.errors) else _shares(rows, "errors", scale)
    return SeriesTable(
        path.name,
        tuple(inside),
        tuple(tuple(each.times) for each in rows),
        _shares(rows, "values", scale),
        errors,
        percent,
        blank,
        len(read) - len(kept),
        len(kept) - len(inside),
    )


def _is_percent(file: str, read: Mapping[str, _Read]) -> bool:
    """Whether values are percent; UserError `series.mixed` where only some have the sign: the others could be either."""
    signs, whole = sum(each.signs for each in read.values()), sum(len(each.values) for each in read.values())
    above = any(value > 1 for each in read.values() for value in each.values)
    if 0 < signs < whole:
        raise UserError("series.mixed", file=file)
    return signs > 0 or above


def _shares(rows: Sequence[_Read], name: str, scale: float) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(value / scale for value in getattr(each, name)) for each in rows)


def _gather(file: str, text: str) -> tuple[dict[str, _Read], int]:
    read: dict[str, _Read] = {}
    blank = 0
    for line in _lines(file, text):
        if line.cells["value"].lower() in _BLANKS:
            blank += 1
            continue
        if not line.cells["series"]:
            raise line.error("no_name", "series")
        _add(read.setdefault(line.cells["series"], _Read()), line)
    if not read:
        raise UserError("series.empty", file=file)
    told = {math.isnan(error) for each in read.values() for error in each.errors}
    if len(told) > 1:
        raise UserError("series.some_errors", file=file)
    return read, blank


def _add(series: _Read, line: _Line) -> None:
    time, value = line.time(), line.number_of("value")
    if series.times and time <= series.times[-1]:
        raise line.error("repeated" if time in series.times else "unordered", "time")
    if value < 0:
        raise line.error("negative", "value")
    known = line.cells.get("se", "").lower() not in _BLANKS
    error = line.number_of("se") if known else math.nan
    if error < 0:
        raise line.error("negative", "se")
    series.signs += line.cells["value"].endswith(("%", "％"))
    series.times.append(time)
    series.values.append(value)
    series.errors.append(error)


def _lines(file: str, text: str) -> Iterator[_Line]:
    """Yield the lines below the header that are not blank."""
    if not text.strip():
        raise UserError("series.empty", file=file)
    if "\0" in text:
        raise UserError("series.not_csv", file=file)
    delimiter = find_delimiter(text[: 1 << 16])
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        header = [cell.strip().lower() for cell in next(rows)]
        missing = [name for name in _COLUMNS[:3] if name not in header]
        if missing:
            raise UserError("series.columns", file=file, missing="、".join(missing))
        for row in rows:
            if any(cell.strip() for cell in row):
                cells = {
                    name: row[header.index(name)].strip() if header.index(name) < len(row) else ""
                    for name in _COLUMNS
                    if name in header
                }
                yield _Line(file, rows.line_num, cells, delimiter != ",")
    except csv.Error as error:
        raise UserError("series.not_csv", file=file) from error


def _require_range(file: str, read: dict[str, _Read], scale: float) -> None:
    for name, each in read.items():
        high = next((value for value in each.values if value > scale), None)
        if high is not None:
            raise UserError("series.too_high", file=file, series=name, value=f"{high:g}")


def _require_something(file: str, kept: dict[str, _Read], inside: dict[str, _Read]) -> None:
    """Refuse a file of which no series can be held against anything."""
    if not kept:
        raise UserError("series.single", file=file)
    if not inside:
        raise UserError("series.walls", file=file)
    if max(len(each.times) for each in inside.values()) < 3:
        raise UserError("series.too_short", file=file)
    if all(len(set(each.values)) == 1 for each in inside.values()):
        raise UserError("series.constant", file=file)
