"""Briefs for the tests of Word documents, and how to look into a written one."""

from __future__ import annotations

import zipfile
from dataclasses import replace

from lxml import etree

from app.domain.brief import Brief, BriefPlan, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.figure import FigureKind
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.files.resources import load_palette
from app.files.write_docx import write_docx
from tests.unit.files.sample_brief import PROVENANCE, figure, ranked_table, sample_brief, share

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ANNEXES = (
    Heading("附：方法说明", 1, "方法说明", "method"),
    Paragraph("企业答卷按评分规则折算为七个支柱得分（0–100）和指数。"),
    Heading("附：数据依据", 1, "数据依据", "evidence"),
    GridBlock("数字与依据", ("编号", "数值"), (("B1.1", "41%"),), annex=True),
)


def on_page(brief: Brief, layout, **more) -> Brief:
    return replace(brief, layout=layout, **more)


def official(resources, **more) -> Brief:
    """The sample brief as an official paper with two annexes."""
    brief = sample_brief()
    blocks = (*brief.blocks, *ANNEXES)
    return on_page(brief, resources.layouts["gbt9704"], blocks=blocks, plan=BriefPlan("official"), **more)


def written(brief: Brief, texts, folder) -> zipfile.ZipFile:
    path = folder / "brief.docx"
    write_docx(brief, path, load_palette("light"), texts)
    return zipfile.ZipFile(path)


def xml(book: zipfile.ZipFile, part: str = "word/document.xml"):
    return etree.fromstring(book.read(part))


def text_of(node) -> str:
    return "".join(each.text or "" for each in node.iter(f"{W}t"))


def paragraphs(root) -> list:
    return list(root.iter(f"{W}p"))


def paragraph_with(root, words: str):
    return next(node for node in paragraphs(root) if words in text_of(node))


def many_sectors(n: int, name: str = "行业{k:03d}"):
    """A table of `n` sectors, every seventh hidden, and a figure of it."""
    rows = tuple(
        Row(f"s{k}", name.format(k=k), (Cell(CellStatus.HIDDEN, "fraction"),) if k % 7 == 0 else (share(0.4, 30, 0.3, 0.5),))
        for k in range(n)
    )
    table = ReleasedTable("sectors", ("L2及以上",), rows, "n5", sum(k % 7 == 0 for k in range(n)))
    return TableBlock("表2　各行业企业等级", table, PROVENANCE, "行业"), FigureBlock(figure(FigureKind.RANKED, table))


def brief_of(resources, *blocks, layout: str = "plain", **more) -> Brief:
    return on_page(sample_brief(), resources.layouts[layout], blocks=tuple(blocks), **more)


def main_table(units=(0.41, 0.2)):
    cells = [
        (
            Cell(CellStatus.SHOWN, "fraction", 0.3, 0.25, 0.35, 1800),
            Cell(CellStatus.SHOWN, "fraction", u, u - 0.05, u + 0.05, 2140),
        )
        for u in units
    ]
    rows = (Row("L2", "L2及以上", cells[0]), Row("L3", "L3及以上", cells[1]))
    return TableBlock("表1　主要数字", ReleasedTable("main", ("2025期", "2026期"), rows, "n5", 0), PROVENANCE)


__all__ = ["ranked_table"]
