"""When a light may be lit: never on what its own sampling error would turn, never for what cannot be."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.estimate import wilson
from app.analysis.progress import lights, track
from app.analysis.progress.aim import aim_of
from app.analysis.progress.evaluate import Case, evaluate
from app.analysis.progress.pace import required_pace
from app.domain.goals import Conversion, Goal, GoalBook, GoalKind, Layer, Light, Measure, Observation
from app.domain.study import Design, Wave
from app.domain.targets import Reported, Targets
from tests.unit.analysis.small_study import INSTRUMENT, W, responses, uses_ai

USE = Measure("use", W, uses_ai(), None, "firms", True, "own", "1")
GOAL = Goal("g", Layer.STATE, GoalKind.RATE, 2027, ">", 0.7, "", W, "d", "2025", W, (), "use", W, "s", False)
COUNT = replace(GOAL, kind=GoalKind.COUNT, value=20.0, unit="家", operator=">=", measure="")
HALF = Conversion(0.3, 0.7, "own", True)


def seen(time, share, n=400, frame=None):
    low, high = wilson(round(share * n), n, frame)
    return Observation(f"w{time}", time, share, low, high, n, frame, (high - low) / 3.92)


def one(*observations, goal=GOAL, why=""):
    (found,) = evaluate([Case(goal, USE if goal.measure else None, observations, (), why)], HALF, "2026-12-31")
    return found


def greys(n, worlds=400):
    """The share of grey lights over worlds of n firms in each of two waves."""
    random = np.random.default_rng(2)
    now, pace = random.uniform(0.2, 0.6, worlds), random.uniform(0.02, 0.2, worlds)
    targets = np.clip(now + pace * random.uniform(0.5, 1.6, worlds), 0.05, 0.98)
    cases = [
        Case(
            replace(GOAL, value=float(target)),
            USE,
            (seen(2026.0, random.binomial(n, max(0.01, share - step)) / n, n), seen(2027.0, random.binomial(n, share) / n, n)),
        )
        for share, step, target in zip(now, pace, targets, strict=True)
    ]
    return sum(found.light is Light.CANNOT_TELL for found in evaluate(cases, HALF, "2026-12-31")) / worlds


def test_that_lights_turn_grey_as_firms_become_few():
    shares = [greys(n) for n in (29, 40, 200, 800, 5000)]
    assert shares[0] == 1.0
    assert shares[1] > 0.4
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.05


def test_that_a_light_its_error_would_turn_is_grey_without_a_probability():
    found = one(seen(2026.0, 0.50, 40), seen(2027.0, 0.625, 40))
    assert (found.light, found.reason, found.probability) == (Light.CANNOT_TELL, "light.reason.unsure", None)
    assert set(dict(found.reason_values)) == {"low", "high"}
    assert [each.probability for each in found.forecasts] == [None] * len(found.forecasts) != []
    assert found.fan
    assert found.required_pace > 0


def test_that_the_same_shares_of_a_whole_census_carry_a_light():
    found = one(seen(2026.0, 0.50, 40, 40), seen(2027.0, 0.625, 40, 40))
    assert found.light is not Light.CANNOT_TELL


def test_that_an_error_that_turns_nothing_leaves_the_light():
    verdict = lights.by_chance(GOAL, (20.0, 5.0), 0.1, (0.05, 0.19))
    assert (verdict.light, verdict.probability) == (Light.OFF_TRACK, 0.1)
    near = lights.by_chance(GOAL, (20.0, 5.0), 0.19, (0.1, 0.3))
    assert near.light is Light.OFF_TRACK
    assert lights.by_chance(GOAL, (20.0, 5.0), 0.19, (0.05, 0.4)).light is Light.CANNOT_TELL


def test_that_a_deadline_before_the_first_wave_cannot_be_judged():
    found = one(seen(2027.0, 0.9), seen(2028.0, 0.95), goal=replace(GOAL, year=2025))
    assert (found.light, found.reason) == (Light.CANNOT_TELL, "light.reason.before_first")
    assert (found.required_pace, found.path, found.fan, found.upper) == (None, (), (), ())


@pytest.mark.parametrize("value", [1.5, -0.1, float("nan"), float("inf")])
def test_that_an_impossible_target_is_grey_and_shows_no_number(value):
    found = one(seen(2026.0, 0.3), seen(2027.0, 0.5), goal=replace(GOAL, value=value))
    assert (found.light, found.reason, found.observations) == (Light.CANNOT_TELL, "light.reason.impossible", ())
    assert (found.gap, found.pace, found.status, found.probability) == (None, None, None, None)


def test_that_two_waves_of_one_day_are_one_and_carry_no_trend():
    assert one(seen(2027.0, 0.3), seen(2027.0, 0.5)).reason == "light.reason.no_trend"
    found = one(seen(2026.0, 0.3), seen(2027.0, 0.4), seen(2027.0, 0.45))
    assert found.observed_pace == pytest.approx(15.0)


def test_that_a_goal_without_number_has_its_values_pace_and_published_status_and_no_light():
    found = one(seen(2026.0, 0.3), seen(2027.0, 0.4), goal=replace(GOAL, value=None, operator=""), why="no_number")
    assert (found.light, found.reason, found.gap) == (Light.CANNOT_TELL, "light.reason.no_number", None)
    assert found.observed_pace == pytest.approx(10.0)
    assert (found.status.target, found.status.status) == (None, "status.substantial_progress")


def test_that_a_falling_share_has_a_negative_pace_and_is_off_track():
    found = one(seen(2026.0, 0.5, 2000), seen(2027.0, 0.3, 2000))
    assert (found.light, found.pace.band.value) == (Light.OFF_TRACK, "backwards")
    assert found.pace.ratio < 0


def counted(*figures, goal=COUNT, as_of="2026-12-31"):
    targets = Targets(reported=tuple(Reported(goal.id, date, value, "台账", "张三", "d") for date, value in figures))
    (found,) = track(
        GoalBook("1", (goal,), (USE,), ()),
        responses({"use": ["yes"]}),
        INSTRUMENT,
        (Wave("2026", "2026-06-30", Design.CENSUS, {}),),
        as_of,
        targets,
    )
    return found


def test_that_a_count_is_held_against_what_was_reported_and_never_as_a_rate():
    found = counted(("2025-12-31", 6.0), ("2026-12-31", 9.0))
    assert (found.latest.value, found.latest.n, found.latest.wave) == (9.0, 0, "")
    assert found.observed_pace == pytest.approx(3.0)
    assert found.required_pace == pytest.approx(11.0)
    assert found.reason == f"light.reason.{found.light.value}_count"
    assert dict(found.reason_values)["unit"] == "家"
    assert (found.pace.firms, found.pace.required_logit, found.upper) == (None, None, ())


def test_that_a_count_that_is_there_is_met_and_one_report_has_no_trend():
    assert counted(("2026-12-31", 21.0)).reason == "light.reason.met"
    assert counted(("2026-12-31", 9.0)).reason == "light.reason.one_wave"
    assert counted().reason == "light.reason.not_a_share"
    assert counted(("2026-12-31", 21.0), as_of="2026-06-30").reason == "light.reason.not_a_share"


def test_that_a_rate_no_survey_measures_may_be_reported_and_must_be_one():
    rate = replace(GOAL, measure="")
    assert counted(("2026-12-31", 0.8), goal=rate).reason == "light.reason.met"
    assert counted(("2026-12-31", 1.8), goal=rate).reason == "light.reason.impossible_figure"


def test_that_a_milestone_stays_grey_whatever_was_reported():
    found = counted(("2026-12-31", 21.0), goal=replace(COUNT, kind=GoalKind.MILESTONE, value=None, operator=""))
    assert (found.light, found.reason, found.observations) == (Light.CANNOT_TELL, "light.reason.milestone", ())


def test_that_reported_amounts_of_billions_are_written_without_decimals():
    amount = replace(COUNT, kind=GoalKind.AMOUNT, value=100000.0, unit="亿元", operator=">")
    found = counted(("2024-12-31", 5000.0), ("2025-12-31", 21000.0), ("2026-12-31", 40000.0), goal=amount)
    assert dict(found.reason_values)["required"] == "60,000"


def test_that_as_of_is_kept():
    assert counted().as_of == "2026-12-31"


shares = st.floats(0, 1, allow_subnormal=False)
waves = st.lists(
    st.tuples(st.integers(2020, 2030), st.integers(0, 3), shares, st.integers(1, 3000), st.booleans()), min_size=1, max_size=6
)


@settings(max_examples=60, deadline=None)
@given(
    waves, shares, st.sampled_from((">", ">=", "≈", "<", "<=")), st.integers(2015, 2036), st.sampled_from(("linear", "s_curve"))
)
def test_that_no_series_gives_a_number_that_there_is_not(points, target, operator, year, path):
    """NaN and infinity reach nothing; shares stay within 0 and 1; grey lights have no probability."""
    observations = []
    for place, (when, quarter, share, n, volunteers) in enumerate(sorted(points)):
        hits = round(share * n)
        low, high = wilson(hits, n)
        error = None if volunteers else (high - low) / 3.92
        bounds = (None, None) if volunteers else (low, high)
        observations.append(Observation(str(place), when + quarter / 4, hits / n, *bounds, n, None, error, 0.1))
    goal = replace(GOAL, value=target, operator=operator, year=year, path=path)
    found = one(*observations, goal=goal)
    json.dumps(_numbers(found), allow_nan=False)
    assert all(0 <= value <= 1 for _, value in found.path)
    assert all(0 <= low <= middle <= high <= 1 for _, low, middle, high in found.fan)
    assert all(0 <= low <= high <= 1 for _, low, high in found.upper)
    if found.light is Light.CANNOT_TELL:
        assert found.probability is None
    assert found.required_pace == required_pace(goal, aim_of(goal), found.latest)


def _numbers(found):
    return [
        found.gap,
        found.required_pace,
        found.observed_pace,
        found.probability,
        found.path,
        found.fan,
        found.upper,
        [(each.middle, each.low, each.high, each.probability, each.parameters) for each in found.forecasts],
        [getattr(found.pace, name) for name in ("required", "observed", "required_logit", "observed_logit", "ratio", "firms")],
        None if found.status is None else [found.status.value, found.status.score, found.status.observed_growth],
    ]
