"""Read a Word document back as pages to be laid out: what a reader of the very file will have in front of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.paper import Block, Margins, Paper, Part, Running
from app.files.pages.lists import Lists
from app.files.pages.look import NOTHING, TWIP, Look, Styles, theme_fonts
from app.files.pages.package import Package, child, full, is_on, number, value
from app.files.pages.table import read_table
from app.files.pages.text import Source, read_paragraph

LETTER_STEP = 4096  # units of w:charSpace in a point
_KINDS = {"default": "usual", "even": "even", "first": "first"}


def read_docx(content: bytes, name: str) -> Paper:
    """Return the document in `content`, called `name` in messages; UserError `paper.not_document` when it is none."""
    package = Package(content, name)
    main = next((part for part in package.relations("").values() if part.endswith("document.xml")), "word/document.xml")
    relations = package.relations(main)
    by_name = {part.rsplit("/", 1)[-1]: part for part in relations.values() if package.has(part)}

    def found(file: str) -> Any:
        return package.xml(by_name[file]) if file in by_name else None

    theme = next((package.xml(part) for key, part in by_name.items() if key.startswith("theme")), None)
    styles = Styles(found("styles.xml"), theme_fonts(theme))
    source = Source(package, relations, styles, Lists(found("numbering.xml")))
    settings = found("settings.xml")
    both = settings is not None and is_on(child(settings, "w:evenAndOddHeaders"))
    body = child(package.xml(main), "w:body")
    if body is None:
        raise package.unfit()
    parts = tuple(_parts(body, source, both))
    return Paper(parts, fonts=tuple(font for font in source.fonts if font))


def _parts(body: Any, source: Source, both: bool) -> Iterator[Part]:
    """Yield the sections: each ends with the paragraph that carries its page, the last with the body's own."""
    blocks: list[Block] = []
    running: dict[str, Running] = {"header": Running(), "footer": Running()}
    for node in _flat(body):
        if node.tag == full("w:p"):
            blocks.append(read_paragraph(node, source))
            page = child(node, "w:pPr", "w:sectPr")
            if page is not None:
                yield _part(page, tuple(blocks), source, (running, both))
                blocks = []
        elif node.tag == full("w:tbl"):
            blocks.append(read_table(node, source, read_blocks))
    yield _part(child(body, "w:sectPr"), tuple(blocks), source, (running, both))


def _flat(node: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, those in content controls too."""
    for part in node:
        if part.tag in (full("w:sdt"), full("w:sdtContent"), full("w:ins"), full("w:customXml")):
            yield from _flat(part)
        else:
            yield part


def read_blocks(node: Any, source: Source, table: Look, table_text: Look) -> tuple[Block, ...]:
    """Return what stands in a cell, a header or a footer."""
    blocks: list[Block] = []
    for part in _flat(node):
        if part.tag == full("w:p"):
            blocks.append(read_paragraph(part, source, table, table_text))
        elif part.tag == full("w:tbl"):
            blocks.append(read_table(part, source, read_blocks))
    return tuple(blocks)


def _part(page: Any, blocks: tuple[Block, ...], source: Source, state: tuple[dict[str, Running], bool]) -> Part:
    running, both = state
    size, margins, grid = child(page, "w:pgSz"), child(page, "w:pgMar"), child(page, "w:docGrid")

    def twips(node: Any, name: str, usual: float) -> float:
        found = number(node, f"w:{name}")
        return usual if found is None else abs(found) * TWIP

    for kind in running:
        running[kind] = _running(page, kind, source, running[kind], both)
    snaps = value(grid, "w:type") in ("lines", "linesAndChars", "snapToChars")
    return Part(
        twips(size, "w", 595.3),
        twips(size, "h", 841.9),
        Margins(**{side: twips(margins, side, 72.0) for side in ("top", "right", "bottom", "left")},
                header=twips(margins, "header", 36.0), footer=twips(margins, "footer", 36.0)),
        blocks,
        running["header"],
        running["footer"],
        start=int(number(child(page, "w:pgNumType"), "w:start") or 0),
        goes_on=value(child(page, "w:type")) == "continuous",
        grid=twips(grid, "linePitch", 0.0) if snaps else 0.0,
        loose=(number(grid, "w:charSpace") or 0.0) / LETTER_STEP if value(grid, "w:type") == "linesAndChars" else 0.0,
    )  # fmt: skip


def _running(page: Any, kind: str, source: Source, before: Running, both: bool) -> Running:
    """Return header or footer of a section; what it does not name it has from the one before."""
    found: dict[str, tuple[Block, ...]] = {}
    for node in () if page is None else page.iterfind(full(f"w:{kind}Reference")):
        part = source.relations.get(value(node, "r:id"), "")
        if source.package.has(part):
            inner = Source(source.package, source.package.relations(part), source.styles, source.lists, fonts=source.fonts)
            found[_KINDS.get(value(node, "w:type"), "usual")] = read_blocks(source.package.xml(part), inner, NOTHING, NOTHING)
    first = is_on(child(page, "w:titlePg"))
    return Running(
        found.get("usual", before.usual),
        found.get("even", before.even or ()) if both else None,
        found.get("first", before.first or ()) if first else None,
    )
