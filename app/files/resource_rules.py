"""Rules of resources/rules: one file an instrument (or for all), each rule with its texts, severity, remedy and source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from app.domain.findings import FindingKind, Severity
from app.domain.rules import Rule, RuleKind
from app.files.resource_conditions import parse_condition
from app.files.resource_rows import Row, read_toml, require_unique

_Choice = TypeVar("_Choice", RuleKind, Severity)
_RELATIONS = frozenset({"<=", "<", ">=", ">", "=="})
_FIELDS = {
    RuleKind.COMPARE: ("left", "right"),
    RuleKind.LOGIC: ("given", "must"),
    RuleKind.SAME: ("left",),
    RuleKind.COPIED: (),
    RuleKind.JUMP: ("left",),
}


def read_rules(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """Return the rules of these files in order; ResourceError for a bad row or an id given twice."""
    rules: list[Rule] = []
    for path in paths:
        row = read_toml(path)
        instrument, source = row.text("instrument", ""), row.source()
        children = row.children("rule")
        rules += [_rule(child, instrument, source) for child in children]
        require_unique(row, [rule.id for rule in rules])
        row.close()
    return tuple(rules)


def rule_kinds(rules: Sequence[Rule]) -> dict[str, FindingKind]:
    """Return the wording of each rule's finding by its code, `rule.<id>`."""
    kinds = (FindingKind(f"rule.{rule.id}", rule.severity, rule.title, rule.message, rule.remedy) for rule in rules)
    return {kind.code: kind for kind in kinds}


def _rule(row: Row, instrument: str, source: str) -> Rule:
    kind = _member(row, "kind", RuleKind)
    for field in _FIELDS[kind]:
        if field not in row.fields:
            raise row.error("missing", field=field)
    relation = row.text("relation", "<=")
    if relation not in _RELATIONS:
        raise row.error("kind", field="relation", value=relation)
    rule = Rule(
        id=row.text("id"),
        kind=kind,
        severity=_member(row, "severity", Severity),
        title=row.words("title"),
        message=row.words("message"),
        remedy=row.words("remedy"),
        source=row.source(default=source),
        instrument=instrument,
        left=row.texts("left"),
        right=row.texts("right"),
        relation=relation,
        factor=row.number("factor", 1.0),
        at_least=int(row.number("at_least", 0)),
        given=parse_condition(row.child("given")) if "given" in row.fields else None,
        must=parse_condition(row.child("must")) if "must" in row.fields else None,
        params=_params(row),
    )
    row.close()
    return rule


def _member(row: Row, field: str, kind: type[_Choice]) -> _Choice:
    text = row.text(field)
    if text not in list(kind):
        raise row.error("kind", field=field, value=text)
    return kind(text)


def _params(row: Row) -> MappingProxyType[str, float]:
    if "params" not in row.fields:
        return MappingProxyType({})
    child = row.child("params")
    return MappingProxyType({name: child.number(name) for name in tuple(child.fields)})
