"""The weights page: what is set is told at once, needs a reason and a name, and every version can be put back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.words import Texts
from app.gui.pages import make_page
from tests.gui import pagevalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    made = make_page("weights")
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.display(pagevalues.weights(), Texts("zh", resources.words), light)
    made.show()
    qtbot.wait(40)  # the first try of what is in force
    return made


def part(page, name):
    return page.findChild(QWidget, name)


def asked_of(page):
    asked = []
    page.command_requested.connect(lambda command, parameters: asked.append((command, parameters)))
    return asked


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_that_a_slider_asks_at_once_what_moves_and_shows_shares(page, qtbot):
    asked = asked_of(page)
    part(page, "weight.slider.use").setValue(0)
    qtbot.waitUntil(lambda: bool(asked), timeout=1000)
    command, given = asked[0]
    assert command == "weights.try"
    assert dict(given["weights"]) == {"data": 0.5, "talent": 0.5, "use": 0.0}
    assert given["aggregation"] == "arithmetic"
    assert {"50%", "0%", "合计50，已按比例折算为100%"} <= set(words_of(page.editor))


def test_that_many_quick_changes_are_asked_about_once(page, qtbot):
    asked = asked_of(page)
    slider = part(page, "weight.slider.use")
    for value in range(100, 60, -2):
        slider.setValue(value)
    qtbot.wait(80)
    assert [command for command, _ in asked] == ["weights.try"]


def test_that_what_comes_back_is_shown(page):
    page.show_moves(pagevalues.moves("3个行业中2个名次变动"))
    assert "3个行业中2个名次变动" in words_of(page.moves)


def test_that_a_number_can_be_typed_and_half_a_number_changes_nothing(page, qtbot):
    field = part(page, "weight.field.data")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "75")
    assert page.editor.weights["data"] == 75.0
    assert dict(page.editor.shares)["data"] == pytest.approx(0.5)
    assert part(page, "weight.slider.data").weight == 60.0  # as far as it reaches


def test_that_a_locked_pillar_keeps_its_share(page, qtbot):
    part(page, "weight.lock.talent").click()
    assert not part(page, "weight.slider.talent").isEnabled()
    part(page, "weight.slider.use").setValue(2 * 10)
    assert dict(page.editor.shares)["talent"] == pytest.approx(0.25)
    assert part(page, "weight.lock.talent").text() == "已锁"


def test_that_weights_of_nothing_are_refused_in_words(page, qtbot):
    asked = asked_of(page)
    for code in ("data", "talent", "use"):
        part(page, f"weight.slider.{code}").setValue(0)
    qtbot.wait(60)
    assert "权重不能全为0，至少一个支柱要计入" in words_of(page.editor)
    assert not asked
    assert not part(page, "weights.apply").isEnabled()


def test_that_putting_in_force_waits_for_a_change_a_reason_and_a_name(page, qtbot):
    apply = part(page, "weights.apply")
    assert not apply.isEnabled()
    part(page, "weights.why").setText("重点是数据")
    part(page, "weights.who").setText("王芳")
    assert not apply.isEnabled()
    part(page, "weights.way.geometric").click()
    assert apply.isEnabled()
    part(page, "weights.why").setText(" ")
    assert not apply.isEnabled()
    part(page, "weights.why").setText("重点是数据")
    asked = asked_of(page)
    qtbot.mouseClick(apply, Qt.MouseButton.LeftButton)
    given = dict(asked[-1][1])
    assert asked[-1][0] == "study.weights"
    assert (given["aggregation"], given["why"], given["who"]) == ("geometric", "重点是数据", "王芳")
    assert dict(given["set"]) == {"data": 0.25, "talent": 0.25, "use": 0.5}


def test_that_the_rubrics_own_weights_can_be_taken_and_changes_taken_back(page):
    part(page, "weights.take_rubric").click()
    assert set(page.editor.weights.values()) == {25.0}
    reset = part(page, "weights.reset")
    assert reset.isVisibleTo(page)
    reset.click()
    assert page.editor.weights["use"] == 50.0
    assert not reset.isVisibleTo(page)


def test_that_what_is_being_set_stays_when_the_page_is_shown_again(page, resources, light):
    part(page, "weight.slider.use").setValue(2 * 20)
    page.display(pagevalues.weights(), Texts("en", resources.words), light)
    assert page.editor.weights["use"] == 20.0


def test_that_an_earlier_version_or_the_rubrics_own_can_be_put_in_force(page, qtbot):
    page.choose("versions")
    use = part(page, "versions.use")
    assert not use.isEnabled()
    table = part(page, "table.versions")
    table.setCurrentIndex(table.rows.index(1, 0))
    assert use.isEnabled()
    asked = asked_of(page)
    use.click()
    part(page, "versions.rubric").click()
    assert asked == [("study.weights", {"use": "W1"}), ("study.weights", {"use": "rubric"})]
    table.setCurrentIndex(table.rows.index(0, 0))
    assert not use.isEnabled()


def test_that_robustness_and_coherence_stand_in_their_views(page):
    page.choose("robustness")
    assert "换用1,000组其他选择，78%的企业等级不变" in words_of(page)
    page.choose("coherence")
    assert "• 甲与乙几乎同答。" in words_of(page)
    assert part(page, "tab.coherence").text() == "内部一致性 1"


def test_that_a_click_on_the_groove_and_the_keyboard_move_a_weight(page, qtbot):
    slider = part(page, "weight.slider.data")
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 3, 14))
    assert slider.weight == 60.0
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.weight == 59.5


def test_that_other_weights_are_worked_out_beside_the_window(window, qtbot, tmp_path, resources):
    from tests.unit.present import small_study

    session = window.session
    session.resources = resources
    session.store.open(small_study.study(), tmp_path / "甲.zhiheng")
    window.go("weights")
    qtbot.waitUntil(lambda: window.pages["weights"].editor.rows != (), timeout=10000)
    page = window.pages["weights"]
    qtbot.waitUntil(lambda: not session.glancer.is_busy, timeout=10000)
    for row in page.editor.rows:
        row.slider.setValue(100 if row.code == "data" else 0)
    qtbot.waitUntil(lambda: any("名次" in text for text in words_of(page.moves)), timeout=10000)
    rows = page.moves.canvas.drawing
    assert rows is not None
    assert session.store.study.judgements.weightings == ()  # trying changes nothing


def test_that_the_figure_goes_below_the_editor_where_there_is_no_room_beside_it(page, qtbot):
    page.resize(1100, 800)
    qtbot.waitUntil(lambda: page.moves.x() > page.editor.x() + 200)
    page.resize(760, 800)
    qtbot.waitUntil(lambda: page.moves.y() > page.editor.y() + 200)
    assert page.moves.width() > 500
