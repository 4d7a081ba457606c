"""The table workbook: sheets named by content with links, native charts of their cells, released decimals only, text that stays text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree

from app.domain.brief import FigureBlock, GridBlock, Heading, TableBlock
from app.domain.figure import FigureKind
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.files.resources import load_palette
from app.files.write_xlsx import write_xlsx
from tests.unit.files import chart_samples as samples
from tests.unit.files.sample_brief import PROVENANCE, figure, sample_brief, share

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\x01=1\x0b\ufffe", "a&b<c>\"'", "http://x.y", "[x]:*?/\\" * 5, "A" * 300)


def written(brief, tmp_path, texts, name="t.xlsx"):
    write_xlsx(brief, tmp_path / name, load_palette("light"), texts)
    return openpyxl.load_workbook(tmp_path / name)


def charts(tmp_path, name="t.xlsx"):
    with zipfile.ZipFile(tmp_path / name) as package:
        return [etree.fromstring(package.read(n)) for n in sorted(package.namelist()) if n.startswith("xl/charts/chart")]


def with_blocks(*blocks, **more):
    return replace(sample_brief(), blocks=blocks, standing="草稿，未经核稿", **more)


@pytest.mark.parametrize("word", HOSTILE)
def test_that_words_of_firms_townships_and_sectors_never_become_formulas_or_links(word, tmp_path, zh):
    rows = tuple(Row(f"r{k}", word, (share(0.3, 80, 0.2, 0.4),)) for k in range(3))
    table = ReleasedTable("x", (word,), rows, "n5", 0)
    made = with_blocks(
        TableBlock(word, table, PROVENANCE, word),
        FigureBlock(figure(FigureKind.RANKED, table)),
        GridBlock(word, (word, "b"), ((word, word),), word),
    )
    book = written(replace(made, title=word, standing=word), tmp_path, zh)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert links and all(link.target is None and link.location for link in links)
    assert all(len(sheet.title) <= 31 for sheet in book)
    for chart in charts(tmp_path):
        assert chart.find(f".//{C}f") is not None


@pytest.mark.parametrize("name", samples.ALL)
def test_that_every_reference_of_a_chart_points_at_the_cells_it_shows(name, tmp_path, zh):
    made = samples.ALL[name]()
    book = written(with_blocks(FigureBlock(made)), tmp_path, zh)
    (chart,) = charts(tmp_path)
    assert chart.find(f"{C}externalData") is None
    for reference in (*chart.iter(f"{C}numRef"), *chart.iter(f"{C}strRef")):
        sheet, area = reference.find(f"{C}f").text.rsplit("!", 1)
        cells = book[sheet.strip("'")][area.replace("$", "")]
        flat = [c for row in cells for c in row] if isinstance(cells, tuple) else [cells]
        for point in reference.iter(f"{C}pt"):
            held, kept = flat[int(point.get("idx"))].value, point.find(f"{C}v").text
            assert (
                float(kept) == pytest.approx(held)
                if isinstance(held, int | float)
                else (kept or "").removesuffix(" ‡") == (held or "")
            )


def test_that_charts_name_one_font_for_all_scripts(tmp_path, zh):
    written(with_blocks(FigureBlock(samples.ranked())), tmp_path, zh)
    for look in charts(tmp_path)[0].iter(f"{A}defRPr"):
        assert {look.find(f"{A}{kind}").get("typeface") for kind in ("latin", "ea", "cs")} == {zh("write.body_font")}


def test_that_nothing_more_precise_than_released_leaves(tmp_path, zh):
    cells = (
        share(0.123456, 80, 0.1111111, 0.1987654),
        Cell(CellStatus.SHOWN, "score", 51.23456, n=80),
        Cell(CellStatus.SHOWN, "rate", 1.98765, n=80),
    )
    table = ReleasedTable("x", ("a", "b", "c"), (Row("r", "行业", cells),), "n5", 0)
    book = written(with_blocks(TableBlock("表1", table, PROVENANCE)), tmp_path, zh)
    numbers = [c.value for row in book.worksheets[1].iter_rows() for c in row if isinstance(c.value, float)]
    assert numbers == [0.123, 0.111, 0.199, 51.2, 1.99]


def test_that_only_columns_with_intervals_have_their_bounds_beside_them(tmp_path, zh):
    cells = (share(0.3, 80), share(0.4, 80, 0.3, 0.5), Cell(CellStatus.SHOWN, "rank", 2.0, n=80))
    table = ReleasedTable("x", ("a", "b", "c"), (Row("r", "行业", cells),), "n5", 0)
    sheet = written(with_blocks(TableBlock("表1", table, PROVENANCE)), tmp_path, zh).worksheets[1]
    heads, values = ([cell.value for cell in row[:7]] for row in sheet.iter_rows(min_row=2, max_row=3))
    assert heads == ["项目", "企业数", "a", "b", "下限", "上限", "c"]
    assert values == ["行业", 80, 0.3, 0.4, 0.3, 0.5, 2]


def test_that_the_cover_says_how_far_it_is_signed_and_lists_every_sheet_with_a_link(tmp_path, zh):
    book = written(replace(sample_brief(), standing="草稿，未经核稿"), tmp_path, zh)
    cover = book.worksheets[0]
    words = [cell.value for row in cover.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "草稿，未经核稿" in words and any("ab" * 32 in word for word in words)
    links = {cell.value: cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink}
    assert list(links) == [sheet.title for sheet in book.worksheets[1:]]
    assert all(location == f"'{name}'!A1" for name, location in links.items())


def test_that_sheets_are_named_by_what_they_hold_and_bear_the_name_of_their_block(tmp_path, zh):
    book = written(sample_brief(), tmp_path, zh)
    assert [sheet.title for sheet in book.worksheets][1] == "图1 占已评级企业的比重"
    places = [
        place for place, block in enumerate(sample_brief().blocks) if isinstance(block, FigureBlock | TableBlock | GridBlock)
    ]
    assert {f"zh_B{place}" for place in places} <= set(book.defined_names)


def test_that_pages_repeat_their_heads_and_fit_their_width(tmp_path, zh):
    sheet = written(sample_brief(), tmp_path, zh).worksheets[1]
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert "&P" in sheet.oddFooter.right.text


def test_that_a_sheet_of_two_hundred_sectors_has_its_table_and_no_chart(tmp_path, zh):
    rows = tuple(Row(f"r{k}", "很长的行业名称" * 9, (share(0.3, 80),)) for k in range(200))
    table = ReleasedTable("x", ("L2",), rows, "n5", 0)
    book = written(with_blocks(FigureBlock(figure(FigureKind.RANKED, table))), tmp_path, zh)
    assert not charts(tmp_path)
    assert book.worksheets[1].max_row > 200
    assert {book.worksheets[1].row_dimensions[row].height for row in range(3, 203)} == {
        book.worksheets[1].row_dimensions[3].height
    }
    assert book.worksheets[1].row_dimensions[3].height > 24  # points: the name takes more than a line


def test_that_a_brief_without_tables_is_a_cover(tmp_path, zh):
    assert len(written(with_blocks(Heading("一")), tmp_path, zh).worksheets) == 1


def test_that_columns_are_as_wide_as_chinese_text_needs(tmp_path, zh):
    name = "信息传输、软件和信息技术服务业"
    table = ReleasedTable("x", ("L2",), (Row("r", name, (share(0.3, 80),)),), "n5", 0)
    sheet = written(with_blocks(TableBlock("表", table, PROVENANCE)), tmp_path, zh).worksheets[1]
    assert sheet.column_dimensions["A"].width >= 2 * len(name) * 0.9


def test_that_a_workbook_is_read_from_memory_as_it_was_written(tmp_path, zh):
    write_xlsx(sample_brief(), tmp_path / "a.xlsx", load_palette("light"), zh)
    assert zipfile.ZipFile(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).testzip() is None
