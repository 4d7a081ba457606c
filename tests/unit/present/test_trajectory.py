"""A goal's way is drawn so that nothing is joined that cannot be compared, and nothing leaves the axis or its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.drawing import Dot, Label, Path
from app.domain.words import Texts
from app.files.resources import load_palette, load_resources
from app.present.draw import draw
from app.present.draw.place import label_box, overlap
from app.present.figures.goal import make_goal
from app.present.figures.goal_series import references_of, shown_first
from app.present.figures.goal_values import day_of
from app.present.view import View
from tests.unit.present import goal_study as made
from tests.unit.present import small_study as small

SIZES = ((160.0, 90.0), (254.0, 143.0), (300.0, 150.0), (120.0, 80.0))
GOALS = ("national-2027", "national-2030", "js2027", "benchmarks")


@pytest.fixture(scope="module")
def book():
    return replace(small.resources(), references=load_resources().references)


@pytest.fixture(scope="module")
def look(book):
    def looked(study, lang="zh"):
        return View(study, book, Texts(lang, book.words))

    return looked


def drawn(figure, view, size=(220.0, 120.0), palette="light"):
    return draw(figure, load_palette(palette), *size, view.texts)


def texts_of(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def series(figure, role):
    return [each for each in figure.series if each.role == role]


def test_that_what_stands_before_a_break_is_a_series_of_its_own(look):
    figure = make_goal(look(made.study()), "national-2027")
    (earlier,), (observed,) = series(figure, "earlier"), series(figure, "observed")
    assert [round(point[1], 3) for point in earlier.points] == [0.35, 0.38]
    assert [round(point[1], 3) for point in observed.points] == [0.22, 0.27, 0.335, 0.41]
    (flag,) = [flag for flag in figure.flags if flag.kind == "break"]
    assert earlier.points[-1][0] < flag.time < observed.points[0][0]
    assert made.LONG in flag.sentence


def test_that_no_line_crosses_a_break(look):
    view = look(made.study())
    drawing = drawn(make_goal(view, "national-2027"), view)
    accent = load_palette("light").accent
    lines = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.stroke == accent and shape.line == 0.6]
    dots = sorted(shape.x for shape in drawing.shapes if isinstance(shape, Dot) and shape.fill == accent and shape.mark)
    inside = [line for line in lines if line.points[0][0] >= dots[0] - 0.01]
    assert len(inside) == 3  # four waves after the break
    assert len(lines) == len(inside) + 1  # and the sample in the key


def test_that_one_wave_has_no_line_and_volunteers_are_not_joined(look):
    accent = load_palette("light").accent
    for study in (made.one_wave(), made.volunteers()):
        view = look(study)
        figure = make_goal(view, "national-2027")
        lines = [each for each in drawn(figure, view).shapes if isinstance(each, Path) and each.stroke == accent]
        assert not lines
        assert not series(figure, "fan")


def test_that_targets_of_all_layers_about_the_same_thing_stand_with_their_operator(look):
    figure = make_goal(look(made.study()), "national-2027")
    labels = {target.time: target.label for target in figure.targets}
    assert labels[2028.0] == "国家：2027年超过70%；省级：2027年不低于70%"
    assert labels[2029.0] == "市级：2028年约75%"
    assert [target.own for target in figure.targets] == [True, False, False]
    assert not any("标杆" in label for label in labels.values())


def test_that_a_goal_without_a_number_is_marked_and_given_none(look):
    figure = make_goal(look(made.study()), "national-2027")
    (words,) = [flag for flag in figure.flags if flag.kind == "words"]
    assert (words.time, words.label) == (2036.0, "2035年：定性目标，原文无数值")


def test_that_firms_plans_are_called_a_scenario_and_no_forecast(look):
    for lang, word in (("zh", "不是预测"), ("en", "not a forecast")):
        figure = make_goal(look(made.study(), lang), "national-2027")
        (upper,) = series(figure, "upper")
        assert word in upper.label
        assert word in figure.provenance.note


def test_that_counts_have_an_axis_of_their_own_and_no_interval(look):
    view = look(made.study())
    figure = make_goal(view, "benchmarks")
    assert (figure.unit, figure.unit_word) == ("count", "家")
    assert figure.title == "已有11家，距“2027年不低于20家”的目标差9家，今后须每年增加9家"
    words = [label.text for label in texts_of(drawn(figure, view))]
    assert "25家" in words
    assert not any("%" in word for word in words)
    assert figure.table.rows[-1].key == "2026-12-31"
    assert figure.table.rows[-1].cells[0].low is None


def test_that_series_from_elsewhere_stand_apart_by_letter_and_dash_and_are_asked_for(look):
    view = look(made.study())
    assert not series(make_goal(view, "national-2027"), "reference")
    figure = make_goal(view, "national-2027", references=True)
    found = series(figure, "reference")
    assert {"eu27", "us_btos", "cn_manufacturing"} <= {each.id for each in found}
    assert all(each.sentence for each in found)
    assert not any(each.id == "eu27_c" for each in found)  # a sector beside all firms
    drawing = drawn(figure, view, (300.0, 150.0))
    letters = [label.text for label in texts_of(drawing) if len(label.text) == 1 and label.text.isalpha() and label.bold]
    assert set("abcdefg") <= set(letters)


def test_that_a_sector_is_offered_its_own_series_first(look):
    view = look(made.study())
    goal = replace(made.goals()["own"], sections=("C",))
    found = {series.id: shown_first(series, goal) for series in references_of(view, goal)}
    assert found["eu27_c"]
    assert found["cn_manufacturing"]
    assert not found["eu27"]
    assert "eu27_g" not in found


def test_that_no_series_stands_beside_a_count_or_a_goal_in_words(look):
    view = look(made.study())
    assert references_of(view, made.goals()["count"]) == ()
    assert references_of(view, made.goals()["words"]) == ()


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_no_two_labels_meet_at_any_size(look, goal, lang):
    view = look(made.study(), lang)
    figure = make_goal(view, goal, references=True)
    for size in SIZES:
        drawing = drawn(figure, view, size)
        labels = texts_of(drawing)
        for place, one in enumerate(labels):
            for other in labels[place + 1 :]:
                assert not overlap(label_box(one), label_box(other), 0.4), (size, one.text, other.text)


@pytest.mark.parametrize("goal", GOALS)
def test_that_nothing_is_drawn_outside_the_page_and_no_share_beyond_the_axis(look, goal):
    view = look(made.study())
    figure = make_goal(view, goal, references=True)
    fan = replace(
        figure.series[0], role="fan", points=((2027.0, 0.9, 0.8, 1.4), (2027.5, 1.0, 0.9, 1.6), (2028.0, 1.3, 0.9, 99.0))
    )
    for size in SIZES:
        drawing = drawn(replace(figure, series=(*figure.series, fan)), view, size)
        ticks = [label.y for label in texts_of(drawing) if label.text == "100%" or label.text.endswith("0家")]
        for shape in drawing.shapes:
            if isinstance(shape, Path) and shape.opacity < 1 and len(shape.points) > 4:
                assert min(y for _, y in shape.points) >= min(ticks) - 2
            for x, y in shape.points if isinstance(shape, Path) else ():
                assert -0.5 <= x <= drawing.width + 0.5
                assert -0.5 <= y <= drawing.height + 0.5


def test_that_the_newest_value_and_the_goals_own_target_are_always_labelled(look):
    for lang in ("zh", "en"):
        view = look(made.study(), lang)
        for size in SIZES:
            words = [label.text for label in texts_of(drawn(make_goal(view, "national-2027", references=True), view, size))]
            assert "41%" in words
            assert any("70%" in word and ("2027" in word or "State" in word or "国家" in word) for word in words)


def test_that_the_alt_text_tells_values_and_break_in_a_sentence(look):
    alt = make_goal(look(made.study()), "national-2027").alt
    assert "2026下期41%" in alt
    assert "断点" in alt
    assert alt.endswith("。")


def test_that_a_day_comes_back_from_its_decimal_year():
    from app.analysis.progress import decimal_year

    for day in ("2025-12-31", "2026-01-01", "2024-02-29", "2026-06-30", "2024-12-31"):
        assert day_of(decimal_year(day)) == day


def test_that_a_goal_of_at_most_is_called_short_while_the_value_lies_above_it(look):
    study = made.study()
    first = study.progress[0]
    for value, said in ((0.2, "差21个百分点"), (0.4, "尚不能认定达标")):  # the newest value is 41%, its interval 38–44%
        fell = replace(first, goal=replace(first.goal, operator="<=", value=value), gap=value - 0.41)
        held = replace(study, progress=(fell, *study.progress[1:]))
        assert said in make_goal(look(held), "national-2027").title
