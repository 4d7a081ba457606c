"""Questions of many sheets as one list: the same question once, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.decisions import DecisionKind, Question

OFTEN = 5  # cells with one unknown text from which it is worth a question; fewer stay findings at their cells


def merge_questions(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions of all files, each id once with its cells added up, heaviest first.

    An unknown text (ANSWER) that stands in fewer than OFTEN cells of all files together is left to its findings.
    """
    merged: dict[str, Question] = {}
    for question in questions:
        known = merged.get(question.id)
        merged[question.id] = question if known is None else _joined(known, question)
    kept = (each for each in merged.values() if each.kind is not DecisionKind.ANSWER or each.answers >= OFTEN)
    return tuple(sorted(kept, key=lambda question: (-question.answers, question.id)))


def pick(questions: Sequence[Question], n: int = 3) -> tuple[Question, ...]:
    """Return the `n` questions on which most answers hang."""
    return tuple(sorted(questions, key=lambda question: (-question.answers, question.id))[:n])


def _joined(one: Question, other: Question) -> Question:
    return replace(
        one,
        choices=tuple(dict.fromkeys((*one.choices, *other.choices))),
        answers=one.answers + other.answers,
        places=tuple(dict.fromkeys((*one.places, *other.places))),
    )
