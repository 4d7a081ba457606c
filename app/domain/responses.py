"""The cleaned firm table: typed values, the original text of each, and the cell each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.findings import CellReference

if TYPE_CHECKING:
    import pandas as pd

FIRM_COLUMNS = ("firm", "name", "code", "code_valid", "sector", "division", "size", "township", "wave", "counted")
PLACE_COLUMNS = ("block", "row")
QUALIFIER_COLUMNS = ("position", "item", "qualifier", "low", "high", "rest")
QUALIFIERS = ("about", "at_least", "more_than", "at_most", "less_than", "range", "remainder")


@dataclass(frozen=True, slots=True)
class Block:
    """One sheet of one source. `cells` maps an item to its one-based (row, column); 0 stands for the response's own place.

    Row 0: the responses stand in rows; column 0: in columns (an indicator a row, a firm a column). `options` maps an item
    whose options have a column each to the cell of each option, by option code; its `cells` entry is the first of them.
    `headings` and `units`: the heading over an item as the form has it, and the unit it was read in.
    """

    source: str
    file: str
    sheet: str
    wave: str
    cells: Mapping[str, tuple[int, int]]
    options: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def across(self) -> bool:
        """Whether each response stands in a column of its own; `places["row"]` then holds that column."""
        return any(column == 0 for _, column in self.cells.values())


@dataclass(frozen=True, slots=True)
class Responses:
    """All responses of a study, one row a response (a firm in a wave), four frames with one RangeIndex.

    values     one column an item, typed by ItemType: float64 for numbers, `category` for closed items, `str` for text;
               missing is NaN, never "no".
    originals  the same columns: the text as received (`category`), NaN where the cell was blank.
    firms      FIRM_COLUMNS: `firm` (stable id over waves), `name`, `code`, `code_valid`, `sector` (GB/T 4754 letter, or the
               option code of an instrument with its own industry list; "" unknown), `division` (two digits or ""),
               `size` (large|medium|small|micro|""), `township`, `wave`, `counted` (False: a repeat, kept but not counted).
    places     PLACE_COLUMNS: index into `blocks`, and the one-based spreadsheet row (0 in a LONG sheet; the
               column where `Block.across`).
    qualifiers QUALIFIER_COLUMNS, one row for each number that was not exact, by position and item: `position` (int32) of the
               response, `item` and `qualifier` (category; one of QUALIFIERS), `low` and `high` its ends in the stored unit
               (NaN: open or not said), `rest` what stood behind the number (120（其中研发20）). None: nobody looked.
    """

    values: pd.DataFrame
    originals: pd.DataFrame
    firms: pd.DataFrame
    places: pd.DataFrame
    blocks: tuple[Block, ...]
    qualifiers: pd.DataFrame | None = None

    def __len__(self) -> int:
        return len(self.firms)

    def cell(self, position: int, item: str, option: str = "") -> CellReference | None:
        """Return where the answer to `item` of response `position` stands, or None when its form did not ask.

        With `option` the cell of that option alone, None where the options have no columns of their own.
        """
        block = self.blocks[int(self.places["block"].iat[position])]
        place = block.options.get(item, {}).get(option) if option else block.cells.get(item)
        if place is None:
            return None
        own = int(self.places["row"].iat[position])
        return CellReference(block.file, block.sheet, place[0] or own, place[1] or own)
