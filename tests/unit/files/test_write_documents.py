"""The three document writers: what they hold, what they never hold, and that the same brief gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from docx.shared import Mm, Pt
from lxml import etree
from pptx import Presentation

from app.domain.brief import TableBlock
from app.domain.errors import UserError
from app.domain.figure import FigureKind
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.files.column_widths import column_widths
from app.files.office_charts import xy_series
from app.files.resources import load_palette
from app.files.write_docx import write_docx
from app.files.write_pptx import write_pptx
from app.files.write_xlsx import write_xlsx
from tests.unit.files.sample_brief import sample_brief, trajectory

WRITERS = {"docx": write_docx, "pptx": write_pptx, "xlsx": write_xlsx}
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def written(tmp_path, zh):
    for kind, write in WRITERS.items():
        write(sample_brief(), tmp_path / f"brief.{kind}", load_palette("light"), zh)
    return tmp_path


@pytest.mark.parametrize("kind", WRITERS)
def test_that_the_same_brief_gives_the_same_bytes(kind, tmp_path, zh):
    for name in ("a", "b"):
        WRITERS[kind](sample_brief(), tmp_path / f"{name}.{kind}", load_palette("light"), zh)
    assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


@pytest.mark.parametrize("kind", WRITERS)
def test_that_only_the_declared_time_changes_with_the_declared_time(kind, tmp_path, zh):
    later = replace(sample_brief(), created="2026-11-23T09:30:00Z")
    for name, brief in (("a", sample_brief()), ("b", later)):
        WRITERS[kind](brief, tmp_path / f"{name}.{kind}", load_palette("light"), zh)
    with zipfile.ZipFile(tmp_path / f"a.{kind}") as a, zipfile.ZipFile(tmp_path / f"b.{kind}") as b:
        assert a.namelist() == b.namelist()
        differing = {name for name in a.namelist() if a.read(name) != b.read(name)}
    allowed = ("docProps/core.xml", "docProps/custom.xml", ".xlsx", "sharedStrings.xml")
    assert differing and all(name.endswith(allowed) for name in differing)


@pytest.mark.parametrize("kind", WRITERS)
def test_that_a_document_carries_the_synthetic_mark_and_no_author(kind, written):
    with zipfile.ZipFile(written / f"brief.{kind}") as book:
        text = "".join(book.read(n).decode("utf-8", "ignore") for n in book.namelist() if n.endswith(".xml"))
        core = book.read("docProps/core.xml").decode()
    assert "示范数据（虚构），不得引用" in text
    assert "2026-11-23T08:00:00Z" in core
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core or "creator" not in core


def test_that_a_word_chart_is_a_chart_part_with_its_workbook(written):
    charts = [b for b in sample_brief().blocks if hasattr(b, "figure") and b.figure.kind is not FigureKind.HEAT]
    with zipfile.ZipFile(written / "brief.docx") as book:
        parts = [n for n in book.namelist() if n.startswith("word/charts/chart")]
        assert len(parts) == len(charts)
        for part in parts:
            root = etree.fromstring(book.read(part))
            external = root.find(f"{CHART}externalData")
            relations = book.read(f"word/charts/_rels/{part.split('/')[-1]}.rels").decode()
            assert external is not None and external.get(next(iter(external.attrib))) in relations
        workbook = openpyxl.load_workbook(io.BytesIO(book.read("word/embeddings/chart1.xlsx")))
    assert workbook.active.cell(2, 1).value == "C 制造业"


def test_that_intervals_reach_the_charts_as_error_bars(written):
    with zipfile.ZipFile(written / "brief.pptx") as deck:
        charts = [deck.read(n) for n in deck.namelist() if n.startswith("ppt/charts/chart")]
    with_bars = [c for c in charts if b"errBars" in c]
    assert len(with_bars) == 3
    assert b"<c:v>0.1</c:v>" in b"".join(with_bars)


def test_that_the_page_is_that_of_official_papers(written):
    document = Document(str(written / "brief.docx"))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m / Mm(1)) for m in margins] == [37, 35, 28, 26]
    body = next(p for p in document.paragraphs if p.text.startswith("全县参评企业"))
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert body.runs[0].font.size == Pt(16)


def test_that_every_run_names_a_chinese_font_and_no_theme_font(written):
    with zipfile.ZipFile(written / "brief.docx") as book:
        root = etree.fromstring(book.read("word/document.xml"))
    for run in root.iter(f"{WORD}r"):
        if run.find(f"{WORD}t") is None:
            continue
        fonts = run.find(f"{WORD}rPr/{WORD}rFonts")
        assert fonts is not None and fonts.get(f"{WORD}eastAsia")
        assert not [name for name in fonts.attrib if "Theme" in name]


def test_that_text_that_looks_like_a_formula_stays_text(written):
    book = openpyxl.load_workbook(written / "brief.xlsx")
    texts = [
        c for sheet in book for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith("=")
    ]
    assert texts and all(cell.data_type == "s" for cell in texts)
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_that_a_hidden_cell_shows_the_sign_and_no_number(written):
    book = openpyxl.load_workbook(written / "brief.xlsx")
    rows = [[c.value for c in row] for sheet in book for row in sheet.iter_rows() if row[0].value == "J 金融业"]
    assert rows
    assert all(set(row[1:]) <= {"‡", None, ""} for row in rows)


def test_that_slides_keep_their_titles_inside_the_page(written):
    deck = Presentation(str(written / "brief.pptx"))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 10
            assert shape.top + shape.height <= deck.slide_height + 10


@pytest.mark.parametrize("kind", WRITERS)
def test_that_an_unwritable_place_is_a_plain_sentence_and_leaves_no_half_file(kind, tmp_path, zh):
    with pytest.raises(UserError):
        WRITERS[kind](sample_brief(), tmp_path / "no" / f"b.{kind}", load_palette("light"), zh)
    assert not list(tmp_path.iterdir())


def with_table(table):
    brief = sample_brief()
    blocks = [replace(block, table=table) for block in brief.blocks if isinstance(block, TableBlock)][:1]
    return replace(brief, blocks=tuple(blocks))


def two_waves():
    cells = (Cell(CellStatus.SHOWN, "fraction", 0.2, 0.1, 0.3, 1808), Cell(CellStatus.SMALL, "fraction", 0.3, 0.2, 0.4, 7))
    return ReleasedTable("main", ("2025", "2026"), (Row("p", "普及率", cells),), "n5", 0)


def test_that_each_number_of_a_row_stands_beside_its_own_firms(tmp_path, zh):
    write_docx(with_table(two_waves()), tmp_path / "a.docx", load_palette("light"), zh)
    rows = [[cell.text for cell in row.cells] for row in Document(str(tmp_path / "a.docx")).tables[0].rows]
    assert [row[-4:] for row in rows] == [["2025", "企业数", "2026", "企业数"], ["20% (10–30%)", "1,808", "30%† (20–40%)", "7"]]
    write_xlsx(with_table(two_waves()), tmp_path / "a.xlsx", load_palette("light"), zh)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1]
    values = [[cell.value for cell in row[:9]] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert values[0] == ["行业", "企业数", "2025", "下限", "上限", "企业数", "2026", "下限", "上限"]
    assert values[1] == ["普及率", 1808, 0.2, 0.1, 0.3, 7, 0.3, 0.2, 0.4]
    assert ["†" in sheet.cell(3, column).number_format for column in (3, 7)] == [False, True]


def test_that_only_signs_that_occur_are_explained(tmp_path, zh):
    write_docx(with_table(two_waves()), tmp_path / "a.docx", load_palette("light"), zh)
    words = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "a.docx")).paragraphs)
    assert zh("provenance.key_small") in words
    assert "‡" not in words


def test_that_slides_explain_the_signs_of_their_figure(written, zh):
    slides = Presentation(str(written / "brief.pptx")).slides
    words = ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
    assert any(zh("provenance.key_hidden") in text for text in words)


def test_that_a_goal_of_a_year_stands_at_the_end_of_that_year():
    lines = [(role, [time for time, _ in points]) for role, _, points in xy_series(trajectory())]
    assert [times for role, times in lines if role == "target"] == [[2027.0], [2030.0]]
    assert dict(lines)["observed"] == [2024.5, 2025.5]


def test_that_every_goal_of_a_trajectory_has_its_own_name_in_the_legend():
    figure = trajectory()
    names = [name for role, name, _ in xy_series(figure) if role == "target"]
    assert names == [target.label for target in figure.targets]


def test_that_every_bar_of_a_word_chart_keeps_its_label(written):
    with zipfile.ZipFile(written / "brief.docx") as book:
        charts = [etree.fromstring(book.read(n)) for n in book.namelist() if n.startswith("word/charts/chart")]
    axes = [axis for chart in charts for axis in chart.iter(f"{CHART}catAx")]
    assert axes
    assert all([skip.get("val") for skip in axis.iter(f"{CHART}tickLblSkip")] == ["1"] for axis in axes)


def test_that_columns_fill_the_width_and_short_texts_get_theirs():
    rows = [["企业数", "理由", "目标"], ["1,808", "现有速度不够" * 12, "普及率超过七成" * 4]]
    widths = column_widths(rows, 156.0, 9.0)
    assert sum(widths) == pytest.approx(156.0)
    assert widths[1] > widths[2] > widths[0] > 14


def test_that_an_english_head_is_wide_enough_for_its_longest_word():
    rows = [["Row", "Infrastructure and systems", "Data"], ["A Agriculture", "48", "46"]]
    assert (
        column_widths(rows, 156.0, 9.0)[1]
        > column_widths([["Row", "Data", "Data"], ["A Agriculture", "48", "46"]], 156.0, 9.0)[1]
    )
