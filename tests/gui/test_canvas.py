"""A Drawing on screen: painted where it says, read out, opened by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from app.domain.drawing import Box, Dot, Drawing, Label, Mark, Path
from app.gui.charts.canvas import SCALE, DrawingCanvas
from app.gui.charts.painter import mark_at, marked

FIRST, SECOND = Mark("share|2026|C|L2", "制造业 41%"), Mark("share|2026|F|L2", "批发业 20%")
SHAPES = (
    Box(0, 0, 80, 60, fill="#ffffff"),
    Box(10, 10, 20, 10, fill="#0b6e6a", hatch=True, mark=FIRST),
    Dot(60, 30, 2, "#b3261e", mark=SECOND),
    Path(((5.0, 50.0), (70.0, 50.0)), stroke="#1d2626", dash=(1.0, 1.0)),
    Path(((0.0, 0.0), (5.0, 0.0), (5.0, 5.0)), fill="#8f6bb3", opacity=0.5, closed=True),
    Label(40, 58, "等级 L2", 3.5, "#1d2626", "middle", True),
)
DRAWING = Drawing(80, 60, "#ffffff", SHAPES, "一张图")


@pytest.fixture
def canvas(qtbot, dressed):
    made = DrawingCanvas("c", 240)
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.display(lambda _width, _height: DRAWING, "题目", "#0b6e6a")
    made.show()
    qtbot.waitExposed(made)
    return made


def at(x, y):
    return QPoint(round(x * SCALE), round(y * SCALE))


def test_that_shapes_are_painted_at_their_millimetres(canvas):
    picture = canvas.grab().toImage()
    assert picture.pixelColor(at(60, 30)).name() == "#b3261e"
    assert picture.pixelColor(at(45, 25)).name() == "#ffffff"


def test_that_the_topmost_mark_is_found(canvas):
    assert mark_at(DRAWING, 15, 15) is FIRST
    assert mark_at(DRAWING, 45, 25) is None
    assert [mark for mark, _area in marked(DRAWING)] == [FIRST, SECOND]


def test_that_a_click_opens_the_evidence_and_a_double_click_goes_down(canvas, qtbot):
    with qtbot.waitSignal(canvas.evidence, timeout=1000) as told:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(15, 15))
    assert told.args == [FIRST.evidence]
    with qtbot.waitSignal(canvas.down, timeout=1000) as told:
        qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at(60, 30))
    assert told.args == [FIRST.evidence], "the figure moved under the pointer: the mark of the first click counts"


def test_that_a_click_beside_the_marks_opens_nothing(canvas, qtbot):
    with qtbot.assertNotEmitted(canvas.evidence, wait=20):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(45, 25))


def test_that_the_keyboard_walks_the_marks_and_opens_them(canvas, qtbot):
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.accessibleDescription() == SECOND.sentence
    with qtbot.waitSignal(canvas.evidence, timeout=1000) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert told.args == [SECOND.evidence]


def test_that_a_screen_reader_hears_title_and_description(canvas):
    assert canvas.accessibleName() == "题目"
    assert canvas.accessibleDescription() == "一张图"


def test_that_a_taller_drawing_makes_the_canvas_taller(canvas):
    canvas.display(lambda _width, _height: Drawing(80, 200, "#ffffff", (), ""), "题目", "#0b6e6a")
    assert canvas.height() >= 200 * SCALE


def test_that_resizing_is_laid_out_once_it_has_come_to_rest(canvas, qtbot):
    asked = []

    def layout(width, _height):
        asked.append(round(width))
        return DRAWING

    canvas.display(layout, "题目", "#0b6e6a")
    for width in (330, 340, 350, 360):
        canvas.resize(width, 240)
    qtbot.waitUntil(lambda: len(asked) > 1, timeout=2000)
    qtbot.wait(100)
    assert asked[1:] == [round(360 / SCALE)]


def test_that_the_mark_under_the_pointer_is_the_one_painted_there(canvas):
    assert canvas.mark_under(QPointF(at(60, 30))) is SECOND


@pytest.mark.parametrize("width", [400, 520, 700, 831, 832, 900, 1040, 1700])
def test_that_figures_have_the_type_of_the_window_at_every_width(width, light, zh):
    from app.gui.charts.figure_card import even_type
    from app.present.draw.style import style_for

    scale = even_type(width)
    assert style_for(light, zh, width / scale).body * scale == pytest.approx(13, rel=0.02)


def test_that_control_and_return_go_down_to_the_firms_of_a_mark(canvas, qtbot):
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    with qtbot.waitSignal(canvas.down, timeout=1000) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [FIRST.evidence]


def test_that_a_figure_reached_by_tab_shows_a_frame_and_a_click_does_not(canvas, light, qapp):
    def edge(reason):
        canvas.clearFocus()
        canvas.setFocus(reason)
        qapp.processEvents()
        return canvas.grab().toImage().pixelColor(3, canvas.height() // 2).name()

    canvas.activateWindow()
    assert edge(Qt.FocusReason.TabFocusReason) == light.accent
    assert edge(Qt.FocusReason.MouseFocusReason) != light.accent
