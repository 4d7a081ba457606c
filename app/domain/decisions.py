"""What people decided: how a sheet is to be read, which cell is wrong, which answer stands. Kept apart from the sources.

Responses are a function of the sources as received and of these values, so every decision can be seen, sent to a
colleague, and taken back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from app.domain.findings import CellReference


class DecisionKind(StrEnum):
    """What is decided; in brackets what `subject` and `answer` hold.

    SHEET   whether a sheet is read [sheet name · read|skip]
    HEADER  which rows are the header [the header's texts in normal form, joined by a bar · one-based rows, "6" or "6-7"]
    ROW     what one row is [one-based row · a RowRole]
    COLUMN  what a heading means [heading · item code, or "" for none of ours]
    SCALE   how a column of shares is written [heading · fraction|percent]
    UNIT    in which unit a column of money stands [heading · unit]
    HIDDEN  whether hidden rows or columns count [rows|columns|filter · keep|leave]
    ANSWER  which option a text means [item code, a bar, the text in normal form · option code, "" for no answer]
    FIRM    whether two firms are one [two firm keys in order, joined by a bar · same|different]
    """

    SHEET = "sheet"
    HEADER = "header"
    ROW = "row"
    COLUMN = "column"
    SCALE = "scale"
    UNIT = "unit"
    HIDDEN = "hidden"
    ANSWER = "answer"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `scope` is a template's fingerprint (it then holds for every sheet of that template), `sha256/sheet`
    for one sheet alone, or "" for the whole study."""

    kind: DecisionKind
    scope: str
    subject: str
    answer: str

    @property
    def id(self) -> str:
        """The id of the question that it answers."""
        return question_id(self.kind, self.scope, self.subject)


@dataclass(frozen=True, slots=True)
class Question:
    """What the program cannot settle by itself: `assumed` is what it does until somebody decides.

    `choices` are the answers it offers, likeliest first; `answers` counts the cells that hang on it; `places` are the
    cells to look at, over all files alike; `params` fill the wording `question.<kind>`.
    """

    kind: DecisionKind
    scope: str
    subject: str
    choices: tuple[str, ...]
    assumed: str
    answers: int
    places: tuple[CellReference, ...]
    params: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Eight hexadecimal digits, the same for the same question in any study."""
        return question_id(self.kind, self.scope, self.subject)


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell of a source put right by a person: one-based `row` and `column`, the text that holds instead, and why."""

    source: str
    sheet: str
    row: int
    column: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RowKey:
    """One response by where it stands: sha256 of its source, sheet, one-based row (0 where the sheet is one firm's)."""

    source: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Guidance:
    """Everything people decided about a study. `aside`: responses that do not count because another stands for them."""

    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    aside: tuple[RowKey, ...] = ()


def question_id(kind: DecisionKind, scope: str, subject: str) -> str:
    """Return the id of a question: the first eight hexadecimal digits of the hash of what it is about."""
    return hashlib.sha256("\x1f".join((kind.value, scope, subject)).encode()).hexdigest()[:8]


def with_decision(guidance: Guidance, decision: Decision) -> Guidance:
    """Return the guidance with `decision` in place of any earlier one about the same thing."""
    others = tuple(known for known in guidance.decisions if known.id != decision.id)
    return Guidance((*others, decision), guidance.corrections, guidance.aside)
