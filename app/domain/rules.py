"""校验规则: what answers must satisfy, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.condition import Condition
from app.domain.findings import Severity
from app.domain.words import Words


class RuleKind(StrEnum):
    """How a rule is checked.

    COMPARE   number items: `left` relation `right` × factor, over the sum of each side's items; a blank breaks no rule.
    LOGIC     where `given` holds, `must` must not be false (unknown breaks nothing).
    SAME      straight-lining: the same answer to every one of `left`, of which at least `at_least` were answered.
    COPIED    two firms of a wave with the same answers to all items outside identity, at least `at_least` answered.
    JUMP      a number item of `left` that moved by more than `factor` times against the firm's last wave.
    """

    COMPARE = "compare"
    LOGIC = "logic"
    SAME = "same"
    COPIED = "copied"
    JUMP = "jump"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its finding has the code `rule.<id>` and these texts. `instrument` "" means every one that has the items."""

    id: str
    kind: RuleKind
    severity: Severity
    title: Words
    message: Words
    remedy: Words
    source: str
    instrument: str = ""
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    relation: str = "<="
    factor: float = 1.0
    at_least: int = 0
    given: Condition | None = None
    must: Condition | None = None
    params: Mapping[str, float] = field(default_factory=dict)
