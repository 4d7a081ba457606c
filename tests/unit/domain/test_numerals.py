"""Numbers in texts: what is the same number written otherwise, and what is another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numerals import hashes, masked, numerals


def keys(text):
    return [each.key for each in numerals(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("41%", "４１％"),
        ("41%", "41 %"),
        ("41%", "41.0%"),
        ("41%", "百分之41"),
        ("2,140家", "2140家"),
        ("2,140家", "2 140家"),
        ("2,140家", "２，１４０家"),
        ("−3.5", "-3.5"),
        ("（−3.5）", "（–3.5）"),
        ("36–46%", "36-46%"),
        ("36–46%", "36～46%"),
        ("2026-06-30", "2026年6月30日"),
        ("<0.5%", "＜0.5％"),
        ("1.2亿元", "12,000万元"),
        ("36个百分点", "36 个百分点"),
        ("+3.0", "3"),
    ],
)
def test_that_the_same_number_written_otherwise_is_the_same(one, other):
    assert keys(one) == keys(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("41%", "47%"),
        ("41%", "41"),
        ("41%", "4.1%"),
        ("41%", "41个百分点"),
        ("<0.5%", "0.5%"),
        ("-3.5", "3.5"),
        ("1.2亿元", "1.2万元"),
        ("2,140", "2,410"),
        ("L2", "L3"),
    ],
)
def test_that_another_number_is_another(one, other):
    assert keys(one) != keys(other)


def test_that_two_numbers_of_a_list_do_not_run_together():
    assert keys("41，300家") == ["41", "300"]
    assert keys("2026, and 5") == ["2026", "5"]


def test_that_codes_are_names_and_check_values_are_no_numbers():
    text = "达到L2及以上，校验值：3f2a99bc01de445566"
    assert [(each.text, each.code) for each in numerals(text)] == [("L2", True)]
    assert hashes(text) == ("3f2a99bc01de445566",)


def test_that_masking_keeps_the_words_alone():
    assert masked("占 41%（36–46%）") == masked("占47％（37–46%）") == "占#（#–#）"


@given(st.text(max_size=60))
def test_that_places_are_those_in_the_text(text):
    for each in numerals(text):
        assert text[each.start : each.end] == each.text


@given(st.integers(0, 10**9), st.booleans())
def test_that_separators_never_matter(number, negative):
    sign = "-" if negative else ""
    assert keys(f"共{sign}{number:,}家") == keys(f"共{sign}{number}家")
