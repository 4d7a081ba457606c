"""A sender's own workbook as a slip: marked where it is wrong, and otherwise the very same."""

from __future__ import annotations

import contextlib
import io
import re

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.intake.furniture import is_guide_sheet
from app.domain.findings import Severity
from app.files.slip_book import mark_workbook
from app.files.slip_package import Unfit
from tests.unit.files.slip_samples import FILLS, LOOK, NAMES, SUMMARY, charted, member, packed, plain, rebuilt, remark, values

SHEET = "xl/worksheets/sheet1.xml"
CHANGED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    SHEET,
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}
CHARTED = charted()


def slip(content, *remarks):
    return mark_workbook(content, remarks, SUMMARY, LOOK)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def ground(cell):
    return cell.fill.fgColor.rgb


def test_that_only_the_parts_that_carry_marks_differ_and_all_others_keep_their_packed_bytes():
    before = charted()
    after = packed(slip(before, remark("填报表", 3, 2)))
    kept = {name: part for name, part in packed(before).items() if name not in CHANGED}
    assert "xl/charts/chart1.xml" in kept and "xl/worksheets/sheet2.xml" in kept and "xl/sharedStrings.xml" in kept
    assert {name: after[name] for name in kept} == kept
    assert set(after) - set(packed(before)) == {"xl/worksheets/sheet3.xml"}


def test_that_in_the_sheet_nothing_but_the_style_of_the_wrong_cell_changes():
    before = charted()
    old, new = member(before, SHEET), member(slip(before, remark("填报表", 3, 2)), SHEET)
    restored = re.sub(rb'(<c r="B3") s="\d+"', rb'\1 s="' + re.search(rb'<c r="B3" s="(\d+)"', old)[1] + b'"', new)
    assert new != old
    assert restored == old


def test_that_a_wrong_cell_keeps_its_own_format_and_value_under_the_colour():
    cell = opened(slip(charted(), remark("填报表", 3, 2)))["填报表"]["B3"]
    assert (ground(cell), cell.number_format, cell.font.b, cell.font.name) == (
        f"FF{FILLS[Severity.ERROR]}",
        "#,##0.00",
        True,
        "楷体",
    )
    assert cell.value == 201
    assert cell.protection.locked is False


def test_that_the_worst_of_several_findings_gives_the_colour_and_all_of_them_the_note():
    marks = (remark("填报表", 3, 2, Severity.WARNING, "提醒在此"), remark("填报表", 3, 2, Severity.ERROR, "错误在此"))
    cell = opened(slip(charted(), *marks))["填报表"]["B3"]
    assert ground(cell) == f"FF{FILLS[Severity.ERROR]}"
    assert cell.comment.text == "错误在此\n\n提醒在此"
    assert cell.comment.author == "智衡核查"


def test_that_a_note_is_neither_coloured_nor_commented_but_listed():
    book = opened(slip(charted(), remark("填报表", 3, 2, Severity.NOTE, value="约三百")))
    assert book["填报表"]["B3"].comment is None
    assert ground(book["填报表"]["B3"]) == "00000000"
    assert "约三百" in [cell.value for row in book[NAMES[0]].iter_rows() for cell in row]


@pytest.mark.parametrize("place", [(4, 3), (5, 40), (60, 2), (1000, 1)], ids=["in row", "right of row", "new row", "far row"])
def test_that_an_absent_cell_is_made_where_it_belongs(place):
    row, column = place
    content = slip(charted(), remark("填报表", row, column), remark("填报表", 60, 1))
    cell = opened(content)["填报表"].cell(row, column)
    assert ground(cell) == f"FF{FILLS[Severity.ERROR]}"
    assert cell.value is None
    addresses = re.findall(rb'<c r="([A-Z]+)(\d+)"', member(content, SHEET))
    order = [(int(digits), len(letters), letters) for letters, digits in addresses]
    assert order == sorted(order)


def test_that_an_absent_cell_takes_the_format_of_its_column():
    assert opened(slip(charted(), remark("填报表", 4, 3)))["填报表"]["C4"].number_format == "0"


def test_that_another_persons_note_stays_and_ours_stands_under_it():
    cell = opened(slip(charted(), remark("填报表", 3, 1)))["填报表"]["A3"]
    assert cell.comment.text == "别人的批注\n智衡核查：\n【错误】数值无法识别\n修改办法：请填写数字。"
    assert cell.comment.author == "王某"


def test_that_the_summary_lists_each_finding_with_a_link_to_its_cell():
    sheet = opened(slip(charted(), remark("填报表", 3, 2, value="=1+1"), remark("O'Brien", 2, 2), remark("没有", 1, 1)))[NAMES[0]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0] == ["1", "错误", "填报表", "B3", "=1+1", "数值无法识别", "请填写数字。"]
    assert [sheet.cell(row, 4).hyperlink.location for row in (5, 6)] == ["'填报表'!B3", "'O''Brien'!B2"]
    assert sheet["D7"].hyperlink is None
    assert sheet["E5"].data_type != "f"


def test_that_intake_takes_the_summary_for_a_sheet_without_answers():
    assert all(is_guide_sheet(name) for name in NAMES)


def test_that_a_second_slip_takes_the_marks_of_the_first_away():
    first = slip(charted(), remark("填报表", 3, 2), remark("填报表", 3, 1), remark("填报表", 9, 9))
    second = opened(slip(first, remark("填报表", 4, 2, Severity.WARNING)))
    sheet = second["填报表"]
    assert second.sheetnames == ["填报表", "O'Brien", NAMES[0]]
    assert [ground(sheet[a]) for a in ("B3", "I9", "B4")] == ["00000000", "00000000", f"FF{FILLS[Severity.WARNING]}"]
    assert sheet["B3"].comment is None
    assert sheet["B3"].number_format == "#,##0.00"
    assert sheet["A3"].comment.text == "别人的批注"
    assert [row[3].value for row in second[NAMES[0]].iter_rows(min_row=5)] == ["B4"]


def test_that_the_same_input_gives_the_same_bytes():
    content = charted()
    assert slip(content, remark("填报表", 3, 2)) == slip(content, remark("填报表", 3, 2))


def test_that_texts_that_xml_cannot_hold_do_no_harm():
    sheet = opened(slip(plain([["a"]]), remark("Sheet1", 1, 1, note="a<b>&\x00\x1f\ud800c", value="\x0b]]>")))
    assert sheet["Sheet1"]["A1"].comment.text == "a<b>&c"
    assert sheet[NAMES[0]]["E5"].value == "]]>"


def test_that_sheets_with_prefixed_names_are_marked_as_well():
    def prefixed(name, data):
        if name != SHEET:
            return data
        text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", data.decode())
        return text.replace("xmlns=", "xmlns:x=").encode()

    content = slip(rebuilt(plain([["a", "b"], ["c"]]), prefixed), remark("Sheet1", 1, 2), remark("Sheet1", 2, 2))
    assert b"<x:legacyDrawing" in member(content, SHEET)
    book = opened(content)
    assert [ground(book["Sheet1"][a]) for a in ("A1", "B1", "B2")] == ["00000000", *[f"FF{FILLS[Severity.ERROR]}"] * 2]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_that_parts_in_another_encoding_are_marked_as_well(encoding):
    def recoded(name, data):
        if name != SHEET:
            return data
        body = re.sub(r"^<\?xml[^>]*\?>", "", data.decode())
        return f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)

    content = slip(rebuilt(plain([["甲", "乙"]]), recoded), remark("Sheet1", 1, 2))
    assert ground(opened(content)["Sheet1"]["B1"]) == f"FF{FILLS[Severity.ERROR]}"
    assert opened(content)["Sheet1"]["A1"].value == "甲"


def test_that_cells_and_rows_without_addresses_are_counted():
    def bare(name, data):
        return re.sub(rb' r="[A-Z]*\d+"', b"", data) if name == SHEET else data

    content = slip(rebuilt(plain([["a", "b"], ["c", "d"]]), bare), remark("Sheet1", 2, 2))
    marked = re.findall(rb"<c [^>]*>", member(content, SHEET))
    plainly = re.findall(rb"<c [^>]*>", member(rebuilt(plain([["a", "b"], ["c", "d"]]), bare), SHEET))
    assert [old == new for old, new in zip(plainly, marked, strict=True)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (SHEET, lambda data: b'<!DOCTYPE a [<!ENTITY e "x">]>' + data.split(b"?>", 1)[-1]),
        (SHEET, lambda data: data[:-20]),
        ("[Content_Types].xml", lambda data: data.replace(b"sheet.main+xml", b"sheet.binary.macroEnabled.main")),
        ("_rels/.rels", lambda data: b"<Relationships/>"),
        ("xl/styles.xml", lambda data: b"<html/>"),
    ],
    ids=["doctype", "cut short", "binary", "no workbook", "no styles"],
)
def test_that_a_package_that_cannot_be_changed_in_place_is_refused(name, change):
    broken = rebuilt(plain([["a"]]), lambda part, data: change(data) if part == name else data)
    with pytest.raises(Unfit):
        slip(broken, remark("Sheet1", 1, 1))


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_that_what_is_no_package_is_refused(content):
    with pytest.raises(Unfit):
        slip(content)


def test_that_a_workbook_without_styles_gets_some():
    def bare(name, data):
        return (
            b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
            if name == "xl/styles.xml"
            else data
        )

    content = slip(rebuilt(plain([["a"]]), bare), remark("Sheet1", 1, 1))
    assert ground(opened(content)["Sheet1"]["A1"]) == f"FF{FILLS[Severity.ERROR]}"


cells = st.one_of(st.none(), st.integers(-9, 9), st.text("甲乙ab<&\"' \n", max_size=4), st.booleans())
grids = st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=6)
places = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 30), st.sampled_from(list(Severity))), max_size=8)


@settings(max_examples=60, deadline=None)
@given(grids, places)
def test_that_a_slip_returned_unchanged_holds_the_same_values(grid, marks):
    before = plain(grid)
    after = slip(before, *(remark("Sheet1", row, column, severity) for row, column, severity in marks))

    def read(content):
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Sheet1").to_python()

    assert _trimmed(read(after)) == _trimmed(read(before))
    for row, column, severity in marks:
        assert severity is Severity.NOTE or ground(opened(after)["Sheet1"].cell(row, column)) != "00000000"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_that_a_damaged_part_is_refused_or_marked_but_never_breaks_the_run(data):
    first = slip(CHARTED, remark("填报表", 3, 1), remark("填报表", 3, 2))
    name = data.draw(st.sampled_from(sorted(name for name in packed(first) if not name.startswith(("xl/charts", "docProps")))))
    part = bytearray(member(first, name))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(part) - 1))
        part[place : place + data.draw(st.integers(1, 3))] = data.draw(st.binary(max_size=3))
        part = part or bytearray(b" ")
    damaged = rebuilt(first, lambda other, content: bytes(part) if other == name else content)
    with contextlib.suppress(Unfit):
        assert slip(damaged, remark("填报表", 4, 2), remark("填报表", 90, 2)).startswith(b"PK")


def _trimmed(rows):
    """The filled cells alone: an empty cell that was coloured widens the sheet."""
    shortened = [tuple("" if cell is None else cell for cell in row) for row in rows]
    return {(r, c): cell for r, row in enumerate(shortened) for c, cell in enumerate(row) if cell != ""}


REAL = (
    "45544.xlsx",
    "48539.xlsx",
    "64759.xlsx",
    "threaded_comments_none.xlsx",
    "WithChart.xlsx",
    "WithEmbeded.xlsx",
    "SimpleStrict.xlsx",
    "47889.xlsx",
    "ExcelTables.xlsx",
    "mv-calculator-final-2-20-2013.xlsm",
    "45431.xlsm",
    "BlankSheetTypes.xlsm",
)


@pytest.mark.parametrize("name", REAL)
def test_that_real_workbooks_keep_charts_macros_comments_and_values(shared_data, name):
    found = next((shared_data / "workbooks").rglob(name), None)
    assert found is not None
    before = found.read_bytes()
    sheets = values(before)
    marks = [remark(sheet, row, column) for sheet in list(sheets)[:3] for row, column in ((1, 1), (3, 2), (400, 30))]
    after = slip(before, *marks)
    old, new = packed(before), packed(after)
    differing = {part for part in old if new[part] != old[part]}
    sheet_like = re.compile(r"xl/(worksheets/(_rels/)?|comments|drawings/vml|styles|workbook|_rels/workbook)|\[Content_Types\]")
    assert all(sheet_like.match(part) for part in differing)
    assert {part for part in old if re.search("chart|vbaProject|media|embeddings|ctrlProps|threaded|tables/", part)} <= set(
        old
    ) - differing
    again = values(after)
    assert {title: _trimmed(rows) for title, rows in again.items() if title in sheets} == {
        title: _trimmed(rows) for title, rows in sheets.items()
    }
    assert all(
        ground(opened(after)[mark.place.sheet].cell(mark.place.row, mark.place.column)) != "00000000" for mark in marks[:3]
    )
