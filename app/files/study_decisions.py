"""Decisions as a file that travels to colleagues, and answers to questions as a small table."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.decisions import Decision, DecisionKind
from app.domain.errors import UserError
from app.files.atomic import write_atomically
from app.files.small_text import read_small_text

SCHEMA, VERSION = "zhiheng.decisions", 1
_BYTES = 8 << 20
_FIELDS = ("kind", "scope", "subject", "answer")


def travelling(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold beyond one study: of templates and of wordings; none that names a file or a firm."""
    return tuple(each for each in decisions if each.kind is not DecisionKind.FIRM and "/" not in each.scope)


def write_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Write those of `decisions` that may travel to `path` as JSON; UserError when the disk will not have it."""
    rows = [{name: str(getattr(each, name)) for name in _FIELDS} for each in travelling(decisions)]
    document = {"schema": SCHEMA, "version": VERSION, "decisions": rows}
    write_atomically(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file that `write_decisions` made; UserError `decisions.*` when it is none, or a newer one."""
    try:
        document = json.loads(read_small_text(path, _BYTES, "decisions.file"))
    except (ValueError, RecursionError) as error:
        raise UserError("decisions.file", file=path.name) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UserError("decisions.file", file=path.name)
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UserError("decisions.newer", file=path.name, version=version, known=VERSION)
    rows = document.get("decisions")
    if not isinstance(rows, list):
        raise UserError("decisions.file", file=path.name)
    return travelling([_decision(row, number, path) for number, row in enumerate(rows, 1)])


def read_answers(path: Path) -> tuple[tuple[str, str], ...]:
    """Return pairs of question and answer from a CSV with the columns question and answer; UserError `decide.file`."""
    try:
        rows = list(csv.DictReader(read_small_text(path, _BYTES, "decide.file").splitlines()))
    except csv.Error as error:  # some other file: a field without end
        raise UserError("decide.file", file=path.name) from error
    if not rows or not {"question", "answer"} <= {(name or "").strip() for name in rows[0]}:
        raise UserError("decide.file", file=path.name)
    named = [{(name or "").strip(): value for name, value in row.items() if isinstance(value, str)} for row in rows]
    return tuple((row["question"].strip(), row.get("answer", "").strip()) for row in named if row.get("question", "").strip())


def _decision(row: Any, number: int, path: Path) -> Decision:
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _FIELDS):
        raise UserError("decisions.row", file=path.name, row=number)
    if row["kind"] not in list(DecisionKind):
        raise UserError("decisions.row", file=path.name, row=number)
    return Decision(DecisionKind(row["kind"]), row["scope"], row["subject"], row["answer"])
