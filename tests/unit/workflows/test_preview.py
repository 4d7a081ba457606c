"""A sheet to paint: what every row and column was taken for, what is open there, and what was decided."""

from __future__ import annotations

import pytest

from app.domain.decisions import Decision, DecisionKind
from app.domain.errors import UserError
from app.domain.sheet import RowRole
from app.domain.task import run_to_end
from app.workflows.preview import preview, sheet_scope
from tests.unit.workflows.county import Desk, rows_of, write_form


@pytest.fixture
def desk(tmp_path, resources):
    desk = Desk(tmp_path, resources)
    desk.collect(write_form(tmp_path / "甲.csv", rows_of(1, text="试用中")), date="2026-06-30")
    return desk


def painted(desk, source="甲.csv", sheet=""):
    return run_to_end(preview(desk.path, desk.study, source, sheet, desk.context))


def test_that_a_sheet_is_painted_as_it_was_taken_in(desk):
    paint = painted(desk)
    assert paint.sheets == ("甲",)
    assert paint.roles == (RowRole.HEADER, *[RowRole.FIRM] * 12)
    (table,) = paint.tables
    assert table.template == desk.study.sources[0].templates[0]
    assert {match.item for match in table.mapping.matches} >= {"ID01", "T1", None}
    assert [question.subject for question in paint.questions] == ["T1|试用中"]
    assert paint.decisions == ()
    assert {finding.code for finding in paint.findings} == {"answer.trial", "column.unmatched"}


def test_that_decisions_in_force_are_shown_and_the_question_is_gone(desk):
    source = desk.study.sources[0]
    for decision in (
        Decision(DecisionKind.ANSWER, "", "T1|试用中", "yes"),
        Decision(DecisionKind.ROW, sheet_scope(source, "甲"), "3", "left"),
        Decision(DecisionKind.COLUMN, "another", "语音识别", "T3"),
    ):
        desk.run("decide", decisions=(decision,))
    paint = painted(desk, sheet="甲")
    assert [decision.kind for decision in paint.decisions] == [DecisionKind.ANSWER, DecisionKind.ROW]
    assert paint.questions == ()
    assert paint.roles[2] is RowRole.LEFT


@pytest.mark.parametrize(("source", "sheet"), [("乙.csv", ""), ("甲.csv", "没有")])
def test_that_a_sheet_that_is_not_there_is_named(desk, source, sheet):
    with pytest.raises(UserError) as caught:
        painted(desk, source, sheet)
    assert caught.value.code == "source.unknown"
