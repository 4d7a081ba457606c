"""Small workbooks to be sent back, and what is said about them."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import xlsxwriter

from app.domain.findings import CellReference, Severity
from app.files.slip_mark import mark_text
from app.files.slip_styles import Look
from app.files.slip_summary import Remark, Summary

SHA = "0f" * 32
FILLS = {Severity.ERROR: "FFC9CD", Severity.WARNING: "FFE89E", Severity.NOTE: "E6EBEB"}
LOOK = Look(FILLS, "DCEFED", "1D2626", "566564", "0B6E6A", "D9DEDD", "宋体")
NAMES = ("核查结果说明", "Check results (guide)")
HEADINGS = ("序号", "级别", "工作表", "单元格", "收到的内容", "存在问题", "修改办法")
SUMMARY = Summary(NAMES[0], NAMES, "核查结果", ("请改正。",), HEADINGS, mark_text(SHA), "智衡核查")


def remark(sheet, row, column, severity=Severity.ERROR, note="【错误】数值无法识别\n修改办法：请填写数字。", value="很多"):
    return Remark(CellReference("表.xlsx", sheet, row, column), severity, "错误", value, "数值无法识别", "请填写数字。", note)


def charted():
    """A workbook with a chart, formats, a comment, a merged title and a second sheet whose name needs quoting."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("填报表")
    money = book.add_format({"num_format": "#,##0.00", "bold": True, "font_name": "楷体", "locked": False})
    sheet.merge_range(0, 0, 0, 2, "企业调查表", book.add_format({"bold": True}))
    sheet.write_row(1, 0, ["企业名称", "营业收入", "人数"])
    for row in range(2, 8):
        sheet.write(row, 0, f"企业{row}")
        sheet.write(row, 1, 100.5 * row, money)
    sheet.set_column(2, 2, 12, book.add_format({"num_format": "0"}))
    sheet.write_comment(2, 0, "别人的批注", {"author": "王某"})
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=填报表!$B$3:$B$8"})
    sheet.insert_chart("E2", chart)
    book.add_worksheet("O'Brien").write("B2", "x")
    book.close()
    return buffer.getvalue()


def plain(rows, name="Sheet1"):
    """A workbook of one sheet as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def packed(content):
    """Each member's name with its packed bytes, check sum and date."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
    found = {}
    for entry in entries:
        fields = content[entry.header_offset : entry.header_offset + 30]
        start = entry.header_offset + 30 + int.from_bytes(fields[26:28], "little") + int.from_bytes(fields[28:30], "little")
        found[entry.filename] = (content[start : start + entry.compress_size], entry.CRC, entry.date_time)
    return found


def member(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def rebuilt(content, change):
    """The workbook with `change` (name, bytes → bytes) over every member."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return target.getvalue()


def values(content):
    """Every cell's value by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
