"""WordprocessingML as text: paragraphs and runs whose fonts Word, WPS and LibreOffice all find.

Every run names its font for all scripts, with no theme font: a theme font wins over a name, and WPS has none. Building text and
parsing it once is some twenty times faster than a library's object a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TWIPS_PER_MM = 1440 / 25.4
LONG_WORD = re.compile(r"[!-~]{30,}")  # cannot be broken: justifying its line would tear the characters apart
_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_ALIGNMENTS = {"start": "left", "center": "center", "end": "right", "both": "both"}


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a paragraph looks: fonts, points, language; exact `line` pitch in points or None for Word's own.

    `latin` is the font of Latin letters ("" : `font`). `first`, `left` and `right` are indents in characters (negative `first`:
    hanging); `before` and `after` spaces in points; `grid`: whether its letters keep the pitch of the page. `outline` puts the
    paragraph into the outline (level from 1); `tab`: where in mm a dotted line ends that a tab draws.
    `own`: the `w:pPr` and `w:rPr` of a user's document, which stand for all of this.
    """

    font: str
    size: float
    language: str
    latin: str = ""
    colour: str = ""
    line: float | None = None
    align: str = "start"
    bold: bool = False
    first: float = 0
    left: float = 0
    right: float = 0
    keep: bool = False
    before: float = 0
    after: float = 0
    style: str = ""
    grid: bool = False
    new_page: bool = False
    outline: int = 0
    tab: float = 0
    own: tuple[str, str] | None = None


def clean(text: str) -> str:
    """Return `text` escaped for XML, without the control characters that no document can hold."""
    return escape(_FORBIDDEN.sub("", text))


def attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotation marks."""
    return f'"{clean(text)}"' if '"' not in text else '"' + clean(text).replace('"', "&quot;") + '"'


def twips(mm: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


@lru_cache(maxsize=512)
def run_look(look: TextLook) -> str:
    """Return the `w:rPr` of a look."""
    if look.own is not None:
        return look.own[1]
    latin = attribute(look.latin or look.font)
    wide = attribute(look.font)
    bold = '<w:b w:val="1"/><w:bCs w:val="1"/>' if look.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    colour = (look.colour or "#000000").lstrip("#").upper()
    grid = "" if look.grid else '<w:snapToGrid w:val="0"/>'
    half = round(look.size * 2)
    return (
        f'<w:rPr><w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={wide} w:cs={latin}/>{bold}<w:i w:val="0"/>{grid}'
        f'<w:color w:val="{colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        f'<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    )


@lru_cache(maxsize=512)
def paragraph_look(look: TextLook) -> str:
    """Return the `w:pPr` of a look, its elements in the order of the schema.

    Lines have an exact pitch and need no grid; letters keep the grid's by their runs. LibreOffice knows one switch for both and
    misreads a pitch below the type size, so it must not find the paragraph on the grid.
    """
    if look.own is not None:
        return look.own[0]
    style = f"<w:pStyle w:val={attribute(look.style)}/>" if look.style else ""
    keep = "<w:keepNext/>" if look.keep else ""
    page = "<w:pageBreakBefore/>" if look.new_page else ""
    line = f' w:line="{round(look.line * 20)}" w:lineRule="exact"' if look.line else ' w:line="264" w:lineRule="auto"'
    spacing = f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}"{line}/>'
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(look.tab)}"/></w:tabs>' if look.tab else ""
    outline = f'<w:outlineLvl w:val="{look.outline - 1}"/>' if look.outline else ""
    align = f'<w:jc w:val="{_ALIGNMENTS[look.align]}"/>'
    placed = f"{spacing}{_indents(look)}{align}{outline}"
    return f'<w:pPr>{style}{keep}{page}<w:widowControl/>{tab}<w:snapToGrid w:val="0"/>{placed}</w:pPr>'


def _indents(look: TextLook) -> str:
    """Write indents in characters for Word and in twips for LibreOffice: WPS and LibreOffice read different ones."""
    parts = []
    for name, characters in (("left", look.left), ("right", look.right)):
        if characters:
            parts.append(f'w:{name}Chars="{round(characters * 100)}" w:{name}="{round(characters * look.size * 20)}"')
    if look.first:
        name = "firstLine" if look.first > 0 else "hanging"
        characters = abs(look.first)
        parts.append(f'w:{name}Chars="{round(characters * 100)}" w:{name}="{round(characters * look.size * 20)}"')
    return f"<w:ind {' '.join(parts)}/>" if parts else ""


def run(text: str, look: TextLook) -> str:
    """Return a run of `text`; a line feed becomes a line break, a tab a tab."""
    return f"<w:r>{run_look(look)}{_letters(text)}</w:r>" if text else ""


def _letters(text: str) -> str:
    parts = []
    for piece in re.split("([\n\t])", text):
        if piece in ("\n", "\t"):
            parts.append("<w:br/>" if piece == "\n" else "<w:tab/>")
        elif piece:
            parts.append(f'<w:t xml:space="preserve">{clean(piece)}</w:t>')
    return "".join(parts)


def paragraph(content: str, look: TextLook) -> str:
    """Return a paragraph around runs that are already XML."""
    return f"<w:p>{paragraph_look(look)}{content}</w:p>"


def field(code: str, shown: str, look: TextLook) -> str:
    """Return a field that shows `shown` until it is updated."""
    parts = [f"<w:r>{run_look(look)}<w:fldChar w:fldCharType={attribute(kind)}/></w:r>" for kind in ("begin", "separate", "end")]
    instruction = f'<w:r>{run_look(look)}<w:instrText xml:space="preserve"> {clean(code)} </w:instrText></w:r>'
    return f"{parts[0]}{instruction}{parts[1]}{run(shown, look)}{parts[2]}"


def parsed(content: str) -> list[object]:
    """Return the elements of a piece of a document's body."""
    from lxml import etree

    root = etree.fromstring(f'<w:body xmlns:w="{WORD}" xmlns:r="{RELATIONS}">{content}</w:body>'.encode())
    return list(root)
