"""A firm register from any workbook: which firms, from where, and what it cannot tell."""

from dataclasses import replace

import pytest

from app.analysis.intake.register import register_of
from app.domain.instrument import ItemType, Role
from app.domain.register import REGISTER_COLUMNS
from tests.unit.analysis.intake.making import CODES, FIRMS, INSTRUMENT, TAXONOMY, item, option, sheet_of, workbook_of

HEADER = ["序号", "单位名称", "社会信用代码", "行业", "镇街", "法定代表人", "联系电话", "从业人员", "营业收入（万元）"]
ROWS = [
    [1, FIRMS[0][0], CODES[0], "化工", "甲镇", "张三", "13800000000", 350, 2500],
    [2, FIRMS[1][0], CODES[1], "C27", "乙镇", "李四", "13900000000", 25, 400],
    [3, FIRMS[2][0], CODES[2], "批发业", "甲镇", "王五", "13700000000", 6, 1200],
]


def listed(*sheets):
    return register_of(workbook_of(*sheets, name="名录.xlsx"), INSTRUMENT, TAXONOMY)


def test_that_a_register_is_read_by_what_its_columns_mean():
    register, findings = listed(sheet_of([["某县规模以上企业名录"], [], HEADER, *ROWS]))
    firms = register.firms
    assert tuple(firms.columns) == REGISTER_COLUMNS and findings == ()
    assert (register.name, register.sheet, firms["row"].tolist()) == ("名录.xlsx", "Sheet1", [4, 5, 6])
    assert firms["firm"].tolist() == list(CODES) and firms["township"].tolist() == ["甲镇", "乙镇", "甲镇"]
    assert firms["sector"].tolist() == ["C", "C", "F"] and firms["size"].tolist() == ["medium", "small", "small"]


def test_that_nobodys_name_or_telephone_number_comes_into_the_register():
    register, _ = listed(sheet_of([HEADER, *ROWS]))
    assert not {"张三", "13800000000"} & set(register.firms.astype(str).to_numpy().ravel())


@pytest.mark.parametrize(
    "columns",
    [[1, 2], [2, 4], [1, 4], [0, 1], [0, 2]],
    ids=["names and codes", "codes and townships", "names and townships", "names", "codes"],
)
def test_that_a_list_that_only_names_firms_is_a_register(columns):
    rows = [[row[place] for place in columns] for row in (HEADER, *ROWS)]
    register, _ = listed(sheet_of(rows))
    assert len(register.firms) == 3
    if 2 in columns:
        assert register.firms["code"].tolist() == list(CODES)


def test_that_a_register_without_townships_and_industries_says_so():
    register, findings = listed(sheet_of([[row[1], row[2]] for row in (HEADER, *ROWS)]))
    assert [(finding.code, finding.value) for finding in findings] == [("register.no_township", "3"), ("register.no_sector", "3")]
    assert set(register.firms["township"]) == {""}


def test_that_a_firm_listed_twice_is_one_firm_and_both_places_are_named():
    register, findings = listed(sheet_of([HEADER, *ROWS, ROWS[1]]))
    assert len(register.firms) == 3
    ((code, place, params),) = [(f.code, str(f.place), dict(f.params)) for f in findings]
    assert (code, place, params["counts"]) == ("register.repeat", "名录.xlsx · Sheet1 · B5", "名录.xlsx · Sheet1 · B3")


def test_that_the_sheets_of_several_townships_are_one_register():
    rows = [[row[1], row[2], row[3]] for row in (HEADER, *ROWS)]
    register, _ = listed(
        sheet_of([["填报单位：甲镇人民政府"], rows[0], rows[1], rows[3]], name="甲镇"),
        sheet_of([["填报单位：乙镇人民政府"], rows[0], rows[2]], name="乙镇"),
        sheet_of([["填报说明"], ["请如实填报"]], name="填报说明"),
    )
    assert register.sheet == "" and register.firms["sheet"].tolist() == ["甲镇", "甲镇", "乙镇"]
    assert register.firms["code"].tolist() == [CODES[0], CODES[2], CODES[1]]


def test_that_a_wrong_code_in_a_register_is_told_at_its_cell():
    rows = [HEADER, *(list(row) for row in ROWS)]
    rows[2][2] = "9111000060003734IL"
    _, findings = listed(sheet_of(rows))
    assert [(finding.code, finding.place.a1) for finding in findings] == [("code.confused", "C3")]


@pytest.mark.parametrize("rows", [[["指标", "数值"], ["企业数", 5]], [["姓名", "电话"], ["张三", "138"]], [[]], [HEADER]])
def test_that_a_workbook_without_firms_gives_no_register_and_says_so(rows):
    register, findings = listed(sheet_of(rows))
    assert register is None and [finding.code for finding in findings] == ["register.no_firms"]


def test_that_the_size_a_register_states_stands_where_its_figures_tell_none():
    sizes = [option("large", "大型"), option("medium", "中型"), option("small", "小型"), option("micro", "微型")]
    stated = item("N7", ItemType.SINGLE, "企业规模", Role.SIZE, options=sizes)
    rows = [
        ["企业名称", "信用代码", "行业", "企业规模", "从业人员", "营业收入（万元）"],
        ["甲化工有限公司", CODES[0], "化工", "大型", "", ""],
        ["乙制药有限公司", CODES[1], "C27", "大型", 25, 400],
    ]
    instrument = replace(INSTRUMENT, items=(*INSTRUMENT.items, stated))
    register, _ = register_of(workbook_of(sheet_of(rows), name="名录.xlsx"), instrument, TAXONOMY)
    assert register.firms["size"].tolist() == ["large", "small"]
