"""The goals page: checklist and goal book beside the wall, before and after anything was recorded."""

from __future__ import annotations

from dataclasses import replace

import goal_study
import pytest

from app.domain.goals import Layer
from app.domain.targets import GoalEdit, Proof, ProofState, Targets
from app.present.pages.goals import goals_page


def proof(id_: str, state: ProofState, when: str = "2026-07-01", document: str = "") -> Proof:
    return Proof(id_, state, "", document, "李敏", when)


def with_targets(study, **more):
    return replace(study, targets=replace(study.targets, **more))


def test_that_every_entry_and_every_goal_in_words_stands_in_the_checklist_once(small, small_resources, chinese):
    groups = goals_page(small, small_resources, chinese).checklist.groups
    assert [group.title for group in groups] == ["“人工智能+”科学技术", "八项基础支撑", "目标库中的定性目标"]
    assert [item.id for group in groups for item in group.items] == ["item_1_1", "support_1", "national-2035"]
    assert groups[1].items[0].verify


def test_that_what_nobody_looked_into_is_unknown_and_not_called_not_begun(small, small_resources, chinese, english):
    for texts in (chinese, english):
        listed = goals_page(small, small_resources, texts).checklist
        assert {item.state for group in listed.groups for item in group.items} == {"unknown"}
    assert "没有佐证不等于没有开展" in goals_page(small, small_resources, chinese).checklist.headline


def test_that_the_newest_record_holds_and_the_earlier_ones_stay(small, small_resources, chinese):
    proofs = (proof("item_1_1", ProofState.NONE), proof("item_1_1", ProofState.DONE, "2026-08-01", "验收报告"))
    listed = goals_page(with_targets(small, proofs=proofs), small_resources, chinese).checklist
    item = listed.groups[0].items[0]
    assert (item.state, item.changed) == ("done", "李敏 · 2026年8月1日")
    assert [record.state for record in item.history] == ["done", "none"]
    assert listed.groups[0].counts == (("done", "已落实", 1),)
    assert "已落实1项" in listed.headline


def test_that_the_goal_book_says_of_every_goal_how_it_is_measured_and_where_it_came_from(small, small_resources, chinese):
    book = goals_page(small, small_resources, chinese).book
    rows = dict(zip(book.table.ids, zip(*book.table.data, strict=True), strict=True))
    assert rows["national-2027"][3] == "使用智能体的企业 ÷ 作答企业，替代口径"
    assert rows["national-2035"][2:4] == ("2035年，定性", "佐证")
    assert {row[5] for row in rows.values()} == {"程序自带"}


def test_that_goals_that_clash_are_said_in_words_with_both_to_open(small, small_resources, chinese, english):
    weaker = replace(small_resources.goal_book.goals[0], id="county", layer=Layer.COUNTY, value=0.5, document="县政发〔2026〕1号")
    study = with_targets(small, goals=(GoalEdit("county", weaker, "李敏", "2026-07-01", "县里方案"),))
    (clash,) = goals_page(study, small_resources, chinese).book.clashes
    assert "县级目标低于国家" in clash.sentence
    assert "县政发〔2026〕1号" in clash.sentence
    assert (clash.upper[0], clash.lower[0]) == ("national-2027", "county")
    assert "asks less" in goals_page(study, small_resources, english).book.clashes[0].sentence


def test_that_a_withdrawn_goal_leaves_the_book_with_a_word_about_it(small, small_resources, chinese):
    study = with_targets(small, goals=(GoalEdit("national-2035", None, "李敏", "2026-07-01", "不适用"),))
    book = goals_page(study, small_resources, chinese).book
    assert "national-2035" not in book.table.ids
    assert any("2035 年的目标" in note for note in book.notes)


@pytest.mark.parametrize("targets", [Targets(), goal_study.study().targets])
def test_that_checklist_and_goal_book_stand_before_anything_is_held_against_goals(small, small_resources, chinese, targets):
    page = goals_page(replace(small, progress=(), targets=targets), small_resources, chinese)
    assert page.head.empty is not None
    assert page.wall is None
    assert page.checklist.groups
    assert len(page.book.table) >= 3


def test_that_a_number_that_cannot_be_a_share_is_not_printed_as_a_target(small, small_resources, chinese):
    absurd = replace(small_resources.goal_book.goals[0], id="absurd", value=1.7)
    study = with_targets(small, goals=(GoalEdit("absurd", absurd, "李敏", "2026-07-01", "误录"),))
    book = goals_page(study, small_resources, chinese).book
    row = book.table.ids.index("absurd")
    assert book.table.data[2][row] == "2027年，数值不合理"
