"""What people enter about goals: their own book and its history, evidence, reported figures, breaks, scenarios.

Kept in the study beside the answers, like judgements; every value names who, when (an ISO day) and why. Tuples only grow: of
entries about the same thing the last one holds, and the earlier ones are its history.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.goals import Goal, Measure


@dataclass(frozen=True, slots=True)
class GoalEdit:
    """A version of goal `id` in this study; `goal` None: withdrawn. `origin` the layer file it came with, "" where typed in."""

    id: str
    goal: Goal | None
    who: str
    when: str
    why: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class MeasureEdit:
    """A measure that came with a layer file and stands beside the program's own."""

    id: str
    measure: Measure
    who: str
    when: str
    origin: str


class ProofState(StrEnum):
    """What the evidence shows for what has no number: 未开展, 推进中, 已落实; or that nobody knows yet."""

    NONE = "none"
    UNDER_WAY = "under_way"
    DONE = "done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Proof:
    """佐证: what was found about a checklist entry or a milestone (`id` of either), with the document that shows it."""

    id: str
    state: ProofState
    note: str
    document: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure reported for a goal that no survey of firms measures: `value` in the goal's unit on `date` (ISO).

    `value` None takes an earlier figure of that date back.
    """

    goal: str
    date: str
    value: float | None
    source: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class DeclaredBreak:
    """From `wave` on, `measure` ("" all of them) was asked or defined otherwise: `why`. `taken_back` undoes it."""

    wave: str
    measure: str
    why: str
    who: str
    when: str
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Lever:
    """One assumed effort: `firms` of a group come to meet the measure (`reach` "") or a level (`reach` L2) by a day.

    `group` are (field, value) with field sector | size | township | level, all of which must hold; empty: any firm. `success` is
    the part of them that does it, as a range of fractions.
    """

    group: tuple[tuple[str, str], ...]
    firms: int
    reach: str
    by: str
    success: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Scenario:
    """情景: levers assumed together, held against a goal. A scenario without levers is one that was deleted."""

    name: str
    goal: str
    levers: tuple[Lever, ...]
    note: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything people entered about goals in a study, in the order in which they did."""

    goals: tuple[GoalEdit, ...] = ()
    measures: tuple[MeasureEdit, ...] = ()
    proofs: tuple[Proof, ...] = ()
    reported: tuple[Reported, ...] = ()
    breaks: tuple[DeclaredBreak, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
