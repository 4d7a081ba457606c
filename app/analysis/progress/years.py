"""Dates as decimal years, so that paces are per year."""

from __future__ import annotations

from datetime import date


def decimal_year(iso_date: str) -> float:
    """Return the end of an ISO day as a decimal year: 2025-12-31 → 2026.0. Raises ValueError for anything else.

    The end of the day, so that a wave of 31 December 2025 and a goal "by 2027" stand exactly two years apart.
    """
    day = date.fromisoformat(iso_date)
    length = date(day.year + 1, 1, 1) - date(day.year, 1, 1)
    return day.year + day.timetuple().tm_yday / length.days


def deadline(year: int) -> float:
    """Return when a goal "by `year`" falls due: the end of 31 December of that year."""
    return year + 1.0
