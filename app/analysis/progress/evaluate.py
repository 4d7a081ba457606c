"""Many goals at once: each case with its observations becomes a progress, the trends of all of them fitted together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Floats
from app.analysis.progress import lights
from app.analysis.progress.aim import Aim, aim_of
from app.analysis.progress.breaks import unbroken
from app.analysis.progress.forecast import Series, Trends, fit_trends
from app.analysis.progress.forecast.series import LEAST_ERROR
from app.analysis.progress.pace import points, required, with_observed
from app.analysis.progress.path import required_path, upper_scenario
from app.analysis.progress.status import Seen, Wanted, calendar_year, status
from app.domain.goals import Conversion, Goal, GoalKind, GoalProgress, Light, Measure, Observation, is_possible
from app.domain.progress import Forecast, Pace, SeriesBreak, Status


@dataclass(frozen=True, slots=True)
class Case:
    """A goal with what was observed of it, oldest first, and the breaks of that series.

    `why` the reason (of `light.reason.*`) why nothing can be held against it, "" where something can.
    """

    goal: Goal
    measure: Measure | None
    observations: tuple[Observation, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Trended:
    """A progress that still lacks what a trend says: its place, its aim (None: no number), the waves that carry the trend.

    Where it already has a reason, the light is settled.
    """

    place: int
    known: GoalProgress
    aim: Aim | None
    series: list[Observation]


def evaluate(cases: Sequence[Case], conversion: Conversion | None, as_of: str) -> tuple[GoalProgress, ...]:
    """Return the progress of every case, in order; `as_of` the day up to which waves are known."""
    settled, open_ = [], []
    for place, case in enumerate(cases):
        known, trended = _known(place, case, conversion, as_of)
        settled.append(known)
        open_ += [] if trended is None else [trended]
    for bounded in (True, False):
        group = [one for one in open_ if (one.known.goal.kind is GoalKind.RATE) is bounded]
        for one, found in zip(group, _by_trend(group, bounded), strict=True):
            settled[one.place] = found
    return tuple(settled)


def _known(place: int, case: Case, conversion: Conversion | None, as_of: str) -> tuple[GoalProgress, _Trended | None]:
    """What the observations alone say, and where a trend may say more."""
    goal, aim = case.goal, aim_of(case.goal)
    blank = GoalProgress(goal, case.measure, case.observations, None, None, None, None, Light.CANNOT_TELL, "", as_of=as_of)
    if not is_possible(goal):
        return lights.cannot_tell(replace(blank, observations=()), "impossible"), None
    if not case.observations:
        return lights.cannot_tell(blank, case.why or "no_data"), None
    series = lights.series_of(unbroken(case.observations, case.breaks))
    blank = replace(blank, breaks=case.breaks)
    if aim is None:
        grey = replace(lights.cannot_tell(blank, case.why or "no_number"), status=_status(case, None))
        return grey, _Trended(place, grey, None, series) if series else None
    known = _with_distance(blank, case, aim, conversion)
    unfit = lights.unfit(known, case.observations[-1], case.observations[0], aim)
    if unfit is not None:
        return unfit, None
    answer = _answer(known, aim, case, series)
    return answer, _Trended(place, answer, aim, series) if series else None


def _with_distance(blank: GoalProgress, case: Case, aim: Aim, conversion: Conversion | None) -> GoalProgress:
    latest = case.observations[-1]
    pace = required(case.goal, case.measure, aim, latest)
    upper = () if case.measure is None else upper_scenario(case.measure, latest, conversion, aim.due)
    return replace(
        blank,
        gap=aim.target - latest.value,
        required_pace=pace.required,
        path=required_path(case.goal, aim, latest),
        pace=pace,
        status=_status(case, aim),
        upper=upper,
    )


def _answer(known: GoalProgress, aim: Aim, case: Case, series: Sequence[Observation]) -> GoalProgress:
    """The light without a trend; also what stands where a trend changes nothing."""
    latest = case.observations[-1]
    if aim.reached_by(latest):
        return lights.met(known)
    if aim.due <= latest.time:
        return lights.overdue(known, aim, latest)
    return lights.without_trend(known, unbroken(case.observations, case.breaks)) if not series else known


def _status(case: Case, aim: Aim | None) -> Status | None:
    """The published status over the waves that carry a trend; without a number more is taken to be better."""
    usable = [each for each in unbroken(case.observations, case.breaks) if lights.carries(each)]
    if not usable:
        return None
    base, current = (Seen(calendar_year(each.time), each.value) for each in (usable[0], usable[-1]))
    if aim is None:
        limit = 1.0 if case.goal.kind is GoalKind.RATE else None
        return status(base, current, Wanted(1, None, float(case.goal.year), limit))
    return status(base, current, Wanted(1 if aim.upwards else -1, aim.target, float(case.goal.year)))


def _by_trend(group: Sequence[_Trended], bounded: bool) -> list[GoalProgress]:
    """What trends say of a group of shares, or of counts and amounts."""
    ahead = [one for one in group if one.aim is not None and one.aim.due > one.series[-1].time]
    behind = [one for one in group if one not in ahead] if len(ahead) < len(group) else []
    found = {one.place: known for one, known in zip(behind, _with_paces(behind, _fit(behind, bounded)), strict=True)}
    found |= {one.place: known for one, known in zip(ahead, _with_futures(ahead, bounded), strict=True)}
    return [found[one.place] for one in group]


def _fit(group: Sequence[_Trended], bounded: bool) -> Trends | None:
    return fit_trends(_series([one.series for one in group]), bounded) if group else None


def _with_paces(group: Sequence[_Trended], trends: Trends | None) -> list[GoalProgress]:
    if trends is None:
        return []
    paces, slopes = seen_paces(_series([one.series for one in group])).tolist(), trends.pace_logit.tolist()
    return [_with_pace(one, pace, slope) for one, pace, slope in zip(group, paces, slopes, strict=True)]


def seen_paces(series: Series) -> Floats:
    """Return the pace of the weighted least-squares line through the values as they were observed, a year (G,)."""
    known = np.isfinite(series.times)
    weight = np.where(known, np.maximum(series.errors, LEAST_ERROR) ** -2.0, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    away, above = (
        np.where(known, each - np.nansum(weight * each, axis=1, keepdims=True) / total, 0.0)
        for each in (series.times, series.shares)
    )
    pace: Floats = (weight * away * above).sum(axis=1) / (weight * away**2).sum(axis=1)
    return pace


def _with_pace(one: _Trended, pace: float, slope: float) -> GoalProgress:
    known, seen = one.known, points(one.known.goal) * pace
    whole = with_observed(known.pace or Pace(), seen, slope if math.isfinite(slope) else None)
    return replace(known, observed_pace=seen, pace=whole)


def _with_futures(group: Sequence[_Trended], bounded: bool) -> list[GoalProgress]:
    """The progress of goals whose deadline is ahead, with what the models say of it."""
    trends = _fit(group, bounded)
    if trends is None:
        return []
    aims = [one.aim for one in group if one.aim is not None]
    due, target = (np.array([getattr(aim, name) for aim in aims]) for name in ("due", "target"))
    upwards = np.array([aim.upwards for aim in aims], dtype=np.float64)
    forecasts, fans = trends.forecasts(due, target, upwards), trends.fans(due)
    swayed = _swayed(group, (due, target, upwards), [told[-1].probability for told in forecasts], bounded)
    return [
        _with_future(known, told, fan, ends)
        for known, told, fan, ends in zip(_with_paces(group, trends), forecasts, fans, swayed, strict=True)
    ]


def _with_future(
    known: GoalProgress,
    told: tuple[Forecast, ...],
    fan: tuple[tuple[float, float, float, float], ...],
    swayed: tuple[float, float],
) -> GoalProgress:
    chance = told[-1].probability
    whole = replace(known, fan=fan, forecasts=told, probability=chance)
    return whole if known.reason else lights.by_chance(whole, chance, swayed)


def _swayed(
    group: Sequence[_Trended], asked: tuple[Floats, Floats, Floats], chances: Sequence[float], bounded: bool
) -> list[tuple[float, float]]:
    """Return what each chance would be with the newest wave at either end of its 80 % interval, everything else kept."""
    found = [(chance, chance) for chance in chances]
    moved = [place for place, one in enumerate(group) if one.series[-1].standard_error and not one.known.reason]
    if not moved:
        return found
    ends = [_moved(group[place].series, side) for side in (-lights.SWAY, lights.SWAY) for place in moved]
    due, target, upwards = np.tile(asked[0][moved], 2), np.tile(asked[1][moved], 2), np.tile(asked[2][moved], 2)
    told = fit_trends(_series(ends), bounded).chances(due, target, upwards).tolist()
    for place, low, high in zip(moved, told[: len(moved)], told[len(moved) :], strict=True):
        found[place] = (low, high)
    return found


def _moved(series: Sequence[Observation], errors: float) -> list[Observation]:
    latest = series[-1]
    value = latest.value + errors * (latest.standard_error or 0.0)
    return [*series[:-1], replace(latest, value=min(1.0, max(0.0, value)))]


def _series(waves: Sequence[Sequence[Observation]]) -> Series:
    """Series of unlike lengths in one array, the rest NaN."""
    longest = max(map(len, waves))
    table = np.full((len(waves), longest, 4), np.nan)
    for row, own in enumerate(waves):
        table[row, : len(own)] = [(each.time, each.value, max(each.n, 1), each.standard_error or 0.0) for each in own]
    return Series(table[:, :, 0], table[:, :, 1], table[:, :, 2], table[:, :, 3])
