"""Write a Brief as slides: a cover, then a slide a figure or grid with its finding as title and an editable chart."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.brief import Block, Brief, FigureBlock, GridBlock, Heading, Paragraph
from app.domain.colours import heat_colour, readable_on
from app.domain.figure import Figure
from app.domain.numbers import cell_text
from app.domain.release import CellStatus, ReleasedTable
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.column_widths import column_widths
from app.files.firm_counts import sign_lines
from app.files.office_charts import CHART_KINDS, ChartStyle, chart_data, style_chart
from app.files.seal import sealed
from app.files.settle_zip import settle

SUBTITLE_LINE = {"zh": 62, "en": 118}  # characters of a subtitle on one line
WIDTH, HEIGHT, MARGIN = 33.867, 19.05, 1.6  # cm, 16 : 9
ROWS_A_SLIDE, ROWS_A_TABLE = 8, 14
TITLE_LAYOUT, TITLE_ONLY_LAYOUT = 0, 5  # of python-pptx's default template


@dataclass(frozen=True, slots=True)
class _Ink:
    """How text is set: points, weight, colour (the palette's text when empty), space after a line in points."""

    size: float
    bold: bool = False
    colour: str = ""
    spacing: float = 0


@dataclass(slots=True)
class _Deck:
    """A presentation being written."""

    deck: Any
    palette: Palette
    texts: Texts
    synthetic: str

    @property
    def font(self) -> str:
        return self.texts("write.slide_font")


def write_pptx(brief: Brief, path: Path, palette: Palette, texts: Texts) -> None:
    """Write `brief` as a 16:9 deck to `path`; UserError when the place cannot be written."""
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(WIDTH), Cm(HEIGHT)
    deck.core_properties.title, deck.core_properties.author = brief.title.replace("\n", ""), ""
    state = _Deck(deck, palette, texts, brief.synthetic)
    _cover(state, brief)
    _summary(state, brief.blocks)
    for block in brief.blocks:
        if isinstance(block, FigureBlock):
            _figure_slide(state, block.figure)
        elif isinstance(block, GridBlock) and not block.annex:
            _grid_slides(state, block)
    buffer = io.BytesIO()
    deck.save(buffer)
    write_atomically(path, settle(sealed(buffer.getvalue(), brief), brief.created))


def _cover(state: _Deck, brief: Brief) -> None:
    slide = state.deck.slides.add_slide(state.deck.slide_layouts[TITLE_LAYOUT])
    _bar(state, slide, 0.0, HEIGHT)
    _place(slide.shapes.title, (MARGIN + 1, 5.2, WIDTH - 2 * MARGIN - 1, 4.2))
    _write(state, slide.shapes.title, brief.title.split("\n"), _Ink(38, bold=True))
    lines = [brief.subtitle, state.texts("write.created", time=brief.created[:10])]
    _place(slide.placeholders[1], (MARGIN + 1, 9.8, WIDTH - 2 * MARGIN - 1, 4))
    _write(
        state, slide.placeholders[1], [line for line in (*lines, brief.synthetic) if line], _Ink(18, colour=state.palette.muted)
    )


def _summary(state: _Deck, blocks: Sequence[Block]) -> None:
    first = next((i for i, block in enumerate(blocks) if isinstance(block, Heading)), None)
    if first is None:
        return
    heading, points = blocks[first], []
    for block in blocks[first + 1 :]:
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph):
            points.append(block.text)
    if points and isinstance(heading, Heading):
        slide = _slide(state, heading.text)
        box = slide.shapes.add_textbox(*_cm(MARGIN, 3.6, WIDTH - 2 * MARGIN, HEIGHT - 6))
        _write(state, box, points, _Ink(18 if sum(map(len, points)) < 420 else 15, spacing=10))


def _figure_slide(state: _Deck, figure: Figure) -> None:
    slide = _slide(state, figure.title)
    subtitle = slide.shapes.add_textbox(*_cm(MARGIN, 3.1, WIDTH - 2 * MARGIN, 1.0))
    _write(state, subtitle, [figure.subtitle], _Ink(13, colour=state.palette.muted))
    if figure.kind in CHART_KINDS:
        chart_type, data = chart_data(figure)
        top = 4.2 if len(figure.subtitle) <= SUBTITLE_LINE[state.texts.lang] else 4.7
        frame = slide.shapes.add_chart(chart_type, *_cm(MARGIN, top, WIDTH - 2 * MARGIN, HEIGHT - 3.2 - top), data)
        size = 12 if len(figure.table.rows) < 16 else 10
        style_chart(frame.chart, figure, ChartStyle(state.palette, state.font, size, state.texts("write.times")))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", figure.alt)
    else:
        _heat_table(state, slide, figure.table)
    _footnotes(state, slide, (*figure.provenance.lines(state.texts), *sign_lines(figure.table, state.texts)))


def _heat_table(state: _Deck, slide: Any, table: ReleasedTable) -> None:
    heads = ["", *table.columns]
    body = [[row.label, *(cell_text(cell, with_interval=False) for cell in row.cells)] for row in table.rows]
    frame = _table(state, slide, (4.2, min(1.1 * (len(body) + 1), HEIGHT - 7.4)), [heads, *body])
    for i, row in enumerate(table.rows, 1):
        for j, cell in enumerate(row.cells, 1):
            if cell.status is not CellStatus.HIDDEN and cell.value is not None:
                ground = heat_colour(cell.value / 100, state.palette)
                _shade(frame.cell(i, j), ground)
                _ink(frame.cell(i, j), readable_on(ground))


def _grid_slides(state: _Deck, block: GridBlock) -> None:
    for start in range(0, max(len(block.rows), 1), ROWS_A_SLIDE):
        slide = _slide(state, block.title)
        rows = [list(row) for row in block.rows[start : start + ROWS_A_SLIDE]]
        _table(state, slide, (3.4, min(1.5 * (len(rows) + 1), HEIGHT - 6)), [list(block.columns), *rows])
        _footnotes(state, slide, (block.note,) if block.note else ())


def _table(state: _Deck, slide: Any, place: tuple[float, float], rows: list[list[str]]) -> Any:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Mm

    top, height = place
    frame = slide.shapes.add_table(len(rows), len(rows[0]), *_cm(MARGIN, top, WIDTH - 2 * MARGIN, height))
    table = frame.table
    table.horz_banding = False
    size = 12 if len(rows) <= ROWS_A_TABLE and len(rows[0]) <= 9 else 8
    for column, millimetres in zip(table.columns, column_widths(rows, (WIDTH - 2 * MARGIN) * 10, size), strict=True):
        column.width = Mm(millimetres)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            cell = table.cell(i, j)
            cell.margin_top = cell.margin_bottom = 20000 if size > 10 else 4000
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            _shade(cell, state.palette.accent if i == 0 else state.palette.surface)
            colour = state.palette.on_accent if i == 0 else state.palette.text
            _write(state, cell, [text], _Ink(size, i == 0, colour))
    return table


def _slide(state: _Deck, title: str) -> Any:
    slide = state.deck.slides.add_slide(state.deck.slide_layouts[TITLE_ONLY_LAYOUT])
    _bar(state, slide, 1.1, 1.5)
    _place(slide.shapes.title, (MARGIN, 0.8, WIDTH - 2 * MARGIN, 2.2))
    _write(state, slide.shapes.title, [title], _Ink(24 if len(title) < 46 else 20, bold=True))
    return slide


def _footnotes(state: _Deck, slide: Any, lines: Sequence[str]) -> None:
    mark = state.texts("provenance.synthetic")
    shown = (mark,) if state.synthetic and mark not in lines else ()
    text = "　".join((*shown, *lines))
    box = slide.shapes.add_textbox(*_cm(MARGIN, HEIGHT - 2.9, WIDTH - 2 * MARGIN, 2.4))
    _write(state, box, [text], _Ink(9, colour=state.palette.muted))


def _bar(state: _Deck, slide: Any, top: float, height: float) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_cm(0.0, top, 0.45, height))
    _fill(bar.fill, state.palette.accent)
    bar.line.fill.background()


def _cm(left: float, top: float, width: float, height: float) -> tuple[Any, Any, Any, Any]:
    from pptx.util import Cm

    return Cm(left), Cm(top), Cm(width), Cm(height)


def _place(shape: Any, place: tuple[float, float, float, float]) -> None:
    """Set all four: setting only some of a placeholder's moves it to the top left."""
    shape.left, shape.top, shape.width, shape.height = _cm(*place)


def _write(state: _Deck, shape: Any, lines: Sequence[str], ink: _Ink) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if ink.bold else MSO_ANCHOR.TOP
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(ink.spacing)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = line, Pt(ink.size), ink.bold
        _ink_run(run, ink.colour or state.palette.text)
        _both_fonts(run, state)


def _both_fonts(run: Any, state: _Deck) -> None:
    """Name the font for Chinese too: python-pptx sets only the Latin one."""
    run.font.name = state.font
    properties = run._r.get_or_add_rPr()
    properties.set("lang", "zh-CN" if state.texts.lang == "zh" else "en-US")
    namespace = properties.nsmap["a"]
    latin = properties.find(f"{{{namespace}}}latin")
    latin.addnext(properties.makeelement(f"{{{namespace}}}ea", {"typeface": state.font}))


def _ink_run(run: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())


def _ink(cell: Any, colour: str) -> None:
    for paragraph in cell.text_frame.paragraphs:
        for run in paragraph.runs:
            _ink_run(run, colour)


def _shade(cell: Any, colour: str) -> None:
    _fill(cell.fill, colour)


def _fill(fill: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
