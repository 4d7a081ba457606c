"""Responses of many sheets and waves as one table, with one identity for each firm."""

from __future__ import annotations

from collections.abc import Sequence
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
    """Return `earlier` and `parts` as one table with firm ids over waves, and findings on the firms of `parts`.

    A firm that answers twice in a wave is kept twice and counted once, the first time. ValueError when there is nothing.
    """
    tables = [table for table in (earlier, *parts) if table is not None]
    if not tables:
        raise ValueError("nothing to combine")
    known = len(earlier) if earlier is not None else 0
    whole = tables[0] if len(tables) == 1 else _stack(tables)
    ids = firm_ids(whole, known)
    repeats = _repeats(ids, whole.firms["wave"])
    counted = np.ones(len(whole), dtype=bool)
    counted[repeats.later] = False
    firms = whole.firms.assign(firm=text_array(ids), counted=counted)
    combined = replace(whole, firms=firms)
    return combined, tuple(_findings(combined, repeats, known))


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


def _findings(whole: Responses, repeats: _Repeats, known: int) -> list[Finding]:
    """Return a finding for each new repeat, naming both places; and one where both share a code but not a name."""
    findings = []
    names, codes = whole.firms["name"], whole.firms["code"]
    for later, first in zip(repeats.later.tolist(), repeats.first.tolist(), strict=True):
        if later < known:
            continue
        name, other = names.iat[later], names.iat[first]
        place, counts = _line(whole, later), _line(whole, first)
        findings.append(report("firm.repeat", place, name, counts=str(counts)))
        if name and other and name_key(name) != name_key(other) and codes.iat[later] == codes.iat[first]:
            findings.append(report("code.shared", place, codes.iat[later], name=name, other=other, counts=str(counts)))
    return findings


def _line(whole: Responses, position: int) -> CellReference:
    """Return the cell of the firm's name or code, or its line where the form asks neither."""
    block = whole.blocks[int(whole.places["block"].iat[position])]
    for identity in (whole.firms["name"].iat[position], whole.firms["code"].iat[position]):
        for item in block.cells if identity else ():
            if whole.values[item].iat[position] == identity and (cell := whole.cell(position, item)):
                return cell
    return CellReference(block.file, block.sheet, int(whole.places["row"].iat[position]))
