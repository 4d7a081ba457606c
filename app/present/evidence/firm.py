"""One response, answer by answer: label, original text, cleaned value, the cell, and what was found there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from app.domain.errors import UserError
from app.domain.findings import CellReference
from app.domain.instrument import Item
from app.domain.resources import Resources
from app.domain.responses import Responses
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.answers import FindingWords, answer_words, finding_words
from app.present.evidence.judged import Line, asking, judged_lines, level_lines
from app.present.evidence.why import Why, why_lines
from app.present.view import View

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: the text as received ("" for a blank), the cleaned value in words, the cell (None: not asked)."""

    item: str
    label: str
    group: str
    original: str
    value: str
    place: CellReference | None
    findings: tuple[FindingWords, ...] = ()


@dataclass(frozen=True, slots=True)
class FirmDetail:
    """One response: its name, what is known of it as (label, text), every answer, and findings about the whole row.

    As (heading, text) too: `standing` what blanks and classifier say of its level, `assessed` what assessors found, `override`
    what a person noted beside it, `why` it has its level and what would lift it. `asking` is what a form to judge it is told.
    """

    position: int
    name: str
    facts: tuple[Line, ...]
    answers: tuple[AnswerLine, ...]
    findings: tuple[FindingWords, ...]
    standing: tuple[Line, ...] = ()
    assessed: tuple[Line, ...] = ()
    override: tuple[Line, ...] = ()
    why: tuple[Line, ...] = ()
    asking: tuple[Line, ...] = ()


def firm_detail(study: Study, resources: Resources, position: int, texts: Texts, why: Why | None = None) -> FirmDetail:
    """Return the response at `position` in words, every answer with its cell; UserError for a position that is not there.

    `why` says how it came by its level, where somebody worked that out.
    """
    responses = study.responses
    if responses is None or not 0 <= position < len(responses):
        raise UserError("evidence.unknown", mark=str(position))
    view = View(study, resources, texts)
    found = _findings(view, responses, position)
    block = responses.blocks[int(responses.places["block"].iat[position])]
    row = int(responses.places["row"].iat[position])
    whole = found.get((block.sheet, row, 0), ()) if row else ()
    wave = str(responses.firms["wave"].iat[position])
    scores = _scores(view, position)
    assessed, override = judged_lines(view, position, wave)
    return FirmDetail(
        position=position,
        name=str(responses.firms["name"].iat[position]),
        facts=_facts(view, responses, position),
        answers=tuple(_answer(view, responses, item, (position, found)) for item in study.instrument.items),
        findings=tuple(whole),
        standing=level_lines(view, scores) if scores is not None else (),
        assessed=assessed,
        override=override,
        why=why_lines(view, why) if why is not None and scores is not None else (),
        asking=asking(view, position),
    )


def _answer(view: View, responses: Responses, item: Item, at: tuple[int, dict[_Place, list[FindingWords]]]) -> AnswerLine:
    position, found = at
    place = responses.cell(position, item.code)
    label = view.texts.of(item.words)
    group = view.pillar_label(item.pillar) if item.pillar else ""
    if place is None or item.code not in responses.values:
        return AnswerLine(item.code, label, group, "", view.texts("evidence.firm.not_asked"), None)
    original = responses.originals[item.code].iat[position]
    value = responses.values[item.code].iat[position]
    here = found.get((place.sheet, place.row, place.column), ())
    text = "" if pd.isna(original) else str(original)
    return AnswerLine(item.code, label, group, text, answer_words(view, item, value), place, tuple(here))


def _findings(view: View, responses: Responses, position: int) -> dict[_Place, list[FindingWords]]:
    """Return the findings of the response's own file by (sheet, row, column)."""
    block = responses.blocks[int(responses.places["block"].iat[position])]
    found: dict[_Place, list[FindingWords]] = defaultdict(list)
    for finding in view.study.findings:
        if finding.place.source in (block.file, block.source):
            place = (finding.place.sheet, finding.place.row, finding.place.column)
            found[place].append(finding_words(view, finding))
    return found


def _facts(view: View, responses: Responses, position: int) -> tuple[tuple[str, str], ...]:
    texts, firm = view.texts, responses.firms.iloc[position]
    facts = [
        ("sector", view.sector_label(str(firm["sector"]))),
        ("size", view.filter_value("size", str(firm["size"]))),
        ("township", view.filter_value("township", str(firm["township"]))),
        ("wave", view.filter_value("wave", str(firm["wave"]))),
    ]
    if not bool(firm["counted"]):
        facts.append(("basis", texts("evidence.firm.repeat")))
    return tuple((texts(f"evidence.firm.{name}"), text) for name, text in (*_level(view, position), *facts))


def _scores(view: View, position: int) -> pd.Series | None:
    """Return the firm scores of a response, None when it is not assessed."""
    for assessment in view.study.assessments:
        rows = assessment.firms[assessment.firms["position"] == position]
        if len(rows):
            return rows.iloc[0]
    return None


def _level(view: View, position: int) -> list[tuple[str, str]]:
    """Return level, index and basis, or that the response is not assessed."""
    row = _scores(view, position)
    if row is None:
        return [("level", view.texts("evidence.firm.not_assessed"))]
    known = pd.notna(row["level"]) and bool(row["level"])
    level = view.level_label(str(row["level"])) if known else wording.level_name(view.texts, "")
    gates = {gate.id: view.texts.of(gate.words) for gate in view.study.rubric.gates}
    gate = gates.get(str(row["gate"]))
    basis = view.texts(f"term.basis.{row['basis']}")
    why = view.texts("evidence.gate", reason=gate) if gate else ""
    index = wording.score_text(view.texts, float(row["index"])) if pd.notna(row["index"]) else "—"
    said = view.texts("wording.clause_separator").join(part for part in (basis, why) if part)
    return [("level", level), ("index", index), ("basis", said)]
