"""What a corrected form changes: nothing more and nothing less, whatever the order of its rows."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.intake import assign_wave, combine, intake_workbook
from app.analysis.intake.revise import find_corrected, revise
from app.domain.decisions import RowKey
from app.domain.revision import Revision, RowChange
from tests.unit.analysis.intake.making import CODES, FIRMS, HEADER, INSTRUMENT, TAXONOMY, sheet_of, workbook_of
from tests.unit.analysis.intake.test_credit_code import code_of

OLD, NEW = "aa" * 32, "bb" * 32


def form(rows, sha256=OLD, header=HEADER, name="表.xlsx", wave="2026", sheet="Sheet1", title=()):
    intake = intake_workbook(
        workbook_of(sheet_of([*title, header, *rows], name=sheet), name=name, sha256=sha256), INSTRUMENT, TAXONOMY
    )
    return assign_wave(intake.sheets[0].responses, wave)


def edited(firm, **columns):
    names = ["name", "code", "industry", "staff", "revenue", "agents", "technologies", "level", "training"]
    return [columns.get(name, value) for name, value in zip(names, firm, strict=True)]


def cells(row):
    return {cell.item: (cell.old_text, cell.new_text, cell.old_value, cell.new_value) for cell in row.cells}


def changes(old_rows, new_rows):
    return revise(form(old_rows), form(new_rows, NEW, name="更正.xlsx"), INSTRUMENT)


def test_that_one_changed_answer_is_told_with_both_texts_values_and_cells():
    found = changes(FIRMS, [FIRMS[0], edited(FIRMS[1], revenue=450), FIRMS[2]])
    (row,) = found.rows
    assert (row.kind, row.firm, str(row.place), found.unchanged) == (RowChange.CHANGED, FIRMS[1][0], "更正.xlsx · Sheet1 · A3", 2)
    (cell,) = row.cells
    assert (cell.item, cell.old_text, cell.new_text, cell.old_value, cell.new_value) == ("N6", "400", "450", 400.0, 450.0)
    assert (str(cell.old_place), str(cell.new_place)) == ("表.xlsx · Sheet1 · E3", "更正.xlsx · Sheet1 · E3")
    assert (row.old, row.new) == (RowKey(OLD, "Sheet1", 3), RowKey(NEW, "Sheet1", 3))


def test_that_an_answer_taken_out_and_one_put_in_are_changes():
    (row,) = changes(FIRMS, [edited(FIRMS[0], agents="", training=""), *FIRMS[1:]]).rows
    assert cells(row) == {"A1": ("是", "", "yes", None), "R2": ("35%", "", 0.35, None)}
    (row,) = changes([FIRMS[0], FIRMS[1], edited(FIRMS[2], agents="")], [FIRMS[0], FIRMS[1], edited(FIRMS[2], agents="否")]).rows
    assert cells(row) == {"A1": ("", "否", None, "no")}


def test_that_the_same_text_read_in_another_unit_is_a_change():
    header = [text.replace("万元", "元") for text in HEADER]
    found = revise(form(FIRMS), form(FIRMS, NEW, header=header), INSTRUMENT)
    assert next(cells(row)["N6"] for row in found.rows) == ("2500", "2500", 2500.0, 0.25)
    assert all(set(cells(row)) == {"N6"} for row in found.rows) and len(found.rows) == 3


def test_that_new_and_vanished_rows_hold_all_their_answers():
    found = changes(FIRMS[:2], FIRMS[1:])
    new, vanished = found.rows
    assert (new.kind, new.firm, new.old) == (RowChange.NEW, FIRMS[2][0], None)
    assert (vanished.kind, vanished.firm, vanished.new, str(vanished.place)) == (
        RowChange.VANISHED,
        FIRMS[0][0],
        None,
        "表.xlsx · Sheet1 · A2",
    )
    assert cells(new)["N6"] == ("", "1200", None, 1200.0) and "A1" not in cells(new)
    assert cells(vanished)["N6"] == ("2500", "", 2500.0, None) and found.unchanged == 1
    assert found.of(RowChange.NEW) == (new,) and found


@pytest.mark.parametrize(
    "put_right",
    [
        {"code": "91350100M000100Y44"},
        {"name": "甲化工集团有限公司"},
        {"name": "甲化工有限责任公司"},
        {"code": ""},
    ],
)
def test_that_a_firm_whose_code_or_name_was_put_right_is_the_same_row(put_right):
    found = changes([edited(FIRMS[0], **put_right), *FIRMS[1:]], FIRMS)
    assert [row.kind for row in found.rows] == [RowChange.CHANGED] and len(found.rows[0].cells) == 1


def test_that_a_code_put_right_at_a_name_that_changed_too_is_told_by_its_place():
    wrong = edited(FIRMS[0], code="91350100M000100Y44", name="甲化有限公司")
    assert [row.kind for row in changes([wrong, *FIRMS[1:]], FIRMS).rows] == [RowChange.CHANGED]


def test_that_another_firm_in_the_place_of_one_is_not_that_one():
    other = ["丁机械有限公司", "", "汽车制造业", 80, 990, "否", "流程自动化", "集成应用", "5%"]
    assert [row.kind for row in changes(FIRMS, [other, *FIRMS[1:]]).rows] == [RowChange.NEW, RowChange.VANISHED]


def test_that_a_row_repeated_in_the_new_form_is_new():
    assert [row.kind for row in changes(FIRMS, [*FIRMS, FIRMS[0]]).rows] == [RowChange.NEW]


def test_that_surveys_without_names_are_compared_by_content_and_place():
    header = HEADER[3:]
    rows = [firm[3:] for firm in FIRMS]
    changed = [rows[0], [26, *rows[1][1:]], rows[2]]
    found = revise(form(rows, header=header), form(changed[::-1], NEW, header=header), INSTRUMENT)
    assert found.unchanged == 2 and [(row.kind, row.new.row) for row in found.rows] == [(RowChange.CHANGED, 3)]


answers = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["甲有限公司", "乙有限责任公司", "丙厂", ""]),
        "code": st.sampled_from([*CODES, "", "9135010"]),
        "staff": st.sampled_from(["", 5, 60, "约60", "很多"]),
        "revenue": st.sampled_from(["", 100, "2000万", "/"]),
        "agents": st.sampled_from(["", "是", "否", "计划中"]),
        "technologies": st.sampled_from(["", "无", "机器学习、图像识别"]),
        "level": st.sampled_from(["", "试点", "单点应用"]),
    }
)
rows = st.lists(answers.map(lambda given: edited(FIRMS[0], **given)), min_size=1, max_size=6)


def content(responses):
    """The rows of a form as a bag: (text, value) of each item."""
    return Counter(
        tuple(
            (item.code, text, value)
            for item in INSTRUMENT.items
            for text, value in [pair(responses, position, item.code)]
            if text or value is not None
        )
        for position in range(len(responses))
    )


def pair(responses, position, item):
    text, value = responses.originals[item].iat[position], responses.values[item].iat[position]
    return (text if isinstance(text, str) else ""), (None if value != value else value)


def applied(old, found: Revision):
    """What `old` holds once the changes are made."""
    gone = {row.old for row in found.rows if row.old is not None}
    block = old.blocks[0]
    at = {RowKey(block.source, block.sheet, int(row)): position for position, row in enumerate(old.places["row"])}
    kept = replace(
        old,
        **{
            name: getattr(old, name).iloc[[at[key] for key in at if key not in gone]]
            for name in ("values", "originals", "firms", "places")
        },
    )
    bag = content(kept)
    for row in found.rows:
        if row.kind is RowChange.VANISHED:
            continue
        held = {item.code: pair(old, at[row.old], item.code) for item in INSTRUMENT.items} if row.old else {}
        held |= {cell.item: (cell.new_text, cell.new_value) for cell in row.cells}
        order = [(item.code, *held.get(item.code, ("", None))) for item in INSTRUMENT.items]
        bag[tuple(entry for entry in order if entry[1] or entry[2] is not None)] += 1
    return bag


@settings(max_examples=60, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_that_a_form_in_another_order_changes_nothing(some, chance):
    old, shuffled = form(some), form(chance.sample(some, len(some)), NEW)
    assert revise(old, old, INSTRUMENT) == revise(old, shuffled, INSTRUMENT) == Revision((), len(old))


@settings(max_examples=80, deadline=None)
@given(rows, rows)
def test_that_the_changes_made_to_the_old_form_give_the_new_one(before, after):
    old, new = form(before), form(after, NEW)
    found = revise(old, new, INSTRUMENT)
    assert applied(old, found) == content(new)
    of = {kind: len(found.of(kind)) for kind in RowChange}
    assert of[RowChange.CHANGED] + of[RowChange.NEW] + found.unchanged == len(new)
    assert of[RowChange.CHANGED] + of[RowChange.VANISHED] + found.unchanged == len(old)


def study(*forms):
    return combine(forms, None)[0]


def many(start, stop):
    return [[f"{number}号机械有限公司", code_of("91", "320508", f"{number:08d}"), *FIRMS[0][2:]] for number in range(start, stop)]


def test_that_a_form_puts_right_the_one_of_its_wave_that_holds_most_of_its_firms():
    earlier = study(form(many(0, 9), "11" * 32), form(many(9, 20), "22" * 32), form(many(0, 9), "33" * 32, wave="2025"))
    assert find_corrected(form(many(2, 8), NEW), "2026", earlier) == "11" * 32
    assert find_corrected(form(many(5, 20), NEW), "2026", earlier) == "22" * 32
    assert find_corrected(form(many(20, 30), NEW), "2026", earlier) == ""
    assert find_corrected(form(many(2, 8), NEW), "2027", earlier) == ""


@pytest.mark.parametrize(("known", "answer"), [(5, "11" * 32), (4, "")])
def test_that_half_of_a_forms_firms_must_be_known(known, answer):
    earlier = study(form(many(0, 9), "11" * 32))
    assert find_corrected(form(many(9 - known, 19 - known), NEW), "2026", earlier) == answer


def test_that_of_several_forms_of_the_same_firms_the_last_is_put_right():
    earlier = study(form(many(0, 9), "11" * 32), form(many(0, 9), "22" * 32))
    assert find_corrected(form(many(0, 9), NEW), "2026", earlier) == "22" * 32


def test_that_a_form_of_other_questions_puts_nothing_right():
    earlier = study(form([row[:5] for row in many(0, 9)], "11" * 32, header=HEADER[:5]))
    assert find_corrected(form(many(0, 9), NEW), "2026", earlier) == ""


def test_that_nothing_is_put_right_where_nothing_was_and_no_form_puts_itself_right():
    assert find_corrected(form(FIRMS), "2026", None) == ""
    assert find_corrected(form(FIRMS), "2026", study(form(FIRMS))) == ""
