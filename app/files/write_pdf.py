"""Write a Brief as a PDF on the page of its layout: text that can be read and searched, figures as vectors, an outline.

It is set like the Word document (`docx_type`), in the font that is embedded. The same brief gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.brief import Brief, FigureBlock, Heading, PageLayout
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.docx_front import MARGIN_DATE, MARGIN_NAMES
from app.files.docx_page import ABOVE_MM, BELOW_MM
from app.files.docx_type import Type
from app.files.pdf_blocks import Draw, PdfSetter, annexes_of, key_of
from app.files.pdf_contents import ContentsPiece, contents_pieces, has_contents
from app.files.pdf_fonts import font_of, ink, require_fonts
from app.files.pdf_pages import Piece, Placed, fill
from app.files.pdf_text import draw_lines, lines_of
from app.files.write_docx import POSTER, usual_layout
from app.files.write_pdf_figure import CREATOR, MM


@dataclass(frozen=True, slots=True)
class _Book:
    """The canvas being drawn on, the type of its pages, and what stands on each of them."""

    canvas: Any
    type: Type
    header: str
    numbered: bool


def write_pdf(brief: Brief, path: Path, palette: Palette, texts: Texts, draw: Draw) -> None:
    """Write `brief` to `path`; `draw` lays a figure out for a width and least height in mm, without title and notes.

    UserError when the place cannot be written.
    """
    write_atomically(path, pdf_bytes(brief, palette, texts, draw))


def pdf_bytes(brief: Brief, palette: Palette, texts: Texts, draw: Draw) -> bytes:
    """Return the document as bytes."""
    from reportlab.pdfgen.canvas import Canvas

    require_fonts()
    layout = _layout(brief)
    setter = PdfSetter(Type(layout, brief.lang, palette), texts, draw)
    front = list(_front(setter, brief))
    if is_alone(brief):
        setter = replace(setter, taken=sum(piece.height + piece.before + piece.after for piece in front) / MM)
    pages = fill([*front, *_sections(setter, brief)], setter.type.height * MM)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(layout.width * MM, layout.height * MM), invariant=1, pageCompression=1, lang=_lang(brief))
    _describe(canvas, brief, texts)
    _number_contents(pages)
    header = "　".join(text for text in (brief.synthetic, brief.standing) if text)
    book = _Book(canvas, setter.type, header, len(pages) > 1 or layout.annexes)
    outline = _Outline(canvas)
    for number, page in enumerate(pages, 1):
        _draw_page(book, page, number, outline)
    canvas.save()
    return buffer.getvalue()


def _lang(brief: Brief) -> str:
    return "zh-CN" if brief.lang == "zh" else "en-US"


def _layout(brief: Brief) -> PageLayout:
    """Return the page of a brief; a wall of goals that stands alone is a poster."""
    layout = brief.layout or usual_layout()
    return replace(layout, **POSTER) if is_alone(brief) else layout


def is_alone(brief: Brief) -> bool:
    """Whether a wall of goals is all there is: it stands on one page, to be read from a step away."""
    figures = [block for block in brief.blocks if not isinstance(block, Heading)]
    return bool(figures) and all(isinstance(block, FigureBlock) and block.figure.wall is not None for block in figures)


def _describe(canvas: Any, brief: Brief, texts: Texts) -> None:
    """Write title, subject and the journal's hash into the file's own description; no person, no machine, no hour."""
    canvas.setTitle(brief.title.replace("\n", ""))
    canvas.setSubject(brief.subtitle)
    canvas.setAuthor("")
    canvas.setCreator(CREATOR)
    canvas.setKeywords([texts("write.created", time=brief.created[:10]), texts("write.journal", hash=brief.journal)])
    canvas.showOutline()


def _front(setter: PdfSetter, brief: Brief) -> Iterator[Piece]:
    """Yield the title, the line below it, and the contents of a long document."""
    kind = setter.type
    yield setter.text(brief.title, kind.title(after=10, bold=True))
    below = [brief.subtitle]
    if not kind.layout.annexes:
        below.append(setter.texts("write.created", time=brief.created[:10]))
    for line in below:
        if line:
            yield setter.text(line, kind.under_title())
    yield setter.text("", kind.note())
    if has_contents(setter, brief):
        yield from contents_pieces(setter, brief)


def _sections(setter: PdfSetter, brief: Brief) -> Iterator[Piece]:
    """Yield the sections in order: those of the text, the list of annexes, the signatures, then each annex on a new page."""
    annexes = annexes_of(brief)
    signed = False
    for place, block in enumerate(brief.blocks):
        if place in annexes:
            if not signed:
                yield from _list(setter, tuple(annexes.values()))
                yield from _signed(setter, brief)
                signed = True
            yield from _annex(setter, place, annexes)
        else:
            yield from setter.block(block, place)
    if not signed and (brief.signed or setter.type.layout.annexes):
        yield from _signed(setter, brief)


def _list(setter: PdfSetter, annexes: Sequence[Heading]) -> Iterator[Piece]:
    """Yield the list of annexes: a line free, names below each other (GB/T 9704-2012, 7.3.4)."""
    yield setter.text("", setter.type.body(first=0, keep=True))
    word = setter.texts("word.annexes")
    if not setter.type.zh:
        yield setter.text(word.strip(), setter.type.body(align="start", keep=True))
        word = ""
    for place, heading in enumerate(annexes, 1):
        number = f"{place}. " if len(annexes) > 1 else ""
        look = setter.type.body(align="start", keep=True)
        if setter.type.zh:
            look = replace(look, first=2 if place == 1 else 2 + len(word))
        yield setter.text(f"{word if place == 1 else ''}{number}{heading.annex}", look)


def _signed(setter: PdfSetter, brief: Brief) -> Iterator[Piece]:
    """Yield the signatures and the date, right, kept together (7.3.5)."""
    look = setter.type.body(align="end", first=0, keep=True)
    yield setter.text("", look)
    for line in brief.signed:
        yield setter.text(line, replace(look, right=MARGIN_NAMES))
    year, month, day = brief.created[:4], int(brief.created[5:7]), int(brief.created[8:10])
    date = setter.texts("word.date", year=year, month=month, day=day)
    yield setter.text(date, replace(look, right=MARGIN_DATE, keep=False))


def _annex(setter: PdfSetter, place: int, annexes: Mapping[int, Heading]) -> Iterator[Piece]:
    """Yield the head of an annex on a new page: its number at the left edge, its title centred (7.3.7)."""
    number = str(list(annexes).index(place) + 1) if len(annexes) > 1 else ""
    label = setter.texts("word.annex", number=number).rstrip()
    look = setter.type.heading(1, first=0, before=0, new_page=True)
    yield setter.text(label, replace(look, bold=True))
    yield setter.text("", setter.type.body(first=0, keep=True))
    title = setter.text(annexes[place].annex, setter.type.title(bold=True))
    yield replace(title, entry=(f"{label} {annexes[place].annex}", 0, key_of(place)))
    yield setter.text("", setter.type.body(first=0, keep=True))


def _number_contents(pages: Sequence[Sequence[Placed]]) -> None:
    """Write into the contents on which page each heading stands."""
    found = {
        placed.piece.entry[2]: number for number, page in enumerate(pages, 1) for placed in page if placed.piece.entry is not None
    }
    for page in pages:
        for placed in page:
            if isinstance(placed.piece, ContentsPiece):
                placed.piece.page = found.get(placed.piece.key, 0)


class _Outline:
    """The outline as it grows: a level is never skipped."""

    def __init__(self, canvas: Any) -> None:
        self._canvas, self._level = canvas, -1

    def add(self, entry: tuple[str, int, str], top: float) -> None:
        """Add a heading whose upper edge is at `top`."""
        title, level, key = entry
        self._level = min(level, self._level + 1)
        self._canvas.bookmarkHorizontal(key, 0, top)
        self._canvas.addOutlineEntry(title, key, self._level, 0)


def _draw_page(book: _Book, page: Sequence[Placed], number: int, outline: _Outline) -> None:
    layout = book.type.layout
    left, top = layout.left * MM, (layout.height - layout.top) * MM
    for placed in page:
        if placed.piece.entry is not None:
            outline.add(placed.piece.entry, top - placed.down + 6)
        placed.piece.draw(book.canvas, left, top - placed.down)
    if book.header:
        look = book.type.note(colour=book.type.palette.off_track, align="center")
        width = book.type.width * MM
        above = (layout.height - min(ABOVE_MM, layout.top - 8)) * MM
        draw_lines(book.canvas, lines_of(book.header, look, width), look, (left, above, width))
    if book.numbered:
        _draw_number(book, number)
    book.canvas.showPage()


def _draw_number(book: _Book, number: int) -> None:
    """Draw the page number: outside and one character in, or in the middle (GB/T 9704-2012, 7.5)."""
    layout, canvas, size = book.type.layout, book.canvas, book.type.size("number")
    text = layout.page_number.replace("{number}", str(number))
    base = (layout.bottom - BELOW_MM) * MM - size * 0.36
    canvas.setFont(font_of(False), size)
    canvas.setFillColor(ink("#000000"))
    if not layout.outer_numbers:
        canvas.drawCentredString(layout.width * MM / 2, base, text)
    elif number % 2:
        canvas.drawRightString((layout.width - layout.right) * MM - size, base, text)
    else:
        canvas.drawString(layout.left * MM + size, base, text)
