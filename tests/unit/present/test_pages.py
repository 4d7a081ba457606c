"""Every page says the finding first, or why there is none and what to do."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import small_study
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.disclosure import Policy
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.selection import Selection
from app.domain.study import Study
from app.present import pages
from app.present.cross import sector_by_size
from app.present.door import Door
from app.present.pages.explore import rank_correlation
from app.present.view import View

MAKERS = (
    pages.start_page,
    pages.collect_page,
    pages.firms_page,
    pages.readiness_page,
    pages.goals_page,
    pages.explore_page,
    pages.brief_page,
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("maker", MAKERS)
def test_that_every_page_can_be_made_at_every_stage(small, small_resources, maker, lang):
    texts = small_study.texts(lang)
    new = Study("新县", small.instrument, small.rubric)
    for study in (small, replace(small, progress=()), replace(small, assessments=(), progress=()), new):
        assert maker(study, small_resources, texts).head.headline


def test_that_an_empty_page_names_the_one_next_command(small, small_resources, chinese):
    new = Study("新县", small.instrument, small.rubric)
    unassessed = replace(small, assessments=(), progress=())
    assert pages.collect_page(new, small_resources, chinese).head.empty.step.command == "study.collect"
    assert pages.readiness_page(unassessed, small_resources, chinese).head.empty.step.command == "study.assess"
    assert pages.goals_page(unassessed, small_resources, chinese).head.empty.step.command == "study.goals"
    assert pages.brief_page(unassessed, small_resources, chinese).head.empty.step.command == "study.assess"


def test_that_the_window_can_load_page_values_without_pandas():
    program = "import sys, app.present.pages.values, app.present.marks, app.present.draw; print('pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=small_study.ROOT)
    assert run.stdout.strip() == "False"


def test_that_the_firm_table_lists_counted_firms_of_the_wave_and_obeys_the_selection(small, small_resources, chinese):
    everyone = pages.firms_page(small, small_resources, chinese)
    assert len(everyone.firms) == 147
    assert {len(column) for column in everyone.firms.data} == {147}
    chosen = pages.firms_page(small, small_resources, chinese, Selection(sector="C", level="L3"))
    assert set(chosen.firms.data[2]) == {"C 制造业"}
    assert set(chosen.firms.data[6]) == {"L3"}
    names = small.responses.firms["name"]
    assert chosen.firms.data[0] == tuple(names.iat[int(id_)] for id_ in chosen.firms.ids)


def test_that_a_firm_without_index_has_an_absent_cell_and_no_zero(small, small_resources, chinese):
    table = pages.firms_page(small, small_resources, chinese).firms
    blank = [place for place, level in enumerate(table.data[6]) if level == "无法判定"]
    assert blank
    assert all(table.data[5][place] is None for place in blank)


def test_that_an_earlier_wave_can_be_looked_at(small, small_resources, chinese):
    page = pages.firms_page(small, small_resources, chinese, Selection(wave="2025"))
    assert page.head.headline.startswith("2025期")
    assert set(map(int, page.firms.ids)) == set(range(147))
    assert pages.readiness_page(small, small_resources, chinese, Selection(wave="2025")).main.table.rows[0].cells[0].n == 139


def test_that_a_selection_without_firms_is_an_empty_page_that_keeps_its_chips(small, small_resources, chinese):
    for maker in (pages.firms_page, pages.readiness_page):
        head = maker(small, small_resources, chinese, Selection(township="无此乡")).head
        assert head.empty is not None
        assert [chip.field for chip in head.chips][:2] == ["wave", "sector"]


def test_that_findings_are_listed_worst_first_with_place_and_remedy(small, small_resources, chinese):
    table = pages.collect_page(small, small_resources, chinese).findings
    assert table.severities == ("error", "warning", "warning")
    assert [small.findings[int(id_)].value for id_ in table.ids] == list(table.data[4])
    assert table.data[3][1] == "调查表 D5"
    assert table.data[6][1] == "请核对单位。"


def test_that_sources_count_their_own_findings(small, small_resources, chinese):
    table = pages.collect_page(small, small_resources, chinese).sources
    assert table.data[6] == (1, 0)
    assert table.data[7] == (0, 2)
    assert table.severities == ("error", "warning")


def test_that_a_township_that_fell_silent_is_named(small, small_resources, chinese):
    firms = small.responses.firms.copy()
    gone = (firms["wave"] == "2026") & (firms["township"] == "东风乡")
    firms["counted"] = ~gone
    study = replace(small, responses=type(small.responses)(
        small.responses.values, small.responses.originals, firms, small.responses.places, small.responses.blocks
    ))  # fmt: skip
    page = pages.collect_page(study, small_resources, chinese)
    assert page.absent == ("东风乡",)
    assert any("东风乡" in note for note in page.head.notes)


def test_that_the_scatter_holds_every_firm_with_both_numbers_once(small, small_resources, chinese):
    scatter = pages.explore_page(small, small_resources, chinese).scatter
    assert scatter.x.shape == scatter.y.shape == scatter.positions.shape == (139,)
    assert int(scatter.density.sum()) == 139
    assert scatter.density.shape == (len(scatter.x_edges) - 1, len(scatter.y_edges) - 1)
    people = small.responses.values["people"].to_numpy()[scatter.positions]
    np.testing.assert_allclose(10**scatter.x, people)


def test_that_a_correlation_of_few_or_equal_firms_cannot_be_told():
    assert rank_correlation(np.arange(9.0), np.arange(9.0)) is None
    assert rank_correlation(np.ones(20), np.arange(20.0)) is None
    assert rank_correlation(np.arange(20.0), np.arange(20.0) ** 3) == pytest.approx(1.0)


def test_that_the_cross_table_counts_like_a_pivot(small, small_resources, chinese):
    view = View(small, small_resources, chinese)
    firms = view.firms[view.firms["basis"] == "rubric"]
    pivot = firms.assign(reach=firms["level"].isin(["L2", "L3", "L4"])).pivot_table("reach", "sector", "size", "mean")
    table = sector_by_size(view)
    sizes = ["large", "medium", "small", "micro"]
    for row in table.rows[1:]:
        for cell, size in zip(row.cells[1:], sizes, strict=True):
            if cell.value is not None:
                assert cell.value == pytest.approx(pivot.at[row.key, size])
    assert table.hidden > 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=2, max_size=5))
def test_that_no_hidden_cell_stands_alone_in_a_row_or_column(counts):
    grid = pd.DataFrame(counts)
    whole = [[int(grid.to_numpy().sum()), *grid.sum().tolist()]]
    numbers = whole + [[int(row.sum()), *row.tolist()] for _, row in grid.iterrows()]
    rows = tuple(
        Row(
            "*" if place == 0 else str(place),
            "",
            tuple(Cell(CellStatus.SHOWN, "fraction", 0.5 if n else None, n=n) for n in line),
        )
        for place, line in enumerate(numbers)
    )
    table = Door().release_both_ways(ReleasedTable("t", ("*", "a", "b", "c"), rows, "", 0, "*"))
    hidden = np.array([[cell.status is CellStatus.HIDDEN for cell in row.cells] for row in table.rows])
    small = np.array([[0 < n < Policy().hide_below for n in line] for line in numbers])
    assert (hidden | ~small).all()
    for lines in (hidden, hidden.T):
        assert all(line[1:].sum() != 1 or line[0] for line in lines)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("maker", MAKERS)
def test_that_a_form_that_states_levels_itself_needs_no_index_anywhere(small_resources, maker, lang):
    page = maker(small_study.ladder_study(), small_resources, small_study.texts(lang))
    assert page.head.headline


def test_that_a_form_without_index_has_no_scatter_and_says_so(small_resources, chinese):
    page = pages.explore_page(small_study.ladder_study(), small_resources, chinese)
    assert page.scatter is None
    assert page.head.headline == "本问卷不计算指数，可看行业与规模的交叉表"


def test_that_an_own_industry_list_is_named_by_its_options_where_gbt_4754_has_none(small_resources, chinese):
    view = View(small_study.ladder_study(), small_resources, chinese)
    assert view.sector_label("C") == "C 制造业"
    bare = View(view.study, type(small_resources)(
        {}, {}, small_resources.goal_book, type(small_resources.taxonomy)({}, {}, {}, ()), {}, {}
    ), chinese)  # fmt: skip
    assert bare.sector_label("C") == "C行业"
