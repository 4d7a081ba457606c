"""A study's derived values as named blobs and back: what `study_file` stores beside the sources and the journal."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from app.domain.assessment import Assessment, ClassifierReport, SectorProfile
from app.domain.decisions import Question
from app.domain.estimate import Change, Comparison, SectorEstimate
from app.domain.findings import CellReference, Finding, Severity
from app.domain.goals import GoalProgress
from app.domain.learning import Crosswalk, LabelSummary, NativeCandidate, Types
from app.domain.register import Register
from app.domain.responses import Block, Responses
from app.domain.robustness import Coherence, Robustness
from app.domain.study import Study
from app.files.frames import decode_frame, encode_frame
from app.files.records import decode_record, encode_record

_FRAMES = ("values", "originals", "firms", "places")


@dataclass(frozen=True, slots=True)
class _RegisterRecord:
    """Where a register came from, without its firms."""

    name: str
    sha256: str
    sheet: str


@dataclass(frozen=True, slots=True)
class _AssessmentRecord:
    """An assessment without its frame and its model."""

    wave: str
    rubric: str
    rubric_version: str
    sectors: tuple[SectorProfile, ...]
    total: SectorProfile
    classifier: ClassifierReport | None
    weighting: str = ""
    estimates: tuple[SectorEstimate, ...] = ()
    total_estimate: SectorEstimate | None = None
    comparisons: tuple[Comparison, ...] = ()
    changes: tuple[Change, ...] = ()
    coherence: Coherence | None = None
    robustness: Robustness | None = None
    labels: LabelSummary | None = None
    types: Types | None = None
    natives: tuple[NativeCandidate, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()


def derived_blobs(study: Study) -> dict[str, bytes]:
    """Return the derived values of `study` by name, in a fixed order."""
    blobs = {"findings": encode_frame(_findings_frame(study.findings)), "questions": encode_record(study.questions).encode()}
    if study.responses is not None:
        blobs["responses.blocks"] = encode_record(study.responses.blocks).encode()
        blobs |= {f"responses.{name}": encode_frame(getattr(study.responses, name)) for name in _FRAMES}
        if study.responses.qualifiers is not None:
            blobs["responses.qualifiers"] = encode_frame(study.responses.qualifiers)
    if study.register is not None:
        record = _RegisterRecord(study.register.name, study.register.sha256, study.register.sheet)
        blobs |= {"register": encode_record(record).encode(), "register.firms": encode_frame(study.register.firms)}
    return {**blobs, **result_blobs(study)}


def result_blobs(study: Study) -> dict[str, bytes]:
    """Return the levels and goals of `study` by name; the same bytes mean the same results."""
    blobs = {"assessments": encode_record(tuple(_record(one) for one in study.assessments)).encode()}
    for number, assessment in enumerate(study.assessments):
        blobs[f"assessment.{number}.firms"] = encode_frame(assessment.firms)
        if assessment.model:
            blobs[f"assessment.{number}.model"] = assessment.model
    blobs["progress"] = encode_record(study.progress).encode()
    if study.tallies is not None:
        blobs["tallies"] = encode_frame(study.tallies)
    return blobs


def restore_derived(study: Study, blobs: Mapping[str, bytes]) -> Study:
    """Return `study` with the derived values of `blobs`; ValueError or KeyError when they are not whole.

    Studies of format 1 hold no questions, qualifiers or register.
    """
    records = decode_record(tuple[_AssessmentRecord, ...], blobs["assessments"].decode())
    return dataclasses.replace(
        study,
        findings=_findings(decode_frame(blobs["findings"])),
        responses=_responses(blobs) if "responses.blocks" in blobs else None,
        assessments=tuple(
            _assessment(record, decode_frame(blobs[f"assessment.{number}.firms"]), blobs.get(f"assessment.{number}.model", b""))
            for number, record in enumerate(records)
        ),
        progress=decode_record(tuple[GoalProgress, ...], blobs["progress"].decode()),
        questions=decode_record(tuple[Question, ...], blobs.get("questions", b"[]").decode()),
        register=_register(blobs) if "register" in blobs else None,
        tallies=decode_frame(blobs["tallies"]) if "tallies" in blobs else None,
    )


def _responses(blobs: Mapping[str, bytes]) -> Responses:
    frames = {name: decode_frame(blobs[f"responses.{name}"]) for name in _FRAMES}
    blocks = decode_record(tuple[Block, ...], blobs["responses.blocks"].decode())
    inexact = blobs.get("responses.qualifiers")
    return Responses(blocks=blocks, **frames, qualifiers=None if inexact is None else decode_frame(inexact))


def _register(blobs: Mapping[str, bytes]) -> Register:
    record = decode_record(_RegisterRecord, blobs["register"].decode())
    return Register(record.name, record.sha256, record.sheet, decode_frame(blobs["register.firms"]))


def _record(assessment: Assessment) -> _AssessmentRecord:
    fields = dataclasses.fields(_AssessmentRecord)
    return _AssessmentRecord(**{field.name: getattr(assessment, field.name) for field in fields})


def _assessment(record: _AssessmentRecord, firms: pd.DataFrame, model: bytes) -> Assessment:
    fields = dataclasses.fields(_AssessmentRecord)
    return Assessment(firms=firms, model=model, **{field.name: getattr(record, field.name) for field in fields})


def _findings_frame(findings: tuple[Finding, ...]) -> pd.DataFrame:
    """One row a finding: thousands of them open in milliseconds this way."""
    places = [finding.place for finding in findings]
    return pd.DataFrame(
        {
            "code": pd.array([finding.code for finding in findings], dtype="str"),
            "severity": pd.array([finding.severity.value for finding in findings], dtype="str"),
            "source": pd.array([place.source for place in places], dtype="str"),
            "sheet": pd.array([place.sheet for place in places], dtype="str"),
            "row": pd.array([place.row for place in places], dtype="int64").to_numpy("int64"),
            "column": pd.array([place.column for place in places], dtype="int64").to_numpy("int64"),
            "value": pd.array([finding.value for finding in findings], dtype="str"),
            "params": pd.array([json.dumps(finding.params) for finding in findings], dtype="str"),
        }
    )


def _findings(frame: pd.DataFrame) -> tuple[Finding, ...]:
    columns = [frame[name].tolist() for name in frame.columns]
    return tuple(
        Finding(
            code,
            Severity(severity),
            CellReference(source, sheet, row, column),
            value,
            tuple((name, text) for name, text in json.loads(params)),
        )
        for code, severity, source, sheet, row, column, value, params in zip(*columns, strict=True)
    )
