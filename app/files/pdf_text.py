"""Text set into lines for a PDF: Chinese broken by its own rules, Latin words and numbers whole, lines even on both sides.

Rules of the line: GB/T 15834-2011, 5.1 (closing marks never begin a line, opening ones never end it). Widths are those of the
embedded font itself, so a line fits exactly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.files.docx_xml import TextLook
from app.files.pdf_fonts import font_for, font_of, ink

CLOSING = "，。；：、）》」』】”’！？,.;:)]}%…·〕"
OPENING = "（《「『【“‘([{〔"
AUTO_LINE = 1.3  # pitch in sizes where a look names none
LOOSEST = 0.12  # of the size: between letters, the most by which a line is spread to reach the edge
SLACK = 1e-4  # points: what rounding may add
BASELINE = 0.36  # of the size, from the middle of a line down to the baseline
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_TOKENS = re.compile(r"\s+|[!-~À-ɏ–−†‡]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, how far in it begins, and the space added between letters, in points."""

    text: str
    indent: float = 0.0
    spread: float = 0.0


@lru_cache(maxsize=20_000)
def _letter(character: str, bold: bool) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    width: float = stringWidth(character, font_of(bold), 1.0)
    return width


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line in points."""
    return sum(_letter(character, bold) for character in text) * size


def lines_of(text: str, look: TextLook, width: float, tight: float = 0.0) -> list[Line]:
    """Return `text` broken for a column `width` points wide, indents and even edges as the look asks.

    `tight` is added after every letter (negative: letters closer), by which a line holds as many as its page wants. English takes
    straight quotation marks: the embedded font has curly ones as wide as a Chinese character alone.
    """
    found: list[Line] = []
    text = text if look.language.startswith("zh") else text.translate(STRAIGHT)
    for place, part in enumerate(text.split("\n")):
        first = max(look.first, 0.0) * (look.size + tight) if place == 0 else 0.0
        hang = -min(look.first, 0.0) * look.size
        left = look.left * look.size
        room = width - left - look.right * look.size
        broken = _broken(part, _Measure(look.size, look.bold, tight), (room - first + hang, room))
        for number, piece in enumerate(broken):
            begin = first - hang if number == 0 else 0.0
            last = number == len(broken) - 1
            spread = tight if last or look.align != "both" else _spread(piece, look, room - begin, tight)
            found.append(Line(piece, left + begin, spread))
    return found


@dataclass(frozen=True, slots=True)
class _Measure:
    """How wide a text is in one size and weight, its letters `tight` points farther apart."""

    size: float
    bold: bool
    tight: float

    def of(self, text: str) -> float:
        """Return the width in points."""
        return width_of(text, self.size, self.bold) + self.tight * len(text)


def _spread(text: str, look: TextLook, room: float, tight: float) -> float:
    """Return the space between letters that brings a line to the edge, the usual one where it would fall apart."""
    gaps = len(text) - 1
    slack = (room - width_of(text, look.size, look.bold)) / gaps if gaps > 0 else 0.0
    return slack if tight < slack <= LOOSEST * look.size else tight


def _broken(text: str, measure: _Measure, rooms: tuple[float, float]) -> list[str]:
    """Return the lines of one paragraph; `rooms` are the widths of the first and of each further line."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text, rooms[1], measure):
        room = rooms[1] if lines else rooms[0]
        long = measure.of(piece)
        if line.strip() and used + measure.of(piece.rstrip()) > room + SLACK:
            lines.append(line.rstrip())
            line, used, piece = "", 0.0, piece.lstrip()
            long = measure.of(piece)
        line, used = line + piece, used + long
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, room: float, measure: _Measure) -> list[str]:
    """Return what is never broken: words, numbers, letters with the marks that cling to them; a word too long is cut."""
    pieces: list[str] = []
    for token in _TOKENS.findall(text):
        glued = pieces and not pieces[-1].isspace() and (token[0] in CLOSING or pieces[-1][-1] in OPENING)
        if glued and measure.of(pieces[-1] + token) <= room:
            pieces[-1] += token
        elif measure.of(token) > room and len(token) > 1:
            pieces += _cut(token, room, measure)
        else:
            pieces.append(token)
    return pieces


def _cut(word: str, room: float, measure: _Measure) -> list[str]:
    parts, part = [], ""
    for letter in word:
        if part and measure.of(part + letter) > room:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]


@dataclass(slots=True)
class TextPiece:
    """A paragraph, or what is left of one after a page break, ready to be drawn in a column `width` points wide."""

    lines: Sequence[Line]
    look: TextLook
    width: float
    keep: bool = False
    before: float = 0.0
    after: float = 0.0
    entry: tuple[str, int, str] | None = None  # outline: title, level from 0, key
    glue: float = 0.0
    new_page: bool = False

    @property
    def pitch(self) -> float:
        """From baseline to baseline, in points."""
        return self.look.line or self.look.size * AUTO_LINE

    @property
    def height(self) -> float:
        """The height in points without the space around it."""
        return len(self.lines) * self.pitch

    @property
    def least(self) -> float:
        """The height of the least part that may stand at the foot of a page: two lines, or all three of three."""
        return self.pitch * (len(self.lines) if len(self.lines) < 4 else 2)

    def split(self, room: float) -> tuple[TextPiece, TextPiece] | None:
        """Return what fits into `room` and the rest, two lines at least on each side; None where it cannot be divided."""
        count = min(int(room / self.pitch + 1e-6), len(self.lines) - 2)
        if count < 2:
            return None
        head = TextPiece(self.lines[:count], self.look, self.width, before=self.before, entry=self.entry)
        return head, TextPiece(self.lines[count:], self.look, self.width, self.keep, after=self.after, glue=self.glue)

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw the lines with their upper left corner at (left, top)."""
        draw_lines(canvas, self.lines, self.look, (left, top, self.width))


def text_piece(text: str, look: TextLook, width: float, tight: float = 0.0) -> TextPiece:
    """Return a paragraph in this look."""
    lines = lines_of(text, look, width, tight)
    return TextPiece(lines, look, width, look.keep, look.before, look.after, new_page=look.new_page)


def draw_lines(canvas: Any, lines: Sequence[Line], look: TextLook, where: tuple[float, float, float]) -> None:
    """Draw lines below each other; `where` is left, top and width of their column."""
    left, top, width = where
    pitch = look.line or look.size * AUTO_LINE
    canvas.setFillColor(ink(look.colour or "#000000"))
    for place, line in enumerate(lines):
        base = top - pitch * (place + 0.5) - look.size * BASELINE
        right = left + width - look.right * look.size
        canvas.setFont(font_for(line.text, look.bold), look.size)
        if look.align == "center":
            canvas.drawCentredString((left + line.indent + right) / 2, base, line.text)
        elif look.align == "end":
            canvas.drawRightString(right, base, line.text)
        else:
            canvas.drawString(left + line.indent, base, line.text, charSpace=line.spread)
