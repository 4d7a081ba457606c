"""Scenarios: firms add what they should, nobody is counted twice, and what cannot be told is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.progress.needed import needed
from app.analysis.progress.scenario import outcome, scenarios_in_force, trend_at
from app.domain.goals import GoalBook, GoalKind, GoalProgress, Light
from app.domain.study import Design
from tests.unit.analysis.progress.supposed import BOOK, GOAL, USE, firms, lever, scenario, study_of

# 100 firms: 60 small (20 at L3, 15 of whom use AI), 40 large (all use it, at L3)
ROWS = [
    *firms(15, level="L3", use="yes"),
    *firms(5, level="L3"),
    *firms(40, level="L1"),
    *firms(40, size="large", level="L3", use="yes"),
]
STUDY = study_of(ROWS, frame={"C": 200})


def keys(assumptions):
    return {each.key.removeprefix("scenario.assume.") for each in assumptions}


def test_that_firms_that_meet_the_measure_add_one_each_of_all_in_the_frame():
    found = outcome(STUDY, BOOK, scenario(lever(20, size="small")))
    assert found.now.middle == pytest.approx(0.55)
    assert found.after.middle == pytest.approx(0.55 + 20 / 200)
    (effect,) = found.levers
    assert (effect.available, effect.moved.middle, effect.capped) == (90, 20, False)
    assert found.missing == pytest.approx((0.7 - 0.65) * 200)
    assert (found.base, found.target, found.reason) == ("frame", 0.7, "")
    assert {"baseline", "stay", "frame", "ends"} == keys(found.assumptions)


def test_that_reaching_a_level_adds_what_comparable_firms_show_and_no_more():
    """Of 20 small firms at L2 or above 15 meet the measure; of those below it none does. Fewer than 30: large ones stand in."""
    found = outcome(STUDY, BOOK, scenario(lever(40, "L2", size="small")))
    (effect,) = found.levers
    assert effect.effect.middle == pytest.approx(40 / 200 * 55 / 60)
    assert {"level", "wider"} <= keys(effect.assumptions)
    assert effect.effect.low < effect.effect.middle < effect.effect.high
    wide = study_of([*ROWS, *firms(30, level="L3"), *firms(30, level="L3", use="yes")], frame={"C": 320})
    (own,) = outcome(wide, BOOK, scenario(lever(40, "L2", size="small"))).levers
    assert own.effect.middle == pytest.approx(40 / 320 * 45 / 80)
    assert "wider" not in keys(own.assumptions)


def test_that_those_who_meet_the_measure_already_add_nothing():
    rows = [*firms(40, level="L3", use="yes"), *firms(20, level="L1", use="yes"), *firms(20, level="L1")]
    (effect,) = outcome(study_of(rows), BOOK, scenario(lever(10, "L2"))).levers
    assert effect.effect.middle == pytest.approx(10 / 80 * (1 - 0.5))
    assert "already" in keys(effect.assumptions)


def test_that_the_success_range_multiplies():
    found = outcome(STUDY, BOOK, scenario(lever(20, success=(0.3, 0.7), size="small")))
    (effect,) = found.levers
    assert (effect.moved.low, effect.moved.middle, effect.moved.high) == pytest.approx((6, 10, 14))
    assert (effect.effect.low, effect.effect.high) == pytest.approx((0.03, 0.07))
    assert found.after.low == pytest.approx(found.now.low + 0.03)


def test_that_no_more_firms_move_than_there_are_and_that_is_said():
    (effect,) = outcome(STUDY, BOOK, scenario(lever(100, size="small"))).levers
    assert (effect.moved.middle, effect.capped) == (90, True)
    assert "capped" in keys(effect.assumptions)


def test_that_levers_never_take_a_firm_twice():
    twice = outcome(STUDY, BOOK, scenario(lever(60, size="small"), lever(60, sector="C")))
    assert [each.moved.middle for each in twice.levers] == pytest.approx([60, 30])
    assert twice.after.middle == pytest.approx(1.0)
    assert {"overlap", "capped"} <= keys(twice.levers[1].assumptions)
    assert "once" in keys(twice.assumptions)


def test_that_people_count_where_the_measure_counts_people():
    rows = [*firms(20, use="yes", people=100), *firms(10, people=10), *firms(10, people=30, size="large")]
    book = replace(BOOK, measures=(replace(USE, weight="employees"),))
    found = outcome(study_of(rows), book, scenario(lever(5)))
    assert found.levers[0].effect.middle == pytest.approx(5 * 20 / 2400)
    assert "mean_employees" in keys(found.levers[0].assumptions)
    assert outcome(study_of(rows), book, scenario(lever(5, size="large"))).levers[0].effect.middle == pytest.approx(5 * 30 / 2400)


def test_that_without_a_frame_only_those_who_answered_are_spoken_of():
    found = outcome(study_of(ROWS), BOOK, scenario(lever(20, size="small")))
    assert (found.base, found.missing) == ("counted", None)
    assert found.after.middle == pytest.approx(0.75)
    assert "counted" in keys(found.assumptions)


def test_that_a_sample_is_scaled_by_its_weights():
    rows = [*firms(20, use="yes"), *firms(20), *firms(10, sector="G"), *firms(10, sector="G", use="yes")]
    found = outcome(study_of(rows, Design.SAMPLE, {"C": 400, "G": 20}), BOOK, scenario(lever(50, sector="C")))
    (effect,) = found.levers
    assert (effect.available, effect.effect.middle) == (200, pytest.approx(50 / 420))


@pytest.mark.parametrize(
    ("given_lever", "why"),
    [
        (lever(0), "firms"),
        (lever(-3), "firms"),
        (lever(201), "more"),
        (lever(5, size="medium"), "group"),
        (lever(5, by="2026-06-30"), "early"),
        (lever(5, by="2029-01-01"), "late"),
        (lever(5, success=(0.7, 0.3)), "success"),
        (lever(5, "L9"), "level"),
        (lever(5, "L2", level="L3"), "nobody_below"),
        (lever(5, size="large"), "all_there"),
    ],
)
def test_that_a_lever_that_makes_no_sense_says_why(given_lever, why):
    found = outcome(STUDY, BOOK, scenario(given_lever))
    assert found.reason == f"scenario.cannot.{why}"
    assert (found.after, found.levers, found.missing) == (None, (), None)


def test_that_small_groups_are_not_told_of():
    rows = [*ROWS, *firms(4, size="micro"), *firms(3, size="medium"), *firms(6, size="medium", use="yes")]
    study = study_of(rows)
    assert outcome(study, BOOK, scenario(lever(2, size="micro"))).reason == "scenario.cannot.few_in_group"
    assert outcome(study, BOOK, scenario(lever(2, size="medium"))).reason == "scenario.cannot.few_left"


@pytest.mark.parametrize(
    ("study", "book", "why"),
    [
        (study_of(ROWS, Design.VOLUNTEER), BOOK, "volunteers"),
        (study_of(ROWS, assessed=False), BOOK, "no_level"),
        (STUDY, replace(BOOK, measures=()), "no_measure"),
        (STUDY, replace(BOOK, goals=(replace(GOAL, value=None),)), "no_number"),
        (STUDY, replace(BOOK, goals=(replace(GOAL, kind=GoalKind.COUNT),)), "not_a_share"),
        (STUDY, replace(BOOK, goals=(replace(GOAL, operator="<"),)), "downwards"),
        (STUDY, GoalBook("1", (), (), ()), "no_goal"),
        (study_of(firms(9, use="blank")), BOOK, "no_answers"),
    ],
)
def test_that_what_cannot_be_supposed_says_why(study, book, why):
    assert outcome(study, book, scenario(lever(5, "L2"))).reason == f"scenario.cannot.{why}"


def test_that_the_trend_is_read_between_its_points():
    progress = GoalProgress(
        GOAL, USE, (), None, None, None, None, Light.CANNOT_TELL, "", fan=((2026.5, 0.3, 0.4, 0.5), (2027.5, 0.4, 0.6, 0.7))
    )
    middle = trend_at((progress,), "g", 2027.0)
    assert (middle.low, middle.middle, middle.high) == pytest.approx((0.35, 0.5, 0.6))
    assert trend_at((progress,), "g", 2028.0) is None
    assert trend_at((), "g", 2027.0) is None


def test_that_the_last_scenario_of_a_name_holds_and_one_without_levers_is_gone():
    one, other = scenario(lever(1)), scenario(lever(2))
    assert scenarios_in_force((one, other)) == (other,)
    assert scenarios_in_force((one, replace(one, levers=()))) == ()


def test_that_what_is_needed_closes_the_gap_from_the_nearest_on():
    planned = [*ROWS, *firms(10, level="L0", use="planned")]
    book = replace(BOOK, measures=(replace(USE, planned=replace(USE.numerator, includes=("planned",))),))
    found = needed(study_of(planned, frame={"C": 220}), book, "g")
    assert found.firms.middle == pytest.approx((0.7 - 0.5) * 220)
    assert found.firms.low < found.firms.middle < found.firms.high
    assert found.per_quarter == pytest.approx(found.firms.middle / found.quarters)
    assert [(step.nearness, step.size) for step in found.steps] == [("planned", "small"), ("L3", "small"), ("L1", "small")]
    assert [step.taken for step in found.steps] == pytest.approx([20, 10, 14])
    by_size = {each.value: each for each in found.groups if each.field == "size"}
    assert (by_size["small"].enough, by_size["large"].enough) == (True, False)
    assert by_size["small"].available == pytest.approx(110)


def test_that_nothing_is_needed_where_the_target_is_reached_and_nothing_said_when_it_is_over():
    low = replace(BOOK, goals=(replace(GOAL, value=0.5),))
    assert needed(STUDY, low, "g").firms.middle == 0
    assert needed(STUDY, replace(BOOK, goals=(replace(GOAL, year=2025),)), "g").reason == "scenario.cannot.overdue"


sizes = st.sampled_from(("small", "large", "micro"))
row = st.tuples(sizes, st.sampled_from(("L0", "L1", "L2", "L3", "")), st.sampled_from(("yes", "no", "blank")))
tried = st.tuples(st.integers(1, 40), st.sampled_from(("", "L2", "L3")), st.none() | sizes, st.floats(0, 1), st.floats(0, 1))


@settings(max_examples=80, deadline=None)
@given(st.lists(row, min_size=5, max_size=60), st.lists(tried, min_size=1, max_size=4), st.integers(0, 300))
def test_that_no_scenario_leaves_0_to_100_percent_or_moves_more_than_there_are(rows, levers, frame):
    study = study_of([(size, level, use, "C", 10, "") for size, level, use in rows], frame={"C": frame} if frame else None)
    made = [
        lever(n, reach, success=(min(a, b), max(a, b)), **({"size": size} if size else {})) for n, reach, size, a, b in levers
    ]
    found = outcome(study, BOOK, scenario(*made))
    if found.reason:
        assert found.after is None
        return
    assert 0 <= found.after.low <= found.after.middle <= found.after.high <= 1
    assert found.now.middle <= found.after.middle + 1e-12
    for effect in found.levers:
        assert effect.moved.high <= effect.available + 0.51
        assert 0 <= effect.effect.low <= effect.effect.middle <= effect.effect.high
    whole = sum(effect.moved.high for effect in found.levers if not effect.lever.reach)
    missing = (1 - found.now.middle) * (frame if found.base == "frame" else sum(use != "blank" for _, _, use in rows))
    assert whole <= missing + 1
