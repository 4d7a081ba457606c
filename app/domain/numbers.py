"""How a number is written, the same on screen, in figures and in documents."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.release import Cell, CellStatus

HIDDEN_SIGN = "‡"
SMALL_SIGN = "†"
ABSENT_SIGN = "—"


def percent(share: float) -> str:
    """Write a fraction as whole percent: 0.408 → 41%; never 0% or 100% for what is not quite so."""
    if 0 < share < 0.005:
        return "<0.5%"
    if 0.995 < share < 1:
        return ">99.5%"
    return f"{round(share * 100)}%"


def chance(value: float, edges: Sequence[float] = ()) -> str:
    """Write a probability as whole percent; no estimate is ever quite sure: >99% at most, <1% at least.

    One that falls short of an edge between two verdicts and would round up to it is written as below it: <20%.
    """
    if value >= 0.995 or value < 0.005:
        return ">99%" if value >= 0.995 else "<1%"
    below = next((edge for edge in edges if value < edge and percent(value) == percent(edge)), None)
    return percent(value) if below is None else f"<{percent(below)}"


def number(value: float, unit: str) -> str:
    """Write a value by its unit: fraction, score (0–100), count, money (万元), pp (percentage points) or rate (per hundred)."""
    if unit == "fraction":
        return percent(value)
    if unit == "pp":
        return f"{value:+.1f}"
    if unit == "rate":
        return f"{value:.1f}" if not 0 < value < 0.05 else "<0.1"  # never 0 for what is not quite so
    if unit == "score":
        return f"{value:.0f}"
    return f"{value:,.0f}"


def fixed(value: float, digits: int, signed: bool = False) -> str:
    """Write a number with `digits` decimals and a true minus sign; nothing has no sign, and `signed` it is a plain 0."""
    text = f"{value:{'+' if signed else ''}.{digits}f}"
    if float(text) == 0:
        return "0" if signed else text.lstrip("-")
    return text.replace("-", "−")


def interval(low: float | None, high: float | None, unit: str) -> str:
    """Write an interval, empty where none may be given: 36–46%; a decimal more where both ends would read the same."""
    if low is None or high is None:
        return ""
    first = number(low, unit)
    if unit == "fraction" and low < high and first == number(high, unit):
        return f"{low * 100:.1f}–{high * 100:.1f}%"
    return f"{first.rstrip('%')}–{number(high, unit)}" if not first.startswith(("<", ">")) else f"{first}–{number(high, unit)}"


def cell_text(cell: Cell, with_interval: bool = True) -> str:
    """Write a released cell: ‡ hidden, — absent, † after a value that rests on few firms."""
    if cell.status is CellStatus.HIDDEN:
        return HIDDEN_SIGN
    if cell.value is None:
        return ABSENT_SIGN
    text = number(cell.value, cell.unit)
    bounds = interval(cell.low, cell.high, cell.unit) if with_interval else ""
    sign = SMALL_SIGN if cell.status is CellStatus.SMALL else ""
    return f"{text}{sign} ({bounds})" if bounds else f"{text}{sign}"
