"""STEPS: what a change is made of, one part after the other from zero; the last row is their sum, from zero again."""

from __future__ import annotations

from app.domain.drawing import Box, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.numbers import fixed
from app.domain.release import Cell, CellStatus, Row
from app.domain.words import Texts
from app.present.draw.style import Rect, Style, centred, label_column, row_height, rule, value_text
from app.present.draw.text import text_width

THICKEST, LEAST_ROW, TALLEST = 6.0, 2.2, 12.0


class StepsBody:
    """Parts that raise the share go right, parts that lower it left; the one with an interval, the firms' own, is solid."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return a row a part."""
        _, labels = label_column(style, figure.table.rows, width)
        return max(row_height(style, labels), style.body * LEAST_ROW) * len(labels) + style.pad

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return the parts, joined by thin lines where one ends and the next begins."""
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width)
        right = max(text_width(points_text(style.texts, row.cells[0]), style.body) for row in rows) + style.pad
        left = area.x + column + style.pad
        plot = Rect(left, area.y, area.right - right - left, 0)
        pitch = min((area.height - style.pad) / len(rows), TALLEST * style.scale)
        spans = spans_of([row.cells[0] for row in rows])
        low, high = _ends(spans, rows)
        scale = plot.width / (high - low)
        zero = plot.x - low * scale
        shapes: list[Shape] = [rule(zero, area.y, zero, area.y + pitch * len(rows), style.palette.neutral)]
        for place, row in enumerate(rows):
            middle, thick = area.y + pitch * (place + 0.5), min(pitch * 0.5, THICKEST)
            last = place == len(rows) - 1
            at = Label(area.x + column, middle, "", style.body, style.palette.text, "end", last)
            shapes += centred(style, labels[place], at)
            start, end = (zero + bound * scale for bound in spans[place])
            if row.cells[0].value is not None:
                shapes += _bar(style, row, Rect(min(start, end), middle, abs(end - start), thick), (start, scale), rows[-1])
            if not last:
                shapes.append(rule(end, middle, end, middle + pitch, style.palette.hairline, 0.25))
            value = Label(area.right, middle, "", style.body, style.palette.text, "end", last, _mark(style, row))
            shapes += centred(style, (points_text(style.texts, row.cells[0]),), value)
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what the thin line means, where there is one."""
        has = any(row.cells[0].low is not None for row in figure.table.rows)
        return (*((style.texts("figure.draw.interval_key"),) if has else ()), *figure.keys)


def spans_of(cells: list[Cell]) -> list[tuple[float, float]]:
    """Return where each part begins and ends; the last one begins at zero again."""
    spans, reached = [], 0.0
    for cell in cells[:-1]:
        spans.append((reached, reached + (cell.value or 0.0)))
        reached += cell.value or 0.0
    return [*spans, (0.0, cells[-1].value or 0.0)]


def _ends(spans: list[tuple[float, float]], rows: tuple[Row, ...]) -> tuple[float, float]:
    bounds = [bound for span in spans for bound in span]
    for (start, _), row in zip(spans, rows, strict=True):
        bounds += [start + bound for bound in (row.cells[0].low, row.cells[0].high) if bound is not None]
    low, high = min(0.0, *bounds), max(0.0, *bounds)
    return (low, high) if high > low else (-1.0, 1.0)


def _bar(style: Style, row: Row, bar: Rect, base: tuple[float, float], total: Row) -> list[Shape]:
    cell, palette, mark = row.cells[0], style.palette, _mark(style, row)
    bounded = cell.low is not None and cell.high is not None
    fill = palette.accent if bounded else palette.neutral if row is total else palette.accent_soft
    stroke = "" if bounded or row is total else palette.accent
    at = Box(bar.x, bar.y - bar.height / 2, max(bar.width, 0.3), bar.height, fill, stroke, 0.2, mark=mark)
    shapes: list[Shape] = [at]
    if cell.low is not None and cell.high is not None:
        start, scale = base
        ends = ((start + cell.low * scale, bar.y), (start + cell.high * scale, bar.y))
        shapes.append(Path(ends, stroke=palette.text, line=0.35, mark=mark))
    return shapes


def points_text(texts: Texts, cell: Cell, decimals: int = 1) -> str:
    """Return a change in percentage points with its interval: +4.1 (+2.0 to +6.2); ‡ when hidden."""
    if cell.status is CellStatus.HIDDEN or cell.value is None:
        return value_text(cell)
    text = points(cell.value, decimals)
    if cell.low is None or cell.high is None:
        return text
    return texts("assess.between", value=text, low=points(cell.low, decimals), high=points(cell.high, decimals))


def points(value: float, decimals: int = 1) -> str:
    """Return percentage points with their sign; what rounds to nothing is 0."""
    return fixed(value, decimals, signed=True)


def _mark(style: Style, row: Row) -> Mark:
    cell = row.cells[0]
    return Mark(cell.evidence, style.texts("figure.change.sentence", row=row.label, value=points_text(style.texts, cell)))
