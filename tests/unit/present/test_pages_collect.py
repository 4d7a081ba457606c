"""What the collect page says: who sent what, what is asked and why, pairs of firms, corrections, painted sheets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import small_study

from app.domain.decisions import Decision, DecisionKind, Guidance, Question
from app.domain.findings import CellReference, Finding, Severity
from app.domain.register import REGISTER_COLUMNS, Register
from app.domain.revision import ChangedCell, ChangedRow, Revision, RowChange
from app.domain.sheet import Layout, Mapping, Match, Orientation, RowRole
from app.domain.study import Source
from app.domain.task import FileProgress
from app.present.coverage import Coverage, CoverageCell, CoverageFile, CoverageRow, named_in, ordered, sender_of, with_progress
from app.present.pages.collect import collect_page
from app.present.pages.collect_coverage import coverage_of
from app.present.pages.collect_decided import decision_table
from app.present.pages.collect_pairs import firm_pairs
from app.present.pages.collect_questions import question_cards
from app.present.pages.collect_register import reporting_of, reporting_view
from app.present.pages.collect_revisions import revision_view
from app.present.preview import item_choices, legend, marks, runs_down, strips
from app.present.view import View

TOWNS = ("城关镇", "河西乡", "东城关镇")


@pytest.fixture
def view(small, small_resources, chinese):
    return View(small, small_resources, chinese)


def event(file, state, township="", rows=0):
    return FileProgress("progress.collect.intake", 0, 1, file, file, state, township, rows, 3)


@pytest.mark.parametrize(
    ("file", "township"),
    [("城关镇2026.xlsx", "城关镇"), ("东城关镇表.xls", "东城关镇"), ("河西上报.xlsx", "河西乡"), ("汇总.xlsx", "")],
)
def test_that_a_township_is_found_in_a_file_name_the_longest_first(file, township):
    assert named_in(file, TOWNS) == township


@pytest.mark.parametrize(
    ("file", "told", "sender"),
    [
        ("a.xlsx", {"河西乡": 9, "城关镇": 1}, ("河西乡", True)),
        ("城关镇.xlsx", {"河西乡": 1}, ("城关镇", True)),  # one answer of ten tells less than the file's name
        ("a.xlsx", {"河西乡": 1}, ("河西乡", True)),
        ("a.xlsx", {}, ("a.xlsx", False)),
    ],
)
def test_that_most_answers_tell_the_sender_then_the_name_of_the_file(file, told, sender):
    assert sender_of(file, told, 10, TOWNS) == sender


def test_that_a_township_that_reported_before_is_due_and_a_refused_file_comes_first(small, small_resources, chinese):
    refused = Source("x", "东风乡补报.xlsx", 1, "2026", "", "refused", 0, 0, 0)
    study = replace(small, sources=(*small.sources, refused))
    coverage = coverage_of(View(study, small_resources, chinese), study.waves[-1])
    assert coverage.waves == ("2025", "2026")
    assert coverage.rows[0].sender == "东风乡"
    assert coverage.rows[0].cells[1].state == "refused"
    assert {row.sender: row.cells[1].due for row in coverage.rows}["东风乡"]
    assert coverage_of(View(study, small_resources, chinese), study.waves[0]).waves == ("2025",)


def test_that_a_file_that_came_after_the_day_it_was_due_is_late(small, small_resources, chinese):
    waves = (small.waves[0], replace(small.waves[1], due="2026-07-01"))
    sources = tuple(replace(source, arrived="2026-07-02T09:00:00") for source in small.sources)
    coverage = coverage_of(View(replace(small, waves=waves, sources=sources), small_resources, chinese), waves[1])
    assert [cell.state for cell in coverage.rows[0].cells] == ["read", "late"]


def test_that_a_register_tells_how_many_of_each_township_have_reported(small, small_resources, chinese):
    firms = small.responses.firms
    here = firms[(firms["wave"] == "2026") & firms["counted"].astype(bool)]
    listed = here[["firm", "name", "code", "township"]].drop_duplicates("firm").reset_index(drop=True)
    one_more = listed.iloc[:1].assign(firm="nobody", name="白塔面粉厂", code="", township="白塔乡")
    table = pd.concat([listed, one_more], ignore_index=True).assign(row=2, sheet="表")
    register = Register("名录.xlsx", "r", "表", table.reindex(columns=list(REGISTER_COLUMNS)))
    view = View(replace(small, register=register), small_resources, chinese)
    reporting = reporting_of(view, small.waves[-1])
    coverage = coverage_of(view, small.waves[-1], reporting)
    rows = {row.sender: row for row in coverage.rows}
    assert coverage.has_register
    assert rows["白塔乡"].cells[-1].state == "absent"
    assert (rows["白塔乡"].expected, rows["白塔乡"].answered, rows["白塔乡"].rate) == (1, 0, 0.0)
    town = listed[listed["township"] == "东风乡"]
    assert rows["东风乡"].expected == len(town)
    assert rows["东风乡"].rate == 1.0
    assert "白塔乡" in coverage.silent
    shown = reporting_view(view, reporting)
    assert list(shown.absent.data[0]) == ["白塔面粉厂"]
    by_township = shown.groups[0][2]
    assert [column[0] for column in by_township.data] == ["白塔乡", 1.0, 0.0, 1.0, 0.0]


def test_that_decisions_are_told_as_what_was_asked_and_what_was_said(view):
    made = (
        Decision(DecisionKind.HIDDEN, "", "rows", "leave"),
        Decision(DecisionKind.SCALE, "sha-2026/表1", "比例", "percent"),
        Decision(DecisionKind.FIRM, "", "甲|乙", "same"),
    )
    told = decision_table(replace(view, study=replace(view.study, guidance=Guidance(made))))
    assert told.ids == tuple(decision.id for decision in reversed(made))
    assert told.data[0] == ("甲、乙是不是同一家企业？", "“比例”这一列的数是小数还是百分数？", "表中隐藏的行要不要算？")
    assert told.data[1] == ("是同一家", "百分数：35就是35%", "不算")
    assert told.data[2][0] == "整个项目"


def test_that_a_file_under_way_finds_its_row_when_it_tells_its_township():
    known = Coverage(("2025",), 0, (CoverageRow("城关镇", (CoverageCell((CoverageFile("旧.xlsx", "read", 9),)),)),))
    waiting = with_progress(known, "2026", (event("城关镇2026.xlsx", "waiting"), event("乙.xlsx", "waiting")))
    assert [(row.sender, row.cells[1].state, row.known) for row in waiting.rows] == [
        ("城关镇", "waiting", True), ("乙.xlsx", "waiting", False),
    ]  # fmt: skip
    told = with_progress(waiting, "2026", (event("乙.xlsx", "read", "河西乡", 7),))
    assert [(row.sender, row.cells[1].rows) for row in told.rows] == [("城关镇", 0), ("河西乡", 7)]
    assert len(told.under_way) == 2


def test_that_nothing_under_way_leaves_the_matrix_as_it_is():
    coverage = Coverage(("2026",), 0, ())
    assert with_progress(coverage, "2026", ()) is coverage


def test_that_senders_that_need_somebody_come_first():
    def row(name, state, errors=0):
        files = (CoverageFile(name, state, 1, errors),) if state else ()
        return CoverageRow(name, (CoverageCell(files, True),))

    rows = [row("d", "read"), row("c", "read", 4), row("b", ""), row("a", "refused"), row("e", "late")]
    assert [r.sender for r in ordered(rows, 0)] == ["a", "b", "e", "c", "d"]


def question(kind, subject, choices, assumed="", scope="t1", **params):
    places = tuple(CellReference(f"{name}.xlsx", "表", 4, 5) for name in ("甲", "乙"))
    return Question(kind, scope, subject, choices, assumed, 1200, places, tuple(params.items()))


def card_of(small, small_resources, words, asked):
    return question_cards(View(replace(small, questions=(asked,)), small_resources, words))[0]


def test_that_a_question_about_a_column_names_items_and_offers_all_of_them(small, small_resources, chinese):
    card = card_of(small, small_resources, chinese, question(DecisionKind.COLUMN, "年末人数", ("people", "revenue", "")))
    assert card.title == "表头“年末人数”对应哪个题目？"
    assert [choice.text for choice in card.choices] == ["从业人数", "营业收入", "都不是，不收入这一列"]
    assert len(card.options) == len(small.instrument.items) + 1
    assert card.assumed == "回答之前，暂按“都不是，不收入这一列”处理。"
    assert card.weight == "关系到1,200个答案、2份表"
    assert [(example.file, example.label) for example in card.examples] == [("甲.xlsx · 表", "E4"), ("乙.xlsx · 表", "E4")]


def test_that_a_question_about_a_text_quotes_it_beside_its_item(small, small_resources, chinese):
    asked = question(DecisionKind.ANSWER, "agent|在用一点", ("yes", "no", ""), text="在用一点")
    card = card_of(small, small_resources, chinese, asked)
    assert card.title == "“使用智能体”填了“在用一点”，算哪一项？"
    assert [choice.text for choice in card.choices] == ["是", "否", "都不是，按未填处理"]
    assert [choice.answer for choice in card.options] == ["", "yes", "no", "planned"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "subject", "choices"),
    [
        (DecisionKind.SHEET, "Sheet2", ("read", "skip")),
        (DecisionKind.HEADER, "企业名称|人数", ("4", "4-5")),
        (DecisionKind.ROW, "17", ("firm", "total", "left")),
        (DecisionKind.SCALE, "研发占比", ("fraction", "percent")),
        (DecisionKind.UNIT, "营业收入", ("元", "万元")),
        (DecisionKind.HIDDEN, "rows", ("keep", "leave")),
        (DecisionKind.HIDDEN, "columns", ("keep", "leave")),
        (DecisionKind.HIDDEN, "filter", ("keep", "leave")),
    ],
)
def test_that_every_kind_of_question_is_asked_in_both_languages(small, small_resources, lang, kind, subject, choices):
    card = card_of(small, small_resources, small_study.texts(lang), question(kind, subject, choices, choices[0]))
    assert card.title
    assert card.why
    assert len({choice.text for choice in card.choices}) == len(choices)
    assert card.choices[0].text in card.assumed


def test_that_every_role_of_a_row_can_be_a_choice(small, small_resources, english):
    roles = tuple(role.value for role in RowRole)
    card = card_of(small, small_resources, english, question(DecisionKind.ROW, "3", roles, "firm"))
    assert len({choice.text for choice in card.choices}) == len(roles)


def test_that_two_firms_stand_side_by_side_with_what_differs(small, small_resources, chinese):
    asked = question(
        DecisionKind.FIRM, "C000|C001", ("same", "different"), "different", "", score="0.93", reason="firm.reason.name_form"
    )
    view = View(replace(small, questions=(asked,)), small_resources, chinese)
    (pair,) = firm_pairs(view)
    assert (pair.left.name, pair.right.name) == ("C企业000", "C企业001")
    assert pair.score == "相近程度93%"
    assert pair.reason == "字号和行业相同，组织形式不同"
    lines = {what: (text, differs) for what, text, differs in pair.left.lines}
    assert lines["乡镇（街道）"] == ("城关镇", True)
    assert lines["行业"] == ("C 制造业", False)
    assert lines["信用代码"] == ("未填", False)
    assert pair.left.place == small.responses.cell(int(np.flatnonzero(small.responses.firms["firm"] == "C000")[0]), "name")
    assert question_cards(view) == ()


def test_that_a_pair_whose_firm_has_gone_is_asked_no_more(small, small_resources, chinese):
    asked = question(DecisionKind.FIRM, "C000|nobody", ("same", "different"), "different", "")
    assert firm_pairs(View(replace(small, questions=(asked,)), small_resources, chinese)) == ()


def test_that_a_correction_is_told_cell_by_cell(view):
    place = CellReference("新.xlsx", "表", 7)
    changed = ChangedCell("people", "120", "128", 120.0, 128.0, None, None)
    emptied = ChangedCell("revenue", "5", "", 5.0, None, None, None)
    rows = (
        ChangedRow(RowChange.CHANGED, "甲厂", place, None, None, (changed, emptied)),
        ChangedRow(RowChange.NEW, "乙厂", place, None, None, (changed,)),
        ChangedRow(RowChange.VANISHED, "丙厂", place, None, None, (changed, emptied)),
    )
    shown = revision_view(view, "新.xlsx", Revision(rows, 40))
    assert shown.headline == "“新.xlsx”：改动1家，新增1家，少了1家"
    assert shown.rows[0].cells == (("从业人数", "120", "128"), ("营业收入", "5", "（空）"))
    assert [(row.number, row.kind) for row in shown.rows] == [(1, "changed"), (2, "new"), (3, "vanished")]
    assert shown.rows[2].cells == (("", "共2项答案", ""),)


def test_that_a_file_that_corrects_another_is_named_with_it(small, small_resources, chinese):
    sources = (small.sources[0], replace(small.sources[1], corrects=small.sources[0].sha256))
    page = collect_page(replace(small, sources=sources), small_resources, chinese)
    assert [revised.sentence for revised in page.revised] == ["“2026.xlsx”似乎是“2025.xlsx”的更正表"]


def mapping(orientation=Orientation.WIDE):
    layout = Layout("表", orientation, (2,), np.array([3, 4], dtype=np.int32), ("企业", "人数", "备注"), ("", "", ""))
    matches = (
        Match(0, "企业", "name", 0.99, "match.code"),
        Match(1, "人数", "people", 0.7, "match.similar", rivals=("revenue",)),
        Match(2, "备注", None, 0.0, "match.none"),
    )
    return Mapping(layout, matches)


def test_that_each_column_says_what_it_was_taken_for_and_how_sure_that_is(small, chinese):
    found = strips([mapping()], small.instrument, chinese, frozenset({"备注"}))
    assert [(strip.state, strip.label) for strip in found.values()] == [
        ("sure", "企业名称"), ("unsure", "从业人数"), ("decided", "不收入"),
    ]  # fmt: skip
    assert found[1].rivals == ("营业收入",)
    assert found[2].why == "人工指定"
    assert not runs_down([mapping()])
    assert runs_down([mapping(Orientation.LONG)])


def test_that_the_legend_counts_the_roles_that_occur(chinese):
    roles = (RowRole.TITLE, RowRole.BLANK, RowRole.HEADER, RowRole.FIRM, RowRole.FIRM)
    assert [(patch.text, patch.rows) for patch in legend(roles, chinese)] == [("标题", 1), ("表头", 1), ("企业", 2)]


def test_that_a_cell_shows_its_worst_finding_and_what_was_put_right():
    place = CellReference("甲.xlsx", "表", 5, 3)
    findings = (Finding("a", Severity.NOTE, place), Finding("b", Severity.ERROR, place))
    found = marks(findings, ("注", "错"), {(4, 2): "120", (9, 0): ""})
    assert found[4, 2].severity == "error"
    assert found[4, 2].lines == ("错", "注")
    assert found[4, 2].corrected == "120"
    assert (found[9, 0].severity, found[9, 0].corrected) == ("", "")


def test_that_every_item_can_be_chosen_with_its_pillar(small, chinese):
    choices = item_choices(small.instrument, {}, chinese)
    assert [choice.code for choice in choices] == [item.code for item in small.instrument.items]
