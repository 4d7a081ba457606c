"""Tables and charts of a Word document when names are long, rows many and cells hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.brief import FigureBlock, GridBlock, Paragraph
from app.domain.errors import UserError
from app.domain.figure import FigureKind
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.files.column_widths import column_widths, least_widths
from app.files.docx_table import GridLook, grid_widths, is_turned
from app.files.docx_xml import TextLook
from app.files.resources import load_palette
from app.files.write_docx import write_docx
from tests.unit.files.docx_samples import W, brief_of, many_sectors, text_of, written, xml
from tests.unit.files.sample_brief import figure, hidden, share

PILLARS = (
    "Strategy and organisation",
    "Data",
    "Infrastructure and systems",
    "Talent",
    "Depth of application",
    "Governance and security",
    "Outcomes",
)
LONG = "电力热力燃气及水生产和供应业" * 5
LOOK = GridLook(TextLook("Arial", 7.5, "en-US"), TextLook("Calibri", 7.5, "en-US"), 156.0)


def heat_rows(words: int = 1):
    head = ("Row", *(f"{name} {'internationalisation ' * (words - 1)}".strip() for name in PILLARS))
    return (head, ("All firms", *("60",) * 7), ("I Information transmission, software and IT services", *("41",) * 7))


def cells(root) -> list[list[str]]:
    return [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in root.iter(f"{W}tr")]


def test_that_no_head_of_a_heat_table_breaks_inside_a_word():
    widths, least = grid_widths(heat_rows(), LOOK), least_widths(heat_rows(), 7.5)
    assert not is_turned(heat_rows(), LOOK)
    assert all(width >= need - 4.5 for width, need in zip(widths[1:], least[1:], strict=True))


def test_that_heads_too_wide_for_their_columns_stand_upright(resources, en, tmp_path):
    columns = tuple(f"{name} internationalisation" for name in (*PILLARS, *PILLARS))
    rows = (Row("a", "All firms", tuple(Cell(CellStatus.SHOWN, "score", 40.0, n=50) for _ in columns)),)
    block = FigureBlock(figure(FigureKind.HEAT, ReleasedTable("heat", columns, rows, "n5", 0)))
    root = xml(written(brief_of(resources, block, lang="en"), en, tmp_path))
    head, body = list(root.iter(f"{W}tr"))
    assert [node.get(f"{W}val") for node in head.iter(f"{W}textDirection")] == ["btLr"] * 14
    assert head.find(f"{W}trPr/{W}trHeight") is not None
    assert not list(body.iter(f"{W}textDirection"))


@pytest.mark.parametrize("text", ["34%（33–35%）", "100% (81–100%)", "1,234†", "国发〔2025〕11号"])
def test_that_a_number_with_its_interval_is_never_broken(text):
    reason = "现有速度不够，须每年提高十二个百分点才能按期达到目标" * 4
    rows = [
        ["目标", "当前值", "理由", "差距", "节奏", "状态"],
        ["普及率超过七成" * 5, text, reason, reason, reason, "■ 进度滞后（概率3%）"],
    ]
    widths = column_widths(rows, 156.0, 8.0, 2.8)
    assert sum(widths) == pytest.approx(156)
    assert widths[1] >= least_widths([["", text]], 8.0, 2.8)[1] - 0.01
    assert widths[2] == pytest.approx(widths[3], rel=0.1)
    assert min(widths) > 12


def test_that_a_name_of_sixty_characters_wraps_in_its_column(resources, zh, tmp_path):
    table, chart = many_sectors(6, "{k}" + LONG[:60])
    root = xml(written(brief_of(resources, table, chart), zh, tmp_path))
    grid = [int(node.get(f"{W}w")) for node in next(root.iter(f"{W}tblGrid"))]
    assert max(grid) < 0.8 * sum(grid)
    assert all(row[0].endswith(LONG[:60]) for row in cells(root)[1:])
    assert not list(root.iter(f"{W}noWrap"))


def test_that_two_hundred_sectors_flow_over_pages_under_a_repeated_head(resources, zh, tmp_path):
    table, chart = many_sectors(200)
    book = written(brief_of(resources, table, chart), zh, tmp_path)
    root = xml(book)
    tables = list(root.iter(f"{W}tbl"))
    assert len(tables) == 2  # a chart of two hundred bars cannot be read: a table tells them
    assert not [name for name in book.namelist() if "chart" in name]
    for node in tables:
        rows = node.findall(f"{W}tr")
        assert len(rows) == 201
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 200
        kept = [row.find(f".//{W}keepNext") is not None for row in rows]
        assert kept == [True, *[False] * 199, True]  # the head stays with its rows, the last row with the note


def test_that_a_short_table_stays_whole(resources, zh, tmp_path):
    root = xml(written(brief_of(resources, many_sectors(5)[0]), zh, tmp_path))
    assert all(row.find(f".//{W}keepNext") is not None for row in root.iter(f"{W}tr"))


def test_that_a_sector_wholly_hidden_shows_signs_and_no_number(resources, zh, tmp_path):
    rows = (Row("C", "C 制造业", (share(0.4, 30), share(0.2, 30))), Row("J", "J 金融业", (hidden(), hidden())))
    kinds = (FigureKind.HEAT, FigureKind.LEVELS)
    blocks = [FigureBlock(figure(kind, ReleasedTable("x", ("L2", "L3"), rows, "n5", 2))) for kind in kinds]
    book = written(brief_of(resources, *blocks), zh, tmp_path)
    root = xml(book)
    assert cells(root)[2] == ["J 金融业", "‡", "‡"]
    assert zh("provenance.key_hidden") in text_of(root)
    chart = next(book.read(name).decode() for name in book.namelist() if name.startswith("word/charts/chart"))
    assert "C 制造业" in chart and "J 金融业" in chart


def test_that_numbers_stand_right_only_in_columns_of_numbers(resources, zh, tmp_path):
    grid = GridBlock(
        "表", ("项目", "内容", "处数"), (("程序版本", "0.4.0", "12"), ("问卷", "企业表", "1,024"), ("位置", "—", "3"))
    )
    root = xml(written(brief_of(resources, grid), zh, tmp_path))
    aligned = [[node.get(f"{W}val") for node in row.iter(f"{W}jc")] for row in root.iter(f"{W}tr")]
    assert aligned[1:] == [["left", "left", "right"]] * 3


def test_that_control_characters_leave_no_trace_and_markup_stays_text(resources, zh, tmp_path):
    brief = brief_of(resources, Paragraph("甲\x00\x0b乙<w:t>&{{ title }}\ufffe"), GridBlock("=1+1", ("a\x1f",), (("<b>",),)))
    root = xml(written(replace(brief, title="县\x07名\n第二行\x1b"), zh, tmp_path))
    said = text_of(root)
    assert "甲乙<w:t>&{{ title }}" in said
    assert "县名第二行" in said


def test_that_a_locked_file_stays_as_it_was(resources, zh, tmp_path):
    path = tmp_path / "locked.docx"
    path.mkdir()
    with pytest.raises(UserError):
        write_docx(brief_of(resources, Paragraph("x")), path, load_palette("light"), zh)
    assert list(tmp_path.iterdir()) == [path] and path.is_dir()
