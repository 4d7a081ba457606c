"""What must hold for any form: neither merges, groups, other sheets nor decisions that were not needed change an answer."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.decisions import DecisionKind, RowKey
from app.domain.sheet import RowRole
from tests.unit.analysis.intake.making import FIRMS, HEADER, INSTRUMENT, decided, only, read, sheet_of

GROUPS = ("一、基本情况", "二、应用情况", "三、人员")
PLAIN = only(read(sheet_of([HEADER, *FIRMS])))
STRANGE = {"企业名称": "甲列", "所属行业": "乙列", "从业人员": "丙列", "应用水平": "丁列", "应用的技术": "戊列"}
ITEMS = {"甲列": "N1", "乙列": "N3", "丙列": "N5", "丁列": "L1", "戊列": "T1"}


def same_answers(sheet, other=PLAIN):
    assert sheet.responses.values.equals(other.responses.values)
    assert sheet.responses.originals.equals(other.responses.originals)


@settings(max_examples=60, deadline=None)
@given(cuts=st.sets(st.integers(1, len(HEADER) - 1), max_size=2), merged=st.booleans(), down=st.booleans())
def test_that_groups_over_the_header_merged_or_not_never_change_a_value(cuts, merged, down):
    edges = [0, *sorted(cuts), len(HEADER)]
    spans = list(pairwise(edges))
    above = [""] * len(HEADER)
    for number, (first, _) in enumerate(spans):
        above[first] = GROUPS[number]
    merges = [(0, first, 0, stop - 1) for first, stop in spans if stop - first > 1] if merged else []
    header, rows = [above, list(HEADER)], [list(firm) for firm in FIRMS]
    if merged and down and spans[0][1] == 1:  # the first column has its own heading over both rows
        header = [[HEADER[0], *above[1:]], ["", *HEADER[1:]]]
        merges.append((0, 0, 1, 0))
    same_answers(only(read(sheet_of([*header, *rows], merges=merges))))


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(["答案", "填报说明", "字典", "空表"]), hidden=st.booleans())
def test_that_other_sheets_and_their_order_never_change_a_value(order, hidden):
    sheets = {
        "答案": sheet_of([HEADER, *FIRMS], name="答案"),
        "填报说明": sheet_of([["填报说明"], ["1. 请如实填写"]], name="填报说明"),
        "字典": sheet_of([["应用水平"], *[[o.words.zh] for o in INSTRUMENT.item("L1").options]], name="字典", hidden=hidden),
        "空表": sheet_of([], name="空表"),
    }
    intake = read(*[sheets[name] for name in order])
    (table,) = [each for each in intake.sheets if each.responses is not None]
    same_answers(table)
    assert not intake.questions


@settings(max_examples=60, deadline=None)
@given(
    changed=st.sets(st.sampled_from(sorted(STRANGE))),
    order=st.permutations(range(len(HEADER))),
    scope=st.sampled_from(["", "template", "own"]),
)
def test_that_headings_decided_equal_headings_that_needed_no_decision(changed, order, scope):
    rows = [[STRANGE[text] if text in changed else text for text in HEADER], *FIRMS]
    rows = [[row[place] for place in order] for row in rows]
    scopes = {"": "", "template": only(read(sheet_of(rows))).template, "own": f"{'ab' * 32}/Sheet1"}
    guidance = decided(*[(DecisionKind.COLUMN, scopes[scope], STRANGE[text], ITEMS[STRANGE[text]]) for text in changed])
    sheet = only(read(sheet_of(rows), guidance=guidance))
    same_answers(sheet)
    assert not sheet.questions


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, len(FIRMS)), role=st.sampled_from([RowRole.NOTE, RowRole.LEFT, RowRole.TOTAL, RowRole.GROUP]))
def test_that_a_row_decided_away_equals_the_table_without_it(place, role):
    odd = ["示例公司", "", "化工", 1, 1, "是", "机器学习", "试点", "10%"]
    rows = [HEADER, *FIRMS[:place], odd, *FIRMS[place:]]
    guidance = decided((DecisionKind.ROW, "", str(place + 2), role.value))
    same_answers(only(read(sheet_of(rows), guidance=guidance)))


@settings(max_examples=40, deadline=None)
@given(hidden=st.sets(st.integers(1, len(FIRMS)), max_size=len(FIRMS) - 1))
def test_that_leaving_hidden_rows_equals_the_sheet_without_them_and_keeping_them_the_sheet_unhidden(hidden):
    sheet = sheet_of([HEADER, *FIRMS], hidden_rows=tuple((row, row) for row in sorted(hidden)))
    kept, left = (only(read(sheet, guidance=decided((DecisionKind.HIDDEN, "", "rows", said)))) for said in ("keep", "leave"))
    same_answers(kept)
    same_answers(left, only(read(sheet_of([HEADER, *(firm for row, firm in enumerate(FIRMS, 1) if row not in hidden)]))))
    assert not kept.questions and not left.questions


def test_that_what_is_put_aside_is_no_matter_of_reading():
    guidance = replace(decided(), aside=(RowKey("ab" * 32, "Sheet1", 2),))
    same_answers(only(read(sheet_of([HEADER, *FIRMS]), guidance=guidance)))
