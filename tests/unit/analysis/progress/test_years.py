"""Decimal years: the end of the day, so that year ends stand whole years apart."""

from __future__ import annotations

import pytest

from app.analysis.progress import deadline, decimal_year


def test_that_a_year_end_is_the_next_whole_year():
    assert decimal_year("2025-12-31") == 2026.0
    assert decimal_year("2024-12-31") == 2025.0  # a leap year too


def test_that_two_years_lie_between_a_year_end_and_the_goal_of_two_years_later():
    assert deadline(2027) - decimal_year("2025-12-31") == 2.0


def test_that_the_middle_of_a_year_is_about_its_half():
    assert decimal_year("2026-07-02") == pytest.approx(2026.5, abs=0.01)


def test_that_anything_but_an_iso_date_is_refused():
    with pytest.raises(ValueError, match="Invalid isoformat"):
        decimal_year("2026年6月")
