"""The JSON of the commands, exactly as the command-line contract words it; what cannot be said is null, never NaN."""

from __future__ import annotations

import dataclasses
import json
import math
from collections import abc
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any

from app.cli.wording import finding_json, finding_sentence
from app.domain.decisions import Question
from app.domain.findings import CellReference, Finding, column_letters
from app.domain.instrument import Role
from app.domain.journal import first_broken
from app.domain.resources import Resources
from app.domain.sheet import Layout, Mapping, Match, Orientation
from app.domain.study import Source, Study
from app.domain.words import Texts
from app.workflows.waves import is_late

if TYPE_CHECKING:
    from app.workflows.check import CheckedFile, CheckedSheet, CheckReport


def check_json(report: CheckReport, texts: Texts, resources: Resources) -> dict[str, Any]:
    """Return `check --json`."""
    return {"files": [_file(file, texts, resources) for file in report.files]}


def _file(file: CheckedFile, texts: Texts, resources: Resources) -> dict[str, Any]:
    error = None
    if file.error is not None:
        error = {"code": file.error.code, "message": finding_sentence(file.error, texts, resources)}
    return {
        "file": file.name,
        "sheets": [_sheet(sheet, texts, resources) for sheet in file.sheets],
        "findings": [finding_json(finding, texts, resources) for finding in file.findings],
        "questions": [bare_question_json(question) for question in file.questions],
        "error": error,
    }


def _sheet(sheet: CheckedSheet, texts: Texts, resources: Resources) -> dict[str, Any]:
    layout = sheet.mapping.layout if sheet.mapping is not None else None
    body = [] if layout is None else [int(row) + 1 for row in layout.body]
    return {
        "sheet": sheet.name,
        "header_rows": [] if layout is None else [row + 1 for row in layout.header_rows],
        "first_row": body[0] if body else None,
        "last_row": body[-1] if body else None,
        "rows": len(body),
        "orientation": None if layout is None else layout.orientation.value,
        "columns": [] if sheet.mapping is None else [_column(match, sheet.mapping.layout) for match in _in_order(sheet.mapping)],
        "findings": [finding_json(finding, texts, resources) for finding in sheet.findings],
    }


def _in_order(mapping: Mapping) -> list[Match]:
    return sorted(mapping.matches, key=lambda match: match.position)


def _column(match: Match, layout: Layout) -> dict[str, Any]:
    """A wide column by its letters; an indicator that has a row by the cell of its label."""
    if layout.orientation is not Orientation.WIDE:
        where = CellReference("", "", match.position + 1, layout.label_column + 1).a1
    else:
        where = column_letters(match.position + 1)
    return {"column": where, "header": match.header, "item": match.item, "confidence": round(match.confidence, 4)}


def bare_question_json(question: Question) -> dict[str, Any]:
    """Return one question without words."""
    return {
        "id": question.id,
        "kind": question.kind.value,
        "scope": question.scope,
        "subject": question.subject,
        "choices": [{"answer": answer} for answer in question.choices],
        "assumed": question.assumed,
        "answers": question.answers,
        "places": [place_json(place) for place in question.places],
        "params": dict(question.params),
    }


def place_json(place: CellReference) -> dict[str, str]:
    """Return a cell by file, sheet and address."""
    return {"file": place.source, "sheet": place.sheet, "cell": place.a1}


def findings_json(findings: Iterable[Finding], texts: Texts, resources: Resources) -> list[dict[str, Any]]:
    """Return findings with the file and sheet each stands in."""
    return [
        {"file": finding.place.source, "sheet": finding.place.sheet, **finding_json(finding, texts, resources)}
        for finding in findings
    ]


def numbered_findings_json(study: Study, texts: Texts, resources: Resources) -> list[dict[str, Any]]:
    """Return the findings of a study, each with the number by which `correct` knows its cell."""
    found = findings_json(study.findings, texts, resources)
    return [{"number": number, **each} for number, each in enumerate(found, 1)]


def collect_json(
    study: Study, files: Iterable[Source], new: Iterable[Finding], texts: Texts, resources: Resources
) -> dict[str, Any]:
    """Return `collect --json`: the files and findings that were new, and the waves as they now stand."""
    names = ("name", "wave", "status", "responses", "mapped", "unmapped", "sha256", "arrived", "corrects")
    return {
        "files": [{**{name: getattr(source, name) for name in names}, "late": is_late(source, study.waves)} for source in files],
        "findings": findings_json(new, texts, resources),
        "questions": len(study.questions),
        "waves": [plain(dataclasses.asdict(wave)) for wave in study.waves],
    }


def sector_words(sector: str, study: Study, resources: Resources) -> dict[str, str] | None:
    """Return the sector's name in both languages, None for all firms together or an unknown one."""
    item = study.instrument.with_role(Role.INDUSTRY)
    own = next((option.words for option in (item.options if item else ()) if option.code == sector), None)
    section = resources.taxonomy.sections.get(sector)
    words = own or (section.words if section else None)
    return None if words is None else {"zh": words.zh, "en": words.en}


def journal_json(study: Study) -> dict[str, Any]:
    """Return `journal --json`: the entries, and whether each follows from the one before."""
    entries = [
        {**dataclasses.asdict(entry), "parameters": json.loads(entry.parameters), "effect": json.loads(entry.effect)}
        for entry in study.journal
    ]
    return {"entries": entries, "intact": first_broken(study.journal) is None}


def plain(value: Any) -> Any:
    """Return only what JSON knows: records become objects, numpy numbers Python's, a missing number null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, abc.Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
