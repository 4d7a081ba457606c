"""Answering questions and taking answers back: what hangs on a decision is read anew, everything else stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from app.analysis.intake.columns import YES_NO
from app.domain.decisions import Decision, DecisionKind, Question, with_decision
from app.domain.errors import UserError
from app.domain.instrument import Instrument, ItemType
from app.domain.sheet import RowRole
from app.domain.study import Source, Study
from app.domain.task import Task
from app.domain.words import normal_form
from app.workflows.context import Context
from app.workflows.retake import retake

NONE = "none"  # how "" is written where an empty word is awkward
_HEADER = re.compile(r"[1-9]\d{0,6}(-[1-9]\d{0,6})?")
_FIXED = {
    DecisionKind.SHEET: ("read", "skip"),
    DecisionKind.SCALE: ("fraction", "percent"),
    DecisionKind.HIDDEN: ("keep", "leave"),
    DecisionKind.FIRM: ("same", "different"),
    DecisionKind.ROW: tuple(role.value for role in RowRole),
}
_MAKES_TEMPLATE = frozenset({DecisionKind.SHEET, DecisionKind.HEADER})  # what these decide is what a template is


@dataclass(frozen=True, slots=True)
class Answers:
    """What to decide: `answers` to questions by their id, `decisions` that nobody asked for, and ids to `forget`."""

    answers: tuple[tuple[str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()
    forget: tuple[str, ...] = ()


def decide(study: Study, path: Path, given: Answers, context: Context) -> Task[Study]:
    """Return the study with these decisions in force; `path` is its file, from which the sources concerned are read anew.

    UserError `decide.*` for an unknown question or an answer that it does not take; the study is then as it was.
    """
    made = (*(_answered(study, *pair) for pair in given.answers), *given.decisions)
    for decision in made:
        question = find_question(study, decision.id)
        if question is None or decision.answer not in question.choices:
            _check(decision, study.instrument)
    guidance = study.guidance
    for decision in made:
        if decision not in guidance.decisions:
            guidance = with_decision(guidance, decision)
    kept = _without(guidance.decisions, given.forget)
    changed = set(study.guidance.decisions) ^ set(kept)
    if not changed:
        return study
    guided = replace(study, guidance=replace(guidance, decisions=kept))
    return (yield from retake(guided, path, affected(study, changed), context))


def affected(study: Study, decisions: Iterable[Decision]) -> Set[str]:
    """Return the hashes of the sources that may come out differently when `decisions` come into force or are taken back."""
    return {
        source.sha256
        for decision in decisions
        for source in study.sources
        if source.status == "read" and _concerns(decision, source, study)
    }


def find_question(study: Study, id_: str) -> Question | None:
    """Return the open question of this id, one that too few cells hang on to be listed included; None when there is none."""
    listed = (*study.questions, *(question for source in study.sources for question in source.questions))
    return next((question for question in listed if question.id == id_), None)


def _answered(study: Study, id_: str, answer: str) -> Decision:
    question = find_question(study, id_)
    if question is not None:
        kind, scope, subject, choices = question.kind, question.scope, question.subject, question.choices
    else:
        known = next((decision for decision in study.guidance.decisions if decision.id == id_), None)
        if known is None:
            raise UserError("decide.unknown", question=id_)
        kind, scope, subject, choices = known.kind, known.scope, known.subject, ()
    return Decision(kind, scope, subject, "" if answer == NONE and NONE not in choices else answer)


def _without(decisions: Sequence[Decision], forget: Sequence[str]) -> tuple[Decision, ...]:
    unknown = set(forget) - {decision.id for decision in decisions}
    if unknown:
        raise UserError("decide.not_decided", question=min(unknown))
    return tuple(decision for decision in decisions if decision.id not in forget)


def _concerns(decision: Decision, source: Source, study: Study) -> bool:
    if decision.kind is DecisionKind.FIRM:
        return False  # read alike whoever is whose double: it is told when all come together
    if "/" in decision.scope:
        return decision.scope.split("/", 1)[0] == source.sha256
    if decision.scope:
        return decision.kind in _MAKES_TEMPLATE or decision.scope in source.templates or not source.templates
    return decision.kind is not DecisionKind.ANSWER or _says(source, decision.subject, study)


def _says(source: Source, subject: str, study: Study) -> bool:
    """Whether the text of an ANSWER may stand in a source: as a whole answer, or as one of several in a cell."""
    item, _, text = subject.partition("|")
    if study.responses is None or item not in study.responses.originals:
        return True
    blocks = {number for number, block in enumerate(study.responses.blocks) if block.source == source.sha256}
    rows = study.responses.places["block"].isin(blocks).to_numpy()
    texts = study.responses.originals[item].array[rows].unique()
    return any(normal_form(text) in normal_form(str(each)) for each in texts)


def _check(decision: Decision, instrument: Instrument) -> None:
    """Refuse an answer that means nothing; UserError `decide.answer` names those that do."""
    if decision.kind is DecisionKind.HEADER:
        if decision.answer and not _HEADER.fullmatch(decision.answer):
            raise UserError("decide.answer", answer=decision.answer, known="6、6-7")
        return
    allowed = _allowed(decision, instrument)
    if allowed and decision.answer not in allowed:
        known = "、".join(each or NONE for each in allowed)
        raise UserError("decide.answer", answer=decision.answer or NONE, known=known)


def _allowed(decision: Decision, instrument: Instrument) -> tuple[str, ...]:
    """The answers that a decision may have; none where any text may stand (a unit)."""
    if decision.kind is DecisionKind.COLUMN:
        return (*(item.code for item in instrument.items), "")
    if decision.kind is DecisionKind.ANSWER:
        code = decision.subject.partition("|")[0]
        item = next((item for item in instrument.items if item.code == code), None)
        if item is None:
            raise UserError("decide.unknown", question=decision.subject)
        options = YES_NO if item.type is ItemType.YES_NO else tuple(option.code for option in item.options)
        return (*options, "") if options else ()
    return _FIXED.get(decision.kind, ())
