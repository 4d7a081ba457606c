"""The answer key: every true value with its cell, and every planted fault, as compact JSON.

A sheet's record names its items once. WIDE: `columns` gives each item's column letters and each row is
[spreadsheet row, firm, value…]. LONG: `cells` gives each item's address, and there is one row, its row number 0.
Values are as cleaning must store them: option codes (several joined by |), yes | no | planned | unknown | na,
money in 万元, percents as fractions, null for blank. `firm` is the index into `firms`. `assessed_levels` holds the true level of
each firm in the wave that is visited, in the order of `firms`, and the firms assessed though they are not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.findings import column_letters
from app.files.demo_county.draft import Draft, Fault, World
from app.files.demo_county.layout import Placed
from app.files.demo_county.layout_long import LongPlaced
from app.files.demo_county.on_site import assessed_wave, level_of_state, strangers
from app.files.demo_county.plan import WAVES

Row = list[Any]


@dataclass(frozen=True, slots=True)
class FileKey:
    """The key of one file: its relative name, sheets with true values, and its planted faults."""

    file: str
    record: Mapping[str, Any]
    faults: Sequence[Row]


def wide_sheet(draft: Draft, placed: Placed) -> dict[str, Any]:
    """Return the record of a sheet that holds a firm a row."""
    codes = [item.code for item in draft.items]
    rows = [
        [row, line.firm.serial, *(line.cells[code].value for code in codes)]
        for row, line in zip(placed.rows, draft.lines, strict=True)
    ]
    return {
        "sheet": placed.grid.name,
        "orientation": "wide",
        "header_rows": list(placed.header_rows),
        "total_rows": list(placed.total_rows),
        "subtotal_rows": list(placed.subtotal_rows),
        "items": codes,
        "columns": [column_letters(placed.columns[code]) for code in codes],
        "rows": rows,
    }


def long_sheet(draft: Draft, position: int, placed: LongPlaced, value_column: int) -> dict[str, Any]:
    """Return the record of one firm's own sheet."""
    line, codes = draft.lines[position], [item.code for item in draft.items]
    return {
        "sheet": placed.grid.name,
        "orientation": "long",
        "header_rows": [placed.header_row],
        "total_rows": [],
        "subtotal_rows": [],
        "items": codes,
        "cells": [f"{column_letters(value_column)}{placed.rows[code]}" for code in codes],
        "rows": [[0, line.firm.serial, *(line.cells[code].value for code in codes)]],
    }


def fault_rows(world: World, draft: Draft, file: str, sheets: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return [code, kind, file, sheet, cell, text, item, firm] of each fault of a draft."""
    codes = {kind["kind"]: kind["code"] for kind in world.plan.faults}
    rows: list[Row] = []
    for fault in draft.faults:
        sheet, cell = _place(draft, fault, sheets)
        firm = draft.lines[fault.line].firm.serial if fault.line >= 0 else None
        rows.append([codes[fault.kind], fault.kind, file, sheet, cell, fault.text, fault.item, firm])
    return rows


def _place(draft: Draft, fault: Fault, sheets: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    if draft.shape.orientation == "long":
        sheet = sheets[fault.line]
        return str(sheet["sheet"]), str(sheet["cells"][sheet["items"].index(fault.item)])
    sheet = sheets[0]
    row = sheet["total_rows"][0] if fault.line < 0 else sheet["rows"][fault.line][0]
    return str(sheet["sheet"]), f"{sheet['columns'][sheet['items'].index(fault.item)]}{row}"


def key_text(world: World, files: Sequence[FileKey]) -> str:
    """Return the whole key as compact JSON, one line a file so that differences can be read."""
    head = {
        "synthetic": True,
        "county": world.plan.county,
        "seed": world.seed,
        "instrument": world.instrument.id,
        "version": world.instrument.version,
        "waves": [{"id": wave, "date": date} for wave, date in WAVES],
        "fault_columns": ["code", "kind", "file", "sheet", "cell", "text", "item", "firm"],
    }
    firms = [[firm.name, firm.code, firm.section, firm.division, *(f.size for f in firm.figures)] for firm in world.firms]
    parts = [f'"{name}":{_json(value)}' for name, value in head.items()]
    parts.append('"firm_columns":["name","code","sector","division","size_2025","size_2026"]')
    parts.append('"firms":' + _json(firms))
    parts.append('"assessed_levels":' + _json(_assessed_levels(world)))
    parts.append('"files":[\n' + ",\n".join(_json(key.record) for key in files) + "\n]")
    parts.append('"faults":[\n' + ",\n".join(_json(row) for key in files for row in key.faults) + "\n]")
    return "{" + ",\n".join(parts) + "}\n"


def _assessed_levels(world: World) -> dict[str, object]:
    """Return the true level of every firm in the wave that is visited (null: not there then), and who is assessed in vain."""
    wave = assessed_wave(world.plan)
    levels = level_of_state(world.plan, world.states)
    there = [level if firm.exists[wave] else None for firm, level in zip(world.firms, levels, strict=True)]
    return {"wave": WAVES[wave][0], "levels": there, "strangers": strangers(world.plan)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
