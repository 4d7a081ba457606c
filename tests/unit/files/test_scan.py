"""What is hidden, filtered, merged or chosen from a list, in every format, beside what other libraries say of the same files."""

from __future__ import annotations

import io
import os
import time
import warnings
import zipfile
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.sheet import RawSheet, RawWorkbook, Validation
from app.domain.task import run_to_end
from app.files.preflight import recognise
from app.files.read_causes import Refusal
from app.files.read_workbook import read_content
from app.files.scan_cells import scan_xlsx
from app.files.scan_marks import DropDown, SheetMarks, clipped, hide, read_area, read_list, read_ranges
from app.files.scan_ods import read_condition, scan_ods
from app.files.scan_xls import scan_xls
from app.files.scan_xlsb import scan_xlsb

ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{body}
</office:spreadsheet></office:body></office:document-content>"""


def read(name: str, content: bytes) -> RawWorkbook:
    return run_to_end(read_content(name, content))


def written(fill, **options) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as workbook:
        fill(workbook)
    return buffer.getvalue()


def packed(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", ODS.format(body=body))
    return buffer.getvalue()


def survey(workbook: xlsxwriter.Workbook) -> RawSheet:
    sheet = workbook.add_worksheet("企业 '1' 表")
    for row in range(9):
        sheet.write_row(row, 0, [f"企业{row}", "是", row])
    return sheet


def numbers(spans) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}


def test_that_hidden_rows_and_columns_and_a_filter_are_told():
    def fill(workbook):
        sheet = survey(workbook)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(6, None, None, {"hidden": True})
        sheet.set_row(70, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(2, 300, None, None, {"hidden": True})

    (sheet,) = read("a.xlsx", written(fill)).sheets
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.filtered) == (((2, 3), (6, 6)), ((1, 2),), False)


@pytest.mark.parametrize("hides", [True, False])
def test_that_a_filter_counts_when_it_is_switched_on_and_hides_rows(hides):
    def fill(workbook):
        sheet = survey(workbook)
        sheet.autofilter(0, 0, 8, 2)
        sheet.filter_column(2, "x < 6")
        if hides:
            sheet.set_row(7, None, None, {"hidden": True})

    (sheet,) = read("a.xlsx", written(fill)).sheets
    assert sheet.filtered is hides


def test_that_the_filter_of_a_table_counts_and_its_buttons_alone_do_not():
    def fill(workbook, criterion):
        sheet = survey(workbook)
        sheet.add_table(0, 0, 8, 2, {"columns": [{"header": "a"}, {"header": "b"}, {"header": "c"}]})
        sheet.set_row(7, None, None, {"hidden": True})

    content = written(lambda workbook: fill(workbook, ""))
    assert read("a.xlsx", content).sheets[0].filtered is False
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/tables/"):
                part = part.replace(
                    b'<autoFilter ref="A1:C9"/>', b'<autoFilter ref="A1:C9"><filterColumn colId="2"/></autoFilter>'
                )
                assert b"filterColumn" in part
            archive.writestr(name, part)
    assert read("a.xlsx", target.getvalue()).sheets[0].filtered is True


def test_that_drop_down_lists_come_with_their_entries_wherever_these_stand():
    def fill(workbook):
        sheet = survey(workbook)
        lists = workbook.add_worksheet("选项 表")
        lists.write_column(1, 2, ["制造业", "批发业", "", "制造业", 12])
        workbook.define_name("行业", "='选项 表'!$C$2:$C$6")
        sheet.data_validation("B2:B9", {"validate": "list", "source": ["是", "否 & 无"]})
        sheet.data_validation(3, 0, 8, 0, {"validate": "list", "source": "='选项 表'!$C$2:$C$6"})
        sheet.data_validation("C2", {"validate": "list", "source": "=行业", "other_cells": [[4, 2, 5, 2]]})
        sheet.data_validation("C4", {"validate": "list", "source": "=$A$1:$A$2"})
        sheet.data_validation("C8", {"validate": "list", "source": "=INDIRECT(A1)"})
        sheet.data_validation("C9", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.data_validation("Z1:Z9", {"validate": "list", "source": ["x"]})

    sheet = read("a.xlsx", written(fill)).sheets[0]
    industries = ("制造业", "批发业", "12")
    assert sheet.validations == (
        Validation(((1, 1, 8, 1),), ("是", "否 & 无")),
        Validation(((3, 0, 8, 0),), industries),
        Validation(((1, 2, 1, 2), (4, 2, 5, 2)), industries),
        Validation(((3, 2, 3, 2),), ("企业0", "企业1")),
    )


def test_that_lists_of_later_excel_versions_are_found_in_their_extension():
    tail = (
        b'</sheetData><extLst><ext><x14:dataValidations><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        b"<xm:f>Lists!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>B2:B9 D4</xm:sqref></x14:dataValidation></x14:dataValidations>"
    )
    content, buffer = written(survey), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, zipfile.ZipFile(io.BytesIO(content)) as source:
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(name, part.replace(b"</sheetData>", tail) if "sheet1.xml" in name else part)
    (marks,) = scan_xlsx(buffer).values()
    assert marks.lists == [DropDown([(1, 1, 8, 1), (3, 3, 3, 3)], [], "Lists", (0, 0, 1, 0))]


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 9)))
def test_that_any_set_of_hidden_rows_and_columns_comes_back(rows, columns):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        for row in range(41):
            sheet.write_row(row, 0, range(10))
        for row in rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in columns:
            sheet.set_column(column, column, None, None, {"hidden": True})

    buffer = io.BytesIO(written(fill))
    (marks,) = scan_xlsx(buffer).values()
    assert (numbers(marks.hidden_rows), numbers(marks.hidden_columns)) == (rows, columns)
    spans = marks.hidden_rows
    assert all(one[1] + 1 < other[0] for one, other in pairwise(spans))


def test_that_hidden_rows_and_columns_of_old_workbooks_are_told():
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("企业")
    for row in range(9):
        for column in range(3):
            sheet.write(row, column, f"{row} {column}" * 20)
    for row in (4, 5):
        sheet.row(row).hidden = True
        sheet.row(row).height_mismatch = True
    sheet.col(1).hidden = True
    sheet.write_merge(10, 10, 0, 2, "合并")
    buffer = io.BytesIO()
    workbook.save(buffer)
    (found,) = read("a.xls", buffer.getvalue()).sheets
    assert (found.hidden_rows, found.hidden_columns, found.merges) == (((4, 5),), ((1, 1),), ((10, 0, 10, 2),))


def test_that_opendocument_sheets_tell_the_same():
    cells = "<table:table-cell/>" * 2
    body = (
        "<table:content-validations>"
        '<table:content-validation table:name="v1" table:condition="of:cell-content-is-in-list(&quot;是&quot;;&quot;否&quot;)"/>'
        '<table:content-validation table:name="v2" table:condition="of:cell-content-is-in-list([$\'选 项\'.$A$1:.$A$3])"/>'
        '<table:content-validation table:name="v3" table:condition="of:cell-content-is-whole-number()"/>'
        '</table:content-validations><table:table table:name="表"><table:table-column/>'
        '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/><table:table-header-rows>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" '
        'office:value-type="string"><text:p>合并</text:p></table:table-cell><table:covered-table-cell/>'
        '<table:table-cell office:value-type="string"><text:p>c</text:p></table:table-cell></table:table-row>'
        f'</table:table-header-rows><table:table-row table:number-rows-repeated="2" table:visibility="collapse">{cells}</table:table-row>'
        + '<table:table-row><table:table-cell table:content-validation-name="v1"/><table:table-cell '
        'table:content-validation-name="v2" table:number-columns-repeated="2"/></table:table-row>'
        * 2
        + '<table:table-row table:visibility="filter"><table:table-cell table:content-validation-name="v3" '
        'office:value-type="string"><text:p>末</text:p></table:table-cell></table:table-row>'
        '</table:table><table:table table:name="选 项"><table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p>'
        '</table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>乙</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    sheet, lists = read("a.ods", packed(body)).sheets
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.filtered) == (((1, 2), (5, 5)), ((1, 2),), True)
    assert sheet.merges == ((0, 0, 0, 1),)
    assert sheet.validations == (Validation(((3, 0, 4, 0),), ("是", "否")), Validation(((3, 1, 4, 2),), ("甲", "乙")))
    assert (lists.hidden_rows, lists.merges, lists.validations) == ((), (), ())


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('cell-content-is-in-list("a""b";" ")', DropDown([], ['a"b'])),
        ("of:cell-content-is-in-list([.$B$2:.$B$4])", DropDown([], [], "表", (1, 1, 3, 1))),
        ("of:cell-content-is-in-list([$Lists.$A$1:$Lists.$A$2])", DropDown([], [], "Lists", (0, 0, 1, 0))),
        ("of:cell-content()>3", None),
        ("of:cell-content-is-in-list(INDIRECT([.A1]))", DropDown([], [], "表", (0, 0, 0, 0))),
    ],
)
def test_that_conditions_of_opendocument_are_read(condition, expected):
    assert read_condition(condition, "表") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$A$1:$B$9", ("", (0, 0, 8, 1))),
        ("=Lists!C3", ("Lists", (2, 2, 2, 2))),
        ("'它''s 表'!$A$1:$A$2", ("它's 表", (0, 0, 1, 0))),
        ("选项!$A:$B", ("选项", (0, 0, 1_048_575, 1))),
        ("'[book.xlsx]表'!$A$1", None),
        ("[1]表!$A$1", None),
        ("A9:A1", None),
        ("A0", None),
        ("OFFSET(A1,0,0,3)", None),
        ("", None),
    ],
)
def test_that_references_are_read_and_nothing_is_calculated(text, expected):
    assert read_area(text) == expected


def test_that_list_formulas_are_texts_references_or_names():
    names = {"行业": "选项!$A$1:$A$2", "loop": "loop"}
    assert read_list('"是, 否,,""一""方"', "表", {}).entries == ["是", "否", '"一"方']
    assert read_list("行业", "表", names) == DropDown([], [], "选项", (0, 0, 1, 0))
    assert read_list("表!行业", "表", names) == DropDown([], [], "选项", (0, 0, 1, 0))
    assert read_list("$B$1:$B$2", "表", names) == DropDown([], [], "表", (0, 1, 1, 1))
    assert read_list("loop", "表", names) is None
    assert read_ranges("A1 x B2:C3") == [(0, 0, 0, 0), (1, 1, 2, 2)]


def test_that_spans_join_and_stay_within_bounds():
    spans: list[tuple[int, int]] = []
    for first, last in ((1, 1), (2, 5), (3, 4), (9, 9)):
        hide(spans, first, last)
    assert spans == [(1, 5), (9, 9)]
    assert clipped(spans, 4) == [(1, 3)]
    assert clipped([(0, 2**40)], 10) == [(0, 9)]


def sheet_of(rows: str, tail: str = "", head: str = "") -> bytes:
    """A workbook whose sheet part is written by hand."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive, zipfile.ZipFile(io.BytesIO(written(survey))) as source:
        for name in source.namelist():
            part = source.read(name)
            if "sheet1.xml" in name:
                part = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{head}'.encode()
                part += f"<sheetData>{rows}</sheetData>{tail}</worksheet>".encode()
            archive.writestr(name, part)
    return buffer.getvalue()


ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "make",
    [
        lambda: sheet_of("".join(f'<row r="{n}" hidden="1"/>' for n in range(1, 400_000, 2)) + ROW),
        lambda: sheet_of(ROW, "<dataValidation " * 300_000),
        lambda: sheet_of(ROW, '<dataValidation type="list" sqref="A1"><formula1>' * 100_000),
        lambda: sheet_of(
            ROW, f'<dataValidation type="list" sqref="{"A1:A9 " * 200_000}"><formula1>"a"</formula1></dataValidation>'
        ),
        lambda: sheet_of(ROW, head='<cols><col min="1" max="99999" hidden="1"/></cols>' * 20_000),
        lambda: packed(
            '<table:table table:name="a">' + '<table:table-row table:visibility="collapse"/><table:table-row/>' * 150_000
        ),
        lambda: packed(
            '<table:table table:name="a"><table:table-row table:number-rows-repeated="999999999" table:visibility="collapse">'
            '<table:table-cell table:number-columns-repeated="999999999" table:number-columns-spanned="999999999"/>'
        ),
    ],
    ids=["rows", "lists never closed", "formulas never closed", "areas", "columns", "ods rows", "ods repeats"],
)
def test_that_declarations_by_the_hundred_thousand_cost_seconds_at_most_and_bounded_memory(make):
    content = make()
    started = time.process_time()
    (marks,) = (scan_ods if content[30:38] == b"mimetype" else scan_xlsx)(io.BytesIO(content)).values()
    assert time.process_time() - started < 5
    assert len(marks.hidden_rows) <= 100_000
    assert len(marks.hidden_columns) <= 100_000
    assert sum(len(found.ranges) for found in marks.lists) <= 2_000_000 and len(marks.lists) <= 2_000


@pytest.mark.parametrize("scan", [scan_xls, scan_xlsb, scan_xlsx, scan_ods])
def test_that_rubbish_has_no_marks(tmp_path, scan):
    path = tmp_path / "a"
    for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), os.urandom(5000)):
        path.write_bytes(content)
        assert scan(path) == {}


def is_kind(path: Path, kind: str) -> bool:
    try:
        return path.is_file() and path.stat().st_size < 300_000 and recognise(path) == kind
    except Refusal:
        return False


def test_that_old_workbooks_hide_what_xlrd_says(shared_data):
    import xlrd

    n_hidden = 0
    for path in sorted((shared_data / "workbooks").rglob("*.xls")):
        if not is_kind(path, "xls"):
            continue
        try:
            book = xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
        except BaseException:  # noqa: BLE001 — broken on purpose: no second opinion
            continue
        found = scan_xls(path)
        for sheet in book.sheets():
            marks = found.get(sheet.name, SheetMarks())
            rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
            columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
            assert (numbers(marks.hidden_rows), numbers(marks.hidden_columns) - {256}) == (rows, columns - {256}), path.name
            n_hidden += bool(rows) + bool(columns)
    assert n_hidden > 20


def test_that_workbooks_hide_what_openpyxl_says(shared_data):
    n_hidden = 0
    for path in sorted((shared_data / "workbooks").rglob("*.xls[xm]")):
        if not is_kind(path, "xlsx"):
            continue
        try:
            with warnings.catch_warnings(action="ignore"):
                book = openpyxl.load_workbook(path)
        except BaseException:  # noqa: BLE001 — broken on purpose: no second opinion
            continue
        found = scan_xlsx(path)
        for sheet in book.worksheets:
            rows = {row - 1 for row, info in sheet.row_dimensions.items() if info.hidden}
            columns = [range(info.min - 1, info.max) for info in sheet.column_dimensions.values() if info.hidden]
            marks = found[sheet.title]
            assert (numbers(marks.hidden_rows), numbers(marks.hidden_columns)) == (rows, set().union(*columns)), path.name
            n_hidden += bool(rows) + bool(columns)
    assert n_hidden > 5


def lists(marks: SheetMarks) -> set[str]:
    return {repr((found.entries, found.sheet, found.area, sorted(found.ranges))) for found in marks.lists}


def test_that_binary_workbooks_tell_what_their_twins_in_other_formats_tell(shared_data):
    from python_calamine import CalamineWorkbook

    counts = {"sheets": 0, "hidden": 0, "lists": 0, "merges": 0}
    originals = {path.name: path for path in (shared_data / "workbooks" / "apache_poi").rglob("*.xls*")}
    for path in sorted((shared_data / "workbooks").rglob("apachepoi_*.xlsb")):
        twin = originals.get(path.stem.removeprefix("apachepoi_"), path)
        if twin == path or not is_kind(path, "xlsb") or not is_kind(twin, twin.suffix[1:]):
            continue
        others = scan_xlsx(twin) if twin.suffix == ".xlsx" else scan_xls(twin)
        book = CalamineWorkbook.from_path(twin)
        for name, marks in scan_xlsb(path).items():
            if name not in others or name not in book.sheet_names:
                continue
            other, spans = others[name], book.get_sheet_by_name(name).merged_cell_ranges or []
            assert marks.hidden_rows == other.hidden_rows, path.name
            assert clipped(marks.hidden_columns, 100) == clipped(other.hidden_columns, 100), path.name
            assert (marks.filtered, lists(marks)) == (other.filtered, lists(other)), path.name
            assert sorted(marks.merges) == sorted((*first, *last) for first, last in spans), path.name
            for key, found in (("hidden", marks.hidden_rows or marks.hidden_columns), ("lists", marks.lists), ("merges", spans)):
                counts[key] += bool(found)
            counts["sheets"] += 1
    assert counts["sheets"] > 50
    assert min(counts.values()) > 0, counts
