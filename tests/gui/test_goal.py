"""The page of one goal: every view, every way to change it, and that each goes up as a command."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.aiming import Aiming
from app.gui.dialogs.break_ import break_dialog
from app.gui.dialogs.goal_edit import GoalEditDialog
from app.gui.dialogs.reported import report_dialog
from app.gui.pages.goal import VIEWS
from app.gui.store import Store
from app.gui.targeting import Targeting
from tests.gui import pagevalues


@pytest.fixture
def zh(resources):
    return Texts("zh", resources.words)


@pytest.fixture
def page(dressed, qtbot, zh, light):
    from app.gui.pages import make_page

    made = make_page("goal")
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.asked, made.marks = [], []
    made.command_requested.connect(lambda command, parameters: made.asked.append((command, parameters)))
    made.evidence_requested.connect(made.marks.append)
    made.display(pagevalues.goal(), zh, light)
    made.show()
    return made


def words_of(widget):
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget)]


def press(widget, qtbot, name):
    part = widget.findChild(QWidget, name)
    assert part.isEnabled(), name
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)


def fill(dialog, **said):
    for name, text in said.items():
        part = dialog.fields[name]
        if isinstance(part, QComboBox):
            part.setCurrentIndex(part.findData(text))
        elif isinstance(part, QLineEdit):
            part.setText(text)
        else:
            part.setPlainText(text)


def test_that_the_light_stands_with_its_reason_and_what_would_change_it(page, qtbot):
    words = words_of(page)
    assert "只有一期。" in words
    assert "再收一期。" in words
    press(page, qtbot, "goal.step")
    assert page.asked == [("study.collect", {})]
    press(page, qtbot, "goal.light")
    press(page, qtbot, "fact.progress|g|value")
    assert page.marks == ["progress|g|light", "progress|g|value"]


def test_that_a_series_from_elsewhere_is_switched_off_with_its_definition(page, qtbot):
    def shown():
        return [series.id for series in page.course._shown[0].series if series.id], words_of(page.course)

    box = page.course.switches["eu27"]
    assert any("来源：甲。" in text for text in shown()[1])
    box.setChecked(False)
    assert not any("来源：甲。" in text for text in shown()[1])
    labels = [shape.text for shape in page.course.figure.canvas.drawing.shapes if hasattr(shape, "text")]
    assert "欧盟27国" not in labels


def test_that_what_was_switched_by_hand_stays_when_the_page_comes_anew(page, zh, dark):
    page.course.switches["eu27"].setChecked(False)
    page.display(pagevalues.goal(), zh, dark)
    assert not page.course.switches["eu27"].isChecked()


@pytest.mark.parametrize("name", VIEWS)
def test_that_one_view_is_shown_at_a_time(page, name):
    page.choose(name)
    assert [view for view, part in page._views.items() if part.isVisibleTo(page)] == [name]


def test_that_views_this_goal_has_nothing_for_are_gone(page, zh, light):
    page.choose("change")
    page.display(replace(pagevalues.goal(), change=None, models=None), zh, light)
    assert [part.text() for part in page.tabs.buttons if part.isVisibleTo(page)] == [
        "走势",
        "各期与断点",
        "文件与历史（1处不一致）",
    ]
    assert page._views["course"].isVisibleTo(page)


def test_that_the_view_stays_while_the_goal_does_and_begins_anew_with_another(page, zh, light):
    page.choose("text")
    page.display(pagevalues.goal(), zh, light)
    assert page._views["text"].isVisibleTo(page)
    page.display(replace(pagevalues.goal(), goal="h"), zh, light)
    assert page._views["course"].isVisibleTo(page)


def test_that_an_earlier_version_is_brought_back_by_the_fields_that_differ(page, qtbot):
    page.choose("text")
    assert not page.text.history.use.isEnabled()
    page.text.history.table.selectRow(1)
    page.text.history.table.setCurrentIndex(page.text.history.table.model().index(1, 0))
    press(page, qtbot, "history.use")
    ((command, given),) = page.asked
    assert (command, given["set"], given["withdraw"]) == ("goal.restore", (("value", "60%"),), False)


def test_that_the_version_in_force_cannot_be_brought_back(page):
    page.choose("text")
    page.text.history.table.setCurrentIndex(page.text.history.table.model().index(0, 0))
    assert not page.text.history.use.isEnabled()


def test_that_a_figure_and_a_break_are_taken_back_by_the_chosen_row(page, qtbot):
    page.choose("waves")
    assert not page.reported.back.isEnabled()
    page.reported.table.setCurrentIndex(page.reported.table.model().index(1, 0))
    assert not page.reported.back.isEnabled()  # it was replaced long ago
    page.reported.table.setCurrentIndex(page.reported.table.model().index(0, 0))
    press(page, qtbot, "reported.back")
    page.broken.table.setCurrentIndex(page.broken.table.model().index(0, 0))
    press(page, qtbot, "broken.back")
    assert page.asked == [
        ("study.reported", {"goal": "g", "date": "2026-06-30", "forget": True}),
        ("study.break", {"wave": "2026", "measure": "kpi", "forget": True}),
    ]


def test_that_each_dialog_is_asked_for_with_what_it_starts_from(page, qtbot):
    view = pagevalues.goal()
    for tab, name in (("text", "goal.edit"), ("text", "goal.withdraw"), ("waves", "reported.add"), ("waves", "broken.add")):
        page.choose(tab)
        press(page, qtbot, name)
    press(page, qtbot, "goal.choose")
    assert page.asked == [
        ("goal.edit", {"form": view.form}),
        ("goal.withdraw", {"goal": "g", "name": "普及率超70%"}),
        ("goal.report", {"form": view.report}),
        ("goal.break", {"form": view.breaks}),
        ("goal.choose", {"options": view.options}),
    ]


@pytest.fixture
def editing(dressed, qtbot, zh):
    made = SimpleNamespace(tried=[], saved=[])
    parent = QWidget()
    qtbot.addWidget(parent)

    def opened(form):
        made.dialog = GoalEditDialog(
            parent, form, zh, lambda changed, show: made.tried.append((changed, show)), lambda *said: made.saved.append(said)
        )
        made.dialog.open()
        return made

    yield opened
    if made.__dict__.get("dialog") is not None and not made.saved:
        made.dialog.close()


def test_that_only_what_changed_is_saved_with_who_and_why(editing, qtbot):
    made = editing(pagevalues.goal().form)
    assert not made.dialog.go.isEnabled()
    fill(made.dialog, value="75%", measure="")
    assert not made.dialog.go.isEnabled()
    made.dialog.who.setText("王敏")
    made.dialog.why.setText("文件更正")
    press(made.dialog, qtbot, "goal.go")
    assert made.saved == [((("value", "75%"), ("measure", "")), "王敏", "文件更正")]


def test_that_clashes_are_worked_out_while_typing_and_may_be_saved(editing, qtbot):
    made = editing(pagevalues.goal().form)
    fill(made.dialog, value="60%")
    qtbot.waitUntil(lambda: bool(made.tried), timeout=3000)
    changed, show = made.tried[-1]
    assert changed == (("value", "60%"),)
    made.dialog.who.setText("王敏")
    made.dialog.why.setText("试")
    show(("县级低于国家。",), True)
    assert "县级低于国家。" in words_of(made.dialog)
    assert made.dialog.go.isEnabled()
    show(("“abc”不是比率。",), False)
    assert not made.dialog.go.isEnabled()


def test_that_a_needed_field_may_not_be_emptied(editing):
    made = editing(pagevalues.goal().form)
    made.dialog.who.setText("王敏")
    made.dialog.why.setText("试")
    fill(made.dialog, zh="")
    assert not made.dialog.go.isEnabled()
    assert any("zh" in text for text in words_of(made.dialog) if text.startswith("还差"))


def test_that_a_new_goal_hands_over_all_that_was_said(editing, qtbot):
    form = pagevalues.goal().form
    made = editing(replace(form, goal="", fields=tuple(replace(each, value="") for each in form.fields)))
    fill(made.dialog, zh="新目标", value="20")
    made.dialog.who.setText("王敏")
    made.dialog.why.setText("县政府文件")
    press(made.dialog, qtbot, "goal.go")
    assert made.saved[0][0] == (("zh", "新目标"), ("value", "20"))


def test_that_an_answer_that_comes_after_the_dialog_has_gone_harms_nothing(editing, qtbot):
    made = editing(pagevalues.goal().form)
    fill(made.dialog, value="60%")
    qtbot.waitUntil(lambda: bool(made.tried), timeout=3000)
    dialog, (_, show) = made.dialog, made.tried[-1]
    made.dialog = None
    dialog.close()
    show(("晚了。",), True)


def test_that_a_figure_needs_value_source_and_name(dressed, qtbot, zh):
    parent, said = QWidget(), []
    qtbot.addWidget(parent)
    dialog = report_dialog(parent, pagevalues.goal().report, zh, said.append)
    dialog.open()
    assert not dialog.go.isEnabled()
    fill(dialog, value="36")
    assert not dialog.go.isEnabled()
    fill(dialog, who="李强")
    assert dialog.said["source"] == "季报"
    press(dialog, qtbot, "report.go")
    assert said[0]["value"] == "36"
    assert said[0]["who"] == "李强"
    assert set(said[0]) == {"value", "date", "source", "who"}


def test_that_a_break_names_wave_reach_and_reason(dressed, qtbot, zh):
    parent, said = QWidget(), []
    qtbot.addWidget(parent)
    dialog = break_dialog(parent, pagevalues.goal().breaks, zh, said.append)
    dialog.open()
    fill(dialog, why="问法改了", who="李强", measure="")
    press(dialog, qtbot, "break.go")
    assert said == [{"wave": "2026", "measure": "", "why": "问法改了", "who": "李强"}]


class Session:
    """Runs every change at once; `made` says what study it leaves."""

    def __init__(self, study, texts, made):
        self.store, self.texts, self.made, self.ran = Store(), texts, made, []
        self.store.open(study, None)

    def change(self, command, parameters, label, done):
        self.ran.append((command, parameters))
        base, new = self.store.study, self.made(self.store.study)
        if new is not base:
            self.store.put(new, base, label)
        done(new)


@pytest.fixture
def aiming(dressed, qtbot, zh):
    from app.domain.instrument import Instrument
    from app.domain.rubric import Rubric
    from app.domain.study import Study
    from app.domain.words import Words

    words = Words("问卷", "form")
    study = Study("县", Instrument("i", "1", words, "", ()), Rubric("r", "1", words, "", (), (), (), ()))
    window = QWidget()
    qtbot.addWidget(window)
    window.session = Session(study, zh, lambda base: replace(base, name="改了"))
    window.error = SimpleNamespace(told=[], tell=lambda text, done=False: window.error.told.append(text))
    entered = Targeting(window).flows
    window.desk = SimpleNamespace(trigger=lambda id_, given: entered[id_](given) if id_ in entered else None)
    return window, Aiming(window)


def dialog_of(window, name):
    found = window.findChild(QDialog, name)
    assert found is not None
    return found


def test_that_a_withdrawal_is_signed_and_undo_takes_it_back(aiming, qtbot):
    window, flows = aiming
    before = window.session.store.study
    flows.flows["goal.withdraw"]({"goal": "g", "name": "普及率"})
    dialog = dialog_of(window, "dialog.withdraw")
    fill(dialog, who="王敏", why="并入市级")
    press(dialog, qtbot, "withdraw.go")
    assert window.session.ran == [("goal", {"goal": "g", "withdraw": True, "who": "王敏", "why": "并入市级"})]
    assert window.session.store.earlier() is before


def test_that_a_version_brought_back_is_a_change_like_any_other(aiming, qtbot):
    window, flows = aiming
    flows.flows["goal.restore"]({"goal": "g", "name": "普及率", "set": (("value", "60%"),), "withdraw": False})
    dialog = dialog_of(window, "dialog.restore")
    fill(dialog, who="王敏", why="原稿为准")
    press(dialog, qtbot, "restore.go")
    ((command, given),) = window.session.ran
    assert (command, given["set"]) == ("goal", (("value", "60%"),))
    assert "withdraw" not in given


def test_that_a_change_that_changes_nothing_says_so(aiming, qtbot):
    window, _ = aiming
    window.session.made = lambda base: base
    window.desk.trigger("study.reported", {"goal": "g", "date": "2026-06-30", "forget": True})
    assert window.error.told == [window.session.texts("gui.target.unchanged")]
