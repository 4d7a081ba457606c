"""The goal wall: what its tiles say, what they keep back, and how they are laid out."""

from __future__ import annotations

from dataclasses import replace

import goal_study
import pytest

from app.domain.drawing import Path
from app.domain.errors import UserError
from app.domain.goals import GoalKind, Layer, Light
from app.domain.selection import Selection
from app.domain.targets import Proof, ProofState, Reported, Targets
from app.domain.task import run_to_end
from app.domain.wall import Tile
from app.files.resources import load_palette
from app.present.draw import draw, draw_live
from app.present.evidence import evidence
from app.present.figures import figure_ids, make_figure
from app.present.figures.wall import horizon
from app.present.marks import progress_id
from app.workflows.goals import goals

WIDTHS = (120.0, 220.0, 360.0, 575.0)


@pytest.fixture(scope="module")
def study(small, small_resources):
    """The small study held against its book by the program itself, with a reported figure and evidence."""
    return held(small, small_resources, small.targets)


def held(study, resources, targets: Targets):
    return run_to_end(goals(replace(study, targets=targets), resources.goal_book))


def tiles(study, resources, texts, **selection) -> dict[str, Tile]:
    wall = make_figure(study, resources, "wall", texts, Selection(**selection)).wall
    return {tile.goal: tile for tile in wall.tiles}


def said(tile: Tile) -> str:
    parts = (tile.head, tile.wording, tile.document, tile.target, tile.value, tile.bounds, *tile.numbers, *tile.badges)
    return " ".join((*(part.text for part in parts), tile.reason))


def test_that_every_goal_of_the_book_has_one_tile_in_its_column(study, small_resources, chinese):
    shown = tiles(study, small_resources, chinese)
    assert list(shown) == [goal.id for goal in small_resources.goal_book.goals]
    assert [tile.horizon for tile in shown.values()] == [2027, 2030, 2035]
    assert [horizon(year) for year in (2024, 2027, 2028, 2029, 2030, 2031, 2040)] == [2027, 2027, 2028, 2030, 2030, 2035, 2035]


def test_that_a_measured_tile_says_value_interval_firms_target_gap_and_that_it_is_a_proxy(study, small_resources, chinese):
    tile = tiles(study, small_resources, chinese)["national-2027"]
    assert tile.measured
    words = said(tile)
    assert all(
        part in words for part in ("区间", "家", "目标：2027年超过70%", "差距", "替代口径", "国发〔2025〕11号") if part != "差距"
    )
    assert {part.label for part in tile.numbers} >= {"差距", "每季需"}
    assert tile.bullet is not None
    assert tile.bullet.target == 0.7


def test_that_a_goal_without_a_number_shows_what_evidence_there_is_and_no_light(study, small_resources, chinese):
    tile = tiles(study, small_resources, chinese)["national-2035"]
    assert (tile.sign, tile.value.text, tile.bullet) == ("unknown", "无佐证", None)
    proof = Proof("national-2035", ProofState.UNDER_WAY, "", "文件", "李敏", "2026-07-01")
    after = held(study, small_resources, replace(study.targets, proofs=(proof,)))
    tile = tiles(after, small_resources, chinese)["national-2035"]
    assert tile.sign == "under_way"
    assert "2026年7月1日" in tile.value.text


def test_that_a_count_shows_what_was_reported_against_its_target(small_resources, chinese):
    tile = tiles(goal_study.study(), small_resources, chinese)["benchmarks"]
    assert tile.value.text == "已报11家（55%）"
    assert tile.target.text == "/ ≥20家"
    assert not tile.measured


def test_that_a_filtered_wall_says_it_is_a_part_and_its_numbers_open_under_the_filter(study, small_resources, chinese):
    figure = make_figure(study, small_resources, "wall", chinese, Selection(sector="C"))
    assert "只看C 制造业" in figure.title
    assert "一部分" in figure.subtitle
    tile = next(tile for tile in figure.wall.tiles if tile.measured)
    assert tile.value.evidence.endswith("|sector=C")
    opened = evidence(study, small_resources, tile.value.evidence, chinese)
    assert opened.total == 60
    assert {firm.sector for firm in opened.firms} == {"C 制造业"}
    assert tile.value.text in opened.value


def test_that_under_a_filter_of_few_firms_the_light_is_grey_and_says_why(study, small_resources, chinese):
    for selection in ({"sector": "A"}, {"sector": "J"}, {"sector": "C", "size": "large"}):
        measured = [tile for tile in tiles(study, small_resources, chinese, **selection).values() if tile.measured]
        assert measured
        assert all(tile.sign == "cannot_tell" and tile.reason for tile in measured), selection


def test_that_a_value_that_may_not_be_published_is_hidden_with_everything_that_gives_it_back(study, small_resources, chinese):
    tile = tiles(study, small_resources, chinese, sector="B")["national-2027"]
    assert tile.value.text == "‡"
    assert tile.numbers == ()
    assert tile.bullet is None
    assert "%" not in said(tile).replace("超过70%", "")


def test_that_no_filter_and_all_firms_give_the_same_wall(study, small_resources, chinese):
    assert (
        make_figure(study, small_resources, "wall", chinese).wall
        == make_figure(study, small_resources, "wall", chinese, Selection(level="L2")).wall
    )


def test_that_volunteers_get_a_value_but_neither_interval_nor_anything_that_follows(small_resources, chinese):
    tile = tiles(goal_study.volunteers(), small_resources, chinese)["national-2027"]
    assert tile.sign == "cannot_tell"
    assert tile.numbers == ()
    assert "区间" not in tile.bounds.text
    assert tile.reason


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["chinese", "english"])
def test_that_nothing_on_the_wall_overlaps_or_leaves_it(request, study, small_resources, lang, width):
    from app.domain.drawing import Label
    from app.present.draw.place import label_box, overlap

    texts = request.getfixturevalue(lang)
    for one in (study, goal_study.study()):
        drawing = draw(make_figure(one, small_resources, "wall", texts), load_palette("light"), width, 40.0, texts)
        boxes = [label_box(shape) for shape in drawing.shapes if isinstance(shape, Label) and shape.text != "?"]
        assert all(box.x >= -0.01 and box.right <= width + 0.5 and box.bottom <= drawing.height for box in boxes)
        found = [(a, b) for k, a in enumerate(boxes) for b in boxes[k + 1 :] if overlap(a, b, 0.6)]
        assert not found


def test_that_the_wall_is_the_lower_the_wider_it_is(study, small_resources, chinese):
    figure = make_figure(goal_study.study(), small_resources, "wall", chinese)
    heights = [draw(figure, load_palette("light"), width, 10.0, chinese, bare=True).height for width in (300.0, 450.0, 575.0)]
    assert heights == sorted(heights, reverse=True)


def test_that_the_legend_says_the_thresholds_and_when_a_goal_is_met(study, small_resources, chinese):
    wall = make_figure(study, small_resources, "wall", chinese).wall
    words = " ".join((*(text for _, text in wall.legend), *wall.notes))
    assert all(part in words for part in ("≥80%", "<20%", "区间下限达到目标值才算达标"))


def test_that_the_wall_is_a_figure_to_export_only_once_goals_are_held_against_answers(small, small_resources, chinese):
    before = replace(small, progress=())
    assert "wall" in figure_ids(small)
    assert "wall" not in figure_ids(before)
    with pytest.raises(UserError, match=r"figure\.needs_goals"):
        make_figure(before, small_resources, "wall", chinese)


def test_that_each_number_opens_with_the_numbers_put_in(study, small_resources, chinese):
    latest = study.progress[0].latest
    gap = evidence(study, small_resources, progress_id("national-2027", "gap"), chinese)
    assert gap.formula == f"目标70.0% − 实测{latest.value * 100:.1f}% ＝ {70 - latest.value * 100:.1f}个百分点"
    quarter = evidence(study, small_resources, progress_id("national-2027", "per_quarter"), chinese)
    assert f"{study.progress[0].pace.firms:,.0f}家" in quarter.formula
    required = evidence(study, small_resources, progress_id("national-2027", "required"), chinese)
    assert f"{study.progress[0].required_pace:.1f}个百分点" in required.formula
    assert "2027年12月31日" in required.formula
    assert any("logit" in note for note in required.notes)
    assert all(opened.measure and opened.total for opened in (gap, quarter, required))


def test_that_six_waves_open_their_pace_from_after_the_break_and_every_model(small_resources, chinese):
    broken = goal_study.study()
    observed = evidence(broken, small_resources, progress_id("national-2027", "observed"), chinese)
    assert "4期" in observed.formula
    chance = evidence(broken, small_resources, progress_id("national-2027", "probability"), chinese)
    assert sum("到期" in note for note in chance.notes) == 4
    ratio = evidence(broken, small_resources, progress_id("national-2027", "ratio"), chinese)
    assert "明显滞后" in ratio.value


def test_that_a_reported_figure_opens_with_who_source_and_date(small_resources, chinese):
    opened = evidence(goal_study.study(), small_resources, progress_id("benchmarks", "reported"), chinese)
    assert opened.value == "11家"
    assert "11家 ÷ 目标值20家 ＝ 55%" in opened.formula
    assert all(part in opened.notes[0] for part in ("2026年12月31日", "县工信局季报", "王敏"))
    assert len([note for note in opened.notes if "县工信局季报" in note]) == 3


def test_that_a_figure_taken_back_is_not_told(small_resources, chinese):
    before = goal_study.study()
    back = Reported("benchmarks", "2026-12-31", None, "", "王敏", "2027-01-02")
    study = replace(before, targets=replace(before.targets, reported=(*before.targets.reported, back)))
    opened = evidence(study, small_resources, progress_id("benchmarks", "reported"), chinese)
    assert not [note for note in opened.notes if "2026年12月31日：" in note]


def test_that_a_document_opens_with_who_entered_the_goal(small_resources, chinese):
    opened = evidence(goal_study.study(), small_resources, progress_id("benchmarks", "document"), chinese)
    words = " ".join(opened.notes)
    assert all(part in words for part in ("二、主要目标", "李强于2026年4月1日", "2026年3月2日"))


def test_that_what_is_not_said_of_a_goal_cannot_be_opened(study, small_resources, chinese):
    for mark in ("progress|national-2035|gap", "progress|national-2027|nonsense", "progress|nobody|value"):
        with pytest.raises(UserError, match=r"evidence\.unknown"):
            evidence(study, small_resources, mark, chinese)


def test_that_a_goal_that_wants_less_has_its_gap_the_other_way_round(study, small_resources, chinese):
    goal = replace(small_resources.goal_book.goals[0], id="less", operator="<", value=0.1, layer=Layer.COUNTY, kind=GoalKind.RATE)
    book = replace(small_resources.goal_book, goals=(goal,))
    resources = replace(small_resources, goal_book=book)
    after = held(study, resources, study.targets)
    tile = tiles(after, resources, chinese)["less"]
    assert after.progress[0].light is not Light.ON_TRACK
    assert next(part.text for part in tile.numbers if part.label == "差距").endswith("个百分点")
    assert evidence(after, resources, progress_id("less", "gap"), chinese).formula.startswith("实测")


def test_that_numbers_are_underlined_where_they_open_and_not_on_paper(small_resources, chinese):
    figure, palette = make_figure(goal_study.study(), small_resources, "wall", chinese), load_palette("light")
    live, paper = draw_live(figure, palette, 300.0, 10.0, chinese), draw(figure, palette, 300.0, 10.0, chinese, bare=True)
    dots = [sum(isinstance(shape, Path) and bool(shape.dash) for shape in drawing.shapes) for drawing in (live, paper)]
    assert dots[0] > dots[1]
    assert live.height == paper.height
