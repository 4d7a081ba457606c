"""Corrected forms: found by themselves, shown row by row, accepted by row, and nothing counts twice on the way."""

from __future__ import annotations

import pytest

from app.domain.errors import UserError
from app.domain.revision import RowChange
from app.workflows.revisions import revision_of
from tests.unit.workflows.county import Desk, rows_of, write_form


def corrected_rows():
    """Twelve firms again: the first two with other revenue, the last one gone, one more come."""
    rows = rows_of(1)
    rows[0][5], rows[1][5] = "3000", "4000"
    return [*rows[:-1], *rows_of(50, 1)]


@pytest.fixture
def desk(tmp_path, resources):
    desk = Desk(tmp_path, resources)
    desk.collect(write_form(tmp_path / "甲.csv", rows_of(1)), write_form(tmp_path / "乙.csv", rows_of(101)), date="2026-06-30")
    desk.collect(write_form(tmp_path / "甲（更正）.csv", corrected_rows()))
    return desk


NAME = "甲（更正）.csv"
FIRST, SECOND, LAST, FRESH = (f"东河镇第{number}机械有限公司" for number in (1, 2, 12, 50))


def told(study):
    (finding,) = [finding for finding in study.findings if finding.code.startswith("COLLECT_REVIS")]
    params = dict(finding.params)
    return (
        finding.code,
        finding.severity.value,
        [int(params[name]) for name in ("new", "changed", "vanished", "unchanged", "waiting")],
    )


def test_that_a_corrected_form_is_found_and_told_in_one_line(desk):
    study = desk.study
    sources = {source.name: source for source in study.sources}
    assert sources[NAME].corrects == sources["甲.csv"].sha256
    assert not sources["乙.csv"].corrects
    assert told(study) == ("COLLECT_REVISION", "warning", [1, 2, 1, 9, 3])
    assert not [finding for finding in study.findings if finding.code == "firm.repeat"]


def test_that_until_somebody_accepts_the_earlier_rows_count_and_new_firms_as_well(desk):
    revenue = desk.answers("ID06")
    assert (revenue[FIRST], revenue[SECOND]) == (2001, 2002)
    assert {LAST, FRESH} <= revenue.keys()
    assert len(revenue) == 25


def test_that_a_revision_shows_old_and_new_of_what_changed(desk):
    revision = revision_of(desk.study, NAME)
    assert [row.kind for row in revision.rows] == [RowChange.CHANGED, RowChange.CHANGED, RowChange.NEW, RowChange.VANISHED]
    assert [(cell.item, cell.old_text, cell.new_text) for cell in revision.rows[0].cells] == [("ID06", "2001", "3000")]


def test_that_a_row_is_accepted_by_its_number_and_the_others_wait(desk):
    after = desk.run("accept", source=NAME, rows=(1,))
    revenue = desk.answers("ID06")
    assert (revenue[FIRST], revenue[SECOND]) == (3000, 2002)
    assert len(revenue) == 25
    assert told(after) == ("COLLECT_REVISION", "warning", [1, 2, 1, 9, 2])


def test_that_all_are_accepted_at_once_and_taken_back_row_by_row(desk):
    before = desk.study
    after = desk.run("accept", source=NAME, all=True)
    revenue = desk.answers("ID06")
    assert (revenue[FIRST], revenue[SECOND], LAST in revenue, FRESH in revenue) == (3000, 4000, False, True)
    assert told(after)[:2] == ("COLLECT_REVISED", "note")
    kept = desk.run("accept", source=NAME, all=True, keep=True)
    revenue = desk.answers("ID06")
    assert (revenue[FIRST], revenue[SECOND], LAST in revenue, FRESH in revenue) == (2001, 2002, True, False)
    assert len(kept.responses) == len(before.responses)


def test_that_changed_rows_alone_are_accepted_and_the_vanished_firm_stays(desk):
    after = desk.run("accept", source=NAME, changed=True)
    assert LAST in desk.answers("ID06")
    assert told(after) == ("COLLECT_REVISED", "note", [1, 2, 1, 9, 1])
    assert LAST not in (desk.run("accept", source=NAME, vanished=True) and desk.answers("ID06"))


def test_that_a_form_corrected_twice_counts_as_it_was_sent_last(desk, tmp_path):
    rows = corrected_rows()
    rows[0][5] = "5000"
    study = desk.collect(write_form(tmp_path / "甲（再次更正）.csv", rows))
    sources = {source.name: source for source in study.sources}
    assert sources["甲（再次更正）.csv"].corrects == sources[NAME].sha256
    desk.run("accept", source="甲（再次更正）.csv", all=True)
    revenue = desk.answers("ID06")
    assert (revenue[FIRST], revenue[SECOND]) == (5000, 2002)
    desk.run("accept", source=NAME, rows=(2,))
    assert (desk.answers("ID06")[FIRST], desk.answers("ID06")[SECOND]) == (5000, 4000)


def test_that_both_forms_may_come_in_one_folder(tmp_path, resources):
    desk = Desk(tmp_path, resources, "一次")
    folder = tmp_path / "收到"
    folder.mkdir()
    write_form(folder / "甲.csv", rows_of(1))
    write_form(folder / NAME, corrected_rows())
    study = desk.collect(folder, date="2026-06-30")
    assert [bool(source.corrects) for source in study.sources] == [False, True]
    assert told(study)[2] == [1, 2, 1, 9, 3]


def test_that_the_same_township_in_another_wave_corrects_nothing(desk, tmp_path):
    study = desk.collect(write_form(tmp_path / "甲2027.csv", corrected_rows()), date="2027-06-30")
    assert not next(source for source in study.sources if source.name == "甲2027.csv").corrects


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"source": "乙.csv", "all": True}, "revision.none"),
        ({"source": NAME}, "accept.nothing"),
        ({"source": NAME, "rows": (9,)}, "accept.row"),
        ({"source": "没有.csv", "all": True}, "revision.none"),
    ],
)
def test_that_what_cannot_be_accepted_is_named(desk, parameters, code):
    with pytest.raises(UserError) as caught:
        desk.run("accept", **parameters)
    assert caught.value.code == code


def test_that_accepting_again_changes_nothing(desk):
    desk.run("accept", source=NAME, all=True)
    before = desk.path.read_bytes()
    desk.run("accept", source=NAME, changed=True)
    assert desk.path.read_bytes() == before
