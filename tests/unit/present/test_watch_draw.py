"""What is watched, drawn: nothing overlaps or leaves the page, quarters differ by shape, firms are drawn for the screen alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from app.domain.drawing import Box, Dot, Label, Path
from app.domain.figure import FigureKind
from app.domain.release import Cell, CellStatus
from app.domain.selection import Selection
from app.present.draw import draw
from app.present.draw.firms import FirmDot, FirmQuadrant, firms_drawing
from app.present.draw.place import inside, label_box, overlap
from app.present.draw.quadrant_signs import QUARTERS, Look, form
from app.present.draw.style import Rect
from app.present.figures import make_figure
from app.present.figures.watch import WATCH_FIGURES
from tests.unit.present.watch_study import watch_study

SLACK = 0.05
KEYS = "ABCDEFGHIJKLMNOPQRST"


@pytest.fixture(scope="module")
def palettes():
    from app.files.resources import load_palette

    return load_palette("light"), load_palette("dark")


@pytest.fixture(scope="module")
def study(resources):
    return watch_study(resources.instruments["aiplus-2026"])


@pytest.fixture(scope="module")
def wide(resources):
    """Twenty sectors, some of them small."""
    return watch_study(resources.instruments["aiplus-2026"], firms={key: 6 + 3 * place for place, key in enumerate(KEYS)})


def check_page(drawing):
    page = Rect(0, 0, drawing.width, drawing.height)
    boxes = [(shape, label_box(shape)) for shape in drawing.shapes if isinstance(shape, Label) and shape.text]
    for label, box in boxes:
        assert inside(box, page, SLACK), label
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not overlap(a, b, SLACK), (one, other)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [110.0, 160.0, 250.0, 330.0])
def test_that_labels_never_overlap_or_leave_the_page(study, wide, resources, palettes, zh, en, lang, width):
    texts = {"zh": zh, "en": en}[lang]
    for each in (study, wide):
        for id_ in WATCH_FIGURES:
            for chosen in ("", "C"):
                figure = make_figure(each, resources, id_, texts, Selection(sector=chosen))
                check_page(draw(figure, palettes[0], width, 70.0, texts, bare=bool(chosen)))


def test_that_shapes_stay_on_the_page(wide, resources, palettes, zh):
    for id_ in WATCH_FIGURES:
        drawing = draw(make_figure(wide, resources, id_, zh), palettes[1], 180.0, 80.0, zh)
        for shape in drawing.shapes:
            points = shape.points if isinstance(shape, Path) else ()
            if isinstance(shape, Box):
                points = ((shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height))
            if isinstance(shape, Dot):
                points = ((shape.x - shape.radius, shape.y), (shape.x + shape.radius, shape.y))
            assert all(-SLACK <= x <= 180 + SLACK and -SLACK <= y <= drawing.height + SLACK for x, y in points), (id_, shape)


def test_that_every_shown_sector_has_a_mark_that_opens_its_numbers_and_reads_out(study, resources, palettes, zh):
    figure = make_figure(study, resources, "agents-quadrant", zh)
    drawing = draw(figure, palettes[0], 200.0, 90.0, zh)
    told = {shape.mark.evidence: shape.mark.sentence for shape in drawing.shapes if shape.mark is not None}
    for row in figure.table.rows:
        if row.key != figure.table.total and row.cells[0].value is not None and row.cells[1].value is not None:
            assert row.label in told[row.cells[0].evidence]
    assert all(told.values())


def test_that_hidden_sectors_are_not_drawn(study, resources, palettes, zh):
    figure = make_figure(study, resources, "agents-quadrant", zh)
    drawing = draw(figure, palettes[0], 200.0, 90.0, zh)
    hidden = [row for row in figure.table.rows if row.cells[0].status is CellStatus.HIDDEN]
    assert hidden
    said = " ".join(label.text for label in drawing.shapes if isinstance(label, Label))
    assert not [row.label for row in hidden if row.key != figure.table.total and row.label in said]


def test_that_the_four_quarters_differ_by_shape_alone():
    forms = [form(quarter, (10.0, 10.0), 2.0, Look("#ffffff", "#000000", 0.3, None)) for quarter in QUARTERS]
    outlines = {(type(shape).__name__, len(getattr(shape, "points", ()))) for shape in forms}
    assert len(outlines) == len(QUARTERS)


def test_that_larger_sectors_get_larger_marks(study, resources, palettes, zh):
    figure = make_figure(study, resources, "agents-quadrant", zh)
    rows = {row.key: row for row in figure.table.rows if row.cells[0].value is not None and row.key != figure.table.total}
    drawing = draw(figure, palettes[0], 200.0, 90.0, zh)

    def size(key):
        mark = rows[key].cells[0].evidence
        shape = next(s for s in drawing.shapes if not isinstance(s, Label) and s.mark is not None and s.mark.evidence == mark)
        points = getattr(shape, "points", ())
        if points:
            return max(x for x, _ in points) - min(x for x, _ in points)
        return 2 * shape.radius if isinstance(shape, Dot) else shape.width

    ordered = sorted(rows, key=lambda key: rows[key].cells[2].value)
    assert len(ordered) > 1
    assert size(ordered[0]) < size(ordered[-1])


def test_that_an_interval_beyond_the_scale_of_jobs_ends_in_an_arrow_and_the_key_says_so(study, resources, palettes, zh):
    figure = make_figure(study, resources, "jobs-balance", zh)
    row = figure.table.rows[1]
    far = replace(row.cells[1], high=400.0)
    rows = (figure.table.rows[0], replace(row, cells=(row.cells[0], far, row.cells[2])), *figure.table.rows[2:])
    cut = replace(figure, table=replace(figure.table, rows=rows))
    plain, drawn = (draw(each, palettes[0], 200.0, 90.0, zh) for each in (figure, cut))
    arrow = zh("figure.balance.arrow")
    assert arrow not in " ".join(s.text for s in plain.shapes if isinstance(s, Label))
    assert arrow in " ".join(s.text for s in drawn.shapes if isinstance(s, Label))
    assert any(isinstance(s, Path) and s.closed and s.fill and len(s.points) == 3 for s in drawn.shapes)


def test_that_losses_go_left_and_gains_right_of_zero(study, resources, palettes, zh):
    figure = make_figure(study, resources, "jobs-balance", zh)
    drawing = draw(figure, palettes[0], 200.0, 90.0, zh)
    bars = [s for s in drawing.shapes if isinstance(s, Box) and s.mark is not None]
    lost = [bar for bar in bars if bar.mark.evidence.endswith("displaced")]
    made = [bar for bar in bars if bar.mark.evidence.endswith("created")]
    assert lost and made
    assert max(bar.x + bar.width for bar in lost) == pytest.approx(min(bar.x for bar in made), abs=0.3)


def test_that_a_table_without_any_value_is_still_drawn(study, resources, palettes, zh):
    for id_ in ("agents-quadrant", "jobs-balance"):
        figure = make_figure(study, resources, id_, zh)
        bare = tuple(
            replace(row, cells=tuple(Cell(CellStatus.HIDDEN, cell.unit) for cell in row.cells)) for row in figure.table.rows
        )
        check_page(draw(replace(figure, table=replace(figure.table, rows=bare)), palettes[0], 160.0, 60.0, zh))


def firms(n=9):
    dots = tuple(
        FirmDot(8.0 * k, 100.0 - 9 * k, (*QUARTERS, "unknown")[k % 5], (k, 100 + k)[: 1 + k % 2], f"甲{k}") for k in range(n)
    )
    key = tuple((quarter, f"■ {quarter}") for quarter in (*QUARTERS, "unknown"))
    return FirmQuadrant(dots, 30.0, 70.0, ("暴露度", "控制力"), key, "3家没有画出")


def test_that_every_firm_dot_opens_its_positions_and_names_them(palettes, zh):
    drawing = firms_drawing(firms(), palettes[0], (220.0, 90.0), zh, "图")
    opened = {s.mark.evidence: s.mark.sentence for s in drawing.shapes if s.mark is not None}
    assert opened == {",".join(map(str, dot.positions)): dot.sentence for dot in firms().dots}
    check_page(drawing)


def test_that_there_is_no_figure_of_firms():
    assert not [kind for kind in FigureKind if "firm" in kind.value]


def test_that_where_all_flows_are_nothing_their_intervals_still_end_within_the_scale(study, resources, palettes, zh):
    figure = make_figure(study, resources, "jobs-balance", zh)
    nothing = [replace(cell, value=0.0, low=-4.0, high=4.0) for cell in figure.table.rows[0].cells]
    rows = tuple(replace(row, cells=tuple(nothing)) for row in figure.table.rows)
    drawn = draw(replace(figure, table=replace(figure.table, rows=rows)), palettes[0], 200.0, 90.0, zh)
    assert zh("figure.balance.arrow") not in " ".join(s.text for s in drawn.shapes if isinstance(s, Label))
