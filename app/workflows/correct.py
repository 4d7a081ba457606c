"""Putting a cell of a source right: the bytes stay as received, the text that holds instead is kept with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from app.domain.decisions import Correction
from app.domain.errors import UserError
from app.domain.findings import CellReference, column_number
from app.domain.study import Source, Study
from app.domain.task import Task
from app.workflows.context import Context
from app.workflows.retake import retake

_SEPARATORS = (" · ", "#", "!")  # as findings print it; as a shell takes it; as a spreadsheet writes it
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_LAST_COLUMN = 16_384


def correct(
    study: Study, path: Path, made: Iterable[Correction], forgotten: Iterable[Correction], context: Context
) -> Task[Study]:
    """Return the study with `made` in force and `forgotten` taken back (by place), their sources read anew, every rule run again.

    UserError `correct.source` when a source is not in the study.
    """
    made = tuple(made)
    held = {source.sha256 for source in study.sources if source.status == "read"}
    missing = next((each.source for each in made if each.source not in held), None)
    if missing is not None:
        raise UserError("correct.source", file=missing[:12])
    before = {_place(each): each for each in study.guidance.corrections}
    after = {**before, **{_place(each): each for each in made}}
    for each in forgotten:
        after.pop(_place(each), None)
    if after == before:
        return study
    changed = {place[0] for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    guided = replace(study, guidance=replace(study.guidance, corrections=tuple(after.values())))
    return (yield from retake(guided, path, changed, context))


def find_cell(study: Study, text: str) -> Correction:
    """Return the place that `text` names as a correction without a text: the number of a finding, or file, sheet and cell.

    "甲.xlsx#Sheet1#C7", "甲.xlsx!Sheet1!C7" and "甲.xlsx · Sheet1 · C7" are alike; the sheet may be left out where the file has
    one. UserError `correct.*` says what is not understood.
    """
    place = _of_finding(study, int(text)) if text.isascii() and text.isdigit() else _spelt(text)
    source = next((each for each in study.sources if each.name == place.source and each.status == "read"), None)
    if source is None:
        raise UserError("correct.source", file=place.source)
    return Correction(source.sha256, _sheet(study, source, place.sheet), place.row, place.column, "")


def _place(correction: Correction) -> tuple[str, str, int, int]:
    return correction.source, correction.sheet, correction.row, correction.column


def _of_finding(study: Study, number: int) -> CellReference:
    if not 0 < number <= len(study.findings):
        raise UserError("correct.no_finding", number=number, n=len(study.findings))
    place = study.findings[number - 1].place
    if not place.row or not place.column:
        raise UserError("correct.no_cell", number=number, place=place)
    return place


def _spelt(text: str) -> CellReference:
    for separator in _SEPARATORS:
        *names, address = text.rsplit(separator, 2)
        cell = _CELL.fullmatch(address.strip())
        if names and cell is not None:
            column = column_number(cell.group(1))
            if 0 < column <= _LAST_COLUMN:
                return CellReference(names[0].strip(), names[1].strip() if len(names) == 2 else "", int(cell.group(2)), column)
    raise UserError("correct.cell", cell=text)


def _sheet(study: Study, source: Source, named: str) -> str:
    """The sheet that is meant; a name is held against the sheets in which anything was found."""
    blocks = () if study.responses is None else study.responses.blocks
    sheets = dict.fromkeys(block.sheet for block in blocks if block.source == source.sha256)
    sheets |= dict.fromkeys(
        finding.place.sheet for finding in study.findings if finding.place.source == source.name and finding.place.sheet
    )
    if named in sheets:
        return named
    if named or len(sheets) != 1:
        raise UserError("correct.sheet", file=source.name, sheet=named, known="、".join(sheets))
    return next(iter(sheets))
