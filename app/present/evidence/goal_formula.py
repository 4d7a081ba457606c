"""How the numbers of a goal come about, with the numbers put in."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from app.analysis.progress import deadline
from app.analysis.progress.lights import OFF_TRACK, ON_TRACK
from app.domain.goals import Goal, GoalProgress, Observation
from app.domain.numbers import fixed, number, percent
from app.domain.progress import Forecast
from app.present import wording
from app.present.figures.goal_values import firms_words, is_counted, model_name, ratio_words
from app.present.view import View


@dataclass(frozen=True, slots=True)
class Formula:
    """A number, how it comes about, and what to know about it; `formula` "" where it is the measure's own."""

    value: str
    formula: str
    notes: tuple[str, ...] = ()


def value_words(view: View, goal: Goal, seen: Observation) -> str:
    """Return an observation in words: a share with its interval, or an amount."""
    if is_counted(goal):
        return wording.amount(view.texts, seen.value, goal.unit)
    return wording.share_text(view.texts, seen.value, seen.low, seen.high)


def exact(view: View, goal: Goal, value: float) -> str:
    """Return a value as it stands in a formula: a share with one decimal."""
    return wording.amount(view.texts, value, goal.unit) if is_counted(goal) else f"{value * 100:.1f}%"


def points(view: View, value: float) -> str:
    """Return percentage points with one decimal."""
    return view.texts("goal.number.points", value=fixed(value, 1))


def _value(_view: View, _progress: GoalProgress) -> Formula | None:
    return Formula("", "")


def _gap(view: View, progress: GoalProgress) -> Formula | None:
    texts, goal, latest = view.texts, progress.goal, progress.latest
    if goal.value is None or latest is None:
        return None
    short = goal.short_by(latest.value)
    key = "wall.formula.gap_down" if goal.falls else "wall.formula.gap"
    told = {"target": exact(view, goal, goal.value), "value": exact(view, goal, latest.value)}
    result = wording.amount(texts, short, goal.unit) if is_counted(goal) else points(view, short * 100)
    notes = (texts("wall.formula.gap_bound", low=exact(view, goal, latest.low)),) if latest.low is not None else ()
    return Formula(result, texts(key, gap=result, **told), notes)


def _years(view: View, progress: GoalProgress) -> dict[str, str]:
    """Return the span from the newest observation to the deadline in words."""
    latest, due = progress.latest, deadline(progress.goal.year)
    wave = view.study.wave(latest.wave) if latest is not None and latest.wave else None
    first = wording.date_text(view.texts, wave.date) if wave is not None else ""
    last = wording.date_text(view.texts, f"{progress.goal.year}-12-31")
    return {"years": f"{due - (latest.time if latest is not None else due):.2f}", "first": first, "last": last}


def _required(view: View, progress: GoalProgress) -> Formula | None:
    texts, goal, latest = view.texts, progress.goal, progress.latest
    if progress.required_pace is None or goal.value is None or latest is None:
        return None
    value = _pace(view, progress, progress.required_pace)
    told = {"target": exact(view, goal, goal.value), "value": exact(view, goal, latest.value)}
    formula = texts("wall.formula.required", pace=value, **told, **_years(view, progress))
    logit = progress.pace.required_logit if progress.pace is not None else None
    notes = (
        () if logit is None else (texts("wall.formula.required_logit", pace=fixed(logit, 2), **told, **_years(view, progress)),)
    )
    return Formula(value, formula, notes)


def _pace(view: View, progress: GoalProgress, pace: float) -> str:
    if is_counted(progress.goal):
        return wording.amount(view.texts, pace, progress.goal.unit)
    return points(view, pace)


def _observed(view: View, progress: GoalProgress) -> Formula | None:
    if progress.observed_pace is None:
        return None
    texts, goal = view.texts, progress.goal
    value = _pace(view, progress, progress.observed_pace)
    series = _since_break(progress)
    two = len(series) == 2
    told = {"first": exact(view, goal, series[0].value), "last": exact(view, goal, series[-1].value), "n": len(series)}
    span = f"{series[-1].time - series[0].time:.2f}"
    key = "wall.formula.observed_two" if two else "wall.formula.observed_many"
    logit = progress.pace.observed_logit if progress.pace is not None else None
    notes = [texts("wall.formula.seen", series=wording.joined(texts, [_seen(view, goal, seen) for seen in series]))]
    notes += [texts("wall.formula.observed_logit", pace=fixed(logit, 2))] if logit is not None else []
    return Formula(value, texts(key, pace=value, years=span, **told), tuple(notes))


def _since_break(progress: GoalProgress) -> tuple[Observation, ...]:
    """Return the observations that carry a trend: those after the last break."""
    last = max((found.time for found in progress.breaks), default=-math.inf)
    return tuple(seen for seen in progress.observations if seen.time >= last - 1e-9)


def _seen(view: View, goal: Goal, seen: Observation) -> str:
    when = view.texts("wording.wave", id=seen.wave) if seen.wave else f"{seen.time:.1f}"
    return f"{when} {value_words(view, goal, seen)}"


def _ratio(view: View, progress: GoalProgress) -> Formula | None:
    pace, texts = progress.pace, view.texts
    if pace is None or pace.ratio is None:
        return None
    observed, required = (_pace(view, progress, each or 0.0) for each in (pace.observed, pace.required))
    formula = texts("wall.formula.ratio", observed=observed, required=required, ratio=fixed(pace.ratio, 2))
    return Formula(ratio_words(texts, pace), formula, (texts("wall.formula.ratio_bands"),))


def _per_quarter(view: View, progress: GoalProgress) -> Formula | None:
    pace, goal, latest, texts = progress.pace, progress.goal, progress.latest, view.texts
    if pace is None or pace.per_quarter is None or pace.firms is None or goal.value is None or latest is None:
        return None
    base = latest.frame if pace.base == "frame" and latest.frame is not None else latest.n
    told = {
        "target": exact(view, goal, goal.value),
        "value": exact(view, goal, latest.value),
        "base": number(base, "count"),
        "firms": number(pace.firms, "count"),
        "quarters": f"{pace.firms / pace.per_quarter:.1f}" if pace.per_quarter else "—",
        "each": f"{pace.per_quarter:.1f}",
    }
    value = firms_words(texts, pace.per_quarter)
    note = texts("wall.formula.base_frame" if pace.base == "frame" else "wall.formula.base_counted")
    return Formula(value, texts("wall.formula.per_quarter", **told), (note,))


def _probability(view: View, progress: GoalProgress) -> Formula | None:
    if progress.probability is None:
        return None
    texts, goal = view.texts, progress.goal
    value = wording.goal_chance(progress.probability)
    formula = texts("wall.formula.probability", target=wording.target_text(texts, goal), probability=value)
    return Formula(value, formula, (*_models(view, progress), _thresholds(view)))


def _models(view: View, progress: GoalProgress) -> tuple[str, ...]:
    """Say what each model gives at the deadline; no probability where the light does not tell one."""
    return tuple(_model(view, progress.goal, found) for found in progress.forecasts)


def _model(view: View, goal: Goal, found: Forecast) -> str:
    told = {name: exact(view, goal, getattr(found, name)) for name in ("middle", "low", "high")}
    told["model"] = model_name(view.texts, found.model)
    if found.probability is None:
        return view.texts("wall.formula.model_unsure", **told)
    return view.texts("wall.formula.model", probability=wording.goal_chance(found.probability), **told)


def _fan(view: View, progress: GoalProgress) -> Formula | None:
    texts, goal = view.texts, progress.goal
    if not progress.fan or goal.value is None:
        return Formula("", "")
    _, low, middle, high = progress.fan[-1]
    told = {name: exact(view, goal, value) for name, value in (("low", low), ("middle", middle), ("high", high))}
    value = texts("wall.formula.fan_value", **told)
    target = wording.target_text(texts, goal)
    formula = texts("wall.formula.fan", year=goal.year, n=len(_since_break(progress)), target=target, **told)
    return Formula(value, formula, _models(view, progress))


def _light(view: View, progress: GoalProgress) -> Formula | None:
    texts = view.texts
    reason = wording.light_reason(texts, progress)
    return Formula(texts(f"term.light.{progress.light.value}"), reason, (_thresholds(view), texts("page.goals.note_met")))


def _thresholds(view: View) -> str:
    return view.texts("wall.formula.thresholds", on=percent(ON_TRACK), off=percent(OFF_TRACK))


FORMULAS: dict[str, Callable[[View, GoalProgress], Formula | None]] = {
    "value": _value,
    "gap": _gap,
    "required": _required,
    "observed": _observed,
    "ratio": _ratio,
    "per_quarter": _per_quarter,
    "probability": _probability,
    "fan": _fan,
    "light": _light,
}
