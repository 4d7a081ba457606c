"""What a native chart plots, the same for Word, slides and workbooks: series, axes and labels; the writers only set it in XML."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.numbers import HIDDEN_SIGN
from app.domain.release import Cell, CellStatus, Row

Form = Literal["bar", "stacked_bar", "column", "stacked_column", "line", "xy"]
Values = tuple[float | None, ...]
PLACES = {"fraction": 3, "score": 1, "pp": 2, "rate": 2}  # decimals that leave the program; others are whole
FORMATS = {"fraction": "0%", "score": "0", "pp": '+0.0;"−"0.0;0', "rate": "0.0", "rank": "0"}


@dataclass(frozen=True, slots=True)
class Tag:
    """Words beside a point: its place in the series, the text (lines by "\\n"), on which side (l, r, t, b, ctr)."""

    point: int
    text: str
    side: str = "r"
    colour: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Plotted:
    """One series. `look` names how it is drawn, `points` how single points of it are; None among `values` is a gap.

    `across` are the x values of a series of points; `low` and `high` the ends of its intervals, along x where `sideways`.
    `shown` writes its values into its bars. `column` is the column of the table that it plots, None for helping lines and rows.
    `lined` draws it as a line over the columns of the others.
    """

    name: str
    values: Values
    look: str
    across: Values = ()
    low: Values = ()
    high: Values = ()
    sideways: bool = False
    tags: tuple[Tag, ...] = ()
    points: tuple[tuple[int, str], ...] = ()
    shown: bool = False
    listed: bool = True
    column: int | None = None
    lined: bool = False

    @property
    def has_interval(self) -> bool:
        """Whether any point has an interval."""
        held = self.across if self.sideways else self.values
        return any(low is not None and value is not None for low, value in zip(self.low, held, strict=False))


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of numbers: its ends, the step of its marks, how they are written, what they are called."""

    low: float = 0.0
    high: float = 1.0
    step: float = 0.2
    format: str = "0%"
    title: str = ""
    grid: bool = True
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """How large a chart will be, in mm, and its type in points: what its labels may take."""

    width: float = 156.0
    height: float = 90.0
    size: float = 9.0


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart: `up` is the scale of values, `along` that of the x values of points. `names` stand left of its rows of points.

    `legend` lists the series that are `listed`. `gap` and `overlap` are those of its bars, in per cent; `before` and `aside` mm
    kept free left and right of the plot for words beside its points.
    """

    form: Form
    series: tuple[Plotted, ...]
    up: Scale
    categories: tuple[str, ...] = ()
    along: Scale = Scale()
    legend: bool = False
    gap: int = 60
    overlap: int = 0
    names: bool = False
    before: float = 0.0
    aside: float = 0.0


def released(value: float | None, unit: str) -> float | None:
    """Return a number as it leaves the program: no more decimals than are printed anywhere."""
    if value is None:
        return None
    return round(float(value), PLACES.get(unit, 0)) + 0.0


def column_values(rows: Sequence[Row], place: int) -> Values:
    """Return the values of one column, None where a cell is hidden or absent."""
    return tuple(released(row.cells[place].value, row.cells[place].unit) for row in rows)


def column_ends(rows: Sequence[Row], place: int) -> tuple[Values, Values]:
    """Return the lower and upper ends of the intervals of one column."""
    return ends([row.cells[place] for row in rows])


def ends(cells: Sequence[Cell]) -> tuple[Values, Values]:
    """Return the ends of the intervals of cells; nothing at all where none has one."""
    if not any(cell.low is not None and cell.high is not None for cell in cells):
        return (), ()
    return tuple(released(cell.low, cell.unit) for cell in cells), tuple(released(cell.high, cell.unit) for cell in cells)


def numbers_of(rows: Iterable[Row]) -> list[float]:
    """Return all numbers of rows, with the ends of their intervals."""
    cells = [cell for row in rows for cell in row.cells]
    return [bound for cell in cells for bound in (cell.value, cell.low, cell.high) if bound is not None]


def named(row: Row) -> str:
    """Return the name of a row, with the sign of what is not published where it holds no value at all."""
    hidden = row.cells and all(cell.status is CellStatus.HIDDEN for cell in row.cells)
    return f"{row.label} {HIDDEN_SIGN}" if hidden else row.label


def longest_first(series: Sequence[Plotted]) -> tuple[Plotted, ...]:
    """Return series of points with a longest one in front: LibreOffice drops a first series that later ones outnumber."""
    most = max((len(each.values) for each in series), default=0)
    first = next((place for place, each in enumerate(series) if len(each.values) == most), 0)
    return (*series[first : first + 1], *series[:first], *series[first + 1 :])


def unit_of(rows: Sequence[Row], place: int = 0) -> str:
    """Return the unit of a column."""
    return rows[0].cells[place].unit if rows else "fraction"


def scale_of(values: Sequence[float], unit: str, zero: bool = True, most: int = 6) -> Scale:
    """Return round marks that hold all values; from zero for bars. A share never passes 100 %, a score 100."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    low, high = (min(low, 0.0), max(high, 0.0)) if zero or low < 0.5 * high else (low, high)
    least = {"fraction": 0.05, "score": 5.0}.get(unit, 0.1 if unit in ("pp", "rate") else 1.0)
    high = max(high, low + least)
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(power * part for part in (1, 2, 5, 10, 20) if (high - low) / (power * part) <= most)
    step = max(step, 1.0) if unit not in ("fraction", "score", "pp", "rate") else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    top = {"fraction": 1.0, "score": 100.0}.get(unit, math.inf)
    format_ = "0.0%" if unit == "fraction" and step < 0.0099 else FORMATS.get(unit, "#,##0")
    return Scale(round(first * step, 10), min(round(last * step, 10), top), round(step, 10), format_)
