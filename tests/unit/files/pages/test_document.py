"""A Word document read back: what our writer set, and what any other program may have set."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.domain.errors import UserError
from app.domain.paper import Grid, Para, Placed
from app.files.pages.document import read_docx
from tests.unit.files.docx_samples import brief_of, main_table, many_sectors, official, written


def blocks(paper, kind):
    return [block for part in paper.parts for block in part.blocks if isinstance(block, kind)]


def texts(paper):
    return [block.text for block in blocks(paper, Para)]


@pytest.fixture(scope="module")
def paper(resources, zh, tmp_path_factory):
    folder = tmp_path_factory.mktemp("docx")
    written(official(resources), zh, folder)
    return read_docx((folder / "brief.docx").read_bytes(), "brief.docx")


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_that_the_page_of_official_papers_is_read_with_its_margins_and_grid(paper):
    part = paper.parts[0]
    inches = [round(side * 25.4 / 72) for side in (part.width, part.height)]
    margins = [round(side * 25.4 / 72) for side in (part.margins.top, part.margins.bottom, part.margins.left, part.margins.right)]
    assert (inches, margins) == ([210, 297], [37, 35, 28, 26])
    assert part.grid == pytest.approx(28.95)


def test_that_running_text_keeps_its_exact_pitch_and_indent_of_two_characters(paper):
    body = next(block for block in blocks(paper, Para) if block.text.startswith("企业答卷按评分规则"))
    assert body.setting.pitch == pytest.approx(28.95)
    assert body.setting.first == pytest.approx(32.0)
    assert {run.ink.wide for run in body.runs} == {"仿宋_GB2312"}
    assert {run.ink.size for run in body.runs} == {16.0}


def test_that_headings_are_told_from_text_and_kept_with_what_follows(paper):
    headings = [block for block in blocks(paper, Para) if block.setting.level == 1]
    assert headings[0].setting.keep_next
    assert "方法说明" in [block.text for block in headings]


def test_that_page_numbers_stand_as_fields_in_every_foot(paper):
    part = paper.parts[0]
    for number in (1, 2):
        fields = [run.field for block in part.footer.of(number, number == 1) for run in block.runs if run.field]
        assert fields == ["page"]


def test_that_tables_keep_widths_header_and_every_word(resources, zh, tmp_path):
    written(brief_of(resources, main_table()), zh, tmp_path)
    (grid,) = blocks(read_docx((tmp_path / "brief.docx").read_bytes(), "x"), Grid)
    words = [["".join(block.text for block in cell.blocks) for _, cell in row.cells] for row in grid.rows]
    assert "41% (36–46%)" in words[1]
    assert [row.header for row in grid.rows] == [True, False, False]
    assert sum(grid.widths) == pytest.approx(160 / 25.4 * 72, abs=2)


def test_that_charts_come_with_their_own_numbers(resources, zh, tmp_path):
    written(brief_of(resources, *many_sectors(9)), zh, tmp_path)
    paper = read_docx((tmp_path / "brief.docx").read_bytes(), "x")
    drawn = [run.drawn for block in blocks(paper, Para) for run in block.runs if isinstance(run.drawn, Placed)]
    (chart,) = [placed.chart for placed in drawn]
    assert chart.categories[1] == "行业001"
    assert chart.groups[0].lying
    assert drawn[0].alt


def test_that_each_number_carries_the_identifier_of_its_bookmark(paper):
    marked = [(run.mark, run.text) for block in blocks(paper, Para) for run in block.runs if run.mark]
    assert marked
    assert all(mark.startswith("B") and any(letter.isdigit() for letter in text) for mark, text in marked)


def test_that_looks_come_down_through_styles_and_lists_are_numbered():
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.size = Pt(13)
    document.add_heading("一级", 1)
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Number")
    document.add_paragraph("丙", style="List Bullet")
    found = read_docx(saved(document), "x")
    assert [text for text in texts(found) if text] == ["一级", "1.\t甲", "2.\t乙", "•\t丙"]
    heading, first = blocks(found, Para)[:2]
    assert heading.setting.level == 1
    assert first.runs[-1].ink.size == 13.0


def test_that_merged_cells_reach_over_columns_and_rows():
    from docx import Document

    document = Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(0, 2).merge(table.cell(2, 2)).text = "竖"
    (grid,) = blocks(read_docx(saved(document), "x"), Grid)
    spans = {
        cell.blocks[0].text.strip(): (place, cell.span, cell.rows)
        for row in grid.rows
        for place, cell in row.cells
        if cell.blocks[0].text.strip()
    }
    assert spans == {"横": (0, 2, 1), "竖": (2, 1, 3)}


def test_that_sections_have_pages_of_their_own():
    from docx import Document
    from docx.enum.section import WD_ORIENT, WD_SECTION

    document = Document()
    document.add_paragraph("竖页")
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph("横页")
    found = read_docx(saved(document), "x")
    assert [part.width < part.height for part in found.parts] == [True, False]
    assert [part.blocks[0].text for part in found.parts] == ["竖页", "横页"]


def test_that_hidden_instructions_and_deleted_text_are_not_read():
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    paragraph = document.add_paragraph("前")
    for xml in (
        '<w:r {0}><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r {0}><w:instrText>REF x</w:instrText></w:r>",
        '<w:r {0}><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r {0}><w:t>见表1</w:t></w:r>",
        '<w:r {0}><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:del {0} w:id="9" w:author="x"><w:r><w:delText>删</w:delText></w:r></w:del>',
        "<w:r {0}><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    assert texts(read_docx(saved(document), "x"))[0] == "前见表1"


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return stream.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html/>", bomb()], ids=["empty", "cut", "other", "entity"])
def test_that_what_is_no_document_is_refused_in_a_sentence(content, resources):
    with pytest.raises(UserError) as raised:
        read_docx(content, "坏.docx")
    assert raised.value.code == "paper.not_document"
    assert "error.paper.not_document" in resources.words
