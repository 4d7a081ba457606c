"""Many goals at once: each case with its observations becomes a progress, the trends of all of them fitted together."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Floats
from app.analysis.progress import lights
from app.analysis.progress.aim import Aim, aim_of
from app.analysis.progress.breaks import unbroken
from app.analysis.progress.forecast import Series, Trends, fit_trends
from app.analysis.progress.pace import points, required, with_observed
from app.analysis.progress.path import required_path, upper_scenario
from app.analysis.progress.status import Seen, Wanted, calendar_year, status
from app.domain.goals import Conversion, Goal, GoalKind, GoalProgress, Light, Measure, Observation, is_possible
from app.domain.progress import Forecast, Pace, SeriesBreak, Status

Forecasts = tuple[Forecast, ...]
Fan = tuple[tuple[float, float, float, float], ...]
_EDGE = 0.02  # chances nearer to 0 or 1 do not move by a quarter with one wave, and are not asked


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


@dataclass(frozen=True, slots=True)
class _Future:
    """What the trends say of one goal: its pace, what each model gives, the fan, and the chance the light rests on."""

    pace: Pace
    forecasts: Forecasts
    fan: Fan
    chance: float


def evaluate(cases: Sequence[Case], conversion: Conversion | None, as_of: str) -> tuple[GoalProgress, ...]:
    """Return the progress of every case, in order; `as_of` the day up to which waves are known."""
    with _uncollected():
        return _evaluated(cases, conversion, as_of)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold back the search for cycles: values in thousands are made here and none is part of one, yet looking took a sixth of the
    time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _evaluated(cases: Sequence[Case], conversion: Conversion | None, as_of: str) -> tuple[GoalProgress, ...]:
    told = [_known(place, case, conversion, as_of) for place, case in enumerate(cases)]
    settled, open_ = [known for known, _ in told], [trended for _, trended in told if trended is not None]
    for bounded in (True, False):
        group = [one for one in open_ if (one.known.goal.kind is GoalKind.RATE) is bounded]
        for one, found in zip(group, _by_trend(group, bounded), strict=True):
            settled[one.place] = found
    return tuple(settled)


def _known(place: int, case: Case, conversion: Conversion | None, as_of: str) -> tuple[GoalProgress, _Trended | None]:
    """What the observations alone say, and where a trend may say more."""
    goal = case.goal
    if not is_possible(goal):
        return lights.cannot_tell(_bare(case, as_of, ()), "impossible"), None
    if not case.observations:
        return lights.cannot_tell(_bare(case, as_of, ()), case.why or "no_data"), None
    whole = unbroken(case.observations, case.breaks)
    usable, aim = lights.usable(whole), aim_of(goal)
    series = lights.series_of(usable)
    if aim is None:
        grey = lights.cannot_tell(_bare(case, as_of, case.observations, _status(goal, usable, None)), case.why or "no_number")
        return grey, _Trended(place, grey, None, series) if series else None
    known = _with_distance(case, aim, conversion, as_of, _status(goal, usable, aim))
    unfit = lights.unfit(known, case.observations[-1], case.observations[0], aim)
    if unfit is not None:
        return unfit, None
    answer = _answer(known, aim, case.observations[-1], whole if not series else ())
    return answer, _Trended(place, answer, aim, series) if series else None


def _bare(case: Case, as_of: str, observations: tuple[Observation, ...], status: Status | None = None) -> GoalProgress:
    return GoalProgress(
        case.goal,
        case.measure,
        observations,
        None,
        None,
        None,
        None,
        Light.CANNOT_TELL,
        "",
        status=status,
        breaks=case.breaks,
        as_of=as_of,
    )


def _with_distance(case: Case, aim: Aim, conversion: Conversion | None, as_of: str, status: Status | None) -> GoalProgress:
    latest = case.observations[-1]
    pace = required(case.goal, case.measure, aim, latest)
    return GoalProgress(
        case.goal,
        case.measure,
        case.observations,
        aim.target - latest.value,
        pace.required,
        None,
        None,
        Light.CANNOT_TELL,
        "",
        path=required_path(case.goal, aim, latest),
        pace=pace,
        status=status,
        upper=() if case.measure is None else upper_scenario(case.measure, latest, conversion, aim.due),
        breaks=case.breaks,
        as_of=as_of,
    )


def _answer(known: GoalProgress, aim: Aim, latest: Observation, untrended: Sequence[Observation]) -> GoalProgress:
    """The light where a trend changes nothing, or there is none (`untrended` the waves that carry none); else no reason yet."""
    if aim.reached_by(latest):
        return lights.met(known)
    if aim.due <= latest.time:
        return lights.overdue(known, aim, latest)
    return lights.without_trend(known, untrended) if untrended else known


def _status(goal: Goal, usable: Sequence[Observation], aim: Aim | None) -> Status | None:
    """The published status over the waves that carry a trend; without a number more is taken to be better."""
    if not usable:
        return None
    base, current = (Seen(calendar_year(each.time), each.value) for each in (usable[0], usable[-1]))
    if aim is None:
        limit = 1.0 if goal.kind is GoalKind.RATE else None
        return status(base, current, Wanted(1, None, float(goal.year), limit))
    return status(base, current, Wanted(1 if aim.upwards else -1, aim.target, float(goal.year)))


def _by_trend(group: Sequence[_Trended], bounded: bool) -> list[GoalProgress]:
    """What trends say of a group of shares, or of counts and amounts."""
    ahead = [one.aim is not None and one.aim.due > one.series[-1].time for one in group]
    found = dict[int, GoalProgress]()
    for is_ahead, told in ((True, _with_futures), (False, _with_paces)):
        own = [one for one, flag in zip(group, ahead, strict=True) if flag is is_ahead]
        if own:
            series = _series([one.series for one in own])
            found |= {one.place: known for one, known in zip(own, told(own, series, bounded), strict=True)}
    return [found[one.place] for one in group]


def _with_paces(group: Sequence[_Trended], series: Series, bounded: bool) -> list[GoalProgress]:
    paces = _paces(group, fit_trends(series, bounded))
    return [replace(one.known, observed_pace=pace.observed, pace=pace) for one, pace in zip(group, paces, strict=True)]


def _paces(group: Sequence[_Trended], trends: Trends) -> list[Pace]:
    """The paces with what was observed."""
    return [
        with_observed(one.known.pace or Pace(), points(one.known.goal) * pace, slope if math.isfinite(slope) else None)
        for one, pace, slope in zip(group, trends.pace.tolist(), trends.pace_logit.tolist(), strict=True)
    ]


def _with_futures(group: Sequence[_Trended], series: Series, bounded: bool) -> list[GoalProgress]:
    """The progress of goals whose deadline is ahead, with what the models say of it."""
    trends = fit_trends(series, bounded)
    aims = [one.aim for one in group if one.aim is not None]
    due, target = (np.array([getattr(aim, name) for aim in aims]) for name in ("due", "target"))
    asked = due, target, np.array([aim.upwards for aim in aims], dtype=np.float64)
    forecasts, fans = trends.forecasts(*asked), trends.fans(due)
    chances: list[float] = trends.chances(*asked).tolist()
    open_ = [place for place, one in enumerate(group) if not one.known.reason and _EDGE < chances[place] < 1 - _EDGE]
    swayed = _swayed(series, open_, asked, bounded)
    paces = _paces(group, trends)
    return [
        _with_future(one.known, _Future(pace, told, fan, chances[place]), swayed.get(place, (chances[place], chances[place])))
        for place, (one, pace, told, fan) in enumerate(zip(group, paces, forecasts, fans, strict=True))
    ]


def _with_future(known: GoalProgress, future: _Future, swayed: tuple[float, float]) -> GoalProgress:
    pace, told = future.pace, future.forecasts
    verdict = lights.Verdict(known.light, known.reason, known.reason_values, future.chance)
    if not known.reason:
        verdict = lights.by_chance(known.goal, (pace.required, pace.observed), future.chance, swayed)
    if verdict.probability is None:  # what the light does not dare to say, no single model may say either
        told = tuple(replace(each, probability=None) for each in told)
    return replace(
        known,
        observed_pace=pace.observed,
        pace=pace,
        fan=future.fan,
        forecasts=told,
        probability=verdict.probability,
        light=verdict.light,
        reason=verdict.reason,
        reason_values=verdict.values,
    )


def _swayed(
    series: Series, places: Sequence[int], asked: tuple[Floats, Floats, Floats], bounded: bool
) -> dict[int, tuple[float, float]]:
    """Return by place what a chance would be with the newest wave at either end of its 80 % interval, all else kept."""
    newest = np.isfinite(series.times).sum(axis=1) - 1
    moved = [place for place in places if series.errors[place, newest[place]] > 0]
    if not moved:
        return {}
    rows, at = np.arange(2 * len(moved)), np.tile(newest[moved], 2)
    times, shares, sizes, errors = (
        np.tile(each[moved], (2, 1)) for each in (series.times, series.shares, series.sizes, series.errors)
    )
    shares[rows, at] += np.repeat((-lights.SWAY, lights.SWAY), len(moved)) * errors[rows, at]
    shares = np.clip(shares, 0.0, 1.0) if bounded else shares
    due, target, upwards = np.tile(asked[0][moved], 2), np.tile(asked[1][moved], 2), np.tile(asked[2][moved], 2)
    told = fit_trends(Series(times, shares, sizes, errors), bounded).chances(due, target, upwards).tolist()
    return dict(zip(moved, zip(told[: len(moved)], told[len(moved) :], strict=True), strict=True))


def _series(waves: Sequence[Sequence[Observation]]) -> Series:
    """Series of unlike lengths in arrays (G, W), the rest NaN."""
    lengths = np.array([len(own) for own in waves])
    row, flat = np.repeat(np.arange(len(waves)), lengths), [each for own in waves for each in own]
    column = np.arange(len(flat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)

    def spread(values: list[float]) -> Floats:
        table = np.full((len(waves), int(lengths.max())), np.nan)
        table[row, column] = values
        return table

    return Series(
        spread([each.time for each in flat]),
        spread([each.value for each in flat]),
        spread([max(each.n, 1) for each in flat]),
        spread([each.standard_error or 0.0 for each in flat]),
    )
