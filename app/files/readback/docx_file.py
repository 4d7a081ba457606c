"""What a Word document says: paragraphs, tables and charts in reading order, whoever saved it last.

Left out is what programs fill in by themselves (page numbers, tables of contents, dates of printing) and what was struck out
while changes were tracked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.domain.document import Entry, Grid, GridKind, Line
from app.files.readback.chart import read_chart
from app.files.readback.parts import Package, attribute, children, inside, local, related, within

_OWN = re.compile(r"(zh_B\d+)(_[TN](?=\d))?")
_FILLED_IN = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "DATE", "TIME", "PRINTDATE", "SAVEDATE", "FILENAME")
_STRUCK_OUT = ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "tblPr", "tcPr", "trPr")
_CONTENTS = re.compile(r"(toc|目录)\s?\d", re.IGNORECASE)
_HEADING = re.compile(r"heading (\d)")
_BESIDE = ("header", "footer", "footnotes", "endnotes")
_LEVELS = 2  # of headings that say where a number stands


def read_docx(package: Package, main: str) -> list[Line | Grid]:
    """Return the items of the body, then those of heads, feet and notes."""
    reader = _Reader(package, main)
    items = list(reader.read(package.xml(main)))
    for part in dict.fromkeys(package.relations(main).values()):
        if package.has(part) and part.rpartition("/")[2].startswith(_BESIDE) and part.endswith(".xml"):
            items += _Reader(package, part).read(package.xml(part))
    return items


class _Reader:
    """Walks one part; knows the headings passed and the fields that are open."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._styles = _styles(package, part)
        self._headings: list[str] = []
        self._fields: list[tuple[str, bool]] = []  # instruction, whether its result has begun

    def read(self, node: Any) -> Iterator[Line | Grid]:
        for each in children(node):
            name = local(each)
            if name == "p":
                yield from self._paragraph(each)
            elif name == "tbl":
                yield from self._table(each)
            elif name == "sdt":
                if "contents" not in _gallery(each).casefold():
                    yield from self.read(each)
            elif name not in _STRUCK_OUT:
                yield from self.read(each)

    def _paragraph(self, node: Any) -> Iterator[Line | Grid]:
        texts: list[str] = []
        inner: list[Any] = []
        self._gather(node, texts, inner)
        text, style = "".join(texts).strip(), self._style(node)
        level = self._level(node, style)
        if level and text:
            self._headings = [*self._headings[: level - 1], text]
        if text and not _CONTENTS.match(style):
            yield Line(text, _name(node), self._where())
        for each in inner:
            yield from self.read(each) if local(each) == "txbxContent" else self._chart(each)

    def _gather(self, node: Any, texts: list[str], inner: list[Any]) -> None:
        """Gather the text of a paragraph, and what stands inside it with a text or values of its own."""
        for each in children(node):
            name = local(each)
            if name == "fldChar":
                self._field(attribute(each, "fldCharType"))
            elif name == "instrText" and self._fields:
                self._fields[-1] = (self._fields[-1][0] + (each.text or ""), self._fields[-1][1])
            elif name == "fldSimple":
                if not _is_filled_in(attribute(each, "instr")):
                    self._gather(each, texts, inner)
            elif name == "drawing" or name == "txbxContent" or name == "pict":
                inner += [*within(each, "txbxContent"), *within(each, "chart")] if name != "txbxContent" else [each]
            elif name not in _STRUCK_OUT:
                if not self._is_hidden():
                    texts.append(_text(each, name))
                self._gather(each, texts, inner)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(("", False))
        elif kind == "separate" and self._fields:
            self._fields[-1] = (self._fields[-1][0], True)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_hidden(self) -> bool:
        """Whether text here is the result of a field that programs fill in."""
        return any(shown and _is_filled_in(instruction) for instruction, shown in self._fields)

    def _table(self, node: Any) -> Iterator[Line | Grid]:
        rows: list[tuple[Entry, ...]] = []
        below: list[Line | Grid] = []
        for row in within(node, "tr"):
            if next(row.iterancestors("{*}tbl"), None) is node:
                rows.append(tuple(entry for cell in _cells(row) for entry in self._cell(cell, below)))
        where = self._where()
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
            yield from (Line(text, _name(node), where) for text in rows[0][0].text.split("\n") if text)
        elif rows:
            yield Grid(GridKind.TABLE, tuple(rows), _name(node), where)
        yield from below

    def _cell(self, cell: Any, below: list[Line | Grid]) -> Iterator[Entry]:
        """Yield the cell, and a blank for each further column that it spans; charts and tables in it go below the table."""
        found = list(self.read(cell))
        below += [each for each in found if isinstance(each, Grid)]
        merge, span = inside(cell, "tcPr", "vMerge"), attribute(inside(cell, "tcPr", "gridSpan"), "val")
        goes_on = merge is not None and attribute(merge, "val") != "restart"
        yield Entry("" if goes_on else "\n".join(each.text for each in found if isinstance(each, Line)))
        yield from (Entry("") for _ in range(min(int(span), 64) - 1 if span.isdigit() else 0))

    def _chart(self, node: Any) -> Iterator[Line | Grid]:
        part = related(self._package, self._part, node)
        if part:
            frame = next(node.iterancestors("{*}inline", "{*}anchor"), None)
            name = attribute(inside(frame, "docPr"), "name") if frame is not None else ""
            yield from read_chart(self._package, part, own_name(name), self._where())

    def _style(self, node: Any) -> str:
        id_ = attribute(inside(node, "pPr", "pStyle"), "val")
        return self._styles.get(id_, id_).casefold()

    def _level(self, node: Any, style: str) -> int:
        outline = attribute(inside(node, "pPr", "outlineLvl"), "val")
        found = _HEADING.match(style)
        level = int(found[1]) if found else int(outline) + 1 if outline.isdigit() else 0
        return level if level <= _LEVELS else 0

    def _where(self) -> str:
        return " · ".join(self._headings)


def own_name(name: str) -> str:
    """Return which block, or title or notes of a block, a name of ours means: `zh_B7`, `zh_B7_T`; "" for another name."""
    found = _OWN.match(name)
    return found[0] if found else ""


def _cells(row: Any) -> list[Any]:
    return [cell for cell in within(row, "tc") if next(cell.iterancestors("{*}tr"), None) is row]


def _name(node: Any) -> str:
    """Return the identifier on a paragraph or table: of its bookmarks, or the table's title."""
    names = [attribute(mark, "name") for mark in within(node, "bookmarkStart")]
    names += [attribute(inside(node, "tblPr", kind), "val") for kind in ("tblCaption", "tblDescription")]
    return next((own for name in names if (own := own_name(name))), "")


def _gallery(node: Any) -> str:
    return next((attribute(each, "val") for each in within(node, "docPartGallery")), "")


def _text(node: Any, name: str) -> str:
    if name == "t":
        return node.text or ""
    return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, "")


def _is_filled_in(instruction: str) -> bool:
    return instruction.strip().upper().split(" ")[0].split("\\")[0] in _FILLED_IN


def _styles(package: Package, part: str) -> dict[str, str]:
    listed = f"{part.rpartition('/')[0]}/styles.xml"
    if not package.has(listed):
        return {}
    return {attribute(node, "styleId"): attribute(inside(node, "name"), "val") for node in within(package.xml(listed), "style")}
