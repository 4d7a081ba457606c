"""The page of a Word document: paper, margins, the grid of lines and characters, head and foot (GB/T 9704-2012, 5.2 and 7.5)."""

from __future__ import annotations

from dataclasses import replace

from app.files.docx_styles import HEAD
from app.files.docx_type import POINT_MM, Type
from app.files.docx_xml import RELATIONS, WORD, TextLook, field, paragraph, run, twips

BELOW_MM = 7.0  # from the lower edge of the text to the dashes beside the page number
CHARACTER_SPACE = 4096  # parts of a point in which a grid's pitch of characters is told
ABOVE_MM = 12.0  # from the upper edge of the paper to the line in the head


def section_xml(type_: Type, relations: dict[str, str]) -> str:
    """Return the `w:sectPr` of a section; `relations` are the ids of its heads and feet by `header.default`, `footer.even` …."""
    layout = type_.layout
    parts = [
        f'<w:{name.split(".")[0]}Reference w:type="{name.split(".")[1]}" r:id="{id_}"/>'
        for name, id_ in sorted(relations.items())
    ]
    across = ' w:orient="landscape"' if layout.width > layout.height else ""
    foot = layout.bottom - BELOW_MM - type_.size("number") * POINT_MM / 2
    margins = " ".join(f'w:{side}="{twips(getattr(layout, side))}"' for side in ("top", "right", "bottom", "left"))
    edges = f'w:header="{twips(min(ABOVE_MM, layout.top - 8))}" w:footer="{twips(max(foot, 4))}" w:gutter="0"'
    size = f'<w:pgSz w:w="{twips(layout.width)}" w:h="{twips(layout.height)}"{across}/>'
    return f"<w:sectPr>{''.join(parts)}{size}<w:pgMar {margins} {edges}/><w:cols/>{_grid(type_)}</w:sectPr>"


def _grid(type_: Type) -> str:
    """Return the grid by which Word and WPS count lines and characters; only Chinese text stands on it."""
    if not type_.zh:
        return ""
    line = f'w:linePitch="{round(type_.pitch * 20)}"'
    if not type_.layout.line:
        return f'<w:docGrid w:type="lines" {line}/>'
    pitch = type_.width / POINT_MM / type_.layout.characters
    space = round((pitch - type_.size("text")) * CHARACTER_SPACE)
    return f'<w:docGrid w:type="linesAndChars" {line} w:charSpace="{space}"/>'


def footer_xml(type_: Type, even: bool = False) -> str:
    """Return a foot with the page number between what the profile sets round it: outside, one character in; else centred."""
    look = _number_look(type_)
    if type_.layout.outer_numbers:
        look = replace(look, align="start", left=1) if even else replace(look, align="end", right=1)
    before, after = type_.layout.page_number.split("{number}")
    content = f"{run(before, look)}{field('PAGE', '1', look)}{run(after, look)}"
    return _part("ftr", paragraph(content, replace(look, style="Footer")))


def header_xml(type_: Type, text: str) -> str:
    """Return a head that says on each page what kind of document this is: a draft, invented data."""
    look = type_.note(colour=type_.palette.off_track, align="center", style="Header")
    return _part("hdr", paragraph(run(text, look), look))


def _number_look(type_: Type) -> TextLook:
    size = type_.size("number")
    return type_.look("number", size, align="center", line=size)


def _part(name: str, content: str) -> str:
    return f'{HEAD}<w:{name} xmlns:w="{WORD}" xmlns:r="{RELATIONS}">{content}</w:{name}>'
