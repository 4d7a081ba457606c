"""The frozen values of what is asked and revised on the collect page; every text in them is already worded."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.findings import CellReference


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a question offers: `answer` as a decision stores it, its words, and a short remark beneath ("" for none)."""

    answer: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A cell to look at: where it stands, its workbook and its address in words, and its text where it is known already."""

    place: CellReference
    file: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """One question as a card: what is asked, why, the cells, the choices, what holds meanwhile, how much hangs on it.

    `options` are all answers that could be given where there are more than the `choices` offered (a column may be any item).
    """

    id: str
    kind: str
    title: str
    why: str
    examples: tuple[Example, ...]
    choices: tuple[Choice, ...]
    assumed: str
    weight: str
    answers: int = 0
    files: int = 0
    options: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FirmSide:
    """One of two firms that may be one: `lines` are (what, text, differs from the other side)."""

    name: str
    lines: tuple[tuple[str, str, bool], ...]
    place: CellReference | None = None


@dataclass(frozen=True, slots=True)
class FirmPair:
    """Two firms side by side, why they look alike, how alike in words, and the two answers."""

    id: str
    left: FirmSide
    right: FirmSide
    reason: str
    score: str
    choices: tuple[Choice, ...]
    assumed: str


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One row of a diff: its number from 1 in the revision, `kind` new | changed | vanished, the firm, and where it stands.

    `cells` are (question, text before, text now); for a new or vanished row one side is "". `state` says which of the two
    counts today, `waits` whether nobody has decided that.
    """

    number: int
    kind: str
    firm: str
    place: str
    cells: tuple[tuple[str, str, str], ...]
    state: str = ""
    waits: bool = True


@dataclass(frozen=True, slots=True)
class RevisionView:
    """What a file that corrects an earlier one would change; `same` rows are as they were."""

    source: str
    headline: str
    note: str
    rows: tuple[RevisionRow, ...]
    same: int = 0


@dataclass(frozen=True, slots=True)
class Revised:
    """A file that seems to put an earlier one right: its name, the sentence that says so, whether it was decided."""

    source: str
    sentence: str
    settled: bool = False
