from dataclasses import replace

import pytest

from app.domain.decisions import DecisionKind
from app.domain.instrument import Instrument, ItemType
from tests.unit.analysis.intake.making import INSTRUMENT, answers, codes, decided, item, only, option, read, sheet_of

HEADINGS = ("机器学习", "自然语言处理、语音识别", "图像识别", "其他", "无")
ROWS = [
    ["甲", 3, "√", "", "√", "", ""],
    ["乙", 4, "", "", "", "", ""],
    ["丙", 5, "", "", "", "自研", ""],
    ["丁", 6, "", "", "", "", "√"],
]
EXPECTED = ["ml|cv", None, "other", "none"]


def table(headings, rows=ROWS, above=(), merges=()):
    return sheet_of([*above, ["企业名称", "从业人员", *headings], *rows], merges=merges)


@pytest.mark.parametrize(
    "headings",
    [
        [f"应用的技术/{text}" for text in HEADINGS],
        [f"应用的技术（{text}）" for text in HEADINGS],
        [f"5、应用的技术(可多选):{text}" for text in HEADINGS],
        [f"第5题({text})" for text in HEADINGS],
        [f"5({letter}.{text})" for letter, text in zip("ABCDE", HEADINGS, strict=True)],
        [f"{letter}、{text}" for letter, text in zip("ABCDE", HEADINGS, strict=True)],
        list(HEADINGS),
    ],
)
def test_that_a_column_an_option_is_one_answer(headings):
    sheet = only(read(table(headings)))
    assert answers(sheet.responses, "T1") == EXPECTED
    assert {match.option for match in sheet.mapping.matches if match.item == "T1"} == {"ml", "nlp", "cv", "other", "none"}


def test_that_options_stand_under_a_merged_group():
    above = [["企业名称", "从业人员", "应用的技术（可多选）", "", "", "", ""]]
    rows = [
        ["企业名称", "从业人员", "应用的技术（可多选）", "", "", "", ""],
        ["", "", *[f"A、{text}" if n == 0 else text for n, text in enumerate(HEADINGS)]],
        *ROWS,
    ]
    sheet = only(read(sheet_of(rows, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 6)])))
    assert answers(sheet.responses, "T1") == EXPECTED and above


def test_that_what_stood_in_each_column_is_kept_and_found():
    responses = only(read(table([f"应用的技术/{text}" for text in HEADINGS]))).responses
    assert responses.originals["T1"].tolist()[0] == "机器学习：√；图像识别：√"
    assert responses.originals["T1"].isna().tolist() == [False, True, False, False]
    assert responses.cell(0, "T1").a1 == "C2" and responses.cell(2, "T1", "other").a1 == "F4"
    assert responses.cell(0, "T1", "rpa") is None and responses.cell(0, "L1", "L0") is None


@pytest.mark.parametrize(("yes", "no"), [("是", "否"), (1, 0), ("√", "×"), ("☑", "□"), ("Y", "N")])
def test_that_marks_of_any_kind_say_yes_and_no(yes, no):
    rows = [["甲", 3, yes, no, yes], ["乙", 4, no, no, yes]]
    assert answers(only(read(table([f"应用的技术/{text}" for text in HEADINGS[:3]], rows))).responses, "T1") == ["ml|cv", "cv"]


def test_that_a_row_of_noes_means_none_only_where_the_form_does_not_ask_for_none():
    rows = [["甲", 3, "否", "否"], ["乙", 4, "是", "否"]]
    assert answers(only(read(table(["应用的技术/机器学习", "应用的技术/图像识别"], rows))).responses, "T1") == ["none", "ml"]
    rows = [["甲", 3, "否", "否"], ["乙", 4, "是", "否"]]
    assert answers(only(read(table(["应用的技术/机器学习", "应用的技术/无"], rows))).responses, "T1") == [None, "ml"]


def test_that_none_beside_others_contradicts_itself_and_an_unclear_mark_is_told_at_its_cell():
    rows = [["甲", 3, "是", "是"], ["乙", 4, "也许", "否"], ["丙", 4, "是", "否"], ["丁", 4, "是", "否"]]
    sheet = only(read(table(["应用的技术/机器学习", "应用的技术/无"], rows)))
    assert answers(sheet.responses, "T1") == [None, None, "ml", "ml"]
    assert {("option.exclusive", "C2"), ("option.unknown", "C3")} <= {(each.code, each.place.a1) for each in sheet.findings}


def test_that_a_column_of_the_question_itself_comes_before_those_of_its_options():
    rows = [["甲", 3, "√", "", "流程自动化"], ["乙", 4, "", "√", "图像识别"]]
    sheet = only(read(table(["应用的技术/机器学习", "应用的技术/图像识别", "应用的技术"], rows)))
    assert answers(sheet.responses, "T1") == ["rpa", "cv"]


def test_that_columns_of_numbers_named_like_options_are_no_options():
    rows = [["甲", 3, 120, 44, 300], ["乙", 4, 77, 13, 25]]
    sheet = only(read(table(["机器学习", "图像识别", "流程自动化"], rows)))
    assert answers(sheet.responses, "T1") == [None, None]


def test_that_options_of_two_questions_are_not_guessed_between():
    twin = item("T2", ItemType.MULTI, "计划的技术", options=INSTRUMENT.item("T1").options)
    both = Instrument("b", "1", INSTRUMENT.words, "test", (*INSTRUMENT.items, twin))
    sheet = only(read(table(list(HEADINGS)), instrument=both))
    assert not {match.item for match in sheet.mapping.matches} & {"T1", "T2"}
    named = only(read(table([f"计划的技术/{text}" for text in HEADINGS]), instrument=both))
    assert answers(named.responses, "T2") == EXPECTED and option and codes


def with_a_column_of_no_option(last, guidance=None):
    """Read a merged group of which one column is none of the options of an item that has no 其他 and no 无 beside it."""
    technologies = INSTRUMENT.item("T1")
    fewer = replace(technologies, options=tuple(each for each in technologies.options if each.code != "other"))
    items = tuple(fewer if each.code == "T1" else each for each in INSTRUMENT.items)
    rows = [
        ["企业名称", "从业人员", "应用的技术", "", "", ""],
        ["", "", "机器学习", "图像识别", "流程自动化", last],
        ["甲公司", 3, "√", "×", "√", "√"],
        ["乙公司", 4, "×", "√", "×", "自研"],
        ["丙公司", 4, "×", "×", "×", "√"],
        ["丁公司", 4, "×", "√", "×", "×"],
    ]
    sheet = sheet_of(rows, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 5)])
    return only(read(sheet, instrument=replace(INSTRUMENT, items=items), guidance=guidance))


@pytest.mark.parametrize("last", ["其他", "区块链"])
def test_that_a_column_that_is_no_option_costs_the_others_nothing_and_is_told_at_its_cells(last):
    sheet = with_a_column_of_no_option(last)
    assert answers(sheet.responses, "T1") == ["ml|rpa", "cv", None, "cv"]  # 丙 ticked something: that is no 无
    told = sorted((each.place.a1, each.value) for each in sheet.findings if each.code == "option.unlisted")
    assert told == [("F3", "√"), ("F4", "自研"), ("F5", "√")]
    assert "column.repeated" not in {each.code for each in sheet.findings}
    header = f"应用的技术 / {last}"
    assert [(each.kind, each.subject, each.answers) for each in sheet.questions] == [(DecisionKind.COLUMN, header, 4)]


def test_that_a_column_decided_to_be_none_of_ours_still_leaves_no_firm_without_anything():
    sheet = with_a_column_of_no_option("其他", decided((DecisionKind.COLUMN, "", "应用的技术 / 其他", "")))
    assert answers(sheet.responses, "T1") == ["ml|rpa", "cv", None, "cv"] and not sheet.questions
    assert "option.unlisted" not in {each.code for each in sheet.findings}
