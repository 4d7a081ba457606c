"""The cleaned firm table: typed values, the original text of each, and the cell each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.findings import CellReference

if TYPE_CHECKING:
    import pandas as pd

FIRM_COLUMNS = ("firm", "name", "code", "code_valid", "sector", "division", "size", "township", "wave", "counted")
PLACE_COLUMNS = ("block", "row")


@dataclass(frozen=True, slots=True)
class Block:
    """One sheet of one source. `cells` maps an item to its one-based (row, column); row 0 means the response's own row."""

    source: str
    file: str
    sheet: str
    wave: str
    cells: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Responses:
    """All responses of a study, one row a response (a firm in a wave), four frames with one RangeIndex.

    values     one column an item, typed by ItemType: float64 for numbers, `category` for closed items, `str` for text;
               missing is NaN, never "no".
    originals  the same columns: the text as received (`category`), NaN where the cell was blank.
    firms      FIRM_COLUMNS: `firm` (stable id over waves), `name`, `code`, `code_valid`, `sector` (GB/T 4754 letter, or the
               option code of an instrument with its own industry list; "" unknown), `division` (two digits or ""),
               `size` (large|medium|small|micro|""), `township`, `wave`, `counted` (False: a repeat, kept but not counted).
    places     PLACE_COLUMNS: index into `blocks`, and the one-based spreadsheet row (0 in a LONG sheet).
    """

    values: pd.DataFrame
    originals: pd.DataFrame
    firms: pd.DataFrame
    places: pd.DataFrame
    blocks: tuple[Block, ...]

    def __len__(self) -> int:
        return len(self.firms)

    def cell(self, position: int, item: str) -> CellReference | None:
        """Return where the answer to `item` of response `position` stands, or None when its form did not ask."""
        block = self.blocks[int(self.places["block"].iat[position])]
        if item not in block.cells:
            return None
        row, column = block.cells[item]
        return CellReference(block.file, block.sheet, row or int(self.places["row"].iat[position]), column)
