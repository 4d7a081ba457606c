"""One township's workbook: its draft laid out in its shape, written in its format, with its part of the answer key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.files.demo_county.answer_key import FileKey, fault_rows, long_sheet, wide_sheet
from app.files.demo_county.columns import Wordbook, make_columns
from app.files.demo_county.draft import Draft, World
from app.files.demo_county.extra_sheets import add_choices, extra_grids
from app.files.demo_county.grid import Grid
from app.files.demo_county.layout import Placed, lay_out
from app.files.demo_county.layout_body import BodyRow
from app.files.demo_county.layout_long import VALUE_COLUMN, LongForm, lay_out_long
from app.files.demo_county.plan import WAVES, stream
from app.files.demo_county.writers import write_csv, write_html, write_xls, write_xlsx

_HEADERS = 11
_ENCODINGS = {"csv-gb18030": "gb18030", "csv-utf8": "utf-8-sig"}


def write_workbook(world: World, book: Wordbook, draft: Draft, folder: Path) -> FileKey:
    """Write the workbook of a draft under folder/<year>/ and return its key."""
    words = _words(world, draft)
    file = f"{WAVES[draft.wave][0]}/{draft.shape.file.format(**words)}"
    if draft.shape.orientation == "long":
        grids, sheets = _long(world, book, draft, words)
    else:
        grids, sheets = _wide(world, book, draft, words)
    _write(folder / file, draft, grids)
    record = {
        "file": file,
        "wave": WAVES[draft.wave][0],
        "township": words["town"],
        "shape": draft.shape.id,
        "format": draft.shape.format,
        "sheets": sheets,
    }
    return FileKey(file, record, fault_rows(world, draft, file, sheets))


def _words(world: World, draft: Draft) -> dict[str, Any]:
    town = world.plan.townships[draft.town].name
    return {"county": world.plan.county, "town": town, "year": WAVES[draft.wave][0], "count": len(draft.lines)}


def _wide(world: World, book: Wordbook, draft: Draft, words: dict[str, Any]) -> tuple[list[Grid], list[dict[str, Any]]]:
    rng = stream(world.seed, _HEADERS, draft.town)
    columns = make_columns(draft.shape, draft.items, book, rng)
    sections = world.taxonomy.sections
    body = [BodyRow(line.firm.serial, line.cells, sections[line.firm.section].words.zh, line.remark) for line in draft.lines]
    placed = lay_out(draft.shape, columns, body, words)
    _falsify_totals(draft, placed)
    add_choices(placed, draft.shape, columns, world.plan.writing)
    extra = extra_grids(draft.shape, columns, world.plan.writing)
    return [placed.grid, *extra], [wide_sheet(draft, placed)]


def _falsify_totals(draft: Draft, placed: Placed) -> None:
    """Replace the totals that carry a planted fault by the number a clerk mistyped."""
    for fault in draft.faults:
        if fault.line < 0 and placed.total_rows:
            cell = placed.total_rows[0] - 1, placed.columns[fault.item] - 1
            placed.grid.put(*cell, float(fault.text), "total")


def _long(world: World, book: Wordbook, draft: Draft, words: dict[str, Any]) -> tuple[list[Grid], list[dict[str, Any]]]:
    form = LongForm(draft.shape, draft.items, book, world.plan.writing["headers"]["long"])
    grids, sheets = [], []
    for position, line in enumerate(draft.lines):
        name = f"{position + 1:02d}{line.firm.name.removeprefix(world.plan.short)[:6]}"
        placed = lay_out_long(form, line.cells, {**words, "name": name})
        grids.append(placed.grid)
        sheets.append(long_sheet(draft, position, placed, VALUE_COLUMN + 1))
    return grids, sheets


def _write(path: Path, draft: Draft, grids: Sequence[Grid]) -> None:
    kind = draft.shape.format
    created = datetime.fromisoformat(WAVES[draft.wave][1])
    if kind == "xlsx":
        write_xlsx(path, grids, created, path.stem)
    elif kind == "xls":
        write_xls(path, grids)
    elif kind == "html":
        write_html(path, grids[0])
    else:
        write_csv(path, grids[0], _ENCODINGS[kind])
