import pytest

from app.domain.decisions import Correction, DecisionKind
from app.domain.sheet import Orientation, RowRole
from tests.unit.analysis.intake.making import CODES, answers, codes, decided, only, read, sheet_of

TURNED = [
    ["某县企业人工智能应用情况表"],
    ["单位：万元、人"],
    ["序号", "指标名称", "计量单位", "企业一", "企业二", "企业三", "合计"],
    [1, "企业名称", "—", "甲公司", "乙公司", "丙公司", ""],
    [2, "统一社会信用代码", "—", *CODES, ""],
    [3, "从业人员期末人数", "人", 100, "200人", "", 300],
    [4, "营业收入", "千元", 2000, 1000, "2000万", ""],
    [5, "是否使用智能体", "", "是", "否", "计划中", ""],
    [6, "应用水平", "", "单点应用", "试点", "随便", ""],
    ["填表人：甲某"],
]


def test_that_a_table_turned_on_its_side_is_a_firm_a_column():
    sheet = only(read(sheet_of(TURNED)))
    layout, responses = sheet.mapping.layout, sheet.responses
    assert layout.orientation is Orientation.ACROSS and layout.across == (3, 4, 5)
    assert answers(responses, "N1") == ["甲公司", "乙公司", "丙公司"]
    assert answers(responses, "N5") == [100, 200, None]
    assert answers(responses, "N6") == [200, 100, 2000]
    assert answers(responses, "A1") == ["yes", "no", "planned"]


def test_that_every_answer_of_a_turned_table_is_found_at_its_cell():
    responses = only(read(sheet_of(TURNED))).responses
    assert responses.blocks[0].across and responses.places["row"].tolist() == [4, 5, 6]
    for position in range(3):
        for item, row in (("N1", 3), ("N6", 6), ("L1", 8)):
            cell = responses.cell(position, item)
            assert str(TURNED[cell.row - 1][cell.column - 1]) == responses.originals[item].iloc[position]
            assert cell.row == row + 1
    assert responses.cell(0, "R2") is None


def test_that_a_finding_in_a_turned_table_stands_at_its_cell():
    found = [finding for finding in only(read(sheet_of(TURNED))).findings if finding.code == "option.unknown"]
    assert [(finding.place.a1, finding.value) for finding in found] == [("F9", "随便")]


def test_that_a_turned_table_equals_the_same_table_lying():
    lying = [list(column) for column in zip(*[row[1:6] for row in TURNED[3:9]], strict=True)]
    lying[0] = ["企业名称", "统一社会信用代码", "从业人员期末人数（人）", "营业收入（千元）", "是否使用智能体", "应用水平"]
    plain = only(read(sheet_of([lying[0], *lying[2:]]))).responses
    turned = only(read(sheet_of(TURNED))).responses
    assert turned.values.equals(plain.values) and turned.originals.equals(plain.originals)


def test_that_firms_named_over_the_columns_are_known_by_those_names():
    rows = [
        ["指标", "甲有限公司", "乙合作社"],
        ["从业人员", 3, 4],
        ["营业收入", 10, 20],
        ["应用水平", "试点", "未起步"],
        ["是否使用智能体", "是", "否"],
    ]
    sheet = only(read(sheet_of(rows)))
    assert sheet.responses.firms["name"].tolist() == ["甲有限公司", "乙合作社"]
    assert sheet.responses.cell(1, "N1").a1 == "C1" and "firm.unnamed" not in codes(read(sheet_of(rows)))
    assert sheet.roles[0] is RowRole.HEADER


def test_that_last_years_column_makes_no_second_firm():
    rows = [
        ["指标名称", "计量单位", "本期", "上年同期"],
        ["企业名称", "", "甲公司", ""],
        ["从业人员", "人", 3, 2],
        ["营业收入", "万元", 10, 9],
        ["应用水平", "", "试点", "未起步"],
    ]
    sheet = only(read(sheet_of(rows)))
    assert sheet.mapping.layout.orientation is Orientation.LONG and answers(sheet.responses, "N5") == [3]


def test_that_decisions_and_corrections_hold_in_a_turned_table():
    rows = [list(row) for row in TURNED]
    rows[8][1] = "走到哪一步"
    guidance = decided(
        (DecisionKind.COLUMN, "", "走到哪一步", "L1"), corrections=[Correction("ab" * 32, "Sheet1", 9, 6, "未起步")]
    )
    responses = only(read(sheet_of(rows), guidance=guidance)).responses
    assert answers(responses, "L1") == ["L2", "L1", "L0"] and responses.originals["L1"].tolist()[2] == "随便"


@pytest.mark.parametrize("names", [["甲厂", "乙厂", "丙厂"], ["甲电子有限公司", "乙电子", "丙电子有限公司"]])
def test_that_names_over_the_columns_hold_where_the_table_asks_for_the_code_alone(names):
    rows = [
        ["指标", "单位", *names],
        ["统一社会信用代码", "", *CODES],
        ["从业人员", "人", 3, 4, 5],
        ["营业收入", "万元", 10, 20, 30],
        ["应用水平", "", "试点", "未起步", "试点"],
    ]
    responses = only(read(sheet_of(rows))).responses
    assert answers(responses, "N1") == names and answers(responses, "N2") == list(CODES)
    assert responses.cell(2, "N1").a1 == "E1" and answers(responses, "N5") == [3, 4, 5]


def test_that_numbers_over_the_columns_are_no_names():
    rows = [
        ["指标", "单位", "企业一", "企业二"],
        ["统一社会信用代码", "", *CODES[:2]],
        ["从业人员", "人", 3, 4],
        ["营业收入", "万元", 1, 2],
    ]
    assert answers(only(read(sheet_of(rows))).responses, "N1") == [None, None]
