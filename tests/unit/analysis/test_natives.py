"""Candidates for AI-native firms: found by the rule alone, quoted in the firm's own words, confirmed by people alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.natives import native_candidates
from app.domain.judgement import Confirmation
from tests.unit.analysis.small_study import INSTRUMENT, responses, shuffled

FULL = {"N3": "yes", "N1": 0.5, "A1": "yes", "A3": "yes", "D3": "yes", "D1": "governed", "R3": "team", "R1": 4.0, "ID05": 20.0}
OTHER = {
    "N3": "no",
    "N2": "no",
    "N1": 0.1,
    "A1": "no",
    "A3": "na",
    "D3": "no",
    "D1": "none",
    "R3": "none",
    "R1": 0.0,
    "ID05": 20.0,
}


@pytest.fixture(scope="module")
def rule(resources):
    return resources.natives["aiplus-2026"]


@pytest.fixture(scope="module")
def instrument(resources):
    return resources.instruments["aiplus-2026"]


def study(instrument, *firms, **columns):
    items = dict.fromkeys(code for firm in firms for code in firm)
    return responses({code: [firm.get(code) for firm in firms] for code in items}, instrument, **columns)


def scored(given):
    return pd.DataFrame({"position": np.arange(len(given)), "firm": given.firms["firm"]})


def found(given, instrument, rule, *said):
    return native_candidates(given, instrument, rule, scored(given), said)


def said(position, is_native):
    return position, Confirmation("2026", "", f"企业{position}", is_native, "甲某", "2026-07-01", "现场核实")


def test_that_a_firm_that_meets_every_criterion_is_a_candidate_and_others_are_not(instrument, rule):
    (one,) = found(study(instrument, OTHER, FULL), instrument, rule)
    assert (one.position, one.firm, one.score, one.missed, one.confirmed) == (1, "F00001", 5, (), None)
    assert one.met == tuple(criterion.id for criterion in rule.criteria)


def test_that_a_required_criterion_is_not_made_up_for_by_all_the_others(instrument, rule):
    assert not found(study(instrument, FULL | {"N3": "no", "N2": "no"}), instrument, rule)


def test_that_as_many_criteria_must_hold_as_the_rule_says(instrument, rule):
    two = FULL | {"A3": "no", "D1": "central", "R3": "none", "R1": 0.0}
    given = study(instrument, two, two | {"A3": "yes"})
    (three,) = found(given, instrument, rule)
    assert (three.position, three.met, three.missed) == (1, ("core", "work", "agents"), ("data", "staff"))
    assert len(found(given, instrument, replace(rule, needed=2))) == 2


@pytest.mark.parametrize("blank", [None, "unknown", "planned", "na"])
def test_that_a_blank_an_unknown_or_a_plan_never_counts_as_met(instrument, rule, blank):
    three = FULL | {"D3": "no", "R3": "none", "R1": 0.0}
    assert found(study(instrument, three), instrument, rule)
    assert not found(study(instrument, three | {"A3": blank}), instrument, rule)
    assert not found(study(instrument, FULL | {"N3": blank, "N2": blank}), instrument, rule)


@settings(max_examples=40, deadline=None)
@given(blanked=st.sets(st.sampled_from(sorted(FULL)), min_size=1))
def test_that_leaving_answers_out_never_adds_a_criterion(resources, blanked):
    instrument, rule = resources.instruments["aiplus-2026"], replace(resources.natives["aiplus-2026"], needed=1)
    left = {code: None if code in blanked else answer for code, answer in FULL.items()}
    (whole,) = found(study(instrument, FULL), instrument, rule)
    less = found(study(instrument, left), instrument, rule)
    assert all(set(each.met) < set(whole.met) or each.met == whole.met for each in less)
    assert all(not blanked & {item for item, _ in each.quotes} for each in less)


def test_that_each_criterion_met_is_quoted_as_the_firm_wrote_it_and_nothing_else_is(instrument, rule):
    given = study(instrument, FULL | {"N2": "no", "D3": "no", "R3": "none", "R1": 3.0})
    written = given.originals.astype(object)
    for item, text in {"N3": "是（全流程）", "N1": "约五成", "A1": "√", "A3": "√", "R1": "3人", "ID05": "20 人"}.items():
        written[item] = [text]
    (one,) = found(replace(given, originals=written.astype("category")), instrument, rule)
    assert one.missed == ("data",)
    assert one.quotes == (("N3", "是（全流程）"), ("N1", "约五成"), ("A1", "√"), ("A3", "√"), ("R1", "3人"), ("ID05", "20 人"))


def test_that_a_staff_share_needs_both_numbers_and_somebody_employed(instrument, rule):
    base = FULL | {"A3": "no", "D3": "no", "R3": "part"}
    staffed = [
        base | {"R1": 2.0},
        base | {"R1": 1.9},
        base | {"R1": None},
        base | {"ID05": None},
        base | {"R1": 0.0, "ID05": 0.0},
    ]
    assert [each.position for each in found(study(instrument, *staffed), instrument, rule)] == [0]


def test_that_a_confirmation_stands_beside_the_rule_and_the_last_one_counts(instrument, rule):
    given = study(instrument, FULL, FULL, FULL, FULL)
    spoken = (said(0, True), said(2, False), said(2, True), said(1, False))
    assert [each.confirmed for each in found(given, instrument, rule, *spoken)] == [True, False, True, None]


def test_that_a_firm_people_confirmed_is_listed_though_its_answers_do_not_say_so(instrument, rule):
    given = study(instrument, OTHER, OTHER)
    (one,) = found(given, instrument, rule, said(1, True), said(0, False), said(9, True))
    assert (one.position, one.score, one.met, one.quotes, one.confirmed) == (1, 0, (), (), True)


def test_that_an_instrument_without_the_questions_gives_nothing(instrument, rule):
    given = responses({"use": ["yes"]})
    assert native_candidates(given, INSTRUMENT, rule, scored(given)) == ()
    assert native_candidates(given, INSTRUMENT, None, scored(given)) == ()
    assert native_candidates(given, INSTRUMENT, replace(rule, instrument="small"), scored(given)) == ()


def test_that_forms_that_left_the_questions_out_give_nothing(instrument, rule):
    given = study(instrument, FULL)
    without = replace(given, values=given.values[["N1", "A1", "A3", "D3", "D1", "R3"]])
    assert found(without, instrument, rule) == ()
    assert native_candidates(given, instrument, rule, scored(given).iloc[:0]) == ()


def test_that_the_best_stand_first_and_the_order_of_rows_says_nothing(instrument, rule):
    given = study(instrument, FULL | {"D3": "no"}, OTHER, FULL, FULL | {"R3": "none", "R1": 0.0})
    ranked = [(each.firm, each.score) for each in found(given, instrument, rule)]
    assert ranked == [("F00002", 5), ("F00000", 4), ("F00003", 4)]
    turned = shuffled(given, 3)
    assert [(each.firm, each.score) for each in found(turned, instrument, rule)] == ranked
