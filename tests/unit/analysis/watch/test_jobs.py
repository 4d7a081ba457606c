"""Jobs: rates of sums with what makes them unsure, nothing of a firm or two, and no number where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.watch.jobs import RATES
from app.domain.study import Design
from tests.unit.analysis.watch.studies import JOBS


def staff(people, lost=0.0, moved=0.0, made=0.0, trained=0.0):
    return {"ID05": people, "J1": lost, "J2": moved, "J3": made, "J4": trained}


def total(found):
    return found.jobs[0]


def test_that_rates_are_sums_over_sums_and_not_means_of_firms(looked):
    firms = [staff(100.0, lost=2.0)] * 5 + [staff(10.0, lost=1.0)] * 5
    assert total(looked(*firms)).rates["displaced"].value == pytest.approx(15 / 550)


def test_that_net_is_created_less_displaced_and_redeployed_is_of_those_affected(looked):
    rates = total(looked(*[staff(100.0, lost=3.0, moved=6.0, made=1.0, trained=20.0)] * 10)).rates
    told = {name: rates[name].value for name in RATES}
    assert told == pytest.approx(
        {"displaced": 0.03, "created": 0.01, "net": -0.02, "moved": 0.06, "redeployed": 2 / 3, "trained": 0.2}
    )


def test_that_a_blank_is_in_no_rate_it_belongs_to_and_in_every_other(looked):
    firms = [JOBS] * 6 + [{**JOBS, "J1": None}] * 4 + [{**JOBS, "ID05": None}] * 3
    rates = total(looked(*firms)).rates
    assert {name: rates[name].n for name in RATES} == {
        "displaced": 6,
        "created": 10,
        "net": 6,
        "moved": 10,
        "redeployed": 6,
        "trained": 10,
    }


def test_that_what_no_firm_can_have_is_left_out_and_counted(looked):
    wrong = [staff(10.0, lost=11.0), staff(10.0, lost=-1.0), staff(0.0, lost=3.0)]
    found = total(looked(*[JOBS] * 8, *wrong, staff(0.0)))
    assert found.left_out == 3 and found.rates["displaced"].n == 8
    assert found.rates["displaced"].value == pytest.approx(0.02)


def test_that_firms_with_nobody_employed_and_firms_without_answers_give_no_rate(looked):
    found = total(looked(*[staff(0.0)] * 6))
    assert found.firms == 0 and found.employees == 0.0
    assert all(rate.value is None and rate.reason for name, rate in found.rates.items() if name != "redeployed")
    blank = total(looked({"ID05": 3.0}, {"J1": 1.0}))
    assert all(rate.value is None and rate.reason for rate in blank.rates.values())


def test_that_nobody_affected_is_no_redeployment_at_all(looked):
    found = total(looked(*[staff(50.0)] * 10))
    assert found.rates["displaced"].value == 0.0
    assert found.rates["redeployed"].value is None and found.rates["redeployed"].reason == "watch.reason.nobody_affected"


def test_that_a_rate_made_by_two_firms_is_not_given_nor_what_would_give_it_away(looked):
    firms = [staff(100.0, lost=20.0, made=1.0, moved=1.0), *[staff(100.0, lost=0.1, made=1.0, moved=1.0)] * 9]
    found = total(looked(*firms))
    assert found.hidden == ("displaced", "net", "redeployed")
    for name in found.hidden:
        assert found.rates[name].value is None and found.rates[name].reason == "watch.reason.dominated"
        assert found.rates[name].n == 10
    assert found.rates["created"].value == pytest.approx(0.01)


def test_that_a_sector_of_one_giant_tells_no_rate_and_no_employees(looked):
    found = total(looked(staff(9000.0, lost=9.0, made=9.0, moved=9.0, trained=9.0), *[JOBS] * 8))
    assert set(found.hidden) == {"employees", *RATES}
    assert found.employees == 0.0


def test_that_a_census_of_all_has_no_sampling_error_and_volunteers_no_interval(looked):
    firms = [staff(100.0, lost=float(number % 4)) for number in range(20)]
    whole = total(looked(*firms, frame={"C": 20})).rates["displaced"]
    assert whole.low == whole.value == whole.high
    free = total(looked(*firms, design=Design.VOLUNTEER)).rates["displaced"]
    assert free.low is None and free.reason == "estimate.reason.volunteers"


def test_that_the_interval_is_the_linearised_one_on_the_logit(looked):
    """By hand: a simple random sample of 40 of 400, residuals of the ratio, t on the logit."""
    from scipy.stats import t

    random = np.random.default_rng(5)
    people = random.integers(20, 200, 40).astype(float)
    lost = random.binomial(people.astype(int), 0.05).astype(float)
    firms = [staff(one, lost=other) for one, other in zip(people, lost, strict=True)]
    found = total(looked(*firms, design=Design.SAMPLE, frame={"C": 400})).rates["displaced"]
    ratio = lost.sum() / people.sum()
    rest = lost - ratio * people
    error = np.sqrt((1 - 40 / 400) * 40 / 39 * (rest**2).sum()) / people.sum()
    half = t.ppf(0.975, 39) * error / (ratio * (1 - ratio))
    ends = 1 / (1 + np.exp(-(np.log(ratio / (1 - ratio)) + np.array([-half, half]))))
    assert found.value == pytest.approx(ratio, abs=1e-12)
    assert (found.se, found.low, found.high) == pytest.approx((error, *ends), rel=1e-9)


def test_that_a_rate_on_few_firms_with_any_is_as_unsure_as_firms_are(looked):
    firms = [staff(100.0, lost=3.0)] * 4 + [staff(100.0)] * 26
    found = total(looked(*firms, design=Design.SAMPLE, frame={"C": 3000})).rates["displaced"]
    assert found.low < 0.002 and found.high > 0.1


def test_that_shares_stay_within_nothing_and_all_and_net_within_one_either_way(looked):
    firms = [staff(10.0, lost=10.0, moved=10.0, trained=10.0) if number % 2 else staff(10.0) for number in range(12)]
    for one in looked(*firms, design=Design.SAMPLE, frame={"C": 60}).jobs:
        for name, rate in one.rates.items():
            least = -1.0 if name == "net" else 0.0
            assert rate.value is None or least <= rate.low <= rate.value <= rate.high <= 1.0


def test_that_sectors_carry_the_range_of_published_indices_and_all_firms_none(looked, resources):
    found = {one.sector: one for one in looked(*[JOBS] * 4, sectors=["A", "I", "T", ""]).jobs}
    low, middle, high = found["I"].exposure
    assert 0.0 <= low <= middle <= high <= 1.0 and set(found["I"].indices) == {index.id for index in resources.exposure}
    assert found["A"].exposure[2] < low
    assert found["*"].exposure is found["T"].exposure is found[""].exposure is None


def test_that_a_net_of_nothing_is_no_surer_than_the_flows_it_is_made_of(looked):
    rates = total(looked(*[staff(100.0)] * 20)).rates
    assert rates["net"].value == 0.0
    assert rates["created"].high > 0
    assert (rates["net"].low, rates["net"].high) == (-rates["displaced"].high, rates["created"].high)
