"""Responses of many sheets and waves as one table, with one identity for each firm."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.columns import categorical, stacked, text_array
from app.analysis.intake.identity import firm_ids, name_key
from app.analysis.intake.reports import report
from app.domain.findings import CellReference, Finding
from app.domain.responses import Responses


@dataclass(frozen=True, slots=True)
class _Repeats:
    """Positions of repeated responses, and for each the position of the one that counts."""

    later: npt.NDArray[np.intp]
    first: npt.NDArray[np.intp]


def combine(parts: Sequence[Responses], earlier: Responses | None) -> tuple[Responses, tuple[Finding, ...]]:
    """Return `earlier` and `parts` as one table with firm ids over waves, and a finding for each new repeat.

    A firm that answers twice in a wave is kept twice and counted once, the first time; that two earlier responses are of
    one firm may come to light only with `parts`. ValueError when there is nothing.
    """
    tables = [table for table in (earlier, *parts) if table is not None]
    if not tables:
        raise ValueError("nothing to combine")
    known = len(earlier) if earlier is not None else 0
    told = set() if earlier is None else set(np.flatnonzero(~earlier.firms["counted"].to_numpy(dtype=bool)).tolist())
    whole = tables[0] if len(tables) == 1 else _stack(tables)
    ids = firm_ids(whole, known)
    repeats = _repeats(ids, whole.firms["wave"])
    counted = np.ones(len(whole), dtype=bool)
    counted[repeats.later] = False
    firms = whole.firms.assign(firm=text_array(ids), counted=counted)
    combined = replace(whole, firms=firms)
    return combined, tuple(_findings(combined, repeats, told))


def assign_wave(responses: Responses, wave_id: str) -> Responses:
    """Return the responses as those of wave `wave_id`."""
    wave = categorical(np.zeros(len(responses), dtype=np.int32), (wave_id,))
    blocks = tuple(replace(block, wave=wave_id) for block in responses.blocks)
    return replace(responses, firms=responses.firms.assign(wave=wave), blocks=blocks)


def _stack(tables: Sequence[Responses]) -> Responses:
    starts = np.cumsum([0, *(len(table.blocks) for table in tables)])
    places = [
        table.places.assign(block=(table.places["block"] + start).astype(np.int32))
        for table, start in zip(tables, starts, strict=False)
    ]
    return Responses(
        values=stacked([table.values for table in tables]),
        originals=stacked([table.originals for table in tables]),
        firms=stacked([table.firms for table in tables]),
        places=stacked(places),
        blocks=tuple(block for table in tables for block in table.blocks),
    )


def _repeats(ids: npt.NDArray[np.object_], waves: pd.Series) -> _Repeats:
    firm, _ = pd.factorize(ids)
    wave = waves.cat.codes.to_numpy().astype(np.int64)
    key = firm.astype(np.int64) * (wave.max(initial=0) + 1) + wave
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    counting = first[inverse]
    later = np.flatnonzero(counting != np.arange(len(key)))
    return _Repeats(later, counting[later])


def _findings(whole: Responses, repeats: _Repeats, told: Set[int]) -> list[Finding]:
    """Return a finding for each repeat not yet told, naming both places; and one where both share a code but not a name."""
    findings = []
    places = _Places(whole)
    names, codes = places.names, places.codes
    for later, first in zip(repeats.later.tolist(), repeats.first.tolist(), strict=True):
        if later in told:
            continue
        name, other = names[later], names[first]
        place, counts = places.line(later), places.line(first)
        findings.append(report("firm.repeat", place, name, counts=str(counts)))
        if name and other and codes[later] == codes[first] and name_key(name) != name_key(other):
            findings.append(report("code.shared", place, codes[later], name=name, other=other, counts=str(counts)))
    return findings


class _Places:
    """Where each response stands; columns are taken out of their frames once, not once a response."""

    def __init__(self, whole: Responses) -> None:
        self._whole = whole
        self._answers: dict[str, npt.NDArray[np.object_]] = {}
        self._block = whole.places["block"].tolist()
        self._row = whole.places["row"].tolist()
        self.names = whole.firms["name"].to_numpy(dtype=object)
        self.codes = whole.firms["code"].to_numpy(dtype=object)

    def line(self, position: int) -> CellReference:
        """Return the cell of the firm's name or code, or its line where the form asks neither."""
        block, own_row = self._whole.blocks[self._block[position]], self._row[position]
        for identity in (self.names[position], self.codes[position]):
            for item, (row, column) in block.cells.items() if identity else ():
                if self._answer(item, position) == identity:
                    return CellReference(block.file, block.sheet, row or own_row, column)
        return CellReference(block.file, block.sheet, own_row)

    def _answer(self, item: str, position: int) -> object:
        if item not in self._answers:
            self._answers[item] = self._whole.values[item].to_numpy(dtype=object)
        return self._answers[item][position]
