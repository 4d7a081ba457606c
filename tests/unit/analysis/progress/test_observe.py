"""Measures: declared numerator over declared denominator, blanks in neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.estimate import wilson, wilson_share
from app.analysis.progress import answerable, membership, observe
from app.domain.condition import Condition
from app.domain.goals import Measure
from app.domain.study import Design, Wave
from tests.unit.analysis.small_study import INSTRUMENT, WAVE, W, responses, uses_ai

USE = Measure("use", W, uses_ai(), None, "firms", True, "test")


def one(measure, given, wave=WAVE, sections=()):
    (found,) = observe(measure, given, INSTRUMENT, (wave,), sections)
    return found


def test_that_blank_answers_leave_both_sides_and_planned_stays_a_no():
    found = one(USE, responses({"use": ["yes", "no", "planned", None, "unknown", "yes"]}))
    assert (found.value, found.n) == (0.5, 4)
    assert (found.low, found.high) == wilson(2, 4)
    assert (found.wave, found.time) == ("2026", 2027.0)


def test_that_the_denominator_must_hold():
    measure = replace(USE, denominator=Condition("answer", item="people", at_least=10))
    found = one(measure, responses({"use": ["yes", "no", "yes", "no"], "people": [10, 50, 9, None]}))
    assert (found.value, found.n) == (0.5, 2)


def test_that_repeats_and_other_waves_and_sections_do_not_count():
    given = responses(
        {"use": ["yes", "no", "no", "no", "yes"]},
        wave=["2026", "2026", "2025", "2026", "2026"],
        counted=[True, False, True, True, True],
        sector=["C", "C", "C", "I", ""],
    )
    assert one(USE, given).n == 3
    in_c = one(USE, given, sections=("C",))
    assert (in_c.value, in_c.n) == (1.0, 1)


def test_that_weights_follow_people_and_the_interval_kishs_effective_number():
    """Σw = 100, Σw² = 60² + 4·10² = 4000: n_eff = 2.5; value 60 %."""
    measure = replace(USE, weight="employees")
    given = responses({"use": ["yes", "no", "no", "no", "no", "yes", "yes"], "people": [60, 10, 10, 10, 10, None, 0]})
    found = one(measure, given)
    assert (found.value, found.n) == (0.6, 5)
    assert (found.low, found.high) == pytest.approx(wilson_share(0.6, 2.5))


def test_that_equal_weights_give_the_unweighted_interval():
    given = responses({"use": ["yes", "no", "no"], "income": [7.0, 7.0, 7.0]})
    weighted, plain = one(replace(USE, weight="revenue"), given), one(USE, given)
    assert (weighted.low, weighted.high) == pytest.approx((plain.low, plain.high))


def test_that_volunteers_get_a_value_and_no_interval():
    found = one(USE, responses({"use": ["yes", "no"]}), replace(WAVE, design=Design.VOLUNTEER, frame={"C": 2}))
    assert (found.value, found.low, found.high, found.standard_error) == (0.5, None, None, None)


def test_that_a_frame_narrows_and_a_full_one_closes_the_interval():
    given = responses({"use": ["yes", "no", "no", "yes"]}, sector=["C", "C", "I", "I"])
    part = one(USE, given, replace(WAVE, frame={"C": 2, "I": 8}, design=Design.CENSUS))
    assert part.frame == 10
    assert (part.low, part.high) == wilson(2, 4, 10)
    whole = one(USE, given, replace(WAVE, frame={"C": 2, "I": 8}), sections=("C",))
    assert (whole.low, whole.high, whole.standard_error, whole.frame) == (0.5, 0.5, 0.0, 2)


def test_that_a_frame_without_the_section_or_below_the_answers_is_unknown():
    given = responses({"use": ["yes", "no"]})
    assert one(USE, given, replace(WAVE, frame={"I": 8}), sections=("C",)).frame is None
    assert one(USE, given, replace(WAVE, frame={"C": 1})).frame is None


def test_that_a_frame_that_lacks_a_sector_that_answered_is_unknown_for_all_together():
    given = responses({"use": ["yes", "no", "no", "yes"]}, sector=["C", "C", "I", "I"])
    for design in (Design.CENSUS, Design.SAMPLE):
        assert one(USE, given, replace(WAVE, frame={"C": 800}, design=design)).frame is None
    found = one(USE, given, replace(WAVE, frame={"C": 800}, design=Design.CENSUS))
    assert (found.low, found.high) == wilson(2, 4)


def test_that_the_frame_of_a_denominator_is_estimated_and_exact_for_a_full_census():
    measure = replace(USE, denominator=Condition("answer", item="people", at_least=10))
    given = responses({"use": ["yes", "no", "no", "no"], "people": [20, 20, 20, 5]})
    assert one(measure, given, replace(WAVE, frame={"C": 8})).frame == 6
    census = one(measure, given, replace(WAVE, frame={"C": 4}))
    assert (census.frame, census.standard_error) == (3, 0.0)


@pytest.mark.parametrize(("answer", "value"), [("yes", 1.0), ("no", 0.0)])
def test_that_a_share_of_none_or_all_still_has_an_error(answer, value):
    found = one(USE, responses({"use": [answer] * 40}))
    assert found.value == value
    assert found.standard_error > 0.01
    assert 0 <= found.low < found.high <= 1


def test_that_one_firm_is_observed_with_its_huge_interval():
    found = one(USE, responses({"use": ["yes"]}))
    assert (found.n, found.value) == (1, 1.0)
    assert found.low < 0.25


def test_that_waves_come_oldest_first_and_silent_ones_are_left_out():
    given = responses({"use": ["yes", "no"]}, wave=["2026", "2025"])
    waves = (WAVE, Wave("2024", "2024-12-31", Design.SAMPLE, {}), Wave("2025", "2025-12-31", Design.SAMPLE, {}))
    assert [found.wave for found in observe(USE, given, INSTRUMENT, waves)] == ["2025", "2026"]


def test_that_a_measure_over_items_nobody_asks_is_not_answerable():
    foreign = replace(USE, numerator=Condition("answer", item="elsewhere", includes=("yes",)))
    assert not answerable(foreign, INSTRUMENT)
    assert observe(foreign, responses({"use": ["yes"]}), INSTRUMENT, (WAVE,)) == ()
    without_people = replace(INSTRUMENT, items=INSTRUMENT.items[:5])
    assert not answerable(replace(USE, weight="employees"), without_people)
    assert answerable(USE, without_people)


def test_that_membership_says_which_firms_stand_behind_a_value():
    members = membership(USE, responses({"use": ["yes", None, "no"]}), INSTRUMENT)
    assert members.counted.tolist() == [True, False, True]
    assert members.holds[[0, 2]].tolist() == [1.0, 0.0]
