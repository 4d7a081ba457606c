"""How the numbers of a goal are written: shares as percent, counted things in the goal's own unit."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.goals import Goal, GoalKind, GoalProgress
from app.domain.numbers import fixed, number, percent
from app.domain.progress import Pace
from app.domain.words import Texts
from app.present import wording

COUNTED = (GoalKind.COUNT, GoalKind.AMOUNT)
AMOUNT_UNIT = "amount"  # of a cell that holds a reported figure: it rests on no firm's answers


def is_counted(goal: Goal) -> bool:
    """Return whether the goal counts things or money, which people report, and is no share of firms."""
    return goal.kind in COUNTED


def is_reported(progress: GoalProgress) -> bool:
    """Return whether a goal's values are figures that people reported and not the answers of firms."""
    return bool(progress.observations) and not progress.observations[-1].wave


def rate_word(texts: Texts, progress: GoalProgress) -> str:
    """Return what the rate of a goal is called in a sentence: by its measure's short name, else the rate."""
    measure = progress.measure
    short = texts.of(measure.short) if measure is not None else ""
    return short or texts("figure.goal.rate")


def value_words(texts: Texts, goal: Goal, value: float) -> str:
    """Return a value of a goal: 41% or 36家."""
    return wording.amount(texts, value, goal.unit) if is_counted(goal) else percent(value)


def gap_words(texts: Texts, goal: Goal, gap: float) -> str:
    """Return how far it is to a goal: 29 个百分点, or 14家."""
    return wording.amount(texts, gap, goal.unit) if is_counted(goal) else wording.points(texts, gap)


def pace_words(texts: Texts, goal: Goal, pace: float) -> str:
    """Return a pace a year: in percentage points, or in the goal's unit."""
    if not is_counted(goal):
        return wording.pace(texts, pace)
    return texts("figure.goal.count_pace", value=wording.amount(texts, pace, goal.unit))


def points_words(texts: Texts, points: float) -> str:
    """Return percentage points as short as they are told beside other numbers: a decimal below ten."""
    return texts("goal.number.points", value=wording.plain(points))


def firms_words(texts: Texts, n: float) -> str:
    """Return a number of firms."""
    return texts("goal.number.firms", n=number(n, "count"))


def ratio_words(texts: Texts, pace: Pace | None) -> str:
    """Return how the observed pace stands to the required one, "" where that cannot be said: 0.36 far behind."""
    if pace is None or pace.ratio is None or pace.band is None:
        return ""
    return texts("goal.number.ratio", ratio=fixed(pace.ratio, 2), band=texts(f"pace.band.{pace.band.value}"))


def model_name(texts: Texts, model: str) -> str:
    """Return what a way of forecasting is called."""
    return texts(f"forecast.model.{model}")


def unit_word(texts: Texts, goal: Goal) -> str:
    """Return the unit that stands at an axis, "" for shares."""
    return wording.unit_word(texts, goal.unit) if is_counted(goal) else ""


def day_of(time: float) -> str:
    """Return the ISO day that ends at a decimal year: 2026.0 → 2025-12-31 (the inverse of `decimal_year`)."""
    year = int(time - 1e-6)
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    day = min(max(round((time - year) * length), 1), length)
    return (date(year, 1, 1) + timedelta(days=day - 1)).isoformat()
