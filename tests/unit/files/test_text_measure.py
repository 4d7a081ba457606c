"""Measuring text without the program that will set it: never too narrow, never losing a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.files.text_measure import width_mm, wrapped

TEXTS = st.text(alphabet="人工智能就绪度，。（）“”AIPlus 0123456789%–.-", max_size=120)


@given(TEXTS, st.floats(12, 120), st.sampled_from([9.0, 16.0]))
def test_that_wrapping_keeps_every_letter_in_order(text, width, size):
    kept = "".join(wrapped(text, width, size)).replace(" ", "")
    assert kept == text.replace(" ", "")


@given(TEXTS, st.floats(30, 120))
def test_that_a_line_is_no_wider_than_asked_unless_one_piece_is(text, width):
    for line in wrapped(text, width, 10.0):
        assert width_mm(line, 10.0) <= width + 0.5 or not any(letter in " 人工智能就绪度" for letter in line[1:])


def test_that_no_line_begins_with_closing_punctuation():
    for line in wrapped("达到L2及以上的占59%（54–64%），达到L3及以上的占29%（24–34%）。" * 3, 40, 10)[1:]:
        assert line[0] not in "，。）％%"


@pytest.mark.parametrize(("narrow", "wide"), [("iii", "WWW"), ("人", "人工"), ("普通", "普通L2")])
def test_that_a_wider_text_measures_wider(narrow, wide):
    assert width_mm(narrow, 12) < width_mm(wide, 12)


def test_that_bold_type_of_twice_the_size_takes_at_least_twice_the_room():
    assert width_mm("AI readiness", 20, True) >= 2 * width_mm("AI readiness", 10)
