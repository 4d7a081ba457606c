"""The frozen values the page of one goal is made of; every text in them is already worded."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.figure import Figure
from app.domain.goals import Light
from app.present.pages.section import Section
from app.present.pages.values import Fact, Head, NextStep, PageTable


@dataclass(frozen=True, slots=True)
class Verdict:
    """The light with its word, why it is so, and what would change it (`next`, with the `step` that does, where one can)."""

    light: Light
    word: str
    reason: str
    next: str = ""
    step: NextStep | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """A series from elsewhere that can be shown or hidden: its name, its definition and source, and whether it is on at first."""

    id: str
    label: str
    sentence: str
    shown: bool


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a goal as it may be edited: `name` is what `study.goal` sets; `kind` line | prose | choice | year | letters.

    A `choice` has `options` as (code, words); `needed` fields may not be left empty; `group` says under which title it stands.
    """

    name: str
    label: str
    kind: str
    value: str
    group: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class GoalForm:
    """What the form of a goal starts from; `name` is the goal in words."""

    goal: str
    name: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A figure to be reported: for which goal, in which unit, who reports it as a rule; `taken` are days that have one."""

    goal: str
    name: str
    unit: str
    source: str
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreakForm:
    """A break to be declared: waves as (id, words), the measure's id and words."""

    waves: tuple[tuple[str, str], ...]
    measure: str
    measure_words: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a goal that can be brought back: its row id in the history and the fields to set ("" names: withdrawn)."""

    id: str
    fields: tuple[tuple[str, str], ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class History:
    """Who changed the goal, when and why, newest first; `versions` in the rows' order."""

    headline: str
    table: PageTable
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing that is known of a goal: what it is, its words, a note on them; a `wide` one takes a line of its own."""

    label: str
    text: str
    note: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class GoalPage:
    """目标详情: where one goal stands, its way, what each model gives, its waves, what moved it, and what its document says.

    `options` are all goals as (id, words); `document` the line that says whose goal it is. `nothing` says why there is no figure.
    Rows of `waves` with a mark open evidence; ids of `reported` rows are days, of `broken` rows the declared waves.
    """

    head: Head
    goal: str = ""
    options: tuple[tuple[str, str], ...] = ()
    document: str = ""
    badges: tuple[str, ...] = ()
    verdict: Verdict | None = None
    facts: tuple[Fact, ...] = ()
    figure: Figure | None = None
    nothing: str = ""
    switches: tuple[Switch, ...] = ()
    models: Section | None = None
    waves: Section | None = None
    reported: PageTable | None = None
    broken: PageTable | None = None
    change: Section | None = None
    particulars: tuple[Particular, ...] = ()
    conflicts: tuple[str, ...] = ()
    history: History | None = None
    form: GoalForm | None = None
    report: ReportForm | None = None
    breaks: BreakForm | None = None
