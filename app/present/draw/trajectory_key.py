"""The key of a trajectory: every line as it is drawn beside its name; series from elsewhere by the letter at their end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from app.domain.drawing import Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure, Series
from app.present.draw.style import Rect, Style, mix, note_label
from app.present.draw.text import ASCENT, text_width, wrap

ARROW = 2.2  # millimetres of the arrow on a lower bound
Point = tuple[float, float, float | None, float | None]
SAMPLE = 2.4  # width of a sample of a line, in sizes of notes
DASHES: tuple[tuple[float, ...], ...] = ((0.6, 0.8), (2.2, 0.8), (2.2, 0.7, 0.5, 0.7), (0.4, 1.5), (3.4, 1.1))


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the key: where it begins, and the lines it takes."""

    x: float
    y: float
    series: Series
    lines: tuple[str, ...]


def letters_of(figure: Figure) -> dict[str, str]:
    """Return the letter of each series from elsewhere, in the order of the figure."""
    ids = [series.id for series in figure.series if series.role == "reference"]
    return {id_: ascii_lowercase[place % 26] for place, id_ in enumerate(ids)}


def dash_of(figure: Figure, series: Series) -> tuple[float, ...]:
    """Return the dashes of a series from elsewhere: they and its letter tell it apart, never its colour alone."""
    return DASHES[list(letters_of(figure)).index(series.id) % len(DASHES)]


def key_height(figure: Figure, style: Style, width: float) -> float:
    """Return the height the key takes over a plot."""
    entries = _entries(figure, style, Rect(0, 0, width, 0))
    bottom = max((each.y + len(each.lines) * style.line(style.note) for each in entries), default=style.line(style.note))
    return bottom + style.pad


def key_shapes(figure: Figure, style: Style, area: Rect) -> list[Shape]:
    """Return the key at the top of `area`: our own lines first, then those from elsewhere on lines of their own."""
    shapes: list[Shape] = []
    letters = letters_of(figure)
    for entry in _entries(figure, style, area):
        middle, end = entry.y + style.note * 0.55, entry.x + style.note * SAMPLE
        shapes += sample(figure, style, entry.series, (entry.x, end, middle))
        x = end + style.pad * 0.6
        letter = letters.get(entry.series.id, "") if entry.series.role == "reference" else ""
        if letter:
            shapes.append(Label(x, entry.y + style.note * ASCENT, letter, style.note, style.palette.muted, bold=True))
            x += text_width("m ", style.note)
        for place, line in enumerate(entry.lines):
            shapes.append(note_label(style, x, entry.y + style.note * ASCENT + place * style.line(style.note), line))
    return shapes


def sample(figure: Figure, style: Style, series: Series, place: tuple[float, float, float]) -> list[Shape]:
    """Return a short piece of a line between `place` (x, x, y) as it looks in the plot."""
    x1, x2, y = place
    palette, half = style.palette, style.note * 0.38
    ends = ((x1, y), (x2, y))
    band = ((x1, y - half), (x2, y - half), (x2, y + half), (x1, y + half))
    middle = (x1 + x2) / 2
    if series.role == "fan":
        return [Path(band, fill=palette.accent, opacity=0.16, closed=True), fan_stroke(style, ends)]
    if series.role == "upper":
        return [upper_band(style, band)]
    if series.role == "earlier":
        return [square(style, (middle, y))]
    if series.role == "reference":
        if joined_pairs(series):
            return [Path(ends, stroke=palette.neutral, line=0.4, dash=dash_of(figure, series))]
        return reference_sign(style, (middle, y + (ARROW * style.scale / 2 if series.bound else 0.0)), series.bound)
    if series.role == "path":
        return [path_stroke(style, ends)]
    line = [Path(ends, stroke=palette.accent, line=0.6)] if joined_pairs(series, figure.unit) else []
    return [*line, Dot(middle, y, 1.1 * style.scale, palette.accent)]


def joined_pairs(series: Series, unit: str = "") -> list[tuple[Point, Point]]:
    """Return the neighbours that a line joins: none across a break, and of shares none without an interval (volunteers)."""
    pairs = [(one, other) for one, other in pairwise(series.points) if not any(one[0] < at <= other[0] for at in series.breaks)]
    if series.role == "earlier":
        return []
    if series.role == "observed" and unit == "fraction":
        return [(one, other) for one, other in pairs if one[2] is not None and other[2] is not None]
    return pairs


def path_stroke(style: Style, points: tuple[tuple[float, float], ...]) -> Path:
    """Return the required path."""
    return Path(points, stroke=style.palette.text, line=0.4, dash=(1.6, 1.2))


def fan_stroke(style: Style, points: tuple[tuple[float, float], ...]) -> Path:
    """Return the middle of the fan."""
    return Path(points, stroke=mix(style.palette.surface, style.palette.accent, 0.45), line=0.35)


def upper_band(style: Style, points: tuple[tuple[float, float], ...]) -> Path:
    """Return the firms' own plans: an outline of dots, so that nobody takes it for the fan."""
    palette = style.palette
    return Path(points, stroke=palette.at_risk, line=0.3, fill=palette.at_risk, opacity=0.14, dash=(0.5, 0.7), closed=True)


def square(style: Style, point: tuple[float, float], mark: Mark | None = None) -> Path:
    """Return the sign of a value before a break."""
    (x, y), r = point, 1.1 * style.scale
    corners = ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r))
    return Path(corners, stroke=style.palette.muted, line=0.4, fill=style.palette.surface, closed=True, mark=mark)


def reference_sign(style: Style, point: tuple[float, float], bound: bool, mark: Mark | None = None) -> list[Shape]:
    """Return the small dot of a published value; an arrow up where it was published as "more than"."""
    (x, y), colour = point, style.palette.neutral
    shapes: list[Shape] = [Dot(x, y, 0.6 * style.scale, colour, mark=mark)]
    if bound:
        top, side = y - ARROW * style.scale, 0.7 * style.scale
        head = ((x - side, top + side * 1.3), (x, top), (x + side, top + side * 1.3))
        shapes += [Path(((x, y), (x, top)), stroke=colour, line=0.3, mark=mark), Path(head, stroke=colour, line=0.3)]
    return shapes


def _entries(figure: Figure, style: Style, area: Rect) -> list[Entry]:
    """Return where each name begins: our own first, those from elsewhere from a new line on."""
    own = [series for series in figure.series if series.role != "reference"]
    others = [series for series in figure.series if series.role == "reference"]
    found: list[Entry] = []
    y = area.y
    for group in (own[::-1], others):
        placed = _flow(style, group, Rect(area.x, y, area.width, 0))
        found += placed
        y = max((each.y + len(each.lines) * style.line(style.note) for each in placed), default=y)
    return found


def _flow(style: Style, group: list[Series], area: Rect) -> list[Entry]:
    found: list[Entry] = []
    x, y, tall = area.x, area.y, 1
    for series in group:
        before = style.note * SAMPLE + style.pad * 0.6
        before += text_width("m ", style.note) if series.role == "reference" else 0.0
        width = before + text_width(series.label, style.note)
        if x > area.x and x + width > area.right:
            x, y, tall = area.x, y + tall * style.line(style.note), 1
        lines = wrap(series.label, max(area.width - before, style.note * 4), style.note)
        found.append(Entry(x, y, series, lines))
        x, tall = x + width + style.pad * 2, max(tall, len(lines))
    return found
