"""Numbers of an edited sentence beside those of the sentence as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.verify.words import paired

SENTENCE = "本期达到L2及以上的企业占59%（54–64%），达到L3及以上的占29%（24–34%），比上期提高19个百分点。"


def told(expected, found):
    """Pairs of texts that differ."""
    pairs = ((one.text if one else "", two.text if two else "") for one, two in paired(expected, found))
    return [pair for pair in pairs if pair[0] != pair[1]]


def test_that_a_changed_digit_is_paired_with_what_it_was():
    assert told(SENTENCE, SENTENCE.replace("29%", "39%")) == [("29%", "39%")]


def test_that_words_written_anew_change_no_pair():
    edited = "经核对，2026".replace("2026", "") + SENTENCE.replace("本期", "今年调查中，").replace("比上期提高", "较上一期上升了")
    assert told(SENTENCE, edited) == []


def test_that_clauses_may_change_places():
    one = "制造业占41%，批发业占30%，金融业占92%。"
    assert told(one, "金融业占92%；批发业占30%，而制造业占41%。") == []


def test_that_swapped_numbers_are_found_though_words_changed():
    one = "制造业占41%，批发业占30%。"
    assert told(one, "经核对，制造业占30%，批发业占41%，请参阅。") == [("41%", "30%"), ("30%", "41%")]


def test_that_a_deleted_number_stands_alone_and_the_others_keep_theirs():
    assert told(SENTENCE, SENTENCE.replace("（54–64%）", "")) == [("54", ""), ("64%", "")]


def test_that_an_added_number_stands_alone():
    assert told(SENTENCE, f"{SENTENCE}另有318家企业试点。") == [("", "318")]


def test_that_a_sentence_written_wholly_anew_keeps_its_numbers():
    assert told("收到有效答卷2,145家，回收率92%。", "92%的应报单位已反馈，合计2145份") == [("2,145", "2145")]


@given(st.lists(st.integers(0, 999), min_size=1, max_size=8))
def test_that_a_text_beside_itself_has_no_difference(numbers):
    text = "，".join(f"第{k}类有{number}家" for k, number in enumerate(numbers))
    assert told(text, text) == []
