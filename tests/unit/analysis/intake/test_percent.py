import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intake import merge_questions
from app.analysis.intake.clean import clean
from app.analysis.intake.clean_percent import scale_of
from app.domain.instrument import ItemType
from tests.unit.analysis.intake.making import distinct_of, item, read, sheet_of

SHARE = item("P", ItemType.PERCENT, "占比", unit="%")


def cleaned(*values):
    result = clean(distinct_of(*values), SHARE)
    return [None if value != value else pytest.approx(value) for value in result.values], [issue.code for issue in result.issues]


@pytest.mark.parametrize(
    ("text", "share", "codes"),
    [
        ("35%", 0.35, []),
        ("３５％", 0.35, []),
        ("三成", 0.3, []),
        ("三成五", 0.35, []),
        ("3成半", 0.35, []),
        ("百分之三十五", 0.35, []),
        ("千分之五", 0.005, []),
        ("20个百分点", 0.2, []),
        ("30%-40%", 0.35, ["number.range"]),
        ("30-40%", 0.35, ["number.range"]),
        ("约30%", 0.3, ["number.approximate"]),
        ("五成左右", 0.5, ["number.approximate"]),
        (">50%", 0.5, ["number.bound"]),
        ("不足10%", 0.1, ["number.bound"]),
        ("过半", 0.5, ["number.bound"]),
        ("一半", 0.5, []),
        ("三分之一", 1 / 3, []),
        ("百分之百", 1.0, []),
        ("接近四成", 0.4, ["number.approximate"]),
        ("较高", None, ["value.unread"]),
        ("—", None, ["cell.marker"]),
    ],
)
def test_that_a_written_share_becomes_a_fraction(text, share, codes):
    values, found = cleaned(text)
    assert values == [share] and found == codes


def test_that_bare_points_are_divided_when_the_column_holds_points():
    assert cleaned(35, 40, 1, 0) == ([0.35, 0.4, 0.01, 0.0], [])


def test_that_bare_fractions_stay_when_the_column_holds_fractions():
    assert cleaned(0.35, 0.4, 1, 0) == ([0.35, 0.4, 1.0, 0.0], [])


def test_that_a_mixed_column_reads_each_number_its_own_way_and_says_so():
    values, codes = cleaned(0.35, 40, 50, 0)
    assert values == [0.35, 0.4, 0.5, 0.0] and codes == ["percent.mixed"]


def test_that_a_bare_one_is_missing_where_it_may_be_one_percent_or_all():
    values, codes = cleaned(1, 0.4, 50)
    assert values[0] is None and "percent.one_unclear" in codes
    assert cleaned(1, 0) == ([None, 0.0], ["percent.one_unclear"])


def test_that_cells_tell_the_scale_of_what_they_stand_among():
    assert [scale_of(texts) for texts in (["35", "1", ""], ["0.4", "40%"], ["1", "0", "约"])] == ["percent", "fraction", ""]
    assert scale_of(["35", "约0.4"]) == "mixed"


def long_form(name, share):
    rows = [
        ["指标", "内容"],
        ["企业名称", name],
        ["从业人员期末人数（人）", 20],
        ["是否使用智能体", "是"],
        ["智能体数量", 3],
        ["培训覆盖率", share],
    ]
    return sheet_of([["企业调查表"], *rows], name)


def shares_of(*shares):
    intake = read(*(long_form(f"{'甲乙丙丁'[place]}公司", share) for place, share in enumerate(shares)))
    tables = [sheet for sheet in intake.sheets if sheet.responses is not None]
    told = [finding.code for sheet in tables for finding in sheet.findings if finding.code.startswith("percent")]
    values = [value for sheet in tables for value in sheet.responses.values["R2"].tolist()]
    return [None if value != value else value for value in values], told, merge_questions(intake.questions)


def test_that_the_sheets_of_one_firm_each_are_judged_together():
    assert shares_of(35, 1, 40)[:2] == ([0.35, 0.01, 0.4], [])
    assert shares_of(0.35, 1, 0.4)[:2] == ([0.35, 1.0, 0.4], [])
    assert shares_of("35%", 1, 0)[:2] == ([0.35, None, 0.0], ["percent.one_unclear"])


def test_that_sheets_written_both_ways_keep_their_own_reading_and_are_asked_about_once():
    values, told, questions = shares_of(35, 0.4, 0.6, 50)
    assert values == [0.35, 0.4, 0.6, 0.5] and told == ["percent.mixed"] * 2
    assert [(question.kind.value, question.answers) for question in questions] == [("scale", 2)]


@given(st.lists(st.integers(2, 100), min_size=1, max_size=8))
def test_that_points_fractions_and_percent_texts_mean_the_same(points):
    wanted = [pytest.approx(point / 100) for point in points]
    assert cleaned(*points)[0] == wanted
    assert cleaned(*(f"{point}%" for point in points))[0] == wanted
    assert cleaned(*(point / 100 for point in points if point < 100))[0] == [
        w for w, p in zip(wanted, points, strict=True) if p < 100
    ]
