"""佐证: what was found about actions, items, supports and milestones, which no survey counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.errors import UserError
from app.domain.goals import GoalBook, GoalKind
from app.domain.study import Study
from app.domain.targets import Proof, ProofState
from app.domain.task import Task
from app.workflows.context import Context
from app.workflows.targets import Signed, book_of, settle


@dataclass(frozen=True, slots=True)
class Found:
    """What was found about an entry: `state` a ProofState value ("" unsaid), with the document that shows it."""

    entry: str
    state: str = ""
    note: str = ""
    document: str = ""


def prove(study: Study, found: Found, signed: Signed, context: Context) -> Task[Study]:
    """Return the study with one more finding about an entry; the very same when it says what is known already.

    What is left unsaid stays as it was found before. UserError `proof.*`: the entry or state is unknown, nothing is said, or it
    is called done and no document shows it.
    """
    book, before = book_of(study, context), latest(study, found.entry)
    _check_entry(found.entry, book)
    if not (found.state or found.note or found.document):
        raise UserError("proof.nothing", entry=found.entry)
    if found.state and found.state not in tuple(ProofState):
        raise UserError("proof.state", state=found.state, known="、".join(ProofState))
    state = ProofState(found.state) if found.state else before.state if before is not None else ProofState.UNKNOWN
    note = found.note or (before.note if before is not None else "")
    document = found.document or (before.document if before is not None else "")
    if state is ProofState.DONE and not document:
        raise UserError("proof.no_document", entry=found.entry)
    made = Proof(found.entry, state, note, document, signed.who, signed.when)
    if before is not None and replace(made, who=before.who, when=before.when) == before:
        return study
    return (yield from _with(study, made, context))


def unprove(study: Study, entry: str, signed: Signed, context: Context) -> Task[Study]:
    """Return the study in which nothing is known about an entry any more; UserError `proof.none` when nothing was."""
    before = latest(study, entry)
    if before is None or not (before.note or before.document or before.state is not ProofState.UNKNOWN):
        raise UserError("proof.none", entry=entry)
    return (yield from _with(study, Proof(entry, ProofState.UNKNOWN, "", "", signed.who, signed.when), context))


def latest(study: Study, entry: str) -> Proof | None:
    """Return what was found last about an entry, None when nobody looked."""
    return next((proof for proof in reversed(study.targets.proofs) if proof.id == entry), None)


def provable(book: GoalBook) -> tuple[str, ...]:
    """Return what evidence may be given for: the entries of the checklist, then the milestones."""
    return (*(entry.id for entry in book.checklist), *(goal.id for goal in book.goals if goal.kind is GoalKind.MILESTONE))


def _check_entry(entry: str, book: GoalBook) -> None:
    if not entry:
        raise UserError("proof.no_entry")
    if entry in provable(book):
        return
    if any(goal.id == entry for goal in book.goals):
        raise UserError("proof.counted", entry=entry)
    raise UserError("proof.unknown", entry=entry)


def _with(study: Study, proof: Proof, context: Context) -> Task[Study]:
    return settle(study, replace(study.targets, proofs=(*study.targets.proofs, proof)), context)
