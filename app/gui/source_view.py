"""A sheet of a study made ready to be painted: roles, matches, findings in words, corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.decisions import DecisionKind
from app.domain.findings import CellReference
from app.domain.rubric import Rubric
from app.domain.sheet import RowRole
from app.domain.words import Texts
from app.present.pages.collect_values import QuestionCard
from app.present.preview import Painted, item_choices, legend, marks, runs_down, strips

if TYPE_CHECKING:
    from app.gui.work import Asked
    from app.workflows.preview import SheetPaint


def painted(paint: SheetPaint, asked: Asked, place: CellReference) -> Painted:
    """Return the sheet of `paint` ready to be drawn, the cell of `place` (one-based, 0: none) in focus."""
    texts, study = asked.texts, asked.study
    mappings = [table.mapping for table in paint.tables]
    decided = frozenset(each.subject for each in paint.decisions if each.kind is DecisionKind.COLUMN)
    corrected = {
        (each.row - 1, each.column - 1): each.text
        for each in study.guidance.corrections
        if each.source == paint.source.sha256 and each.sheet == paint.sheet.name
    }
    templates = {match.position: table.template for table in paint.tables for match in table.mapping.matches}
    return Painted(
        file=paint.source.name,
        sheet=paint.sheet,
        sheets=paint.sheets,
        roles=tuple(map(RowRole, paint.roles)),
        legend=legend(paint.roles, texts, runs_down(mappings)),
        strips=strips(mappings, study.instrument, texts, decided),
        down=runs_down(mappings),
        marks=marks(paint.findings, _lines(paint, asked), corrected),
        items=item_choices(study.instrument, _pillars(study.rubric, texts), texts),
        scope=f"{paint.source.sha256}/{paint.sheet.name}",
        templates=templates,
        options={item.code: tuple(texts.of(option.words) for option in item.options) for item in study.instrument.items},
        questions=_cards(paint, asked),
        row=max(0, place.row - 1),
        column=max(0, place.column - 1),
    )


def whole_place(place: CellReference, asked: Asked) -> CellReference:
    """Return a place with its sheet: that of the answers where only the file is named."""
    blocks = asked.study.responses.blocks if asked.study.responses is not None else ()
    sheet = place.sheet or next((block.sheet for block in blocks if block.file == place.source), "")
    return replace(place, sheet=sheet)


def _cards(paint: SheetPaint, asked: Asked) -> tuple[QuestionCard, ...]:
    """The questions of this sheet as cards whose examples are the cells on it."""
    from app.present.pages.collect_questions import question_card
    from app.present.view import View

    view = View(asked.study, asked.resources, asked.texts)
    here = [replace(each, places=tuple(p for p in each.places if p.sheet == paint.sheet.name)) for each in paint.questions]
    return tuple(question_card(view, question) for question in here if question.places)


def _lines(paint: SheetPaint, asked: Asked) -> tuple[str, ...]:
    from app.present.answers import finding_words
    from app.present.view import View

    view = View(asked.study, asked.resources, asked.texts)
    words = [finding_words(view, finding) for finding in paint.findings]
    return tuple("\n".join(part for part in (f"{w.severity}  {w.message}", w.remedy) if part) for w in words)


def _pillars(rubric: Rubric, texts: Texts) -> dict[str, str]:
    return {pillar.code: texts.of(pillar.words) for pillar in rubric.pillars}
