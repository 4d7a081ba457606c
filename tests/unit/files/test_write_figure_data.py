"""The data behind a figure: exact, told with its provenance, and never a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from app.domain.figure import Figure, FigureKind, Series, Target
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.files.write_figure_data import delimited, write_data_csv, write_data_xlsx
from app.present.figure_data import figure_data

PROVENANCE = Provenance("口径", "样本", "不加权", "95%区间", "2026年6月30日", "问卷", '=HYPERLINK("x")', "", synthetic=True)


def figure():
    rows = (
        Row("*", "全部企业", (Cell(CellStatus.SHOWN, "fraction", 0.408, 0.36, 0.46, 240),)),
        Row("a", "=cmd|'/c calc'!A1", (Cell(CellStatus.SMALL, "fraction", 0.25, 0.1, 0.5, 8),)),
        Row("b", "-镇", (Cell(CellStatus.HIDDEN, "fraction"),)),
        Row("c", "+镇", (Cell(CellStatus.SHOWN, "fraction", n=0),)),
    )
    table = ReleasedTable("t", ("@占比",), rows, "", 1, "*")
    series = (Series("observed", "实测", ((2026.5, 0.408, 0.36, 0.46),)), Series("divide", "", ((50.0, 50.0, None, None),)))
    return Figure(
        "t", FigureKind.TRAJECTORY, "发现", "口径行", table, PROVENANCE, "图", series, (Target(2028.0, 0.7, "70%", ""),)
    )


@pytest.fixture
def data(zh):
    return figure_data(figure(), zh)


def test_that_a_hidden_cell_is_its_sign_and_nothing_else(data):
    hidden = data.blocks[0].rows[2]
    assert hidden[1] == "‡"
    assert all(cell == "" or cell == "‡" for cell in hidden[2:])
    assert any("‡" in line for line in data.lines)


def test_that_the_lines_of_a_trajectory_and_its_targets_follow(data):
    names = [row[0] for row in data.blocks[1].rows]
    assert names == ["实测", "70%"]  # the meeting point of a quadrant is no datum


def test_that_no_cell_of_a_csv_is_a_formula_and_numbers_read_back(data, tmp_path):
    write_data_csv(data, tmp_path / "a.csv")
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    texts = [cell for row in rows for cell in row if cell and cell[0] in "=+-@\t"]
    assert not texts
    found = next(row for row in rows if row and row[0] == "全部企业")
    assert found[1:5] == ["40.8%", "36.0%", "46.0%", "240"]
    assert any(row and row[0] == "'=cmd|'/c calc'!A1" for row in rows)
    assert rows[-1] or rows[-2]
    assert any("示范数据" in cell for row in rows for cell in row)


def test_that_a_workbook_holds_numbers_as_numbers_and_texts_as_texts(data, tmp_path):
    write_data_xlsx(data, tmp_path / "a.xlsx", "宋体")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert cells[0.408].number_format == "0.0%"
    assert cells["=cmd|'/c calc'!A1"].data_type == "s"
    assert not [cell for cell in cells.values() if cell.data_type == "f"]
    write_data_xlsx(data, tmp_path / "b.xlsx", "宋体")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_that_tabs_and_breaks_inside_a_text_stay_inside_its_cell(zh):
    from dataclasses import replace

    odd = replace(figure(), title="上\t下\n再下")
    rows = list(csv.reader(io.StringIO(delimited(figure_data(odd, zh), "\t")), delimiter="\t"))
    assert rows[0] == ["上\t下\n再下"]
