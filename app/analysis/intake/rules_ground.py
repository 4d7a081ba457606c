"""What rules are checked on: the numbers and answers of a table, and the finding of a rule at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

    `values` are those of the responses without numbers out of range, which have a finding of their own.
    """

    responses: Responses
    instrument: Instrument
    values: pd.DataFrame

    @classmethod
    def of(cls, responses: Responses, instrument: Instrument) -> Ground:
        """Return the ground of a table."""
        sound = {item.code: column for item in instrument.items if (column := _sound(responses.values, item)) is not None}
        return cls(responses, instrument, responses.values.assign(**sound) if sound else responses.values)

    def exact(self, item: str) -> Floats:
        """Return the exact numbers of an item, NaN where blank or only about, at least … so much; shape (n,)."""
        values: Floats = self.values[item].to_numpy(dtype=np.float64, copy=True)
        qualifiers = self.responses.qualifiers
        if qualifiers is not None and len(qualifiers):
            loose = (qualifiers["item"] == item) & (qualifiers["qualifier"] != "remainder")
            values[qualifiers.loc[loose, "position"].to_numpy()] = np.nan
        return values

    def original(self, position: int, item: str) -> str:
        """Return the text as received, "" where blank or not asked."""
        text = self.responses.originals[item].iat[position] if item in self.responses.originals else ""
        return text if isinstance(text, str) else ""

    def finding(self, rule: Rule, position: int, items: Sequence[str], params: Params) -> Finding:
        """Return the finding of `rule` at the first of `items` that the form asked, or at the response's own line."""
        for item in items:
            place = self.responses.cell(position, item)
            if place is not None:
                return Finding(code_of(rule), rule.severity, place, self.original(position, item).strip(), params)
        return Finding(code_of(rule), rule.severity, self.line(position), "", params)

    def line(self, position: int) -> CellReference:
        """Return where a response says whose it is: the cell of its name or code, else its whole line."""
        for role in (Role.NAME, Role.CREDIT_CODE):
            item = self.instrument.with_role(role)
            place = self.responses.cell(position, item.code) if item is not None else None
            if item is not None and place is not None and self.original(position, item.code):
                return place
        block = self.responses.blocks[int(self.responses.places["block"].iat[position])]
        own = int(self.responses.places["row"].iat[position])
        return CellReference(block.file, block.sheet, *((0, own) if block.across else (own, 0)))


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
