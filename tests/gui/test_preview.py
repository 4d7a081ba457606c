"""The painted preview: what every row and column was taken for, and a click or a key that puts it right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from app.domain.colours import contrast
from app.domain.decisions import Correction, Decision, DecisionKind
from app.domain.findings import CellReference
from app.domain.sheet import CellKind, RawColumn, RawSheet, RowRole
from app.domain.words import Texts
from app.gui.preview.grounds import ground, ink
from app.present.pages.collect_values import Choice, Example, QuestionCard
from app.present.preview import ItemChoice, Mark, Painted, Strip, legend

ROLES = (RowRole.TITLE, RowRole.HEADER, RowRole.FIRM, RowRole.FIRM, RowRole.TOTAL)


def column(*texts):
    distinct = ("", *dict.fromkeys(text for text in texts if text))
    codes = np.array([distinct.index(text) for text in texts], dtype=np.int32)
    return RawColumn(codes, distinct, tuple(CellKind.TEXT if text else CellKind.EMPTY for text in distinct))


def sheet(n=5):
    names = ("调查表", "企业名称", "东河造纸厂", "西河机械厂", "合计")[:n]
    return RawSheet(
        "表1", n, (column(*names), column("", "人数", "12O", "30", "42"), column("", "备注", "", "", "")), ((0, 0, 0, 2),)
    )


def painted(texts, **changes):
    card = QuestionCard("q1", "unit", "人数是什么单位？", "为什么", (Example(CellReference("甲.xlsx", "表1", 0, 2), "甲", "B"),),
                        (Choice("人", "人"), Choice("万人", "万人")), "暂按人", "2个答案")  # fmt: skip
    view = Painted(
        file="甲.xlsx", sheet=sheet(), sheets=("表1", "填表说明"), roles=ROLES, legend=legend(ROLES, texts),
        strips={
            0: Strip(0, "企业名称", "name", "企业名称", "sure", 0.99, "表头就是题项代码"),
            1: Strip(1, "人数", "people", "从业人数", "unsure", 0.7, "表头与题目相近", ("营业收入",), "人"),
            2: Strip(2, "备注", "", "不收入", "none", 0.0, "没有相近的题目"),
        },
        down=False, marks={(2, 1): Mark("error", ("错误  不是数",)), (3, 1): Mark("", (), "31")},
        items=(ItemChoice("name", "企业名称"), ItemChoice("people", "从业人数"), ItemChoice("agent", "使用智能体", "应用")),
        scope="sha/表1", templates={0: "t1", 1: "t1", 2: "t1"}, options={"people": ()}, questions=(card,), row=2, column=1,
    )  # fmt: skip
    return replace(view, **changes)


@pytest.fixture
def viewer(dressed, qtbot, resources, light):
    from app.gui.dialogs.source_viewer import SourceViewer

    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1280, 800)
    texts = Texts("zh", resources.words)
    made = SourceViewer(painted(texts), texts, light, parent)
    made.asked = []
    made.requested.connect(lambda command, parameters: made.asked.append((command, parameters)))
    made.show()
    yield made
    made.close()


def words_of(widget):
    QApplication.processEvents()
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget)]


def test_that_the_cell_asked_for_is_in_focus_with_all_that_is_known_of_it(viewer):
    assert (viewer.grid.currentIndex().row(), viewer.grid.currentIndex().column()) == (2, 1)
    said = words_of(viewer.detail)
    assert {"B3", "12O", "错误  不是数", "从业人数", "把握70%：表头与题目相近", "也接近：营业收入", "单位：人", "企业"} <= set(
        said
    )


def test_that_a_corrected_cell_shows_what_holds_and_tells_what_came(viewer):
    viewer.grid.go_near(3, 1)
    assert viewer.grid.currentIndex().data() == "31"
    assert {"30", "已更正为", "31"} <= set(words_of(viewer.detail))


def test_that_return_puts_a_cell_right_with_a_reason(viewer, qtbot):
    viewer.grid.setFocus()
    qtbot.keyClick(viewer.grid, Qt.Key.Key_Return)
    dialog = viewer.findChild(QWidget, "dialog.correct")
    assert dialog.text.text() == "12O"
    dialog.text.setText("120")
    dialog.reason.setText("电话核实")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    correction = Correction("sha", "表1", 3, 2, "120", "电话核实")
    assert viewer.asked == [("study.correct", {"corrections": (correction,)})]


def test_that_the_answers_of_a_closed_question_are_offered(viewer, resources, light):
    texts = Texts("zh", resources.words)
    viewer.display(painted(texts, options={"people": ("是", "否")}), light)
    viewer.correct(2, 1)
    box = viewer.findChild(QWidget, "correct.options")
    assert [box.itemText(place) for place in range(box.count())] == ["是", "否"]
    viewer.findChild(QWidget, "dialog.correct").close()
    assert viewer.asked == []


def test_that_c_names_the_column_for_every_sheet_of_the_template(viewer, qtbot):
    viewer.grid.go_near(2, 2)
    qtbot.keyClick(viewer.grid, Qt.Key.Key_C)
    dialog = viewer.findChild(QWidget, "dialog.choose")
    dialog.field.setText("智能体")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert viewer.asked == [("study.decide", {"decisions": (Decision(DecisionKind.COLUMN, "t1", "备注", "agent"),)})]


def test_that_a_column_can_be_none_of_ours(viewer, qtbot):
    viewer.name_line(1)
    dialog = viewer.findChild(QWidget, "dialog.choose")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert viewer.asked == [("study.decide", {"decisions": (Decision(DecisionKind.COLUMN, "t1", "人数", ""),)})]


def test_that_r_names_the_row_for_this_sheet_alone(viewer, qtbot):
    qtbot.keyClick(viewer.grid, Qt.Key.Key_R)
    menu = viewer.findChild(QMenu, "source.roles")
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["企业"]
    next(action for action in menu.actions() if action.text() == "合计").trigger()
    menu.close()
    assert viewer.asked == [("study.decide", {"decisions": (Decision(DecisionKind.ROW, "sha/表1", "3", "total"),)})]


def test_that_a_click_on_the_edges_asks_for_column_and_row(viewer, qtbot):
    head, side = viewer.grid.horizontalHeader(), viewer.grid.verticalHeader()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=viewer.grid.rect().topLeft() + _at(head, 1))
    assert viewer.findChild(QWidget, "dialog.choose") is not None
    viewer.findChild(QWidget, "dialog.choose").close()
    with qtbot.waitSignal(viewer.grid.row_asked, timeout=1000) as told:
        side.sectionClicked.emit(4)
    assert told.args == [4]
    viewer.findChild(QMenu, "source.roles").close()


def _at(head, section):
    from PySide6.QtCore import QPoint

    return QPoint(head.sectionViewportPosition(section) + 20, 20)


def test_that_a_question_about_the_cell_is_answered_beside_it(viewer):
    assert "人数是什么单位？" in words_of(viewer.detail)
    viewer.detail.findChild(QWidget, "choice.万人").click()
    assert viewer.asked == [("study.decide", {"question": "q1", "answer": "万人"})]


def test_that_the_button_leads_to_the_next_open_question(viewer):
    viewer.grid.go_near(3, 0)
    assert "人数是什么单位？" not in words_of(viewer.detail)
    viewer.findChild(QWidget, "source.questions").click()
    assert viewer.grid.currentIndex().column() == 1


def test_that_undo_works_from_inside_the_preview(viewer, qtbot):
    qtbot.keyClick(viewer.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert viewer.asked == [("edit.undo", {})]


def test_that_a_sheet_read_anew_keeps_its_place(viewer, resources, light):
    texts = Texts("zh", resources.words)
    roles = (*ROLES[:3], RowRole.LEFT, RowRole.TOTAL)
    viewer.grid.go_near(3, 2)
    viewer.display(painted(texts, roles=roles, legend=legend(roles, texts), questions=()), light)
    assert (viewer.grid.currentIndex().row(), viewer.grid.currentIndex().column()) == (3, 2)
    assert "不计入" in words_of(viewer.detail)
    assert "不计入 1" in words_of(viewer.legend)


def test_that_another_sheet_of_the_file_can_be_asked_for(viewer, qtbot):
    box = viewer.findChild(QWidget, "source.sheets")
    with qtbot.waitSignal(viewer.sheet_asked, timeout=1000) as told:
        box.setCurrentIndex(1)
        box.activated.emit(1)
    assert told.args == ["填表说明"]


def test_that_a_long_form_names_its_rows(dressed, qtbot, resources, light):
    from app.gui.preview.grid import PaintedGrid

    texts = Texts("zh", resources.words)
    strip = Strip(2, "企业名称", "name", "企业名称", "sure", 0.99, "")
    grid = PaintedGrid(painted(texts, strips={2: strip}, down=True), light, {})
    qtbot.addWidget(grid)
    with qtbot.waitSignal(grid.column_asked, timeout=1000) as told:
        qtbot.keyClick(grid, Qt.Key.Key_C)
    assert told.args == [2]
    assert legend(ROLES, texts, down=True)[2].text == "题目"


@pytest.mark.parametrize("role", list(RowRole))
def test_that_text_can_be_read_on_the_ground_of_every_role(role, light, dark):
    for palette in (light, dark):
        assert contrast(ink(role, palette).name(), ground(role, palette).name()) >= 4.5


def test_that_the_grounds_of_body_and_furniture_differ(light, dark):
    for palette in (light, dark):
        named = {
            ground(role, palette).name() for role in (RowRole.FIRM, RowRole.HEADER, RowRole.TOTAL, RowRole.GROUP, RowRole.LEFT)
        }
        assert len(named) == 5


def test_that_a_hundred_thousand_rows_open_at_once(dressed, qtbot, resources, light):
    import time

    from app.gui.preview.grid import PaintedGrid

    texts = Texts("zh", resources.words)
    n = 100_000
    codes = (np.arange(n) % 50).astype(np.int32)
    wide = tuple(RawColumn(codes, tuple(map(str, range(50))), (CellKind.TEXT,) * 50) for _ in range(40))
    view = painted(texts, sheet=RawSheet("表1", n, wide), roles=(RowRole.FIRM,) * n, row=n - 1)
    begun = time.perf_counter()
    grid = PaintedGrid(view, light, {})
    qtbot.addWidget(grid)
    grid.show()
    grid.grab()
    assert time.perf_counter() - begun < 0.5
