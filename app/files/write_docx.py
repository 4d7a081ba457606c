"""Write a Brief as a Word document in the layout of official papers (GB/T 9704-2012), with editable charts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.brief import Brief, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.colours import heat_colour, readable_on
from app.domain.figure import Figure
from app.domain.numbers import cell_text
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.docx_chart import add_chart
from app.files.docx_page import number_pages, set_language, set_page
from app.files.docx_text import GridLook, TextLook, add_text, shade, table_grid
from app.files.firm_counts import count_of, same_firms, sign_lines
from app.files.office_charts import CHART_KINDS, ChartStyle, legend_lines
from app.files.seal import sealed
from app.files.settle_zip import settle

TEXT_WIDTH_MM = 156  # 210 − 28 − 26, GB/T 9704-2012
BODY = {"zh": 16.0, "en": 11.5}  # 三号
NOTE = 8.0  # points, 小六 and a little
LINE = {"zh": 28.95, "en": None}  # points: 22 lines a page; English text keeps Word's own spacing
CHART_ROW_MM, CHART_DENSE_ROW_MM, CHART_BASE_MM, CHART_MOST_MM = 7.0, 5.2, 32.0, 170.0
CHART_PLOT_MM = 74.0  # of a trajectory, without its legend


@dataclass(slots=True)
class _Paper:
    """A document being written."""

    document: Any
    palette: Palette
    texts: Texts
    charts: int = 0

    @property
    def zh(self) -> bool:
        return self.texts.lang == "zh"

    def look(self, font: str = "text", size: float | None = None, **more: Any) -> TextLook:
        lang = self.texts.lang
        colour = more.pop("colour", "")
        name = self.texts(f"write.{font}_font")
        line = more.pop("line", LINE[lang] if font != "small" else None)
        return TextLook(name, size or BODY[lang], "zh-CN" if self.zh else "en-US", colour, line, **more)


def write_docx(brief: Brief, path: Path, palette: Palette, texts: Texts) -> None:
    """Write `brief` to `path`; UserError when the place cannot be written."""
    from docx import Document

    document = Document()
    paper = _Paper(document, palette, texts)
    set_page(document.sections[0])
    set_language(document, paper.look())
    document.core_properties.title, document.core_properties.author = brief.title.replace("\n", ""), ""
    _head(paper, brief)
    for block in brief.blocks:
        _block(paper, block)
    number_pages(document.sections[0], paper.look(size=14 if paper.zh else 9, line=None), texts("write.page", number="\0"))
    buffer = io.BytesIO()
    document.save(buffer)
    write_atomically(path, settle(sealed(buffer.getvalue(), brief), brief.created))


def _head(paper: _Paper, brief: Brief) -> None:
    if brief.synthetic:
        add_text(paper.document, brief.synthetic, _note(paper, colour=paper.palette.off_track, align="center"))
    add_text(paper.document, brief.title, paper.look("title", 22, align="center", style="Title", line=None, after=10))
    for line in (brief.subtitle, paper.texts("write.created", time=brief.created[:10])):
        if line:
            add_text(paper.document, line, paper.look("subheading", 14 if paper.zh else 11, align="center", line=None))


def _block(paper: _Paper, block: object) -> None:
    if isinstance(block, Heading):
        font = "heading" if block.level == 1 else "subheading"
        size = BODY[paper.texts.lang] + (0 if paper.zh else 3 - block.level)
        look = paper.look(font, size, style=f"Heading {block.level}", indent=paper.zh, bold=not paper.zh, keep=True)
        add_text(paper.document, block.text, look)
    elif isinstance(block, Paragraph):
        add_text(paper.document, block.text, paper.look(indent=paper.zh, after=0 if paper.zh else 6))
    elif isinstance(block, TableBlock):
        _caption(paper, block.title)
        _released_table(paper, block.table, block.row_header)
        _provenance(paper, block.provenance, block.table)
    elif isinstance(block, FigureBlock):
        _figure(paper, block.figure)
    elif isinstance(block, GridBlock):
        _caption(paper, block.title)
        _grid(paper, [list(block.columns), *map(list, block.rows)])
        if block.note:
            add_text(paper.document, block.note, _note(paper))


def _note(paper: _Paper, **more: Any) -> TextLook:
    more.setdefault("colour", paper.palette.muted)
    return paper.look("body", NOTE, line=None, **more)


def _caption(paper: _Paper, title: str) -> None:
    add_text(paper.document, title, paper.look("heading", 12, line=None, align="center", keep=True, before=6, after=3))


def _provenance(paper: _Paper, provenance: Provenance, table: ReleasedTable) -> None:
    text = "　".join((*provenance.lines(paper.texts), *sign_lines(table, paper.texts)))
    add_text(paper.document, text, _note(paper, after=8))


def _chart_height(figure: Figure) -> float:
    """Return millimetres: a trajectory keeps its plot above a legend of one line a name, other charts grow with their rows."""
    lines = legend_lines(figure)
    if lines:
        return min(CHART_MOST_MM, CHART_PLOT_MM + lines * CHART_DENSE_ROW_MM)
    rows = len(figure.table.rows) if figure.kind.value in ("levels", "ranked") else 6
    return min(CHART_MOST_MM, CHART_BASE_MM + rows * (CHART_ROW_MM if rows <= 8 else CHART_DENSE_ROW_MM))


def _figure(paper: _Paper, figure: Figure) -> None:
    _caption(paper, figure.title)  # the notes below say what its subtitle says
    if figure.kind in CHART_KINDS:
        paper.charts += 1
        style = ChartStyle(paper.palette, paper.texts("write.body_font"), 9, paper.texts("write.times"))
        add_chart(paper.document, figure, style, (paper.charts, TEXT_WIDTH_MM, _chart_height(figure)))
    else:
        _heat(paper, figure.table)
    _provenance(paper, figure.provenance, figure.table)


def _released_table(paper: _Paper, table: ReleasedTable, row_header: str) -> None:
    firms, label = paper.texts("write.firms"), row_header or paper.texts("write.row")
    if same_firms(table):
        head = [label, firms, *table.columns]
        rows = [[row.label, _count(row.cells, row.n), *(cell_text(cell) for cell in row.cells)] for row in table.rows]
    else:
        head = [label, *(name for column in table.columns for name in (column, firms))]
        rows = [[row.label, *(t for cell in row.cells for t in (cell_text(cell), _count((cell,))))] for row in table.rows]
    strong = frozenset(i for i, row in enumerate(table.rows, 1) if row.key == table.total)
    _grid(paper, [head, *rows], strong)


def _count(cells: tuple[Cell, ...], spoken: int | None = None) -> str:
    n = count_of(cells, spoken)
    return n if isinstance(n, str) else f"{n:,}"


def _heat(paper: _Paper, table: ReleasedTable) -> None:
    head = [paper.texts("write.row"), *table.columns]
    body = [[row.label, *(cell_text(cell, with_interval=False) for cell in row.cells)] for row in table.rows]
    grid = _grid(paper, [head, *body])
    for i, row in enumerate(table.rows, 1):
        for j, cell in enumerate(row.cells, 1):
            if cell.status is not CellStatus.HIDDEN and cell.value is not None:
                ground = heat_colour(cell.value / 100, paper.palette)
                shade(grid.cell(i, j), ground, readable_on(ground))
                grid.cell(i, j).paragraphs[0].alignment = 1


def _grid(paper: _Paper, rows: list[list[str]], strong: frozenset[int] = frozenset()) -> Any:
    size = 9.0 if len(rows[0]) <= 6 else 8.0
    head = paper.look("heading", size, line=None, align="center")
    look = GridLook(head, paper.look("body", size, line=None), TEXT_WIDTH_MM, strong)
    return table_grid(paper.document, rows, look)
