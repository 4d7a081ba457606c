"""Codes of firms come back exactly as they were sent: 18 digits, leading zeros, full width, in every format and by both readers."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.sheet import CellKind, RawColumn
from app.files.preflight import Kind, recognise
from app.files.read_calamine import read_calamine
from app.files.read_html import read_html
from app.files.read_job import _column
from app.files.read_second import read_second
from app.files.read_sink import Sink
from app.files.scan import Scan
from app.files.sheet_codec import read_frame
from app.files.text_tables import read_text

IDENTIFIERS = st.one_of(
    st.from_regex(r"9[0-9A-HJ-NPQRTUWXY]{17}", fullmatch=True),
    st.from_regex(r"[0-9]{15,20}", fullmatch=True),
    st.from_regex(r"0{1,6}[1-9][0-9]{0,14}", fullmatch=True),
    st.from_regex(r"[０-９]{2,18}", fullmatch=True),
    st.from_regex(r"[0-9]{2}[E][0-9]{2}", fullmatch=True),
    st.sampled_from(["2026-01-02", "1/2", "TRUE", "=1+1", "-", "1,234", "12%", "#N/A", "1e400", "NaN"]),
)
Read = Callable[[Path, Kind, Sink], object]


def first_column(content: bytes, read: Read) -> RawColumn:
    """Read in this process and take the first column from the frames, as the parent would."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "codes"
        path.write_bytes(content)
        pipe, kind = io.BytesIO(), recognise(path)
        read(path, kind, Sink(pipe, marks=Scan(path, kind).marks))
    pipe.seek(0)
    while (frame := read_frame(pipe)) is not None:
        if frame[0]["t"] == "column":
            return _column(*frame)
    raise AssertionError("no column was sent")


def xlsx(codes: list[str]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        for row, code in enumerate(codes):
            sheet.write_string(row, 0, code)
    return buffer.getvalue()


def xlsx_in_place(codes: list[str]) -> bytes:
    """Texts inside their cells, as programs other than Excel write them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row, code in enumerate(codes):
            sheet.write_string(row, 0, code)
    return buffer.getvalue()


def xls(codes: list[str]) -> bytes:
    workbook, buffer = xlwt.Workbook(), io.BytesIO()
    sheet = workbook.add_sheet("企业")
    for row, code in enumerate(codes):
        sheet.row(row).set_cell_text(0, code)
    workbook.save(buffer)
    return buffer.getvalue()


def ods(codes: list[str]) -> bytes:
    cells = "".join(
        '<table:table-row><table:table-cell office:value-type="string" calcext:value-type="string">'
        f"<text:p>{escape(code)}</text:p></table:table-cell></table:table-row>"
        for code in codes
    )
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    buffer = io.BytesIO()
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{space}">{manifest}</manifest:manifest>')
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {calc}><office:body><office:spreadsheet>'
            f'<table:table table:name="a">{cells}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return buffer.getvalue()


def text(codes: list[str], encoding: str, delimiter: str = ",") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([["代码", "名称"], *([code, "企业"] for code in codes)])
    return buffer.getvalue().encode(encoding)


def html(codes: list[str]) -> bytes:
    rows = "".join(f"<tr><td style='mso-number-format:\"@\"'>{escape(code)}</td></tr>" for code in codes)
    return f"<html><meta charset=utf-8><table>{rows}</table></html>".encode()


def _text(path: Path, _kind: Kind, sink: Sink) -> object:
    return read_text(path, sink)


def _html(path: Path, _kind: Kind, sink: Sink) -> object:
    return read_html(path, sink)


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (xlsx, read_calamine),
        (xlsx, read_second),
        (xlsx_in_place, read_calamine),
        (xlsx_in_place, read_second),
        (xls, read_calamine),
        (xls, read_second),
        (ods, read_calamine),
        (ods, read_second),
        (lambda codes: text(codes, "utf-8-sig"), _text),
        (lambda codes: text(codes, "gb18030", "\t"), _text),
        (lambda codes: text(codes, "utf-16"), _text),
        (html, _html),
    ],
    ids=["xlsx", "xlsx 2nd", "inline", "inline 2nd", "xls", "xls 2nd", "ods", "ods 2nd", "csv", "tsv", "utf-16", "html"],
)
@settings(max_examples=25, deadline=None)
@given(codes=st.lists(IDENTIFIERS, min_size=1, max_size=60))
def test_that_no_identifier_written_as_text_is_altered(write, read, codes):
    column = first_column(write(codes), read)
    found = [column.texts[code] for code in column.codes]
    assert found[len(found) - len(codes) :] == codes
    assert set(column.kinds[1:]) == {CellKind.TEXT}
