"""What a deck says: the texts, tables and charts of its slides and notes in order, whoever saved it last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.document import Entry, Grid, GridKind, Line
from app.files.readback.chart import read_chart
from app.files.readback.docx_file import own_name
from app.files.readback.parts import Package, attribute, children, inside, local, related, within

_FILLED_IN = ("slidenum", "datetime")
_TITLES = ("title", "ctrTitle")
_NOTES = "notesSlide"


def read_pptx(package: Package, main: str) -> list[Line | Grid]:
    """Return the items of all slides; `where` is the slide's number and title."""
    items: list[Line | Grid] = []
    listed = inside(package.xml(main), "sldIdLst")
    for number, node in enumerate(listed if listed is not None else (), 1):
        part = _slide(package, main, node)
        if part:
            where = f"{number} · {_title(package.xml(part))}".rstrip(" ·")
            items += _shapes(package, part, package.xml(part), where)
            notes = [each for each in package.relations(part).values() if f"/{_NOTES}" in each and package.has(each)]
            items += [item for each in notes for item in _shapes(package, each, package.xml(each), where)]
    return items


def _slide(package: Package, main: str, node: Any) -> str:
    """Return the part of a slide: its list names it by the relation's id beside an id of its own."""
    relations = package.relations(main)
    ids = [text for key, text in node.attrib.items() if key.startswith("{")]
    return next((relations[id_] for id_ in ids if package.has(relations.get(id_, ""))), "")


def _title(root: Any) -> str:
    for shape in within(root, "sp"):
        if next((True for each in within(shape, "ph") if attribute(each, "type") in _TITLES), False):
            return " ".join(text for text in _paragraphs(shape) if text)
    return ""


def _shapes(package: Package, part: str, node: Any, where: str) -> Iterator[Line | Grid]:
    for each in children(node):
        name = local(each)
        if name == "sp":
            yield from (Line(text, _name(each), where) for text in _paragraphs(each) if text)
        elif name == "graphicFrame":
            yield from _frame(package, part, each, where)
        elif name in ("cSld", "spTree", "grpSp"):
            yield from _shapes(package, part, each, where)


def _frame(package: Package, part: str, node: Any, where: str) -> Iterator[Line | Grid]:
    for table in within(node, "tbl"):
        rows = tuple(tuple(Entry("\n".join(_paragraphs(cell))) for cell in within(row, "tc")) for row in within(table, "tr"))
        yield Grid(GridKind.TABLE, rows, _name(node), where)
    for chart in within(node, "chart"):
        found = related(package, part, chart)
        if found:
            yield from read_chart(package, found, _name(node), where)


def _name(node: Any) -> str:
    return next((own_name(attribute(each, "name")) for each in within(node, "cNvPr")), "")


def _paragraphs(node: Any) -> list[str]:
    return ["".join(_runs(paragraph)).strip() for paragraph in within(node, "p")]


def _runs(paragraph: Any) -> Iterator[str]:
    for each in paragraph:
        if local(each) == "br":
            yield "\n"
        elif local(each) != "fld" or not attribute(each, "type").startswith(_FILLED_IN):
            yield "".join(text.text or "" for text in within(each, "t"))
