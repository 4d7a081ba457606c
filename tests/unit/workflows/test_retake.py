"""Reading sources again: only those asked for, in the order of before, and all or nothing."""

from __future__ import annotations

import pytest

from app.domain.errors import UserError
from app.domain.sheet import RawWorkbook
from app.domain.task import FileProgress, run_to_end
from app.workflows import retake as retaking
from app.workflows.parts import in_plain_order, part_of, pieces, same
from app.workflows.retake import retake
from tests.unit.workflows.county import Desk, rows_of, write_form


@pytest.fixture(scope="module")
def desk(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("desk")
    desk = Desk(folder, resources)
    forms = [write_form(folder / f"{name}.csv", rows_of(100 * n, 4)) for n, name in enumerate("甲乙丙", 1)]
    desk.collect(*forms, date="2026-06-30")
    return desk


def test_that_reading_all_again_gives_the_very_same_study(desk):
    study, seen = desk.study, []
    everything = {source.sha256 for source in study.sources}
    again = run_to_end(retake(study, desk.path, everything, desk.context), seen.append)
    assert again.responses is study.responses
    assert (again.findings, again.questions) == (study.findings, study.questions)
    states = [(event.file, event.state, event.rows) for event in seen if isinstance(event, FileProgress)]
    assert [state for state in states if state[1] == "read"] == [(f"{name}.csv", "read", 4) for name in "甲乙丙"]


def test_that_a_source_that_cannot_be_read_now_changes_nothing(desk, monkeypatch):
    unread = RawWorkbook("甲.csv", "ab", 1, (), "")
    monkeypatch.setattr(retaking, "read_workbooks", lambda paths, names: iter([unread]))
    study = desk.study
    with pytest.raises(UserError) as caught:
        run_to_end(retake(study, desk.path, {study.sources[0].sha256}, desk.context))
    assert (caught.value.code, caught.value.params["file"]) == ("retake.unread", "甲.csv")


def test_that_a_table_taken_apart_and_put_together_is_the_same(desk):
    table = desk.study.responses
    order = [source.sha256 for source in desk.study.sources]
    parts = {sha256: (part_of(table, sha256),) for sha256 in order}
    assert [len(part) for (part,) in parts.values()] == [4, 4, 4]
    assert [piece.blocks[0].file for piece in pieces(table, order, parts)] == ["甲.csv", "乙.csv", "丙.csv"]
    assert pieces(table, order, {})[0] is table
    middle = pieces(table, order, {order[1]: parts[order[1]]})
    assert [len(piece) for piece in middle] == [4, 4, 4]
    assert len(pieces(table, order[:2], {})[0]) == 8
    assert not pieces(None, order, {})


def test_that_the_plain_order_leaves_no_trace_of_the_way(desk):
    table = desk.study.responses
    column = table.originals["ID01"]
    turned = column.cat.set_categories([*column.cat.categories[::-1], "nie"])
    other = in_plain_order(
        type(table)(table.values, table.originals.assign(ID01=turned), table.firms, table.places, table.blocks, table.qualifiers),
        desk.study.instrument,
    )
    assert same(other, table)
    assert other.originals["ID01"].cat.categories.tolist() == column.cat.categories.tolist()
    assert not same(other, None)
    assert not same(part_of(table, desk.study.sources[0].sha256), table)
