"""Axes of a trajectory: years with those of the targets named first; shares 0–100 %, or a count's own round steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.drawing import Label, Shape
from app.domain.figure import Figure
from app.domain.numbers import percent
from app.domain.words import Texts
from app.present import wording
from app.present.draw.style import Rect, Style, centred, mix, note_label, rule
from app.present.draw.text import ASCENT, text_width

HORIZON = 2036.0  # the end of 2035
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_STEPS = 6
BEFORE = 0.3  # years of a count's plot before its first figure


@dataclass(frozen=True, slots=True)
class Values:
    """The upright axis: from 0 to `top`, with ticks."""

    top: float
    ticks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Years and values to millimetres."""

    first: float
    last: float
    values: Values
    plot: Rect

    def x(self, time: float) -> float:
        """Return where a time stands."""
        return self.plot.x + self.plot.width * (time - self.first) / (self.last - self.first)

    def at(self, time: float, value: float) -> tuple[float, float]:
        """Return the point of a time and a value; nothing is ever drawn beyond the axis."""
        part = min(max(value / self.values.top, 0.0), 1.0)
        return self.x(time), self.plot.bottom - self.plot.height * part


def span_of(figure: Figure) -> tuple[float, float]:
    """Return the first and last time of the plot: whole years around everything drawn; of shares to the end of 2035 at least."""
    times = [point[0] for series in figure.series for point in series.points]
    times += [target.time for target in figure.targets] + [flag.time for flag in figure.flags]
    begin = min(times, default=HORIZON - 10)
    first = math.floor(begin - 0.01) * 1.0
    if figure.unit == "fraction" or not times:
        return first, math.ceil(max([HORIZON, *times]) - 0.01) * 1.0
    return begin - BEFORE, math.ceil(max(times) - 0.01) + 1.0


def values_of(figure: Figure) -> Values:
    """Return the axis of values: of shares always 0–100 %."""
    if figure.unit == "fraction":
        return Values(1.0, SHARES)
    reached = [target.value for target in figure.targets]
    for series in figure.series:
        reached += [value for point in series.points for value in point[1:] if value is not None]
    highest = max(reached, default=1.0) * 1.02
    power = 10.0 ** math.floor(math.log10(max(highest, 1.0) / MOST_STEPS + 1e-12))
    step = next(power * part for part in ROUND if power * part * MOST_STEPS >= highest)
    step = max(step, 1.0)
    count = max(1, math.ceil(highest / step))
    return Values(step * count, tuple(step * k for k in range(count + 1)))


def tick_text(texts: Texts, figure: Figure, tick: float, top: float) -> str:
    """Return the label of a tick; the topmost one of a count carries its unit."""
    if figure.unit == "fraction":
        return percent(tick)
    text = wording.big_number(texts, tick)
    return f"{text}{'' if texts.lang == 'zh' else ' '}{figure.unit_word}" if tick == top else text


def value_text(texts: Texts, figure: Figure, value: float) -> str:
    """Return a value as it stands beside its mark."""
    return percent(value) if figure.unit == "fraction" else wording.big_number(texts, value)


def year_text(texts: Texts, year: int) -> str:
    """Return the label of the end of a year."""
    return texts("figure.draw.year_end", year=year)


def axes(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return hairlines with values at the left and years below; a faint upright where a target falls due."""
    shapes: list[Shape] = []
    plot, palette = scale.plot, style.palette
    for tick in scale.values.ticks:
        y = scale.at(scale.first, tick)[1]
        shapes.append(rule(plot.x, y, plot.right, y, palette.neutral if tick == 0 else palette.hairline))
        at = Label(plot.x - style.pad * 0.6, y, "", style.note, palette.muted, "end")
        shapes += centred(style, (tick_text(style.texts, figure, tick, scale.values.top),), at)
    due = sorted({target.time for target in figure.targets})
    shapes += [
        rule(scale.x(time), plot.y, scale.x(time), plot.bottom, mix(palette.surface, palette.neutral, 0.35), 0.15) for time in due
    ]
    return [*shapes, *_years(figure, style, scale)]


def _years(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return a tick a year, and the names of as many as there is room for: those of targets and the last one first."""
    shapes: list[Shape] = []
    plot, palette = scale.plot, style.palette
    base = plot.bottom + style.pad * 0.6 + style.note * ASCENT
    years = range(math.ceil(scale.first + 0.01), int(scale.last) + 1)
    due = [int(target.time) for target in figure.targets if target.own] + [int(target.time) for target in figure.targets]
    flags = [int(flag.time) for flag in figure.flags if flag.kind == "words"]
    wanted = dict.fromkeys([*due, *flags, int(scale.last), *reversed(years)])
    taken: list[tuple[float, float]] = []
    for year in years:
        x = scale.x(year)
        shapes.append(rule(x, plot.bottom, x, plot.bottom + style.pad * 0.4, palette.neutral))
    for year in wanted:
        text, x = year_text(style.texts, year - 1), scale.x(year)
        half = text_width(text, style.note) / 2
        if x - half < plot.x - style.pad * 0.5 or any(x - half < right and x + half > left for left, right in taken):
            continue
        taken.append((x - half - style.pad, x + half + style.pad))
        shapes.append(note_label(style, x, base, text, "middle"))
    return shapes
