"""The brief as PDF: its page, its text, its tables over pages, figures as vectors, an outline, the same bytes twice."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.domain.brief import FigureBlock, GridBlock, Heading, Paragraph
from app.domain.drawing import Drawing
from app.domain.errors import UserError
from app.domain.figure import FigureKind
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.files.docx_xml import TextLook
from app.files.pdf_fonts import require_fonts
from app.files.pdf_pages import DrawnPiece, Placed, fill
from app.files.pdf_text import CLOSING, LOOSEST, OPENING, lines_of, text_piece, width_of
from app.files.resource_briefing import read_layouts
from app.files.resources import load_palette, resources_folder
from app.files.write_pdf import pdf_bytes, write_pdf
from app.present.draw import draw
from tests.unit.files.sample_brief import figure, sample_brief

MM = 72 / 25.4
FOLDER = resources_folder() / "briefing" / "layouts"
LAYOUTS = read_layouts(sorted(FOLDER.glob("*.toml")))
PALETTE = load_palette("light")


@pytest.fixture(autouse=True, scope="module")
def _fonts():
    require_fonts()


def made(brief, texts):
    return pdf_bytes(brief, PALETTE, texts, lambda one, width, height: draw(one, PALETTE, width, height, texts, bare=True))


def opened(brief, texts):
    return pypdfium2.PdfDocument(made(brief, texts))


def said(page):
    return page.get_textpage().get_text_range().replace("\r\n", "\n")


def official(lang="zh", **more):
    return replace(sample_brief(lang), layout=LAYOUTS["gbt9704"], **more)


def long_brief(layout="gbt9704"):
    blocks = []
    for number in range(1, 8):
        blocks.append(Heading(f"{number}、第{number}部分"))
        blocks += [
            Paragraph(f"全县参评企业2,140家，达到L2及以上的占41%（95%区间36–46%），距目标差36个百分点，第{number}段。" * 6)
        ] * 3
        blocks.append(Heading(f"（一）小节{number}", 2))
    rows = tuple((f"发现{k}", f"{k}", "请按营业执照更正，并由填报人核对后重新提交。" * (1 + k % 3)) for k in range(90))
    blocks.append(GridBlock("表1 核查发现", ("问题", "处数", "处理办法"), rows, "注：每处见程序。"))
    return replace(sample_brief(), blocks=tuple(blocks), layout=LAYOUTS[layout])


def test_that_the_page_and_its_margins_are_those_of_the_layout(zh):
    document = opened(long_brief(), zh)
    layout = LAYOUTS["gbt9704"]
    assert len(document) > 4
    for page in document:
        assert page.get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.1)
        text = page.get_textpage()
        for k in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(k)
            if (layout.bottom + 2) * MM < bottom and top < (297 - layout.top + 1) * MM:
                assert left >= layout.left * MM - 2
                assert right <= (210 - layout.right) * MM + 2


def test_that_a_line_of_an_official_paper_holds_28_characters_and_a_page_22_lines(zh):
    brief = official(blocks=(Paragraph("测" * 28 * 60),))
    document = opened(brief, zh)
    lines = [line for line in said(document[1]).split("\n") if set(line.strip()) == {"测"}]
    assert {len(line) for line in lines} == {28}
    assert len(lines) == 22


def test_that_page_numbers_stand_outside_with_dashes(zh):
    document = opened(long_brief(), zh)
    for number, page in enumerate(document, 1):
        found = page.get_textpage().search(f"— {number} —").get_next()
        assert found is not None
        left = page.get_textpage().get_charbox(found[0])[0]
        assert (left > 105 * MM) == (number % 2 == 1)


def test_that_every_text_of_the_brief_can_be_read_back(zh):
    brief = official(standing="草稿，未经核稿")
    document = opened(brief, zh)
    whole = "".join("".join(said(page).split()) for page in document)
    for block in brief.blocks:
        text = getattr(block, "text", "") or getattr(block, "title", "") or block.figure.title
        assert "".join(text.split()) in whole.replace("—1—", "").replace("—2—", ""), text
    assert "表1各行业等级" in whole
    assert "=cmd|'/Ccalc'!A0" in whole  # a hostile name is only text
    for page in document:
        assert "示范数据（虚构），不得引用　草稿，未经核稿" in said(page)


def test_that_figures_are_vectors_and_never_pictures(zh):
    document = opened(official(), zh)
    kinds = {item.type for page in document for item in page.get_objects()}
    assert pdfium.FPDF_PAGEOBJ_IMAGE not in kinds
    assert pdfium.FPDF_PAGEOBJ_PATH in kinds


def test_that_headings_make_an_outline_and_contents_name_their_pages(zh):
    document = opened(long_brief("plain"), zh)
    entries = [(item.get_title(), item.level, item.get_dest().get_index()) for item in document.get_toc()]
    assert entries[0][:2] == ("1、第1部分", 0)
    assert entries[1][:2] == ("（一）小节1", 1)
    first = said(document[0])
    assert "目" in first
    for title, _, page in entries[:4]:
        assert re.search(rf"{re.escape(title)}[ .]*{page + 1}\b", first), (title, page, first)


def test_that_a_long_table_repeats_its_head_and_its_note_is_never_alone(zh):
    document = opened(long_brief(), zh)
    pages = [said(page) for page in document]
    with_rows = [page for page in pages if re.search(r"发现\d+", page)]
    assert len(with_rows) > 2
    assert all("处理办法" in page for page in with_rows)
    noted = next(page for page in pages if "注：每处见程序" in page)
    assert "发现89" in noted


def test_that_no_heading_ends_a_page(zh):
    for page in opened(long_brief(), zh):
        lines = [line for line in said(page).split("\n") if line.strip() and "—" not in line]
        assert "部分" not in lines[-1]
        assert "小节" not in lines[-1] or "（一）小节7" in lines[-1]


def test_that_two_hundred_sectors_and_a_long_name_still_fit(zh):
    names = [f"行业{k}" if k else "长" * 60 for k in range(200)]
    rows = tuple(Row(f"r{k}", name, (Cell(CellStatus.SHOWN, "fraction", k / 200, n=20),)) for k, name in enumerate(names))
    many = figure(FigureKind.RANKED, ReleasedTable("many", ("L2+",), rows, "", 0))
    document = opened(official(blocks=(Heading("一、"), FigureBlock(many))), zh)
    whole = "".join(said(page) for page in document)
    assert len(document) > 3
    assert all(f"行业{k}" in whole for k in range(1, 200))


def test_that_an_empty_brief_and_an_endless_word_are_set_all_the_same(zh, en):
    assert len(opened(official(blocks=()), zh)) == 1
    endless = official(blocks=(Paragraph("x" * 400), GridBlock("t", ("a", "b"), (("y" * 300, "1"),))))
    page = opened(endless, en)[0]
    text = page.get_textpage()
    assert max(text.get_charbox(k)[2] for k in range(text.count_chars())) < 210 * MM


def test_that_signatures_and_annexes_close_an_official_paper(zh):
    blocks = (Heading("一、总体"), Paragraph("正文。"), Heading("方法", annex="方法说明"), Paragraph("方法正文。"),
              Heading("依据", annex="数据依据"), Paragraph("依据正文。"))  # fmt: skip
    pages = [said(page) for page in opened(official(blocks=blocks, signed=("批准：李敏",)), zh)]
    assert len(pages) == 3
    assert "附件：1. 方法说明" in pages[0]
    assert pages[0].index("附件：") < pages[0].index("批准：李敏") < pages[0].index("2026年11月23日")
    assert pages[1].index("附件1") < pages[1].index("方法说明") < pages[1].index("方法正文")
    assert "附件2" in pages[2]


def test_that_english_takes_straight_quotation_marks_and_its_own_type(en):
    page = opened(official("en", blocks=(Paragraph("Called “AI Plus” by the state’s papers."),)), en)[0]
    assert 'Called "AI Plus" by the state\'s papers.' in said(page)


def test_that_the_description_holds_title_and_journal_and_no_machine(zh):
    document = opened(official(), zh)
    held = document.get_metadata_dict()
    assert held["Title"] == "示范县“人工智能+”企业准备度简报"
    assert "ab" * 32 in held["Keywords"]
    assert held["Author"] == ""


def test_that_the_same_brief_gives_the_same_bytes(tmp_path, zh):
    brief = official()
    one = made(brief, zh)
    write_pdf(brief, tmp_path / "a.pdf", PALETTE, zh, lambda f, w, h: draw(f, PALETTE, w, h, zh, bare=True))
    assert (tmp_path / "a.pdf").read_bytes() == one == made(brief, zh)
    with pytest.raises(UserError):
        write_pdf(brief, tmp_path / "no" / "a.pdf", PALETTE, zh, lambda f, w, h: draw(f, PALETTE, w, h, zh, bare=True))


def look(**more):
    return TextLook("x", 10.0, "zh-CN", **more)


@pytest.mark.parametrize("width", [60.0, 111.0, 180.0])
def test_that_lines_keep_the_rules_of_chinese_and_fit(width):
    text = "制造业达到二级及以上的企业占41%（95%区间36–46%），（全部企业为30%）、信息业最高；aiplus-2026用于“核查”。" * 3
    lines = lines_of(text, look(align="both", first=2), width)
    assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())
    for line in lines:
        assert line.text[0] not in CLOSING
        assert line.text[-1] not in OPENING or len(line.text) == 1
        assert width_of(line.text, 10.0) + line.spread * (len(line.text) - 1) + line.indent <= width + 1e-6
        assert 0 <= line.spread <= LOOSEST * 10
    assert lines[0].indent == 20.0
    assert lines[-1].spread == 0


def test_that_pages_keep_together_what_belongs_together():
    body = text_piece("字" * 100, look(line=10.0), 100.0)  # ten lines
    head = replace(text_piece("题", look(line=10.0), 100.0), keep=True)
    pages = fill([body, head, replace(body)], 115.0)
    assert [len(page) for page in pages] == [1, 2]
    assert isinstance(pages[1][0], Placed)
    three = fill([text_piece("字" * 230, look(line=10.0), 100.0)], 100.0)
    assert [page[0].piece.height for page in three] == [100.0, 100.0, 30.0]


@pytest.mark.parametrize(("left", "page"), [(400.0, 0), (320.0, 0), (200.0, 1)])
def test_that_a_figure_is_made_lower_to_fit_what_is_left_of_a_page_but_not_too_low(left, page):
    drawing = Drawing(156.0, 300 / MM, "", (), "")
    figure_piece = DrawnPiece(drawing, lambda room: replace(drawing, height=room) if room > 250 / MM else None)
    look = TextLook("宋体", 10, "zh-CN", line=20.0)
    note = text_piece("注", look, 400.0)
    lines = [text_piece("正文", look, 400.0) for _ in range(int((700 - left) / 20))]
    pages = fill([*lines, figure_piece, note], 700.0)
    assert [any(placed.piece is figure_piece for placed in each) for each in pages].index(True) == page
    held = next(placed for each in pages for placed in each if placed.piece is figure_piece)
    assert held.down + figure_piece.height + note.height <= 700.1
    assert (figure_piece.height < 299) is (left == 320.0)


def test_that_a_character_that_bold_lacks_is_set_in_the_regular_weight():
    from app.files.pdf_fonts import BOLD, REGULAR, font_for

    assert font_for("制造业", True) == BOLD
    assert font_for("\U00020000", True) == REGULAR
    assert font_for("制造业", False) == REGULAR
