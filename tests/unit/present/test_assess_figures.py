"""Figures of what an assessment says beyond counts: nothing overlaps, nothing hidden is told, no order is invented."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import full_study
import pytest
import small_study

from app.domain.drawing import Box, Label
from app.domain.estimate import Method
from app.domain.judgement import Aggregation, Weighting
from app.domain.release import CellStatus
from app.domain.selection import Selection
from app.present.draw import draw
from app.present.draw.moves import moved_text
from app.present.draw.place import inside, label_box, overlap
from app.present.draw.profile import hyphenated
from app.present.draw.steps import points, spans_of
from app.present.draw.style import Rect
from app.present.draw.text import text_width
from app.present.figures import figure_ids, make_figure
from app.present.figures.moves import moves_of
from app.present.tables import reach_table, row_of
from app.present.view import View

OWN = ("profile", "rank-intervals", "change", "robust-ranks", "sobol")
SLACK = 0.05


@pytest.fixture(scope="module")
def palette():
    from app.files.resources import load_palette

    return load_palette("light")


@pytest.fixture(scope="module")
def whole(small):
    return full_study.full(small)


def check_page(drawing):
    page = Rect(0, 0, drawing.width, drawing.height)
    boxes = [(shape, label_box(shape)) for shape in drawing.shapes if isinstance(shape, Label)]
    for label, box in boxes:
        assert inside(box, page, SLACK), label
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not overlap(a, b, SLACK), (one, other)


def test_that_a_full_assessment_offers_its_own_figures(whole, small):
    assert set(OWN) <= set(figure_ids(whole))
    assert not set(OWN) & set(figure_ids(small))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [150.0, 220.0, 330.0])
def test_that_labels_of_the_new_figures_never_overlap(palette, whole, small_resources, lang, width):
    texts = small_study.texts(lang)
    for id_ in OWN:
        for bare in (False, True):
            figure = make_figure(whole, small_resources, id_, texts, Selection(sector="C"))
            check_page(draw(figure, palette, width, 60.0, texts, bare))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_twenty_sectors_with_long_names_fit_a_profile(palette, small_resources, lang):
    texts = small_study.texts(lang)
    study = full_study.full(small_study.many_sectors(20))
    for id_ in ("profile", "rank-intervals", "robust-ranks"):
        for width in (180.0, 300.0):
            check_page(draw(make_figure(study, small_resources, id_, texts), palette, width, 90.0, texts))
    moves = moves_of(View(study, small_resources, texts), weighting(study, {"data": 5.0}))
    check_page(draw(moves.figure, palette, 180.0, 90.0, texts))


def test_that_rank_and_class_are_hidden_wherever_the_share_is(whole, small_resources, chinese):
    figure = make_figure(whole, small_resources, "profile", chinese)
    row = row_of(figure.table, "B")  # three firms
    assert all(cell.status is CellStatus.HIDDEN for cell in row.cells)
    assert "B" not in {said.row for said in figure.said}
    assert "rank" in figure.roles
    assert "class" in figure.roles


def test_that_a_profile_without_estimates_has_no_empty_columns(small, small_resources, chinese):
    figure = make_figure(small, small_resources, "profile", chinese)
    assert set(figure.roles) == {"score", "share"}
    assert figure.said == ()


def test_that_a_profile_of_a_ladder_needs_no_scores(palette, small_resources, chinese):
    figure = make_figure(small_study.ladder_study(), small_resources, "profile", chinese)
    assert figure.roles == ("share",)
    check_page(draw(figure, palette, 200.0, 60.0, chinese))


def test_that_shares_come_from_estimates_everywhere_at_once(whole, small_resources, chinese):
    view = View(whole, small_resources, chinese)
    cell = row_of(reach_table(view), "C").cells[0]
    estimate = view.estimates["C"].at_least["L2"]
    assert (cell.value, cell.low, cell.high) == (estimate.value, estimate.low, estimate.high)
    assert cell.evidence == "estimate|2026|C|L2+"
    filtered = View(whole, small_resources, chinese, Selection(size="small"))
    assert row_of(reach_table(filtered), "C").cells[0].evidence.startswith("share|2026|C|L2+")


def test_that_bars_are_hatched_only_where_a_model_stands_behind(palette, whole, small_resources, chinese):
    def hatched(study):
        drawing = draw(make_figure(study, small_resources, "profile", chinese), palette, 300.0, 90.0, chinese)
        return {shape.mark.evidence.split("|")[2] for shape in drawing.shapes if isinstance(shape, Box) and shape.hatch}

    assert hatched(whole) == {"*", "C", "F", "I"}
    assert hatched(full_study.full(small_study.study(), Method.RUBRIC)) == set()


def test_that_a_class_that_no_level_surely_holds_names_the_levels_it_may_be(whole, small_resources, chinese):
    figure = make_figure(whole, small_resources, "profile", chinese)
    unsure = [said for said in figure.said if said.level < 0 and "/" in said.text]
    assert unsure
    assert all("L1/L2" in said.text and "哪一级都没有过半的把握" in said.sentence for said in unsure)


def test_that_volunteers_get_a_class_without_a_chance(small_resources, chinese):
    study = full_study.full(small_study.study())
    latest = study.assessments[-1]
    total = replace(latest.total_estimate, sector_class=replace(latest.total_estimate.sector_class, probability=None, chances=()))
    study = replace(study, assessments=(replace(latest, total_estimate=total),))
    figure = make_figure(study, small_resources, "profile", chinese)
    said = next(said for said in figure.said if said.row == "*")
    assert said.level >= 0
    assert "不给把握" in said.sentence
    place = figure.roles.index("class")
    assert row_of(figure.table, "*").cells[place].value is None


def test_that_ranks_stand_in_order_and_small_sectors_in_none(whole, small_resources, chinese):
    table = make_figure(whole, small_resources, "rank-intervals", chinese).table
    shown = [row.cells[0].value for row in table.rows if row.cells[0].value is not None]
    assert shown == sorted(shown)
    assert "B" not in {row.key for row in table.rows}


def test_that_the_parts_of_a_change_end_where_the_sum_does(whole, small_resources, chinese):
    table = make_figure(whole, small_resources, "change", chinese).table
    spans = spans_of([row.cells[0] for row in table.rows])
    assert spans[-2][1] == pytest.approx(spans[-1][1])
    assert spans[-1][0] == 0.0


def test_that_a_change_few_firms_made_is_not_told(whole, small_resources, chinese):
    figure = make_figure(whole, small_resources, "change", chinese, Selection(sector="J"))
    assert all(row.cells[0].status is CellStatus.HIDDEN for row in figure.table.rows)
    assert "不公布" in figure.title


def weighting(study, more):
    weights = tuple((pillar.code, 1.0 + more.get(pillar.code, 0.0)) for pillar in study.rubric.pillars)
    return Weighting("", weights, Aggregation.ARITHMETIC, "")


def test_that_equal_weights_move_no_rank_and_say_so(small, small_resources, chinese):
    moves = moves_of(View(small, small_resources, chinese), weighting(small, {}))
    assert moves.headline == "5个行业的名次都不变"
    assert [row.cells[0].value for row in moves.figure.table.rows[:5]] == [
        row.cells[1].value for row in moves.figure.table.rows[:5]
    ]


def test_that_a_sector_of_three_firms_is_hidden_among_the_moves(small, small_resources, chinese):
    rows = moves_of(View(small, small_resources, chinese), weighting(small, {"data": 9.0})).figure.table.rows
    assert rows[-1].key == "B"
    assert all(cell.status is CellStatus.HIDDEN for cell in rows[-1].cells)


@pytest.mark.parametrize(("before", "after", "text"), [(3, 1, "▲2"), (1, 2, "▼1"), (4, 4, "=")])
def test_that_moves_read_as_arrows(before, after, text):
    assert moved_text(before, after) == text


def test_that_a_change_that_rounds_to_nothing_has_no_sign():
    assert points(-0.01) == "0"
    assert points(-3.26) == "−3.3"
    assert points(12.4, 0) == "+12"


def test_that_a_word_too_wide_for_its_column_is_hyphenated_and_keeps_its_letters():
    width = text_width("Infrastructure", 3.0) * 0.6
    parts = hyphenated("Infrastructure", width, 3.0).split(" ")
    assert "".join(part.rstrip("-") for part in parts) == "Infrastructure"
    assert all(text_width(part, 3.0) <= width * 1.05 for part in parts)
    assert hyphenated("数据", 1.0, 3.0) == "数据"
