"""The demonstration, end to end: what it leaves, that a second run gives the same bytes, that nobody's file is touched."""

from __future__ import annotations

import json

import pytest

from app.files.study_file import open_study
from tests.e2e.shell import refused, zhiheng, zhiheng_outside

MADE = {"demo.zhiheng", "brief.docx", "brief.pptx", "tables.xlsx", "answer_key.json", "figures", "workbooks"}


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first") / "示范"
    ended = zhiheng_outside("demo", "--out", folder, epoch="1790000000")
    assert ended.code == 0, ended.err
    return folder, ended.out, contents(folder)


def test_that_it_leaves_study_documents_figures_and_key_and_says_how_to_go_on(first):
    folder, said, _ = first
    assert {path.name for path in folder.iterdir()} == MADE
    assert f'zhiheng "{folder / "demo.zhiheng"}"' in said
    assert "虚构" in said
    figures = {path.name for path in (folder / "figures").iterdir()}
    assert {"levels-by-sector.png", "levels-by-sector.svg"} <= figures
    assert len(figures) % 2 == 0
    assert json.loads((folder / "answer_key.json").read_text(encoding="utf-8"))


def test_that_the_study_is_marked_as_synthetic_and_holds_both_waves(first):
    study = open_study(first[0] / "demo.zhiheng")
    assert study.synthetic
    assert [(wave.id, wave.date) for wave in study.waves] == [("2025", "2025-06-30"), ("2026", "2026-06-30")]
    assert all(wave.frame for wave in study.waves)
    assert sum(source.status == "read" for source in study.sources) == 40
    assert len(study.assessments) == 2
    assert [entry.command for entry in study.journal] == ["new", "collect", "collect", "assess", "goals"]


def test_that_a_second_run_over_the_first_gives_the_same_bytes(first):
    folder, _, before = first
    assert zhiheng_outside("demo", "--out", folder, epoch="1790000000").code == 0
    after = contents(folder)
    assert after.keys() == before.keys()
    assert not [name for name in after if after[name] != before[name]]


def test_that_a_folder_with_other_files_is_left_alone(tmp_path):
    mine = tmp_path / "工作"
    mine.mkdir()
    (mine / "年度总结.docx").write_bytes(b"mine")
    refused(zhiheng("demo", "--out", mine), "工作", "年度总结.docx")
    assert contents(mine) == {"年度总结.docx": b"mine"}
    (mine / "年度总结.docx").rename(mine / "brief.docx")
    refused(zhiheng("demo", "--out", mine), "brief.docx")
    assert contents(mine) == {"brief.docx": b"mine"}
