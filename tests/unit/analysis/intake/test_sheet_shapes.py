from app.domain.decisions import DecisionKind
from app.domain.instrument import Instrument, ItemType
from app.domain.sheet import RowRole, Validation
from tests.unit.analysis.intake.making import FIRMS, HEADER, INSTRUMENT, STEPS, answers, codes, item, only, read, sheet_of
from tests.unit.analysis.intake.test_recognise import MERGED_FORM, MERGES


def test_that_every_row_of_a_form_has_its_role():
    roles = only(read(sheet_of(MERGED_FORM, merges=MERGES))).roles
    r = RowRole
    assert roles == (
        *(r.NOTE, r.TITLE, r.NOTE, r.HEADER, r.HEADER, r.HEADER, r.ORDINAL, r.TOTAL, r.GROUP, r.FIRM, r.FIRM, r.BLANK, r.GROUP),
        *(r.FIRM, r.BLANK, r.TOTAL, r.FOOTER, r.FOOTER, r.FOOTER),
    )


def test_that_a_sheet_that_was_not_read_is_painted_all_the_same():
    (sheet,) = read(sheet_of([["填报说明"], [], ["1. 请如实填写"]], name="填报说明")).sheets
    assert sheet.roles == (RowRole.NOTE, RowRole.BLANK, RowRole.NOTE)


def test_that_tables_under_one_another_need_no_footer_between_them():
    rows = [HEADER, *FIRMS[:2], [], ["第二批"], HEADER[::-1], FIRMS[2][::-1]]
    intake = read(sheet_of(rows))
    tables = [table for table in intake.sheets if table.responses is not None]
    assert [answers(table.responses, "N1") for table in tables] == [["甲化工有限公司", "乙制药有限公司"], ["丙商贸有限公司"]]
    assert "sheet.two_tables" in codes(intake)
    assert [place for place, role in enumerate(tables[0].roles) if role is RowRole.HEADER] == [0, 5]
    assert [place for place, role in enumerate(tables[1].roles) if role is RowRole.FIRM] == [1, 2, 6]


def lists(column, *entries, rows=3):
    return {"validations": (Validation(((1, column, rows, column),), entries),)}


def test_that_a_drop_down_list_speaks_for_a_heading():
    rows = [["企业名称", "从业人员", "目前人工智能水平情况"], ["甲", 1, ""], ["乙", 2, ""], ["丙", 3, "试点"]]
    ladder = item("L1", ItemType.LADDER, "人工智能水平", options=STEPS)
    instrument = Instrument("v", "1", INSTRUMENT.words, "t", (*INSTRUMENT.items[:6], ladder))
    bare = only(read(sheet_of(rows), instrument=instrument))
    assert bare.mapping.matches[-1].item is None
    listed = only(read(sheet_of(rows, **lists(2, *(step.words.zh for step in STEPS))), instrument=instrument))
    assert answers(listed.responses, "L1") == [None, None, "L1"]


def test_that_a_heading_unlike_any_is_asked_where_only_one_question_has_those_answers():
    steps = [step.words.zh for step in STEPS]
    rows = [["企业名称", "从业人员", "走到哪了"], *([f"企业{n}", n, step] for n, step in enumerate(steps))]
    sheet = only(read(sheet_of(rows)))
    (question,) = [each for each in sheet.questions if each.kind is DecisionKind.COLUMN]
    assert (question.subject, question.choices, question.assumed) == ("走到哪了", ("L1", ""), "")


def test_that_letters_are_read_by_the_forms_own_list():
    rows = [["企业名称", "从业人员", "应用水平"], ["甲", 1, "A"], ["乙", 2, "C"], ["丙", 3, "B"]]
    entries = ("A.集成应用", "B.单点应用", "C.未起步")
    plain, listed = only(read(sheet_of(rows))), only(read(sheet_of(rows, **lists(2, *entries))))
    assert answers(plain.responses, "L1") == ["L0", "L2", "L1"]
    assert answers(listed.responses, "L1") == ["L3", "L0", "L2"]
    assert listed.responses.originals["L1"].tolist() == ["A", "C", "B"]


def test_that_a_list_with_other_entries_than_the_options_changes_nothing():
    rows = [["企业名称", "从业人员", "应用水平"], ["甲", 1, "A"], ["乙", 2, "C"], ["丙", 3, "B"]]
    listed = only(read(sheet_of(rows, **lists(2, "A.集成应用", "B.什么也没有", "C.未起步"))))
    assert answers(listed.responses, "L1") == ["L0", "L2", "L1"]


def test_that_the_last_part_of_a_slashed_heading_says_what_it_counts():
    staff = item("P1", ItemType.COUNT, "人工智能人员数", unit="人")
    instrument = Instrument("s", "1", INSTRUMENT.words, "t", (*INSTRUMENT.items, staff))
    rows = [["企业名称", "从业人员", "从业人员/其中：人工智能人员"], ["甲", 9, 1], ["乙", 8, 2]]
    assert answers(only(read(sheet_of(rows), instrument=instrument)).responses, "P1") == [1, 2]


def test_that_a_firm_whose_name_ends_like_a_total_is_a_firm():
    coded = ["东方小计", FIRMS[1][1], "C27", 25, 400, "", "", "", ""]
    answered = ["宏大合计", "", "C27", 25, 400, "是", "图像识别", "试点", ""]
    totals = [["城关镇小计", "", "", 400, 3300, "", "", "", "—"], ["合计", "", "", 400, 3300, "无", "无", "", ""]]
    sheet = only(read(sheet_of([HEADER, FIRMS[0], coded, answered, *totals])))
    assert answers(sheet.responses, "N1") == [FIRMS[0][0], "东方小计", "宏大合计"]
    assert sheet.mapping.layout.total_rows == (4, 5)


def test_that_a_table_beside_another_is_told_with_its_range():
    heads = ["企业名称", "从业人员", "应用水平"]
    rows = [
        [*heads, "", *heads],
        ["甲公司", 3, "试点", "", "丙公司", 6, "试点"],
        ["乙公司", 4, "试点", "", "丁公司", 7, "未起步"],
    ]
    sheet = only(read(sheet_of(rows)))
    assert answers(sheet.responses, "L1") == ["L1", "L1"]  # the other table's column has more answers, of other firms
    told = [each for each in sheet.findings if each.code == "sheet.side_by_side"]
    assert [(each.place.a1, each.value) for each in told] == [("E1", "E1:G3")]


def test_that_a_column_of_last_year_is_no_table_beside_ours():
    rows = [["企业名称", "从业人员", "营业收入", "上年从业人员", "上年营业收入"], ["甲公司", 3, 4, 5, 6], ["乙公司", 4, 5, 6, 7]]
    assert "sheet.side_by_side" not in codes(read(sheet_of(rows)))


def test_that_townships_on_the_first_row_of_a_group_are_told_and_not_guessed():
    heads = ["所在乡镇", "企业名称", "从业人员", "应用水平"]
    towns = ["城关镇", "", "", "河口镇", ""]
    rows = [heads, *([town, f"{name}公司", 3, "试点"] for town, name in zip(towns, "甲乙丙丁戊", strict=True))]
    sheet = only(read(sheet_of(rows)))
    told = [(each.place.a1, each.value) for each in sheet.findings if each.code == "township.blank_below"]
    assert told == [("A3", "3")] and answers(sheet.responses, "N4") == ["城关镇", None, None, "河口镇", None]
    merged = only(read(sheet_of(rows, merges=[(1, 0, 3, 0), (4, 0, 5, 0)])))
    assert "township.blank_below" not in {each.code for each in merged.findings}
