"""Lights: from a probability, or "cannot tell" with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.progress import track
from app.domain.condition import Condition
from app.domain.goals import Goal, GoalBook, GoalKind, Layer, Light, Measure
from app.domain.study import Design, Wave
from tests.unit.analysis.small_study import INSTRUMENT, W, responses, uses_ai

USE = Measure("use", W, uses_ai(), None, "firms", True, "test")
GOAL = Goal("g", Layer.STATE, GoalKind.RATE, 2027, ">", 0.70, "fraction", W, "文号", "2025-08-21", W, (), "use", W, "test", False)
WAVES = (Wave("2025", "2025-12-31", Design.SAMPLE, {}), Wave("2026", "2026-12-31", Design.SAMPLE, {}))


def county(*shares: float, n: int = 200):
    """Responses of one wave a share, from 2025 on."""
    answers, waves = [], []
    for year, share in enumerate(shares, start=2025):
        yes = round(share * n)
        answers += ["yes"] * yes + ["no"] * (n - yes)
        waves += [str(year)] * n
    return responses({"use": answers}, wave=waves)


def progress(given, goal=GOAL, waves=WAVES, as_of="2027-06-30", measures=(USE,)):
    (found,) = track(GoalBook("1", (goal,), measures, ()), given, INSTRUMENT, waves, as_of)
    return found


def test_that_thirty_to_seventy_in_two_years_needs_twenty_points_a_year():
    found = progress(county(0.30), waves=WAVES[:1])
    assert found.gap == pytest.approx(0.40)
    assert found.required_pace == pytest.approx(20.0)
    assert found.path[::4] == ((2026.0, pytest.approx(0.30)), (2027.0, pytest.approx(0.50)), (2028.0, 0.70))


def test_that_one_wave_has_no_trend_and_cannot_tell():
    found = progress(county(0.30), waves=WAVES[:1])
    assert (found.light, found.reason) == (Light.CANNOT_TELL, "light.reason.one_wave")
    assert (found.observed_pace, found.probability, found.fan) == (None, None, ())
    assert found.latest.n == 200


def test_that_a_slow_pace_is_off_track_with_its_numbers():
    found = progress(county(0.30, 0.35))
    assert found.light is Light.OFF_TRACK
    assert found.observed_pace == pytest.approx(5.0)
    assert found.required_pace == pytest.approx(35.0)
    assert found.probability < 0.01
    assert dict(found.reason_values) == {"observed": "5.0", "required": "35.0", "probability": "<1%"}


def test_that_a_fast_pace_is_on_track_and_an_even_one_at_risk():
    assert progress(county(0.20, 0.60, n=2000)).light is Light.ON_TRACK
    even = progress(county(0.50, 0.60, n=2000))
    assert (even.light, even.reason) == (Light.AT_RISK, "light.reason.at_risk")
    assert even.probability == even.forecasts[-1].probability
    assert 0.2 <= even.probability < 0.8


def test_that_the_fan_runs_from_the_newest_wave_to_the_deadline_within_bounds():
    found = progress(county(0.30, 0.55), replace(GOAL, year=2035))
    assert (found.fan[0][0], found.fan[-1][0]) == (2027.0, 2036.0)
    assert all(0 <= low <= middle <= high <= 1 for _, low, middle, high in found.fan)


def test_that_a_target_is_met_only_when_the_lower_bound_reaches_it():
    """0.75 of 200 has its lower bound at 68.6 %, 0.78 at 71.8 %."""
    near, over = progress(county(0.30, 0.75)), progress(county(0.30, 0.78))
    assert near.reason != "light.reason.met"
    assert (over.light, over.reason, over.required_pace) == (Light.ON_TRACK, "light.reason.met", 0.0)
    assert over.gap < 0


def test_that_one_wave_may_show_a_target_met_and_gives_no_probability():
    found = progress(county(0.9), waves=WAVES[:1])
    assert (found.reason, found.probability) == ("light.reason.met", None)


def test_that_more_than_is_strict_and_at_least_is_not():
    frame = {"C": 200}
    census = (replace(WAVES[0], design=Design.CENSUS, frame=frame),)
    assert progress(county(0.70), replace(GOAL, operator=">="), census).reason == "light.reason.met"
    assert progress(county(0.70), GOAL, census).reason == "light.reason.one_wave"


def test_that_a_goal_of_at_most_is_read_downwards():
    below = replace(GOAL, operator="<=", value=0.20)
    assert progress(county(0.5, 0.05), below).reason == "light.reason.met"
    rising = progress(county(0.3, 0.5), below)
    assert rising.light is Light.OFF_TRACK
    assert rising.required_pace == pytest.approx(-30.0)


def test_that_volunteers_conclude_nothing():
    waves = tuple(replace(wave, design=Design.VOLUNTEER) for wave in WAVES)
    found = progress(county(0.3, 0.95), waves=waves)
    assert (found.light, found.reason) == (Light.CANNOT_TELL, "light.reason.volunteers")
    assert found.latest.value == 0.95


def test_that_a_volunteer_wave_carries_no_trend_into_a_sample():
    waves = (replace(WAVES[0], design=Design.VOLUNTEER), WAVES[1])
    found = progress(county(0.3, 0.5), waves=waves)
    assert found.reason == "light.reason.after_break"
    assert [each.reason for each in found.breaks] == ["break.design"]
    assert len(found.observations) == 2


def test_that_fewer_than_thirty_firms_cannot_tell_unless_they_are_all_there_are():
    found = progress(county(0.3, 0.95, n=20))
    assert (found.reason, dict(found.reason_values)) == ("light.reason.too_few", {"n": "20", "least": "30"})
    census = tuple(replace(wave, design=Design.CENSUS, frame={"C": 20}) for wave in WAVES)
    assert progress(county(0.3, 0.95, n=20), waves=census).reason == "light.reason.met"


def test_that_waves_within_a_quarter_show_no_trend():
    waves = (replace(WAVES[0], date="2026-11-15"), WAVES[1])
    assert progress(county(0.3, 0.4), waves=waves).reason == "light.reason.no_trend"


def test_that_after_the_deadline_the_newest_wave_decides():
    past = replace(GOAL, year=2026)
    missed = progress(county(0.30, 0.50), past)
    assert (missed.light, missed.reason, missed.required_pace) == (Light.OFF_TRACK, "light.reason.missed", None)
    assert (missed.path, missed.fan) == ((), ())
    close = progress(county(0.30, 0.72), past)
    assert (close.light, close.reason) == (Light.AT_RISK, "light.reason.unproven")
    assert progress(county(0.30, 0.90), past).reason == "light.reason.met"


def test_that_waves_after_the_as_of_date_are_not_known_yet():
    assert len(progress(county(0.3, 0.4), as_of="2026-06-30").observations) == 1
    assert progress(county(0.3, 0.4), as_of="2025-06-30").reason == "light.reason.no_data"


@pytest.mark.parametrize(
    ("goal", "reason"),
    [
        (replace(GOAL, kind=GoalKind.MILESTONE), "milestone"),
        (replace(GOAL, kind=GoalKind.COUNT, value=1000.0), "not_a_share"),
        (replace(GOAL, kind=GoalKind.AMOUNT, value=12.0), "not_a_share"),
        (replace(GOAL, value=None, operator=""), "no_number"),
        (replace(GOAL, measure=""), "no_measure"),
        (replace(GOAL, measure="foreign"), "not_asked"),
        (replace(GOAL, sections=("Q",)), "no_data"),
    ],
)
def test_that_what_cannot_be_measured_says_why(goal, reason):
    foreign = replace(USE, id="foreign", numerator=Condition("answer", item="elsewhere", at_least=1))
    found = progress(county(0.3, 0.4), goal, measures=(USE, foreign))
    assert (found.light, found.reason) == (Light.CANNOT_TELL, f"light.reason.{reason}")
    assert (found.gap, found.required_pace, found.light) == (None, None, Light.CANNOT_TELL)
    assert len(found.observations) == (2 if reason == "no_number" else 0)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_that_shares_of_none_and_all_do_not_break_the_trend(share):
    found = progress(county(share, share))
    assert found.observed_pace == pytest.approx(0.0)
    assert found.light is (Light.ON_TRACK if share else Light.OFF_TRACK)


def test_that_a_book_gives_one_progress_a_goal_in_its_order():
    goals = (replace(GOAL, id="b"), replace(GOAL, id="a", year=2030, value=0.9))
    found = track(GoalBook("1", goals, (USE,), ()), county(0.3, 0.5), INSTRUMENT, WAVES, "2027-06-30")
    assert [one.goal.id for one in found] == ["b", "a"]
