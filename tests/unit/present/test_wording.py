"""One way of saying a thing."""

from __future__ import annotations

import pytest

from app.analysis.progress.lights import percent as percent_told
from app.domain.goals import Goal, GoalKind, GoalProgress, Layer, Light
from app.domain.numbers import interval, percent
from app.domain.release import Cell, CellStatus
from app.domain.study import Design, Wave
from app.domain.words import Words
from app.present import wording


@pytest.mark.parametrize(
    ("value", "low", "high", "zh", "en"),
    [
        (0.408, 0.36, 0.459, "41%（36–46%）", "41% (36–46%)"),
        (0.41, None, None, "41%", "41%"),
        (0.0, 0.0, 0.121, "0%（0–12%）", "0% (0–12%)"),
        (0.002, 0.0005, 0.03, "<0.5%（<0.5%–3%）", "<0.5% (<0.5%–3%)"),
        (1.0, 0.8, 1.0, "100%（80–100%）", "100% (80–100%)"),
    ],
)
def test_that_a_share_is_written_with_its_interval_in_both_languages(chinese, english, value, low, high, zh, en):
    assert wording.share_text(chinese, value, low, high) == zh
    assert wording.share_text(english, value, low, high) == en


def test_that_a_share_just_below_one_is_never_called_all():
    assert percent(0.9999) == ">99.5%"


@pytest.mark.parametrize(
    ("wan", "zh", "en"),
    [
        (12_000, "1.2亿元", "RMB 120 million"),
        (10_000, "1亿元", "RMB 100 million"),
        (860, "860万元", "RMB 8.6 million"),
        (0, "0元", "RMB 0"),
        (0.35, "3,500元", "RMB 3,500"),
        (1e9, "10万亿元", "RMB 10 trillion"),
        (-25_000, "-2.5亿元", "RMB -250 million"),
    ],
)
def test_that_money_is_said_in_the_unit_a_reader_expects(chinese, english, wan, zh, en):
    assert wording.money(chinese, wan) == zh
    assert wording.money(english, wan) == en


@pytest.mark.parametrize(
    ("fraction", "zh"), [(0.29, "29个百分点"), (0.058, "5.8个百分点"), (-0.02, "−2个百分点"), (0.0001, "0个百分点")]
)
def test_that_a_gap_is_said_in_percentage_points(chinese, fraction, zh):
    assert wording.points(chinese, fraction) == zh


def test_that_a_pace_says_a_year(chinese, english):
    assert wording.pace(chinese, 12.84) == "每年提高13个百分点"
    assert wording.pace(english, 5.04) == "5 percentage points a year"


def test_that_dates_follow_the_language_and_other_texts_stay(chinese, english):
    assert wording.date_text(chinese, "2026-06-05") == "2026年6月5日"
    assert wording.date_text(english, "2026-06-05") == "2026-06-05"
    assert wording.date_text(chinese, "去年") == "去年"


def wave(design: Design) -> Wave:
    return Wave("2026", "2026-06-30", design, {"C": 100})


def test_that_census_sample_and_volunteers_are_worded_differently(chinese):
    said = [wording.sample_sentence(chinese, wave(design), 80, 100) for design in Design]
    assert said == [
        "普查，应报100家，收到有效答卷80家（回收率80%）",
        "概率抽样，总体100家，有效样本80家",
        "自愿填报，有效答卷80家",
    ]


def test_that_an_unknown_frame_is_said_and_gives_no_response_rate(chinese, english):
    assert "无法判断" in wording.sample_sentence(chinese, wave(Design.CENSUS), 80, None)
    assert "cannot be told" in wording.sample_sentence(english, wave(Design.CENSUS), 80, None)


def test_that_only_volunteers_and_an_incomplete_census_carry_a_warning(chinese):
    assert "不能推断全部企业" in wording.caution(chinese, wave(Design.VOLUNTEER))
    assert wording.caution(chinese, wave(Design.SAMPLE)) == ""
    assert "未回收" in wording.caution(chinese, wave(Design.CENSUS), 80, 100)
    assert wording.caution(chinese, wave(Design.CENSUS), 100, 100) == ""


def test_that_a_hidden_cell_is_said_to_be_hidden_and_a_small_one_to_be_weak(chinese):
    assert wording.cell_words(chinese, Cell(CellStatus.HIDDEN, "fraction")) == "‡（为保护单个企业不公布）"
    small = Cell(CellStatus.SMALL, "fraction", 0.5, 0.2, 0.8, 6)
    assert wording.cell_words(chinese, small) == "50%（20–80%）（不足10家企业，仅供参考）"
    assert wording.cell_words(chinese, Cell(CellStatus.SHOWN, "score", 57.4)) == "57分"
    assert wording.cell_words(chinese, Cell(CellStatus.SHOWN, "fraction", n=0)) == "无法判断"


def test_that_an_interval_whose_ends_would_read_the_same_gets_a_decimal():
    assert interval(0.028, 0.034, "fraction") == "2.8–3.4%"
    assert interval(0.002, 0.004, "fraction") == "0.2–0.4%"
    assert interval(0.43, 0.44, "fraction") == "43–44%"
    assert interval(0.0, 0.0, "fraction") == "0–0%"


@pytest.mark.parametrize("design", [Design.CENSUS, Design.SAMPLE])
def test_that_no_response_rate_is_told_from_a_frame_smaller_than_the_answers(design, zh, en):
    wave = Wave("2026", "2026-06-30", design, {"C": 60})
    for texts in (zh, en):
        assert wording.sample_sentence(texts, wave, 2145, 60) == wording.sample_sentence(texts, wave, 2145, None)
        assert wording.sample_sentence(texts, wave, 60, 60) != wording.sample_sentence(texts, wave, 60, None)


def graded(reason, values=(), of_part=False):
    words = Words("目标", "goal")
    goal = Goal("g", Layer.COUNTY, GoalKind.COUNT, 2027, ">=", 20.0, "家", words, "", "", words, (), "", words, "", False)
    return GoalProgress(goal, None, (), None, None, None, None, Light.AT_RISK, reason, values, of_part=of_part)


def test_that_of_some_of_the_firms_the_reason_first_says_that_the_target_was_set_for_all(chinese, english):
    for texts, first in ((chinese, "仅看所选企业，"), (english, "Of the chosen firms only,")):
        whole, part = (wording.light_reason(texts, graded("light.reason.met", of_part=flag)) for flag in (False, True))
        assert whole == texts("light.reason.met")
        assert part.startswith(first)
        assert part.endswith(whole)


@pytest.mark.parametrize(
    ("unit", "zh", "en"), [("家", "9家", "9 firms"), ("亿元", "9亿元", "9 hundred million yuan"), ("万亩", "9万亩", "9 万亩")]
)
def test_that_the_reason_of_a_count_names_its_unit_in_the_readers_language(chinese, english, unit, zh, en):
    told = graded("light.reason.at_risk_count", (("observed", "9"), ("probability", "50%"), ("required", "8"), ("unit", unit)))
    assert zh in wording.light_reason(chinese, told)
    assert en in wording.light_reason(english, told)


@pytest.mark.parametrize(
    ("chance", "said"), [(0.196, "<20%"), (0.2, "20%"), (0.797, "<80%"), (0.804, "80%"), (0.194, "19%"), (0.999, ">99%")]
)
def test_that_the_probability_of_a_goal_never_reads_as_one_of_another_light(chance, said):
    assert wording.goal_chance(chance) == percent_told(chance) == said


def test_that_a_page_that_names_its_firms_tells_the_bare_reason(chinese):
    part = graded("light.reason.met", of_part=True)
    assert wording.light_reason(chinese, part, brief=True) == chinese("light.reason.met")
