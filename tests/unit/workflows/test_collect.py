"""Collecting: what is read comes in once, what cannot be read is said, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import run_to_end
from app.files.study_file import create
from app.workflows import new_study
from app.workflows.collect import Collection, collect
from app.workflows.nothing_read import NothingRead
from app.workflows.waves import Said
from tests.study_samples import empty_study
from tests.unit.workflows.samples import context, write_answers


@pytest.fixture
def gather(resources):
    def gather(study: Study, *paths, frame=None, **said) -> Study:
        return run_to_end(collect(study, Collection(paths, Said(**said), frame), context(resources)))

    return gather


def test_that_a_file_becomes_responses_with_their_source(tmp_path, gather):
    study = gather(empty_study(), write_answers(tmp_path / "甲.csv"))
    (source,) = study.sources
    assert (source.name, source.status, source.responses, source.mapped, source.wave) == ("甲.csv", "read", 12, 5, "2026")
    assert len(study.responses) == 12
    assert set(study.responses.firms["wave"]) == {"2026"}
    assert study.waves[0].date == "2026-09-01"


def test_that_the_same_bytes_twice_change_nothing_but_leave_a_note(tmp_path, gather):
    path = write_answers(tmp_path / "甲.csv")
    once = gather(empty_study(), path)
    twice = gather(once, path)
    assert twice.sources == once.sources
    assert twice.responses is once.responses
    assert {finding.code for finding in twice.findings} - {finding.code for finding in once.findings} == {"COLLECT_REPEAT"}
    assert gather(twice, path).findings == twice.findings


def test_that_a_renamed_copy_is_listed_as_a_repeat_and_not_counted(tmp_path, gather):
    first, copy = write_answers(tmp_path / "甲.csv"), write_answers(tmp_path / "甲 (1).csv")
    study = gather(empty_study(), first, copy)
    assert sorted(source.status for source in study.sources) == ["read", "repeat"]
    assert len(study.responses) == 12


def test_that_a_file_held_by_another_wave_is_a_warning_that_names_both(tmp_path, gather):
    path = write_answers(tmp_path / "甲.csv")
    first = gather(empty_study(), path, date="2025-06-30")
    again = gather(first, path, date="2026-06-30")
    (finding,) = set(again.findings) - set(first.findings)
    assert (finding.code, finding.severity) == ("COLLECT_OTHER_WAVE", "warning")
    assert dict(finding.params) == {"original": "甲.csv", "held": "2025", "wave": "2026"}
    assert len(again.responses) == len(first.responses)


def test_that_levels_are_dropped_when_answers_come_and_kept_when_none_do(tmp_path, gather):
    path = write_answers(tmp_path / "甲.csv")
    assessed = replace(gather(empty_study(), path), assessments=("kept",))
    assert gather(assessed, path).assessments == ("kept",)
    assert gather(assessed, path, wave="2026", design="sample").assessments == ()
    assert gather(assessed, write_answers(tmp_path / "乙.csv", 9)).assessments == ()


def test_that_an_unreadable_file_is_one_finding_and_the_others_go_on(tmp_path, gather):
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    study = gather(empty_study(), write_answers(tmp_path / "甲.csv"), bad, tmp_path / "没有.xlsx")
    assert [(source.name, source.status) for source in study.sources] == [("甲.csv", "read"), ("坏.xlsx", "refused")]
    errors = {finding.place.source: finding.code for finding in study.findings if finding.severity == "error"}
    assert errors.keys() == {"坏.xlsx", "没有.xlsx"}
    assert len(study.responses) == 12


def test_that_two_copies_of_an_unreadable_file_are_both_refused_and_the_study_can_be_saved(tmp_path, gather):
    for name in ("坏.xlsx", "坏 (1).xlsx"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 cut off")
    study = gather(empty_study(), tmp_path / "坏.xlsx", tmp_path / "坏 (1).xlsx", write_answers(tmp_path / "甲.csv"))
    assert {source.name: source.status for source in study.sources} == {
        "坏.xlsx": "refused",
        "坏 (1).xlsx": "refused",
        "甲.csv": "read",
    }
    assert {finding.place.source for finding in study.findings if finding.severity == "error"} == {"坏.xlsx", "坏 (1).xlsx"}
    create(tmp_path / "东河.zhiheng", study)
    with pytest.raises(NothingRead):
        gather(empty_study(), tmp_path / "坏.xlsx", tmp_path / "坏 (1).xlsx")


def test_that_a_mended_file_takes_the_place_of_the_one_that_was_refused(tmp_path, gather):
    good, bad = write_answers(tmp_path / "甲.csv"), tmp_path / "乙.csv"
    bad.write_bytes(b"")
    before = gather(empty_study(), good, bad)
    assert any(finding.place.source == "乙.csv" for finding in before.findings)
    after = gather(before, write_answers(bad, 9))
    assert [(source.name, source.status) for source in after.sources] == [("甲.csv", "read"), ("乙.csv", "read")]
    assert not [finding for finding in after.findings if finding.place.source == "乙.csv" and finding.severity == "error"]


def test_that_nothing_is_changed_when_no_file_can_be_read(tmp_path, gather):
    with pytest.raises(NothingRead) as caught:
        gather(empty_study(), tmp_path / "没有.xlsx")
    assert caught.value.params["files"] == "没有.xlsx"
    assert len(caught.value.findings) == 1


def test_that_a_folder_without_tables_is_named(tmp_path, gather):
    (tmp_path / "空").mkdir()
    with pytest.raises(UserError) as caught:
        gather(empty_study(), tmp_path / "空")
    assert (caught.value.code, caught.value.params["paths"]) == ("check.no_files", "空")


def test_that_waves_add_up_and_files_of_one_name_are_told_apart(tmp_path, gather):
    (tmp_path / "b").mkdir()
    first = gather(empty_study(), write_answers(tmp_path / "甲.csv"), date="2025-06-30")
    both = gather(first, write_answers(tmp_path / "b" / "甲.csv", 9), date="2026-06-30")
    assert [wave.id for wave in both.waves] == ["2025", "2026"]
    assert [source.name for source in both.sources] == ["甲.csv", "甲 [2026].csv"]
    assert {block.file for block in both.responses.blocks} == {"甲.csv", "甲 [2026].csv"}
    assert both.responses.firms["wave"].value_counts().to_dict() == {"2025": 12, "2026": 9}


def test_that_a_frame_gives_the_firms_by_sector(tmp_path, gather):
    frame = tmp_path / "frame.csv"
    frame.write_text("sector,count\n制造,40\nI18,5\n", encoding="gb18030")
    study = gather(empty_study(), write_answers(tmp_path / "甲.csv"), frame=frame)
    assert sorted(study.waves[0].frame.values()) == [5, 40]


def test_that_a_frame_smaller_than_the_answers_is_told_once_for_its_sector(tmp_path, gather):
    frame = tmp_path / "frame.csv"
    frame.write_text("sector,count\n制造,3\nI18,50\n", encoding="utf-8")
    study = gather(empty_study(), write_answers(tmp_path / "甲.csv"), frame=frame)
    again = gather(study, write_answers(tmp_path / "乙.csv", 9), frame=frame)
    told = [[dict(f.params) for f in s.findings if f.code == "COLLECT_FRAME_SMALL"] for s in (study, again)]
    counts = [int(findings[0]["counted"]) for findings in told]
    assert [len(findings) for findings in told] == [1, 1]
    assert 3 < counts[0] < counts[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "frame.columns"),
        ("sector,count\n天上,4\n", "frame.unknown_sector"),
        ("sector,count\n制造,4\n制造,5\n", "frame.repeated_sector"),
        ("sector,count\n制造,四\n", "frame.count"),
        ("", "frame.columns"),
    ],
)
def test_that_a_wrong_frame_is_named_and_nothing_is_collected(tmp_path, gather, text, code):
    frame = tmp_path / "frame.csv"
    frame.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        gather(empty_study(), write_answers(tmp_path / "甲.csv"), frame=frame)
    assert caught.value.code == code


def test_that_workbooks_of_the_demonstration_mark_any_study_as_invented(tmp_path, gather, resources):
    header, firm = "企业名称,统一社会信用代码,所属行业,文本分析", "澄砚县甲某厂,{code},制造业,是"
    for name, code, synthetic in (("示范.csv", "91990136703267537W", True), ("真实.csv", "91110000600037341L", False)):
        path = tmp_path / name
        path.write_text(f"{header}\n{firm.format(code=code)}\n", encoding="utf-8")
        assert gather(new_study.empty_study("某县", context(resources)), path).synthetic is synthetic
