"""Cells as a reader tells them, beside what Excel 2011 itself saved of the same sheet as csv.

Excel saves what it shows, so number formats enter: 0.5 is saved as 50%. Compared are the cells where they do not: texts,
booleans and error values whose format has no section for text, and numbers of format General or @. The kind and format of
each cell are taken from another library (openpyxl or xlrd with formats), not from the reader measured. A cell of neither
content nor csv text does not count. Texts are compared exactly, letters that Excel's code page lacks excepted (it saved _
for them); numbers numerically, to the digits that General shows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

PREFIX = "apachepoi_"
_NAME = re.compile(rf"^{PREFIX}(.+)\.(\d+)\.csv$")
Place = tuple[int, int]
Shaped = set[Place] | None


@dataclass
class Share:
    """Cells equal, compared and left out, and those unequal: (file, sheet, row, column, as told, as Excel saved it)."""

    equal: int = 0
    compared: int = 0
    formatted: int = 0
    unequal: list[tuple[str, int, int, int, str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Equal of compared, 0 where nothing was."""
        return self.equal / self.compared if self.compared else 0.0


def oracles(folder: Path) -> dict[str, dict[int, Path]]:
    """Return the csv files by workbook name and sheet number."""
    found: dict[str, dict[int, Path]] = {}
    for path in sorted(folder.iterdir()):
        if match := _NAME.match(path.name):
            found.setdefault(match[1], {})[int(match[2])] = path
    return found


def saved(path: Path) -> dict[Place, str]:
    """Return the cells of a csv as Excel 2011 wrote it: UTF-8 where it is that, else Windows' Western code page."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    csv.field_size_limit(1 << 26)
    rows = csv.reader(io.StringIO(text, newline=""))
    return {(row, column): value for row, values in enumerate(rows) for column, value in enumerate(values) if value}


def formats(path: Path) -> list[tuple[int, int, int]]:
    """Return (sheet, row, column) of the cells that number formats shape."""
    found = _formats_xls(path) if path.read_bytes()[:2] == b"\xd0\xcf" else _formats_xlsx(path)
    return [place for *place, is_number, shown in found if _is_shaped(is_number, shown)]


def _is_shaped(is_number: bool, shown: str) -> bool:
    if is_number:
        return shown not in ("General", "@", "GENERAL")
    return shown not in ("@", "General") and (shown.count(";") >= 3 or "@" in shown)


def _formats_xlsx(path: Path) -> Iterable[tuple[int, int, int, bool, str]]:
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    for number, name in enumerate(workbook.sheetnames):
        sheet = workbook[name]
        if hasattr(sheet, "iter_rows"):
            sheet.reset_dimensions()
            for row, line in enumerate(sheet.iter_rows()):
                for column, cell in enumerate(line):
                    if cell.value is not None:
                        yield number, row, column, cell.data_type in ("n", "d"), cell.number_format


def _formats_xls(path: Path) -> Iterable[tuple[int, int, int, bool, str]]:
    import xlrd

    book = xlrd.open_workbook(str(path), formatting_info=True)
    for number, sheet in enumerate(book.sheets()):
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                if cell.ctype not in (0, 6):  # empty and blank
                    shown = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                    yield number, row, column, cell.ctype in (2, 3), shown  # number and date


def _with_digits(oracle: dict[Place, str]) -> set[Place]:
    return {place for place, text in oracle.items() if any(letter.isdigit() for letter in text)}


def compare(name: str, sheet: int, told: dict[Place, tuple[str, str]], oracle: dict[Place, str], shaped: Shaped) -> Share:
    """Compare one sheet: `told` are a reader's cells (kind, text) by place, `shaped` the cells left out.

    Where no library tells the formats of a file (None), whatever Excel saved with a digit is left out.

    Excel saves the used area, which need not begin at A1 and which no reader tells: the csv is laid over the sheet from A1
    or with the first cells of both on each other, whichever agrees better.
    """
    shares = [_compare(name, sheet, told, _moved(oracle, by), shaped) for by in {(0, 0), _offset(told, oracle)}]
    return max(shares, key=lambda share: share.equal)


def _offset(told: Iterable[Place], oracle: Iterable[Place]) -> Place:
    """Return how far the csv's first row and column with content stand from those of the sheet."""
    one, other = _first(told), _first(oracle)
    return max(one[0] - other[0], 0), max(one[1] - other[1], 0)


def _first(places: Iterable[Place]) -> Place:
    taken = list(places)
    return min((row for row, _ in taken), default=0), min((column for _, column in taken), default=0)


def _moved(oracle: dict[Place, str], by: Place) -> dict[Place, str]:
    return {(row + by[0], column + by[1]): text for (row, column), text in oracle.items()}


def _compare(name: str, sheet: int, told: dict[Place, tuple[str, str]], oracle: dict[Place, str], shaped: Shaped) -> Share:
    share = Share()
    shaped = _with_digits(oracle) if shaped is None else shaped
    for row, column in sorted(told.keys() | oracle.keys()):
        kind, text = told.get((row, column), ("t", ""))
        expected = oracle.get((row, column), "")
        if (row, column) in shaped:
            share.formatted += 1
            continue
        share.compared += 1
        if is_equal(kind, text, expected):
            share.equal += 1
        else:
            share.unequal.append((name, sheet, row, column, f"{kind} {text[:50]}", expected[:50]))
    return share


def is_equal(kind: str, text: str, expected: str) -> bool:
    """Whether a cell told as `text` is what Excel saved as `expected`."""
    if kind == "n":
        return _is_same_number(float(text), expected)
    return _western(text) == _western(expected)


def _is_same_number(value: float, expected: str) -> bool:
    """General shows about ten digits, fewer where the column is narrow: equal to the last digit shown."""
    digits = re.fullmatch(r"-?(\d*)(?:\.(\d*))?(?:E([+-]\d+))?", expected.strip())
    if not digits or not expected.strip():
        return False
    last = 10.0 ** (int(digits[3] or 0) - len(digits[2] or ""))
    return abs(float(f"{value:.15g}") - float(expected)) <= 0.5000001 * last  # Excel rounds the 15 digits it keeps


def _western(text: str) -> str:
    """Return a text as code page 1252 holds it, letters it lacks as `_`, line ends as one."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").encode("cp1252", "replace").decode("cp1252")
    return kept.replace("?", "_")


def tally(shares: Iterable[Share]) -> Share:
    """Return all shares as one."""
    whole = Share()
    for share in shares:
        whole.equal += share.equal
        whole.compared += share.compared
        whole.formatted += share.formatted
        whole.unequal += share.unequal
    return whole
