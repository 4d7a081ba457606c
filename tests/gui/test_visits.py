"""The visits page: draw, take in, settle; and levels typed in through the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.words import Texts
from app.present.pages.values import PageTable
from tests.gui import pagevalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    from app.gui.pages import make_page

    made = make_page("visits")
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.asked = []
    made.command_requested.connect(lambda command, parameters: made.asked.append((command, parameters)))
    made.display(pagevalues.visits(), Texts("zh", resources.words), light)
    made.show()
    return made


def words_of(widget):
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget)]


def press(page, qtbot, name):
    qtbot.mouseClick(page.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def shown(page, resources, light, **changes):
    page.display(replace(pagevalues.visits(), **changes), Texts("zh", resources.words), light)


def test_that_a_list_is_drawn_with_number_and_seed(page, qtbot):
    page.form.n.setText("25")
    page.form.seed.setText("11")
    press(page, qtbot, "visits.draw")
    assert page.asked == [("study.visits", {"n": 25, "seed": 11})]


def test_that_the_default_seed_is_shown_and_return_draws(page, qtbot):
    from app.workflows.context import DEFAULT_SEED

    page.form.n.setFocus()
    qtbot.keyClick(page.form.n, Qt.Key.Key_Return)
    assert page.asked == [("study.visits", {"n": 40, "seed": DEFAULT_SEED})]


@pytest.mark.parametrize(("n", "seed"), [("", "7"), ("121", "7"), ("0", "7"), ("40", "")])
def test_that_more_firms_than_there_are_cannot_be_drawn(page, n, seed):
    page.form.n.setText(n)
    page.form.seed.setText(seed)
    assert not page.findChild(QWidget, "visits.draw").isEnabled()


def test_that_a_number_typed_in_stays_when_the_page_is_shown_again(page, qtbot, resources, light):
    page.form.n.clear()
    qtbot.keyClicks(page.form.n, "33")
    shown(page, resources, light)
    assert page.form.n.text() == "33"


def test_that_nothing_is_drawn_before_levels_are_there(page, qtbot, resources, light):
    shown(page, resources, light, stale="等级要重新评估后才会更新。")
    assert not page.findChild(QWidget, "visits.draw").isEnabled()
    press(page, qtbot, "visits.stale.step")
    assert page.asked == [("study.assess", {})]


def test_that_the_list_goes_out_by_its_id(page, qtbot):
    press(page, qtbot, "visits.export")
    assert page.asked == [("visits.export", {"list": "v1"})]


def test_that_a_row_of_the_list_opens_its_firm_and_a_firm_that_left_opens_nothing(page, qtbot):
    table = page.visits
    table.setFocus()
    table.setCurrentIndex(table.rows.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    table.setCurrentIndex(table.rows.index(2, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.asked == [("firm.open", {"position": "5"})]


def test_that_assessments_come_in_by_file_or_one_by_one(page, qtbot):
    page.choose("labels")
    press(page, qtbot, "labels.labels")
    press(page, qtbot, "labels.label")
    assert page.asked[0] == ("study.labels", {})
    assert page.asked[1] == ("judge.ask", {"kind": "label", "wave": "2026", "suggestions": ("甲厂", "乙厂")})
    assert "评估人之间看法一致。" in words_of(page)


def test_that_a_disagreement_is_settled_once_level_person_and_reason_are_there(page, qtbot):
    page.choose("disagreements")
    card = page.disagreements.cards[0]
    go = card.findChild(QWidget, "ruling.go")
    assert not go.isEnabled()
    card.form.level.setCurrentIndex(2)
    card.form.who.setText("赵科长")
    assert not go.isEnabled()
    card.form.why.setText("复看，每天在用。")
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    command, said = page.asked[-1]
    assert command == "study.ruling"
    assert {name: said[name] for name in ("firm", "wave", "level", "who", "why")} == {
        "firm": "甲厂@城关镇", "wave": "2026", "level": "L2", "who": "赵科长", "why": "复看，每天在用。",
    }  # fmt: skip
    assert len(said["when"]) == 10


def test_that_a_long_queue_says_how_many_wait_behind_it(page, resources, light):
    from app.gui.widgets.disagreements import SHOWN

    one = pagevalues.visits().disagreements[0]
    shown(page, resources, light, disagreements=tuple(replace(one, position=str(k)) for k in range(SHOWN + 8)))
    page.choose("disagreements")
    assert len(page.disagreements.cards) == SHOWN
    assert any("其余8家" in text for text in words_of(page.disagreements))


def test_that_an_earlier_wave_offers_nothing_to_draw(page, resources, light):
    shown(page, resources, light, form=None, list=None)
    assert not page.form.isVisibleTo(page)
    assert any("只从最新一期抽取" in text for text in words_of(page))


def test_that_both_sides_stand_with_person_day_reason_and_evidence(page):
    page.choose("disagreements")
    said = words_of(page.disagreements)
    assert {"L2 单点应用", "L3 集成应用", "排产每天在用。", "照片", "表.xlsx"} <= set(said)
    assert any("李强" in text and "2026年9月8日" in text for text in said)


def test_that_what_was_typed_into_a_card_survives_an_unrelated_change(page, resources, light):
    page.choose("disagreements")
    page.disagreements.cards[0].form.who.setText("赵科长")
    shown(page, resources, light, stale="变了。")
    assert page.disagreements.cards[0].form.who.text() == "赵科长"


def test_that_a_level_shows_its_meaning(page):
    page.choose("disagreements")
    form = page.disagreements.cards[0].form
    form.level.setCurrentIndex(2)
    assert "至少一个环节日常在用。" in words_of(form)


def test_that_empty_views_say_what_would_fill_them(page, resources, light):
    empty = PageTable(pagevalues.visits().labels.columns, ((), ()), ())
    shown(page, resources, light, list=None, labels=empty, disagreements=(), overrides=empty, facts=())
    for view, words in (
        ("list", "还没有名单"),
        ("labels", "还没有现场评估"),
        ("disagreements", "没有等待裁定"),
        ("overrides", "还没有人工意见"),
    ):
        page.choose(view)
        assert any(words in text for text in words_of(page)), view


@pytest.fixture
def opened(window, session, tmp_path, monkeypatch):
    """The window on a small study, telling what the desk was asked for instead of doing it."""
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "present"))
    import model_study
    import small_study

    session.resources = small_study.resources()
    session.texts = Texts("zh", session.resources.words)
    session.store.open(model_study.study(), tmp_path / "x.zhiheng")
    window.asked = []
    monkeypatch.setattr(session, "change", lambda command, parameters, label, done: window.asked.append((command, parameters)))
    return window


def test_that_a_level_typed_in_becomes_a_label(opened, qtbot):
    opened.desk.trigger("judge.ask", {"kind": "label", "wave": "2026", "suggestions": ("A企业000",)})
    dialog = opened.findChild(QWidget, "dialog.judgement")
    go = dialog.findChild(QWidget, "judge.go")
    assert any("还差：企业名称或统一社会信用代码、等级、评估人" in text for text in words_of(dialog))
    dialog.form.firm.setText("A企业000")
    dialog.form.level.setCurrentIndex(dialog.form.level.findData("L2"))
    dialog.form.who.setText("王敏")
    dialog.form.evidence.setText("照片")
    assert go.isEnabled()
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    command, said = opened.asked[0]
    assert command == "label"
    assert (said["firm"], said["level"], said["who"], said["evidence"], said["wave"]) == (
        "A企业000",
        "L2",
        "王敏",
        "照片",
        "2026",
    )


def test_that_a_level_beside_the_computed_one_needs_a_reason(opened, qtbot):
    opened.desk.trigger("judge.ask", {"kind": "override", "wave": "2026", "firm": "A企业000@城关镇", "name": "A企业000"})
    dialog = opened.findChild(QWidget, "dialog.judgement")
    dialog.form.level.setCurrentIndex(3)
    dialog.form.who.setText("赵科长")
    assert not dialog.findChild(QWidget, "judge.go").isEnabled()
    dialog.form.why.setText("新上了产线")
    qtbot.mouseClick(dialog.findChild(QWidget, "judge.go"), Qt.MouseButton.LeftButton)
    assert opened.asked[0][0] == "override"
    assert opened.asked[0][1]["firm"] == "A企业000@城关镇"


def test_that_the_panel_of_a_firm_asks_for_a_judgement_about_it(opened, session, qtbot):
    opened.go("firms")
    opened.desk.trigger("firm.open", {"position": "147"})
    qtbot.waitUntil(lambda: opened.side.isVisible(), timeout=5000)
    link = opened.side.findChild(QWidget, "side.link.另注意见")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    dialog = opened.findChild(QWidget, "dialog.judgement")
    assert "A企业000" in words_of(dialog)
    dialog.close()


def test_that_the_empty_classifier_leads_to_the_visits(opened, qtbot):
    opened.desk.trigger("study.visits", {})
    assert opened.page == "visits"


def test_that_what_is_typed_for_one_firm_outlives_the_ruling_on_another(page, resources, light):
    one = pagevalues.visits().disagreements[0]
    queue = tuple(replace(one, position=str(k)) for k in range(3))
    shown(page, resources, light, disagreements=queue)
    page.choose("disagreements")
    second = page.disagreements.cards[1]
    second.form.why.setText("已复看，")
    shown(page, resources, light, disagreements=tuple(replace(firm, computed="模型L4") for firm in queue[1:]))
    assert page.disagreements.cards[0] is second
    assert second.form.why.text() == "已复看，"
    assert second.isVisibleTo(page)
    assert any("模型L4" in text for text in words_of(second))
    assert len(page.disagreements.cards) == 2


def test_that_the_queue_behind_its_tab_is_up_to_date_once_it_is_chosen(page, resources, light):
    shown(page, resources, light, disagreements=())
    page.choose("disagreements")
    assert not page.disagreements.cards
    page.choose("list")
    shown(page, resources, light)
    page.tabs.buttons[2].click()
    assert len(page.disagreements.cards) == len(pagevalues.visits().disagreements)
