"""The JSON of the commands around collecting; additive only, like the rest of the contract."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.cli.shapes import bare_question_json, findings_json, place_json, plain
from app.domain.decisions import Correction, Decision, DecisionKind, Question, RowKey
from app.domain.findings import CellReference
from app.domain.register import Coverage
from app.domain.resources import Resources
from app.domain.revision import ChangedRow, Revision
from app.domain.study import Study
from app.domain.words import Texts

if TYPE_CHECKING:
    from app.workflows.slips import SlipReport

NONE = "none"
_PLACES = 3


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question in one language; `choices` are answers as a decision stores them with their words."""

    title: str
    why: str
    weight: str
    places: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


def question_words(question: Question, study: Study, texts: Texts, resources: Resources) -> QuestionWords:
    """Word a question as the window does."""
    places = tuple(map(str, question.places[:_PLACES]))
    if question.kind is DecisionKind.FIRM:
        return _firm_words(question, texts, places)
    from app.present.pages.collect_questions import question_card
    from app.present.view import View

    card = question_card(View(study, resources, texts), question)
    return QuestionWords(card.title, card.why, card.weight, places, tuple((each.answer, each.text) for each in card.choices))


def _firm_words(question: Question, texts: Texts, places: tuple[str, ...]) -> QuestionWords:
    told = {"name": "", "other": "", "score": "", **dict(question.params)}
    one, _, two = question.subject.partition("|")
    reason = told.get("reason", "")
    return QuestionWords(
        texts("cli.questions.firm", one=told["name"] or one, other=told["other"] or two),
        texts(reason) if reason in texts.entries else reason,
        "",
        places,
        tuple((answer, texts(f"cli.questions.{answer}")) for answer in question.choices),
    )


def questions_json(study: Study, texts: Texts, resources: Resources) -> dict[str, Any]:
    """Return `questions --json`: all of them, the weightiest first."""
    return {"questions": [question_json(each, study, texts, resources) for each in study.questions]}


def question_json(question: Question, study: Study, texts: Texts, resources: Resources) -> dict[str, Any]:
    """Return one question: what a decision about it stores, and its words."""
    words = question_words(question, study, texts, resources)
    return {
        **bare_question_json(question),
        "question": words.title,
        "why": words.why,
        "choices": [{"answer": answer, "words": text} for answer, text in words.choices],
    }


def decisions_json(study: Study) -> dict[str, Any]:
    """Return `decisions --json`: what was decided and which cells were corrected."""
    guidance = study.guidance
    names = {source.sha256: source.name for source in study.sources}
    return {
        "decisions": [decision_json(each) for each in guidance.decisions],
        "corrections": [
            {**place_json(correction_place(each, study)), "text": each.text, "reason": each.reason}
            for each in guidance.corrections
        ],
        "aside": [{"file": names.get(each.source, each.source), "sheet": each.sheet, "row": each.row} for each in guidance.aside],
    }


def decision_json(decision: Decision) -> dict[str, str]:
    """Return one decision with its id."""
    return {"id": decision.id, **{name: str(value) for name, value in dataclasses.asdict(decision).items()}}


def correction_place(correction: Correction, study: Study) -> CellReference:
    """Return the cell that was put right, by the name of its file."""
    name = next((each.name for each in study.sources if each.sha256 == correction.source), correction.source[:12])
    return CellReference(name, correction.sheet, correction.row, correction.column)


def changed_json(before: Study, after: Study, texts: Texts, resources: Resources) -> dict[str, Any]:
    """Return what a decision, a correction or an acceptance changed."""
    told, now = set(before.findings), set(after.findings)
    return {
        "changed": after is not before,
        "findings": findings_json([each for each in after.findings if each not in told], texts, resources),
        "gone": findings_json([each for each in before.findings if each not in now], texts, resources),
        "questions": len(after.questions),
    }


def register_json(study: Study, coverage: Coverage) -> dict[str, Any]:
    """Return `register --json`: answered and registered firms by township, sector and size, and who is absent."""
    register = study.register
    known = None if register is None else {"file": register.name, "sha256": register.sha256, "firms": len(register.firms)}
    cells = coverage.cells.astype(object).to_dict("records")
    firms = ("name", "code", "township", "sector", "size", "sheet", "row")
    return {
        "register": known,
        "wave": coverage.wave,
        "registered": coverage.registered,
        "responded": coverage.responded,
        "rate": coverage.rate,
        "cells": [plain({str(name): value for name, value in cell.items()}) for cell in cells],
        "absent": [plain(row) for row in coverage.absent[list(firms)].astype(object).to_dict("records")],
        "unlisted": [plain(row) for row in coverage.unlisted[["name", "code", "township"]].astype(object).to_dict("records")],
    }


def revisions_json(study: Study, found: Mapping[str, Revision]) -> dict[str, Any]:
    """Return `revisions --json`: each corrected form with its rows, numbered as `accept --rows` takes them."""
    aside = frozenset(study.guidance.aside)
    names = {source.sha256: source.name for source in study.sources}
    corrects = {source.name: names.get(source.corrects, "") for source in study.sources}
    return {
        "revisions": [
            {
                "file": name,
                "corrects": corrects.get(name, ""),
                "unchanged": revision.unchanged,
                "rows": [{"number": number, **_row(row, aside)} for number, row in enumerate(revision.rows, 1)],
            }
            for name, revision in found.items()
        ]
    }


def row_state(row: ChangedRow, aside: frozenset[RowKey]) -> str:
    """Return what became of a changed row: `accepted`, `kept` (the earlier one counts) or `waiting`."""
    if row.new is not None and row.new in aside:
        return "kept"
    return "accepted" if row.old is None or row.old in aside else "waiting"


def _row(row: ChangedRow, aside: frozenset[RowKey]) -> dict[str, Any]:
    cells = [
        {
            "item": cell.item,
            "old": cell.old_text,
            "new": cell.new_text,
            "old_place": None if cell.old_place is None else place_json(cell.old_place),
            "new_place": None if cell.new_place is None else place_json(cell.new_place),
        }
        for cell in row.cells
    ]
    return {
        "kind": row.kind.value,
        "firm": row.firm,
        "place": place_json(row.place),
        "state": row_state(row, aside),
        "cells": cells,
    }


def slips_json(report: SlipReport) -> dict[str, Any]:
    """Return `slips --json`."""
    names = ("source", "kind", "errors", "warnings", "notes", "cells", "unwrapped")
    return {
        "written": [str(slip.path) for slip in report.slips],
        "slips": [{**{name: getattr(slip, name) for name in names}, "file": str(slip.path)} for slip in report.slips],
        "clean": list(report.clean),
        "refused": list(report.refused),
    }
