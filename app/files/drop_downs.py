"""Drop-down lists whose entries stand on a sheet, looked up once all sheets of their workbook have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from app.domain.sheet import RawSheet, Validation
from app.files.scan_marks import ENTRIES, Area

_CELLS: Final = 100_000


def with_lists(sheets: Sequence[RawSheet], lists: Sequence[Iterable[Mapping[str, Any]]]) -> tuple[RawSheet, ...]:
    """Return the sheets with the drop-down lists found on each, as `scan_marks.DropDown.packed` words them.

    Entries are the distinct texts of the area referred to, in its order; a list without entries is left out.
    """
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    return tuple(
        replace(sheet, validations=tuple(_validations(found, by_name))) if found else sheet
        for sheet, found in zip(sheets, lists, strict=True)
    )


def _validations(lists: Iterable[Mapping[str, Any]], by_name: Mapping[str, RawSheet]) -> Iterable[Validation]:
    known: dict[tuple[str, Area], tuple[str, ...]] = {}
    for found in lists:
        entries = tuple(found["entries"])
        if found["area"]:
            place = (found["sheet"].casefold(), tuple(found["area"]))
            if place not in known:
                known[place] = _texts(by_name.get(place[0]), place[1])
            entries = known[place]
        if entries:
            yield Validation(tuple(map(tuple, found["ranges"])), entries)


def _texts(sheet: RawSheet | None, area: Area) -> tuple[str, ...]:
    """Return the distinct texts of an area, row by row; at most ENTRIES of its first cells."""
    if sheet is None:
        return ()
    row0, column0, row1, column1 = area
    columns = sheet.columns[column0 : column1 + 1]
    last = min(row1 + 1, sheet.n_rows, row0 + _CELLS // max(len(columns), 1))
    if len(columns) == 1:
        codes = columns[0].codes[row0:last]
        first = np.sort(np.unique(codes, return_index=True)[1])
        texts = [columns[0].texts[code] for code in codes[first]]
    else:
        texts = [column.texts[column.codes[row]] for row in range(row0, last) for column in columns]
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))[:ENTRIES]
