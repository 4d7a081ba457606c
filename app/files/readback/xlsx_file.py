"""What a workbook says: its sheets with their numbers as stored, the texts and charts drawn upon them, whoever saved it last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.domain.document import Grid, GridKind, Line
from app.files.readback.chart import read_chart
from app.files.readback.docx_file import own_name
from app.files.readback.parts import Package, attribute, related, within
from app.files.readback.sheets import SheetCells, read_sheets

_SHEET = re.compile(r"'?((?:[^'!]|'')+)'?!")


def read_xlsx(package: Package, main: str) -> list[Line | Grid]:
    """Return each sheet, then what is drawn upon it; a sheet is named by a defined name of ours that points to it."""
    names = {sheet: name for node in within(package.xml(main), "definedName") for sheet, name in _named(node)}
    items: list[Line | Grid] = []
    for sheet in read_sheets(package):
        name = names.get(sheet.name, "")
        items.append(Grid(GridKind.SHEET, sheet.rows, name, sheet.name))
        items += _drawn(package, sheet, name)
    return items


def _named(node: Any) -> Iterator[tuple[str, str]]:
    own, found = own_name(attribute(node, "name")), _SHEET.match(node.text or "")
    if own and found:
        yield found[1].replace("''", "'"), own


def _drawn(package: Package, sheet: SheetCells, name: str) -> Iterator[Line | Grid]:
    for node in within(package.xml(sheet.part), "drawing"):
        part = related(package, sheet.part, node)
        if part:
            root = package.xml(part)
            yield from (Line(text, name, sheet.name) for text in _boxed(root) if text)
            charts = (related(package, part, chart) for chart in within(root, "chart"))
            yield from (item for chart in charts if chart for item in read_chart(package, chart, name, sheet.name))


def _boxed(root: Any) -> Iterator[str]:
    """Yield the paragraphs of text boxes."""
    for body in within(root, "txBody"):
        for paragraph in within(body, "p"):
            yield "".join(each.text or "" for each in within(paragraph, "t")).strip()
