"""The goal book's own file: facts of goals, what planned firms are taken to do, and errors that name the row."""

from __future__ import annotations

import pytest

from app.analysis.conditions import items_of
from app.files.resource_goals import parse_goal_book
from app.files.resource_rows import ResourceError

HEAD = 'version = "1"\n[sources]\nown = "自编"\n'
GOAL = """
[[goal]]
id = "g"
layer = "city"
kind = "rate"
year = 2027
operator = ">"
value = 0.7
zh = "超70%"
en = "above 70 %"
document = "市政发1号"
issued = "2026"
paragraph = "一、总体要求"
indicator = "penetration"
path = "s_curve"
definition = { zh = "定义", en = "definition" }
scope = { zh = "市", en = "city" }
source = "own"
"""
MEASURE = """
[[measure]]
id = "m"
version = "3"
zh = "口径"
en = "measure"
weight = "firms"
source = "own"
numerator = { item = "K1", includes = ["yes"] }
planned = { item = "U2", includes = ["yes"] }
planned_months = 12
"""
CONVERSION = """
[conversion]
low = 0.3
high = 0.7
source = "own"
verify = true
"""


def test_that_every_fact_of_a_goal_measure_and_conversion_is_read():
    book = parse_goal_book(HEAD + GOAL + MEASURE + CONVERSION, "层.toml")
    (goal,), (measure,) = book.goals, book.measures
    assert (goal.layer, goal.paragraph, goal.indicator, goal.path) == ("city", "一、总体要求", "penetration", "s_curve")
    assert (goal.definition.zh, goal.source) == ("定义", "自编")
    assert (measure.version, measure.planned.item, measure.planned_months) == ("3", "U2", 12)
    assert (book.conversion.low, book.conversion.high, book.conversion.source, book.conversion.verify) == (0.3, 0.7, "自编", True)


def test_that_facts_left_out_are_empty_and_the_way_straight():
    lines = [line for line in GOAL.splitlines() if line.split(" ")[0] not in ("paragraph", "indicator", "path", "definition")]
    (goal,) = parse_goal_book(HEAD + "\n".join(lines), "层.toml").goals
    assert (goal.paragraph, goal.indicator, goal.path, goal.definition.zh) == ("", "", "linear", "")


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ('layer = "city"', 'layer = "village"', "goal 1 g"),
        ("value = 0.7", "value = 1.5", "goal 1 g"),
        ("value = 0.7", "value = -0.1", "goal 1 g"),
        ('path = "s_curve"', 'path = "zigzag"', "goal 1 g"),
        ('operator = ">"', 'operator = ">>"', "goal 1 g"),
        ('operator = ">"\n', "", "goal 1 g"),
        ("year = 2027", 'year = "2027"', "goal 1 g"),
        ('kind = "rate"', 'kind = "count"\nfoo = 1', "goal 1 g"),
        (
            'kind = "rate"\nyear = 2027\noperator = ">"\nvalue = 0.7',
            'kind = "count"\nyear = 2027\noperator = ">"\nvalue = -3',
            "goal 1 g",
        ),
        ("planned_months = 12", "planned_months = 0", "measure 1 m"),
        ('planned = { item = "U2", includes = ["yes"] }', 'planned = { item = "U2" }', "measure 1 m.planned"),
        ('weight = "firms"', 'weight = "votes"', "measure 1 m"),
        ("low = 0.3", "low = 0.8", "conversion"),
        ("high = 0.7", "high = 1.7", "conversion"),
    ],
)
def test_that_an_error_names_the_row(old, new, row):
    text = HEAD + GOAL + MEASURE + CONVERSION
    assert old in text
    with pytest.raises(ResourceError) as caught:
        parse_goal_book(text.replace(old, new), "层.toml")
    assert (caught.value.params["file"], caught.value.params["row"]) == ("层.toml", row)


def test_that_the_program_s_goals_say_what_they_are_about_and_its_measures_have_versions(resources):
    book = resources.goal_book
    assert all(goal.indicator for goal in book.goals if goal.measure)
    assert all(goal.paragraph for goal in book.goals if goal.document == "国发〔2025〕11号")
    assert all(measure.version for measure in book.measures)
    assert book.conversion.verify


def test_that_plans_ask_only_what_the_questionnaire_asks(resources):
    asked = {item.code for item in resources.instruments["aiplus-2026"].items}
    planned = [measure.planned for measure in resources.goal_book.measures if measure.planned is not None]
    assert planned
    assert {item for condition in planned for item in items_of(condition)} <= asked
