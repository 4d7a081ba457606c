"""The blocks of a brief as WordprocessingML, for a document of ours and for a user's own alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.brief import Block, FigureBlock, GridBlock, Heading, Paragraph
from app.domain.brief_rows import COLOURED, rows_of, totals
from app.domain.colours import heat_colour, readable_on
from app.domain.figure import Figure, FigureKind
from app.domain.firm_counts import sign_lines
from app.domain.release import CellStatus, Provenance, ReleasedTable
from app.domain.words import Texts
from app.files.chart_layout import MOST_NAMES
from app.files.docx_chart import chart_parts, chart_run
from app.files.docx_numbers import NOTES, TITLE, Numbers, mark_name
from app.files.docx_package import Parts
from app.files.docx_table import GridLook, table_xml
from app.files.docx_type import Type
from app.files.docx_wall import wall_xml
from app.files.docx_xml import LONG_WORD, paragraph, run
from app.files.office_charts import ChartStyle, charted, legend_lines
from app.files.text_measure import width_mm

CHART_ROW_MM, CHART_DENSE_ROW_MM, CHART_BASE_MM, CHART_MOST_MM = 7.0, 5.2, 20.0, 170.0
CHART_LEAST = 0.78  # of its usual height, what a row needs
PLOT_LEAST, OTHER_LEAST = 0.66, 0.5  # the same of a trajectory and of other charts
CHART_LEGEND_MM = 5.0  # a line of a legend
CHART_PLOT_MM, CHART_USUAL_MM = 74.0, 90.0  # of a trajectory and of other charts, without their legend
CHART_TYPE = 9.0  # points; a point less where names take two lines
CHART_TALL_ROW_MM = 7.4  # of a row whose name takes two lines
NAMES_ONE_LINE = MOST_NAMES * 0.7  # of the width, what a name may take on one line
LONG_NAMES = 0.3  # of the rows: fewer long names find room beside short ones
ROWS_A_CHART = 32  # more bars than fit on a page at a readable size: a table tells them
_KINDS = FigureKind
ROWED = (_KINDS.LEVELS, _KINDS.RANKED, _KINDS.RANKS, _KINDS.SPANS, _KINDS.PARTS, _KINDS.BALANCE, _KINDS.BULLET)


@dataclass(slots=True)
class Setter:
    """A document being set: its type, words, the numbers and parts made so far. `own`: what
    running text and headings of a user's document look like, by role (`text`, `heading1` …);
    `heights` in mm of charts by their block, where not the usual."""

    type: Type
    texts: Texts
    numbers: Numbers = field(default_factory=Numbers)
    parts: Parts = field(default_factory=Parts)
    charts: int = 0
    own: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)

    def block(self, block: Block, place: int, keep: bool = False) -> str:
        """Return the XML of the brief's block number `place`; `keep`: a paragraph that stays with what follows."""
        self.numbers.start(place)
        if isinstance(block, Heading):
            return self.heading(block.text, block.level)
        if isinstance(block, Paragraph):
            return self.text(block.text, keep)
        if isinstance(block, FigureBlock):
            return self.figure(block.figure, place)
        rows = rows_of(block, self.texts)
        if isinstance(block, GridBlock):
            note = self.note(block.note) if block.note else self.gap()
            return f"{self.caption(block.title)}{self.grid(rows, place, block.title, noted=bool(block.note))}{note}"
        table = self.grid(rows, place, block.title, strong=totals(block.table))
        return f"{self.caption(block.title)}{table}{self.provenance(block.provenance, block.table)}"

    def heading(self, text: str, level: int, **more: Any) -> str:
        """Return a heading."""
        look = self.type.heading(level, own=self.own.get(f"heading{level}"), **more)
        return paragraph(run(text, look), look)

    def text(self, text: str, keep: bool = False) -> str:
        """Return a paragraph of running text with its numbers marked."""
        align = {"align": "start"} if LONG_WORD.search(text) else {}
        look = self.type.body(own=self.own.get("text"), keep=keep, **align)
        return paragraph(self.numbers.runs(text, look), look)

    def caption(self, title: str) -> str:
        """Return the title above a table or figure."""
        look = self.type.caption()
        return paragraph(self.numbers.runs(title, look, TITLE), look)

    def note(self, text: str) -> str:
        """Return the small print below a table or figure."""
        look = self.type.note(before=2, after=8)
        return paragraph(self.numbers.runs(text, look, NOTES), look)

    def gap(self) -> str:
        """Return the white below a table that has no note: two tables without it would run into one."""
        return paragraph("", self.type.note(after=2))

    def provenance(self, provenance: Provenance, table: ReleasedTable) -> str:
        """Return what a table or figure rests on, and what its signs mean."""
        return self.note("　".join((*provenance.lines(self.texts), *sign_lines(table, self.texts))))

    def figure(self, figure: Figure, place: int) -> str:
        """Return a figure under its title: a chart where Office has one, else a table; the notes say what its subtitle says."""
        parts = [self.caption(figure.title)]
        if figure.wall is not None:
            parts.append(wall_xml(figure.wall, self.type, self.numbers, figure.alt))
        elif is_chart(figure):
            parts.append(self._chart(figure, place))
        else:
            rows = rows_of(FigureBlock(figure), self.texts)
            fills = self._heat(figure.table) if figure.kind in COLOURED else {}
            parts.append(self.grid(rows, place, figure.alt, strong=totals(figure.table), fills=fills))
        return "".join((*parts, self.provenance(figure.provenance, figure.table)))

    def _chart(self, figure: Figure, place: int) -> str:
        self.charts += 1
        width = self.type.width
        height = self.heights.get(place) or chart_heights(figure, width)[1]
        size = CHART_TYPE - has_long_names(figure, width)
        font = self.type.fonts("body")[1]
        style = ChartStyle(self.type.palette, font, size, self.texts("write.times"), width, height)
        relation = self.parts.add_chart(self.charts, *chart_parts(figure, style))
        look = self.type.note(align="center", keep=True, line=None)
        names = (mark_name(f"B{place}"), figure.alt)
        return paragraph(chart_run(relation, self.charts, names, (width, height)), look)

    def _heat(self, table: ReleasedTable) -> dict[tuple[int, int], tuple[str, str]]:
        fills = {}
        for i, row in enumerate(table.rows, 1):
            for j, cell in enumerate(row.cells, 1):
                if cell.status is not CellStatus.HIDDEN and cell.value is not None:
                    share = cell.value if cell.unit == "fraction" else cell.value / 100
                    ground = heat_colour(share, self.type.palette)
                    fills[i, j] = (ground, readable_on(ground))
        return fills

    def grid(
        self,
        rows: Sequence[Sequence[str]],
        place: int,
        said: str,
        **more: Any,
    ) -> str:
        """Return a table whose numbers are those of block `place`; `said` is its alternative text, `more` how it looks."""
        look = replace(self.grid_look(len(rows[0])), name=mark_name(f"B{place}"), description=said, **({"noted": True} | more))
        return table_xml(tuple(map(tuple, rows)), look, self.numbers.runs)

    def grid_look(self, columns: int) -> GridLook:
        """Return how a table of so many columns looks."""
        return GridLook(self.type.cell(columns, head=True), self.type.cell(columns), self.type.width)


def chart_heights(figure: Figure, width: float) -> tuple[float, float]:
    """Return the least and the usual height in mm: a trajectory keeps its plot whatever its legend takes, rows grow with it."""
    legend = legend_lines(figure) * CHART_LEGEND_MM
    if figure.kind is FigureKind.TRAJECTORY:
        return CHART_PLOT_MM * PLOT_LEAST + legend, min(CHART_MOST_MM, CHART_PLOT_MM + legend)
    if figure.kind in ROWED:
        rows = len(figure.table.rows)
        row = CHART_ROW_MM if rows <= 8 else CHART_DENSE_ROW_MM
        row = max(row, CHART_TALL_ROW_MM) if has_long_names(figure, width) else row
        least, usual = (min(CHART_MOST_MM, CHART_BASE_MM + legend + rows * mm) for mm in (row * CHART_LEAST, row))
        return least, usual
    return CHART_USUAL_MM * OTHER_LEAST + legend, CHART_USUAL_MM + legend


def has_long_names(figure: Figure, width: float) -> bool:
    """Whether so many names beside the rows of a chart take two lines that neighbours would meet: office programs drop those."""
    long = sum(width_mm(row.label, CHART_TYPE) > width * NAMES_ONE_LINE for row in figure.table.rows)
    return figure.kind in ROWED and long > len(figure.table.rows) * LONG_NAMES


def is_chart(figure: Figure) -> bool:
    """Whether a figure is set as a chart; one of too many rows, or of hidden values alone, is told by its table."""
    return charted(figure, ROWS_A_CHART)
