"""Conditions made ready to be asked of any slice of rows; their logic is that of `analysis.conditions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.conditions import at_least, evaluate, needed, not_below
from app.analysis.index.columns import Reader, Slice, reader_of
from app.domain.condition import Condition
from app.domain.instrument import Instrument

Pillars = Mapping[str, Floats]  # scores 0–100 by pillar code in the rows of a slice, NaN where not scored


@dataclass(frozen=True, slots=True)
class Judge:
    """One condition, ready: `holds` says 1.0, 0.0 or NaN (unknown) for each row of a slice.

    `looks_at_pillars` is whether the answer depends on pillar scores, and so is another for worst and best cases.
    """

    holds: Callable[[Slice, Pillars], Floats]
    looks_at_pillars: bool


class Bench:
    """Makes judges of conditions over one set of columns; equal questions are read once a slice."""

    def __init__(self, columns: Callable[[str], pd.Series | None], instrument: Instrument) -> None:
        self._columns = columns
        self._instrument = instrument
        self._readers: dict[Condition, Reader] = {}

    def judge(self, condition: Condition) -> Judge:
        """Return the judge of a condition; ValueError for an unknown kind."""
        if condition.kind == "answer":
            reader = self._reader(condition)
            return Judge(lambda rows, _pillars: rows.read(reader), looks_at_pillars=False)
        if condition.kind == "pillar":
            return Judge(_of_pillar(condition), looks_at_pillars=True)
        parts, least = [self.judge(part) for part in condition.parts], needed(condition)

        def together(rows: Slice, pillars: Pillars) -> Floats:
            return at_least(least, [part.holds(rows, pillars) for part in parts], len(rows))

        return Judge(together, any(part.looks_at_pillars for part in parts))

    def _reader(self, condition: Condition) -> Reader:
        if condition not in self._readers:
            name = condition.item

            def meaning(column: pd.Series) -> Floats:
                return evaluate(condition, pd.DataFrame({name: column}), self._instrument)

            self._readers[condition] = reader_of(self._columns(name), meaning)
        return self._readers[condition]


def _of_pillar(condition: Condition) -> Callable[[Slice, Pillars], Floats]:
    def reached(rows: Slice, pillars: Pillars) -> Floats:
        if condition.item not in pillars:
            return np.full(len(rows), np.nan)
        return not_below(pillars[condition.item], condition.at_least or 0.0)

    return reached
