"""MOVES: a row a sector by its new rank: how far it moved, and its mean score before (hollow) and after (filled)."""

from __future__ import annotations

from math import ceil

from app.domain.drawing import Dot, Label, Mark, Shape
from app.domain.figure import Figure
from app.domain.numbers import HIDDEN_SIGN
from app.domain.release import CellStatus, Row
from app.present.draw.levels import row_label
from app.present.draw.style import Rect, Style, centred, label_column, lines_height, note_label, row_height, rule
from app.present.draw.text import ASCENT, text_width

TALLEST = 9.0
LABELS = 1.5  # names on one line read faster than a wide scale
UP, DOWN, SAME = "▲", "▼", "="
STEP = 20  # the scale ends at the next multiple above the highest score


class MovesBody:
    """Rank after, sector, steps moved, and a line from the score before to the one after."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the heads, a row a sector, and the scale."""
        rank = text_width("00", style.body, bold=True) + style.pad
        _, labels = label_column(style, figure.table.rows, (width - rank) * LABELS)
        pitch = max(row_height(style, labels), style.body * 1.6)
        return self._top(style) + pitch * len(labels) + self._top(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return heads, scale and rows."""
        rows = figure.table.rows
        rank = text_width("00", style.body, bold=True) + style.pad
        column, labels = label_column(style, rows, (area.width - rank) * LABELS)
        moved = max(text_width(f"{UP}00", style.body), text_width(style.texts("figure.moves.moved"), style.note)) + style.pad
        values = text_width("000 → 000", style.body) + style.pad
        top, left = area.y + self._top(style), area.x + rank + column + style.pad + moved
        room = (area.height - 2 * self._top(style)) / max(len(rows), 1)
        pitch = min(room, max(TALLEST * style.scale, row_height(style, labels)))
        plot = Rect(left + style.pad * 2, top, area.right - values - left - style.pad * 4, pitch * len(rows))
        highest = max((cell.value or 0.0 for row in rows for cell in row.cells[2:]), default=0.0)
        scale = max(STEP, min(100, STEP * ceil(highest / STEP)))
        shapes = self._frame(style, area, plot, (rank + column + style.pad + area.x, scale))
        for place, row in enumerate(rows):
            middle = top + pitch * (place + 0.5)
            shapes += row_label(style, figure, row, labels[place], (area.x + rank + column, middle))
            shapes += _ranks(style, row, (area.x, rank + column + style.pad + area.x, middle))
            shapes += _scores(style, row, (plot, middle, scale), area.right)
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what the two dots and the signs mean."""
        return (style.texts("figure.moves.key"), *figure.keys)

    def _top(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad * 0.6

    def _frame(self, style: Style, area: Rect, plot: Rect, where: tuple[float, int]) -> list[Shape]:
        """Return the heads of the columns and the scale of the scores up to `where[1]`."""
        texts, base = style.texts, plot.y - style.pad * 0.6 - style.note * (1 - ASCENT)
        shapes: list[Shape] = [
            note_label(style, where[0], base, texts("figure.moves.moved")),
            note_label(style, area.right, base, texts("figure.moves.index"), "end"),
        ]
        below = plot.bottom + style.pad * 0.4 + style.note * ASCENT
        for tick in (0, where[1] // 2, where[1]):
            x = plot.x + plot.width * tick / where[1]
            shapes.append(rule(x, plot.y, x, plot.bottom, style.palette.neutral if tick == 0 else style.palette.hairline))
            shapes.append(note_label(style, x, below, f"{tick}", "middle"))
        return shapes


def moved_text(before: float, after: float) -> str:
    """Return how far a rank moved: ▲2 up, ▼1 down, = not at all."""
    steps = round(before - after)
    return SAME if steps == 0 else f"{UP if steps > 0 else DOWN}{abs(steps)}"


def _mark(style: Style, row: Row) -> Mark:
    before, after, first, last = (cell.value for cell in row.cells)
    if row.cells[1].status is CellStatus.HIDDEN or first is None or last is None:
        return Mark("", style.texts("figure.moves.hidden_sentence", row=row.label))
    said = {"first": f"{first:.1f}", "last": f"{last:.1f}", "before": f"{before or 0:.0f}", "after": f"{after or 0:.0f}"}
    return Mark("", style.texts("figure.moves.sentence" if after else "figure.moves.unranked", row=row.label, **said))


def _ranks(style: Style, row: Row, at: tuple[float, float, float]) -> list[Shape]:
    """Return the new rank at the left edge and the steps moved after the label."""
    left, moved, middle = at
    before, after = row.cells[0].value, row.cells[1].value
    palette, mark = style.palette, _mark(style, row)
    if not before or not after:
        sign = HIDDEN_SIGN if row.cells[1].status is CellStatus.HIDDEN else "—"
        return list(centred(style, (sign,), Label(moved, middle, "", style.body, palette.muted, mark=mark)))
    text = moved_text(before, after)
    ink = palette.muted if text == SAME else palette.accent if text.startswith(UP) else palette.warning
    shapes = centred(style, (f"{after:.0f}",), Label(left, middle, "", style.body, palette.muted, mark=mark))
    return [*shapes, *centred(style, (text,), Label(moved, middle, "", style.body, ink, "start", text != SAME, mark))]


def _scores(style: Style, row: Row, where: tuple[Rect, float, int], right: float) -> list[Shape]:
    plot, middle, scale = where
    first, last = row.cells[2].value, row.cells[3].value
    palette, mark = style.palette, _mark(style, row)
    if first is None or last is None:
        sign = HIDDEN_SIGN if row.cells[3].status is CellStatus.HIDDEN else "—"
        return list(centred(style, (sign,), Label(right, middle, "", style.body, palette.muted, "end", mark=mark)))
    start, end = (plot.x + plot.width * score / scale for score in (first, last))
    shapes: list[Shape] = [rule(start, middle, end, middle, palette.neutral, 0.5)] if abs(end - start) > 0.05 else []
    shapes.append(Dot(start, middle, 1.0 * style.scale, palette.surface, palette.neutral, 0.35, mark))
    shapes.append(Dot(end, middle, 1.1 * style.scale, palette.accent, palette.accent, 0.35, mark))
    text = f"{first:.0f} → {last:.0f}" if abs(first - last) >= 0.05 else f"{last:.0f}"
    return [*shapes, *centred(style, (text,), Label(right, middle, "", style.body, palette.text, "end", mark=mark))]
