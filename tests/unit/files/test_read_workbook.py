"""Workbooks through the guarded child: exact cells at their places, and a finding for whatever cannot be read."""

from __future__ import annotations

import hashlib
import io
import os
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.sheet import CellKind, RawWorkbook
from app.domain.task import FileProgress, Progress, run_to_end
from app.files import read_causes
from app.files.read_workbook import read_content, read_workbook, read_workbooks

IDENTIFIERS = st.from_regex(r"(9[0-9A-HJ-NPQRTUWXY]{17}|0{1,4}[0-9]{1,14}|[０-９]{2,18}|[0-9]{18})", fullmatch=True)


def book(fill) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def read(name: str, content: bytes) -> RawWorkbook:
    return run_to_end(read_content(name, content))


def codes(workbook: RawWorkbook) -> list[str]:
    return [finding.code for finding in workbook.findings]


@pytest.fixture(scope="module")
def big(tmp_path_factory) -> Path:
    """A workbook that takes a second or so to read."""
    path = tmp_path_factory.mktemp("big") / "大表.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(25_000):
            sheet.write_row(row, 0, [f"企业{row}", "是", row, row / 7, "部分应用"] * 4)
    return path


def test_that_cells_stand_where_the_spreadsheet_shows_them():
    def fill(workbook):
        sheet = workbook.active
        sheet.title = "企业"
        sheet["C5"], sheet["D7"], sheet["E9"] = "名称", 2000, "是"
        sheet.merge_cells("C5:D6")
        sheet.merge_cells("A1:XFD3")
        workbook.create_sheet("空表")
        workbook.create_sheet("隐藏").sheet_state = "hidden"
        workbook["隐藏"]["A1"] = "x"

    workbook = read("a.xlsx", book(fill))
    first, empty, hidden = workbook.sheets
    assert (first.text(4, 2), first.text(6, 3), first.text(8, 4)) == ("名称", "2000", "是")
    assert sum(bool(text) for row in first.rows(0, 99) for text in row) == 3
    assert (first.n_rows, len(first.columns)) == (9, 5)
    assert set(first.merges) == {(4, 2, 5, 3), (0, 0, 2, 4)}
    assert (empty.n_rows, empty.columns, hidden.hidden, first.hidden) == (0, (), True, False)


def test_that_kinds_are_kept_and_true_is_not_one():
    row = ["1", 1, True, 0, False, 1.5, date(2025, 3, 1), " ", "2000.0"]
    (sheet,) = read("a.xlsx", book(lambda workbook: workbook.active.append(row))).sheets
    kinds = [column.kinds[column.codes[0]] for column in sheet.columns]
    text, number, boolean = CellKind.TEXT, CellKind.NUMBER, CellKind.BOOLEAN
    assert sheet.row(0)[:7] == ("1", "1", "TRUE", "0", "FALSE", "1.5", "2025-03-01")
    assert kinds[:7] == [text, number, boolean, number, boolean, number, CellKind.DATE]
    assert sheet.row(0)[8] == "2000.0"


def test_that_error_values_and_formulas_never_calculated_are_counted_and_placed():
    def fill(workbook):
        sheet = workbook.active
        sheet.append(["销售额", "增速"])
        sheet.append([12, "#DIV/0!"])
        sheet.append(["=A2*2", "#N/A"])

    workbook = read("a.xlsx", book(fill))
    (sheet,) = workbook.sheets
    assert sheet.text(1, 1) == "#DIV/0!"
    assert sheet.columns[1].kinds[sheet.columns[1].codes[1]] == CellKind.ERROR
    found = {finding.code: (finding.place.a1, dict(finding.params)["n"]) for finding in workbook.findings}
    assert found == {"READ_ERROR_CELLS": ("B2", "2"), "READ_UNCALCULATED": ("A3", "1")}


def test_that_error_values_of_old_workbooks_are_not_blanks():
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("企业")
    sheet.write(0, 0, "增速")
    for row, error in ((2, 0x07), (3, 0x2A)):
        sheet.row(row).set_cell_error(0, error)
    buffer = io.BytesIO()
    workbook.save(buffer)
    result = read("a.xls", buffer.getvalue())
    assert [row[0] for row in result.sheets[0].rows(0, 9)] == ["增速", "", "#DIV/0!", "#N/A"]
    assert [(finding.code, finding.place.a1, finding.params) for finding in result.findings] == [
        ("READ_ERROR_CELLS", "A3", (("n", "2"),))
    ]


def test_that_the_same_errors_are_found_in_every_format_of_a_workbook(shared_data):
    folder = shared_data / "workbooks" / "sheetjs"
    found = {}
    for ending in ("xls", "xlsb", "xlsx"):
        workbook = run_to_end(read_workbook(folder / f"formula_stress_test.{ending}"))
        found[ending] = {
            (finding.place.sheet, dict(finding.params)["n"])
            for finding in workbook.findings
            if finding.code == "READ_ERROR_CELLS"
        }
    assert (
        found["xls"]
        == found["xlsb"]
        == found["xlsx"]
        == {("Engineering", "1"), ("Information", "3"), ("Logical", "1"), ("Text", "3")}
    )
    for path in (folder / "ErrorTypes.xls", folder / "ErrorTypes.xlsb", *sorted((folder / "biff5").glob("ErrorTypes.xls"))):
        (finding,) = run_to_end(read_workbook(path)).findings
        assert (finding.code, dict(finding.params)["n"]) == ("READ_ERROR_CELLS", "20")


def test_that_a_code_typed_as_a_number_is_kept_and_pointed_out_as_cut():
    workbook = read("a.xlsx", book(lambda workbook: workbook.active.append(["代码", 913301001234567890])))
    (finding,) = workbook.findings
    assert (finding.code, finding.place.a1, dict(finding.params)["n"]) == ("READ_LOST_DIGITS", "B1", "1")
    assert workbook.sheets[0].text(0, 1) == finding.value


@settings(max_examples=15, deadline=None)
@given(st.lists(IDENTIFIERS, min_size=1, max_size=80))
def test_that_no_identifier_is_altered_in_xlsx(identifiers):
    def fill(workbook):
        for identifier in identifiers:
            workbook.active.append([identifier])

    (sheet,) = read("a.xlsx", book(fill)).sheets
    assert [sheet.text(row, 0) for row in range(sheet.n_rows)] == identifiers
    assert set(sheet.columns[0].kinds[1:]) == {CellKind.TEXT}


@settings(max_examples=10, deadline=None)
@given(st.lists(IDENTIFIERS, min_size=1, max_size=80))
def test_that_no_identifier_is_altered_in_old_xls(identifiers):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("企业")
    for row, identifier in enumerate(identifiers):
        sheet.write(row, 0, identifier)
    buffer = io.BytesIO()
    workbook.save(buffer)
    result = read("a.xls", buffer.getvalue())
    assert result.reader == "calamine xls"
    assert [result.sheets[0].text(row, 0) for row in range(len(identifiers))] == identifiers


def test_that_a_workbook_under_a_wrong_name_is_read_by_its_content():
    content = book(lambda workbook: workbook.active.append(["甲"]))
    for name in ("a.xls", "a.csv", "a.xlsb", "a"):
        workbook = read(name, content)
        assert workbook.reader == "calamine xlsx"
        assert workbook.sheets[0].row(0) == ("甲",)
        assert codes(workbook) == (["READ_MISLABELLED"] if "." in name else [])


def test_that_bytes_read_twice_give_the_same_workbook(tmp_path):
    content = book(lambda workbook: [workbook.active.append([f"企业{row}", row, row % 2 == 0]) for row in range(300)])
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    one, two, three = read("a.xlsx", content), read("a.xlsx", content), run_to_end(read_workbook(path))
    for other in (two, three):
        assert (one.sha256, one.size, one.reader, one.findings) == (other.sha256, other.size, other.reader, other.findings)
        for a, b in zip(one.sheets[0].columns, other.sheets[0].columns, strict=True):
            assert (a.codes.tobytes(), a.texts, a.kinds) == (b.codes.tobytes(), b.texts, b.kinds)
    assert one.sha256 == hashlib.sha256(content).hexdigest()


def test_that_no_temporary_copy_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read("a.csv", b"a,b\n")
    task = read_content("b.csv", b"a,b\n")
    next(task)
    task.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "READ_MISSING"),
        (lambda path: path.mkdir(), "READ_NOT_A_FILE"),
        (lambda path: path.touch(), "READ_EMPTY_FILE"),
        (lambda path: path.write_bytes(b"PK\x03\x04 cut off"), "READ_DAMAGED"),
        (lambda path: path.write_bytes(book(lambda workbook: None)), "READ_NO_CELLS"),
    ],
)
def test_that_an_unreadable_file_has_no_sheets_and_one_finding_that_names_it(tmp_path, make, code):
    path = tmp_path / "青山镇.xlsx"
    make(path)
    workbook = run_to_end(read_workbook(path))
    assert (workbook.sheets, codes(workbook)) == ((), [code])
    assert workbook.findings[0].place.source == "青山镇.xlsx"
    assert dict(workbook.findings[0].params)["file"] == "青山镇.xlsx"


def test_that_many_files_come_in_order_with_bad_ones_between(tmp_path):
    paths = []
    for number in range(9):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_bytes(b"" if number % 4 == 1 else f"n\n{number}\n".encode() * (2000 if number == 0 else 1))
    items = list(read_workbooks(paths, parallel=3))
    workbooks = [item for item in items if isinstance(item, RawWorkbook)]
    assert [workbook.name for workbook in workbooks] == [path.name for path in paths]
    assert [bool(workbook.sheets) for workbook in workbooks] == [number % 4 != 1 for number in range(9)]
    done = [item.done for item in items if isinstance(item, Progress)]
    assert done == sorted(done)
    assert all(item.total == 9 for item in items if isinstance(item, Progress))
    ends = {item.file: item for item in items if isinstance(item, FileProgress) and item.state in ("read", "refused")}
    assert [ends[path.name].state for path in paths] == ["refused" if number % 4 == 1 else "read" for number in range(9)]
    assert (ends["0.csv"].rows, ends["1.csv"].findings) == (4000, 1)


def test_that_progress_comes_five_times_a_second_and_ends_near_the_total(big):
    task, before, longest, reports = read_workbook(big), time.monotonic(), 0.0, []
    try:
        while True:
            reports.append(next(task))
            now = time.monotonic()
            longest, before = max(longest, now - before), now
    except StopIteration as stop:
        workbook = stop.value
    assert workbook.sheets[0].n_rows == 25_000
    assert longest < 0.5  # 0.1 s is aimed at; the machine may be busy
    assert {report.step for report in reports} == {"progress.reading"}
    assert any(report.total == 25_000 and report.done > 0 for report in reports)


def test_that_a_file_changed_while_it_is_read_is_not_used(big, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(big.read_bytes())
    task = read_workbook(path)
    next(task)
    time.sleep(0.2)
    os.utime(path, (1, 1))
    assert codes(run_to_end(task)) == ["READ_CHANGED"]


def test_that_nothing_beside_the_workbook_is_imported(tmp_path, monkeypatch):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__main__.py").write_text("raise SystemExit")
    (tmp_path / "csv.py").write_text("raise SystemExit")
    (tmp_path / "a.csv").write_bytes(b"a,b\n")
    monkeypatch.chdir(tmp_path)
    assert run_to_end(read_workbook(Path("a.csv"))).sheets[0].row(0) == ("a", "b")


ATTACKS = {
    "a00": set(), "a01": {"READ_TOO_LARGE"}, "a02": {"READ_UNSAFE"}, "a03": {"READ_UNSAFE"}, "a04": set(),
    "a05_": {"READ_FAR_CELLS"}, "a05b": set(), "a05c": set(), "a10": {"READ_UNSAFE"}, "a11": set(), "a13": {"READ_UNSAFE"},
    "a15_c": set(), "a15_r": {"READ_DAMAGED", "READ_MEMORY", "READ_FAR_CELLS"}, "a15b": {"READ_FAR_CELLS"}, "a15d": {"READ_UNSAFE"},
    "a15e": {"READ_UNSAFE"}, "a16_csv": set(), "a16_empty": {"READ_EMPTY_FILE"}, "a16_exe": {"READ_OTHER_FORMAT"}, "a16_html": set(),
    "a16_ole": {"READ_DAMAGED"}, "a16_r": {"READ_DAMAGED"}, "a16_trunc": {"READ_DAMAGED"}, "a16_tsv": set(), "a16_xlsx": set(),
    "a17_allnul": {"READ_EMPTY_FILE"}, "a17": set(), "a19": set(), "a21": {"READ_UNSAFE"},
    "a24": {"READ_FAR_CELLS", "READ_DAMAGED", ""}, "a25": set(), "a26_": set(), "a26s": {"READ_DAMAGED", ""}, "a27": set(),
    "a32": {"READ_NO_CELLS"}, "a34": {"READ_DAMAGED", "READ_UNSAFE"},
}  # fmt: skip
"""Outcome of each class of hostile file by the start of its name: the causes of refusal, none where it must be read."""


def test_that_every_hostile_file_is_read_or_refused_for_a_known_cause(shared_data):
    paths = sorted((shared_data / "attacks").iterdir())
    started = time.monotonic()
    workbooks = [item for item in read_workbooks(paths) if isinstance(item, RawWorkbook)]
    assert time.monotonic() - started < 60
    assert len(workbooks) == len(paths) > 90
    for workbook in workbooks:
        expected = ATTACKS[max((start for start in ATTACKS if workbook.name.startswith(start)), key=len)]
        outcome = "" if workbook.sheets else workbook.findings[0].code
        assert outcome in (expected or {""}), workbook.name
        assert workbook.sheets or len(workbook.findings) == 1
        assert all(finding.code in read_causes.SEVERITY for finding in workbook.findings)


def test_that_two_cells_in_far_corners_end_the_child_alone_and_the_second_reader_names_the_far_one(shared_data):
    workbook = run_to_end(read_workbook(shared_data / "attacks" / "a05_two_corner_cells.xlsx"))
    (finding,) = workbook.findings
    assert (finding.code, finding.place.sheet) == ("READ_FAR_CELLS", "S1")
    assert dict(finding.params)["cell"].endswith("1048576")


def test_that_encrypted_workbooks_of_every_scheme_ask_for_the_password_to_be_removed(shared_data):
    folder = shared_data / "workbooks"
    paths = [*sorted((folder / "python_calamine").rglob("password.*")), *sorted((folder / "sheetjs").glob("password_2002*.xls"))]
    assert len(paths) >= 7
    for item in read_workbooks(paths):
        if isinstance(item, RawWorkbook):
            assert codes(item) == ["READ_PASSWORD"], item.name
