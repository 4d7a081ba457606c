"""Visits: the list, what assessors found, where they disagree, and what a firm's panel says of its level."""

from __future__ import annotations

from dataclasses import replace

import model_study
import pytest

from app.domain.judgement import Label, Override, Ruling
from app.domain.learning import Agreement, Explanation, Lift
from app.domain.selection import Selection
from app.present import pages
from app.present.evidence import firm_detail
from app.present.evidence.why import Why
from app.present.judged import firm_text, judged
from app.present.pages.visits import agreement_words
from app.present.pages.visits_tables import doubt_words, drawn_with
from app.present.view import View


@pytest.fixture(scope="module")
def visited():
    return model_study.study()


@pytest.fixture
def page(visited, small_resources, chinese):
    return pages.visits_page(visited, small_resources, chinese)


def column(table, key):
    return table.data[next(k for k, each in enumerate(table.columns) if each.key == key)]


def with_labels(study, *labels):
    return replace(study, judgements=replace(study.judgements, labels=(*study.judgements.labels, *labels)))


def name_of(study, position):
    return str(study.responses.firms["name"].iat[position])


def test_that_without_a_list_the_page_says_how_to_draw_one(small, small_resources, chinese, english):
    page = pages.visits_page(small, small_resources, chinese)
    assert page.list is None and page.head.empty is None
    assert (page.form.n, page.form.most) == (40, 147)
    assert page.facts == ()
    assert "no visit list" in pages.visits_page(small, small_resources, english).head.headline.lower()


def test_that_a_study_without_answers_asks_for_workbooks(small, small_resources, chinese):
    bare = replace(small, responses=None, assessments=())
    assert pages.visits_page(bare, small_resources, chinese).head.empty.step.command == "study.collect"


def test_that_labels_taken_in_do_not_take_the_page_away(visited, small_resources, chinese):
    page = pages.visits_page(replace(visited, assessments=()), small_resources, chinese)
    assert page.head.empty is None
    assert "重新评估" in page.stale
    assert len(page.list.table) == 24
    assert page.disagreements[0].computed == ""


def test_that_the_headline_tells_how_far_the_visits_are(page):
    assert page.head.headline == "抽中24家，已走访9家，还剩15家；1家评估人意见不一，等待裁定"
    assert "随机种子7" in page.head.measure_line


def test_that_the_list_stands_in_the_order_of_the_road_and_says_why_each_was_drawn(page):
    towns = column(page.list.table, "township")
    assert list(towns) == sorted(towns)
    assert column(page.list.table, "order")[:3] == (1, 2, 3)
    assert any("等级很拿不准；代表" in why for why in column(page.list.table, "why"))
    found = dict(zip(column(page.list.table, "name"), column(page.list.table, "result"), strict=True))
    assert found["A企业006"] == "待裁定"
    assert sum(bool(result) for result in found.values()) == 9


def test_that_firms_already_assessed_are_not_offered_again(page, visited):
    assert page.form.most == 147 - 9


def test_that_an_earlier_wave_shows_its_labels_but_draws_nothing(visited, small_resources, chinese):
    page = pages.visits_page(visited, small_resources, chinese, Selection(wave="2025"))
    assert page.form is None and page.list is None
    assert page.head.headline == "已有1家企业经现场评估，还没有抽取走访名单"


def test_that_every_label_says_what_became_of_it(page):
    states = dict(
        zip(zip(column(page.labels, "name"), column(page.labels, "who"), strict=True), column(page.labels, "state"), strict=True)
    )
    assert states[("查无此厂", "王敏")] == "本期没有这家企业"
    assert states[("A企业000", "王敏")] in ("已用于学习", "属于2025期")
    assert states[("A企业006", "李强")] == states[("A企业006", "王敏")] == "等待裁定"
    assert states[("C企业003", "王敏")] == "已裁定为L2"
    assert column(page.labels, "state").count("属于2025期") == 1


def test_that_a_newer_label_of_the_same_assessor_replaces_the_older(visited, small_resources, chinese):
    study = with_labels(visited, Label("2026", "", "C企业033", "L4", "王敏", "2026-11-01"))
    table = pages.visits_page(study, small_resources, chinese).labels
    states = [s for s, name in zip(column(table, "state"), column(table, "name"), strict=True) if name == "C企业033"]
    assert states == ["已用于学习", "同一评估人另有更新的"]


def test_that_a_disagreement_shows_both_sides_and_a_ruling_settles_it(visited, page, small_resources, chinese):
    (card,) = page.disagreements
    assert [side.who for side in card.sides] == ["王敏", "李强"]
    assert [side.level[:2] for side in card.sides] == ["L2", "L3"]
    assert card.computed == "评分规则L1；模型L1"
    ruling = Ruling("2026", "", card.name, "L2", "赵科长", "2026-11-01", "复看")
    settled = replace(visited, judgements=replace(visited.judgements, rulings=(*visited.judgements.rulings, ruling)))
    assert pages.visits_page(settled, small_resources, chinese).disagreements == ()


def test_that_an_override_stands_beside_the_computed_level(page):
    assert column(page.overrides, "level") == ("L3 集成应用",)
    assert column(page.overrides, "computed")[0].startswith("L")


def test_that_levels_to_choose_from_carry_their_meaning(page):
    assert page.levels[2].label == "L2 单点应用"
    assert page.levels[2].meaning == "至少一个环节日常在用"


def test_that_firms_of_the_list_are_suggested_first(page):
    assert page.suggestions[0] == column(page.list.table, "name")[0]
    assert len(set(page.suggestions)) == len(page.suggestions) == 147


def test_that_agreement_says_on_how_many_firms_it_rests(chinese, english):
    strong = Agreement(40, 0.8, 0.82, 0.7, 0.91)
    assert agreement_words(chinese, strong) == "评估人之间看法一致：40家由两人都看过，80%等级相同，κ 0.82（95%区间0.70至0.91）。"
    assert "do not agree" in agreement_words(english, replace(strong, kappa=0.3, low=0.1, high=0.5))
    assert "没有区间" in agreement_words(chinese, replace(strong, low=None, high=None))
    assert "κ无法计算" in agreement_words(chinese, Agreement(30, 1.0, None, None, None))
    few = agreement_words(chinese, Agreement(2, 1.0, 1.0, None, None))
    assert few.startswith("只有2家由两人都看过，其中2家等级相同")
    assert "κ" not in few and "100%" not in few
    assert "还没有企业由两位" in agreement_words(chinese, None)


def test_that_doubt_is_said_in_words(chinese):
    assert doubt_words(chinese, 0.9) == "等级很拿不准"
    assert doubt_words(chinese, 0.0).startswith("等级较有把握")


def test_that_no_firm_is_said_to_be_drawn_with_nought_or_a_hundred_percent(chinese):
    assert [drawn_with(chinese, chance) for chance in (1.0, 0.999, 0.43, 0.001)] == ["必抽", ">99%", "43%", "<1%"]


def test_that_a_firm_without_a_code_is_named_with_its_township(visited, small_resources, chinese):
    view = View(visited, small_resources, chinese)
    assert firm_text(view, 0) == f"{name_of(visited, 0)}@城关镇"


def test_that_a_label_by_name_finds_its_firm(visited, small_resources, chinese):
    found = judged(View(visited, small_resources, chinese), "2026")
    assert {name_of(visited, position) for position in found.firms} >= {"A企业000", "A企业006", "C企业003"}


def firm(study, resources, texts, name, explanation=None, model=None):
    firms = study.responses.firms
    position = int(firms.index[(firms["name"] == name) & (firms["wave"] == "2026")][0])
    return firm_detail(study, resources, position, texts, Why(explanation, model))


def test_that_a_firm_says_what_blanks_and_classifier_say_of_its_level(visited, small_resources, chinese):
    told = dict(firm(visited, small_resources, chinese, "A企业006").standing)
    assert told["分类器"] == "L1（把握70%）；L1–L2都有可能，拿不准"
    assert told["空白的影响"].startswith("没填的题全按最差")


def test_that_a_firm_shows_its_assessors_side_by_side_until_somebody_rules(visited, small_resources, chinese):
    detail = firm(visited, small_resources, chinese, "A企业006")
    assert "L2 单点应用 · 王敏 · 2026年9月2日" in detail.assessed[0][1]
    assert "李强" in detail.assessed[0][1]
    assert detail.assessed[1] == ("", "评估人意见不一，等待裁定")
    ruled = firm(visited, small_resources, chinese, "C企业003")
    assert ruled.assessed[-1][0] == "裁定"


def test_that_a_level_noted_by_hand_never_takes_the_place_of_the_computed_one(visited, small_resources, chinese):
    plain = firm(model_study.study(), small_resources, chinese, "C企业021")
    assert plain.override[0][1].startswith("L3 集成应用 · 赵科长")
    bare = replace(visited, judgements=replace(visited.judgements, overrides=()))
    assert firm(bare, small_resources, chinese, "C企业021").facts == plain.facts
    assert firm(bare, small_resources, chinese, "C企业021").override == ()


def test_that_an_older_study_says_nothing_that_was_not_computed(small, small_resources, chinese):
    detail = firm_detail(small, small_resources, 0, chinese)
    assert (detail.standing, detail.assessed, detail.override, detail.why) == ((), (), (), ())
    assert dict(detail.asking)["wave"] == "2025"


def test_that_why_this_level_quotes_items_and_better_answers(visited, small_resources, chinese):
    lifts = (Lift("agent", "no", "yes", "L2"), Lift("agent", "", "yes", "L2", ("people", "20", "120")))
    found = Explanation("L1", (("agent", -12.0), ("data", 8.25), ("people", 0.001)), lifts)
    lines = dict(firm(visited, small_resources, chinese, "A企业006", found).why)
    assert lines["为什么按评分规则是L1（去掉该支柱，指数会变多少）"] == "使用智能体：拉低指数12分\n数据：拉高指数8.2分"
    assert lines["按评分规则，怎样能升一级"].split("\n") == [
        "使用智能体由“否”改为“是”，可到L2",
        "使用智能体由“未填”改为“是”；从业人数由“20 人”改为“120 人”，可到L2",
    ]


def test_that_the_model_says_beside_the_rubric_why_and_what_would_lift_by_chances(visited, small_resources, chinese):
    found = Explanation("L2", (("agent", 0.084), ("data", -0.0312)), (Lift("agent", "no", "yes", "L3"),))
    lines = dict(firm(visited, small_resources, chinese, "A企业006", model=found).why)
    assert lines == {
        "为什么分类器认为是L2（与同行业的中位作答相比）": "使用智能体：把握提高8.4个百分点\n数据：把握降低3.1个百分点",
        "按分类器，怎样能升一级": "使用智能体由“否”改为“是”，可到L3",
    }


def test_that_a_firm_no_answer_would_lift_is_told_so(visited, small_resources, chinese):
    lines = dict(firm(visited, small_resources, chinese, "A企业006", Explanation("L1", (), ())).why)
    assert lines == {"按评分规则，怎样能升一级": "改一两个答案还升不了级。"}
    assert firm(visited, small_resources, chinese, "A企业006", Explanation("L4", (), ())).why == ()


def test_that_the_firm_table_has_the_judgements_beside_the_level(visited, small, small_resources, chinese):
    table = pages.firms_page(visited, small_resources, chinese).firms
    assert [each.key for each in table.columns][6:10] == ["level", "label", "predicted", "override"]
    noted = dict(zip(column(table, "name"), column(table, "override"), strict=True))
    assert noted["C企业021"] == "L3"
    assert set(column(table, "predicted")) >= {"L1", "L1（L1–L2）"}
    plain = pages.firms_page(small, small_resources, chinese).firms
    assert [each.key for each in plain.columns][-1] == "basis"


def test_that_overrides_of_firms_that_left_are_not_told_of_others(visited, small_resources, chinese):
    gone = Override("2026", "", "早已注销的厂", "L2", "赵科长", "2026-10-03", "无")
    study = replace(visited, judgements=replace(visited.judgements, overrides=(gone,)))
    assert len(pages.visits_page(study, small_resources, chinese).overrides) == 0
