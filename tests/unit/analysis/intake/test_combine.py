from dataclasses import replace

import pandas as pd
import pytest

from app.analysis.intake import assign_wave, combine, intake_workbook
from app.analysis.intake.combine import STUDY_LEVEL
from app.domain.decisions import Guidance, RowKey
from app.domain.instrument import Instrument, ItemType
from app.domain.responses import FIRM_COLUMNS, PLACE_COLUMNS
from tests.unit.analysis.intake.making import CODES, FIRMS, HEADER, INSTRUMENT, TAXONOMY, answers, sheet_of, together, workbook_of


def part(rows, wave="2025", name="表.xlsx", sha256="ab" * 32, header=HEADER, instrument=INSTRUMENT):
    intake = intake_workbook(workbook_of(sheet_of([header, *rows]), name=name, sha256=sha256), instrument, TAXONOMY)
    return assign_wave(intake.sheets[0].responses, wave)


def changed(firm, **columns):
    return [
        columns.get(name, value)
        for name, value in zip(["name", "code", "industry", "staff", "revenue", "a", "t", "l", "p"], firm, strict=True)
    ]


def test_that_the_frames_are_as_the_contract_says():
    whole, _ = together(part(FIRMS), part(FIRMS, "2026"))
    assert tuple(whole.firms.columns) == FIRM_COLUMNS and tuple(whole.places.columns) == PLACE_COLUMNS
    index = pd.RangeIndex(6)
    assert all(frame.index.equals(index) for frame in (whole.values, whole.originals, whole.firms, whole.places))
    kinds = {ItemType.COUNT: "float64", ItemType.MONEY: "float64", ItemType.PERCENT: "float64", ItemType.TEXT: "str"}
    for item in INSTRUMENT.items:
        assert str(whole.values[item.code].dtype) == kinds.get(
            item.type, "str" if item.type in ("code", "industry") else "category"
        )
        assert str(whole.originals[item.code].dtype) == "category"
    assert whole.firms["counted"].dtype == bool and whole.firms["code_valid"].dtype == bool


def test_that_every_answer_knows_its_cell_after_joining():
    whole, _ = together(part(FIRMS[:1], name="一.xlsx"), part(FIRMS[1:], name="二.xlsx", header=HEADER))
    assert str(whole.cell(0, "N6")) == "一.xlsx · Sheet1 · E2"
    assert str(whole.cell(2, "N1")) == "二.xlsx · Sheet1 · A3"
    assert whole.cell(0, "R3") is None


def test_that_originals_keep_the_text_as_received():
    whole, _ = together(part(FIRMS))
    assert whole.originals["R2"].tolist()[:2] == ["35%", "三成"] and whole.originals["R2"].isna().tolist() == [False, False, True]


def test_that_one_code_is_one_firm_through_waves_though_the_name_changed():
    whole, found = together(part(FIRMS), part([changed(FIRMS[0], name="甲化工集团有限公司")], "2026"))
    assert whole.firms["firm"].tolist()[0] == whole.firms["firm"].tolist()[3] == CODES[0]
    assert whole.firms["counted"].all() and not found


def test_that_a_wrong_code_does_not_part_a_firm_from_its_name():
    wrong = changed(FIRMS[0], code="91350100M000100Y44", name="甲化工有限责任公司 ")
    whole, _ = together(part(FIRMS), part([wrong], "2026"))
    assert whole.firms["firm"].tolist()[3] == CODES[0]


def test_that_a_firm_that_answers_twice_counts_once_and_both_places_are_named():
    whole, (finding,) = together(part(FIRMS, name="一.xlsx"), part([FIRMS[1]], name="二.xlsx"))
    assert whole.firms["counted"].tolist() == [True, True, True, False]
    assert finding.code == "firm.repeat" and str(finding.place) == "二.xlsx · Sheet1 · A2"
    assert dict(finding.params)["counts"] == "一.xlsx · Sheet1 · A3"


def test_that_one_code_under_two_names_in_a_wave_is_told():
    _, found = together(part([*FIRMS, changed(FIRMS[0], name="丁机械有限公司")]))
    assert [finding.code for finding in found] == ["firm.repeat", "code.shared"]


def test_that_two_firms_of_one_name_with_two_codes_stay_two():
    twin = changed(FIRMS[0], code=CODES[1])
    whole, found = together(part([FIRMS[0], twin]))
    assert whole.firms["firm"].nunique() == 2 and not found


def test_that_firm_ids_do_not_change_when_a_code_comes_to_light_later():
    first, _ = together(part([changed(FIRMS[0], code="")]))
    later, _ = together(part(FIRMS, "2026"), earlier=first)
    assert later.firms["firm"].tolist()[0] == first.firms["firm"].tolist()[0] == later.firms["firm"].tolist()[1]


def test_that_combining_again_changes_nothing_and_repeats_no_finding():
    whole, _ = together(part([*FIRMS, FIRMS[0]]))
    again, found = combine([], whole)
    assert again.firms.equals(whole.firms) and not found


def test_that_earlier_responses_found_out_to_be_of_one_firm_are_told_once():
    uncoded, renamed = changed(FIRMS[0], code=""), changed(FIRMS[0], name="甲化工集团有限公司")
    first, found = together(part([uncoded, renamed], name="一.xlsx"))
    assert first.firms["counted"].all() and not found
    both, found = together(part([FIRMS[0]], "2026"), earlier=first)
    assert both.firms["counted"].tolist() == [True, False, True]
    assert [(finding.code, str(finding.place)) for finding in found] == [("firm.repeat", "一.xlsx · Sheet1 · A3")]
    assert not combine([], both)[1]


def test_that_combining_in_steps_equals_combining_at_once():
    a, b, c = part(FIRMS), part(FIRMS[:2], "2026"), part(FIRMS[1:], "2026", sha256="cd" * 32)
    once, _ = together(a, b, c)
    first, _ = together(a)
    second, _ = together(b, earlier=first)
    third, _ = together(c, earlier=second)
    assert third.firms.astype(object).equals(once.firms.astype(object)) and third.places.equals(once.places)
    assert [answers(third, code) for code in ("T1", "L1", "N6")] == [answers(once, code) for code in ("T1", "L1", "N6")]


def test_that_nameless_surveys_have_a_firm_a_row_and_no_repeats():
    nameless = Instrument("n", "1", INSTRUMENT.words, "test", INSTRUMENT.items[4:])
    rows = [firm[3:] for firm in (*FIRMS, FIRMS[0])]
    whole, found = together(part(rows, header=HEADER[3:], instrument=nameless))
    assert whole.firms["firm"].nunique() == 4 and whole.firms["counted"].all() and not found


def row_key(responses, position):
    block = responses.blocks[int(responses.places["block"].iat[position])]
    return RowKey(block.source, block.sheet, int(responses.places["row"].iat[position]))


def test_that_a_response_put_aside_never_counts_and_the_next_of_its_firm_does():
    parts = part(FIRMS, name="一.xlsx"), part([FIRMS[1]], name="二.xlsx", sha256="cd" * 32)
    whole, _ = combine(parts, None)
    aside = Guidance(aside=(row_key(whole, 1),))
    again, found = combine(parts, None, aside)
    assert again.firms["counted"].tolist() == [True, False, True, True]
    assert [(finding.code, str(finding.place)) for finding in found] == [("firm.aside", "一.xlsx · Sheet1 · A3")]


def test_that_with_all_of_a_firms_responses_aside_none_counts():
    parts = part(FIRMS), part([FIRMS[1]], sha256="cd" * 32)
    whole, _ = combine(parts, None)
    again, found = combine(parts, None, Guidance(aside=(row_key(whole, 1), row_key(whole, 3))))
    assert again.firms["counted"].tolist() == [True, False, True, False]
    assert [finding.code for finding in found] == ["firm.aside", "firm.aside"]


def test_that_the_order_of_sources_decides_which_response_counts():
    one, other = part(FIRMS, name="一.xlsx"), part([FIRMS[1]], name="二.xlsx", sha256="cd" * 32)
    assert combine((one, other), None)[0].firms["counted"].tolist() == [True, True, True, False]
    assert combine((other, one), None)[0].firms["counted"].tolist() == [True, True, False, True]


def test_that_the_right_code_of_a_firm_is_offered_where_it_stands_wrong():
    wrong = changed(FIRMS[0], code="91350100M000100Y44")
    _, found = together(part([wrong], name="一.xlsx"), part(FIRMS, "2026", name="二.xlsx"))
    (offer,) = [finding for finding in found if finding.code == "code.known"]
    assert str(offer.place) == "一.xlsx · Sheet1 · B2" and offer.value == "91350100M000100Y44"
    assert dict(offer.params) == {"meant": CODES[0], "known": "二.xlsx · Sheet1 · B2"}


def test_that_every_finding_of_the_whole_table_is_declared_as_such(resources):
    assert set(resources.finding_kinds) >= STUDY_LEVEL
    wrong = changed(FIRMS[0], code="91350100M000100Y44")
    parts = part([*FIRMS, FIRMS[1], changed(FIRMS[2], name="另一家商行")]), part([wrong], "2026", sha256="cd" * 32)
    _, found = combine(parts, None, Guidance(aside=(RowKey("cd" * 32, "Sheet1", 2),)))
    assert {finding.code for finding in found} == {"firm.repeat", "code.shared", "firm.aside", "code.known"} <= STUDY_LEVEL


def test_that_inexact_numbers_keep_their_responses():
    parts = [
        part([changed(FIRMS[0], staff="约350人"), changed(FIRMS[1], staff="约25人")]),
        part([changed(FIRMS[2], staff="约6人")], "2026"),
    ]
    whole, _ = together(*parts)
    assert whole.qualifiers["position"].tolist() == [0, 1, 2] and set(whole.qualifiers["item"]) == {"N5"}


def test_that_nothing_cannot_be_combined():
    with pytest.raises(ValueError, match="nothing"):
        combine([], None)


def unanswered(firm):
    return [*firm[:3], *[""] * (len(HEADER) - 3)]


def test_that_a_firm_that_came_filled_in_and_answers_nothing_is_told_and_not_counted():
    whole, found = combine([part([FIRMS[0], unanswered(FIRMS[1])])], None, instrument=INSTRUMENT)
    assert whole.firms["counted"].tolist() == [True, False]
    assert [(each.code, each.place.a1, each.value) for each in found] == [("firm.silent", "A3", "乙制药有限公司")]
    assert "firm.silent" in STUDY_LEVEL


def test_that_a_line_without_answers_does_not_stand_for_the_answers_of_its_firm_elsewhere():
    blank = part([unanswered(FIRMS[0])], name="一.xlsx", sha256="01" * 32)
    whole, found = combine([blank, part(FIRMS[:1], name="二.xlsx")], None, instrument=INSTRUMENT)
    assert whole.firms["counted"].tolist() == [False, True] and [each.code for each in found] == ["firm.silent"]


def test_that_a_mark_or_a_correction_is_an_answer():
    marked = [*unanswered(FIRMS[0])[:3], "/", *[""] * (len(HEADER) - 4)]
    whole, _ = combine([part([marked])], None, instrument=INSTRUMENT)
    assert whole.firms["counted"].tolist() == [True]
    blank = part([unanswered(FIRMS[0])])
    put_in = replace(blank, values=blank.values.assign(N5=[12.0]))
    assert combine([put_in], None, instrument=INSTRUMENT)[0].firms["counted"].tolist() == [True]


def test_that_a_silent_line_put_aside_is_told_once():
    key = RowKey("ab" * 32, "Sheet1", 2)
    _, found = combine([part([unanswered(FIRMS[0])])], None, Guidance(aside=(key,)), instrument=INSTRUMENT)
    assert [each.code for each in found] == ["firm.aside"]
