"""The book in force, its history, and goals that clash."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.progress.book import conflicts, effective, history
from app.domain.goals import Goal, GoalBook, GoalKind, Layer, Measure
from app.domain.targets import GoalEdit, MeasureEdit, Targets
from tests.unit.analysis.small_study import W, uses_ai

STATE = Goal("s27", Layer.STATE, GoalKind.RATE, 2027, ">", 0.7, "", W, "国发", "2025", W, (), "use", W, "s", False, indicator="p")
LATER = replace(STATE, id="s30", year=2030, value=0.9)
COUNTY = replace(STATE, id="c27", layer=Layer.COUNTY, document="县", value=0.8)
USE = Measure("use", W, uses_ai(), None, "firms", True, "own", "1")
BOOK = GoalBook("2026.1", (STATE, LATER), (USE,), ())


def edit(goal, id_=""):
    return GoalEdit(id_ or goal.id, goal, "张三", "2026-07-01", "县里印发")


def kinds(*goals):
    return [(each.kind, each.upper, each.lower) for each in conflicts(GoalBook("1", goals, (), ()))]


def test_that_a_book_without_edits_is_the_program_s_own():
    assert effective(BOOK, Targets()) is BOOK


def test_that_edits_replace_in_place_add_at_the_end_and_withdraw_and_the_last_wins():
    first, last = replace(STATE, value=0.6), replace(STATE, value=0.75)
    targets = Targets(goals=(edit(first), edit(COUNTY), edit(last), edit(None, "s30")))
    held = effective(BOOK, targets)
    assert [(goal.id, goal.value) for goal in held.goals] == [("s27", 0.75), ("c27", 0.8)]
    assert effective(held, targets) == held


def test_that_a_goal_withdrawn_and_set_again_is_back():
    targets = Targets(goals=(edit(None, "s27"), edit(STATE)))
    assert [goal.id for goal in effective(BOOK, targets).goals] == ["s27", "s30"]


def test_that_measures_of_a_file_stand_beside_the_program_s_and_never_redefine_one():
    other = replace(USE, id="own", version="3")
    came = tuple(MeasureEdit(each.id, each, "a", "d", "f") for each in (replace(USE, weight="revenue"), other))
    held = effective(BOOK, Targets(measures=came))
    assert held.measures == (USE, other)


def test_that_history_begins_with_the_program_s_own_version():
    made = edit(replace(STATE, value=0.6))
    assert [(each.who, each.goal.value) for each in history(BOOK, Targets(goals=(made,)), "s27")] == [("", 0.7), ("张三", 0.6)]
    assert history(BOOK, Targets(goals=(edit(COUNTY),)), "c27") == (edit(COUNTY),)


def test_that_a_lower_layer_that_asks_as_much_or_more_is_no_conflict():
    assert kinds(STATE, COUNTY) == []
    assert kinds(STATE, replace(COUNTY, value=0.7)) == []


def test_that_a_lower_value_is_weaker_and_a_softer_operator_looser():
    assert kinds(STATE, replace(COUNTY, value=0.6)) == [("weaker", "s27", "c27")]
    assert kinds(STATE, replace(COUNTY, value=0.7, operator=">=")) == [("looser", "s27", "c27")]
    assert kinds(STATE, replace(COUNTY, value=0.7, operator="≈")) == [("looser", "s27", "c27")]


def test_that_the_same_value_in_a_later_year_is_later_and_a_milestone_on_the_way_is_not():
    assert kinds(STATE, replace(COUNTY, year=2028)) == [("later", "s27", "c27")]
    assert kinds(LATER, replace(COUNTY, year=2028)) == []


def test_that_only_some_of_the_sections_is_scope():
    assert kinds(STATE, replace(COUNTY, sections=("C",))) == [("scope", "s27", "c27")]
    assert kinds(replace(STATE, sections=("C",)), replace(COUNTY, sections=("C", "I"))) == []


def test_that_a_layer_that_asks_less_later_is_falling():
    assert kinds(STATE, replace(LATER, value=0.6)) == [("falling", "s27", "s30")]


def test_that_a_goal_downwards_is_weaker_when_higher():
    down = replace(STATE, operator="<", value=0.1)
    assert kinds(down, replace(COUNTY, operator="<", value=0.2)) == [("weaker", "s27", "c27")]
    assert kinds(down, replace(COUNTY, operator="<", value=0.05)) == []


def test_that_goals_about_other_things_or_without_number_do_not_clash():
    assert kinds(STATE, replace(COUNTY, indicator="q", value=0.1)) == []
    assert kinds(STATE, replace(COUNTY, value=None, operator="")) == []
    assert kinds(replace(STATE, indicator="", measure=""), replace(COUNTY, indicator="", measure="", value=0.1)) == []


def test_that_a_county_s_count_or_amount_is_a_part_of_the_nation_s_and_no_clash():
    nation = replace(STATE, kind=GoalKind.AMOUNT, value=100_000, unit="亿元")
    assert kinds(nation, replace(nation, id="c", layer=Layer.COUNTY, value=30)) == []


def test_that_the_program_s_own_layers_clash_as_they_do_in_fact(resources):
    """Jiangsu asks for at least 70 % where the state asks for more; Gansu for about that."""
    from app.files.resources import load_local_goals

    for name, kind in (("jiangsu", "looser"), ("gansu", "looser"), ("chongqing_education", "scope")):
        layer = load_local_goals(name)
        whole = replace(resources.goal_book, goals=(*resources.goal_book.goals, *layer.goals))
        assert kind in {each.kind for each in conflicts(whole)}
    assert conflicts(resources.goal_book) == ()
