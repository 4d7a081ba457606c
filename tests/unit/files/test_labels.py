"""On-site assessments as people hand them in: headings of both languages, several assessors, and what is told of a cell."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.files.labels import FILE_FINDINGS, LabelGuide, in_file, read_labels
from tests.unit.workflows.county import credit_code


@pytest.fixture
def guide(resources):
    return LabelGuide(resources.rubrics["aiplus-2026"], "2026", resources.words, "2026-09-01")


@pytest.fixture
def read(tmp_path, guide):
    """Read rows as a csv."""

    def run(*rows, name="评估.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return run_to_end(read_labels(path, guide))

    return run


def codes_of(read):
    return Counter(finding.code for finding in read.findings)


def test_that_chinese_headings_under_a_title_are_read_with_their_cells(read):
    found = read(
        ["2026年现场评估结果"],
        ["序号", "企业名称", "统一社会信用代码", "评估等级（L0–L4）", "评估人", "评估日期", "依据", "证据"],
        ["1", "东河一厂", credit_code(1), "单点应用", "张三", "2026年7月1日", "看了产线", "照片3.jpg"],
    )
    (label,) = found.labels
    assert (label.wave, label.name, label.code, label.level) == ("2026", "东河一厂", credit_code(1), "L2")
    assert (label.who, label.when, label.why, label.evidence) == ("张三", "2026-07-01", "看了产线", "照片3.jpg")
    assert label.place.endswith("D3")
    assert not found.findings
    assert in_file(found.labels, "评估.csv") == found.labels
    assert in_file(found.labels, "评估") == ()


def test_that_english_headings_are_read(read):
    found = read(["Credit code", "Company", "Level", "Assessor", "Date"], [credit_code(1), "A", "l3", "Li", "2026-07-01"])
    assert [(label.level, label.who, label.when) for label in found.labels] == [("L3", "Li", "2026-07-01")]


@pytest.mark.parametrize("second", [("评估等级2", "评估人2"), ("第二评估等级", "第二评估人"), ("评估等级二", "评估人二")])
def test_that_a_second_assessor_stands_in_columns_of_their_own(read, second):
    found = read(["企业名称", "评估等级", "评估人", "评估日期", *second], ["甲", "L1", "张三", "2026-07-01", "L2", "李四"])
    assert [(each.level, each.who, each.when) for each in found.labels] == [
        ("L1", "张三", "2026-07-01"),
        ("L2", "李四", "2026-07-01"),
    ]
    assert found.labels[0].place != found.labels[1].place


def test_that_several_assessors_may_stand_in_rows(read):
    found = read(["企业名称", "等级", "评估人", "日期"], ["甲", "L1", "张三", "2026-07-01"], ["甲", "L1", "李四", "2026-07-02"])
    assert len(found.labels) == 2


def test_that_a_firm_nobody_visited_is_left_out_without_a_word(read):
    found = read(
        ["企业名称", "等级", "评估人", "日期"], ["甲", "L1", "张三", "2026-07-01"], ["乙", "", "", "2026-07-01"], ["", "", "", ""]
    )
    assert len(found.labels) == 1
    assert not found.findings


def test_that_what_is_missing_in_a_row_is_told_at_its_cell(read):
    found = read(
        ["企业名称", "等级", "评估人", "日期", "依据"],
        ["", "L1", "张三", "2026-07-01", ""],
        ["乙", "", "张三", "2026-07-01", "没开门"],
        ["丙", "L2", "张三", "上周", ""],
        ["丁", "L2", "张三", "2026-12-31", ""],
        ["戊", "L2", "张三", "2026-07", ""],
    )
    assert codes_of(found) == {"label.no_firm": 1, "label.no_level": 1, "label.date_unread": 2, "label.future": 1}
    assert [(label.name, label.when) for label in found.labels] == [("丙", ""), ("丁", "2026-12-31"), ("戊", "")]
    assert {finding.code: finding.place.a1 for finding in found.findings if finding.code != "label.date_unread"} == {
        "label.no_firm": "B2",
        "label.no_level": "B3",
        "label.future": "D5",
    }


@pytest.mark.parametrize("level", ["三级", "2", "优秀"])
def test_that_a_level_of_another_ladder_is_kept_as_written_and_not_guessed(read, level):
    (label,) = read(["企业名称", "等级", "评估人"], ["甲", level, "张三"]).labels
    assert label.level == level


def test_that_a_township_goes_with_a_name_that_has_no_code(read):
    found = read(
        ["企业名称", "信用代码", "所在乡镇", "等级", "评估人"],
        ["甲", "", "东河镇", "L1", "张三"],
        ["乙", credit_code(1), "东河镇", "L1", "张三"],
    )
    assert [label.name for label in found.labels] == ["甲@东河镇", "乙"]


def test_that_a_wave_column_names_the_wave(read):
    found = read(["企业名称", "期", "等级", "评估人"], ["甲", "2025年", "L1", "张三"], ["乙", "", "L1", "张三"])
    assert [label.wave for label in found.labels] == ["2025", "2026"]


def test_that_a_guarded_formula_loses_its_guard_and_nothing_else(read):
    (label,) = read(["企业名称", "等级", "评估人", "依据"], ['\'=HYPERLINK("x")', "L1", "张三", "'+ 新设备"]).labels
    assert label.name == '=HYPERLINK("x")'
    assert label.why == "+ 新设备"


def test_that_firms_merged_over_their_assessors_are_read_for_each(tmp_path, guide):
    import xlsxwriter

    path = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("评估")
        sheet.write_row(0, 0, ["企业名称", "评估等级", "评估人", "评估日期"])
        sheet.merge_range(1, 0, 2, 0, "甲")
        sheet.write_row(1, 1, ["L1", "张三", "2026-07-01"])
        sheet.write_row(2, 1, ["L2", "李四", "2026-07-01"])
        book.add_worksheet("说明").write(0, 0, "填表说明")
    found = run_to_end(read_labels(path, guide))
    assert [(label.name, label.level) for label in found.labels] == [("甲", "L1"), ("甲", "L2")]


def test_that_dates_of_a_spreadsheet_are_days(tmp_path, guide):
    import datetime

    import xlsxwriter

    path = tmp_path / "日期.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("评估")
        sheet.write_row(0, 0, ["企业名称", "评估等级", "评估人", "评估日期"])
        sheet.write_row(1, 0, ["甲", "L1", "张三"])
        sheet.write_datetime(1, 3, datetime.datetime(2026, 7, 1), book.add_format({"num_format": "yyyy/m/d"}))
    (label,) = run_to_end(read_labels(path, guide)).labels
    assert label.when == "2026-07-01"


def test_that_a_file_without_the_columns_or_without_levels_is_refused(read):
    for rows, code in (
        ([["企业名称", "备注"], ["甲", "好"]], "labels.no_table"),
        ([["企业名称", "等级"], ["甲", ""]], "labels.empty"),
    ):
        with pytest.raises(UserError) as caught:
            read(*rows)
        assert caught.value.code == code


def test_that_an_unreadable_file_comes_back_with_its_findings(tmp_path, guide):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    found = run_to_end(read_labels(path, guide))
    assert not found.labels
    assert found.findings


def test_that_every_finding_of_a_file_is_worded(resources):
    assert all(resources.finding_kinds[code].severity is severity for code, severity in FILE_FINDINGS.items())
