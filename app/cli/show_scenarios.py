"""What the commands about scenarios and changes print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli import shapes_scenarios as shapes
from app.cli.session import Session
from app.domain.numbers import ABSENT_SIGN, number, percent
from app.domain.scenario import Outcome

if TYPE_CHECKING:
    from app.commands.runs_scenarios import Decomposed, Supposed
    from app.present.view import View


def show_scenario(supposed: Supposed, session: Session) -> int:
    """Print the scenarios that hold beside each other, what each assumes, and what their goals would take."""
    if session.as_json:
        session.json(shapes.scenario_json(supposed))
        return 0
    study = supposed.changed.after
    if study is not supposed.changed.before:
        session.say("cli.scenario.saved")
    outcomes = supposed.compared.outcomes
    if not outcomes:
        session.say("cli.scenario.none", study=session.given["study"].name)
        return 0
    view = _view(supposed, session)
    names = ("name", "goal", "now", "after", "gain", "trend", "target", "missing")
    session.table([session.texts(f"cli.scenario.{name}") for name in names], [_row(view, each) for each in outcomes])
    for each in outcomes:
        _explain(view, each, session)
    for need in supposed.compared.needs:
        if need.firms is not None and need.per_quarter is not None:
            said = {"goal": need.goal, "firms": number(need.firms.middle, "count"), "quarter": number(need.per_quarter, "count")}
            session.say("cli.scenario.need" if need.firms.middle > 0 else "cli.scenario.need_none", **said)
    session.say("cli.scenario.warning")
    return 0


def _row(view: View, outcome: Outcome) -> tuple[str, ...]:
    from app.present.scenario_words import gain_of, gain_text, span_text

    name, goal = outcome.scenario.name, outcome.scenario.goal
    if outcome.now is None or outcome.after is None or outcome.target is None:
        return (name, goal, *([ABSENT_SIGN] * 6))
    missing = ABSENT_SIGN if outcome.missing is None else number(outcome.missing, "count")
    gain = gain_text(view, gain_of(outcome))
    trend = ABSENT_SIGN if outcome.trend is None else span_text(view, outcome.trend)
    now, after = span_text(view, outcome.now), span_text(view, outcome.after)
    return name, goal, now, after, gain, trend, percent(outcome.target), missing


def _explain(view: View, outcome: Outcome, session: Session) -> None:
    from app.present.scenario_words import lever_words, outcome_assumptions, refusal_words

    print()
    session.say("cli.scenario.assumed", name=outcome.scenario.name)
    lines = [lever_words(view, lever) for lever in outcome.scenario.levers]
    told = (refusal_words(view, outcome),) if outcome.reason else outcome_assumptions(view, outcome)
    for line in (*lines, *told):
        print(f"  {line}")


def show_change(decomposed: Decomposed, session: Session) -> int:
    """Print the parts of each measure's change by group, as they may be shown, or why it cannot be told."""
    from app.present.draw.steps import points_text
    from app.present.figures.measure_change import change_table, measure_name, refusal
    from app.present.view import View

    view = View(decomposed.study, session.resources, session.texts)
    if session.as_json:
        session.json(shapes.change_json(decomposed, view))
        return 0
    for found in decomposed.changes:
        if not found.changes:
            print(refusal(session.texts, found))
            continue
        named = measure_name(session.texts, found.measure)
        session.say("cli.change.measure", measure=named, before=found.before, after=found.after)
        table = change_table(view, found)
        rows = [[row.label, *(points_text(session.texts, cell) for cell in row.cells)] for row in table.rows]
        session.table([session.texts("cli.change.group"), *table.columns], rows)
        print()
    return 0


def _view(supposed: Supposed, session: Session) -> Any:
    from app.present.view import View

    return View(supposed.changed.after, session.resources, session.texts)
