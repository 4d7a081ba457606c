"""QUADRANT: how much is at stake (across) against how well it is controlled (up); a mark a sector, larger for more firms.

Columns: exposure, control, firms, then the firms in each quarter in the order of QUARTERS. The series of role `divide` holds the
point at which the quarters meet; `said` names the quarter of a row by its place in QUARTERS. Only released sectors have a row:
a single firm is never drawn here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from app.domain.drawing import Anchor, Box, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.numbers import HIDDEN_SIGN, percent
from app.domain.release import CellStatus, Row
from app.present.draw.place import Placer, label_box
from app.present.draw.style import Rect, Style, block, centred, lines_height, mix, note_label, readable_on, rule
from app.present.draw.text import ASCENT, shorten, text_width

QUARTERS = ("act", "guarded", "tidy", "calm")
SIGNS = {"act": "■", "guarded": "◆", "tidy": "▲", "calm": "●"}
EXPOSURE, CONTROL, FIRMS, FIRST = 0, 1, 2, 3
LEAST_PLOT = 64.0  # millimetres
SMALLEST, LARGEST = 1.5, 4.6  # radius of a mark in millimetres, its area by the firms behind it
NEAREST, MARGIN, STEP = 8.0, 4.0, 5.0  # how far beyond the meeting point and the sectors the scales reach, and where they end
LETTERED = 2.1  # radius from which a mark holds the letter of its sector
MOST_TICKS = 8
NAME = 0.30  # of the plot's width, the most a name may take


@dataclass(frozen=True, slots=True)
class Scale:
    """Scores to millimetres; `middle` is where the quarters meet, `low` and `high` what the plot shows."""

    plot: Rect
    middle: tuple[float, float]
    low: tuple[float, float]
    high: tuple[float, float]

    def at(self, exposure: float, control: float) -> tuple[float, float]:
        """Return the point of a pair of scores."""
        across, up = (
            (score - low) / (high - low) for score, low, high in zip((exposure, control), self.low, self.high, strict=True)
        )
        return self.plot.x + self.plot.width * across, self.plot.bottom - self.plot.height * up


class QuadrantBody:
    """Four quarters with their names and firms at the corners, the sectors inside."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:  # noqa: ARG002 - the same for all figures
        """Return the plot, and above and below it the names of quarters and scales."""
        return LEAST_PLOT * style.scale + self._above(style) + self._below(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return quarters, scales, marks with their names."""
        left = text_width("100", style.note) + style.pad
        height = area.height - self._above(style) - self._below(style)
        plot = Rect(area.x + left, area.y + self._above(style), area.width - left - style.pad, height)
        scale = _scale(figure, plot)
        above, below = style.pad * 1.2 + _corner_height(style) + style.note * 0.3, style.line(style.note) + style.pad * 1.2
        names = (figure.table.columns[EXPOSURE], figure.table.columns[CONTROL])
        shapes = [*_quarters(figure, style, scale), *axes(style, scale, names, above, below + _corner_height(style))]
        rows = _shown(figure)
        most = max((row.cells[FIRMS].value or 0.0 for row in rows), default=1.0)
        sized = sorted(((row, _radius(style, row, most)) for row in rows), key=lambda pair: -pair[1])
        shapes += [_sign(figure, style, (row, radius), scale) for row, radius in sized]
        letters = _letters(figure, style, sized, scale)
        shapes += [line for lines in letters.values() for line in lines]
        return [*shapes, *_names(figure, style, (sized, set(letters)), scale)]

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what size, place and shape of a mark mean."""
        return (style.texts("figure.quadrant.key"), *figure.keys)

    def _above(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + _corner_height(style) + style.pad * 1.2

    def _below(self, style: Style) -> float:
        return 2 * style.line(style.note) + _corner_height(style) + style.pad * 1.2


def _corner_height(style: Style) -> float:
    return lines_height(style, 2, style.note)


def _shown(figure: Figure) -> list[Row]:
    """Return the sectors that have a place: released, with both scores."""
    rows = (row for row in figure.table.rows if row.key != figure.table.total)
    return [row for row in rows if row.cells[EXPOSURE].value is not None and row.cells[CONTROL].value is not None]


def _divide(figure: Figure) -> tuple[float, float]:
    points = [point for series in figure.series if series.role == "divide" for point in series.points]
    return (points[0][0], points[0][1]) if points else (50.0, 50.0)


def _scale(figure: Figure, plot: Rect) -> Scale:
    """Return scales that hold all sectors and leave room on both sides of where the quarters meet, within 0–100."""
    middle, rows = _divide(figure), _shown(figure)
    ends = []
    for place in (EXPOSURE, CONTROL):
        values = [middle[place] - NEAREST, middle[place] + NEAREST]
        values += [(row.cells[place].value or 0.0) + beyond for row in rows for beyond in (-MARGIN, MARGIN)]
        low, high = STEP * math.floor(min(values) / STEP), STEP * math.ceil(max(values) / STEP)
        ends.append((max(low, 0.0), min(high, 100.0)))
    return Scale(plot, middle, (ends[0][0], ends[1][0]), (ends[0][1], ends[1][1]))


def _quarters(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return the ground of each quarter and, outside its corner, its name with the firms in it."""
    palette, plot, shapes = style.palette, scale.plot, list[Shape]()
    total = next((row for row in figure.table.rows if row.key == figure.table.total), None)
    x, y = scale.at(*scale.middle)
    for place, quarter in enumerate(QUARTERS):
        right, top = quarter in ("act", "guarded"), quarter in ("guarded", "calm")
        ground = mix(palette.surface, quarter_colour(style, quarter), 0.1 if quarter == "act" else 0.04)
        across = (x, plot.right - x) if right else (plot.x, x - plot.x)
        down = (plot.y, y - plot.y) if top else (y, plot.bottom - y)
        shapes.append(Box(across[0], down[0], across[1], down[1], fill=ground))
        above = plot.y - style.pad * 0.6 - _corner_height(style)
        below = plot.bottom + style.line(style.note) + style.pad * 0.8
        name = f"{SIGNS[quarter]} {style.texts(f'figure.quadrant.{quarter}')}"
        said = (name, _counted(style, total, place))
        mark = Mark(total.cells[FIRST + place].evidence, " ".join(said)) if total is not None else None
        edge = plot.right if right else plot.x
        anchor: Anchor = "end" if right else "start"
        at = Label(edge, above if top else below, "", style.note, quarter_ink(style, quarter), anchor, True, mark)
        shapes += _corner(style, said, at, plot.width / 2 - style.pad)
    return shapes


def _corner(style: Style, said: tuple[str, str], at: Label, room: float) -> list[Shape]:
    """Return a quarter's name and, below it, its firms."""
    name, firms = (shorten(text, room, style.note, bold=True) for text in said)
    second = replace(at, y=at.y + style.line(style.note), colour=style.palette.muted, bold=False)
    return [*block(style, (name,), at), *block(style, (firms,), second)]


def _counted(style: Style, total: Row | None, place: int) -> str:
    """Return the firms in a quarter with their share of those that use agents; ‡ where that is not published."""
    cell = total.cells[FIRST + place] if total is not None else None
    if total is None or cell is None or cell.status is CellStatus.HIDDEN or cell.value is None:
        return HIDDEN_SIGN
    firms = sum(other.value or 0.0 for other in total.cells[FIRST:])
    whole = all(other.value is not None for other in total.cells[FIRST:]) and firms > 0
    key = "figure.quadrant.firms" if whole else "figure.quadrant.firms_alone"
    return style.texts(key, n=f"{cell.value:,.0f}", share=percent(cell.value / firms) if whole else "")


def quarter_colour(style: Style, quarter: str) -> str:
    """Return the colour of a quarter; its sign tells it apart too."""
    palette = style.palette
    return {"act": palette.off_track, "guarded": palette.at_risk, "tidy": palette.neutral, "calm": palette.accent}[quarter]


def quarter_ink(style: Style, quarter: str) -> str:
    """Return the colour of a quarter's name; muted where its colour is too pale to read."""
    return style.palette.muted if quarter == "tidy" else quarter_colour(style, quarter)


def axes(style: Style, scale: Scale, names: tuple[str, str], above: float, below: float) -> list[Shape]:
    """Return both scales, the lines at which the quarters meet, and the names (across, up), so far above and below the plot."""
    shapes: list[Shape] = []
    plot, palette = scale.plot, style.palette
    base = plot.bottom + style.pad * 0.5 + style.note * ASCENT
    for value in _ticks(scale, EXPOSURE):
        x = scale.at(value, value)[0]
        shapes.append(rule(x, plot.y, x, plot.bottom, palette.hairline))
        anchor: Anchor = "start" if x < plot.x + style.note else "end" if x > plot.right - style.note else "middle"
        shapes.append(note_label(style, x, base, f"{value:.0f}", anchor))
    for value in _ticks(scale, CONTROL):
        y = scale.at(value, value)[1]
        shapes.append(rule(plot.x, y, plot.right, y, palette.hairline))
        held = min(max(y, plot.y + style.note * 0.5), plot.bottom - style.note * 0.5)
        shapes += centred(style, (f"{value:.0f}",), Label(plot.x - style.pad * 0.6, held, "", style.note, palette.muted, "end"))
    x, y = scale.at(*scale.middle)
    shapes += [rule(x, plot.y, x, plot.bottom, palette.neutral, 0.4), rule(plot.x, y, plot.right, y, palette.neutral, 0.4)]
    across, up = names
    shapes.append(note_label(style, plot.x - text_width("100", style.note) - style.pad, plot.y - above, f"↑ {up}"))
    shapes.append(note_label(style, plot.right, plot.bottom + below + style.note * ASCENT, f"{across} →", "end"))
    return shapes


def _ticks(scale: Scale, place: int) -> tuple[float, ...]:
    """Return multiples of 5, 10 or 20 on a scale."""
    low, high = scale.low[place], scale.high[place]
    step = next((step for step in (5.0, 10.0) if (high - low) / step <= MOST_TICKS), 20.0)
    return tuple(step * place for place in range(math.ceil(low / step), math.floor(high / step) + 1))


def _radius(style: Style, row: Row, most: float) -> float:
    share = (row.cells[FIRMS].value or 0.0) / max(most, 1.0)
    return max(SMALLEST, LARGEST * math.sqrt(share)) * style.scale


def quarter_of(figure: Figure, key: str) -> str:
    """Return the quarter that a row is said to stand in, calm where nothing is said."""
    place = next((said.level for said in figure.said if said.row == key), -1)
    return QUARTERS[place] if 0 <= place < len(QUARTERS) else "calm"


def _sign(figure: Figure, style: Style, what: tuple[Row, float], scale: Scale) -> Shape:
    """Return the mark of a sector in the shape and colour of its quarter."""
    row, radius = what
    quarter, lit = quarter_of(figure, row.key), _is_lit(figure, row)
    x, y = scale.at(row.cells[EXPOSURE].value or 0.0, row.cells[CONTROL].value or 0.0)
    colour, fill = quarter_colour(style, quarter), _fill(figure, style, row)
    mark = Mark(row.cells[EXPOSURE].evidence, next((said.sentence for said in figure.said if said.row == row.key), row.label))
    return form(quarter, (x, y), radius, Look(fill, colour, 0.7 if lit else 0.45, mark))


def _letters(figure: Figure, style: Style, sized: list[tuple[Row, float]], scale: Scale) -> dict[str, list[Label]]:
    """Return the letter inside each mark that is large enough, unless a mark painted later, or its letter, would meet it."""
    found: dict[str, list[Label]] = {}
    centres = {row.key: scale.at(row.cells[EXPOSURE].value or 0.0, row.cells[CONTROL].value or 0.0) for row, _ in sized}
    for place, (row, radius) in enumerate(sized):
        if len(row.key) != 1 or radius < LETTERED * style.scale:
            continue
        x, y = centres[row.key]
        quarter, mark = quarter_of(figure, row.key), Mark(row.cells[EXPOSURE].evidence, row.label)
        ink = readable_on(_fill(figure, style, row))
        at = Label(x, y + (radius * 0.15 if quarter == "tidy" else 0.0), "", style.note, ink, "middle", mark=mark)
        lines = [line for line in centred(style, (row.key,), at) if isinstance(line, Label)]
        later = [(centres[other.key], reach) for other, reach in sized[place + 1 :]]
        if all(_distance(label_box(lines[0]), centre) > reach * 1.2 for centre, reach in later):
            found[row.key] = lines
    return found


def _fill(figure: Figure, style: Style, row: Row) -> str:
    """Return the ground of a mark: hollow below ten firms, full where its sector is lit."""
    colour = quarter_colour(style, quarter_of(figure, row.key))
    if any(row.cells[place].status is CellStatus.SMALL for place in (EXPOSURE, CONTROL, FIRMS)):
        return style.palette.surface
    return colour if _is_lit(figure, row) else mix(style.palette.surface, colour, 0.45)


def _is_lit(figure: Figure, row: Row) -> bool:
    return bool(figure.chosen) and row.key == figure.chosen


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark is filled and outlined, and what it stands for."""

    fill: str
    stroke: str
    line: float
    mark: Mark | None


def form(quarter: str, at: tuple[float, float], r: float, look: Look) -> Shape:
    """Return the shape of a quarter, all of about the area of a circle of radius `r`."""
    x, y = at
    if quarter == "calm":
        return Dot(x, y, r, look.fill, look.stroke, look.line, look.mark)
    if quarter == "act":
        half = r * math.sqrt(math.pi) / 2
        return Box(x - half, y - half, 2 * half, 2 * half, look.fill, look.stroke, look.line, mark=look.mark)
    if quarter == "guarded":
        half = r * math.sqrt(math.pi / 2)
        points: tuple[tuple[float, float], ...] = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    else:
        side = r * math.sqrt(math.pi / (3 * math.sqrt(3) / 4))
        points = tuple((x + side * math.sin(turn), y - side * math.cos(turn)) for turn in (0.0, 2 * math.pi / 3, 4 * math.pi / 3))
    return Path(points, stroke=look.stroke, line=look.line, fill=look.fill, closed=True, mark=look.mark)


def _names(figure: Figure, style: Style, what: tuple[list[tuple[Row, float]], set[str]], scale: Scale) -> list[Shape]:
    """Return each sector's name where it meets nothing; its letter alone where the name has no room, else the hover tells it."""
    sized, lettered = what
    placer, shapes, plot = Placer(scale.plot), list[Shape](), scale.plot
    x, y = scale.at(*scale.middle)
    for ends in ([(plot.x, y), (plot.right, y)], [(x, plot.y), (x, plot.bottom)]):
        placer.line(ends, 0.2)
    for row, radius in sized:
        placer.block(scale.at(row.cells[EXPOSURE].value or 0.0, row.cells[CONTROL].value or 0.0), radius * 1.1)
    marks = [(scale.at(row.cells[EXPOSURE].value or 0.0, row.cells[CONTROL].value or 0.0), radius) for row, radius in sized]
    for row, radius in sized:
        lit = _is_lit(figure, row)
        mark = Mark(row.cells[EXPOSURE].evidence, row.label)
        point = scale.at(row.cells[EXPOSURE].value or 0.0, row.cells[CONTROL].value or 0.0)
        name = shorten(row.label, scale.plot.width * NAME, style.note)
        for text in filter(None, (name, "" if row.key in lettered else row.key)):
            placed = placer.place(
                Label(*point, text, style.note, style.palette.accent if lit else style.palette.text, bold=lit, mark=mark),
                radius * 1.15 + style.pad * 0.4,
            )
            if placed and _is_misread(label_box(placed[0]), point, marks, style.note * 1.6):
                placer.taken.pop()
                continue
            shapes += placed
            if placed:
                break
    return shapes


def _is_misread(box: Rect, own: tuple[float, float], marks: list[tuple[tuple[float, float], float]], most: float) -> bool:
    """Whether a name stands nearer to another mark than to its own, or farther than `most` from it."""
    gaps = {point: _distance(box, point) - radius for point, radius in marks}
    return gaps[own] > most or any(gap < gaps[own] for point, gap in gaps.items() if point != own)


def _distance(box: Rect, point: tuple[float, float]) -> float:
    """Return how far a point is from a box."""
    across = max(box.x - point[0], 0.0, point[0] - box.right)
    return math.hypot(across, max(box.y - point[1], 0.0, point[1] - box.bottom))
