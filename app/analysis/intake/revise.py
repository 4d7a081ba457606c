"""What a corrected form changes, and which form it puts right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.clean import NUMBERS
from app.analysis.intake.firm_findings import FirmPlaces
from app.analysis.intake.identity import groups_of, keys_of
from app.analysis.intake.rows_alike import Cells, Ints, both_firms, same_rows
from app.domain.decisions import RowKey
from app.domain.findings import CellReference
from app.domain.firm_names import NameBook
from app.domain.instrument import Instrument
from app.domain.responses import Block, Responses
from app.domain.revision import ChangedCell, ChangedRow, Revision, RowChange, Value

_SAME_FORM = 0.8  # of the headings of two forms must agree for one to put the other right
_HALF = 0.5
Bools = npt.NDArray[np.bool_]


def revise(
    old: Responses,
    new: Responses,
    instrument: Instrument,
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
) -> Revision:
    """Return what `new` changes against `old`: rows that are new, changed or vanished, and how many are as they were.

    An answer has changed when its text or its cleaned value differs, blanks included: a number read in another unit has
    changed though its text has not. The order of rows, columns and sheets does not matter.
    """
    items = [item.code for item in instrument.items]
    texts = _numbered(old.originals, new.originals, items)
    old_of = same_rows(old, new, texts, names)
    there = np.flatnonzero(old_of >= 0)
    differs = (texts[0][old_of[there]] != texts[1][there]) | _values_differ(old, new, instrument, (old_of[there], there))
    gone = np.setdiff1d(np.arange(len(old)), old_of)
    sides = _Sides(old, new, items)
    changed: dict[int, ChangedRow] = {
        position: sides.row(RowChange.CHANGED, int(old_of[position]), position, differs[at])
        for at, position in enumerate(there.tolist())
        if differs[at].any()
    }
    for position in np.flatnonzero(old_of < 0).tolist():
        changed[position] = sides.row(RowChange.NEW, -1, position, texts[1][position] >= 0)
    rows = [changed[position] for position in sorted(changed)]
    rows += [sides.row(RowChange.VANISHED, position, -1, texts[0][position] >= 0) for position in gone.tolist()]
    return Revision(tuple(rows), int((~differs.any(axis=1)).sum()))


def find_corrected(
    new: Responses,
    wave: str,
    earlier: Responses | None,
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
) -> str:
    """Return the hash of the source in `wave` that `new` seems to put right, "" for none.

    It is the one that holds most of the firms of `new`, at least half of them, under the same headings; of several the last.
    """
    own = {block.source for block in new.blocks}
    if earlier is None or not len(new):
        return ""
    block_of = earlier.places["block"].to_numpy()
    open_ = np.array([block.wave == wave and block.source not in own for block in earlier.blocks], dtype=bool)
    known = earlier.firms["code"].isin(new.firms["code"][new.firms["code_valid"]]) | earlier.firms["name"].isin(new.firms["name"])
    rows = np.flatnonzero(open_[block_of] & known.to_numpy())  # only these can be of one firm with a row of `new`
    firms = both_firms(earlier.firms.iloc[rows], new.firms)
    groups = groups_of(keys_of(firms, np.array([f"\n{number}" for number in range(len(firms))], dtype=object), names))
    wanted, held = np.unique(groups[len(rows) :]), groups[: len(rows)]
    best, most = "", _HALF * len(wanted)
    for source, theirs in _by_source(earlier.blocks, open_).items():
        count = np.isin(wanted, held[np.isin(block_of[rows], [number for number, _ in theirs])]).sum()
        if count >= most and _same_form([block for _, block in theirs], new.blocks):
            best, most = source, float(count)
    return best


def _by_source(blocks: Sequence[Block], chosen: Bools) -> Mapping[str, list[tuple[int, Block]]]:
    """Return the chosen blocks with their numbers, by source in order."""
    found: dict[str, list[tuple[int, Block]]] = {}
    for number, block in enumerate(blocks):
        if chosen[number]:
            found.setdefault(block.source, []).append((number, block))
    return found


def _same_form(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Return whether two forms ask the same under the same headings, but for a few."""
    first, second = (_headed(blocks) for blocks in (one, other))
    return len(first & second) >= _SAME_FORM * max(len(first | second), 1)


def _headed(blocks: Sequence[Block]) -> frozenset[tuple[str, str]]:
    return frozenset((item, block.headings.get(item, "")) for block in blocks for item in block.cells)


def _numbered(old: pd.DataFrame, new: pd.DataFrame, items: Sequence[str]) -> tuple[Cells, Cells]:
    """Return the texts of both sides as numbers, the same for the same text; shape (n, n_items) each, −1 blank."""
    sides = (np.full((len(old), len(items)), -1, dtype=np.int32), np.full((len(new), len(items)), -1, dtype=np.int32))
    for place, item in enumerate(items):
        known: dict[str, int] = {}
        for side, frame in zip(sides, (old, new), strict=True):
            column = frame[item].cat
            table = [known.setdefault(text, len(known)) for text in column.categories]
            side[:, place] = np.array([*table, -1], dtype=np.int32)[column.codes.to_numpy()]
    return sides


def _values_differ(old: Responses, new: Responses, instrument: Instrument, rows: tuple[Ints, Ints]) -> Bools:
    """Return which cleaned values of paired rows differ; shape (n_pairs, n_items)."""
    differs = np.zeros((len(rows[0]), len(instrument.items)), dtype=bool)
    for place, item in enumerate(instrument.items):
        one, other = old.values[item.code].take(rows[0]), new.values[item.code].take(rows[1])
        if item.type in NUMBERS:
            a, b = one.to_numpy(dtype=np.float64), other.to_numpy(dtype=np.float64)
            differs[:, place] = ~((a == b) | (np.isnan(a) & np.isnan(b)))
        else:
            both = pd.factorize(pd.concat([one.astype(object), other.astype(object)], ignore_index=True))[0]
            differs[:, place] = both[: len(one)] != both[len(one) :]
    return differs


class _Sides:
    """Both forms, their columns taken out of their frames once."""

    def __init__(self, old: Responses, new: Responses, items: Sequence[str]) -> None:
        self._items = items
        self._sides = (old, new)
        self._texts: tuple[dict[str, list[str]], ...] = ({}, {})
        self._values: tuple[dict[str, list[Value]], ...] = ({}, {})
        self._lines = (FirmPlaces(old), FirmPlaces(new))
        self._places = tuple((side.places["block"].tolist(), side.places["row"].tolist()) for side in self._sides)

    def row(self, kind: RowChange, old: int, new: int, differs: Bools) -> ChangedRow:
        """Return one row of a revision; −1 where a side has none."""
        side, position = (0, old) if new < 0 else (1, new)
        lines = self._lines[side]
        return ChangedRow(
            kind=kind,
            firm=lines.names[position] or lines.codes[position],
            place=lines.line(position),
            old=self._key(0, old),
            new=self._key(1, new),
            cells=tuple(self._cells(old, new, differs)),
        )

    def _cells(self, old: int, new: int, differs: Bools) -> Iterator[ChangedCell]:
        for place in np.flatnonzero(differs).tolist():
            item = self._items[place]
            yield ChangedCell(
                item,
                self._text(0, item, old),
                self._text(1, item, new),
                self._value(0, item, old),
                self._value(1, item, new),
                self._place(0, item, old),
                self._place(1, item, new),
            )

    def _key(self, side: int, position: int) -> RowKey | None:
        if position < 0:
            return None
        block, own = self._stands(side, position)
        return RowKey(block.source, block.sheet, own)

    def _place(self, side: int, item: str, position: int) -> CellReference | None:
        """Return the cell of an answer, None where there is no such row or its form did not ask."""
        if position < 0:
            return None
        block, own = self._stands(side, position)
        if item not in block.cells:
            return None
        row, column = block.cells[item]
        return CellReference(block.file, block.sheet, row or own, column or own)

    def _stands(self, side: int, position: int) -> tuple[Block, int]:
        block, row = self._places[side]
        return self._sides[side].blocks[block[position]], row[position]

    def _text(self, side: int, item: str, position: int) -> str:
        texts = self._texts[side]
        if item not in texts:
            texts[item] = self._sides[side].originals[item].astype(object).fillna("").tolist()
        return texts[item][position] if position >= 0 else ""

    def _value(self, side: int, item: str, position: int) -> Value:
        values = self._values[side]
        if item not in values:
            column = self._sides[side].values[item].astype(object)
            values[item] = column.where(column.notna(), None).tolist()
        return values[item][position] if position >= 0 else None
