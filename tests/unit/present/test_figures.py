"""Figures say what the released data say, and nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_study

from app.domain.errors import UserError
from app.domain.release import Cell, CellStatus
from app.domain.selection import Selection
from app.domain.study import Design
from app.present.figures import figure_ids, make_figure
from app.present.figures.levels import levels_title
from app.present.marks import parse
from app.present.tables import reach_table
from app.present.view import View


def row(figure, key):
    return next(row for row in figure.table.rows if row.key == key)


def test_that_every_listed_figure_can_be_made_in_both_languages(small, small_resources, chinese, english):
    ids = figure_ids(small)
    assert ids == (
        "levels-by-sector",
        "level-distribution",
        "sectors-l2",
        "heat",
        "wall",
        "goal-national-2027",
        "goal-national-2030",
        "penetration-by-sector",
        "goals-bullet",
        "sectors-scatter",
        "levels-multiples",
        "townships",
    )
    for texts in (chinese, english):
        for id_ in ids:
            figure = make_figure(small, small_resources, id_, texts)
            assert figure.id == id_
            assert figure.title
            assert figure.alt
            assert all(figure.provenance.lines(texts))


def test_that_the_title_is_the_finding_of_the_data(small, small_resources, chinese):
    title = make_figure(small, small_resources, "levels-by-sector", chinese).title
    reach = small.latest_assessment.total.at_least["L2"]
    assert title.startswith(f"全部企业中达到L2及以上的占{round(reach.value * 100)}%（")
    assert "I 信息传输、软件和信息技术服务业最高" in title


@pytest.mark.parametrize(("status", "said"), [(CellStatus.SHOWN, "无法判断"), (CellStatus.HIDDEN, "不公布")])
def test_that_a_title_of_no_number_says_so_in_a_sentence(small, small_resources, chinese, status, said):
    view = View(small, small_resources, chinese)
    reach = reach_table(view)
    blank = tuple(replace(row, cells=(Cell(status, "fraction"), *row.cells[1:])) for row in reach.rows)
    title = levels_title(view, replace(reach, rows=blank))
    assert "全部企业" in title and said in title and "占无法" not in title and "%" not in title


def test_that_a_chosen_sector_is_named_in_the_title_and_lit(small, small_resources, chinese):
    figure = make_figure(small, small_resources, "levels-by-sector", chinese, Selection(sector="C"))
    assert figure.title == "C 制造业达到L2及以上的企业占57%（49–65%），全部企业为53%（47–58%）"
    assert figure.chosen == "C"


def test_that_a_sector_of_three_firms_is_hidden_with_a_partner_in_every_sector_figure(small, small_resources, chinese):
    for id_ in ("levels-by-sector", "sectors-l2", "heat", "penetration-by-sector"):
        figure = make_figure(small, small_resources, id_, chinese)
        hidden = {r.key for r in figure.table.rows if r.cells[0].status is CellStatus.HIDDEN}
        assert hidden == {"B", "J"}, id_
        assert all(cell.value is None and cell.n is None for cell in row(figure, "B").cells)


def test_that_the_title_of_a_hidden_sector_gives_no_number(small, small_resources, chinese):
    for id_ in ("levels-by-sector", "sectors-l2", "heat", "level-distribution"):
        title = make_figure(small, small_resources, id_, chinese, Selection(sector="B")).title
        assert "不公布" in title, id_
        assert "%" not in title.split("不公布")[0], id_


def test_that_the_ranking_hides_the_place_of_a_hidden_sector(small, small_resources, chinese):
    keys = [r.key for r in make_figure(small, small_resources, "sectors-l2", chinese).table.rows]
    assert keys == ["*", "I", "C", "F", "A", "B", "J"]


def test_that_shares_of_levels_equal_a_direct_count(small, small_resources, chinese):
    firms = small.latest_assessment.firms
    counted = firms[(firms["sector"] == "C") & (firms["basis"] == "rubric")]
    figure = make_figure(small, small_resources, "levels-by-sector", chinese)
    for cell, level in zip(row(figure, "C").cells, ("L0", "L1", "L2", "L3", "L4"), strict=True):
        assert cell.value == pytest.approx((counted["level"] == level).mean())
        assert cell.n == len(counted)


def test_that_every_cell_carries_evidence_that_can_be_read_back(small, small_resources, chinese):
    for id_ in figure_ids(small):
        for r in make_figure(small, small_resources, id_, chinese).table.rows:
            assert all(str(parse(cell.evidence)) == cell.evidence for cell in r.cells)


def test_that_a_filter_recounts_and_is_named_in_sample_and_evidence(small, small_resources, chinese):
    figure = make_figure(small, small_resources, "levels-by-sector", chinese, Selection(size="small"))
    firms = small.responses.firms.iloc[small.latest_assessment.firms["position"]]
    n = int(((firms["size"] == "small").to_numpy() & (small.latest_assessment.firms["basis"] == "rubric").to_numpy()).sum())
    assert row(figure, "*").cells[0].n == n
    assert "仅含：小型" in figure.provenance.sample
    assert row(figure, "*").cells[0].evidence == "share|2026|*|L0|size=small"


def test_that_volunteers_get_no_interval_but_a_warning(small_resources, chinese):
    study = small_study.study(design=Design.VOLUNTEER)
    figure = make_figure(study, small_resources, "levels-by-sector", chinese)
    assert all(cell.low is None for r in figure.table.rows for cell in r.cells)
    assert figure.provenance.interval == "不给置信区间"
    assert "不能推断全部企业" in figure.provenance.note
    assert figure.title.startswith("全部填报企业中")
    goal = make_figure(study, small_resources, "goal-national-2027", chinese)
    assert "不能据此判断" in goal.title
    assert [series.role for series in goal.series] == ["observed"]


def test_that_one_wave_draws_no_trend_and_says_so(small_resources, chinese, english):
    study = small_study.study(waves=("2026",))
    figure = make_figure(study, small_resources, "goal-national-2027", chinese)
    assert [series.role for series in figure.series] == ["path", "observed"]
    assert "不画趋势" in figure.provenance.note
    assert "no trend" in make_figure(study, small_resources, "goal-national-2027", english).provenance.note


def test_that_a_goal_within_the_interval_is_not_called_met(small, small_resources, chinese):
    figure = make_figure(small, small_resources, "goal-national-2027", chinese)
    assert "已达到" not in figure.title
    assert "差19个百分点" in figure.title
    assert [target.value for target in figure.targets] == [0.7, 0.9]
    assert [target.time for target in figure.targets] == [2028.0, 2031.0]


def test_that_demonstration_figures_carry_the_mark(small_resources, chinese):
    study = small_study.study(synthetic=True)
    for id_ in figure_ids(study):
        assert make_figure(study, small_resources, id_, chinese).provenance.synthetic


@pytest.mark.parametrize(
    ("id_", "changes", "code"),
    [
        ("nonsense", {}, "figure.unknown"),
        ("heat", {"assessments": ()}, "figure.needs_assessment"),
        ("penetration-by-sector", {"progress": ()}, "figure.needs_goals"),
        ("goal-national-2027", {"progress": ()}, "figure.needs_goals"),
        ("goal-national-2035", {}, "figure.no_measure"),
    ],
)
def test_that_a_figure_that_cannot_be_made_says_what_to_do(small, small_resources, chinese, id_, changes, code):
    with pytest.raises(UserError) as caught:
        make_figure(replace(small, **changes), small_resources, id_, chinese)
    assert caught.value.code == code
    assert chinese(f"error.{code}", **caught.value.params)


def test_that_an_unassessed_wave_and_an_empty_selection_are_refused_in_words(small, small_resources, chinese):
    for selection, code in ((Selection(wave="2031"), "figure.no_wave"), (Selection(township="无此乡"), "figure.no_firms")):
        with pytest.raises(UserError) as caught:
            make_figure(small, small_resources, "heat", chinese, selection)
        assert caught.value.code == code
        assert chinese(f"error.{code}", **caught.value.params)
