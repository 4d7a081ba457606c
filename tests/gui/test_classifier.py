"""The classifier page: four views of one report, and its model as a file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.words import Texts
from app.gui.pages.classifier import VIEWS
from tests.gui import pagevalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    from app.gui.pages import make_page

    made = make_page("classifier")
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.asked = []
    made.command_requested.connect(lambda command, parameters: made.asked.append((command, parameters)))
    made.display(pagevalues.classifier(), Texts("zh", resources.words), light)
    made.show()
    return made


def words_of(widget):
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget)]


def test_that_warnings_stand_above_everything(page):
    bar = page.findChild(QWidget, "classifier.warnings")
    assert "一项答案单独就能推出等级。" in words_of(bar)
    assert bar.mapTo(page, bar.rect().topLeft()).y() < page.tabs.mapTo(page, page.tabs.rect().topLeft()).y()


def test_that_a_report_without_warnings_has_no_bar(page, resources, light):
    page.display(replace(pagevalues.classifier(), warnings=()), Texts("zh", resources.words), light)
    assert not page.findChild(QWidget, "classifier.warnings").isVisibleTo(page)


@pytest.mark.parametrize(
    ("view", "shown"),
    [("result", "table.models"), ("calibration", "figure.calibration"), ("groups", "table.groups"), ("card", "model.card")],
)
def test_that_each_tab_shows_its_part_alone(page, qtbot, view, shown):
    qtbot.mouseClick(page.findChild(QWidget, f"tab.{view}"), Qt.MouseButton.LeftButton)
    visible = [part.isVisibleTo(page) for part in page._views]
    assert visible == [id_ == view for id_ in VIEWS]
    assert page.findChild(QWidget, shown).isVisibleTo(page)


def test_that_the_model_goes_out_by_its_button(page, qtbot):
    qtbot.mouseClick(page.findChild(QWidget, "model.export"), Qt.MouseButton.LeftButton)
    assert page.asked == [("study.model", {})]


def test_that_a_refused_model_offers_no_file(page, resources, light):
    page.display(replace(pagevalues.classifier(), exports=False), Texts("zh", resources.words), light)
    assert not page.findChild(QWidget, "model.export").isVisibleTo(page)


def test_that_parts_without_numbers_say_why(page, resources, light):
    bare = replace(pagevalues.classifier(), conformal=None, groups=None, drift=None, card=(), calibration=None, confusion=None)
    page.display(bare, Texts("zh", resources.words), light)
    page.choose("calibration")
    assert any("不足100家" in text for text in words_of(page))
    page.choose("groups")
    assert any("不能分组看误差" in text for text in words_of(page))
    page.choose("card")
    assert any("模型启用后" in text for text in words_of(page))


def test_that_the_card_shows_every_section(page):
    page.choose("card")
    said = words_of(page.card)
    assert {"用途", "辅助定级。", "限制", "不可用于处罚。"} <= set(said)


def test_that_a_table_is_as_high_as_its_rows(page):
    table = page.models.table
    assert table.verticalScrollBar().maximum() == 0
    assert table.height() < 30 * 4 + 40
