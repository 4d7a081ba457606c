"""Walks back every number of the goal wall: to its formula, to its firms, and from the first firm to the cell in its workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from app.analysis.conditions import items_of
from app.domain.drawing import Drawing
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.task import run_to_end
from app.domain.words import Texts
from app.files.read_workbook import read_content
from app.files.resources import load_palette
from app.files.study_file import read_source
from app.present.draw import draw
from app.present.evidence import Evidence, evidence
from app.present.figures import make_figure
from app.present.goal_standing import book_of
from app.present.marks import parse
from app.present.view import View

PLAIN = ("document", "reported", "proof")  # behind these stand papers and people, no answers


@dataclass(frozen=True)
class Walked:
    """What was opened: how many marks, and the cells read, as (mark, text in the workbook)."""

    marks: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]


def wall(study: Study, resources: Resources, texts: Texts, selection: Selection = Selection()) -> Drawing:  # noqa: B008 frozen
    """The wall as it is painted at 1920 pixels."""
    return draw(make_figure(study, resources, "wall", texts, selection), load_palette("light"), 575.0, 100.0, texts, bare=True)


def walk(path: Path, study: Study, resources: Resources, texts: Texts, selection: Selection = Selection()) -> Walked:  # noqa: B008
    """Open every mark of the wall and hold it to its promise."""
    shapes = wall(study, resources, texts, selection).shapes
    marks = tuple(dict.fromkeys(shape.mark.evidence for shape in shapes if shape.mark and shape.mark.evidence))
    measured = {one.goal.id for one in study.progress if one.latest is not None and one.latest.wave}
    book = {goal.id: goal for goal in book_of(View(study, resources, texts)).goals}
    sheets: dict[str, object] = {}
    cells = []
    for mark in marks:
        found, opened = parse(mark), evidence(study, resources, mark, texts)
        what = found.parts[1] if found.kind == "progress" else "value"
        assert opened.title, mark
        assert opened.value, mark
        assert opened.formula, mark
        assert "⟦" not in " ".join((opened.title, opened.value, opened.formula, opened.measure, *opened.notes)), mark
        assert book[found.parts[0]].document in " ".join((opened.value, *opened.notes)), mark
        if what in PLAIN or found.parts[0] not in measured:
            assert not opened.firms, mark
            continue
        assert opened.total > 0, mark
        assert opened.firms, mark
        assert "［" in opened.measure or "[" in opened.measure, mark
        cells.append((mark, first_cell(path, study, resources, texts, (opened, sheets))))
    return Walked(marks, tuple(cells))


def first_cell(path: Path, study: Study, resources: Resources, texts: Texts, behind: tuple[Evidence, dict[str, object]]) -> str:
    """The text in the received workbook of the first firm's answer, which must be what the study keeps as its original."""
    opened, sheets = behind
    position = opened.firms[0].position
    measure = next(
        m
        for m in book_of(View(study, resources, texts)).measures
        if f"{m.id}，" in opened.measure or f"[{m.id}," in opened.measure
    )
    item = next(code for code in items_of(measure.numerator) if study.responses.cell(position, code) is not None)
    place = study.responses.cell(position, item)
    source = next(source for source in study.sources if source.name == place.source and source.status == "read")
    if source.sha256 not in sheets:
        workbook = run_to_end(read_content(source.name, read_source(path, source.sha256)))
        sheets[source.sha256] = {sheet.name: sheet for sheet in workbook.sheets}
    text = sheets[source.sha256][place.sheet].text(place.row - 1, place.column - 1)
    kept = study.responses.originals[item].iat[position]
    assert text.strip() == ("" if pd.isna(kept) else str(kept).strip()), (opened.mark, place)
    return text
