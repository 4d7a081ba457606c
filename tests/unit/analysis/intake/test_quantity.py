import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intake.clean import clean
from app.analysis.intake.distinct import Distinct
from app.analysis.intake.quantity import read_quantity
from app.analysis.intake.tidy import chinese_number, circled_numbers, tidy
from app.analysis.intake.units import split_unit
from app.domain.instrument import ItemType
from app.domain.sheet import CellKind
from tests.unit.analysis.intake.making import distinct_of, item


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("1,200", 1200, ""),
        ("１２０", 120, ""),
        ("1.5", 1.5, ""),
        ("120人", 120, ""),
        ("三百二十人", 320, ""),
        ("约30", 30, "approximate"),
        ("200余人", 200, "approximate"),
        ("50人左右", 50, "approximate"),
        ("100-300", 200, "range"),
        ("100～300人", 200, "range"),
        ("50人以上", 50, "bound"),
        ("不足10", 10, "bound"),
        ("120（其中研发20）", 120, "remainder"),
        ("120人，其中研发20人", 120, "remainder"),
        ("1.2千万", 12_000_000, ""),
        ("0.12亿", 12_000_000, ""),
        ("200w", 2_000_000, ""),
        ("-5", -5, ""),
        ("十几人", 15, "range"),
        ("二十多人", 25, "range"),
        ("几百", 550, "range"),
        ("百余人", 100, "approximate"),
        ("不足百人", 100, "bound"),
        ("壹佰贰拾万元整", 1_200_000, ""),
        ("2亿3千万", 230_000_000, ""),
        ("1.5亿元/年", 150_000_000, ""),
    ],
)
def test_that_a_written_quantity_has_its_value_and_says_what_was_loose(text, value, note):
    quantity = read_quantity(text)
    assert (quantity.value, quantity.note) == (value, note)


@pytest.mark.parametrize(
    "text", ["", "较高", "12abc", "2026-06-30", "1.2.3", "-", "约", "5-3", "nan", "inf", "1_000", "十几个人吧"]
)
def test_that_what_is_no_quantity_gives_none(text):
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百五", 350),
        ("两千万", 2e7),
        ("一千零五", 1005),
        ("一亿三千万", 1.3e8),
        ("十二", 12),
        ("二〇二六", 2026),
        ("三点五", 3.5),
        ("万", None),
    ],
)
def test_that_chinese_numerals_are_read(text, value):
    assert chinese_number(text) == value


def test_that_circled_numbers_need_to_be_alone():
    assert circled_numbers("①、③") == (1, 3)
    assert circled_numbers("①机器学习") == ()


@pytest.mark.parametrize(
    ("text", "unit", "wan"),
    [
        ("2000万", "万元", 2000),
        ("2000万", "元", 2000),
        ("0.12亿", "万元", 1200),
        ("1.2千万", "", 1200),
        ("￥1,200", "万元", 1200),
        ("1,200", "元", 0.12),
        ("50万元", "元", 50),
        ("1200元", "万元", 0.12),
        ("500（万元）", "元", 500),
        ("100-300万", "元", 200),
        (1200, "千元", 120),
        (3, "亿元", 30000),
        ("三千万", "元", 3000),
    ],
)
def test_that_money_comes_in_wan_by_its_own_unit_first(text, unit, wan):
    cleaned = clean(distinct_of(text), item("M", ItemType.MONEY, "金额", unit="万元"), unit)
    assert cleaned.values.tolist() == [pytest.approx(wan)]


def test_that_a_blank_turnover_cell_is_missing_and_not_zero():
    cleaned = clean(distinct_of("", "  ", "\u200b"), item("M", ItemType.MONEY, "金额", unit="万元"), "万元")
    assert all(value != value for value in cleaned.values) and not cleaned.issues


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("无", "number.none_written"),
        ("不详", "cell.not_known"),
        ("未统计", "cell.not_known"),
        ("商业秘密", "cell.withheld"),
        ("不适用", "cell.not_applicable"),
        ("/", "cell.marker"),
        ("1000美元", "money.currency"),
        ("较高", "value.unread"),
    ],
)
def test_that_what_is_no_amount_is_missing_with_its_finding(text, code):
    cleaned = clean(distinct_of(text), item("M", ItemType.MONEY, "金额", unit="万元"), "万元")
    assert cleaned.values[0] != cleaned.values[0]
    assert [issue.code for issue in cleaned.issues] == [code]


def test_that_an_unstated_unit_of_money_is_told_once():
    cleaned = clean(distinct_of(5, 7), item("M", ItemType.MONEY, "金额", unit="万元"), "")
    assert [code for code, _ in cleaned.column_issues] == ["money.unit_assumed"]


def test_that_a_range_is_reported_in_the_stored_unit():
    (issue,) = clean(distinct_of("100-300万"), item("M", ItemType.MONEY, "金额", unit="万元"), "元").issues
    assert dict(issue.params) == {"used": "200", "low": "100", "high": "300"}


def test_that_a_formula_error_is_missing_with_a_finding():
    cleaned = clean(distinct_of("#REF!", 5), item("M", ItemType.COUNT, "人数"), "")
    assert cleaned.values[0] != cleaned.values[0]
    assert [(issue.index, issue.code) for issue in cleaned.issues] == [(0, "cell.formula_error")]


def test_that_a_number_out_of_range_is_kept_with_a_finding():
    cleaned = clean(distinct_of(-3, 5), item("M", ItemType.COUNT, "人数", low=0, high=10), "")
    assert cleaned.values.tolist() == [-3, 5]
    assert [(issue.index, issue.code) for issue in cleaned.issues] == [(0, "value.range")]


def test_that_a_count_in_ten_thousands_is_unfolded():
    assert clean(distinct_of(1.5), item("M", ItemType.COUNT, "人数", unit="人"), "万人").values.tolist() == [15000]


@given(st.floats(0, 1e9).map(lambda x: round(x, 2)))
def test_that_cleaning_a_formatted_amount_gives_the_amount_again(amount):
    money = item("M", ItemType.MONEY, "金额", unit="万元")
    for text in (f"{amount:,}", f"{amount!r}万元", f" ￥{amount!r} "):
        if "e" not in text:
            assert clean(distinct_of(text), money, "万元").values[0] == pytest.approx(amount, abs=1e-9)


@given(st.text(max_size=30))
def test_that_no_text_whatever_breaks_the_reading_of_quantities(text):
    quantity = read_quantity(text)
    assert quantity is None or quantity.low <= quantity.value <= quantity.high
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize("kind", [CellKind.TEXT, CellKind.NUMBER])
@pytest.mark.parametrize("type_", [ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT])
def test_that_a_number_too_large_to_hold_is_missing_with_a_finding(kind, type_):
    huge = Distinct(("1e400", "7"), (kind, CellKind.NUMBER), np.arange(2, dtype=np.int32), np.ones(2, dtype=np.int64))
    result = clean(huge, item("N", type_, "数"), "万元" if type_ is ItemType.MONEY else "")
    assert np.isnan(result.values).tolist() == [True, False]
    assert [issue.code for issue in result.issues] == ["value.unread"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("七八个", 7, 8), ("三五人", 3, 5), ("一二十人", 10, 20), ("五六万", 50_000, 60_000), ("两三百", 200, 300)],
)
def test_that_two_numerals_side_by_side_are_one_or_the_other(text, low, high):
    quantity = read_quantity(text)
    assert (quantity.low, quantity.high, quantity.qualifier) == (low, high, "range")
    assert chinese_number(text[:3]) is None and read_quantity("八七个") is None


def test_that_a_count_with_a_part_is_kept_and_told_unless_it_is_the_middle_of_a_range():
    staff = item("N", ItemType.COUNT, "从业人员", unit="人")
    cleaned = clean(distinct_of(10.5, "3-4", 12, "0.5人"), staff)
    assert cleaned.values.tolist() == [10.5, 3.5, 12, 0.5]
    assert sorted(issue.index for issue in cleaned.issues if issue.code == "number.not_whole") == [0, 3]


@pytest.mark.parametrize("text", ["2025年", "6个月", "8小时", "30%", "5吨"])
def test_that_a_time_or_a_weight_is_no_head_count(text):
    cleaned = clean(distinct_of(text), item("N", ItemType.COUNT, "从业人员", unit="人"))
    assert np.isnan(cleaned.values[0]) and [issue.code for issue in cleaned.issues] == ["value.unread"]


def test_that_nothing_is_read_from_a_column_in_another_currency():
    money = item("M", ItemType.MONEY, "营业收入", unit="万元")
    cleaned = clean(distinct_of(500, "", "300万"), money, "万美元")
    assert np.isnan(cleaned.values).all() and [(issue.index, issue.code) for issue in cleaned.issues] == [
        (0, "money.currency"),
        (2, "money.currency"),
    ]
    assert split_unit("营业收入（万美元）") == ("营业收入", "万美元")
