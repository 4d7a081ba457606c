"""Paragraphs and tables of a Word document with Chinese fonts that survive Word, WPS and LibreOffice alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from app.files.column_widths import column_widths

ROWS_KEPT_TOGETHER = 14  # a table this short stays on one page
LONG_WORD = re.compile(r"[!-~]{30,}")  # cannot be broken: justifying its line would tear the characters apart

NUMERIC = set("0123456789.,%‡†—–<>+-− ()（）")


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a paragraph looks: font, points, language; exact `line` pitch in points or None; spaces in points."""

    font: str
    size: float
    language: str
    colour: str = ""
    line: float | None = None
    align: str = "start"
    bold: bool = False
    indent: bool = False
    keep: bool = False
    before: float = 0
    after: float = 0
    style: str = ""


def add_text(parent: Any, text: str, look: TextLook) -> Any:
    """Add one paragraph of `text` to a document or cell and return it."""
    paragraph = parent.add_paragraph(style=look.style or None)
    shape_paragraph(paragraph, look)
    if LONG_WORD.search(text):
        paragraph.alignment = 0
    add_run(paragraph, text, look)
    return paragraph


def shape_paragraph(paragraph: Any, look: TextLook) -> None:
    """Set spacing, alignment and first-line indent of two characters."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(look.before), Pt(look.after), look.keep
    layout.widow_control = True
    aligned = {"center": WD_ALIGN_PARAGRAPH.CENTER, "end": WD_ALIGN_PARAGRAPH.RIGHT}
    layout.alignment = aligned.get(look.align, WD_ALIGN_PARAGRAPH.JUSTIFY if look.indent else WD_ALIGN_PARAGRAPH.LEFT)
    if look.line is not None:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    if look.indent:
        _indent(paragraph, look)


def _indent(paragraph: Any, look: TextLook) -> None:
    """Write the indent in characters for Word and in twips for LibreOffice: WPS and LibreOffice read different ones."""
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(round(look.size * 2 * 20)))


def add_run(paragraph: Any, text: str, look: TextLook) -> Any:
    """Add a run whose Latin, East-Asian and complex fonts are all named, theme fonts removed."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(look.size), look.bold, False
    run.font.color.rgb = RGBColor.from_string((look.colour or "#000000").lstrip("#").upper())
    name_fonts(run._r.get_or_add_rPr(), look)
    return run


def name_fonts(properties: Any, look: TextLook) -> None:
    """Name the font for every script on run or style properties, and the language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), look.font)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


@dataclass(frozen=True, slots=True)
class GridLook:
    """How a table looks: its text looks, width in mm, and the rows in bold."""

    head: TextLook
    text: TextLook
    width: float
    strong: frozenset[int] = frozenset()


def table_grid(document: Any, rows: list[list[str]], look: GridLook) -> Any:
    """Add a ruled table: numbers right, text left, the header repeated on each page, short tables kept on one page."""
    from docx.shared import Mm

    table = document.add_table(len(rows), len(rows[0]))
    table.autofit = False
    for column, millimetres in enumerate(column_widths(rows, look.width, look.text.size)):
        table.columns[column].width = Mm(millimetres)
        for row in table.rows:
            row.cells[column].width = Mm(millimetres)
    for index, row in enumerate(rows):
        text_look = replace(look.head if index == 0 else look.text, keep=_keeps(index, len(rows)))
        text_look = replace(text_look, bold=text_look.bold or index in look.strong)
        for cell, text in zip(table.rows[index].cells, row, strict=True):
            _fill(cell, text, text_look, right=index > 0 and bool(text) and set(text) <= NUMERIC)
    _rules(table)
    _repeat_header(table)
    return table


def _keeps(index: int, rows: int) -> bool:
    """Whether a row must stay on the page of the next: the header always, all but the last of a short table."""
    return index == 0 or (rows <= ROWS_KEPT_TOGETHER and index < rows - 1)


def _fill(cell: Any, text: str, look: TextLook, right: bool) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    shape_paragraph(paragraph, replace(look, align="end") if right else look)
    add_run(paragraph, text, look)


def _rules(table: Any) -> None:
    """Three rules as official tables have them: above, below the header, below; hairlines between rows."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    sides = {"top": (8, "000000"), "bottom": (8, "000000"), "insideH": (2, "BFC8C7")}
    edges = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{c}"/>' for side, (size, c) in sides.items())
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
    for cell in table.rows[0].cells:
        line = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>"))


def _repeat_header(table: Any) -> None:
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: Any, ground: str, ink: str) -> None:
    """Colour the ground of a cell and the ink of its text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import RGBColor

    fill = ground.lstrip("#").upper()
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor.from_string(ink.lstrip("#").upper())
