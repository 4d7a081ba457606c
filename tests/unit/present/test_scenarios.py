"""Scenarios as they are shown: figures, tables and words hold what was worked out, and hide what is too small."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_study

from app.analysis.progress.change import measure_change
from app.analysis.progress.counted import Answered
from app.domain.assessment import TOTAL
from app.domain.brief import FigureBlock, GridBlock, Paragraph
from app.domain.figure import Figure, FigureKind, Target
from app.domain.goals import GoalProgress, Light, Observation
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.domain.targets import Targets
from app.files.resources import load_palette
from app.present.brief.scenarios import scenarios as brief_scenarios
from app.present.draw import draw
from app.present.draw.spans import ticks
from app.present.figures.change import PARTS
from app.present.figures.measure_change import change_table, least_firms
from app.present.pages.scenarios import book_of, scenarios_page, suppose
from app.present.pages.section import Listing, parts_of
from app.present.view import View
from tests.unit.analysis.progress.supposed import BOOK, GOAL, USE, firms, lever, scenario, study_of
from tests.unit.analysis.progress.test_change import NEW, OLD, wave_of
from tests.unit.analysis.small_study import INSTRUMENT, responses
from tests.unit.present.test_draw import check_page

ROWS = [
    *firms(35, level="L3", use="yes"),
    *firms(45, level="L1"),
    *firms(20, size="large", level="L3", use="yes"),
    *firms(3, size="micro", level="L1"),
    *firms(7, size="medium", level="L1"),
]


@pytest.fixture(scope="module")
def study():
    seen = Observation("2026", 2026.5, 0.5, 0.45, 0.55, 110, 220, 0.025)
    fan = ((2026.5, 0.5, 0.5, 0.5), (2029.0, 0.5, 0.6, 0.7))
    progress = GoalProgress(GOAL, USE, (seen,), 0.2, 8.0, None, None, Light.CANNOT_TELL, "light.reason.one_wave", fan=fan)
    return replace(study_of(ROWS, frame={"C": 220}), progress=(progress,))


def view_of(study, lang="zh"):
    return View(study, small_study.resources(), small_study.texts(lang))


def saved(study, *made):
    return replace(study, targets=Targets(scenarios=made))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_the_page_offers_goals_groups_and_levels_and_says_what_is_missing(study, lang):
    page = scenarios_page(study, small_study.resources(), small_study.texts(lang))
    assert [goal.id for goal in page.goals] == ["g"]
    assert page.goals[0].last == "2028-12-31"
    assert {field.field for field in page.fields} >= {"size", "sector", "level"}
    assert [value for value, _ in page.reaches] == ["", "L1", "L2", "L3", "L4"]
    assert page.supposed.figure is None
    assert "44" in page.head.headline


def test_that_what_is_on_screen_stands_beside_saved_scenarios_now_and_trend(study):
    view = view_of(saved(study, scenario(lever(20, size="small"))))
    found = suppose(view, "g", (lever(30, "L2", size="small"), lever(0, size="large")))
    assert [row.key for row in found.figure.table.rows] == ["now", "trend", "scenario-0", "scenario-1"]
    assert found.figure.chosen == "scenario-1"
    assert found.figure.targets[0].value == 0.7
    first, second = found.lines
    assert "90" in first.available
    assert first.effect.startswith("+")
    assert second.wrong
    assert found.figure.title == found.headline
    assert any("60" in sentence or "100%" in sentence for sentence in found.assumed.sentences)


def test_that_a_lever_being_written_says_how_many_there_are(study):
    (line,) = suppose(view_of(study), "g", (lever(0, size="small"),)).lines
    assert ("90" in line.available, line.effect, line.wrong) == (True, "", False)


def test_that_a_wrong_lever_says_why_and_no_number_comes_of_it(study):
    found = suppose(view_of(study), "g", (lever(5, size="micro"),))
    assert found.lines[0].wrong
    assert (found.figure, found.assumed) == (None, None)
    assert "5" in found.result


def test_that_small_groups_are_hidden_and_cannot_be_worked_out_from_the_rest(study):
    found = suppose(view_of(study), "g", ())
    (sizes,) = [part for part in parts_of(found.need) if isinstance(part, Listing) and part.id == "need.size"]
    rows = {row[0]: row[1:] for row in zip(*sizes.table.data, strict=True)}
    assert rows["微型"] == ("‡", "‡", "‡", "‡")
    assert sum("‡" in row[0] for row in rows.values()) >= 2
    shown = " ".join(str(cell) for row in rows.values() for cell in row)
    assert "6" not in {cell for row in rows.values() for cell in row}, shown


def test_that_the_brief_calls_a_scenario_an_assumption_and_holds_only_saved_ones(study):
    assert brief_scenarios(view_of(study)) == []
    blocks = brief_scenarios(view_of(saved(study, scenario(lever(20, size="small")))))
    (figure,) = [block.figure for block in blocks if isinstance(block, FigureBlock)]
    assert figure.kind is FigureKind.SPANS
    grid, assumed = [block for block in blocks if isinstance(block, GridBlock)]
    assert grid.rows[0][0] == "甲"
    words = "".join(block.text for block in blocks if isinstance(block, Paragraph)) + grid.note
    words += "".join(text for row in assumed.rows for text in row)
    assert "不是预测" in words
    assert "其他企业都保持2026期的状况" in words


def test_that_a_goal_that_went_says_so_and_breaks_nothing(study):
    gone = saved(study, replace(scenario(lever(20)), goal="h"))
    (grid,) = [block for block in brief_scenarios(view_of(gone)) if isinstance(block, GridBlock)]
    assert "h" in grid.rows[0][2]
    assert book_of(study).goals == BOOK.goals


def change_of(before, after, by="sector"):
    rows = before + after
    columns = list(zip(*rows, strict=True))
    given = responses({"use": columns[2]}, wave=columns[0], firm=columns[1], **{by: columns[3]})
    return measure_change(USE, Answered(given, INSTRUMENT), (OLD, NEW), by)


def test_that_a_change_of_few_firms_is_hidden_with_another_and_stands_last(study):
    groups = (
        ("a", "nnnnnnnnnnnn", "nnnnnnyyyyyy"),
        ("b", "nnn", "nny"),
        ("c", "yyyyyyyyyyyyyy", "yyyyyyyyyyyynn"),
        ("d", "n" * 20, "y" * 20),
    )
    before = [row for k, (name, old, _) in enumerate(groups) for row in wave_of("2025", old, name, 100 * k)]
    after = [row for k, (name, _, new) in enumerate(groups) for row in wave_of("2026", new, name, 100 * k)]
    found = change_of(before, after, "township")
    table = change_table(view_of(study), found)
    hidden = [row.key for row in table.rows if row.cells[0].status is CellStatus.HIDDEN]
    assert hidden == ["a", "b"]
    assert [row.key for row in table.rows] == [TOTAL, "d", "c", "a", "b"]
    shown = table.rows[1]
    assert sum(cell.value for cell in shown.cells[:-1]) == pytest.approx(shown.cells[PARTS.index("total")].value, abs=1e-10)
    assert least_firms(next(change for change in found.changes if change.sector == "b")) == 3


PROVENANCE = Provenance("口径", "样本", "", "", "2026-06-30", "", "")


def spans(rows, columns=("占比",), targets=()):
    return Figure(
        "x", FigureKind.SPANS, "发现", "说明", ReleasedTable("x", columns, rows, "", 0), PROVENANCE, "图", targets=targets
    )


def share(value, low=None, high=None):
    return Cell(CellStatus.SHOWN, "fraction", value, low, high, 100, "goal|g")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [110.0, 160.0, 300.0])
def test_that_spans_never_overlap_or_leave_the_page(lang, width):
    long = "情景：一百二十家小型企业在2027年6月底前达到二级及以上水平并且一直保持到年底"
    rows = (
        Row("now", "现状", (share(0.41, 0.38, 0.44), share(0.2), share(0.9))),
        Row("b", long, (share(0.58, 0.5, 0.66), share(0.1), Cell(CellStatus.HIDDEN, "fraction"))),
        Row("c", "只有范围", (share(None, 0.2, 0.7), share(0.3), share(0.3))),
        Row("d", "不公布", (Cell(CellStatus.HIDDEN, "fraction"),) * 3),
    )
    targets = tuple(Target(2028.0, value, f"目标{value:.0%}，这个名字相当长", "goal|g") for value in (0.55, 0.7, 0.72))
    figure = spans(rows, ("范围", "指数甲", "指数乙"), targets)
    for palette in (load_palette("light"), load_palette("dark")):
        drawing = draw(figure, palette, width, 60.0, small_study.texts(lang))
        check_page(drawing)
        marks = [shape.mark.sentence for shape in drawing.shapes if shape.mark is not None]
        assert any("41%" in sentence for sentence in marks)
        assert any("20–70%" in sentence for sentence in marks)


@pytest.mark.parametrize(
    ("values", "unit", "ends"),
    [
        ([0.34, 0.7], "fraction", (0.0, 0.8)),
        ([0.62, 0.7], "fraction", (0.62, 0.7)),
        ([0.5, 1.0], "fraction", (0.5, 1.0)),
        ([0.0], "fraction", (0.0, 0.05)),
        ([3.0, 47.0], "score", (0.0, 50.0)),
        ([], "fraction", (0.0, 1.0)),
    ],
)
def test_that_the_scale_of_spans_is_round_and_holds_everything(values, unit, ends):
    found = ticks(values, unit)
    assert (found[0], found[-1]) == pytest.approx(ends)
    assert 2 <= len(found) <= 7
