"""The table of contents of a PDF: a line a heading with dots and the number of its page, which it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.domain.brief import Brief, Heading
from app.files.docx_contents import LEAST_SECTIONS
from app.files.docx_xml import TextLook
from app.files.pdf_blocks import PdfSetter, key_of
from app.files.pdf_fonts import font_for, font_of, ink
from app.files.pdf_pages import Piece
from app.files.pdf_text import AUTO_LINE, BASELINE, lines_of, width_of

DOT = "."


@dataclass(slots=True)
class ContentsPiece:
    """One line of the contents; `page` is known once all pages are filled."""

    text: str
    key: str
    look: TextLook
    width: float
    page: int = 0
    keep: bool = False
    before: float = 0.0
    after: float = 0.0
    glue: float = 0.0
    new_page: bool = False
    entry: None = None

    @property
    def height(self) -> float:
        """Its height in points: one line."""
        return self.look.line or self.look.size * AUTO_LINE

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> None:  # noqa: ARG002 - as every piece
        """Return nothing: a line is never divided."""
        return

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw name, dots and number, and lead from them to the heading."""
        size, indent = self.look.size, self.look.left * self.look.size
        base = top - self.height / 2 - size * BASELINE
        number = str(self.page)
        room = self.width - indent - width_of(number, size) - size
        name = lines_of(self.text, replace(self.look, left=0, first=0), room)[0].text
        canvas.setFont(font_for(name, self.look.bold), size)
        canvas.setFillColor(ink("#000000"))
        canvas.drawString(left + indent, base, name)
        canvas.setFont(font_of(False), size)
        canvas.drawRightString(left + self.width, base, number)
        begin, end = indent + width_of(name, size, self.look.bold) + size * 0.4, self.width - width_of(number, size) - size * 0.4
        step = width_of(DOT, size) * 1.8
        canvas.setFillColor(ink("#808080"))
        for place in range(int(max(end - begin, 0.0) / step)):
            canvas.drawString(left + end - step * (place + 1), base, DOT)
        canvas.linkRect("", self.key, (left, top - self.height, left + self.width, top), relative=0)


def has_contents(setter: PdfSetter, brief: Brief) -> bool:
    """Whether the page asks for contents and the brief is long enough for them."""
    headings = [block for block in brief.blocks if isinstance(block, Heading) and block.level == 1]
    return setter.type.layout.contents and len(headings) >= LEAST_SECTIONS


def contents_pieces(setter: PdfSetter, brief: Brief) -> Iterator[Piece]:
    """Yield the word above the contents and a line a heading of the first two levels."""
    size = setter.type.size("subheading")
    look = setter.type.look("heading", size, align="center", line=round(size * 1.6, 1), before=10, after=4, keep=True, bold=True)
    yield setter.text(setter.texts("word.contents"), look)
    entries = [(place, block) for place, block in enumerate(brief.blocks) if isinstance(block, Heading) and block.level <= 2]
    for number, (place, heading) in enumerate(entries, 1):
        after = 10.0 if number == len(entries) else 0.0
        yield ContentsPiece(heading.text, key_of(place), setter.type.contents(heading.level), setter.width, after=after)
