"""Three-valued conditions: a blank is unknown, never "no"."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from app.analysis.conditions import evaluate, items_of
from app.domain.condition import Condition
from tests.unit.analysis.small_study import INSTRUMENT, values_frame

NAN = float("nan")


def asked(condition: Condition, pillars: pd.DataFrame | None = None, **answers) -> list[float]:
    n = len(next(iter(answers.values()))) if answers else len(pillars)
    return evaluate(condition, values_frame(answers, n), INSTRUMENT, pillars).tolist()


def same(found: list[float], expected: list[float]) -> bool:
    return np.array_equal(found, expected, equal_nan=True)


def test_that_blank_and_dont_know_are_unknown_while_planned_and_na_are_not_yes():
    yes = Condition("answer", item="use", includes=("yes",))
    found = asked(yes, use=["yes", "no", "planned", "na", "unknown", None])
    assert same(found, [1, 0, 0, 0, NAN, NAN])


def test_that_an_answer_named_in_includes_is_true_even_when_it_is_unknown():
    assert same(asked(Condition("answer", item="use", includes=("unknown", "na")), use=["unknown", "na", None]), [1, 1, NAN])


def test_that_a_multi_select_holds_when_it_contains_one_of_the_options():
    found = asked(Condition("answer", item="tools", includes=("b", "c")), tools=["a", "a|b", "none", None, "c"])
    assert same(found, [0, 1, 0, NAN, 1])


def test_that_a_multi_select_counts_its_options_without_the_exclusive_one():
    found = asked(Condition("answer", item="tools", at_least=2), tools=["a", "a|b", "none", None, "a|b|c"])
    assert same(found, [0, 1, 0, NAN, 1])


def test_that_numbers_are_compared_and_infinity_is_unknown():
    found = asked(Condition("answer", item="spend", at_least=10), spend=[9.99, 10.0, None, np.inf])
    assert same(found, [0, 1, NAN, NAN])


def test_that_a_ladder_is_compared_by_the_place_of_its_option():
    assert same(asked(Condition("answer", item="stage", at_least=1), stage=["s0", "s1", "s2", None]), [0, 1, 1, NAN])


def test_that_an_item_the_form_did_not_ask_is_unknown():
    values = values_frame({"use": ["yes"]}, 1).drop(columns="stage")
    assert same(evaluate(Condition("answer", item="stage", at_least=1), values, INSTRUMENT).tolist(), [NAN])


def test_that_a_pillar_condition_reads_its_score_and_is_unknown_without_it():
    pillars = pd.DataFrame({"p_data": [59.9, 60.0, NAN]})
    condition = Condition("pillar", item="data", at_least=60)
    assert same(asked(condition, pillars, use=["yes"] * 3), [0, 1, NAN])
    assert same(asked(condition, None, use=["yes"] * 3), [NAN] * 3)


def test_that_text_columns_work_like_categories():
    values = pd.DataFrame({"use": pd.array(["yes", None, "no"], dtype="str")})
    assert same(evaluate(Condition("answer", item="use", includes=("yes",)), values, INSTRUMENT).tolist(), [1, NAN, 0])


def test_that_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        asked(Condition("none_of"), use=["yes"])


@pytest.mark.parametrize(("kind", "needed"), [("any", None), ("all", None), ("count", 2.0)])
def test_that_groups_follow_kleene_for_every_combination_of_three_parts(kind, needed):
    """Reference: a group is decided when every way of filling in the unknowns agrees."""
    truth = {"yes": [1], "no": [0], None: [0, 1]}
    rule = {"any": lambda hits: hits >= 1, "all": lambda hits: hits == 3, "count": lambda hits: hits >= 2}[kind]
    rows = list(itertools.product(truth, repeat=3))
    columns = list(zip(*rows, strict=True))
    answers = {"use": columns[0], "line": columns[1], "tools": [{"yes": "a", "no": "b", None: None}[x] for x in columns[2]]}
    parts = (
        Condition("answer", item="use", includes=("yes",)),
        Condition("answer", item="line", includes=("yes",)),
        Condition("answer", item="tools", includes=("a",)),
    )
    found = asked(Condition(kind, at_least=needed, parts=parts), **answers)
    for row, result in zip(rows, found, strict=True):
        outcomes = {rule(sum(world)) for world in itertools.product(*(truth[answer] for answer in row))}
        expected = float(outcomes.pop()) if len(outcomes) == 1 else NAN
        assert same([result], [expected]), row


def test_that_the_items_of_a_condition_are_listed_once():
    use = Condition("answer", item="use", includes=("yes",))
    nested = Condition("all", parts=(use, Condition("any", parts=(use, Condition("pillar", item="data", at_least=1)))))
    assert items_of(nested) == ("use",)
