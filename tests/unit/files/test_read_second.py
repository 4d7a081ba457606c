"""The second readers give the same cells as the first, and bound what a file can make them do."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.sheet import CellKind
from app.files.preflight import recognise
from app.files.read_calamine import read_calamine
from app.files.read_causes import Refusal
from app.files.read_second import read_second
from app.files.read_sink import Sink
from app.files.scan import Scan
from app.files.sheet_codec import read_frame, split_texts


@dataclass
class Sent:
    """What a reader sent of one sheet: cells by place as (text, kind), merged areas."""

    merges: list[tuple[int, ...]]
    hidden: bool
    cells: dict[tuple[int, int], tuple[str, CellKind]] = field(default_factory=dict)


def sent(path: Path, read) -> tuple[dict[str, Sent], list[str], str]:
    """Return the sheets by name, the findings' codes and what the reader called itself."""
    pipe = io.BytesIO()
    kind = recognise(path)
    sink = Sink(pipe, marks=Scan(path, kind).marks)
    name = read(path, kind, sink)
    pipe.seek(0)
    sheets: dict[str, Sent] = {}
    codes, column = [], 0
    while frame := read_frame(pipe):
        header, body = frame
        if header["t"] == "sheet":
            sheet = sheets[header["name"]] = Sent([tuple(merge) for merge in header["merges"]], header["hidden"])
            column = 0
        elif header["t"] == "column":
            rows, texts = header["rows"], split_texts(header, body)
            kinds = body[4 * rows :][: header["values"]]
            values = memoryview(body)[: 4 * rows].cast("i")
            cells = {(row, column): (texts[code], CellKind(kinds[code])) for row, code in enumerate(values) if code}
            sheet.cells.update(cells)
            column += 1
        elif header["t"] == "finding":
            codes.append(header["code"])
    return sheets, codes, name


def texts(sheet: Sent) -> dict[tuple[int, int], str]:
    return {place: text for place, (text, _) in sheet.cells.items()}


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def ods(path: Path, body: str, styles: str = "") -> Path:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
    )
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}{calc}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("any_sheets.ods", "xml"),
        ("date.xlsx", "openpyxl"),
        ("date_1904.xlsx", "openpyxl"),
        ("errors.xlsx", "openpyxl"),
        ("has_x000D_.xlsx", "openpyxl"),
        ("issues.xlsx", "openpyxl"),
        ("merge_cells.xlsx", "openpyxl"),
        ("merged_range.xlsx", "openpyxl"),
        ("issues.xls", "xlrd"),
        ("merge_cells.xls", "xlrd"),
        ("biff5_write.xls", "xlrd"),
        ("date_1904.xlsb", "pyxlsb"),
        ("issues.xlsb", "pyxlsb"),
        ("any_sheets.xlsb", "pyxlsb"),
        ("date.ods", "xml"),
        ("special_cells.ods", "xml"),
        ("with-annotation.ods", "xml"),
        ("number_rows_repeated.ods", "xml"),
        ("covered.ods", "xml"),
    ],
)
def test_that_both_readers_give_the_same_cells(shared_data, name, reader):
    path = shared_data / "workbooks" / "calamine" / "tests" / name
    first, _, _ = sent(path, read_calamine)
    second, _, called = sent(path, read_second)
    assert called == reader
    assert list(second) == list(first)
    for title, sheet in first.items():
        assert second[title].cells == sheet.cells
        assert second[title].hidden == sheet.hidden
        if not name.endswith((".ods", ".xlsb")):
            assert sorted(second[title].merges) == sorted(sheet.merges)


@pytest.mark.parametrize("name", ["formula_stress_test.xlsb", "ErrorTypes.xlsb", "sushi.xlsb"])
def test_that_both_readers_give_the_same_texts_and_numbers_of_binary_workbooks(shared_data, name):
    path = shared_data / "workbooks" / "sheetjs" / name
    first, second = sent(path, read_calamine)[0], sent(path, read_second)[0]
    for title, sheet in first.items():
        plain = {place: cell for place, cell in sheet.cells.items() if cell[1] != CellKind.DATE}
        assert {place: second[title].cells.get(place) for place in plain} == plain


def test_that_old_versions_which_the_first_reader_cannot_open_are_read(shared_data):
    folder = shared_data / "workbooks" / "apache_poi" / "test-data" / "spreadsheet"
    read = [
        any(sheet.cells for sheet in sent(folder / name, read_second)[0].values())
        for name in ("testEXCEL_3.xls", "testEXCEL_5.xls", "testEXCEL_95.xls")
    ]
    assert all(read)


def test_that_workbooks_whose_styles_are_damaged_keep_their_cells(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["青山机械", 12])
    workbook.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as damaged:
        for part in whole.namelist():
            content = whole.read(part)
            damaged.writestr(part, content[: len(content) // 2] if part.endswith(("styles.xml", "core.xml")) else content)
    (sheet,) = sent(tmp_path / "b.xlsx", read_second)[0].values()
    assert texts(sheet) == {(0, 0): "青山机械", (0, 1): "12"}


def test_that_a_damaged_sheet_is_a_finding_and_the_others_are_read(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["甲"])
    workbook.create_sheet("二").append(["乙"])
    workbook.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as damaged:
        for part in whole.namelist():
            content = whole.read(part)
            damaged.writestr(part, content[:-40] if part.endswith("sheet1.xml") else content)
    sheets, codes, _ = sent(tmp_path / "b.xlsx", read_second)
    assert codes == ["READ_SHEET_DAMAGED"]
    assert {name: texts(sheet) for name, sheet in sheets.items()} == {"二": {(0, 0): "乙"}}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods", "xml", "text"])
def test_that_rubbish_is_refused_by_every_reader(tmp_path, kind):
    path = write(tmp_path / "a", b"\xd0\xcf\x11\xe0 rubbish")
    with pytest.raises(Refusal) as caught:
        read_second(path, kind, Sink(io.BytesIO()))
    assert caught.value.code == "READ_DAMAGED"


def test_that_error_values_and_booleans_of_old_workbooks_keep_their_kind(tmp_path):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("企业")
    for column, value in enumerate(["0012", 12, 12.5, True]):
        sheet.write(2, column + 1, value)
    sheet.row(2).set_cell_error(5, "#DIV/0!")
    sheet.write_merge(5, 6, 0, 1, "合计")
    sheet.write(6, 2, "x")
    workbook.save(str(tmp_path / "a.xls"))
    sheets, codes, _ = sent(tmp_path / "a.xls", read_second)
    assert codes == ["READ_ERROR_CELLS"]
    assert texts(sheets["企业"]) == {
        (2, 1): "0012",
        (2, 2): "12",
        (2, 3): "12.5",
        (2, 4): "TRUE",
        (2, 5): "#DIV/0!",
        (5, 0): "合计",
        (6, 2): "x",
    }
    assert sheets["企业"].merges == [(5, 0, 6, 1)]


def test_that_cells_of_open_documents_have_their_kind_and_place(tmp_path):
    path = ods(
        tmp_path / "a.ods",
        '<table:table table:name="企业" table:style-name="h"><table:table-row table:number-rows-repeated="2"/>'
        '<table:table-row><table:table-cell/><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"'
        ' office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
        "<text:p>一<text:s text:c='2'/><text:span>二</text:span></text:p><text:p>三</text:p></table:table-cell>"
        '<table:covered-table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.35"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT26H"/>'
        '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>',
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>',
    )
    sheets, codes, _ = sent(path, read_second)
    sheet = sheets["企业"]
    number = CellKind.NUMBER
    assert sheet.cells == {
        (2, 1): ("一  二\n三", CellKind.TEXT),
        (2, 4): ("0.35", number),
        (2, 5): ("0.35", number),
        (2, 6): ("TRUE", CellKind.BOOLEAN),
        (2, 7): ("1 day, 2:00:00", CellKind.DATE),
        (2, 8): ("#N/A", CellKind.ERROR),
    }
    assert (sheet.hidden, sheet.merges, codes) == (True, [(2, 1, 2, 2)], ["READ_ERROR_CELLS"])


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="999999999"><table:table-cell office:value-type="float" office:value="1"/>',
        '<table:table-row><table:table-cell table:number-columns-repeated="999999999" office:value-type="float" office:value="1"/>',
        '<table:table-row><table:table-cell table:number-columns-repeated="16384"/><table:table-cell><text:p>x</text:p>'
        "</table:table-cell>",
    ],
)
def test_that_repeated_cells_are_refused_before_they_are_multiplied(tmp_path, row):
    path = ods(tmp_path / "a.ods", f'<table:table table:name="一">{row}</table:table-row></table:table>')
    with pytest.raises(Refusal) as caught:
        sent(path, read_second)
    assert caught.value.code == "READ_FAR_CELLS"


EXCEL_2003 = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="企業"><Table>
<Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">報表</Data></Cell><Cell><Data ss:Type="String">甲</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="Number">2000</Data></Cell>
<Cell><Data ss:Type="DateTime">2025-03-01T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">0</Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="String">001<B xmlns="http://www.w3.org/TR/REC-html40">2</B></Data></Cell></Row>
</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "GB2312", "big5", "utf-16"])
def test_that_excel_2003_xml_is_read_in_chinese_encodings(tmp_path, encoding):
    path = write(
        tmp_path / "导出.xls",
        EXCEL_2003.format(encoding=encoding).encode(encoding.replace("GB2312", "gbk")),
    )
    assert recognise(path) == "xml"
    sheets, codes, _ = sent(path, read_second)
    assert sheets["企業"].hidden
    assert texts(sheets["企業"]) == {
        (0, 0): "報表",
        (0, 3): "甲",
        (3, 1): "2000",
        (3, 2): "2025-03-01",
        (3, 3): "FALSE",
        (3, 4): "#N/A",
        (3, 5): "0012",
    }
    assert sheets["企業"].merges == [(0, 0, 1, 2)]
    assert codes == ["READ_ERROR_CELLS"]


def test_that_entities_are_refused_in_xml_without_a_container(tmp_path):
    document = EXCEL_2003.format(encoding="utf-8").replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1)
    with pytest.raises(Refusal) as caught:
        sent(write(tmp_path / "a.xls", document), read_second)
    assert caught.value.code == "READ_UNSAFE"


CELL = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8).filter(lambda text: text == text.strip()),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, max_size=6), max_size=8))
def test_that_what_is_written_is_read_alike_by_both_readers(tmp_path, rows):
    workbook = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = workbook.active.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    workbook.save(tmp_path / "a.xlsx")
    first, second = sent(tmp_path / "a.xlsx", read_calamine)[0], sent(tmp_path / "a.xlsx", read_second)[0]
    assert second["Sheet"].cells == first["Sheet"].cells
