"""The ways people write: what stands in the cell, and the value it means."""

from __future__ import annotations

import pytest

from app.domain.instrument import ItemType
from app.files.demo_county.plan import load_plan, stream
from app.files.demo_county.wording import Habit, Pen


@pytest.fixture(scope="module")
def writing():
    return load_plan().writing


def pen_with(writing, **changes):
    habit = {"yes_no": "shifou", "multi": "、", "single": "label", "percent": "text", "money": "万元", "mess": 0.0}
    return Pen(Habit(**{**habit, **changes}), writing, stream(1))


@pytest.fixture(scope="module")
def items(resources):
    return resources.instruments["aiplus-2026"]


def test_that_a_missing_answer_stays_blank(writing, items):
    assert pen_with(writing).write(items.item("K1"), None).cell == ""


@pytest.mark.parametrize(("unit", "cell"), [("元", 12345000), ("千元", 12345), ("万元", 1234.5), ("亿元", 0.1235)])
def test_that_money_is_written_in_the_clerks_unit_and_means_ten_thousand_yuan(writing, items, unit, cell):
    written = pen_with(writing, money=unit).write(items.item("ID06"), 1234.5)
    assert written.cell == cell
    assert written.value == pytest.approx(1235.0 if unit == "亿元" else 1234.5)


@pytest.mark.parametrize(("way", "cell"), [("text", "35%"), ("points", 35), ("fraction", 0.35)])
def test_that_a_percent_is_written_three_ways_and_means_a_fraction(writing, items, way, cell):
    written = pen_with(writing, percent=way).write(items.item("D2"), 0.35)
    assert (written.cell, written.value) == (cell, 0.35)


def test_that_a_multi_select_is_letters_circles_or_joined_labels(writing, items):
    item = items.item("P1")
    value = f"{item.options[0].code}|{item.options[2].code}"
    labels = f"{item.options[0].words.zh}┋{item.options[2].words.zh}"
    cells = [pen_with(writing, multi=way).write(item, value).cell for way in ("letters", "circled", "┋")]
    assert cells == ["AC", "①③", labels]


def test_that_loose_writing_means_what_the_text_says(writing, items):
    pen = pen_with(writing, mess=1.0)
    percent, money, count = (items.item(code) for code in ("D2", "ID06", "ID05"))
    seen = {pen.write(percent, 0.31).cell: pen.write(percent, 0.31).value for _ in range(200)}
    assert any(str(cell).endswith("成") for cell in seen)
    for _ in range(300):
        written = pen.write(percent, 0.31)
        if str(written.cell) == "三成":
            assert written.value == 0.3
        money_written = pen.write(money, 1203.4)
        if str(money_written.cell).endswith("亿"):
            assert money_written.value == pytest.approx(float(str(money_written.cell)[:-1]) * 1e4)
        if str(pen.write(count, 140).cell) == "100-300":
            break
    else:
        pytest.fail("no head count was written as a range")


def test_that_only_closed_answers_take_the_clerks_yes_and_no(writing, items):
    for item in items.items:
        if item.type is ItemType.YES_NO:
            assert pen_with(writing, yes_no="tick").write(item, "yes").cell == "√"
            assert pen_with(writing, yes_no="tick").write(item, "planned").cell == "计划中"
