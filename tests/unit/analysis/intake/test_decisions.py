import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.intake import header_subject, merge_questions, pick
from app.analysis.intake.template import fingerprint
from app.domain.decisions import Correction, Decision, DecisionKind, Guidance, Question
from app.domain.findings import CellReference
from app.domain.sheet import RowRole
from tests.unit.analysis.intake.making import CODES, FIRMS, HEADER, answers, codes, decided, only, read, sheet_of

SHA = "ab" * 32
OWN = f"{SHA}/Sheet1"
PLAIN = sheet_of([HEADER, *FIRMS])


def table(rows, *decisions, **rest):
    return only(read(sheet_of(rows, **rest), guidance=decided(*decisions)))


def asked(intake, kind):
    return [question for question in intake.questions if question.kind is kind]


def renamed(**headers):
    return [[headers.get(text, text) for text in HEADER], *FIRMS]


def test_that_a_heading_means_what_people_decided_in_every_file_of_the_template():
    rows = renamed(应用水平="贵司目前处于哪一步")
    first = only(read(sheet_of(rows)))
    assert "L1" not in first.responses.blocks[0].cells
    decision = (DecisionKind.COLUMN, first.template, "贵司目前处于哪一步", "L1")
    read_again = table([row[::-1] for row in rows], decision)
    assert answers(read_again.responses, "L1") == ["L2", "L0", "L1"]
    match = next(match for match in read_again.mapping.matches if match.item == "L1")
    assert (match.reason, match.confidence) == ("match.decided", 1.0)
    other = table([[*row, "x"] for row in rows], decision)
    assert other.template != first.template and "L1" not in other.responses.blocks[0].cells


def test_that_a_decision_given_equals_the_same_table_that_needs_none():
    plain, strange = only(read(PLAIN)), table(renamed(应用水平="走到哪了"), (DecisionKind.COLUMN, "", "走到哪了", "L1"))
    assert strange.responses.values.equals(plain.responses.values)
    assert strange.responses.originals.equals(plain.responses.originals)


def test_that_a_heading_decided_to_be_none_of_ours_is_not_used_and_not_reported():
    sheet = table([HEADER, *FIRMS], (DecisionKind.COLUMN, OWN, "营业收入", ""))
    assert answers(sheet.responses, "N6") == [None] * 3
    assert "column.unmatched" not in [finding.code for finding in sheet.findings]


def test_that_a_decision_about_last_years_heading_holds_for_this_years():
    rows = renamed(应用水平="2026年走到哪了")
    assert answers(table(rows, (DecisionKind.COLUMN, "", "2025年走到哪了", "L1")).responses, "L1") == ["L2", "L0", "L1"]
    two = [[*rows[0], "2025年走到哪了"], *([*firm, "试点"] for firm in FIRMS)]
    both = table(two, (DecisionKind.COLUMN, "", "2025年走到哪了", "L1"))
    assert answers(both.responses, "L1") == ["L1", "L1", "L1"]


def test_that_the_decision_about_one_sheet_comes_before_that_of_its_template():
    plain = only(read(PLAIN))
    both = (DecisionKind.COLUMN, plain.template, "营业收入", ""), (DecisionKind.COLUMN, OWN, "营业收入", "N6")
    assert answers(table([HEADER, *FIRMS], *both).responses, "N6") == [2500, 400, 1200]


def test_that_an_item_of_another_instrument_decides_nothing():
    assert answers(table([HEADER, *FIRMS], (DecisionKind.COLUMN, "", "营业收入", "X99")).responses, "N6") == [2500, 400, 1200]


def test_that_a_scale_decided_settles_a_column_of_ones_and_halves():
    rows = [["企业名称", "从业人员", "培训覆盖率"], ["甲", 1, 1], ["乙", 2, "0.5"], ["丙", 3, 35]]
    open_one = only(read(sheet_of(rows)))
    (question,) = asked(open_one, DecisionKind.SCALE)
    assert question.subject == "培训覆盖率" and set(question.choices) == {"percent", "fraction"} and question.answers
    for answer, values in (("percent", [0.01, 0.005, 0.35]), ("fraction", [1, 0.5, 35])):
        settled = table(rows, (DecisionKind.SCALE, question.scope, question.subject, answer))
        assert answers(settled.responses, "R2") == values
        assert not asked(settled, DecisionKind.SCALE)


def test_that_the_unit_of_money_without_any_is_asked_and_holds_once_decided():
    rows = [["企业名称", "从业人员", "营业收入"], ["甲", 1, 50000], ["乙", 2, 60000]]
    (question,) = asked(only(read(sheet_of(rows))), DecisionKind.UNIT)
    assert (question.assumed, question.answers) == ("万元", 2)
    settled = table(rows, (DecisionKind.UNIT, question.scope, question.subject, "元"))
    assert answers(settled.responses, "N6") == [5, 6] and not settled.questions
    assert "money.unit_assumed" not in [finding.code for finding in settled.findings]


def test_that_an_unknown_text_is_asked_once_it_stands_in_many_cells():
    rows = [["企业名称", "从业人员", "应用水平"], *([f"企业{n}", n, "起步晚"] for n in range(1, 7))]
    sheet = only(read(sheet_of(rows)))
    (question,) = merge_questions(sheet.questions)
    assert (question.kind, question.subject, question.answers) == (DecisionKind.ANSWER, "L1|起步晚", 6)
    assert question.choices == ("L0", "L1", "L2", "L3", "") and len(question.places) == 6
    settled = table(rows, (DecisionKind.ANSWER, "", question.subject, "L0"))
    assert answers(settled.responses, "L1") == ["L0"] * 6 and not settled.questions
    assert merge_questions(only(read(sheet_of(rows[:3]))).questions) == ()


def test_that_a_probable_heading_is_asked_with_its_candidates_and_not_used_meanwhile():
    rows = [[*HEADER, "智能体的数量情况统计"], *([*firm, 3] for firm in FIRMS)]
    sheet = only(read(sheet_of(rows)))
    (question,) = asked(sheet, DecisionKind.COLUMN)
    assert question.choices[0] == "A2" and question.choices[-1] == "" and question.assumed == ""
    assert question.places[0].a1 == "J1" and question.answers == 3
    assert answers(sheet.responses, "A2") == [None] * 3


def test_that_nothing_is_asked_about_last_years_numbers_or_an_item_that_has_its_column():
    rows = [[*HEADER, "上年营业收入", "营业收入增长情况", "备注"], *([*firm, 3, 4, ""] for firm in FIRMS)]
    assert not asked(only(read(sheet_of(rows))), DecisionKind.COLUMN)


def test_that_a_sheet_is_skipped_or_read_as_decided():
    skipped = read(PLAIN, guidance=decided((DecisionKind.SHEET, OWN, "Sheet1", "skip")))
    assert codes(skipped) == ["sheet.left"] and not any(each.responses for each in skipped.sheets)
    template = only(read(PLAIN)).template
    assert codes(read(PLAIN, guidance=decided((DecisionKind.SHEET, template, "Sheet1", "skip")))) == ["sheet.left"]
    guide = sheet_of([["企业名称", "从业人员"], ["甲", 3], ["乙", 4]], name="样表")
    unread = read(guide)
    (question,) = unread.questions
    assert (question.kind, question.assumed) == (DecisionKind.SHEET, "skip")
    taken = only(read(guide, guidance=decided((DecisionKind.SHEET, question.scope, question.subject, "read"))))
    assert answers(taken.responses, "N5") == [3, 4]


def test_that_a_hidden_sheet_of_ours_is_read_and_asked_about():
    intake = read(sheet_of([HEADER, *FIRMS], hidden=True))
    (question,) = asked(intake, DecisionKind.SHEET)
    assert (question.assumed, question.choices) == ("read", ("read", "skip")) and "sheet.hidden_read" in codes(intake)
    skip = read(
        sheet_of([HEADER, *FIRMS], hidden=True), guidance=decided((question.kind, question.scope, question.subject, "skip"))
    )
    assert not any(each.responses for each in skip.sheets) and not skip.questions


HIDDEN = sheet_of([HEADER, *FIRMS], hidden_rows=((2, 2),))


def test_that_hidden_rows_count_until_somebody_leaves_them_out():
    sheet = only(read(HIDDEN))
    assert len(sheet.responses) == 3
    (question,) = asked(sheet, DecisionKind.HIDDEN)
    assert (question.subject, question.assumed, question.places[0].row) == ("rows", "keep", 3)
    assert dict(question.params)["n"] == "1" and "sheet.hidden_rows" in [finding.code for finding in sheet.findings]
    kept = only(read(HIDDEN, guidance=decided((DecisionKind.HIDDEN, question.scope, "rows", "keep"))))
    assert (
        len(kept.responses) == 3
        and not kept.questions
        and "sheet.hidden_rows"
        not in codes(read(kept and HIDDEN, guidance=decided((DecisionKind.HIDDEN, question.scope, "rows", "keep"))))
    )
    left = only(read(HIDDEN, guidance=decided((DecisionKind.HIDDEN, question.scope, "rows", "leave"))))
    assert left.responses.places["row"].tolist() == [2, 4] and left.roles[2] is RowRole.LEFT


def test_that_rows_behind_a_filter_are_asked_as_such():
    sheet = only(read(sheet_of([HEADER, *FIRMS], hidden_rows=((1, 2),), filtered=True)))
    assert [question.subject for question in asked(sheet, DecisionKind.HIDDEN)] == ["filter"]
    assert "sheet.filtered" in [finding.code for finding in sheet.findings]


def test_that_hidden_columns_count_until_somebody_leaves_them_out_and_others_are_not_asked():
    sheet = sheet_of([[*HEADER, "内部编号"], *([*firm, 7] for firm in FIRMS)], hidden_columns=((4, 4), (9, 9)))
    found = only(read(sheet))
    (question,) = asked(found, DecisionKind.HIDDEN)
    assert (question.subject, [place.a1 for place in question.places]) == ("columns", ["E"])
    assert answers(found.responses, "N6") == [2500, 400, 1200]
    left = only(read(sheet, guidance=decided((DecisionKind.HIDDEN, question.scope, "columns", "leave"))))
    assert answers(left.responses, "N6") == [None] * 3 and not left.questions


def test_that_the_header_somebody_points_at_is_found_again_by_its_texts():
    rows = [
        ["汇总"],
        ["企业名称", "从业人员"],
        ["表样", "示例"],
        ["名称", "人数", "水平"],
        ["甲公司", 3, "试点"],
        ["乙公司", 4, "未起步"],
    ]
    decision = (DecisionKind.HEADER, "", header_subject(["名称", "人数", "水平"]), "4")
    columns = (
        (DecisionKind.COLUMN, "", "名称", "N1"),
        (DecisionKind.COLUMN, "", "人数", "N5"),
        (DecisionKind.COLUMN, "", "水平", "L1"),
    )
    for above in ([], [["附件1"], ["某县调查表"]]):
        sheet = table([*above, *rows], decision, *columns)
        assert sheet.mapping.layout.header_rows == (3 + len(above),)
        assert answers(sheet.responses, "L1") == ["L1", "L0"]


def test_that_two_places_for_the_header_are_asked_and_the_answer_holds():
    rows = [["企业名称", "从业人员"], ["某某", 9], ["企业名称", "营业收入"], ["甲公司", 3], ["乙公司", 4]]
    intake = read(sheet_of(rows))
    (question,) = asked(intake, DecisionKind.HEADER)
    assert (question.choices, question.assumed) == (("1", "3"), "1")
    moved = only(read(sheet_of(rows), guidance=decided((question.kind, question.scope, question.subject, "3"))))
    assert moved.mapping.layout.header_rows == (2,) and answers(moved.responses, "N1") == ["甲公司", "乙公司"]
    kept = read(sheet_of(rows), guidance=decided((question.kind, question.scope, question.subject, "1")))
    assert not asked(kept, DecisionKind.HEADER) and only(kept).mapping.layout.header_rows == (0,)


@pytest.mark.parametrize("role", [role for role in RowRole if role not in (RowRole.FIRM, RowRole.HEADER)])
def test_that_a_row_is_what_somebody_said_it_is(role):
    sheet = table([HEADER, *FIRMS], (DecisionKind.ROW, OWN, "3", role))
    assert answers(sheet.responses, "N1") == ["甲化工有限公司", "丙商贸有限公司"]
    assert sheet.roles[1] is RowRole.FIRM and sheet.roles[2] in (role, RowRole.LEFT, RowRole.FOOTER)


def test_that_a_total_said_to_be_a_firm_is_one():
    rows = [HEADER, *FIRMS, ["合计", *[""] * 8]]
    assert len(only(read(sheet_of(rows))).responses) == 3
    assert len(table(rows, (DecisionKind.ROW, OWN, "5", "firm")).responses) == 4


def test_that_rows_marked_as_header_are_the_header():
    rows = [["项目", "项目", "其他"], ["企业名称", "从业人员", "营业收入"], ["甲公司", 3, 100], ["乙公司", 4, 100]]
    sheet = table(rows, (DecisionKind.ROW, OWN, "2", "header"))
    assert sheet.mapping.layout.header_rows == (1,) and answers(sheet.responses, "N5") == [3, 4]


def fixed(row, column, text, reason="电话核实"):
    return decided(corrections=[Correction(SHA, "Sheet1", row, column, text, reason)])


def test_that_a_cell_put_right_counts_and_what_was_received_is_kept():
    intake = read(PLAIN, guidance=fixed(2, 5, "3000"))
    responses = only(intake).responses
    assert answers(responses, "N6") == [3000, 400, 1200]
    assert responses.originals["N6"].tolist() == ["2500", "400", "1200"]
    (note,) = [finding for each in intake.sheets for finding in each.findings if finding.code == "cell.corrected"]
    assert (note.place.a1, note.value, dict(note.params)) == ("E2", "3000", {"old": "2500", "reason": "电话核实"})


def test_that_a_cell_put_right_to_nothing_is_no_answer_and_rules_run_on_what_holds():
    assert answers(only(read(PLAIN, guidance=fixed(2, 5, ""))).responses, "N6") == [None, 400, 1200]
    rows = [[*HEADER, "参加培训人数"], *([*firm, 2] for firm in FIRMS)]
    wrong = only(read(sheet_of(rows), guidance=fixed(2, 10, "9999")))
    assert ("rule.broken", "J2") in [(finding.code, finding.place.a1) for finding in wrong.findings]


def test_that_a_correction_outside_the_sheet_is_told_and_changes_nothing():
    intake = read(PLAIN, guidance=fixed(99, 1, "x"))
    assert "cell.correction_lost" in codes(intake) and only(intake).responses.values.equals(only(read(PLAIN)).responses.values)


def test_that_a_correction_of_another_file_or_sheet_changes_nothing():
    others = Guidance((), (Correction("0" * 64, "Sheet1", 2, 5, "1"), Correction(SHA, "Sheet2", 2, 5, "1")))
    assert codes(read(PLAIN, guidance=others)) == codes(read(PLAIN))


@settings(max_examples=40, deadline=None)
@given(
    row=st.integers(0, 2),
    column=st.integers(0, len(HEADER) - 1),
    text=st.sampled_from(["", "12", "是", "未起步", "某某公司", CODES[2]]),
)
def test_that_a_corrected_sheet_says_what_it_would_have_said_with_that_text(row, column, text):
    rows = [HEADER, *(list(firm) for firm in FIRMS)]
    corrected = only(read(sheet_of(rows), guidance=fixed(row + 2, column + 1, text)))
    rows[row + 1][column] = text
    typed = only(read(sheet_of(rows)))
    assert corrected.responses.values.equals(typed.responses.values)
    assert corrected.responses.firms.equals(typed.responses.firms)


@given(st.permutations(HEADER))
def test_that_a_template_is_known_whatever_the_order_of_its_headings(order):
    assert fingerprint(order) == fingerprint(HEADER) != fingerprint(HEADER[1:])


def test_that_next_years_form_is_the_same_template():
    assert fingerprint(["2025年营业收入", "名称"]) == fingerprint(["名称", "2026年营业收入"])


def question(kind, subject, n, file="a"):
    return Question(kind, "", subject, ("x",), "x", n, (CellReference(file),))


def test_that_one_question_is_asked_for_all_files_the_weightiest_first():
    some = [
        question(DecisionKind.COLUMN, "甲", 3),
        question(DecisionKind.UNIT, "乙", 5),
        question(DecisionKind.COLUMN, "甲", 4, "b"),
    ]
    merged = merge_questions(some)
    assert [(each.subject, each.answers, len(each.places)) for each in merged] == [("甲", 7, 2), ("乙", 5, 1)]
    assert [each.subject for each in pick(some, 1)] == ["乙"]


def test_that_deciding_answers_the_question_of_the_same_id():
    asked_one = question(DecisionKind.UNIT, "乙", 5)
    assert Decision(asked_one.kind, asked_one.scope, asked_one.subject, "元").id == asked_one.id


def test_that_a_table_with_one_question_of_ours_is_left_and_asked_about_and_read_once_decided():
    rows = [["编号", "营业收入（万元）"], ["x7", 30], ["x8", 40]]
    intake = read(sheet_of(rows))
    (question,) = intake.questions
    assert (question.kind, question.assumed, question.answers) == (DecisionKind.SHEET, "skip", 4)
    taken = only(read(sheet_of(rows), guidance=decided((question.kind, question.scope, question.subject, "read"))))
    assert answers(taken.responses, "N6") == [30, 40]


def test_that_nothing_is_asked_about_tables_of_other_matters():
    assert not read(sheet_of([["地区", "人口"], ["甲", 3], ["乙", 4]])).questions
    assert not read(sheet_of([["企业名称", "统一社会信用代码"], ["甲公司", CODES[0]], ["乙公司", CODES[1]]])).questions
