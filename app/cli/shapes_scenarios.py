"""The JSON of scenarios and changes. Shares are fractions, changes percentage points; hidden cells carry no number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.release import CellStatus
from app.domain.scenario import Assumption, LeverEffect, Need, Outcome, Span
from app.domain.targets import Lever

if TYPE_CHECKING:
    from app.commands.runs_scenarios import Decomposed, Supposed
    from app.present.view import View


def scenario_json(supposed: Supposed) -> dict[str, Any]:
    """Return the scenarios that hold with where each leads, and what their goals would take."""
    compared = supposed.compared
    return {
        "scenarios": [_outcome(each) for each in compared.outcomes],
        "needs": [_need(each) for each in compared.needs],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    said = outcome.scenario
    return {
        "name": said.name,
        "goal": said.goal,
        "note": said.note,
        "who": said.who,
        "when": said.when,
        "wave": outcome.wave,
        "time": outcome.time,
        "now": _span(outcome.now),
        "after": _span(outcome.after),
        "trend": _span(outcome.trend),
        "target": outcome.target,
        "missing": outcome.missing,
        "base": outcome.base,
        "levers": [_effect(each) for each in outcome.levers] or [{"lever": _lever(lever)} for lever in said.levers],
        "assumptions": [_assumption(each) for each in outcome.assumptions],
        "reason": outcome.reason,
        "reason_values": dict(outcome.reason_values),
    }


def _lever(lever: Lever) -> dict[str, Any]:
    return {
        "group": dict(lever.group),
        "firms": lever.firms,
        "reach": lever.reach,
        "by": lever.by,
        "success": list(lever.success),
    }


def _effect(effect: LeverEffect) -> dict[str, Any]:
    return {
        "lever": _lever(effect.lever),
        "available": effect.available,
        "moved": _span(effect.moved),
        "effect": _span(effect.effect),
        "capped": effect.capped,
        "assumptions": [_assumption(each) for each in effect.assumptions],
    }


def _need(need: Need) -> dict[str, Any]:
    return {
        "goal": need.goal,
        "wave": need.wave,
        "now": _span(need.now),
        "target": need.target,
        "firms": _span(need.firms),
        "per_quarter": need.per_quarter,
        "quarters": need.quarters if need.firms is not None else None,
        "base": need.base,
        "reason": need.reason,
        "reason_values": dict(need.reason_values),
    }


def _assumption(assumption: Assumption) -> dict[str, Any]:
    return {"key": assumption.key, "values": dict(assumption.values)}


def _span(span: Span | None) -> list[float] | None:
    return None if span is None else [span.low, span.middle, span.high]


def change_json(decomposed: Decomposed, view: View) -> dict[str, Any]:
    """Return the parts of each measure's change by group, as they may be shown."""
    from app.present.figures.change import PARTS
    from app.present.figures.measure_change import change_table

    found = []
    for change in decomposed.changes:
        rows = change_table(view, change).rows if change.changes else ()
        groups = []
        for row in rows:
            cells = dict(zip(PARTS, row.cells, strict=True))
            hidden = row.cells[0].status is CellStatus.HIDDEN
            same = cells["same"]
            numbers = {part: _unsigned(cells[part].value) for part in PARTS}
            groups.append(
                {
                    "group": row.key,
                    "hidden": hidden,
                    **numbers,
                    "same_low": _unsigned(same.low),
                    "same_high": _unsigned(same.high),
                }
            )
        found.append(
            {
                "measure": change.measure.id,
                "by": change.by,
                "before": change.before,
                "after": change.after,
                "groups": groups,
                "reason": change.reason,
                "reason_values": dict(change.reason_values),
            }
        )
    return {"changes": found}


def _unsigned(value: float | None) -> float | None:
    """Return nothing without a sign: −0.0 is 0.0."""
    return None if value is None else value + 0.0
