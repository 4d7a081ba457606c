"""Fields of goals and their numbers as people type them: what is read, and the sentence for what cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.errors import UserError
from app.domain.goals import GoalKind, Layer
from app.domain.words import Words
from app.workflows.goal_fields import FIELDS, Known, pairs_of, with_fields
from app.workflows.goal_numbers import check_value, read_value

NEW = {
    "layer": "县",
    "kind": "数量",
    "year": "2027",
    "zh": "培育标杆企业",
    "document": "县政发〔2026〕3号",
    "issued": "2026-03",
    "scope_zh": "东河县",
}


@pytest.fixture(scope="module")
def known(resources):
    return Known(("p_kpi",), tuple(resources.taxonomy.sections), resources.words, 2026)


def refused(goal, said, known):
    with pytest.raises(UserError) as caught:
        with_fields(goal, "a1", said, known)
    return caught.value


@pytest.mark.parametrize("text", ["75%", "0.75", "75％", "七成五", "百分之七十五", " .75 ", "７５％"])
def test_that_a_rate_is_read_however_it_is_written(text):
    assert read_value(text, GoalKind.RATE, "") == 0.75


@pytest.mark.parametrize("text", ["75", "101%", "-0.1", "-5%", "约75%", "70%-80%", "很多", "", "nan", "inf", "75家", "超过半数"])
def test_that_what_is_no_exact_rate_is_refused(text):
    with pytest.raises(UserError) as caught:
        read_value(text, GoalKind.RATE, "")
    assert caught.value.code == "targets.rate"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.2万", "家", 12_000),
        ("12,000家", "家", 12_000),
        ("１２０００", "家", 12_000),
        ("3万台", "万台", 3),
        ("1.2", "万台", 1.2),
        ("1.2亿台", "台", 120_000_000),
        ("300亿元", "亿元", 300),
        ("1.2万亿元", "亿元", 12_000),
        ("1200亿", "亿元", 1200),
        ("5000万元", "亿元", 0.5),
        ("0", "家", 0),
        ("三百二十", "项", 320),
        ("20", "", 20),
    ],
)
def test_that_what_is_counted_is_read_in_the_goals_unit(text, unit, value):
    assert read_value(text, GoalKind.COUNT, unit) == value


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("约30", "家", "number"),
        ("100-200", "家", "number"),
        ("1e400", "家", "number"),
        ("1e16", "家", "number"),
        ("很多", "家", "number"),
        ("-5", "家", "negative"),
        ("30台", "家", "unit"),
        ("30%", "家", "unit"),
        ("300万元", "家", "unit"),
        ("1.2万", "亿元", "unit"),
    ],
)
def test_that_what_cannot_be_counted_is_refused(text, unit, code):
    with pytest.raises(UserError) as caught:
        read_value(text, GoalKind.COUNT, unit)
    assert caught.value.code == f"targets.{code}"


@pytest.mark.parametrize(
    ("value", "kind", "code"),
    [
        (1.01, GoalKind.RATE, "rate"),
        (-1.0, GoalKind.COUNT, "negative"),
        (float("nan"), GoalKind.COUNT, "number"),
        (1e20, GoalKind.AMOUNT, "number"),
    ],
)
def test_that_a_stored_value_is_held_against_the_kind(value, kind, code):
    with pytest.raises(UserError) as caught:
        check_value(value, kind)
    assert caught.value.code == f"targets.{code}"


def test_that_a_new_goal_is_made_of_what_was_said(known):
    goal = with_fields(
        None, "dh2027_firms", NEW | {"operator": "不低于", "value": "1.2万家", "unit": "家", "sections": "c、I"}, known
    )
    assert (goal.layer, goal.kind, goal.year, goal.operator, goal.value) == (Layer.COUNTY, GoalKind.COUNT, 2027, ">=", 12_000)
    assert (goal.words, goal.scope, goal.source) == (Words(NEW["zh"], NEW["zh"]), Words("东河县", "东河县"), NEW["document"])
    assert (goal.sections, goal.path, goal.verify) == (("C", "I"), "linear", False)


def test_that_everything_a_new_goal_lacks_is_named_at_once(known):
    error = refused(None, {"value": "20", "year": "2027"}, known)
    assert (error.code, error.params["fields"]) == ("targets.missing", "layer kind zh document issued scope_zh operator")


def test_that_a_goal_without_a_number_is_a_goal(known):
    goal = with_fields(None, "a1", NEW | {"kind": "rate"}, known)
    assert (goal.value, goal.operator) == (None, "")


def test_that_one_field_is_changed_and_the_rest_stays(known, resources):
    goal = resources.goal_book.goal("n2027_penetration")
    changed = with_fields(goal, goal.id, {"value": "75%", "paragraph": "一、总体要求", "verify": "是", "path": "s_curve"}, known)
    assert changed == replace(goal, value=0.75, paragraph="一、总体要求", verify=True, path="s_curve")
    bare = with_fields(goal, goal.id, {"value": ""}, known)
    assert (bare.value, bare.operator) == (None, "")


def test_that_a_language_with_nothing_of_its_own_follows_the_other(known):
    goal = with_fields(None, "a1", NEW | {"definition_zh": "定义", "proxy_en": "stands in"}, known)
    assert (goal.definition, goal.proxy) == (Words("定义", "定义"), Words("stands in", "stands in"))
    again = with_fields(goal, "a1", {"zh": "新词", "proxy_zh": "替代"}, known)
    assert (again.words, again.proxy) == (Words("新词", "新词"), Words("替代", "替代"))
    both = with_fields(again, "a1", {"en": "new words"}, known)
    assert both.words == Words("new words", "new words")
    told = with_fields(again, "a1", {"zh": "新词", "en": "new words", "proxy_zh": "", "proxy_en": ""}, known)
    assert (told.words, told.proxy) == (Words("新词", "new words"), Words("", ""))
    assert with_fields(told, "a1", {"zh": "更新的词"}, known).words == Words("更新的词", "new words")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"year": "2025"}, "past"),
        ({"year": "27"}, "year"),
        ({"year": "二〇二七"}, "year"),
        ({"year": "9999"}, "year"),
        ({"layer": "村"}, "layer"),
        ({"kind": "比"}, "kind"),
        ({"operator": "=>"}, "operator"),
        ({"operator": ">="}, "operator_alone"),
        ({"value": "20"}, "value_alone"),
        ({"kind": "milestone", "operator": ">=", "value": "20"}, "milestone_value"),
        ({"kind": "rate", "operator": ">=", "value": "75"}, "rate"),
        ({"measure": "p_nothing"}, "measure"),
        ({"sections": "C Z"}, "section"),
        ({"issued": "2026-13"}, "issued"),
        ({"path": "bend"}, "path"),
        ({"zh": ""}, "empty"),
        ({"document": ""}, "empty"),
    ],
)
def test_that_a_field_that_cannot_be_so_is_refused_in_both_languages(known, resources, said, code):
    goal = with_fields(None, "a1", NEW, known)
    error = refused(goal, said, known)
    assert error.code == f"targets.{code}"
    assert all(resources.words[f"error.{error.code}"].in_(lang).format(**error.params) for lang in ("zh", "en"))


def test_that_a_kind_cannot_be_changed_under_a_value_that_it_cannot_have(known):
    goal = with_fields(None, "a1", NEW | {"operator": ">=", "value": "20"}, known)
    assert refused(goal, {"kind": "rate"}, known).code == "targets.rate"
    assert refused(goal, {"kind": "milestone"}, known).code == "targets.milestone_value"


@pytest.mark.parametrize("id_", ["", "a b", "a|b", "a;b", "../x", "-a", "甲" * 61, "a\n"])
def test_that_an_id_that_marks_or_file_names_could_not_hold_is_refused(known, id_):
    with pytest.raises(UserError) as caught:
        with_fields(None, id_, NEW, known)
    assert caught.value.code == "targets.id"


def test_that_a_reversed_goal_is_allowed_and_known_as_one(known):
    goal = with_fields(None, "a1", NEW | {"operator": "不超过", "value": "20"}, known)
    assert goal.falls and goal.operator == "<="
    assert not with_fields(goal, "a1", {"operator": "≥"}, known).falls


def test_that_fields_come_as_texts_pairs_or_a_mapping():
    expected = {"value": "0.75", "zh": "甲=乙"}
    for said in (("value=0.75", "zh＝甲=乙"), (("value", 0.75), ("zh", "甲=乙")), {"value": 0.75, "zh": "甲=乙"}):
        assert pairs_of(said) == expected
    assert pairs_of(("zh=a\udcffb",)) == {"zh": "ab"}
    for said, code in ((("value",), "pair"), (("colour=3",), "field"), (("year=2027", "year=2028"), "twice")):
        with pytest.raises(UserError) as caught:
            pairs_of(said)
        assert caught.value.code == f"targets.{code}"
    assert len(set(FIELDS)) == len(FIELDS) == 23
