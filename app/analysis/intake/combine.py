"""Responses of many sheets and waves as one table, with one identity for each firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.columns import categorical, stacked, text_array
from app.analysis.intake.firm_findings import STUDY_LEVEL, Counting, firm_findings
from app.analysis.intake.identity import firm_ids, firm_keys
from app.domain.decisions import Guidance, RowKey
from app.domain.findings import Finding
from app.domain.firm_names import NameBook
from app.domain.instrument import Instrument, Role
from app.domain.responses import Responses

__all__ = ["STUDY_LEVEL", "aside_rows", "assign_wave", "combine", "silent_rows"]

Bools = npt.NDArray[np.bool_]
_IDENTITY = (Role.NAME, Role.CREDIT_CODE, Role.TOWNSHIP, Role.INDUSTRY)  # what a form may hold before anybody answers


def combine(
    parts: Sequence[Responses],
    earlier: Responses | None,
    guidance: Guidance = Guidance(),  # noqa: B008 - a frozen value
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
    instrument: Instrument | None = None,
) -> tuple[Responses, tuple[Finding, ...]]:
    """Return `earlier` and `parts` as one table with firm ids over waves, and the findings that show only in the whole.

    A firm that answers twice in a wave is kept twice and counted once: the first in the order of the tables that nobody put
    aside. With `instrument` a line that names a firm and answers nothing is kept and never counts. What was found of
    `earlier` before is not told again, but that two earlier responses are of one firm may come to light only with `parts`.
    ValueError when there is nothing.
    """
    tables = [table for table in (earlier, *parts) if table is not None]
    if not tables:
        raise ValueError("nothing to combine")
    whole = tables[0] if len(tables) == 1 else _stack(tables)
    before = np.zeros(0, dtype=object) if earlier is None else earlier.firms["firm"].to_numpy(dtype=object)
    keys = firm_keys(whole, names)
    ids = firm_ids(keys, before, guidance.decisions)
    silent = np.zeros(len(whole), dtype=bool) if instrument is None else silent_rows(whole, instrument)
    counting = _counting(ids, whole.firms["wave"], aside_rows(whole, guidance.aside), silent)
    firms = whole.firms.assign(firm=text_array(ids), counted=counting.counted)
    combined = replace(whole, firms=firms)
    told = np.zeros(len(combined), dtype=np.int8)
    if earlier is not None:
        told[: len(earlier)] = np.where(earlier.firms["counted"].to_numpy(dtype=bool), 1, 2)
    return combined, tuple(firm_findings(combined, keys, counting, told))


def assign_wave(responses: Responses, wave_id: str) -> Responses:
    """Return the responses as those of wave `wave_id`."""
    wave = categorical(np.zeros(len(responses), dtype=np.int32), (wave_id,))
    blocks = tuple(replace(block, wave=wave_id) for block in responses.blocks)
    return replace(responses, firms=responses.firms.assign(wave=wave), blocks=blocks)


def aside_rows(responses: Responses, aside: Sequence[RowKey]) -> Bools:
    """Return which responses were put aside; shape (n,)."""
    rows_of: dict[tuple[str, str], list[int]] = {}
    for key in aside:
        rows_of.setdefault((key.source, key.sheet), []).append(key.row)
    mask = np.zeros(len(responses), dtype=bool)
    block_of, rows = responses.places["block"].to_numpy(), responses.places["row"].to_numpy()
    for number, block in enumerate(responses.blocks if rows_of else ()):
        if (block.source, block.sheet) in rows_of:
            mask |= (block_of == number) & np.isin(rows, rows_of[block.source, block.sheet])
    return mask


def silent_rows(responses: Responses, instrument: Instrument) -> Bools:
    """Return which responses name a firm and answer nothing, as a form that came filled in with its firms; shape (n,).

    A mark such as / is an answer, and so is what a person put into a blank cell.
    """
    asked = [item.code for item in instrument.items if item.role not in _IDENTITY and item.code in responses.originals]
    named = responses.firms[["name", "code"]].fillna("").ne("").any(axis=1)
    silent: Bools = named.to_numpy(dtype=bool) & bool(asked)
    for code in asked:
        silent &= responses.originals[code].isna().to_numpy() & responses.values[code].isna().to_numpy()
    return silent


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
        qualifiers=_stacked_qualifiers(tables),
    )


def _stacked_qualifiers(tables: Sequence[Responses]) -> pd.DataFrame | None:
    """Return the inexact numbers of all tables by position in the whole, None when nobody looked in any."""
    starts = np.cumsum([0, *map(len, tables)])
    looked = [
        table.qualifiers.assign(position=(table.qualifiers["position"] + start).astype(np.int32))
        for table, start in zip(tables, starts, strict=False)
        if table.qualifiers is not None
    ]
    return stacked(looked) if looked else None


def _counting(ids: npt.NDArray[np.object_], waves: pd.Series, aside: Bools, silent: Bools) -> Counting:
    """Return for each response the one that counts for its firm in its wave, −1 for none: the first with answers that is not
    aside."""
    firm, _ = pd.factorize(ids)
    wave = waves.cat.codes.to_numpy().astype(np.int64)
    key = firm.astype(np.int64) * (wave.max(initial=0) + 1) + wave
    _, group = np.unique(key, return_inverse=True)
    standing = np.flatnonzero(~(aside | silent))[::-1]
    first = np.full(int(group.max(initial=-1)) + 1, -1, dtype=np.int64)
    first[group[standing]] = standing
    counting = first[group]
    return Counting(counting == np.arange(len(ids)), counting, aside, silent & ~aside)
