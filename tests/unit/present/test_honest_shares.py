"""What is said beside a share: of whom it is one, how it was weighted, and what it may be compared with."""

from __future__ import annotations

from dataclasses import replace

import full_study
import model_study
import pytest

from app.domain.assessment import TOTAL
from app.domain.estimate import Method
from app.domain.release import CellStatus
from app.present import pages
from app.present.brief.method import method
from app.present.brief.quality import levels_sentence
from app.present.brief.summary import change_sentence, sample_paragraph
from app.present.brief.summary import summary as summary_of
from app.present.draw.style import n_text
from app.present.estimates import measured_alike, method_words, predicted_by
from app.present.evidence import evidence
from app.present.figures.levels import make_levels
from app.present.figures.profile import make_profile
from app.present.marks import estimate_id, rank_id
from app.present.tables import quotable, reach_table
from app.present.view import View


@pytest.fixture
def view(small, small_resources, chinese) -> View:
    return View(full_study.full(small), small_resources, chinese)


@pytest.fixture
def counted(small, small_resources, chinese) -> View:
    return View(full_study.full(small, Method.RUBRIC), small_resources, chinese)


def test_that_waves_computed_by_other_methods_are_not_held_against_each_other(view, counted):
    said = change_sentence(view)
    assert "不能直接相比" in said and "可以认定" not in said
    assert "两期都按答卷计算" in said  # what may be said instead
    assert "不能直接相比" not in change_sentence(counted)


def test_that_the_main_table_warns_where_its_columns_were_not_computed_alike(view, counted):
    assert "各期算法不同" in summary_of(view)[-1].provenance.note
    assert "各期算法不同" not in summary_of(counted)[-1].provenance.note


def test_that_every_figure_of_one_share_tells_the_same_number_of_firms(view):
    answered = view.estimates[TOTAL].n_firms
    for figure in (make_profile(view), make_levels(view)):
        row = next(row for row in figure.table.rows if row.key == TOTAL)
        assert n_text(row) == f"{answered:,}"


def test_that_a_hidden_row_tells_no_number_of_firms(view):
    hidden = [row for row in make_levels(view).table.rows if row.cells[0].status is CellStatus.HIDDEN]
    assert all(n_text(row) == "‡" for row in hidden)


def test_that_a_share_from_visits_is_one_of_the_firms_that_answered(view, counted):
    for made in (make_profile(view), make_levels(view)):
        assert "作答企业" in made.provenance.measure and "可定级" not in made.provenance.measure
        assert "抽中概率" in made.provenance.weighting
        assert "经现场评估" in made.provenance.sample and "不计入占比" not in made.provenance.sample
    assert "÷ 可定级企业数" in make_levels(counted).provenance.measure
    assert "经现场评估" in sample_paragraph(view)


def test_that_weights_by_the_frame_are_not_called_unweighted(counted):
    assert "按名录家数加权" in make_profile(counted).provenance.weighting
    bare = replace(counted.study, waves=tuple(replace(wave, frame={}) for wave in counted.study.waves))
    assert "不加权" in make_profile(View(bare, counted.resources, counted.texts)).provenance.weighting


def test_that_what_was_done_with_the_weights_stands_among_the_notes(counted):
    bare = replace(counted.study, waves=tuple(replace(wave, frame={}) for wave in counted.study.waves))
    notes = pages.readiness_page(bare, counted.resources, counted.texts).head.notes
    assert any("没有名录企业数" in note and note.endswith("。") for note in notes)


def test_that_sectors_measured_otherwise_are_said_to_be_out_of_the_ranking(view, counted):
    def notes(of):
        return pages.readiness_page(of.study, of.resources, of.texts).head.notes

    assert any("不参加排名和比较" in note for note in notes(view))
    assert not any("不参加排名和比较" in note for note in notes(counted))


def test_that_only_sectors_measured_alike_are_counted_as_above_or_below_all_firms(view, counted):
    visits = {key for key, found in view.estimates.items() if found.method is Method.PPI}
    rows = quotable(reach_table(view))
    assert {row.key for row in measured_alike(view, rows)} == {row.key for row in rows} & visits < {row.key for row in rows}
    assert measured_alike(counted, quotable(reach_table(counted))) == quotable(reach_table(counted))


def test_that_firms_of_unknown_sector_have_no_class(view):
    held = view.assessment
    profiles = tuple(replace(one, sector="") if one.sector == "C" else one for one in held.sectors)
    known = tuple(replace(one, sector="") if one.sector == "C" else one for one in held.estimates)
    study = replace(view.study, assessments=(replace(held, sectors=profiles, estimates=known),))
    figure = make_profile(View(study, view.resources, view.texts))
    assert "" not in {found.row for found in figure.said}
    row = next(row for row in figure.table.rows if not row.key)
    assert row.cells[figure.roles.index("class")].value is None


def test_that_the_method_names_the_rubric_where_no_model_was_taken(small_resources, chinese):
    refused = model_study.study(model_study.report(refusal="learn.refusal.too_few", baseline="rubric"))
    view = View(full_study.full(refused), small_resources, chinese)
    assert predicted_by(view) == "rubric"
    total = view.estimates[TOTAL]
    assert "模型" not in method_words(chinese, total, predicted_by(view))
    assert "模型" in method_words(chinese, total)


def test_that_the_cross_table_says_why_it_differs_from_shares_by_visits(view, counted):
    said = [pages.explore_page(one.study, one.resources, one.texts).cross_notes for one in (view, counted)]
    assert [any("不含现场评估的校正" in note for note in notes) for notes in said] == [True, False]


def test_that_a_rank_that_can_be_no_other_is_said_once(view):
    wave = view.assessment.wave
    robust = view.assessment.robustness
    sector = next(rank.key for rank in robust.sectors if rank.ranked)
    same = tuple(replace(rank, low=rank.rank, high=rank.rank) for rank in robust.sectors)
    assessment = replace(view.assessment, robustness=replace(robust, sectors=same))
    study = replace(view.study, assessments=(*view.study.assessments[:-1], assessment))
    notes = evidence(study, view.resources, rank_id(wave, sector), view.texts).notes
    assert any("仍是第" in note for note in notes)


def test_that_evidence_of_an_estimate_says_of_whom_it_speaks(view):
    sector = next(s for s, found in view.estimates.items() if found.method is Method.PPI and s != TOTAL)
    opened = evidence(view.study, view.resources, estimate_id(view.assessment.wave, sector, "L2+"), view.texts)
    assert opened.measure.startswith("作答企业")


def test_that_the_journal_of_the_start_page_speaks_no_command_ids(chinese, english):
    from app.workflows.steps import STEPS

    for texts in (chinese, english):
        assert all(f"page.journal.{command}" in texts.entries for command in STEPS)


def test_that_nobody_is_told_a_model_enters_no_share_where_shares_rest_on_it(view, counted):
    def told(one: View) -> str:
        page = pages.readiness_page(one.study, one.resources, one.texts)
        return "".join((*page.head.notes, *page.classifier, levels_sentence(one)))

    assert "不计入占比" not in told(view)
    assert "不计入占比" in told(counted)


def test_that_the_method_of_the_brief_explains_visits_where_there_were_some(view, counted):
    said = ["".join(getattr(block, "text", "") for block in method(one)) for one in (view, counted)]
    assert ["按抽中概率校正" in text for text in said] == [True, False]
