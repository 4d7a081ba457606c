"""The tables of a Word document as they stand on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.paper import Align, Block, Box, Edge, Grid, GridCell, GridRow, Turn
from app.files.pages.look import TWIP, Look, box_of, flat, merged
from app.files.pages.package import child, colour_of, full, is_on, number, value
from app.files.pages.text import Source

Reader = Callable[[Any, Source, Look, Look], tuple[Block, ...]]
_TURNS: dict[str, Turn] = {"btLr": "up", "tbRl": "down", "tbRlV": "down"}
_ALIGNS: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}
_ANCHORS = {"center": "center", "bottom": "bottom"}
_SIDES = (("left", "start"), ("top",), ("right", "end"), ("bottom",))
_PAD = (5.4, 0.0, 5.4, 0.0)


def read_table(node: Any, source: Source, content: Reader) -> Grid:
    """Return a `w:tbl`; `content` reads what stands in a cell."""
    own = flat(child(node, "w:tblPr"))
    style = own.get("tblStyle", {}).get("val") or source.styles.usual("table")
    look = merged(source.styles.of(style, "w:tblPr"), own)
    box = box_of(look, "tblBorders")
    rows = [_row(row, source, (style, _padded(look, "tblCellMar", _PAD)), content) for row in _rows(node)]
    indent = look.get("tblInd", {}).get("w", "0")
    return Grid(
        _widths(node, rows),
        tuple(_edged(_merged_down(rows), box, style, source)),
        _ALIGNS.get(look.get("jc", {}).get("val", ""), "left"),
        float(indent) * TWIP if indent.lstrip("-").isdigit() else 0.0,
    )


def _rows(node: Any) -> list[Any]:
    """Rows may stand in content controls."""
    return [row for part in node for row in ([part] if part.tag == full("w:tr") else _within(part, "w:tr"))]


def _within(part: Any, name: str) -> list[Any]:
    return list(part.iter(full(name))) if part.tag == full("w:sdt") else []


def _row(node: Any, source: Source, style: tuple[str, tuple[float, float, float, float]], content: Reader) -> GridRow:
    properties = child(node, "w:trPr")
    height = child(properties, "w:trHeight")
    cells, place = [], int(number(child(properties, "w:gridBefore")) or 0)
    for part in node:
        for cell in [part] if part.tag == full("w:tc") else _within(part, "w:tc"):
            made = _cell(cell, source, style, content)
            cells.append((place, made))
            place += made.span
    return GridRow(
        tuple(cells),
        header=is_on(child(properties, "w:tblHeader")),
        whole=is_on(child(properties, "w:cantSplit")),
        height=(number(height) or 0.0) * TWIP,
        exact=value(height, "w:hRule") == "exact",
    )


def _cell(node: Any, source: Source, style: tuple[str, tuple[float, float, float, float]], content: Reader) -> GridCell:
    name, pad = style
    look = merged(source.styles.of(name, "w:tcPr"), flat(child(node, "w:tcPr")))
    blocks = content(node, source, source.styles.of(name, "w:pPr"), source.styles.of(name, "w:rPr"))
    joined = look.get("vMerge")
    return GridCell(
        blocks,
        span=max(1, int(number(child(node, "w:tcPr", "w:gridSpan")) or 1)),
        rows=1 if joined is None or joined.get("val") == "restart" else 0,  # 0: the cell above reaches down
        ground=colour_of(look.get("shd", {}).get("fill", "")),
        anchor=_ANCHORS.get(look.get("vAlign", {}).get("val", ""), "top"),  # type: ignore[arg-type]  # the values above
        turn=_TURNS.get(look.get("textDirection", {}).get("val", ""), ""),
        pad=_padded(look, "tcMar", pad),
        box=box_of(look, "tcBorders"),
    )


def _padded(look: Look, name: str, pad: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    found = []
    for sides, usual in zip(_SIDES, pad, strict=True):
        said = next((look[f"{name}/{side}"].get("w", "") for side in sides if f"{name}/{side}" in look), "")
        found.append(float(said) * TWIP if said.isdigit() else usual)
    return (found[0], found[1], found[2], found[3])


def _widths(node: Any, rows: list[GridRow]) -> tuple[float, ...]:
    """Return the widths of the grid; a table that states none gets columns of an inch."""
    said = [(number(column, "w:w") or 0.0) * TWIP for column in node.iterfind(f"{full('w:tblGrid')}/{full('w:gridCol')}")]
    columns = max((place + cell.span for row in rows for place, cell in row.cells), default=0)
    said += [72.0] * (columns - len(said))
    return tuple(width or 72.0 for width in said)


def _merged_down(rows: list[GridRow]) -> list[GridRow]:
    """Let cells that reach down know how far; those they cover are left out."""
    result: list[GridRow] = []
    for place, row in enumerate(rows):
        kept = []
        for column, cell in row.cells:
            if cell.rows:
                kept.append((column, replace(cell, rows=1 + _covered(rows[place + 1 :], column))))
        result.append(replace(row, cells=tuple(kept)))
    return result


def _covered(rows: list[GridRow], column: int) -> int:
    count = 0
    for row in rows:
        if not any(place == column and cell.rows == 0 for place, cell in row.cells):
            break
        count += 1
    return count


def _edged(rows: list[GridRow], box: Box, style: str, source: Source) -> list[GridRow]:
    """Give every cell its rules: its own, else the table's; those of the table's first row by its style."""
    columns = max((place + cell.span for row in rows for place, cell in row.cells), default=0)
    first = box_of(source.styles.conditional(style, "firstRow", "w:tcPr"), "tcBorders")
    result = []
    for number_, row in enumerate(rows):
        cells = []
        for place, cell in row.cells:
            last = number_ + cell.rows >= len(rows)
            own = _own(cell.box, first) if number_ == 0 else cell.box
            inner = Box(
                own.top if own.top.width else (box.top if number_ == 0 else box.across),
                own.bottom if own.bottom.width else (box.bottom if last else box.across),
                own.left if own.left.width else (box.left if place == 0 else box.between),
                own.right if own.right.width else (box.right if place + cell.span >= columns else box.between),
            )
            cells.append((place, replace(cell, box=inner)))
        result.append(replace(row, cells=tuple(cells)))
    return result


def _own(box: Box, styled: Box) -> Box:
    def pick(one: Edge, other: Edge) -> Edge:
        return one if one.width else other

    return Box(*(pick(getattr(box, side), getattr(styled, side)) for side in ("top", "bottom", "left", "right")))
