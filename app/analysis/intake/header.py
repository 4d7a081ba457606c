"""Where a table's header stands: by the instrument's words where they occur, else by where answers begin."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.intake.furniture import is_ordinal_row, is_preamble
from app.analysis.intake.lexicon import Lexicon, without_hints
from app.analysis.intake.sheet_facts import HEAD, SheetFacts, named_items
from app.analysis.intake.units import split_unit

_DEEPEST = 4  # rows of a header, the row of ordinals apart
_SHORT = 14  # characters of a group heading in a file that cannot merge cells


@dataclass(frozen=True, slots=True)
class Header:
    """The header's rows and the first row under it; `names[c]` the joined header of column c and `units[c]` its unit.

    `rival`: a row further down that names as many items and may be the header instead (−1 none).
    """

    rows: tuple[int, ...]
    first: int
    names: tuple[str, ...]
    units: tuple[str, ...]
    rival: int = -1


def header_at(facts: SheetFacts, rows: tuple[int, ...]) -> Header:
    """Return the header that somebody said stands in `rows`."""
    names, units = _joined(facts, rows)
    return Header(rows, _skip_ordinals(facts, rows[-1] + 1), names, units)


def find_header(facts: SheetFacts, lexicon: Lexicon, start: int = 0) -> Header | None:
    """Return the header of the table at or below row `start`, None when the sheet shows no table."""
    stop = min(facts.sheet.n_rows, start + HEAD)
    hits = {row: _hits(facts, lexicon, row) for row in range(start, stop)}
    data = _first_data_row(facts, hits, start, stop)
    last = _last_header_row(facts, hits, data if data is not None else stop, start)
    if last is None:
        return None
    top = _first_header_row(facts, hits, last, start)
    found = header_at(facts, tuple(range(top, last + 1)))
    return replace(found, rival=_rival(facts, hits, found))


def _rival(facts: SheetFacts, hits: dict[int, int], found: Header) -> int:
    """Return the first row under the header that names two items or more, and no fewer than the header; −1 when none does."""
    shown = {text for row in found.rows for text in facts.shown(row).values()}
    most = max(2, *(hits.get(row, 0) for row in found.rows))
    for row in range(found.first, max(hits, default=-1) + 1):
        if hits[row] >= most and not set(facts.shown(row).values()) <= shown:
            return row
    return -1


def _hits(facts: SheetFacts, lexicon: Lexicon, row: int) -> int:
    return facts.hits[row] if row < len(facts.hits) else named_items(facts.sheet, facts.filled, row, lexicon)


def _first_data_row(facts: SheetFacts, hits: dict[int, int], start: int, stop: int) -> int | None:
    """Return the first row whose cells, in columns that mostly hold answers, are answers."""
    filled, valued = facts.filled[: len(facts.valued)], facts.valued
    counts = filled[start:].sum(axis=0)
    answers = counts > 0
    answers &= (valued[start:] & filled[start:]).sum(axis=0) >= 0.5 * np.maximum(counts, 1)
    for row in range(start, min(stop, len(valued))):
        if hits[row] >= 2 or _is_lower_part(facts, hits, row, start):
            continue
        here = filled[row] & answers
        enough = filled[row].sum() >= max(2.0, 0.25 * facts.width)
        if not enough or not here.any() or hits[row] > 0.3 * filled[row].sum() or _is_furniture(facts, row):
            continue
        if valued[row][here].mean() >= 0.5:
            return row
    return None


def _is_lower_part(facts: SheetFacts, hits: dict[int, int], row: int, start: int) -> bool:
    """Return whether a row is the lower part of a header that names items: every cell of it stands under a group or a gap.

    Its texts may be options (a multi-select with a column an option), which look like answers.
    """
    above = row - 1
    if above < start or hits.get(above, 0) < 2:
        return False
    columns = np.flatnonzero(facts.filled[row]).tolist()
    return len(columns) > 1 and all(_under_group(facts, above, row, column) for column in columns)


def _under_group(facts: SheetFacts, above: int, row: int, column: int) -> bool:
    group = facts.merged.get((above, column))
    if group is not None:
        return any(facts.merged.get((above, beside)) == group for beside in (column - 1, column + 1))
    if not facts.filled[above, column]:
        return not facts.sheet.merges and _spreads(facts, above, column)
    return _has_room(facts, above, row, column)


def _spreads(facts: SheetFacts, row: int, column: int) -> bool:
    """Return whether a gap has a heading to its left."""
    return bool(facts.filled[row, :column].any())


def _is_furniture(facts: SheetFacts, row: int) -> bool:
    shown = list(facts.shown(row).values())
    return is_ordinal_row(shown) or any(is_preamble(text) for text in shown)


def _last_header_row(facts: SheetFacts, hits: dict[int, int], data: int, start: int) -> int | None:
    """Return the lowest header row above `data`; where the instrument's words occur, rows far below them are no header."""
    named = [row for row in range(start, data) if hits[row] >= 2]
    below = data
    if named:
        block = named[0]
        while block + 1 in named or (block + 1 < data and hits.get(block + 1, 0) and _continues(facts, block, block + 1)):
            block += 1
        below = max(_merged_down(facts, block), block) + 1
        while below < data and below - named[0] < _DEEPEST and _continues(facts, below - 1, below):
            below += 1
    for row in range(below - 1, start - 1, -1):
        if _distinct(facts, row) >= 2 and not _is_furniture(facts, row):
            return row if facts.filled[row].sum() >= max(2, 0.3 * facts.width) or hits[row] else _only_if_full(facts, row)
    return None


def _only_if_full(facts: SheetFacts, row: int) -> int | None:
    """Accept a sparse row as header only where merged ranges make it cover most of the table."""
    covered = sum(bool(facts.text(row, column)) for column in range(facts.filled.shape[1]))
    return row if covered >= 0.5 * facts.width else None


def _first_header_row(facts: SheetFacts, hits: dict[int, int], last: int, start: int) -> int:
    top = last
    while top > start and last - (top - 1) < _DEEPEST and _is_group_row(facts, top - 1, hits):
        top -= 1
    return top


def _is_group_row(facts: SheetFacts, row: int, hits: dict[int, int]) -> bool:
    """Return whether a row over a header row belongs to the header: groups, or headings that reach down."""
    if _is_furniture(facts, row) or _distinct(facts, row) < 2:
        return False
    if row < len(facts.valued):
        shown = facts.filled[row]
        if facts.valued[row][shown].mean() > 0.5 and hits.get(row, 0) < 2:
            return False
    covered = sum(bool(facts.text(row, column)) for column in range(facts.filled.shape[1]))
    if covered >= 0.5 * facts.width or hits.get(row, 0) >= 2:
        return True
    short = all(len(text) <= _SHORT for text in facts.shown(row).values())
    return short and not facts.sheet.merges and facts.filled[row].sum() >= max(2, 0.1 * facts.width)


def _continues(facts: SheetFacts, above: int, row: int) -> bool:
    """Return whether `row` is the lower part of the header row `above`: it fills gaps or groups, and holds no answers."""
    shown = facts.filled[row]
    if not shown.any() or _is_furniture(facts, row):
        return False
    lower = all(_under_group(facts, above, row, column) for column in np.flatnonzero(shown).tolist()) and shown.sum() > 1
    if not lower and row < len(facts.valued) and facts.valued[row][shown].mean() > 0.3:
        return False
    return bool(sum(_has_room(facts, above, row, int(column)) for column in np.flatnonzero(shown)) >= 0.6 * shown.sum())


def _has_room(facts: SheetFacts, above: int, row: int, column: int) -> bool:
    """Return whether the cell over (row, column) is a gap or a group that spreads to the right: the lower part belongs to it."""
    if not facts.filled[above, column] or (above, column) in facts.merged:
        return True
    right = column + 1
    return right < facts.filled.shape[1] and not facts.filled[above, right] and bool(facts.filled[row, right])


def _merged_down(facts: SheetFacts, row: int) -> int:
    """Return the last row reached by merged ranges that start in `row`."""
    reached = [bottom for top, _, bottom, _ in facts.sheet.merges if top == row and bottom - top < _DEEPEST]
    return max(reached, default=row)


def _distinct(facts: SheetFacts, row: int) -> int:
    return len(facts.shown(row))


def _skip_ordinals(facts: SheetFacts, row: int) -> int:
    """Return the first row after blank rows and rows of ordinals."""
    first = row
    for below in range(row, min(row + 3, facts.sheet.n_rows)):
        shown = list(facts.shown(below).values())
        if shown and is_ordinal_row(shown):
            first = below + 1
    return first


def _joined(facts: SheetFacts, rows: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return header and unit of each column: the texts of the rows, merged ranges spread, joined by " / "."""
    names, units = [], []
    for column in range(facts.filled.shape[1]):
        parts: list[str] = []
        unit = ""
        for row in rows:
            text, found = split_unit(without_hints(facts.text(row, column) or _group_to_the_left(facts, rows, row, column)))
            unit = found or unit
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        names.append(" / ".join(parts))
        units.append(unit)
    return tuple(names), tuple(units)


def _group_to_the_left(facts: SheetFacts, rows: tuple[int, ...], row: int, column: int) -> str:
    """Return the group a gap belongs to, in a sheet without merged ranges: the next heading to the left that has parts below."""
    if facts.sheet.merges or row == rows[-1] or not any(facts.filled[below, column] for below in rows if below > row):
        return ""
    for left in range(column - 1, -1, -1):
        if facts.filled[row, left]:
            has_parts = any(facts.filled[below, left] for below in rows if below > row)
            return facts.text(row, left) if has_parts else ""
    return ""
