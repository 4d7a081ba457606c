"""Whole documents beside each other: paragraphs, tables, charts, and whose change a number is."""

from __future__ import annotations

from app.analysis.verify import Reading, verify
from app.domain.claims import Verdict
from app.domain.document import Document, Entry, Grid, GridKind, Line
from app.domain.seals import seals_of

LINES = ("甲县企业占41%（36–46%）。", "收到答卷2,145家，回收率92%。", "第三段说明目标为2027年超过70%。")


def document(*items, kind="docx"):
    return Document(kind, items)


def lines(*texts):
    return document(*(Line(text, f"zh_B{at}") for at, text in enumerate(texts)))


def table(*rows, kind=GridKind.TABLE, name="zh_B9"):
    return Grid(kind, tuple(tuple(cell if isinstance(cell, Entry) else Entry(cell) for cell in row) for row in rows), name)


def percent(value):
    return Entry(repr(value), value, 1, True)


TABLE = table(("行业", "企业数", "L2及以上"), ("制造业", "120", "41%"), ("批发业", "80", "30%"), ("金融业", "11", "‡"))


def wrong(expected, found, reading=Reading()):  # noqa: B008 - a frozen value
    return [each for each in verify(expected, found, reading) if each.verdict is not Verdict.SAME]


def told(expected, found):
    return [(each.verdict.value, each.id, each.found, each.expected) for each in wrong(expected, found)]


def test_that_paragraphs_may_move():
    assert told(lines(*LINES), lines(*reversed(LINES))) == []


def test_that_a_paragraph_may_be_split_and_two_be_joined():
    one, two = LINES[0].split("（")
    assert told(lines(*LINES), document(Line(one), Line(f"（{two}"), *map(Line, LINES[1:]))) == []
    assert told(lines(*LINES), document(Line(LINES[0] + LINES[1]), Line(LINES[2]))) == []


def test_that_a_changed_number_bears_the_identifier_of_its_block_and_place():
    assert told(lines(*LINES), lines(LINES[0], LINES[1].replace("92%", "97%"), LINES[2])) == [("changed", "B1.2", "97%", "92%")]


def test_that_numbers_of_titles_and_notes_are_told_apart():
    expected = document(Line("表1 占41%", "zh_B4_T"), Line("样本2,145家", "zh_B4_N"))
    found = document(Line("表1 占47%", "zh_B4_T"), Line("样本2,146家", "zh_B4_N"))
    assert [each[1] for each in told(expected, found)] == ["B4.T2", "B4.N1"]


def test_that_a_deleted_paragraph_loses_each_of_its_numbers():
    assert told(lines(*LINES), lines(LINES[0], LINES[2])) == [("changed", "B1.1", "", "2,145"), ("changed", "B1.2", "", "92%")]


def test_that_an_added_number_is_unknown():
    assert told(lines(*LINES), document(*map(Line, (*LINES, "另有318家试点。")))) == [("unknown", "", "318", "")]


def test_that_another_level_in_the_same_place_is_found():
    assert told(lines("达到L2及以上的占41%。"), lines("达到L3及以上的占41%。")) == [("changed", "B0", "L3", "L2")]


def test_that_a_number_where_the_study_hides_one_is_unknown():
    edited = table(*(TABLE.rows[:3]), ("金融业", "11", "92%"))
    assert told(document(TABLE), document(edited)) == [("unknown", "", "92%", "‡")]


def test_that_values_swapped_under_their_labels_are_found():
    edited = table(TABLE.rows[0], ("制造业", "120", "30%"), ("批发业", "80", "41%"), TABLE.rows[3])
    assert [each[2:] for each in told(document(TABLE), document(edited))] == [("30%", "41%"), ("41%", "30%")]


def test_that_rows_in_another_order_keep_their_numbers_and_are_told():
    edited = table(TABLE.rows[0], TABLE.rows[2], TABLE.rows[1], TABLE.rows[3])
    found = wrong(document(TABLE), document(edited))
    assert [each.id for each in found] in (["B9.R1"], ["B9.R2"])
    assert {found[0].found, found[0].expected} == {"1", "2"}


def test_that_a_table_may_gain_a_row_above_and_a_column_before():
    shifted = table(("",) * 4, *(("", *(cell.text for cell in row)) for row in TABLE.rows))
    assert told(document(TABLE), document(shifted)) == []


def test_that_a_column_more_with_numbers_is_unknown():
    edited = table(*((*(cell.text for cell in row), extra) for row, extra in zip(TABLE.rows, ("增减", "3", "", ""), strict=True)))
    assert told(document(TABLE), document(edited)) == [("unknown", "", "3", "")]


def test_that_a_stored_number_may_be_rounded_to_what_is_shown_and_no_further():
    sheet = lambda value: document(table(("行业", "占比"), ("制造业", percent(value)), kind=GridKind.SHEET))  # noqa: E731
    assert told(sheet(0.40823), sheet(0.408)) == []
    assert told(sheet(0.40823), sheet(0.4083)) == [("changed", "B9.1", "0.4083", "0.40823")]
    assert told(sheet(0.40823), sheet(0.41))[0][2:] == ("41.0%", "40.8%")


def test_that_a_stored_number_may_become_text_of_the_same_value():
    sheet = document(table(("行业", "占比"), ("制造业", percent(0.40823)), kind=GridKind.SHEET))
    text = lambda value: document(table(("行业", "占比"), ("制造业", value), kind=GridKind.SHEET))  # noqa: E731
    assert told(sheet, text("40.8%")) == []
    assert told(sheet, text("48.0%")) == [("changed", "B9.1", "48.0%", "40.8%")]


def test_that_points_of_a_chart_are_named_by_series_and_place():
    chart = lambda value: document(table(("", "占比"), ("甲", percent(0.4)), ("乙", percent(value)), kind=GridKind.CHART))  # noqa: E731
    assert told(chart(0.3), chart(0.35)) == [("changed", "B9.C1.2", "35.0%", "30.0%")]


def test_that_a_lost_workbook_behind_a_chart_is_no_change_but_a_lost_chart_is():
    chart = table(("", "占比"), ("甲", percent(0.4)), kind=GridKind.CHART)
    book = table(("", "占比"), ("甲", percent(0.4)), kind=GridKind.BOOK)
    assert told(document(chart, book), document(chart)) == []
    assert told(document(chart, book), document(book)) == [("changed", "B9.C1.1", "", "40.0%")]


def test_that_error_bars_a_program_drops_are_no_change():
    chart = table(("", "占比", "占比 plus"), ("甲", percent(0.4), percent(0.05)), kind=GridKind.CHART)
    bare = table(("", "占比"), ("甲", percent(0.4)), kind=GridKind.CHART)
    assert told(document(chart), document(bare)) == []


def test_that_the_change_is_the_documents_while_the_study_stands():
    found = wrong(lines(*LINES), lines(LINES[0].replace("41%", "47%"), *LINES[1:]))
    assert [each.cause for each in found] == ["document"]


def test_that_a_line_as_it_was_written_shows_that_the_study_moved_on():
    made = lines(*LINES)
    now = lines(LINES[0].replace("41%", "43%"), LINES[1].replace("92%", "93%"), LINES[2])
    came = lines(LINES[0], LINES[1].replace("92%", "97%"), LINES[2])
    found = wrong(now, came, Reading(frozenset(seals_of(made)), True))
    assert [(each.found, each.expected, each.cause) for each in found] == [
        ("41%", "43%", "study"),
        ("97%", "93%", "document"),
    ]


def test_that_an_empty_document_loses_every_number_without_failing():
    expected = document(*(Line(text) for text in LINES), TABLE)
    found = verify(expected, document(), Reading())
    assert {each.verdict for each in found} == {Verdict.CHANGED}
    assert verify(document(), document(), Reading()) == ()
