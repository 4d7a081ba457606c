"""Breaks of a series: another instrument, another way of asking, or what people declared."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.progress import track
from app.analysis.progress.breaks import series_breaks, unbroken
from app.domain.goals import GoalBook, Light, Observation
from app.domain.study import Design, Wave
from app.domain.targets import DeclaredBreak, Targets
from tests.unit.analysis.progress.test_track import GOAL, USE, county
from tests.unit.analysis.small_study import INSTRUMENT

WAVES = tuple(Wave(str(year), f"{year}-12-31", Design.SAMPLE, {}, instrument="a 1") for year in (2024, 2025, 2026))
SEEN = tuple(Observation(wave.id, float(wave.id) + 1, 0.3, 0.2, 0.4, 100, None, 0.05) for wave in WAVES)


def declared(wave, measure="", back=False):
    return DeclaredBreak(wave, measure, "题目改了", "张三", "2026-07-01", back)


def test_that_equal_waves_have_no_break():
    assert series_breaks(WAVES, (), "use", SEEN) == ()


def test_that_another_instrument_or_version_breaks_and_an_unnoted_one_does_not():
    waves = (*WAVES[:2], replace(WAVES[2], instrument="a 2"))
    (found,) = series_breaks(waves, (), "use", SEEN)
    assert (found.wave, found.time, found.reason) == ("2026", 2027.0, "break.instrument")
    assert series_breaks((replace(WAVES[0], instrument=""), *WAVES[1:]), (), "use", SEEN) == ()


def test_that_another_design_breaks():
    waves = (WAVES[0], replace(WAVES[1], design=Design.CENSUS), replace(WAVES[2], design=Design.CENSUS))
    assert [(each.wave, each.reason) for each in series_breaks(waves, (), "use", SEEN)] == [("2025", "break.design")]


def test_that_a_wave_without_an_observation_breaks_nothing_by_itself():
    waves = (WAVES[0], replace(WAVES[1], design=Design.VOLUNTEER), WAVES[2])
    assert series_breaks(waves, (), "use", (SEEN[0], SEEN[2])) == ()


def test_that_declared_breaks_hold_for_their_measure_until_taken_back():
    assert [each.why for each in series_breaks(WAVES, [declared("2025")], "use", SEEN)] == ["题目改了"]
    assert len(series_breaks(WAVES, [declared("2025", "use")], "use", SEEN)) == 1
    assert series_breaks(WAVES, [declared("2025", "other")], "use", SEEN) == ()
    assert series_breaks(WAVES, [declared("2025"), declared("2025", back=True)], "use", SEEN) == ()


def test_that_the_first_wave_and_an_unknown_one_break_nothing():
    assert series_breaks(WAVES, [declared("2024"), declared("1999")], "use", SEEN) == ()


def test_that_only_what_follows_the_last_break_goes_on():
    breaks = series_breaks(WAVES, [declared("2025"), declared("2026")], "use", SEEN)
    assert [each.wave for each in unbroken(SEEN, breaks)] == ["2026"]


def test_that_before_a_break_values_are_kept_and_carry_no_trend_pace_or_status():
    given, waves = county(0.2, 0.4), tuple(Wave(str(year), f"{year}-12-31", Design.SAMPLE, {}) for year in (2025, 2026))
    targets = Targets(breaks=(declared("2026"),))
    (found,) = track(GoalBook("1", (GOAL,), (USE,), ()), given, INSTRUMENT, waves, "2026-12-31", targets)
    assert len(found.observations) == 2
    assert (found.light, found.reason) == (Light.CANNOT_TELL, "light.reason.after_break")
    assert (found.observed_pace, found.fan, found.forecasts) == (None, (), ())
    assert (found.status.base_year, found.status.status) == (2026.0, "status.not_available")
    assert found.required_pace is not None
