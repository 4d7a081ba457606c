"""Numbers of a chart along an axis: bounds, steps, and how they read in the format the file gives them."""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass

from app.domain.paper_chart import ChartAxis, ChartGroup, PaperChart

STEPS = (1.0, 2.0, 5.0, 10.0)
ABOUT = 6  # steps that an axis without a step of its own has, about
MOST = 60
_CONDITION = re.compile(r"\s*\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_TESTS = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
_QUOTED = re.compile(r'"([^"]*)"|\\\\(.)|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers to a share of the way along the axis."""

    low: float
    high: float
    step: float
    turned: bool = False

    def share(self, value: float) -> float:
        """Return 0…1 for a value within the bounds."""
        at = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return 1.0 - at if self.turned else at

    def held(self, value: float) -> float:
        """Return the value, or the bound it lies beyond."""
        return min(max(value, self.low), self.high)

    @property
    def ticks(self) -> tuple[float, ...]:
        """The numbers that are named."""
        first = math.ceil(self.low / self.step - 1e-9)
        last = math.floor(self.high / self.step + 1e-9)
        return tuple(place * self.step for place in range(first, min(last, first + MOST) + 1))


def scale_of(axis: ChartAxis | None, values: list[float], from_zero: bool) -> Scale:
    """Return the scale of an axis on which `values` are to stand, bars `from_zero`."""
    low = min(values, default=0.0)
    high = max(values, default=1.0)
    if from_zero or (low >= 0 and low < high * 5 / 6):
        low = min(low, 0.0)
    if from_zero:
        high = max(high, 0.0)
    low = axis.low if axis is not None and axis.low is not None else low
    high = axis.high if axis is not None and axis.high is not None else high
    if high <= low:
        high = low + 1.0
    step = (axis.step if axis is not None else None) or _nice((high - low) / ABOUT)
    if axis is None or axis.low is None:
        low = math.floor(low / step + 1e-9) * step
    if axis is None or axis.high is None:
        high = (math.floor(high / step + 1e-9) + 1) * step if high % step else high
    return Scale(low, high, step, axis is not None and axis.turned)


def _nice(step: float) -> float:
    size = 10.0 ** math.floor(math.log10(step)) if step > 0 else 1.0
    return next(each * size for each in STEPS if each * size >= step * 0.999)


def reach(group: ChartGroup, across: bool = False) -> list[float]:
    """Return the numbers of a group that its value axis (`across`: the x axis of a scatter) must hold."""
    found: list[float] = []
    if group.stack and not across:
        length = max((len(series.values) for series in group.series), default=0)
        for place in range(length):
            parts = [series.values[place] or 0.0 for series in group.series if place < len(series.values)]
            found += [sum(part for part in parts if part > 0), sum(part for part in parts if part < 0)]
        return found if group.stack == "stacked" else [0.0, 1.0]
    for series in group.series:
        values = series.xs if across else series.values
        found += [value for value in values if value is not None]
        for bars in series.whiskers:
            if bars.across == (across or (group.kind == "bar" and group.lying)):
                found += [value + (more or 0.0) for value, more in zip(values, bars.plus, strict=False) if value is not None]
                found += [value - (less or 0.0) for value, less in zip(values, bars.minus, strict=False) if value is not None]
    return found


def format_of(chart: PaperChart, axis: ChartAxis | None) -> str:
    """Return the format of an axis's numbers: its own, else that of the first values on it."""
    if axis is not None and axis.format and axis.format != "General":
        return axis.format
    return next((series.format for group in chart.groups for series in group.series if series.format), "General")


def _kind(value: float, kinds: list[str]) -> str:
    """Return the part of a format that holds for `value`: by its conditions, else positive, negative, nought."""
    conditions = [_CONDITION.match(kind) for kind in kinds]
    if not any(conditions):
        return kinds[1] if value < 0 and len(kinds) > 1 else kinds[2] if value == 0 and len(kinds) > 2 else kinds[0]
    for kind, found in zip(kinds, conditions, strict=True):
        if found is None or _TESTS[found[1]](value, float(found[2])):
            return kind
    return ""


def spoken(value: float, format_: str) -> str:
    """Return `value` as a format of Excel says it: places, thousands, percent, and words in quotes; the rest as it is."""
    kinds = format_.split(";")
    pattern = _kind(value, kinds)
    if pattern in ("General", "@", "") and pattern == format_:
        return f"{value:.10g}"
    words = "".join(found[0] or found[1] for found in _QUOTED.findall(pattern))
    bare = _QUOTED.sub("", pattern)
    number = re.search(r"[#0?][#0?,]*(?:\.([0#?]+))?", bare)
    if number is None:
        return words
    percent = "%" in bare
    places = len(number[1] or "")
    shown = abs(value) if value < 0 and len(kinds) > 1 and not _CONDITION.match(kinds[0]) else value
    text = f"{shown * (100 if percent else 1):{',' if ',' in number[0] else ''}.{places}f}"
    text = text.lstrip("-") if float(text.replace(",", "")) == 0 else text
    return f"{bare[: number.start()]}{text}{bare[number.end() :]}{words}".strip()
