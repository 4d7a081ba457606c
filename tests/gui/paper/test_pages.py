"""A document laid out: as many lines and characters as the standard wants, headers again on each page, numbers in the foot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage, QPainter

from app.domain.brief import Paragraph
from app.domain.paper import Grid, GridCell, GridRow, Ink, Margins, Paper, Para, Part, Run, Running, Setting, Tab
from app.files.pages.document import read_docx
from app.gui.paper.letters import Faces
from app.gui.paper.pages import laid_out
from app.gui.paper.stack import LineBox
from app.gui.paper.text import Sheet, broken
from tests.unit.files.docx_samples import brief_of, many_sectors, written

MARGINS = Margins(50, 50, 50, 50)
TEXT = "全部企业中达到单点应用及以上的占四成一，区间为百分之三十六至四十六，" * 12


@pytest.fixture
def faces(dressed):
    return Faces()


def para(text, **setting):
    return Para((Run(text, Ink(size=10.0)),), Setting(**setting), Ink(size=10.0))


def pages(faces, *blocks, **more):
    return list(laid_out(Paper((Part(300, 400, MARGINS, blocks, **more),)), faces))


def lines(page):
    return [put.piece.payload for put in page.puts if isinstance(put.piece.payload, LineBox)]


def test_that_a_page_of_official_text_has_22_lines_of_28_characters(resources, zh, tmp_path, faces):
    written(brief_of(resources, *(Paragraph(TEXT) for _ in range(9)), layout="gbt9704"), zh, tmp_path)
    paper = read_docx((tmp_path / "brief.docx").read_bytes(), "x")
    found = list(laid_out(paper, faces))
    assert len(lines(found[1])) == 22
    whole = [line for line in found[1].text.split("\n") if len(line) > 25]
    assert whole
    assert max(len(line) for line in whole) == 28


def test_that_lines_are_justified_to_the_edge_but_the_last(faces):
    found = broken(para("字" * 45 + "1234", align="justify"), 199.0, faces, Sheet())
    assert len(found) == 3
    assert [line.line.naturalTextWidth() / 10 for line in found[:2]] == pytest.approx([199, 199], abs=1)
    assert found[2].line.naturalTextWidth() / 10 < 190


@pytest.mark.parametrize(("left", "first"), [(0.0, 0.0), (15.0, 0.0), (10.0, 12.0), (42.0, -21.0)])
def test_that_the_page_of_an_indented_line_of_contents_stands_at_the_edge_of_the_column(left, first, faces):
    setting = {"left": left, "first": first, "tabs": (Tab(200.0, "right", "."),)}
    (line,) = broken(para("调查了哪些企业\t12", **setting), 200.0, faces, Sheet())
    begin = line.line.position().x() / 10
    assert begin == left + first
    assert begin + line.line.naturalTextWidth() / 10 == pytest.approx(200.0, abs=0.5)
    ((start, stop, sign),) = line.leaders
    assert (begin + 70.0, sign) == (pytest.approx(start, abs=0.1), ".")
    assert stop < 200.0


def test_that_a_line_in_the_middle_stands_in_the_middle(faces):
    (line,) = broken(para("居中", align="center"), 200.0, faces, Sheet())
    assert line.line.position().x() / 10 == pytest.approx(90.0, abs=0.5)


def test_that_a_heading_never_ends_a_page(faces):
    text = [para("一行", pitch=20.0) for _ in range(14)]
    found = pages(faces, *text, para("标题", pitch=20.0, keep_next=True, level=1), para("下文", pitch=20.0))
    assert [page.text.split("\n")[0] for page in found] == ["一行", "标题"]
    assert [(place.text, place.page) for number, page in enumerate(found) for place in page.headings(number)] == [("标题", 1)]


def test_that_one_line_alone_is_not_left_on_a_page(faces):
    before = [para("一行", pitch=20.0) for _ in range(14)]
    found = pages(faces, *before, para("字" * 100, pitch=20.0))
    assert len(lines(found[0])) == 14


def test_that_a_table_repeats_its_header_and_keeps_its_rows_whole(faces):
    def row(text, header=False):
        return GridRow(((0, GridCell((para(text),))),), header=header, whole=True)

    grid = Grid((200.0,), (row("表头", True), *(row(f"第{k}行") for k in range(40))))
    found = pages(faces, grid)
    assert len(found) > 1
    assert {page.text.split("\n")[0] for page in found} == {"表头"}
    assert sum(page.text.count("行") for page in found) == 40


def test_that_a_row_higher_than_a_page_loses_no_line(faces):
    grid = Grid((100.0, 100.0), (GridRow(((0, GridCell((para("字" * 900),))), (1, GridCell((para("短"),))))),))
    found = pages(faces, grid)
    assert sum(page.text.count("字") for page in found) == 900


def test_that_cells_over_rows_reach_down(faces):
    tall = GridCell((para("竖\u2028排\u2028了"),), rows=2)
    grid = Grid((50.0, 50.0), (GridRow(((0, tall), (1, GridCell((para("上"),))))), GridRow(((1, GridCell((para("下"),))),))))
    (page,) = pages(faces, grid)
    rows = [put.piece.payload for put in page.puts]
    assert rows[0].cells[0].height == pytest.approx(rows[0].height + rows[1].height)
    assert rows[0].cells[0].height >= 39.0


def test_that_the_foot_bears_the_number_and_count_of_pages(faces):
    foot = Para((Run("", Ink(), "page"), Run("/", Ink()), Run("", Ink(), "pages")))
    found = pages(faces, *(para("一行", pitch=20.0) for _ in range(20)), footer=Running((foot,)))
    drawn = []
    for page in found:
        sheet = Sheet(0, 0, page.number, len(found))
        drawn.append(broken(foot, 100.0, faces, sheet)[0].layout.text())
    assert drawn == ["1/2", "2/2"]


def test_that_a_page_break_inside_text_begins_a_page(faces):
    found = pages(faces, para("甲\f乙"))
    assert [page.text for page in found] == ["甲", "乙"]


def test_that_parts_that_go_on_share_a_page_and_others_do_not(faces):
    def part(text, **more):
        return Part(300, 400, MARGINS, (para(text),), **more)

    together = list(laid_out(Paper((part("甲"), part("乙", goes_on=True))), faces))
    apart = list(laid_out(Paper((part("甲"), part("乙", start=7))), faces))
    assert [page.text for page in together] == ["甲\n乙"]
    assert [page.number for page in apart] == [1, 7]


def test_that_two_hundred_sectors_and_names_of_sixty_letters_lose_no_row(resources, zh, tmp_path, faces):
    table, chart = many_sectors(200, "行业{k:03d}" + "很长的行业名称" * 8)
    written(brief_of(resources, table, chart), zh, tmp_path)
    paper = read_docx((tmp_path / "brief.docx").read_bytes(), "x")
    found = list(laid_out(paper, faces))
    text = "".join(page.text for page in found).replace("\n", "")
    assert all(f"行业{k:03d}" in text for k in range(200))
    for page in found:
        image = QImage(200, 280, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.scale(0.33, 0.33)
        page.paint(painter, faces, len(found))
        painter.end()


def test_that_fonts_the_computer_lacks_are_named(faces):
    assert faces.lacking(("Noto Sans SC", "仿宋_GB2312之外")) == ("仿宋_GB2312之外",)
    assert faces.font(replace(Ink(), wide="没有的字体")).families()[-1] == "Noto Sans SC"


def test_that_chinese_and_latin_letters_stand_a_quarter_apart_unless_the_file_says_otherwise(faces):
    def width(apart):
        (line,) = broken(para("达到L2及以上", apart=apart), 300.0, faces, Sheet())
        return line.line.naturalTextWidth() / 10

    assert width(True) - width(False) == pytest.approx(2 * 2.5, abs=0.1)
    runs = (Run("共", Ink(size=10.0)), Run("12", Ink(size=10.0), mark="B1.1"), Run("家。3", Ink(size=10.0)))
    (line,) = broken(Para(runs, Setting(apart=True), Ink(size=10.0)), 300.0, faces, Sheet())
    assert line.layout.text() == "共12家。3"
    assert {mark for _, _, mark in line.marks} == {"B1.1"}
