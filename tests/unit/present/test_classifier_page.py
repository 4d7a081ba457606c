"""The classifier beside its baselines, on its page and in its figures."""

from __future__ import annotations

from dataclasses import replace

import model_study
import pytest
import small_study
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.assessment import TOTAL
from app.domain.drawing import Box, Dot
from app.domain.errors import UserError
from app.domain.judgement import Judgements, Label
from app.domain.learning import CalibrationBin, LabelsFrom, ModelScore
from app.domain.release import CellStatus
from app.present import pages
from app.present.draw import draw
from app.present.figures import figure_ids, make_figure
from app.present.figures.classifier import confusion_table
from app.present.pages.classifier_tables import feature_label, released_groups, split_counts
from app.present.view import View


@pytest.fixture(scope="module")
def modelled():
    return model_study.study()


@pytest.fixture
def page(modelled, small_resources, chinese):
    return pages.classifier_page(modelled, small_resources, chinese)


def view_of(study, small_resources, texts):
    return View(study, small_resources, texts)


def column(part, key):
    place = next(k for k, each in enumerate(part.table.columns) if each.key == key)
    return part.table.data[place]


def said(page):
    parts = [page.head.headline, page.head.measure_line, page.choice, *page.warnings, *page.head.notes]
    parts += [fact.value for fact in page.facts]
    for part in (page.models, page.levels, page.conformal, page.groups, page.drift):
        if part is not None:
            parts += [part.title, part.note, *(str(cell) for data in part.table.data for cell in data)]
    return parts


def test_that_without_labels_the_rubric_is_the_answer_and_a_visit_list_the_next_step(small, small_resources, chinese, english):
    for texts in (chinese, english):
        page = pages.classifier_page(small, small_resources, texts)
        assert page.head.empty.step.command == "study.visits"
        assert page.models is None
    assert "以评分规则为准" in pages.classifier_page(small, small_resources, chinese).head.empty.why


def test_that_labels_that_were_not_worked_in_ask_for_another_assessment(small, small_resources, chinese):
    label = Label("2026", "", "C企业001", "L2", "王敏", "2026-09-01")
    waiting = replace(small, judgements=Judgements(labels=(label,)), assessments=())
    head = pages.classifier_page(waiting, small_resources, chinese).head
    assert head.empty.step.command == "study.assess"
    assert "1条" in head.headline


def test_that_a_study_before_its_assessment_asks_for_that_first(small, small_resources, chinese):
    bare = replace(small, assessments=())
    assert pages.classifier_page(bare, small_resources, chinese).head.empty.step.command == "study.assess"
    assert (
        pages.classifier_page(replace(bare, responses=None), small_resources, chinese).head.empty.step.command == "study.collect"
    )


def test_that_a_refusal_before_anything_was_tried_is_its_sentence(small_resources, chinese):
    report = model_study.report(refusal="refusal.too_few_firms", scores=(), n_train=12)
    head = pages.classifier_page(model_study.study(report), small_resources, chinese).head
    assert chinese("refusal.too_few_firms") in head.empty.why
    assert head.empty.step.command == "study.visits"


def test_that_a_refused_model_stands_beside_its_baselines_and_cannot_be_exported(small_resources, chinese):
    report = model_study.report(refusal="refusal.not_better", model="majority")
    page = pages.classifier_page(model_study.study(report), small_resources, chinese)
    assert page.head.empty is None
    assert page.head.headline == f"分类器没有启用：{chinese('refusal.not_better')}"
    assert len(page.models.table) == 4
    assert not page.exports
    assert not page.choice
    assert not any(name.startswith("●") for name in column(page.models, "model"))


def test_that_the_headline_is_the_finding(page, small_resources, english):
    assert page.head.headline == "分类器与评估人的一致性κ 0.76，高于评分规则基准的0.61"
    worse = model_study.report(
        scores=tuple(replace(s, kappa=0.8) if s.model == "rubric" else s for s in model_study.report().scores)
    )
    told = pages.classifier_page(model_study.study(worse), small_resources, english).head.headline
    assert "no better than" in told


def test_that_one_sentence_says_why_the_simpler_model_was_taken(page, small_resources, chinese):
    assert "单调梯度提升的RPS最低（0.091±0.008）" in page.choice
    assert "在一个标准误以内而更简单" in page.choice
    best = pages.classifier_page(model_study.study(model_study.report(model="boosting")), small_resources, chinese)
    assert "没有更简单的模型" in best.choice


def test_that_the_model_in_use_is_marked_and_every_measure_shown(page):
    assert column(page.models, "model")[2] == "● 有序逻辑回归"
    assert column(page.models, "rps")[2] == "0.094 ± 0.007"
    assert column(page.models, "ece") == ("2%", "11%", "6% → 3%", "9% → 4%")
    assert column(page.models, "stability")[3] == "93%"


def test_that_a_model_that_did_not_run_says_why_and_carries_no_number(small_resources, chinese):
    scores = (*model_study.report().scores[:3], ModelScore("boosting", refusal="refusal.levels_too_rare"))
    page = pages.classifier_page(model_study.study(model_study.report(scores=scores)), small_resources, chinese)
    assert column(page.models, "said")[3] == chinese("refusal.levels_too_rare")
    assert column(page.models, "kappa")[3] == "—"


def test_that_a_leak_is_named_in_words_above_everything(page):
    assert page.warnings == ("“使用智能体”单独就几乎能推出等级（κ 0.93），疑似答案本身混进了依据，请核对题项。",)


def test_that_a_group_on_few_firms_takes_another_with_it(modelled, small_resources, chinese):
    view = view_of(modelled, small_resources, chinese)
    rows = released_groups(view, modelled.latest_assessment.classifier, "ownership")
    hidden = [row.key for row in rows if row.cells[0].status is CellStatus.HIDDEN]
    assert sorted(hidden) == ["foreign", "state"]
    assert all(cell.value is None for row in rows if row.key in hidden for cell in row.cells)


def test_that_firms_in_no_group_protect_the_group_they_would_give_away(modelled, small_resources, chinese):
    report = modelled.latest_assessment.classifier
    groups = tuple(group for group in report.groups if group.value != "foreign")
    view = view_of(modelled, small_resources, chinese)
    rows = released_groups(view, replace(report, groups=groups), "ownership")
    assert any(row.cells[0].status is CellStatus.HIDDEN for row in rows)


def test_that_bias_counts_only_where_its_interval_leaves_out_nought(page):
    verdicts = dict(zip(column(page.groups, "group"), column(page.groups, "verdict"), strict=True))
    assert verdicts["微型"] == "偏高"
    assert verdicts["F 批发和零售业"] == "偏低"
    assert verdicts["大型"] == "看不出偏差"
    assert verdicts["J 金融业"] == "企业太少，无法判断"


def test_that_the_farthest_drift_comes_first_with_its_state(page):
    assert column(page.drift, "state") == ("差别大", "有差别", "相近")
    assert page.drift.table.severities == ("error", "warning", "")


def test_that_sets_say_what_they_promise_and_keep(page):
    assert "应有90%的范围包含评估人的等级，实际91%" in page.conformal.note
    assert "L4 智能原生的企业太少" in page.conformal.note
    assert column(page.conformal, "coverage")[:2] == ("92%", "91%")


def test_that_nothing_is_missing_where_parts_of_the_report_are(small_resources, chinese, english):
    bare = model_study.report(
        confusion=(), calibration_before=(), calibration_after=(), conformal=None, groups=(), drift=(), leaks=(), classes=()
    )
    for texts in (chinese, english):
        page = pages.classifier_page(model_study.study(bare), small_resources, texts)
        assert (page.calibration, page.confusion, page.conformal, page.groups, page.drift) == (None,) * 5
        assert page.head.empty is None
        assert "nan" not in " ".join(said(page)).lower()


def test_that_levels_reported_by_firms_are_not_called_assessments(small_resources, chinese):
    study = model_study.study(model_study.report(labels_from=LabelsFrom.LADDER))
    page = pages.classifier_page(study, small_resources, chinese)
    assert "企业自报" in page.head.headline
    assert "自报等级的企业" in page.confusion.provenance.sample


def test_that_a_number_of_few_firms_hides_the_rest_too():
    assert split_counts(186, 140) == ("140", "46")
    assert split_counts(143, 140) == ("‡", "‡")
    assert split_counts(143, 143) == ("143", "0")


def test_that_a_predictor_is_named_in_words(modelled, small_resources, english):
    view = view_of(modelled, small_resources, english)
    assert feature_label(view, "people|blank") == "People employed"
    assert feature_label(view, "township") == "Township"
    assert feature_label(view, "rubric") == "Level by the rubric"


def test_that_figures_are_there_only_once_something_was_learnt(small, modelled, small_resources, chinese):
    assert {"calibration", "confusion"} <= set(figure_ids(modelled))
    assert not {"calibration", "confusion"} & set(figure_ids(small))
    with pytest.raises(UserError) as told:
        make_figure(small, small_resources, "confusion", chinese)
    assert told.value.code == "figure.needs_labels"


def test_that_no_small_cell_of_the_confusion_comes_back_from_its_row(modelled, small_resources, chinese):
    table = confusion_table(view_of(modelled, small_resources, chinese), modelled.latest_assessment.classifier)
    for row in table.rows:
        hidden = [cell for cell in row.cells[:-1] if cell.status is CellStatus.HIDDEN]
        shown = sum(cell.value or 0 for cell in row.cells[:-1] if cell.status is not CellStatus.HIDDEN)
        if hidden and row.cells[-1].value is not None:
            assert len(hidden) > 1
            assert row.cells[-1].value - shown >= 5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=5, max_size=5), min_size=5, max_size=5))
def test_that_any_confusion_keeps_its_small_cells(cells):
    report = model_study.report(confusion=tuple(map(tuple, cells)))
    table = confusion_table(VIEW, report)
    given_rows = [row for row in cells if sum(row)]
    for row, counts in zip(table.rows, given_rows, strict=True):
        for cell, n in zip(row.cells, (*counts, sum(counts)), strict=True):
            assert cell.value in (None, float(n))
            assert not (0 < n < 5 and cell.value is not None)
        hidden = [n for cell, n in zip(row.cells, counts, strict=False) if cell.status is CellStatus.HIDDEN]
        if hidden and row.cells[-1].value is not None:
            assert len(hidden) > 1 and sum(hidden) >= 5


VIEW = View(model_study.study(), small_study.resources(), small_study.texts("zh"))


def test_that_bins_on_few_firms_are_not_drawn(small_resources, chinese):
    few = model_study.report(
        calibration_before=(), calibration_after=(CalibrationBin(0.2, 0.25, 4), CalibrationBin(0.7, 0.72, 60))
    )
    figure = make_figure(model_study.study(few), small_resources, "calibration", chinese)
    drawing = draw(figure, _palette(), 160.0, 90.0, chinese)
    assert sum(isinstance(shape, Dot) for shape in drawing.shapes) == 1


def test_that_a_dot_reads_out_chance_share_and_firms(modelled, small_resources, chinese):
    drawing = draw(make_figure(modelled, small_resources, "calibration", chinese), _palette(), 160.0, 90.0, chinese)
    sentences = [shape.mark.sentence for shape in drawing.shapes if isinstance(shape, Dot)]
    assert "校准后：说11%的企业，实际13%达到（66次判断）" in sentences
    squares = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.mark is not None]
    assert len(squares) == len(model_study.BEFORE)


def test_that_a_cell_of_the_confusion_reads_out_both_levels(modelled, small_resources, chinese):
    drawing = draw(make_figure(modelled, small_resources, "confusion", chinese), _palette(), 160.0, 90.0, chinese)
    sentences = [shape.mark.sentence for shape in drawing.shapes if isinstance(shape, Box) and shape.mark is not None]
    assert "评估人L2 单点应用、模型L2 单点应用：40家，占本行73%" in sentences


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [120.0, 160.0, 330.0])
@pytest.mark.parametrize("bare", [True, False])
def test_that_labels_of_both_figures_never_overlap(modelled, small_resources, lang, width, bare):
    from test_draw import check_page

    texts = small_study.texts(lang)
    for id_ in ("calibration", "confusion"):
        check_page(draw(make_figure(modelled, small_resources, id_, texts), _palette(), width, 60.0, texts, bare))


def test_that_no_figure_names_a_firm(modelled, small_resources, chinese):
    names = set(modelled.responses.firms["name"])
    for id_ in ("calibration", "confusion"):
        figure = make_figure(modelled, small_resources, id_, chinese)
        texts = [figure.title, figure.subtitle, *(row.label for row in figure.table.rows), *figure.table.columns]
        assert not any(name in text for name in names for text in texts)


def test_that_the_card_stands_behind_its_tab_in_both_languages(modelled, small_resources, chinese, english):
    for texts in (chinese, english):
        card = pages.classifier_page(modelled, small_resources, texts).card
        assert len(card) > 5
        assert all(section.title and section.lines for section in card)
        assert not any("nan" in line.lower().split() for section in card for line in section.lines)


def test_that_the_total_is_no_sector_of_the_page(page):
    assert TOTAL not in column(page.groups, "group")


def _palette():
    from app.files.resources import load_palette

    return load_palette("light")
