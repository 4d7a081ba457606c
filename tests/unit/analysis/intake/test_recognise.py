import csv
import io

import pytest

from app.analysis.intake import intake_workbook
from app.domain.sheet import Orientation
from tests.unit.analysis.intake.making import (
    CODES,
    FIRMS,
    HEADER,
    INSTRUMENT,
    TAXONOMY,
    answers,
    codes,
    only,
    read,
    sheet_of,
    workbook_of,
)

MERGED_FORM = [
    ["附件2"],
    ["某县2026年企业人工智能应用情况调查表"],
    ["填报单位（盖章）：河口镇人民政府", "", "", "", "单位：万元、人"],
    ["序号", "一、基本情况", "", "", "", ""],
    ["", "企业名称", "统一社会信用代码", "从业人员", "", "营业收入"],
    ["", "", "", "期末人数", "其中：研发人员", ""],
    ["甲", "乙", "丙", "1", "2", "3=1+2"],
    ["合　计", "", "", 301, 31, 5000],
    ["一、城关镇"],
    [1, "甲公司", CODES[0], 100, 10, 2000],
    [2, "乙公司", CODES[1], 200, 20, "2000万"],
    [],
    ["二、河口镇"],
    [3, "丙公司", "", 1, 1, "1000"],
    [4],
    ["小计", "", "", 1, 1, 1000],
    ["单位负责人：甲某", "", "填表人：乙某", "", "联系电话：0000-0000001"],
    ["说明：1.本表统计口径为年末数。"],
    ["2.没有的项目留空。"],
]
MERGES = [
    (1, 0, 1, 5),
    (3, 0, 5, 0),
    (3, 1, 3, 5),
    (4, 1, 5, 1),
    (4, 2, 5, 2),
    (4, 3, 4, 4),
    (4, 5, 5, 5),
    (8, 0, 8, 5),
    (12, 0, 12, 5),
]


@pytest.fixture
def form():
    return only(read(sheet_of(MERGED_FORM, merges=MERGES)))


def test_that_a_three_row_merged_header_is_joined_by_its_groups(form):
    layout = form.mapping.layout
    assert layout.header_rows == (3, 4, 5)
    assert layout.headers[:4] == (
        "序号",
        "一、基本情况 / 企业名称",
        "一、基本情况 / 统一社会信用代码",
        "一、基本情况 / 从业人员 / 期末人数",
    )


def test_that_ordinals_totals_groups_spacers_and_footers_are_no_firms(form):
    layout = form.mapping.layout
    assert layout.body.tolist() == [9, 10, 13]
    assert layout.total_rows == (7, 15) and layout.footer_rows == (16, 17, 18)
    assert form.responses.places["row"].tolist() == [10, 11, 14]


def test_that_title_and_unit_note_are_kept_and_persons_are_not(form):
    layout = form.mapping.layout
    assert layout.title == "某县2026年企业人工智能应用情况调查表"
    assert "单位：万元、人" in layout.notes and "2.没有的项目留空。" in layout.notes
    kept = " ".join((*layout.notes, layout.title, *layout.headers, *(f.value for f in form.findings)))
    assert not any(private in kept for private in ("甲某", "乙某", "0000001"))


def test_that_a_group_row_gives_the_township_of_the_firms_under_it(form):
    assert form.responses.firms["township"].tolist() == ["城关镇", "城关镇", "河口镇"]


def test_that_the_unit_note_serves_the_money_column_only(form):
    assert answers(form.responses, "N6") == [2000, 2000, 1000]
    assert answers(form.responses, "N5") == [100, 200, 1]


def test_that_right_totals_and_subtotals_are_not_reported(form):
    assert "total.mismatch" not in [finding.code for finding in form.findings]


def test_that_a_total_that_differs_from_its_rows_is_reported_at_its_cell():
    rows = [list(row) for row in MERGED_FORM]
    rows[7][3], rows[15][5] = 300, 999
    found = [f for f in only(read(sheet_of(rows, merges=MERGES))).findings if f.code == "total.mismatch"]
    assert [(f.place.a1, f.value, dict(f.params)["computed"]) for f in found] == [("D8", "300", "301"), ("F16", "999", "1000")]


def test_that_a_form_without_merged_cells_is_read_alike():
    plain, merged = only(read(sheet_of(MERGED_FORM))), only(read(sheet_of(MERGED_FORM, merges=MERGES)))
    assert plain.mapping.layout.body.tolist() == merged.mapping.layout.body.tolist()
    assert plain.responses.values.equals(merged.responses.values)


def test_that_a_long_form_is_one_response_with_a_cell_for_each_answer():
    rows = [
        ["企业人工智能应用情况表"],
        ["填报单位：河口镇", "", "单位：万元、人"],
        ["单位名称：某某有限公司"],
        ["指标名称", "代码", "计量单位", "本期"],
        ["甲", "乙", "丙", "1"],
        ["一、基本情况"],
        ["统一社会信用代码", "01", "", CODES[1]],
        ["从业人员期末人数", "02", "人", "120人"],
        ["营业收入", "03", "千元", "2,000"],
        ["是否使用智能体", "04", "", "是"],
        ["单位负责人：甲某", "", "填表人：庚某"],
    ]
    sheet = only(read(sheet_of(rows, name="某某")))
    responses = sheet.responses
    assert sheet.mapping.layout.orientation is Orientation.LONG and len(responses) == 1
    assert [answers(responses, code)[0] for code in ("N1", "N2", "N5", "N6", "A1")] == ["某某有限公司", CODES[1], 120, 200, "yes"]
    assert responses.cell(0, "N6").a1 == "D9" and responses.cell(0, "N1").a1 == "A3" and responses.cell(0, "L1") is None
    assert responses.firms["township"].tolist() == ["河口镇"]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (sheet_of([["填报说明"], ["1. 请如实填写"], ["企业名称", "按营业执照填写"]], name="填报说明"), "sheet.guide"),
        (sheet_of([["机器学习"], ["图像识别"], ["未起步"], ["试点"]], name="Sheet2"), "sheet.options"),
        (sheet_of([["地区", "数"], ["甲", 1], ["乙", 2]], hidden=True), "sheet.hidden"),
        (sheet_of([["地区", "数"], ["甲", 1], ["乙", 2]]), "sheet.no_items"),
        (sheet_of([["企业名称", "统一社会信用代码"], ["甲公司", CODES[0]], ["乙公司", CODES[1]]]), "sheet.no_answers"),
        (sheet_of([["只有一句话"]]), "sheet.no_table"),
    ],
)
def test_that_a_sheet_without_answers_says_why(sheet, code):
    intake = read(sheet)
    assert code in codes(intake) and all(table.responses is None for table in intake.sheets)


def test_that_an_empty_sheet_says_nothing():
    assert read(sheet_of([])).sheets == () and read(sheet_of([["", " "]])).sheets == ()


def test_that_two_tables_on_one_sheet_are_both_read():
    rows = [HEADER, *FIRMS[:2], ["填表人：甲某"], [], HEADER[::-1], FIRMS[2][::-1]]
    intake = read(sheet_of(rows))
    tables = [table.responses for table in intake.sheets if table.responses is not None]
    assert [answers(table, "N1") for table in tables] == [["甲化工有限公司", "乙制药有限公司"], ["丙商贸有限公司"]]
    assert "sheet.two_tables" in codes(intake)


def test_that_a_header_repeated_on_every_page_is_no_firm():
    assert len(only(read(sheet_of([HEADER, *FIRMS[:2], HEADER, *FIRMS[2:]]))).responses) == 3


def test_that_a_firm_that_answered_nothing_stays_a_firm():
    rows = [["序号", *HEADER], *([place, *firm] for place, firm in enumerate(FIRMS, 1)), [4, "丁公司"]]
    assert answers(only(read(sheet_of(rows))).responses, "N1")[-1] == "丁公司"


def test_that_a_value_merged_over_several_rows_holds_for_each():
    rows = [["所在乡镇", *HEADER], ["河口镇", *FIRMS[0]], ["", *FIRMS[1]], ["", *FIRMS[2]]]
    responses = only(read(sheet_of(rows, merges=[(1, 0, 3, 0)]))).responses
    assert answers(responses, "N4") == ["河口镇"] * 3


def test_that_a_code_row_over_a_question_row_is_one_header():
    """The shape of survey platforms' exports: hundreds of columns, few of them ours."""
    columns = 369
    head = [[f"X{place}" for place in range(columns)], [f"Question {place}: what do you use?" for place in range(columns)]]
    ours = {
        5: ("N1", "企业名称"),
        20: ("A1", "生产经营中是否使用智能体"),
        300: ("L1", "应用水平"),
        301: ("N5", "从业人员期末人数"),
    }
    for place, (code, question) in ours.items():
        head[0][place], head[1][place] = code, question
    body = []
    for row in range(40):
        line = ["Python" if (row + place) % 3 else "" for place in range(columns)]
        line[5], line[20], line[300], line[301] = f"公司{row}", "是" if row % 2 else "否", "试点", 10 + row
        body.append(line)
    sheet = only(read(sheet_of([*head, *body])))
    assert sheet.mapping.layout.header_rows == (0, 1) and len(sheet.responses) == 40
    assert {match.item: match.position for match in sheet.mapping.matches if match.item} == {
        code: place for place, (code, _) in ours.items()
    }


def statistics_export(years=6, regions=8):
    lines = ["数据库：分省年度数据", "指标：地区生产总值(亿元)", "时间：最近20年"]
    lines.append(",".join(["地区", *(f"{2025 - year}年" for year in range(years))]))
    lines += [
        ",".join([f"某{region}省", "", *(str(100.5 + region + year) for year in range(years - 1))]) for region in range(regions)
    ]
    lines += ["注：按照核算制度作了修订。", "　　　2.续前注。", "数据来源：国家统计局"]
    return list(csv.reader(io.StringIO("\n".join(lines))))


def test_that_a_statistical_export_is_laid_out_though_none_of_it_is_ours():
    sheet = only(read(sheet_of(statistics_export(), name="分省年度数据")))
    layout = sheet.mapping.layout
    assert layout.header_rows == (3,) and layout.body.tolist() == list(range(4, 12)) and layout.footer_rows == (12, 13, 14)
    assert layout.units[2:] == ("亿元",) * 5 and layout.headers[:2] == ("地区", "2025年")
    assert "数据来源：国家统计局" in layout.notes and [f.code for f in sheet.findings] == ["sheet.no_items"]


@pytest.mark.parametrize("name", ["分省年度数据", "分省年度数据 (1)", "分省年度数据 (2)", "分省年度数据 (3)"])
def test_that_real_statistical_exports_are_laid_out(shared_data, name):
    text = (shared_data / "workbooks" / "nbs" / f"{name}.csv").read_text(encoding="gb18030")
    intake = intake_workbook(workbook_of(sheet_of(list(csv.reader(io.StringIO(text))))), INSTRUMENT, TAXONOMY)
    layout = only(intake).mapping.layout
    assert layout.header_rows == (3,) and layout.body.tolist() == list(range(4, 35))
    assert set(layout.units) - {""} in ({"亿元"}, {"人"}, {"万人"})
    assert {f.code for sheet in intake.sheets for f in sheet.findings} == {"sheet.no_items"}
