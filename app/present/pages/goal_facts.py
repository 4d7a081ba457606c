"""The numbers at the head of a goal's page, and the light with its reason and what would change it."""

from __future__ import annotations

from app.domain.goals import Goal, GoalKind, GoalProgress, Light
from app.domain.numbers import fixed, interval, number
from app.domain.release import Cell, CellStatus
from app.present import wording
from app.present.figures.goal_table import all_shown, observed_table
from app.present.figures.goal_values import (
    firms_words,
    gap_words,
    is_counted,
    is_reported,
    points_words,
    ratio_words,
    value_words,
)
from app.present.marks import progress_id
from app.present.pages.goal_values import Verdict
from app.present.pages.values import Fact, NextStep
from app.present.view import View

_STEPS = {"one_wave": "study.collect", "no_trend": "study.collect", "after_break": "study.collect", "no_data": "study.collect"}
_LIGHTS = ("at_risk", "off_track")
_REPORT, _PROVE = "goal.report", "goal.prove"
_TO_REPORT = ("not_a_share", "impossible_figure")  # reasons that a reported figure takes away


def facts_of(view: View, progress: GoalProgress) -> tuple[Fact, ...]:
    """Return value, gap, paces, firms a quarter, ratio and probability, each with its evidence; only what may be said.

    A hidden value gives nothing away by what follows from it; of volunteers nothing follows.
    """
    if not progress.observations:
        return ()
    table = observed_table(view, progress, progress.measure)
    cell, reported = table.rows[-1].cells[0], is_reported(progress)
    facts = [_fact(progress, "value", _value(view, progress, cell), _value_label(view, progress, cell))]
    if not reported and (not all_shown(table) or cell.low is None or cell.value is None):
        return tuple(facts)
    said = _paces(view, progress)
    logits = progress.pace.required_logit if progress.pace is not None else None
    told = {"logits": fixed(logits, 2, signed=True)} if logits else {}
    return tuple(facts + [_fact(progress, what, text, view.texts(key, **told)) for what, key, text in said if text])


def _paces(view: View, progress: GoalProgress) -> list[tuple[str, str, str]]:
    """Return (what it is, text key of its label, words) of all that follows from the newest value."""
    texts, goal, pace = view.texts, progress.goal, progress.pace
    needed = progress.required_pace if progress.required_pace is not None else pace.required if pace else None
    observed = progress.observed_pace if progress.observed_pace is not None else pace.observed if pace else None
    gap = abs(progress.gap) if progress.gap is not None and (progress.gap < 0 if goal.falls else progress.gap > 0) else None
    logits = pace.required_logit if pace is not None else None
    each = pace.per_quarter if pace is not None else None
    chance = progress.probability
    return [
        ("gap", "page.goal.fact_gap", _gap(view, goal, gap) if gap is not None else ""),
        ("required", "page.goal.fact_required_logit" if logits else "page.goal.fact_required", _a_year(view, progress, needed)),
        ("per_quarter", "page.goal.fact_quarter", firms_words(texts, max(1.0, each)) if each else ""),
        ("observed", "page.goal.fact_observed", _a_year(view, progress, observed)),
        (
            "ratio",
            "page.goal.fact_ratio",
            ratio_words(texts, pace),
        ),
        ("probability", "page.goal.fact_probability", wording.goal_chance(chance) if chance is not None else ""),
    ]


def verdict_of(view: View, progress: GoalProgress) -> Verdict:
    """Return the light with its reason and what would change it; where the newest value is hidden nothing is judged."""
    texts = view.texts
    hidden = bool(progress.observations) and not all_shown(observed_table(view, progress, progress.measure))
    light = Light.CANNOT_TELL if hidden else progress.light
    reason = texts("brief.goals.hidden") if hidden else wording.light_reason(texts, progress)
    name = "hidden" if hidden else progress.reason.removeprefix("light.reason.")
    keys = [f"page.goal.next.{name}_reported"] if is_reported(progress) else []
    key = next((each for each in (*keys, f"page.goal.next.{name}") if each in texts.entries), "")
    words = texts(key, **_named(view, progress)) if key else ""
    if name in _LIGHTS and not _per_quarter(progress):
        words = texts("page.goal.next.any", **_named(view, progress))
    return Verdict(
        light,
        texts(f"term.light.{light.value}"),
        wording.full_stop(texts, reason),
        words,
        _step(view, progress, name),
        progress_id(progress.goal.id, "light"),
    )


def _named(view: View, progress: GoalProgress) -> dict[str, str]:
    """Return what the sentences on what would change a light may name."""
    texts, goal = view.texts, progress.goal
    each, needed = _per_quarter(progress), progress.required_pace
    values = dict(progress.reason_values)
    return {
        "goal": texts.of(goal.words),
        "quarter": number(max(1.0, each), "count") if each else "—",
        "pace": _a_year(view, progress, needed) or "—",
        "least": values.get("least", "30"),
        "n": values.get("n", "0"),
        "unit": goal.unit,
    }


def _per_quarter(progress: GoalProgress) -> float | None:
    return progress.pace.per_quarter if progress.pace is not None else None


def _step(view: View, progress: GoalProgress, name: str) -> NextStep | None:
    """Return the one command that brings what is lacking."""
    texts = view.texts
    if name in _STEPS and not is_reported(progress):
        return NextStep(_STEPS[name], texts("page.goal.step_collect"))
    if name in _TO_REPORT or name in _STEPS or (is_counted(progress.goal) and not progress.observations):
        return NextStep(_REPORT, texts("page.goal.step_report"))
    if progress.goal.kind is GoalKind.MILESTONE or name == "milestone":
        return NextStep(_PROVE, texts("page.goal.step_prove"))
    return NextStep("goal.edit", texts("page.goal.step_edit")) if name in ("no_measure", "not_asked", "impossible") else None


def _value(view: View, progress: GoalProgress, cell: Cell) -> str:
    texts, goal = view.texts, progress.goal
    if cell.status is CellStatus.HIDDEN or cell.value is None:
        return "‡"
    text = value_words(texts, goal, cell.value)
    return f"{text}†" if cell.status is CellStatus.SMALL else text


def _value_label(view: View, progress: GoalProgress, cell: Cell) -> str:
    """Return what the newest value rests on: its interval and how many firms."""
    texts, latest = view.texts, progress.observations[-1]
    if is_reported(progress):
        return texts("page.goal.fact_reported")
    parts = [wording.sentence_case(texts, texts("wording.wave", id=latest.wave))]
    bounds = interval_words(cell)
    parts += [texts("page.goal.bounds", interval=bounds)] if bounds else []
    parts += [firms_words(texts, cell.n)] if cell.n is not None else []
    return texts("gui.separator").join(parts)


def interval_words(cell: Cell) -> str:
    """Return the interval of a cell, "" where it has none."""
    return interval(cell.low, cell.high, cell.unit)


def _fact(progress: GoalProgress, what: str, text: str, label: str) -> Fact:
    name = "reported" if what == "value" and is_reported(progress) else what
    return Fact(label, text, progress_id(progress.goal.id, name))


def _gap(view: View, goal: Goal, gap: float) -> str:
    """Return a gap as a short number with its unit."""
    if is_counted(goal):
        return gap_words(view.texts, goal, gap)
    return points_words(view.texts, 100 * gap)


def _a_year(view: View, progress: GoalProgress, pace: float | None) -> str:
    """Return a pace as a short number with its unit, "" where there is none."""
    if pace is None:
        return ""
    texts, goal = view.texts, progress.goal
    if is_counted(goal):
        return texts("page.goal.unit_a_year", value=wording.amount(texts, pace, goal.unit))
    return texts("page.goal.points_a_year", value=fixed(pace, 1, signed=True))
