"""Bullets, slopes, scatter, small multiples, townships: what they say, what they hide, and where they are drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import full_study
import pandas as pd
import pytest
import small_study
from hypothesis import given
from hypothesis import strategies as st

from app.domain.boundary import Area, Boundary
from app.domain.drawing import Box, Label, Path
from app.domain.errors import UserError
from app.domain.figure import FigureKind
from app.domain.release import CellStatus
from app.domain.selection import Selection
from app.domain.study import Design
from app.files.resources import load_palette
from app.present.draw import draw
from app.present.draw.outline import hatching, label_point, simplified, size_of, stretches
from app.present.draw.place import inside, label_box, overlap
from app.present.draw.slope import apart
from app.present.draw.style import Rect
from app.present.figures import figure_ids, make_figure, make_mapped
from app.present.matched import matched

IDS = ("goals-bullet", "sectors-slope", "sectors-scatter", "levels-multiples", "townships")
APPROVAL = "示S（2026）012号"


@pytest.fixture(scope="module")
def whole():
    return full_study.full(small_study.study())


def rows(figure):
    return {row.key: row for row in figure.table.rows}


def towned(study, counts: dict[str, int]):
    """Return the study with its newest firms spread over townships in these numbers, the rest in the first."""
    firms = study.responses.firms.copy()
    last = (firms["wave"].astype("str") == study.waves[-1].id).to_numpy().nonzero()[0]
    names = [town for town, n in counts.items() for _ in range(n)]
    towns = pd.Series(["城关镇"] * len(firms), dtype="object")
    towns.iloc[last[: len(names)]] = names
    return replace(study, responses=replace(study.responses, firms=firms.assign(township=towns.to_numpy())))


def check_page(drawing):
    page = Rect(0, 0, drawing.width, drawing.height)
    boxes = [(shape, label_box(shape)) for shape in drawing.shapes if isinstance(shape, Label)]
    for label, box in boxes:
        assert inside(box, page, 0.05), label
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not overlap(a, b, 0.05), (one, other)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [120.0, 160.0, 330.0])
def test_that_no_label_overlaps_or_leaves_the_page(whole, small_resources, lang, width):
    texts = small_study.texts(lang)
    assert set(IDS) <= set(figure_ids(whole))
    for id_ in IDS:
        for chosen in (Selection(), Selection(sector="C")):
            check_page(draw(make_figure(whole, small_resources, id_, texts, chosen), load_palette("dark"), width, 60.0, texts))


def test_that_a_name_of_sixty_characters_does_not_break_a_page(small_resources, chinese):
    study = towned(small_study.study(), {"长" * 60: 20, "东" * 30: 12, "西乡": 3, "南乡": 8})
    for id_ in ("townships", "levels-multiples"):
        check_page(draw(make_figure(study, small_resources, id_, chinese), load_palette("light"), 150.0, 60.0, chinese))


def test_that_a_bullet_tells_each_measured_goal_with_target_and_light(small, small_resources, chinese):
    figure = make_figure(small, small_resources, "goals-bullet", chinese)
    assert figure.kind is FigureKind.BULLET
    assert [row.cells[1].value for row in figure.table.rows] == [0.7, 0.9]
    assert [one.text for one in figure.said] == [
        chinese(f"term.light.{p.light.value}") for p in small.progress if p.observations
    ][:2]
    assert "2项比率目标" in figure.title
    assert rows(figure)["national-2027"].cells[0].value == pytest.approx(small.progress[0].latest.value)


def test_that_a_slope_holds_what_each_wave_released(whole, small_resources, chinese):
    figure = make_figure(whole, small_resources, "sectors-slope", chinese)
    assert figure.table.columns == ("2025期", "2026期")
    assert rows(figure)["B"].cells[0].status is CellStatus.HIDDEN
    profile = next(p for p in whole.assessments[-1].sectors if p.sector == "C")
    assert rows(figure)["C"].cells[1].value == pytest.approx(profile.at_least["L2"].value)
    said = {one.row: one.level for one in figure.said}
    assert said["B"] == -2
    assert "B 采矿业" in " ".join(
        shape.text for shape in draw(figure, load_palette("light"), 200, 90, chinese).shapes if isinstance(shape, Label)
    )


def test_that_a_slope_needs_two_waves_that_can_be_compared(small, small_resources, chinese):
    assert "sectors-slope" not in figure_ids(small)  # without changes, nothing says the waves compare
    with pytest.raises(UserError) as caught:
        make_figure(small, small_resources, "sectors-slope", chinese)
    assert caught.value.code == "figure.unknown"


def test_that_a_scatter_hides_both_numbers_of_a_sector_together(small, small_resources, chinese):
    figure = make_figure(small, small_resources, "sectors-scatter", chinese)
    for row in figure.table.rows:
        assert len({cell.status is CellStatus.HIDDEN for cell in row.cells}) == 1, row.key
    assert rows(figure)["B"].cells[0].value is None
    assert all(shape.mark is None or "采矿业" not in shape.mark.sentence or "不公布" in shape.mark.sentence
               for shape in draw(figure, load_palette("light"), 200, 90, chinese).shapes)  # fmt: skip


def test_that_townships_below_five_firms_are_hidden_with_a_partner_and_hatched(small_resources, chinese):
    study = towned(small_study.study(), {"东风乡": 30, "红旗乡": 3, "新建乡": 7})
    figure = make_figure(study, small_resources, "townships", chinese)
    hidden = {key for key, row in rows(figure).items() if row.cells[0].status is CellStatus.HIDDEN}
    assert hidden == {"红旗乡", "新建乡"}
    hatched = [
        shape for shape in draw(figure, load_palette("light"), 160, 90, chinese).shapes if isinstance(shape, Box) and shape.hatch
    ]
    assert len(hatched) == 2
    assert rows(figure)["*"].cells[0].n == study.assessments[-1].total.n_level


def test_that_townships_stand_in_a_near_square_grid_in_their_order(small_resources, chinese):
    study = towned(small_study.study(), {f"第{k:02}镇": 8 for k in range(12)})
    figure = make_figure(study, small_resources, "townships", chinese)
    drawing = draw(figure, load_palette("light"), 160, 90, chinese)
    tiles = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.radius]
    names = [row.key for row in figure.table.rows if row.key != "*"]
    assert names == sorted(names)
    assert len(tiles) == len(names) == 13
    assert len({round(tile.x, 3) for tile in tiles}) == 4
    assert [(round(tile.y, 3), round(tile.x, 3)) for tile in tiles] == sorted((round(t.y, 3), round(t.x, 3)) for t in tiles)


def test_that_a_chosen_township_is_lit_and_not_filtered(small_resources, chinese):
    study = towned(small_study.study(), {"东风乡": 30})
    figure = make_figure(study, small_resources, "townships", chinese, Selection(township="东风乡"))
    assert figure.chosen == "东风乡"
    assert figure.title.startswith("东风乡达到L2及以上的企业占")
    assert {"城关镇", "东风乡", "*"} == set(rows(figure))


def test_that_volunteers_get_no_interval_in_any_of_them(small_resources, chinese):
    study = small_study.study(design=Design.VOLUNTEER)
    for id_ in ("goals-bullet", "levels-multiples", "townships"):
        cells = [cell for row in make_figure(study, small_resources, id_, chinese).table.rows for cell in row.cells]
        assert all(cell.low is None for cell in cells), id_


def test_that_nothing_can_be_compared_without_levels(small, small_resources, chinese):
    for id_ in ("sectors-scatter", "townships", "levels-multiples"):
        with pytest.raises(UserError) as caught:
            make_figure(replace(small, assessments=()), small_resources, id_, chinese)
        assert caught.value.code == "figure.needs_assessment"
    with pytest.raises(UserError) as caught:
        make_figure(replace(small, progress=()), small_resources, "goals-bullet", chinese)
    assert caught.value.code == "figure.needs_goals"


def square(x: float, y: float, side: float = 1.0):
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def boundary(*names: str) -> Boundary:
    return Boundary(APPROVAL, tuple(Area("", name, (square(k * 1.0, 30.0),)) for k, name in enumerate(names)), "界.geojson")


def test_that_a_map_prints_its_approval_number_and_tells_what_found_no_partner(small_resources, chinese):
    study = towned(small_study.study(), {"东风乡": 30, "红旗乡": 20})
    figure = make_mapped(study, small_resources, chinese, Selection(), boundary("城关", "东风乡", "外县"))
    assert figure.kind is FigureKind.AREAS
    assert [area.key for area in figure.areas] == ["城关镇", "东风乡", ""]
    drawing = draw(figure, load_palette("light"), 160, 90, chinese)
    check_page(drawing)
    said = "".join(shape.text for shape in drawing.shapes if isinstance(shape, Label))
    assert APPROVAL in said
    assert "未上图：红旗乡" in said.replace("\u3000", "")
    assert "留白：外县" in said


def test_that_a_hidden_township_is_hatched_on_the_map(small_resources, chinese):
    study = towned(small_study.study(), {"东风乡": 3, "红旗乡": 7})
    figure = make_mapped(study, small_resources, chinese, Selection(), boundary("城关镇", "东风乡", "红旗乡"))
    palette = load_palette("light")
    lines = [s for s in draw(figure, palette, 160, 90, chinese).shapes if isinstance(s, Path) and s.stroke == palette.hatch]
    assert len(lines) > 10


def test_that_a_map_on_which_nothing_is_found_is_refused(small_resources, chinese):
    with pytest.raises(UserError) as caught:
        make_mapped(small_study.study(), small_resources, chinese, Selection(), boundary("甲", "乙"))
    assert caught.value.code == "boundary.no_match"
    assert "甲" in chinese(f"error.{caught.value.code}", **caught.value.params)


def test_that_names_match_without_their_rank_only_where_no_doubt_is_left():
    assert matched(["城关镇", "东风乡"], ["东风", "城关镇"]) == {"城关镇": 1, "东风乡": 0}
    assert matched(["河口镇", "河口乡"], ["河口"]) == {}
    assert matched(["河口镇"], ["河口街道", "河口乡"]) == {}
    assert matched(["镇"], ["镇"]) == {"镇": 0}


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_that_labels_are_moved_apart_in_order_within_bounds(wanted):
    placed = apart(wanted, 3.0, (0.0, 100.0))
    order = sorted(range(len(wanted)), key=lambda k: (wanted[k], k))
    gaps = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(gap >= 3.0 - 1e-6 for gap in gaps)
    assert min(placed) >= -1e-6
    assert max(placed) <= 100.0 + 1e-6
    alone = apart(wanted[:1], 3.0, (0.0, 100.0))
    assert alone == [pytest.approx(wanted[0])]


def test_that_simplifying_keeps_corners_and_drops_what_lies_between():
    import numpy as np

    dense = [(x / 10, 0.0) for x in range(100)] + [(10.0, y / 10) for y in range(100)]
    dense += [(10 - x / 10, 10.0) for x in range(100)] + [(0.0, 10 - y / 10) for y in range(100)]
    found = simplified(np.array(dense), 0.05)
    assert len(found) <= 8
    assert size_of(found) == pytest.approx(100.0, rel=0.01)


def test_that_a_label_and_the_hatching_stay_inside_an_outline_and_out_of_its_hole():
    rings = (square(0, 0, 10), square(4, 4, 2))
    x, y = label_point(rings)
    assert any(left <= x <= right for left, right in stretches(rings, y))
    for (x1, y1), (x2, y2) in hatching(rings, 0.5):
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        assert 0 <= middle[0] <= 10
        assert not (4.01 < middle[0] < 5.99 and 4.01 < middle[1] < 5.99)
