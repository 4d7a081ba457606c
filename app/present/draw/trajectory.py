"""TRAJECTORY: observed waves with intervals, the required path, the fan of the trend, the targets to 2035."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.domain.drawing import Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure, Series, Target
from app.domain.numbers import percent
from app.domain.release import CellStatus, Row
from app.present import wording
from app.present.draw.place import Placer
from app.present.draw.style import Rect, Style, centred, lines_height, mix, note_label, rule
from app.present.draw.text import ASCENT, text_width

HORIZON = 2036.0  # the end of 2035
LEAST_PLOT = 52.0
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


class TrajectoryBody:
    """Lines over years from 0 to 100 %; values and targets are labelled where they stand."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return room for the plot, its key above and its years below."""
        return LEAST_PLOT * style.scale + self._key_height(figure, style, width) + lines_height(style, 1, style.note) + style.pad

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return key, axes, fan, path, observations, targets, labels."""
        left = text_width("100%", style.note) + style.pad
        below = lines_height(style, 1, style.note) + style.pad
        above = self._key_height(figure, style, area.width)
        edge = text_width(style.texts("figure.draw.year_end", year=2035), style.note) / 2
        plot = Rect(area.x + left, area.y + above, area.width - left - edge, area.height - above - below)
        scale = Scale(*_span(figure), plot)
        shapes = [*self._key(figure, style, area), *_axes(style, scale)]
        for series in figure.series:
            shapes += _line(style, scale, series)
        shapes += _targets(style, scale, figure.targets)
        shapes += _observations(figure, style, scale)
        return [*shapes, *_labels(figure, style, scale)]

    def keys(self, figure: Figure, style: Style) -> tuple[str, ...]:
        """Return what the thin vertical lines mean, where there are any."""
        has = any(point[2] is not None for series in figure.series if series.role == "observed" for point in series.points)
        return (style.texts("figure.draw.interval_key"),) if has else ()

    def _entries(self, figure: Figure, style: Style, area: Rect) -> list[tuple[float, float, Series]]:
        """Return where each line's key begins."""
        found, x, y = [], area.x, area.y
        for series in figure.series:
            width = style.note * 2.4 + style.pad + text_width(series.label, style.note)
            if x > area.x and x + width > area.right:
                x, y = area.x, y + style.line(style.note)
            found.append((x, y, series))
            x += width + style.pad * 2
        return found

    def _key_height(self, figure: Figure, style: Style, width: float) -> float:
        entries = self._entries(figure, style, Rect(0, 0, width, 0))
        return (entries[-1][1] if entries else 0.0) + style.line(style.note) + style.pad

    def _key(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        shapes: list[Shape] = []
        for x, y, series in self._entries(figure, style, area):
            middle, end = y + style.note * 0.55, x + style.note * 2.4
            shapes.append(_stroke(style, series.role, ((x, middle), (end, middle)), in_key=True))
            shapes.append(note_label(style, end + style.pad, y + style.note * ASCENT, series.label))
        return shapes


class Scale:
    """Years and shares to millimetres."""

    def __init__(self, first: float, last: float, plot: Rect) -> None:
        self.first, self.last, self.plot = first, last, plot

    def at(self, time: float, share: float) -> tuple[float, float]:
        """Return the point of a time and a share."""
        part = (time - self.first) / (self.last - self.first)
        return self.plot.x + self.plot.width * part, self.plot.bottom - self.plot.height * min(max(share, 0.0), 1.0)


def _span(figure: Figure) -> tuple[float, float]:
    times = [point[0] for series in figure.series for point in series.points] + [target.time for target in figure.targets]
    first = min(times, default=HORIZON - 10)
    return math.floor(first - 0.01) * 1.0, max(HORIZON, *times) if times else HORIZON


def _axes(style: Style, scale: Scale) -> list[Shape]:
    shapes: list[Shape] = []
    plot, palette = scale.plot, style.palette
    for tick in TICKS:
        y = scale.at(scale.first, tick)[1]
        shapes.append(rule(plot.x, y, plot.right, y, palette.neutral if tick == 0 else palette.hairline))
        at = Label(plot.x - style.pad * 0.6, y, "", style.note, palette.muted, "end")
        shapes += centred(style, (percent(tick),), at)
    base = plot.bottom + style.pad * 0.6 + style.note * ASCENT
    width = text_width(style.texts("figure.draw.year_end", year=2035), style.note) + style.pad
    years = range(math.ceil(scale.first + 0.01), int(scale.last) + 1)
    step = max(1, math.ceil(width / (plot.width / max(scale.last - scale.first, 1.0))))
    for year in years:
        x = scale.at(year, 0)[0]
        shapes.append(rule(x, plot.bottom, x, plot.bottom + style.pad * 0.4, palette.neutral))
        if (int(scale.last) - year) % step == 0 and x - width / 2 >= plot.x - style.pad * 3:
            shapes.append(note_label(style, x, base, style.texts("figure.draw.year_end", year=year - 1), "middle"))
    return shapes


def _line(style: Style, scale: Scale, series: Series) -> list[Shape]:
    points = tuple(scale.at(time, value) for time, value, _, _ in series.points)
    if series.role != "fan":
        return [_stroke(style, series.role, points)] if len(points) > 1 else []
    upper = [scale.at(time, high if high is not None else value) for time, value, _, high in series.points]
    lower = [scale.at(time, low if low is not None else value) for time, value, low, _ in series.points]
    band = Path((*upper, *reversed(lower)), fill=style.palette.accent, opacity=0.14, closed=True)
    return [band, _stroke(style, "fan", points)]


def _stroke(style: Style, role: str, points: Sequence[tuple[float, float]], in_key: bool = False) -> Path:
    palette = style.palette
    looks = {
        "observed": (palette.accent, 0.6, ()),
        "path": (palette.neutral, 0.4, (1.6, 1.2)),
        "fan": (palette.accent, 1.6 if in_key else 0.3, ()),
        "reference": (palette.reference, 0.4, (0.6, 0.8)),
    }
    colour, line, dash = looks.get(role, looks["reference"])
    return Path(tuple(points), stroke=mix(palette.surface, colour, 0.35) if role == "fan" else colour, line=line, dash=dash)


def _observations(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return interval and dot of each observed wave; hollow below ten firms."""
    shapes: list[Shape] = []
    for series in figure.series:
        if series.role != "observed":
            continue
        shown = [row for row in figure.table.rows if row.cells[0].value is not None]
        for row, (time, value, low, high) in zip(shown, series.points, strict=False):
            x, y = scale.at(time, value)
            mark = _observed_mark(style, row)
            if low is not None and high is not None:
                ends = (scale.at(time, low), scale.at(time, high))
                shapes.append(Path(ends, stroke=style.palette.text, line=0.35, mark=mark))
            hollow = row.cells[0].status is CellStatus.SMALL
            fill = style.palette.surface if hollow else style.palette.accent
            shapes.append(Dot(x, y, 1.3 * style.scale, fill, style.palette.accent, 0.4, mark))
    return shapes


def _observed_mark(style: Style, row: Row) -> Mark:
    cell = row.cells[0]
    words = wording.cell_words(style.texts, cell)
    return Mark(cell.evidence, style.texts("figure.draw.observed_sentence", time=row.label, value=words, n=f"{cell.n or 0:,}"))


def _targets(style: Style, scale: Scale, targets: tuple[Target, ...]) -> list[Shape]:
    shapes: list[Shape] = []
    r = 1.6 * style.scale
    for target in targets:
        x, y = scale.at(target.time, target.value)
        corners = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
        mark = Mark(target.evidence, target.label)
        shapes.append(Path(corners, stroke=style.palette.reference, line=0.4, fill=style.palette.surface, closed=True, mark=mark))
    return shapes


def _labels(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return the labels of targets and observations, each where it meets no other; one without room is left to the hover."""
    placer = Placer(scale.plot)
    observed = [series for series in figure.series if series.role == "observed"]
    for series in observed:
        for time, value, low, high in series.points:
            placer.block(scale.at(time, value), 1.4 * style.scale)
            if low is not None and high is not None:
                placer.line([scale.at(time, low), scale.at(time, high)], 0.4 * style.scale)
    for series in figure.series:
        placer.line([scale.at(time, value) for time, value, _, _ in series.points], 0.4 * style.scale)
    for target in figure.targets:
        placer.block(scale.at(target.time, target.value), 1.7 * style.scale)
    shapes: list[Shape] = []
    for target in figure.targets:
        at = Label(
            *scale.at(target.time, target.value),
            target.label,
            style.note,
            style.palette.text,
            mark=Mark(target.evidence, target.label),
        )
        shapes += placer.place(at, 2.6 * style.scale)
    shown = [row for row in figure.table.rows if row.cells[0].value is not None]
    for series in observed:
        for row, (time, value, _, _) in reversed(list(zip(shown, series.points, strict=False))):
            mark = _observed_mark(style, row)
            at = Label(*scale.at(time, value), percent(value), style.body, style.palette.accent, bold=True, mark=mark)
            shapes += placer.place(at, 2.4 * style.scale)
    return shapes
