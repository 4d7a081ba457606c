"""Sizes, colours and small building blocks every kind of figure is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.drawing import Anchor, Box, Label, Mark, Path, Shape
from app.domain.numbers import cell_text
from app.domain.release import Cell, CellStatus, Row
from app.domain.theme import Palette
from app.domain.words import Texts
from app.present import wording
from app.present.draw.text import ASCENT, DESCENT, ELLIPSIS, LINE, balanced, text_width, wrap

NOTE, BODY, TITLE = 3.175, 3.44, 3.97  # 12, 13 and 15 px at 96 dots an inch, in millimetres
LABEL_PARTS = (0.56, 0.64, 0.72, 1.0)  # of the widest row label that its column may take, least first
SCREEN_WIDTH = 220.0  # the width at which figures have screen sizes; A4 columns are smaller
LEAST_SCALE, MOST_SCALE = 0.84, 1.3


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of the page in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The bottom edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Style:
    """Colours, wording and the scale of all sizes of one drawing; `live` underlines what opens when it is clicked."""

    palette: Palette
    texts: Texts
    scale: float
    live: bool = False

    @property
    def note(self) -> float:
        """The size of notes and small labels."""
        return NOTE * self.scale

    @property
    def body(self) -> float:
        """The size of labels and values."""
        return BODY * self.scale

    @property
    def title(self) -> float:
        """The size of a figure's title."""
        return TITLE * self.scale

    @property
    def pad(self) -> float:
        """The space between neighbours."""
        return 1.8 * self.scale

    def line(self, size: float) -> float:
        """Return the height of one line of text of this size."""
        return size * LINE


def style_for(palette: Palette, texts: Texts, width: float) -> Style:
    """Return the style for a page of this width: screen sizes at screen width, smaller on A4, larger on a slide."""
    return Style(palette, texts, min(MOST_SCALE, max(LEAST_SCALE, width / SCREEN_WIDTH)))


def block(style: Style, lines: Sequence[str], at: Label) -> list[Shape]:
    """Return lines of text below each other, like the label `at`, whose y is the top of the first line's box."""
    first = at.y + at.size * ASCENT
    pitch = style.line(at.size)
    return [Label(at.x, first + k * pitch, text, at.size, at.colour, at.anchor, at.bold, at.mark) for k, text in enumerate(lines)]


def centred(style: Style, lines: Sequence[str], at: Label) -> list[Shape]:
    """Return lines of text below each other, like the label `at`, whose y is the middle of them all."""
    height = (len(lines) - 1) * style.line(at.size) + at.size * (ASCENT + DESCENT)
    return block(style, lines, Label(at.x, at.y - height / 2, "", at.size, at.colour, at.anchor, at.bold, at.mark))


def lines_height(style: Style, count: int, size: float) -> float:
    """Return the height of `count` lines of text of this size."""
    return 0.0 if not count else (count - 1) * style.line(size) + size * (ASCENT + DESCENT)


def label_column(style: Style, rows: Sequence[Row], width: float) -> tuple[float, tuple[tuple[str, ...], ...]]:
    """Return the width of the row labels' column and each label in at most two lines."""
    widest = max((text_width(row.label, style.body, bold=True) for row in rows), default=0.0)
    most = width * 0.34
    if widest <= most:
        return widest, tuple((row.label,) for row in rows)
    for part in LABEL_PARTS:  # the narrowest column in which no name is cut
        column = min(most, max(widest * part, width * 0.2))
        labels = tuple(balanced(row.label, column, style.body, 2, bold=True) for row in rows)
        if column == most or not any(lines[-1].endswith(ELLIPSIS) for lines in labels):
            break
    return column, labels


def row_height(style: Style, labels: Sequence[Sequence[str]]) -> float:
    """Return the least height of a row that holds its label."""
    most = max((len(lines) for lines in labels), default=1)
    return lines_height(style, most, style.body) + style.pad * 0.7


def sentence(texts: Texts, row: str, column: str, cell: Cell) -> str:
    """Return what a hover reads out for a cell."""
    if cell.status is CellStatus.HIDDEN:
        return texts("figure.draw.hidden_sentence", row=row, column=column)
    if cell.value is None:
        return texts("figure.draw.absent_sentence", row=row, column=column)
    key = "figure.draw.score_sentence" if cell.unit == "score" else "figure.draw.share_sentence"
    return texts(key, row=row, column=column, value=wording.cell_words(texts, cell), n=f"{cell.n or 0:,}")


def mark_of(texts: Texts, row: Row, columns: Sequence[str], place: int) -> Mark:
    """Return the mark of a row's cell."""
    cell = row.cells[place]
    return Mark(cell.evidence, sentence(texts, row.label, columns[place], cell))


def value_text(cell: Cell) -> str:
    """Return a cell as it stands beside its mark: ‡ hidden, — absent, † small."""
    return cell_text(cell, with_interval=False)


def n_text(row: Row) -> str:
    """Return the firms behind a row, ‡ when hidden."""
    cell = row.cells[0]
    return "‡" if cell.status is CellStatus.HIDDEN else f"{(row.n if row.n is not None else cell.n) or 0:,}"


def rule(x1: float, y1: float, x2: float, y2: float, colour: str, line: float = 0.2) -> Path:
    """Return a straight line."""
    return Path(((x1, y1), (x2, y2)), stroke=colour, line=line)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour `share` of the way from `one` to `other`."""
    a, b = _rgb(one), _rgb(other)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))


def readable_on(fill: str) -> str:
    """Return black or white, whichever stands out more on `fill` (WCAG 2.1 contrast; always at least 4.5)."""
    return max(("#000000", "#ffffff"), key=lambda colour: contrast(colour, fill))


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2.1 contrast ratio of two colours, 1–21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _rgb(colour)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def note_label(style: Style, x: float, y: float, text: str, anchor: Anchor = "start") -> Label:
    """Return a small muted label with its baseline at `y`."""
    return Label(x, y, text, style.note, style.palette.muted, anchor)


def swatches(style: Style, entries: Sequence[tuple[str, str]], area: Rect) -> tuple[list[Shape], float]:
    """Return a key of (colour, text) swatches flowing over `area`'s width, and the height it takes."""
    shapes: list[Shape] = []
    side, pitch = style.note * 0.8, style.line(style.note) * 1.1
    x, y = area.x, area.y
    for colour, text in entries:
        width = side + style.pad * 0.6 + text_width(text, style.note)
        if x > area.x and x + width > area.right:
            x, y = area.x, y + pitch
        shapes.append(
            Box(x, y + (pitch - side) / 2 - style.note * 0.1, side, side, fill=colour, stroke=style.palette.hairline, line=0.15)
        )
        room = max(area.right - x - side - style.pad * 0.6, style.note)
        shown = wrap(text, room, style.note, 1)[0]
        shapes.append(Label(x + side + style.pad * 0.6, y + style.note * ASCENT, shown, style.note, style.palette.muted))
        x += width + style.pad * 2
    return shapes, (y - area.y + pitch) if entries else 0.0
