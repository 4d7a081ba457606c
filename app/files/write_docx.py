"""Write a Brief as a Word document on the page of its layout (公文 by GB/T 9704-2012, or a plain report), charts editable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.brief import Brief, FigureBlock, Heading, PageLayout
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.docx_blocks import Setter
from app.files.docx_contents import contents_height, contents_xml, has_contents, headings_of, marked
from app.files.docx_fill import fill_docx
from app.files.docx_front import annex_xml, annexes_of, list_xml, signed_xml, title_xml
from app.files.docx_measure import text_height
from app.files.docx_package import package
from app.files.docx_page import footer_xml, header_xml, section_xml
from app.files.docx_paging import paging_of
from app.files.docx_styles import HEAD, fonts_xml, settings_xml, styles_xml
from app.files.docx_type import Type
from app.files.docx_xml import RELATIONS, WORD
from app.files.resource_briefing import read_layouts
from app.files.resources import resources_folder
from app.files.seal import sealed
from app.files.settle_zip import settle

USUAL_LAYOUT = "gbt9704"  # the page of a brief that names none
POSTER: dict[str, Any] = {
    "width": 420.0,
    "height": 297.0,
    "top": 18.0,
    "bottom": 14.0,
    "left": 15.0,
    "right": 15.0,
    "line": None,
}  # A3 across


def write_docx(brief: Brief, path: Path, palette: Palette, texts: Texts) -> None:
    """Write `brief` to `path`, into the user's own document where its plan names one.

    UserError when the place cannot be written, `document.*` or `places.*` where that document cannot serve.
    """
    own = brief.plan.template
    if own.lower().endswith(".docx"):
        content = fill_docx(Path(own), brief, brief.layout or usual_layout(), palette, texts)
    else:
        content = docx_bytes(brief, palette, texts)
    write_atomically(path, settle(sealed(content, brief), brief.created))


def docx_bytes(brief: Brief, palette: Palette, texts: Texts) -> bytes:
    """Return the document as it is before it is sealed and settled."""
    layout = _layout(brief)
    setter = Setter(Type(layout, brief.lang, palette), texts)
    parts = setter.parts
    parts.add("styles", "styles.xml", styles_xml(setter.type))
    parts.add("settings", "settings.xml", settings_xml(layout))
    parts.add("fontTable", "fontTable.xml", fonts_xml(layout))
    body = f"{title_xml(setter, brief)}{_sections(setter, brief)}"
    end = section_xml(setter.type, _edges(setter, brief))
    document = f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body>{body}{end}</w:body></w:document>'
    return package(document, parts, brief.title.replace("\n", ""), brief.created)


def _layout(brief: Brief) -> PageLayout:
    """Return the page of a brief; a wall of goals that stands alone is a poster, to be read from a step away."""
    layout = brief.layout or usual_layout()
    figures = [block for block in brief.blocks if not isinstance(block, Heading)]
    alone = bool(figures) and all(isinstance(block, FigureBlock) and block.figure.wall is not None for block in figures)
    return replace(layout, **POSTER) if alone else layout


def usual_layout() -> PageLayout:
    """Return the page of a brief that names none."""
    folder = resources_folder() / "briefing" / "layouts"
    return read_layouts([folder / f"{USUAL_LAYOUT}.toml"])[USUAL_LAYOUT]


def _sections(setter: Setter, brief: Brief) -> str:
    """Return the sections in order: those of the text, the list of annexes, the signatures, then each annex."""
    annexes, headings = annexes_of(brief), headings_of(brief)
    contents = has_contents(setter, brief)
    before = _front_height(setter, brief) + (contents_height(setter, brief) if contents else 0)
    paging = paging_of(setter, brief.blocks, before, annexes)
    setter.heights = paging.heights
    parts = [contents_xml(setter, brief, paging.pages)] if contents else []
    reached = 0
    for place, block in enumerate(brief.blocks):
        if place in headings and headings[place] in annexes:
            if reached == 0:
                parts += [list_xml(setter, annexes), signed_xml(setter, brief)]
            reached += 1
            parts.append(annex_xml(setter, headings[place], reached, len(annexes)))
            continue
        content = setter.block(block, place, keep=headings.get(place + 1) in annexes)  # the date never stands on a page alone
        parts.append(marked(setter, place, content) if contents and place in headings else content)
    if not reached and (brief.signed or setter.type.layout.annexes):
        parts.append(signed_xml(setter, brief))
    return "".join(parts)


def _front_height(setter: Setter, brief: Brief) -> float:
    kind = setter.type
    return text_height(brief.title, kind.title(after=10), kind.width) + 2 * text_height("x", kind.under_title(), kind.width)


def _edges(setter: Setter, brief: Brief) -> dict[str, str]:
    """Add heads and feet; return the ids of the document's relations to them."""
    kind, parts = setter.type, setter.parts
    sides = ("default", "even") if kind.layout.outer_numbers else ("default",)
    edges = {f"footer.{side}": parts.add("footer", f"footer_{side}.xml", footer_xml(kind, side == "even")) for side in sides}
    said = "　".join(text for text in (brief.synthetic, brief.standing) if text)
    if said:
        edges |= {f"header.{side}": parts.add("header", f"header_{side}.xml", header_xml(kind, said)) for side in sides}
    return edges
