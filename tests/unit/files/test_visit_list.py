"""A visit list: what is printed, that it is read back as it was written, and that firms' texts stay texts."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.files.labels import LabelGuide, read_labels
from app.files.resources import load_palette
from app.files.visit_list import ASSESSED, ROUTE, VisitSheet, breaks_of, write_visit_list
from tests.unit.workflows.county import credit_code

NOW = "2026-09-01T08:00:00+08:00"
NASTY = ["=1+1", "@SUM(A1)", "+86 138", "-2", "http://a.b/c", "=cmd|' /C calc'!A0", "甲&乙<丙>", "𠮷野家"]
HEAD = 4  # row of the headings, from 1


def sheet_of(names=("甲", "乙", "丙"), townships=("东河镇", "东河镇", "西河镇")):
    rows = tuple(
        (number, name, credit_code(number), town, "C 制造业", "小型", 20.0, 0.25, 4.0, "等级较明确", "", "", "2026")
        for number, (name, town) in enumerate(zip(names, townships, strict=True), 1)
    )
    return VisitSheet(
        "走访名单 V1", "内部使用", "说明", "名单V1 & 种子7", rows, ("L0 未起步", "L1 认知试点"), breaks_of(townships)
    )


def write(tmp_path, texts, sheet, name="名单.xlsx"):
    path = tmp_path / name
    write_visit_list(sheet, path, load_palette("light"), texts, NOW)
    return path


def guide_of(resources):
    return LabelGuide(resources.rubrics["aiplus-2026"], "2026", resources.words, "2026-09-01")


def column(name):
    return [each for each, _ in (*ROUTE, *ASSESSED)].index(name) + 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_a_list_filled_in_is_read_back_without_a_question(tmp_path, zh, resources, lang):
    path = write(tmp_path, zh.switched(lang), sheet_of())
    book = openpyxl.load_workbook(path)
    page = book.active
    for name, text in (("level", "L1 认知试点"), ("who", "张三"), ("when", "2026-08-01"), ("why", "看了"), ("evidence", "照片")):
        page.cell(HEAD + 1, column(name), text)
    for name, text in (("level", "L0"), ("who", "张三"), ("when", "2026-08-02"), ("level2", "L1"), ("who2", "李四")):
        page.cell(HEAD + 3, column(name), text)
    book.save(path)
    found = run_to_end(read_labels(path, guide_of(resources)))
    assert not found.findings
    assert [(each.name, each.code, each.level, each.who, each.when, each.wave) for each in found.labels] == [
        ("甲", credit_code(1), "L1", "张三", "2026-08-01", "2026"),
        ("丙", credit_code(3), "L0", "张三", "2026-08-02", "2026"),
        ("丙", credit_code(3), "L1", "李四", "2026-08-02", "2026"),
    ]


def test_that_a_list_nobody_filled_in_holds_no_assessment(tmp_path, zh, resources):
    for name in ("名单.xlsx", "名单.csv"):
        with pytest.raises(UserError) as caught:
            run_to_end(read_labels(write(tmp_path, zh, sheet_of(), name), guide_of(resources)))
        assert caught.value.code == "labels.empty"


def test_that_no_text_of_a_firm_becomes_a_formula_or_a_link(tmp_path, zh):
    path = write(tmp_path, zh, sheet_of(NASTY, ["东河镇"] * len(NASTY)))
    page = openpyxl.load_workbook(path).active
    cells = [page.cell(HEAD + number, 2) for number in range(1, len(NASTY) + 1)]
    assert [cell.value for cell in cells] == NASTY
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(path) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "hyperlink" not in xml
    text = write(tmp_path, zh, sheet_of(NASTY, ["东河镇"] * len(NASTY)), "名单.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert "\n=" not in text.replace(",=", "\n=")


def test_that_the_page_is_landscape_with_headings_numbers_and_the_draw_on_every_page(tmp_path, zh):
    page = openpyxl.load_workbook(write(tmp_path, zh, sheet_of())).active
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == f"${HEAD}:${HEAD}"
    assert page.print_title_cols == "$A:$B"
    assert "&P" in page.oddFooter.center.text
    assert "种子7" in page.oddFooter.left.text
    assert zh("visits.internal") in page.oddFooter.right.text
    assert page.freeze_panes == f"C{HEAD + 1}"
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists == dict.fromkeys(
        (f"{openpyxl.utils.get_column_letter(column(n))}{HEAD + 1}" for n in ("level", "level2")), '"L0 未起步,L1 认知试点"'
    )


def test_that_the_same_list_gives_the_same_bytes(tmp_path, zh):
    one, other = (write(tmp_path, zh, sheet_of(), name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == other


def test_that_no_computed_level_is_shown_to_those_who_assess():
    assert not {"predicted", "set_low", "set_high", "index"} & {name for name, _ in ROUTE}


def test_that_townships_begin_where_the_name_changes():
    assert breaks_of(["a", "a", "b", "b", "c"]) == {2, 4}
    assert breaks_of([]) == frozenset()


def test_that_a_folder_that_is_not_there_is_a_plain_error(tmp_path, zh):
    with pytest.raises(UserError) as caught:
        write(tmp_path / "没有", zh, sheet_of())
    assert caught.value.code == "file.no_folder"
