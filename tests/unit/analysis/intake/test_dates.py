"""Days, months and years in the ways forms write them, as exact as they were written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intake.clean import clean
from app.analysis.intake.clean_date import read_date
from app.domain.instrument import ItemType
from app.domain.sheet import CellKind
from tests.unit.analysis.intake.making import distinct_of, item

DAY = item("D", ItemType.DATE, "成立时间")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026年6月", "2026-06"),
        ("2026.6", "2026-06"),
        ("202606", "2026-06"),
        ("20260630", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
        ("2026/6/3", "2026-06-03"),
        ("2026 年 6 月 30 日", "2026-06-30"),
        ("２０２６年６月", "2026-06"),
        ("二〇二六年六月", "2026-06"),
        ("2025年度", "2025"),
        ("2025", "2025"),
        ("2026年第二季度", "2026-06"),
        ("2026Q1", "2026-03"),
        ("2026年上半年", "2026-06"),
        ("2026-06-30T00:00:00", "2026-06-30"),
        ("2026-13", None),
        ("2026-02-30", None),
        ("上年", None),
        ("6月", None),
    ],
)
def test_that_a_written_date_is_as_exact_as_it_was_written(text, iso):
    assert read_date(text) == iso


def test_that_a_number_cell_may_be_a_day_of_the_spreadsheet_or_a_year_or_a_month():
    values = clean(distinct_of(44927, 2026, 202606, 2026.6), DAY).values.tolist()
    assert values == ["2023-01-01", "2026", "2026-06", "2026-06"]


def test_that_a_month_that_lost_its_zero_is_not_guessed():
    result = clean(distinct_of(2026.1, "2026.1", "上年", "不详", ""), DAY)
    assert result.values.tolist() == [None, "2026-01", None, None, None]
    assert [issue.code for issue in result.issues] == ["date.unread", "date.unread", "cell.not_known"]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_that_a_day_is_the_same_however_it_is_written(day):
    ways = (
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
    )
    assert {read_date(way) for way in ways} == {day.isoformat()}
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert read_date(str(serial), CellKind.NUMBER) == day.isoformat()


@given(st.text(max_size=16))
def test_that_no_text_whatever_breaks_the_reading_of_dates(text):
    found = read_date(text)
    assert found is None or read_date(found) == found
