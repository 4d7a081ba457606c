"""The layout of official papers (GB/T 9704-2012) as it stands in the file: measured in the XML, not in a picture of it."""

from __future__ import annotations

import re

import pytest

from app.domain.brief import Paragraph
from app.files.docx_type import Type
from app.files.docx_xml import twips
from app.files.resources import load_palette
from tests.unit.files.docx_samples import (
    ANNEXES,
    W,
    brief_of,
    official,
    on_page,
    paragraph_with,
    paragraphs,
    text_of,
    written,
    xml,
)
from tests.unit.files.sample_brief import sample_brief

THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@pytest.fixture
def book(resources, zh, tmp_path):
    return written(official(resources, signed=("核稿：张三（虚构）  2026-11-20",), standing="草稿，未经核稿"), zh, tmp_path)


@pytest.fixture
def english(resources, en, tmp_path):
    brief = on_page(sample_brief("en"), resources.layouts["gbt9704"])
    return written(brief, en, tmp_path)


def value(node, path: str, name: str = "val") -> str:
    found = node.find("/".join(f"{W}{part}" for part in path.split("/")))
    return found.get(f"{W}{name}") if found is not None else ""


def test_that_paper_and_margins_are_those_of_the_standard(book):
    section = next(xml(book).iter(f"{W}sectPr"))
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == (str(twips(210)), str(twips(297)))
    found = [int(margins.get(f"{W}{side}")) for side in ("top", "bottom", "left", "right")]
    assert found == [twips(mm) for mm in (37, 35, 28, 26)]
    assert found == [2098, 1984, 1587, 1474]


def test_that_a_page_has_22_lines_of_28_characters(book, resources):
    grid = next(xml(book).iter(f"{W}docGrid"))
    assert grid.get(f"{W}type") == "linesAndChars"
    layout = resources.layouts["gbt9704"]
    height, width = (297 - 37 - 35) / 25.4 * 72, (210 - 28 - 26) / 25.4 * 72
    pitch = int(grid.get(f"{W}linePitch")) / 20
    assert pitch == pytest.approx(28.95, abs=0.03)
    assert int(height / pitch) == layout.lines == 22
    letter = 16 + int(grid.get(f"{W}charSpace")) / 4096
    assert int(width / letter + 1e-3) == layout.characters == 28


def test_that_running_text_is_set_at_exactly_the_pitch_of_the_page(book):
    node = paragraph_with(xml(book), "全县参评企业")
    spacing = node.find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    indent = node.find(f"{W}pPr/{W}ind")
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "640")
    assert value(node, "pPr/jc") == "both"
    assert {value(run, "rPr/sz") for run in node.iter(f"{W}r")} == {"32"}
    assert {value(run, "rPr/rFonts", "eastAsia") for run in node.iter(f"{W}r")} == {"仿宋_GB2312"}


@pytest.mark.parametrize(
    ("words", "font", "size"),
    [("一、总体结论", "黑体", "32"), ("（一）分行业", "楷体_GB2312", "32"), ("准备度简报", "方正小标宋简体", "44")],
)
def test_that_titles_and_headings_have_the_fonts_of_the_standard(book, words, font, size):
    node = paragraph_with(xml(book), words)
    assert {value(run, "rPr/rFonts", "eastAsia") for run in node.iter(f"{W}r")} == {font}
    assert {value(run, "rPr/sz") for run in node.iter(f"{W}r")} == {size}
    assert value(node, "pPr/pStyle") == ("Title" if font.startswith("方正") else f"Heading{1 + (font[0] == '楷')}")


def test_that_headings_of_the_third_level_are_bold_text(resources):
    look = Type(resources.layouts["gbt9704"], "zh", load_palette("light")).heading(3)
    assert (look.font, look.bold, look.size) == ("仿宋_GB2312", True, 16)
    assert not Type(resources.layouts["gbt9704"], "zh", load_palette("light")).heading(4).bold


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer_default.xml", "word/header_even.xml"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_every_run_names_its_font_for_every_script_and_none_of_a_theme(part, lang, book, english):
    root = xml(book if lang == "zh" else english, part)
    runs = [node for node in root.iter(f"{W}rPr") if node.getparent().tag in (f"{W}r", f"{W}style", f"{W}rPrDefault")]
    assert runs
    for properties in runs:
        fonts = properties.find(f"{W}rFonts")
        assert all(fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs"))
        assert not [name for name in THEMES if fonts.get(f"{W}{name}")]
        assert properties.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"
    assert len(list(root.iter(f"{W}r"))) == len(list(root.iterfind(f".//{W}r/{W}rPr"))) + len(list(root.iter(f"{W}drawing")))


def test_that_charts_name_a_chinese_font_too(book):
    charts = [book.read(name).decode() for name in book.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
    assert charts
    for chart in charts:
        assert '<a:ea typeface="宋体"' in chart
        assert "+mn-" not in chart and "+mj-" not in chart


def test_that_english_text_keeps_the_page_and_names_latin_fonts_beside_chinese_ones(english):
    root = xml(english)
    node = paragraph_with(root, "全县参评企业")
    fonts = next(node.iter(f"{W}rFonts"))
    assert (fonts.get(f"{W}ascii"), fonts.get(f"{W}eastAsia")) == ("Times New Roman", "仿宋_GB2312")
    assert next(root.iter(f"{W}docGrid"), None) is None
    assert next(root.iter(f"{W}pgMar")).get(f"{W}top") == "2098"


def test_that_the_font_table_names_what_may_stand_in(book):
    fonts = {node.get(f"{W}name"): value(node, "altName").split(",") for node in xml(book, "word/fontTable.xml")}
    assert "仿宋" in fonts["仿宋_GB2312"]
    assert "华文中宋" in fonts["方正小标宋简体"]
    assert {"SimHei", "Noto Sans SC"} <= set(fonts["黑体"])


@pytest.mark.parametrize(("part", "align", "side"), [("default", "right", "rightChars"), ("even", "left", "leftChars")])
def test_that_page_numbers_stand_outside_between_dashes(book, part, align, side):
    node = paragraphs(xml(book, f"word/footer_{part}.xml"))[0]
    assert text_of(node) == "— 1 —"
    assert [each.text.strip() for each in node.iter(f"{W}instrText")] == ["PAGE"]
    assert value(node, "pPr/jc") == align
    assert node.find(f"{W}pPr/{W}ind").get(f"{W}{side}") == "100"
    assert {value(run, "rPr/sz") for run in node.iter(f"{W}r")} == {"28"}
    assert {value(run, "rPr/rFonts", "eastAsia") for run in node.iter(f"{W}r")} == {"宋体"}


def test_that_the_dashes_stand_7_mm_below_the_text(book):
    margins = next(xml(book).iter(f"{W}pgMar"))
    from_edge = int(margins.get(f"{W}footer")) + 14 * 20 / 2  # the dash is in the middle of a line of 14 points
    assert (int(margins.get(f"{W}bottom")) - from_edge) / 1440 * 25.4 == pytest.approx(7, abs=0.1)


def test_that_settings_tell_odd_from_even_and_never_hyphenate(book):
    settings = xml(book, "word/settings.xml")
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert value(settings, "autoHyphenation") == "0"
    section = next(xml(book).iter(f"{W}sectPr"))
    kinds = [(node.tag.removeprefix(W), node.get(f"{W}type")) for node in section if node.tag.endswith("Reference")]
    assert kinds == [
        ("footerReference", "default"),
        ("footerReference", "even"),
        ("headerReference", "default"),
        ("headerReference", "even"),
    ]


def test_that_every_page_says_that_data_are_invented_and_the_paper_a_draft(book):
    for part in ("default", "even"):
        said = text_of(xml(book, f"word/header_{part}.xml"))
        assert "示范数据（虚构），不得引用" in said
        assert "草稿，未经核稿" in said


def test_that_annexes_are_listed_signed_above_and_begin_a_page_each(book):
    root = xml(book)
    lines = [text_of(node) for node in paragraphs(root)]
    listed = lines.index("附件：1. 方法说明")
    assert lines[listed + 1] == "2. 数据依据"
    signed, date = lines.index("核稿：张三（虚构）  2026-11-20"), lines.index("2026年11月23日")
    assert listed < signed < date < lines.index("附件1") < lines.index("附件2")
    assert lines[date + 1] == "附件1"
    assert lines[lines.index("附件1") + 1 : lines.index("附件1") + 3] == ["", "方法说明"]  # the title stands on the third line
    for label in ("附件1", "附件2"):
        node = paragraph_with(root, label)
        assert node.find(f"{W}pPr/{W}pageBreakBefore") is not None
        assert next(node.iter(f"{W}rFonts")).get(f"{W}eastAsia") == "黑体"
        assert node.find(f"{W}pPr/{W}ind") is None
    assert "附：方法说明" not in lines


def test_that_the_list_of_annexes_the_signatures_and_the_date_stand_below_text(resources, zh, tmp_path):
    brief = official(resources, signed=("核稿：张三（虚构）  2026-11-20",))
    end = Paragraph("等级估计模型用247家企业训练。")
    brief = on_page(brief, brief.layout, blocks=(*brief.blocks[: -len(ANNEXES)], end, *ANNEXES))
    nodes = paragraphs(xml(written(brief, zh, tmp_path)))
    lines = [text_of(node) for node in nodes]
    listed, date = lines.index("附件：1. 方法说明"), lines.index("2026年11月23日")
    assert lines[listed - 2] == end.text
    kept = [node.find(f"{W}pPr/{W}keepNext") is not None for node in nodes[listed - 2 : date]]
    assert all(kept) and nodes[date].find(f"{W}pPr/{W}keepNext") is None


def test_that_english_annexes_stand_one_below_the_other(resources, en, tmp_path):
    brief = official(resources, lang="en")
    lines = [text_of(node) for node in paragraphs(xml(written(brief, en, tmp_path)))]
    place = lines.index("Annexes:")
    assert [line[:3] for line in lines[place + 1 : place + 3]] == ["1. ", "2. "]


def test_that_a_single_annex_bears_no_number(resources, zh, tmp_path):
    brief = official(resources)
    brief = on_page(brief, brief.layout, blocks=brief.blocks[: -len(ANNEXES) + 2])
    lines = [text_of(node) for node in paragraphs(xml(written(brief, zh, tmp_path)))]
    assert "附件：方法说明" in lines
    assert "附件" in lines


def test_that_annexes_alone_are_no_annexes(resources, zh, tmp_path):
    brief = brief_of(resources, *ANNEXES, layout="gbt9704")
    lines = [text_of(node) for node in paragraphs(xml(written(brief, zh, tmp_path)))]
    assert "附：方法说明" in lines
    assert not [line for line in lines if line.startswith("附件")]


def test_that_core_properties_name_nobody_and_tables_have_their_grid(book):
    core = book.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    for table in xml(book).iter(f"{W}tbl"):
        grid = [int(node.get(f"{W}w")) for node in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert grid and all(grid)
        assert sum(grid) == pytest.approx(twips(156), abs=12)
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert value(table, "tblPr/tblLayout", "type") == "fixed"
