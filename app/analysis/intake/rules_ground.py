"""What rules are checked on: the numbers and answers of a table, and the finding of a rule at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.conditions import items_of
from app.analysis.intake.clean import NUMBERS
from app.domain.findings import CellReference, Finding
from app.domain.instrument import Instrument, Item, Role
from app.domain.responses import Responses
from app.domain.rules import Rule

Floats = npt.NDArray[np.float64]
Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A table of responses with the instrument that asked for it.

    `values` are those of the responses without numbers out of range, which have a finding of their own; `blocks` and `rows`
    where each response stands. `texts` remembers columns of originals: a table may break rules thousands of times.
    """

    responses: Responses
    instrument: Instrument
    values: pd.DataFrame
    blocks: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    texts: dict[str, tuple[npt.NDArray[np.int64], tuple[str, ...]]] = field(default_factory=dict)
    numbers: dict[str, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, responses: Responses, instrument: Instrument) -> Ground:
        """Return the ground of a table."""
        sound = {item.code: column for item in instrument.items if (column := _sound(responses.values, item)) is not None}
        values = responses.values.assign(**sound) if sound else responses.values
        blocks, rows = (responses.places[name].to_numpy(dtype=np.int64) for name in ("block", "row"))
        return cls(responses, instrument, values, blocks, rows)

    def exact(self, item: str) -> Floats:
        """Return the exact numbers of an item, NaN where blank or only about, at least … so much; shape (n,); read only."""
        if item not in self.numbers:  # several rules ask for the same items
            self.numbers[item] = self._exact(item)
        return self.numbers[item]

    def _exact(self, item: str) -> Floats:
        values: Floats = self.values[item].to_numpy(dtype=np.float64, copy=True)
        qualifiers = self.responses.qualifiers
        if qualifiers is not None and len(qualifiers):
            loose = (qualifiers["item"] == item) & (qualifiers["qualifier"] != "remainder")
            values[qualifiers.loc[loose, "position"].to_numpy()] = np.nan
        return values

    def original(self, position: int, item: str) -> str:
        """Return the text as received, "" where blank or not asked."""
        if item not in self.texts:
            self.texts[item] = self._originals(item)
        codes, texts = self.texts[item]
        return texts[codes[position]] if len(codes) else ""

    def finding(self, rule: Rule, position: int, items: Sequence[str], params: Params) -> Finding:
        """Return the finding of `rule` at the first of `items` that the form asked, or at the response's own line."""
        block = self.responses.blocks[self.blocks[position]]
        for item in items:
            if item in block.cells:
                place = self.cell(position, item)
                return Finding(code_of(rule), rule.severity, place, self.original(position, item).strip(), params)
        return Finding(code_of(rule), rule.severity, self.line(position), "", params)

    def cell(self, position: int, item: str) -> CellReference:
        """Return where the answer to `item` stands, which the form of this response asked; KeyError where it did not."""
        block, own = self.responses.blocks[self.blocks[position]], int(self.rows[position])
        row, column = block.cells[item]
        return CellReference(block.file, block.sheet, row or own, column or own)

    def place(self, position: int, item: str) -> tuple[CellReference, str]:
        """Return the cell of an answer that is there, and its text."""
        return self.cell(position, item), self.original(position, item).strip()

    def line(self, position: int) -> CellReference:
        """Return where a response says whose it is: the cell of its name or code, else its whole line."""
        block, own = self.responses.blocks[self.blocks[position]], int(self.rows[position])
        for role in (Role.NAME, Role.CREDIT_CODE):
            item = self.instrument.with_role(role)
            if item is not None and item.code in block.cells and self.original(position, item.code):
                return self.cell(position, item.code)
        return CellReference(block.file, block.sheet, *((0, own) if block.across else (own, 0)))

    def _originals(self, item: str) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
        """Return the originals of an item as codes into its texts, blank last; nothing where the table has no such column."""
        if item not in self.responses.originals:
            return np.zeros(0, dtype=np.int64), ()
        codes, texts = pd.factorize(self.responses.originals[item])
        return codes.astype(np.int64), (*map(str, texts), "")


def _sound(values: pd.DataFrame, item: Item) -> Floats | None:
    """Return the numbers of an item with those out of its range as NaN, None where none is."""
    if item.type not in NUMBERS or (item.low is None and item.high is None) or item.code not in values:
        return None
    numbers: Floats = values[item.code].to_numpy(dtype=np.float64)
    low, high = (-np.inf if item.low is None else item.low), (np.inf if item.high is None else item.high)
    with np.errstate(invalid="ignore"):
        wrong = (numbers < low) | (numbers > high)
    return np.where(wrong, np.nan, numbers) if wrong.any() else None


def code_of(rule: Rule) -> str:
    """Return the finding code of a rule."""
    return f"rule.{rule.id}"


def items_needed(rule: Rule) -> tuple[str, ...]:
    """Return every item that a rule names."""
    conditions = [condition for condition in (rule.given, rule.must) if condition is not None]
    return (*rule.left, *rule.right, *(item for condition in conditions for item in items_of(condition)))


def rules_for(rules: Sequence[Rule], instrument: Instrument) -> tuple[Rule, ...]:
    """Return the rules that hold for an instrument: its own, and those of every instrument that has their items."""
    codes = {item.code for item in instrument.items}
    return tuple(rule for rule in rules if rule.instrument in ("", instrument.id) and codes.issuperset(items_needed(rule)))


def written(value: float) -> str:
    """Write a number as findings show it: no trailing zeros, no exponent."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
