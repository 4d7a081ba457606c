"""Computing goals in a study: what is kept with it, and when it is dropped."""

from __future__ import annotations

import pytest

from app.analysis.progress import progress_under
from app.domain.errors import UserError
from tests.unit.workflows.county import Desk, rows_of, write_form


@pytest.fixture
def desk(tmp_path, resources):
    desk = Desk(tmp_path, resources)
    desk.collect(write_form(tmp_path / "甲.csv", rows_of(1, 40)), date="2026-06-30")
    return desk


def test_that_nothing_collected_has_no_goals(tmp_path, resources):
    with pytest.raises(UserError, match=r"study\.no_answers"):
        Desk(tmp_path, resources).run("goals")


def test_that_a_wave_keeps_the_version_of_its_questionnaire(desk):
    (wave,) = desk.study.waves
    assert wave.instrument == f"{desk.study.instrument.id} {desk.study.instrument.version}"
    desk.collect(write_form(desk.folder / "乙.csv", rows_of(100, 5)), date="2026-07-15")
    assert desk.study.waves[-1].instrument == wave.instrument


def test_that_progress_is_kept_with_its_sums_and_day_and_dropped_with_them(desk, resources):
    desk.run("goals")
    study = desk.study
    assert study.tallies is not None
    assert {each.as_of for each in study.progress} == {"2026-06-30"}
    assert progress_under(study, resources.goal_book, {}) == study.progress
    desk.collect(write_form(desk.folder / "乙.csv", rows_of(100, 5, text="否")), date="2026-06-30")
    assert (desk.study.progress, desk.study.tallies) == ((), None)


def test_that_the_same_goals_again_change_nothing(desk):
    before = desk.run("goals").journal
    assert desk.run("goals").journal == before
