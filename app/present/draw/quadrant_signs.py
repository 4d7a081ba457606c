"""The marks of sectors in four quarters: their shapes, colours, letters and names, none of them read as another's."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.release import CellStatus, Row
from app.present.draw.place import Placer, label_box
from app.present.draw.style import Rect, Style, centred, mix, readable_on
from app.present.draw.text import shorten

QUARTERS = ("act", "guarded", "tidy", "calm")
SIGNS = {"act": "■", "guarded": "◆", "tidy": "▲", "calm": "●"}
EXPOSURE, CONTROL, FIRMS, FIRST = 0, 1, 2, 3  # columns; from the last on, the firms in each of QUARTERS
SMALLEST, LARGEST = 1.5, 4.6  # radius of a mark in millimetres, its area by the firms behind it
LETTERED = 2.1  # radius from which a mark holds the letter of its sector
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


def quarter_colour(style: Style, quarter: str) -> str:
    """Return the colour of a quarter; its sign tells it apart too."""
    palette = style.palette
    return {"act": palette.off_track, "guarded": palette.at_risk, "tidy": palette.neutral, "calm": palette.accent}[quarter]


def quarter_ink(style: Style, quarter: str) -> str:
    """Return the colour of a quarter's name; muted where its colour is too pale to read."""
    return style.palette.muted if quarter == "tidy" else quarter_colour(style, quarter)


def quarter_of(figure: Figure, key: str) -> str:
    """Return the quarter that a row is said to stand in, calm where nothing is said."""
    place = next((said.level for said in figure.said if said.row == key), -1)
    return QUARTERS[place] if 0 <= place < len(QUARTERS) else "calm"


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


def radius_of(style: Style, row: Row, most: float) -> float:
    """Return how large the mark of a sector is, its area by its firms."""
    share = (row.cells[FIRMS].value or 0.0) / max(most, 1.0)
    return max(SMALLEST, LARGEST * math.sqrt(share)) * style.scale


def sign_of(figure: Figure, style: Style, what: tuple[Row, float], scale: Scale) -> Shape:
    """Return the mark of a sector in the shape and colour of its quarter."""
    row, radius = what
    quarter, lit = quarter_of(figure, row.key), _is_lit(figure, row)
    x, y = scale.at(row.cells[EXPOSURE].value or 0.0, row.cells[CONTROL].value or 0.0)
    colour, fill = quarter_colour(style, quarter), _fill(figure, style, row)
    mark = Mark(row.cells[EXPOSURE].evidence, next((said.sentence for said in figure.said if said.row == row.key), row.label))
    return form(quarter, (x, y), radius, Look(fill, colour, 0.7 if lit else 0.45, mark))


def _fill(figure: Figure, style: Style, row: Row) -> str:
    """Return the ground of a mark: hollow below ten firms, full where its sector is lit."""
    colour = quarter_colour(style, quarter_of(figure, row.key))
    if any(row.cells[place].status is CellStatus.SMALL for place in (EXPOSURE, CONTROL, FIRMS)):
        return style.palette.surface
    return colour if _is_lit(figure, row) else mix(style.palette.surface, colour, 0.45)


def _is_lit(figure: Figure, row: Row) -> bool:
    return bool(figure.chosen) and row.key == figure.chosen


def letters(figure: Figure, style: Style, sized: list[tuple[Row, float]], scale: Scale) -> dict[str, list[Label]]:
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


def names(figure: Figure, style: Style, what: tuple[list[tuple[Row, float]], set[str]], scale: Scale) -> list[Shape]:
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
