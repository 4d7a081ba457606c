"""The slides of a brief: cover, cards of the main numbers, figures, tables and texts, each with its finding as title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.brief import Brief, FigureBlock, GridBlock, TableBlock
from app.domain.claims import numbers_in
from app.domain.colours import heat_colour, readable_on
from app.domain.figure import Figure, FigureKind
from app.domain.firm_counts import count_of, same_firms, sign_lines
from app.domain.numbers import cell_text, interval
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable
from app.files.chart_layout import Frame
from app.files.office_charts import CHART_KINDS, ChartStyle, chart_data, charted, style_chart
from app.files.pptx_choose import SUMMARY, Item, Section
from app.files.pptx_drawing import fits, put_drawing
from app.files.pptx_page import (
    BODY,
    FOOT_TOP,
    HEIGHT,
    INNER,
    LEAST_BODY,
    LEAST_TITLE,
    MARGIN,
    NOTE,
    TITLE,
    TITLE_HEIGHT,
    TITLE_LAYOUT,
    WIDTH,
    Deck,
    bar,
    block_name,
    emu,
    foot,
    footnotes,
    new_slide,
    put_text,
    put_title,
    subtitle,
)
from app.files.pptx_table import Cells, put_table
from app.files.pptx_text import Passage, clause, first_sentence, fitted, has_digit, height_of, lines_of, set_body, shortened

METHOD = "method"
CARDS, CARD_GAP, CARD_HEIGHT = 4, 6.0, 46.0
SIZES = (20.0, 18.0, BODY, LEAST_BODY)  # points of running text, the largest at which all of it stands
MOST_LINES, TEXT_LINES = 6, 14  # of running text on a slide, and where nothing else stands on it
CHART_SIZE, MOST_ROWS = 12.0, 36  # points; rows that a chart on a slide can name
WIDER = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.4, 2.8)  # pages on which a drawing is tried, in widths of the slide
AS_TABLE = (FigureKind.HEAT, FigureKind.CONFUSION)


def cover(deck: Deck) -> Any:
    """Make the first slide: what the brief is called, of when it is, how far it is signed and by whom."""
    brief, palette = deck.brief, deck.palette
    slide = deck.deck.slides.add_slide(deck.deck.slide_layouts[TITLE_LAYOUT])
    bar(deck, slide, Frame(0.0, 0.0, 7.0, HEIGHT))
    frame = Frame(MARGIN + 8, 52.0, INNER - 8, 44.0)
    title = Passage(tuple(brief.title.split("\n")), deck.ink(40, bold=True), anchor="b")
    put_title(slide, fitted(title, (frame.width, frame.height), 24), frame)
    lines = (brief.subtitle, deck.texts("write.created", time=brief.created[:10]), brief.standing, *brief.signed)
    second = slide.placeholders[1]
    second.left, second.top, second.width, second.height = emu(Frame(MARGIN + 8, 102.0, INNER - 8, 50.0))
    kept = Passage(tuple(line for line in lines if line), deck.ink(18, palette.muted), after=4)
    set_body(second, fitted(kept, (INNER - 8, 50.0), 12))
    if brief.synthetic:
        put_text(
            slide, Passage((brief.synthetic,), deck.ink(14, palette.warning, True)), Frame(MARGIN + 8, 160.0, INNER - 8, 8.0)
        )
    return slide


def finding(section: Section, deck: Deck, width: float = INNER) -> tuple[str, str]:
    """Return the sentence of a section's text that tells its finding, with the name of its block; else its heading."""
    ink = deck.ink(LEAST_TITLE, bold=True)
    told = [(place, text) for place, text in section.paragraphs if has_digit(text) and section.name != METHOD]
    if section.name != SUMMARY:
        told.sort(key=lambda pair: (-len(numbers_in(pair[1])), -pair[0]))  # of the same, the newest stands last
    for place, text in told[1 if section.name == SUMMARY and len(told) > 1 else 0 :]:
        for tried in (text.rstrip("。."), clause(text), first_sentence(text)):
            if has_digit(tried) and lines_of(Passage((tried,), ink), width) <= 2:
                return tried, block_name(place)
    return section.heading, ""


def cards_slide(deck: Deck, item: Item) -> Any:
    """Make the slide of the main numbers: a card each, and the other findings in short below."""
    title, name = finding(item.section, deck)
    slide = new_slide(deck, title, item.section.heading, name)
    block = item.block
    if not isinstance(block, TableBlock):
        return slide
    rows = block.table.rows[:CARDS]
    width = (INNER - CARD_GAP * (CARDS - 1)) / CARDS
    for at, row in enumerate(rows):
        _card(
            deck, slide, (row.label, row.cells[-1]), Frame(MARGIN + at * (width + CARD_GAP), 42.0, width, CARD_HEIGHT), item.place
        )
    bottom = _notes_under(deck, slide, block.table, block.provenance)
    said = [(place, text) for place, text in item.section.paragraphs if block_name(place) != name]
    _points(deck, slide, said, Frame(MARGIN, 94.0, INNER, bottom - 96.0))
    return slide


def _card(deck: Deck, slide: Any, what: tuple[str, Cell], frame: Frame, place: int) -> None:
    label, cell = what
    palette = deck.palette
    bar(deck, slide, Frame(frame.x, frame.y, frame.width, 1.2))
    bar(deck, slide, Frame(frame.x, frame.y + 1.2, frame.width, frame.height - 1.2), palette.accent_soft)
    head = fitted(Passage((label,), deck.ink(14, palette.text), inset=2.0), (frame.width, 15.0), 11)
    put_text(slide, head, Frame(frame.x, frame.y + 2.0, frame.width, 15.0))
    value = Passage((cell_text(cell, with_interval=False),), deck.ink(36, palette.accent, True), inset=2.0, anchor="ctr")
    put_text(slide, value, Frame(frame.x, frame.y + 16.0, frame.width, 17.0), block_name(place))
    bounds = interval(cell.low, cell.high, cell.unit) if cell.value is not None else ""
    if bounds:
        said = Passage((bounds,), deck.ink(14, palette.muted), inset=2.0)
        put_text(slide, said, Frame(frame.x, frame.y + 33.0, frame.width, 10.0), block_name(place))


def _points(deck: Deck, slide: Any, said: Sequence[tuple[int, str]], frame: Frame, most: int = MOST_LINES) -> None:
    """Write paragraphs as points, as large as all of them stand whole, else in short, at most so many lines; what is left stands
    in the notes."""
    whole = [size for size in SIZES if said and _holds(said, deck.ink(size), frame, most)][:1]
    for size in whole or SIZES:
        ink = deck.ink(size)
        each = max(1, most // max(len(said), 1))
        kept = list(said) if whole else [(at, shortened(text, ink, frame.width - 8, max(each, 2))) for at, text in said]
        kept = [(place, text) for place, text in kept if text]
        while kept and not _holds(kept, ink, frame, most):
            kept.pop()
        if len(kept) == len(said):
            break
    if not kept:
        return
    places = [place for place, _ in kept]
    name = block_name(places[0]) if len(places) == 1 else f"{block_name(places[0])}-{places[-1]}"
    put_text(slide, Passage(tuple(text for _, text in kept), ink, after=8, bullets=True), frame, name)


def _holds(kept: Sequence[tuple[int, str]], ink: Any, frame: Frame, most: int) -> bool:
    passage = Passage(tuple(text for _, text in kept), ink, after=8, bullets=True)
    return lines_of(passage, frame.width) <= most + 1 and height_of(passage, frame.width) <= frame.height


def figure_slide(deck: Deck, item: Item) -> Any:
    """Make the slide of a figure: its finding, an editable chart, table or drawing, and what it rests on."""
    if not isinstance(item.block, FigureBlock):
        raise TypeError(type(item.block).__name__)
    figure = item.block.figure
    slide = new_slide(deck, figure.title, item.section.heading)
    top = subtitle(deck, slide, figure.subtitle)
    bottom = _notes_under(deck, slide, figure.table, figure.provenance, figure.keys)
    put_figure(deck, slide, figure, Frame(MARGIN, top, INNER, bottom - top), block_name(item.place))
    return slide


def put_figure(deck: Deck, slide: Any, figure: Figure, frame: Frame, name: str) -> None:
    """Put a figure into a frame: a native chart, a shaded table, or its drawing in native shapes."""
    if charted(figure, MOST_ROWS):
        put_chart(deck, slide, figure, frame, name)
    elif figure.kind in (*AS_TABLE, *CHART_KINDS) or deck.draw is None:
        put_table(deck, slide, _shaded(figure.table, deck), frame, name, figure.alt)
    else:
        draw = deck.draw
        drawings = (draw(figure, frame.width * wider, frame.height * wider) for wider in WIDER)
        put_drawing(slide, fits(drawings, frame), frame, deck.texts("write.slide_font"), name, deck.ink(1).lang)


def put_chart(deck: Deck, slide: Any, figure: Figure, frame: Frame, name: str) -> None:
    """Add a native chart with its alternative text."""
    kind, data = chart_data(figure)
    shape = slide.shapes.add_chart(kind, *emu(frame), data)
    style = ChartStyle(
        deck.palette, deck.texts("write.slide_font"), CHART_SIZE, deck.texts("write.times"), frame.width, frame.height
    )
    style_chart(shape.chart, figure, style)
    shape.name = name
    shape._element.nvGraphicFramePr.cNvPr.set("descr", figure.alt)


def table_slide(deck: Deck, item: Item) -> Any:
    """Make the slide of a released table."""
    if not isinstance(item.block, TableBlock):
        raise TypeError(type(item.block).__name__)
    block = item.block
    title, name = finding(item.section, deck) if item.leads else (block.title, "")
    title = block.title if title == item.section.heading else title
    slide = new_slide(deck, title, item.section.heading, name)
    top = subtitle(deck, slide, block.title if title != block.title else "")
    bottom = _notes_under(deck, slide, block.table, block.provenance)
    cells = table_cells(block.table, deck, block.row_header)
    put_table(deck, slide, cells, Frame(MARGIN, top, INNER, bottom - top), block_name(item.place), block.title)
    return slide


def grid_slide(deck: Deck, item: Item, title: tuple[str, str]) -> Any:
    """Make the slide of a table of texts, or of the part of it that fits."""
    if not isinstance(item.block, GridBlock):
        raise TypeError(type(item.block).__name__)
    block = item.block
    slide = new_slide(deck, title[0], item.section.heading, title[1])
    top = subtitle(deck, slide, block.title if title[0] != block.title else "")
    left = deck.texts("deck.rows_left", n=item.rest) if item.rest else ""
    bottom = footnotes(deck, slide, [line for line in (block.note, left) if line])
    rows = [block.columns, *block.rows[item.rows[0] : item.rows[1]]]
    put_table(deck, slide, Cells(rows), Frame(MARGIN, top, INNER, bottom - top), block_name(item.place), block.title)
    return slide


def text_slide(deck: Deck, item: Item) -> Any:
    """Make the slide of a section that is text alone; of the method also how the brief can be checked."""
    title, name = finding(item.section, deck)
    slide = new_slide(deck, title, item.section.heading if title != item.section.heading else "", name)
    said = [(at, text) for at, text in item.section.paragraphs if block_name(at) != name or len(title) + 1 < len(text)]
    below = FOOT_TOP - 6.0
    if item.section.name == METHOD:
        said = [(place, text) for place, text in said if deck.brief.journal not in text or not deck.brief.journal]
        below = _check(deck, slide)
    _points(deck, slide, said, Frame(MARGIN, 44.0, INNER, below - 48.0), TEXT_LINES)
    return slide


def _check(deck: Deck, slide: Any) -> float:
    """Write the check value of the journal in a box of its own, and return where it begins in mm."""
    brief: Brief = deck.brief
    lines = [deck.texts("write.journal", hash=brief.journal)] if brief.journal else []
    passage = Passage((*lines, deck.texts("deck.check")), deck.ink(14), after=4, inset=4.0)
    height = height_of(passage, INNER) + 2.0
    frame = Frame(MARGIN, FOOT_TOP - 6.0 - height, INNER, height)
    bar(deck, slide, frame, deck.palette.accent_soft)
    put_text(slide, passage, frame)
    return frame.y


def wall_slide(deck: Deck, item: Item) -> Any:
    """Make the one slide of a figure that fills a page by itself: small title, the drawing, the foot."""
    if not isinstance(item.block, FigureBlock):
        raise TypeError(type(item.block).__name__)
    figure = item.block.figure
    slide = deck.deck.slides.add_slide(deck.deck.slide_layouts[-1])
    passage = fitted(Passage((figure.title,), deck.ink(TITLE - 4, bold=True), anchor="ctr"), (INNER, 10.0), 12)
    put_title(slide, passage, Frame(MARGIN, 4.0, INNER, 10.0))
    put_text(slide, Passage((figure.subtitle,), deck.ink(NOTE, deck.palette.muted)), Frame(MARGIN, 14.5, INNER, 5.0))
    foot(deck, slide)
    put_figure(deck, slide, figure, Frame(8.0, 20.0, WIDTH - 16.0, FOOT_TOP - 21.0), block_name(item.place))
    return slide


def _notes_under(deck: Deck, slide: Any, table: ReleasedTable, provenance: Provenance, keys: Sequence[str] = ()) -> float:
    """Write measure, sample, date, signs, source and what else fits, and return where they begin in mm."""
    brief = replace(provenance, weighting="", interval="", instrument="", note="", synthetic=False)
    rest = replace(provenance, measure="", sample="", as_of="", source="", instrument="", synthetic=False)
    lines = (*brief.lines(deck.texts), *sign_lines(table, deck.texts), *keys, *rest.lines(deck.texts))
    return footnotes(deck, slide, lines)


def table_cells(table: ReleasedTable, deck: Deck, head: str = "") -> Cells:
    """Return a released table as words, the firms behind each row in a column where one number holds for all of it."""
    same = same_firms(table) and any(cell.n is not None for row in table.rows for cell in row.cells)
    heads = [head, *([deck.texts("write.firms")] if same else []), *table.columns]
    rows = []
    for row in table.rows:
        n = count_of(row.cells, row.n)
        firms = [n if isinstance(n, str) else f"{n:,}"] if same else []
        rows.append([row.label, *firms, *(cell_text(cell) for cell in row.cells)])
    strong = frozenset(at for at, row in enumerate(table.rows, 1) if row.key == table.total)
    return Cells([heads, *rows], right=frozenset(range(1, len(heads))), strong=strong)


def _shaded(table: ReleasedTable, deck: Deck) -> Cells:
    """Return a table of scores on the ground of their size; of other numbers, plain."""
    rows = [["", *table.columns], *([row.label, *(cell_text(cell, False) for cell in row.cells)] for row in table.rows)]
    grounds = {}
    for i, row in enumerate(table.rows, 1):
        for j, cell in enumerate(row.cells, 1):
            if cell.unit == "score" and cell.status is not CellStatus.HIDDEN and cell.value is not None:
                ground = heat_colour(cell.value / 100, deck.palette)
                grounds[i, j] = (ground, readable_on(ground))
    strong = frozenset(at for at, row in enumerate(table.rows, 1) if row.key == table.total)
    return Cells(rows, grounds, frozenset(range(1, len(rows[0]))), strong)


def height_left() -> float:
    """Return about how high the body of a slide with a subtitle and footnotes is, in mm."""
    return FOOT_TOP - 46.0 - TITLE_HEIGHT * 0.6
