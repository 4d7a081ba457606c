"""The goal book from resources/goals: goals, measures and the checklist, gathered from all its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.goals import ChecklistEntry, Conversion, Goal, GoalBook, GoalKind, Layer, Measure, is_possible
from app.files.resource_conditions import parse_condition
from app.files.resource_rows import Row, parse_toml, read_toml, require_unique

_OPERATORS = (">", ">=", "≈", "=", "<=", "<", "")
_PATHS = ("linear", "s_curve")
_WEIGHTS = ("firms", "employees", "revenue")


def read_goal_book(paths: Sequence[Path]) -> GoalBook:
    """Return the goal book of these files, rows in file order; ResourceError for a bad or repeated row."""
    return _gathered([read_toml(path) for path in paths])


def parse_goal_book(text: str, file: str) -> GoalBook:
    """Return the goal book of one TOML text; ResourceError names `file` and the row that is bad or repeated."""
    return _gathered([parse_toml(text, file)])


def _gathered(rows: Sequence[Row]) -> GoalBook:
    goals: list[Goal] = []
    measures: list[Measure] = []
    checklist: list[ChecklistEntry] = []
    versions: list[str] = []
    conversion: Conversion | None = None
    for row in rows:
        if "conversion" in row.fields:
            conversion = _conversion(row.child("conversion"))
        versions.append(row.text("version"))
        goals += [_goal(child) for child in row.children("goal")]
        measures += [_measure(child) for child in row.children("measure")]
        checklist += [_entry(child) for child in row.children("entry")]
        row.close()
        require_unique(row, [goal.id for goal in goals])
        require_unique(row, [measure.id for measure in measures])
        require_unique(row, [entry.id for entry in checklist])
    return GoalBook(max(versions, default=""), tuple(goals), tuple(measures), tuple(checklist), conversion)


def _goal(row: Row) -> Goal:
    goal = Goal(
        id=row.text("id"),
        layer=Layer(_one_of(row, "layer", tuple(Layer))),
        kind=GoalKind(_one_of(row, "kind", tuple(GoalKind))),
        year=row.integer("year"),
        operator=_one_of(row, "operator", _OPERATORS, ""),
        value=None if (value := row.optional_number("value")) is None else value + 0.0,  # −0 is 0
        unit=row.text("unit", ""),
        words=row.words(),
        document=row.text("document"),
        issued=row.text("issued"),
        scope=row.words("scope"),
        sections=row.texts("sections"),
        measure=row.text("measure", ""),
        proxy=row.optional_words("proxy"),
        source=row.source(),
        verify=row.flag("verify"),
        paragraph=row.text("paragraph", ""),
        definition=row.optional_words("definition"),
        indicator=row.text("indicator", ""),
        path=_one_of(row, "path", _PATHS, "linear"),
    )
    row.close()
    if (goal.value is None) != (goal.operator == ""):
        raise row.error("missing", field="operator" if goal.operator == "" else "value")
    if not is_possible(goal):
        raise row.error("kind", field="value", value=goal.value)
    return goal


def _conversion(row: Row) -> Conversion:
    conversion = Conversion(row.number("low"), row.number("high"), row.source(), row.flag("verify"))
    row.close()
    if not 0 <= conversion.low <= conversion.high <= 1:
        raise row.error("kind", field="low", value=conversion.low)
    return conversion


def _measure(row: Row) -> Measure:
    measure = Measure(
        id=row.text("id"),
        words=row.words(),
        numerator=parse_condition(row.child("numerator")),
        denominator=parse_condition(row.child("denominator")) if "denominator" in row.fields else None,
        weight=_one_of(row, "weight", _WEIGHTS),
        proxy=row.flag("proxy"),
        source=row.source(),
        version=row.text("version", ""),
        planned=parse_condition(row.child("planned")) if "planned" in row.fields else None,
        planned_months=row.integer("planned_months") if "planned_months" in row.fields else 6,
        short=row.optional_words("short"),
    )
    row.close()
    if measure.planned_months < 1:
        raise row.error("kind", field="planned_months", value=measure.planned_months)
    return measure


def _entry(row: Row) -> ChecklistEntry:
    entry = ChecklistEntry(row.text("id"), row.text("group"), row.words(), row.source(), row.flag("verify"))
    row.close()
    return entry


def _one_of(row: Row, key: str, allowed: Sequence[str], default: str | None = None) -> str:
    value = row.text(key) if default is None else row.text(key, default)
    if value not in allowed:
        raise row.error("kind", field=key, value=value)
    return value
