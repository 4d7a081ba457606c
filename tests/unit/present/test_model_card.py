"""The model card: everything a reader must know before using a model, in both languages, and no more than may be told."""

from __future__ import annotations

import re
from dataclasses import replace

import model_study
import pytest

from app.domain.learning import Drift, GroupError, LabelsFrom, ModelScore
from app.domain.numbers import HIDDEN_SIGN
from app.present.model_card import model_card
from app.present.view import View


def card(resources, texts, **changes):
    found = model_study.report(**changes)
    study = model_study.study(found)
    return model_card(View(study, resources, texts), found)


def told(sections) -> str:
    return "\n".join(line for section in sections for line in (section.title, *section.lines))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_every_section_says_something_in_both_languages(small_resources, chinese, lang):
    sections = card(small_resources, chinese.switched(lang))
    assert len(sections) == 11
    assert all(section.title and section.lines and all(section.lines) for section in sections)
    text = told(sections)
    assert not re.search(r"nan|None|card\.|refusal\.|[{}]", text)
    assert bool(re.search("[一-鿿]", re.sub(r"王敏|“.*?”|[^ ]*乡|[^ ]*镇", "", text))) or lang == "en"


def test_that_it_says_from_whom_and_when_the_labels_are(small_resources, chinese):
    text = told(card(small_resources, chinese))
    assert "170家企业的现场评估等级，评估人2名" in text
    assert "2026-09-01至2026-09-20" in text
    assert "评分规则自己给出的等级从不用来训练" in text


def test_that_every_model_stands_beside_the_one_taken(small_resources, chinese):
    sections = {section.title: section.lines for section in card(small_resources, chinese)}
    lines = sections["试过的模型"]
    assert len(lines) == 5
    assert "kappa 0.76" in lines[2]
    assert "0.094 ± 0.007" in lines[2]
    assert lines[4].endswith("有序逻辑回归。")


def test_that_a_model_that_did_not_run_says_why(small_resources, chinese):
    scores = (*model_study.report().scores[:3], ModelScore("boosting", refusal="refusal.levels_too_rare"))
    assert "未运行" in told(card(small_resources, chinese, scores=scores))


def test_that_kinds_of_firms_judged_too_high_or_too_low_are_named_with_the_share_of_chance(small_resources, chinese):
    text = told(card(small_resources, chinese))
    assert "高0.21级（0.03至0.39）" in text
    assert "低0.19级（−0.35至−0.03）" in text
    assert "纯属偶然" in text
    even = (GroupError("size", "large", 80, 0.7, 0.0, -0.1, 0.1), GroupError("size", "small", 90, 0.7, 0.0, -0.1, 0.1))
    assert "没有发现一贯偏高或偏低" in told(card(small_resources, chinese, groups=even))


def test_that_drift_unseen_answers_and_warnings_are_told(small_resources, chinese):
    text = told(card(small_resources, chinese, drift=(Drift("people", 0.31, "stop", 0.08),), warnings=("learn.warning.drift",)))
    assert "（0.31）" in text and "1项与学过的企业有差别" in text
    assert "8%的企业给出了训练企业没有的答案" in text
    assert f"{chinese('learn.warning.drift')}。" in text
    assert "没有明显变化" in told(card(small_resources, chinese, drift=(Drift("people", 0.01, "ok"),)))


def test_that_small_counts_are_hidden(small_resources, chinese):
    classes = (("L0", 3), ("L1", 67), ("L2", 55), ("L3", 33), ("L4", 12))
    counts = next(line for line in told(card(small_resources, chinese, classes=classes)).split("\n") if line.startswith("各等级"))
    assert HIDDEN_SIGN in counts
    assert counts.split("、")[0].endswith(HIDDEN_SIGN)


def test_that_boasted_chances_and_missing_sets_are_said(small_resources, chinese):
    scores = tuple(replace(score, ece_after=0.2) for score in model_study.report().scores)
    text = told(card(small_resources, chinese, scores=scores, conformal=None))
    assert "概率不宜展示" in text
    assert "一律弃权" in text


def test_that_a_ladder_is_not_called_a_visit(small_resources, chinese):
    assert "不是现场评估" in told(card(small_resources, chinese, labels_from=LabelsFrom.LADDER))


def test_that_there_is_no_card_of_a_model_that_did_not_run(small_resources, chinese):
    assert card(small_resources, chinese, refusal="refusal.no_labels", scores=()) == ()


def test_that_every_line_of_the_card_is_a_sentence(small_resources, chinese, english):
    for texts in (chinese, english):
        lines = told(card(small_resources, texts, warnings=("learn.warning.drift",))).split("\n")
        assert all(line.endswith(("。", ".", "）", ")")) for line in lines if len(line) > 30), lines
        assert not [line for line in lines if line[:1].islower()]


def test_that_many_drifts_are_one_sentence(small_resources, chinese):
    drift = tuple(Drift("people", 0.31 + place / 100, "stop") for place in range(9))
    assert told(card(small_resources, chinese, drift=drift)).count("PSI") == 1
