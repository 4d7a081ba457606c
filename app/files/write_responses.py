"""The cleaned firm table as Parquet or csv: each answer beside the cell it was read from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.domain.findings import column_letters
from app.domain.responses import Responses
from app.files.atomic import atomic_path
from app.files.formula_guard import guarded

_SEPARATOR = " · "  # as CellReference writes a place
_TEXT = ("str", "object")
Objects = npt.NDArray[np.object_]


def response_table(responses: Responses) -> pd.DataFrame:
    """Return one row a response: FIRM_COLUMNS, then for each item its stored value and `<item>.cell`, file · sheet · A1.

    An item some of whose numbers were not exact has `<item>.qualifier`, `<item>.low` and `<item>.high` besides. The cell is
    missing where the form did not ask.
    """
    columns: dict[str, Any] = {name: responses.firms[name] for name in responses.firms.columns}
    cells = _Cells(responses)
    inexact = dict(_inexact(responses))
    for item in responses.values.columns:
        columns[item] = responses.values[item]
        columns[f"{item}.cell"] = cells.of(item)
        columns |= inexact.get(item, {})
    return pd.DataFrame(columns, index=responses.firms.index, copy=False)


def write_parquet(table: pd.DataFrame, path: Path, about: Mapping[str, str]) -> None:
    """Write `table` to `path` with `about` in the file's own notes; UserError when the disk will not have it."""
    import fastparquet

    texts = [name for name in table.columns if str(table[name].dtype) in _TEXT]
    encodings = dict.fromkeys(texts, "utf8")
    with atomic_path(path) as temporary:
        fastparquet.write(str(temporary), table, compression="ZSTD", object_encoding=encodings, custom_metadata=dict(about))


def write_csv(table: pd.DataFrame, path: Path, above: str = "") -> None:
    """Write `table` to `path` as UTF-8 with a mark that spreadsheets know it by; UserError when the disk will not have it.

    A text that a spreadsheet would take for a formula gets an apostrophe before it. `above` is a line before the headings.
    """
    columns = [_texts(table[name]) for name in table.columns]
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        if above:
            writer.writerow([guarded(above)])
        writer.writerow(list(map(guarded, table.columns)))
        writer.writerows(zip(*columns, strict=True))


class _Cells:
    """Where each answer stands, a column at a time; what rows share is worked out once."""

    def __init__(self, responses: Responses) -> None:
        self._blocks = responses.blocks
        self._block = responses.places["block"].to_numpy()
        own = responses.places["row"].to_numpy()
        kinds, inverse = np.unique(own, return_inverse=True)
        self._row_texts = np.array([str(number) for number in kinds.tolist()], dtype=object)[inverse]
        self._letters = np.array([column_letters(number) for number in kinds.tolist()], dtype=object)[inverse]

    def of(self, item: str) -> Objects:
        """Return the places of an item's answers as texts, None where the form did not ask; shape (n,)."""
        heads, tails = np.full(len(self._blocks), None, dtype=object), np.full(len(self._blocks), "", dtype=object)
        across = np.zeros(len(self._blocks), dtype=bool)
        for number, block in enumerate(self._blocks):
            place = block.cells.get(item)
            if place is not None:
                heads[number] = _SEPARATOR.join((block.file, block.sheet, column_letters(place[1])))
                tails[number] = str(place[0]) if place[0] else ""
                across[number] = place[1] == 0
        found = np.full(len(self._block), None, dtype=object)
        asked = np.array([head is not None for head in heads], dtype=bool)[self._block]
        block = self._block[asked]
        letters = np.where(across[block], self._letters[asked], "")
        rows = np.where(tails[block] == "", self._row_texts[asked], tails[block])
        found[asked] = heads[block] + letters + rows
        return found


def _inexact(responses: Responses) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield for each item with numbers that were not exact the columns that tell how."""
    marks = responses.qualifiers
    if marks is None or not len(marks):
        return
    for item, rows in marks.groupby("item", observed=True):
        place = rows["position"].to_numpy()
        words = np.full(len(responses), None, dtype=object)
        words[place] = rows["qualifier"].astype(object).to_numpy()
        columns: dict[str, Any] = {f"{item}.qualifier": words}
        for end in ("low", "high"):
            columns[f"{item}.{end}"] = np.full(len(responses), np.nan)
            columns[f"{item}.{end}"][place] = rows[end].to_numpy()
        yield str(item), columns


def _texts(column: pd.Series) -> list[str]:
    """Return a column as csv has it; missing is empty. What is no text is worked out once a distinct value."""
    if str(column.dtype) in _TEXT:
        values = column.to_numpy(dtype=object, na_value="")
        return list(map(guarded, values.tolist()))
    codes, kinds = pd.factorize(column)
    texts = np.array([*map(_text, kinds.tolist()), ""], dtype=object)
    found: list[str] = texts[codes].tolist()
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}" if float(f"{value:.15g}") == value else repr(value)
    return guarded(str(value))
