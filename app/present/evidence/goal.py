"""Evidence of what is said of a goal: each number with its formula, measure, document, and the firms it was counted over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.domain.errors import UserError
from app.domain.goals import Goal, GoalProgress, Observation
from app.domain.targets import Proof
from app.present import wording
from app.present.evidence.goal_formula import FORMULAS, value_words
from app.present.evidence.measure import Where, measured, version_of
from app.present.evidence.values import Evidence, Step
from app.present.figures.goal_values import is_counted
from app.present.goal_standing import filters_of, progress_of, proofs_of, reported_of, view_words
from app.present.marks import EvidenceId
from app.present.view import View


def goal_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open a goal: its newest observation with the document, the light's reason and the proxy beside it."""
    progress = _progress(view, id_)
    texts, goal = view.texts, progress.goal
    reason = wording.light_reason(texts, progress)
    target = wording.target_text(texts, goal)
    opened = replace(_opened(view, progress), mark=str(id_), title=texts.of(goal.words))
    if not opened.formula:
        opened = replace(opened, formula=reason)
    return replace(opened, notes=tuple(note for note in (target, reason, *opened.notes) if note))


def progress_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open one thing said of a goal (`marks.progress_id`); UserError where it is not said."""
    progress, what = _progress(view, id_), id_.parts[1]
    if what in _RECORDS:
        return replace(_RECORDS[what](view, progress), mark=str(id_))
    if what not in FORMULAS or (progress.latest is None and what != "light"):
        raise UserError("evidence.unknown", mark=str(id_))
    said = FORMULAS[what](view, progress)
    if said is None:
        raise UserError("evidence.unknown", mark=str(id_))
    opened = _opened(view, progress)
    title = view.texts("wall.evidence.title", what=view.texts(f"wall.evidence.{what}"), goal=view.texts.of(progress.goal.words))
    formula = said.formula or opened.formula
    return replace(
        opened, mark=str(id_), title=title, value=said.value or opened.value, formula=formula, notes=(*said.notes, *opened.notes)
    )


def _progress(view: View, id_: EvidenceId) -> GoalProgress:
    """Return the goal a mark names, among the firms of its filters."""
    progress = next((known for known in progress_of(view) if known.goal.id == id_.parts[0]), None)
    if progress is None:
        raise UserError("evidence.unknown", mark=str(id_))
    return progress


def _opened(view: View, progress: GoalProgress) -> Evidence:
    """Return what every number of a goal shares: the value it rests on, its firms, document, proxy and filters."""
    texts, goal, latest, measure = view.texts, progress.goal, progress.latest, progress.measure
    notes = (*_part_note(view), *_document_notes(view, goal))
    steps = (Step(texts("wall.evidence.open"), "goal.show", (("goal", goal.id),)),)
    if measure is None or latest is None or not latest.wave:
        value = value_words(view, goal, latest) if latest is not None else texts("wording.no_value")
        return Evidence("", "", value, "", "", (), (), 0, "", (*_reported_lines(view, goal), *notes), steps)
    opened = measured(view, measure, Where(latest.wave, goal.sections, filters_of(view)), latest)
    wave = view.study.wave(latest.wave)
    waved = texts("wall.evidence.wave", wave=wave.id, date=wording.date_text(texts, wave.date))
    design = texts("wall.evidence.design") if _is_weighted(opened, latest) else ""
    return replace(opened, formula=opened.formula + design, notes=(*opened.notes, waved, *notes), steps=steps)


def _is_weighted(opened: Evidence, latest: Observation) -> bool:
    """Whether the share is not the plain ratio of the counts: firms of a sample stand for others."""
    (_, numerator), (_, denominator), _ = opened.counts
    return denominator > 0 and abs(numerator / denominator - latest.value) > 1e-9


def _part_note(view: View) -> tuple[str, ...]:
    return (view.texts("wall.evidence.part", filters=view_words(view)),) if filters_of(view) else ()


def _document_notes(view: View, goal: Goal) -> tuple[str, ...]:
    """Return where a goal stands written, and what is not settled about it."""
    texts = view.texts
    proxy = texts.of(goal.proxy)
    said = (
        texts("figure.goal.document", document=goal.document),
        texts("wall.evidence.proxy", words=wording.full_stop(texts, proxy)) if proxy else "",
        texts("figure.goal.verify") if goal.verify else "",
    )
    return tuple(note for note in said if note)


def _document(view: View, progress: GoalProgress) -> Evidence:
    """Open the document: number, day, paragraph, the goal's words, definition, source, and who entered it."""
    texts, goal = view.texts, progress.goal
    definition, measure = texts.of(goal.definition), progress.measure
    lines = (
        texts("wall.document.issued", date=wording.date_text(texts, goal.issued)) if goal.issued else "",
        texts("wall.document.paragraph", paragraph=goal.paragraph) if goal.paragraph else texts("wall.document.no_paragraph"),
        texts("wall.document.target", target=wording.target_text(texts, goal)),
        texts("wall.document.scope", scope=texts.of(goal.scope)) if texts.of(goal.scope) else "",
        texts("wall.document.definition", words=definition) if definition else texts("wall.document.no_definition"),
        texts("wall.document.source", source=wording.source_text(texts, goal.source)) if goal.source else "",
        texts("wall.document.origin", words=_origin(view, goal)),
    )
    shown = ""
    if measure is not None:
        shown = texts("wall.evidence.measure", measure=texts.of(measure.words), id=measure.id, version=version_of(view, measure))
    notes = tuple(line for line in (*lines, *_document_notes(view, goal)[1:]) if line)
    steps = (Step(texts("wall.evidence.open"), "goal.show", (("goal", goal.id),)),)
    quoted = texts("wall.document.quote", words=texts.of(goal.words))
    return Evidence("", texts("wall.document.title"), goal.document, quoted, shown, (), (), 0, "", notes, steps)


def _origin(view: View, goal: Goal) -> str:
    """Say who entered a goal: the program, a layer file, or a person, and when."""
    edit = next((edit for edit in reversed(view.study.targets.goals) if edit.id == goal.id), None)
    if edit is None:
        return view.texts("wall.origin.program", version=view.resources.goal_book.version)
    said = {"who": edit.who, "when": wording.date_text(view.texts, edit.when), "file": edit.origin}
    return view.texts("wall.origin.file" if edit.origin else "wall.origin.typed", **said)


def _reported(view: View, progress: GoalProgress) -> Evidence:
    """Open the reported figures of a goal that counts things: who reported what, from where, on which day."""
    texts, goal, latest = view.texts, progress.goal, progress.latest
    value = value_words(view, goal, latest) if latest is not None else texts("wall.unreported")
    formula = texts("wall.evidence.reported_none")
    if latest is not None and goal.value:
        target = wording.amount(texts, goal.value, goal.unit) if is_counted(goal) else wording.share_text(texts, goal.value)
        part = wording.share_text(texts, max(0.0, latest.value / goal.value))
        formula = texts("wall.evidence.reported_formula", value=value, target=target, share=part)
    title = texts("wall.evidence.title", what=texts("wall.evidence.reported"), goal=texts.of(goal.words))
    notes = (*_reported_lines(view, goal), wording.target_text(texts, goal), *_document_notes(view, goal))
    return Evidence("", title, value, formula, "", (), (), 0, "", notes, _steps(view, goal, "goal.report"))


def _reported_lines(view: View, goal: Goal) -> tuple[str, ...]:
    texts = view.texts

    def line(value: float, date: str, who: str, source: str, when: str) -> str:
        amount = wording.amount(texts, value, goal.unit) if is_counted(goal) else wording.share_text(texts, value)
        said = {"date": wording.date_text(texts, date), "when": wording.date_text(texts, when), "value": amount}
        nobody = texts("wall.evidence.not_noted")
        return texts("wall.evidence.reported_line", who=who or nobody, source=source or nobody, **said)

    return tuple(
        line(entry.value, entry.date, entry.who, entry.source, entry.when)
        for entry in reported_of(view, goal)
        if entry.value is not None
    )


def _proved(view: View, progress: GoalProgress) -> Evidence:
    """Open the evidence of a goal without a number: the newest state, and everything recorded before."""
    goal, texts = progress.goal, view.texts
    found = proofs_of(view, goal.id)
    title = texts("wall.evidence.title", what=texts("wall.evidence.proof"), goal=texts.of(goal.words))
    value = texts(f"wall.state.{found[0].state.value}") if found else texts("wall.no_proof")
    notes = (*(proof_line(view, proof) for proof in found), *_document_notes(view, goal))
    formula = texts("wall.evidence.proof_formula" if found else "wall.evidence.proof_none")
    return Evidence("", title, value, formula, "", (), (), 0, "", notes, _steps(view, goal, "proof.show"))


def _steps(view: View, goal: Goal, command: str) -> tuple[Step, ...]:
    """Return how to go on: to where this can be entered, and to the whole goal."""
    texts, given = view.texts, (("goal", goal.id),)
    whole = Step(texts("wall.evidence.open"), "goal.show", given)
    return (Step(texts("wall.evidence.prove"), command, given), whole) if command == "proof.show" else (whole,)


def proof_line(view: View, proof: Proof) -> str:
    """Return one record of evidence in a sentence: state, document, note, who and when."""
    texts = view.texts
    nobody = texts("wall.evidence.not_noted")
    first = texts(
        "wall.evidence.proof_line",
        state=texts(f"wall.state.{proof.state.value}"),
        who=proof.who or nobody,
        when=wording.date_text(texts, proof.when),
        document=proof.document or nobody,
    )
    return texts("wall.evidence.proof_note", line=first, note=proof.note) if proof.note else first


_RECORDS: dict[str, Callable[[View, GoalProgress], Evidence]] = {
    "document": _document,
    "reported": _reported,
    "proof": _proved,
}
