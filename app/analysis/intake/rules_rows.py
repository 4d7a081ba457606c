"""Rules that one response satisfies or breaks by itself: comparisons, and what must hold where something else holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from app.analysis.conditions import evaluate, items_of
from app.analysis.intake.rules_ground import Floats, Ground, written
from app.domain.condition import Condition
from app.domain.findings import Finding
from app.domain.rules import Rule, RuleKind

_BREAKS: Mapping[str, Callable[[Floats, Floats], np.ndarray]] = {
    "<=": lambda left, right: left > right + _slack(right),
    "<": lambda left, right: left >= right,
    ">=": lambda left, right: left < right - _slack(right),
    ">": lambda left, right: left <= right,
    "==": lambda left, right: np.abs(left - right) > _slack(right),
}
RELATIONS = tuple(_BREAKS)


def broken_rows(rules: Sequence[Rule], ground: Ground) -> list[Finding]:
    """Return a finding for every response that breaks a COMPARE or LOGIC rule, at the cell to look at first."""
    findings: list[Finding] = []
    asked = {item for block in ground.responses.blocks for item in block.cells}
    known: dict[Condition, Floats] = {}
    for rule in rules:
        if rule.kind is RuleKind.COMPARE and asked.issuperset(rule.right) and asked.intersection(rule.left):
            findings += _compared(rule, ground)
        elif rule.given is not None and rule.must is not None and _askable(rule.given, rule.must, asked):
            findings += _reasoned(rule, (rule.given, rule.must), ground, known)
    return findings


def _askable(given: Condition, must: Condition, asked: AbstractSet[str]) -> bool:
    """Return whether a form asks enough for either side to be known at all."""
    return not asked.isdisjoint(items_of(given)) and not asked.isdisjoint(items_of(must))


def _compared(rule: Rule, ground: Ground) -> list[Finding]:
    left, right = _total(rule.left, ground, whole=rule.relation not in ("<=", "<")), _total(rule.right, ground, whole=True)
    limit = right * rule.factor
    with np.errstate(invalid="ignore"):
        broken = _BREAKS[rule.relation](left, limit)
    return [
        ground.finding(rule, position, _filled(rule.left, ground, position), _sides(left[position], limit[position]))
        for position in np.flatnonzero(broken).tolist()
    ]


def _total(items: Sequence[str], ground: Ground, *, whole: bool) -> Floats:
    """Return the sum over items, NaN where all are blank; with `whole` also where any is (numbers here are never negative)."""
    table = np.stack([ground.exact(item) for item in items])
    gone = np.isnan(table)
    total: Floats = np.where(gone.any(axis=0) if whole else gone.all(axis=0), np.nan, np.nansum(table, axis=0))
    return total


def _filled(items: Sequence[str], ground: Ground, position: int) -> list[str]:
    """Return the items with the filled ones first: a cell to look at must have something in it."""
    return sorted(items, key=lambda item: not ground.original(position, item))


def _sides(left: float, limit: float) -> tuple[tuple[str, str], ...]:
    return (("used", written(left)), ("limit", written(limit)))


def _reasoned(rule: Rule, logic: tuple[Condition, Condition], ground: Ground, known: dict[Condition, Floats]) -> list[Finding]:
    given, must = logic
    broken = evaluate(given, ground.values, ground.instrument, known=known) == 1.0
    if not broken.any():
        return []
    broken &= evaluate(must, ground.values, ground.instrument, known=known) == 0.0
    causes = items_of(given)
    items = (*rule.left, *items_of(must), *causes)
    return [
        ground.finding(rule, position, items, (("other", _first(causes, ground, position)),))
        for position in np.flatnonzero(broken).tolist()
    ]


def _first(items: Sequence[str], ground: Ground, position: int) -> str:
    """Return what was answered to the first of `items` that has an answer."""
    return next((text for item in items if (text := ground.original(position, item).strip())), "")


def _slack(values: Floats) -> Floats:
    return np.abs(values) * 1e-9 + 1e-9
