"""Who has answered and who has not, by township, sector and size."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intake.combine import combine
from app.analysis.intake.coverage import register_codes, response_table
from app.domain.decisions import Decision, DecisionKind, Guidance, RowKey
from app.domain.register import REGISTER_COLUMNS, Register
from tests.unit.analysis.intake.firm_tables import table
from tests.unit.analysis.intake.making import CODES

A, B, C = CODES
NAMES = ("晨禾科技有限公司", "岚砚商贸有限公司", "大地农业有限公司", "恒力五金厂")
LISTED = [
    (NAMES[0], A, "C", "small", "甲镇"),
    (NAMES[1], B, "F", "micro", "甲镇"),
    (NAMES[2], "", "", "", "乙镇"),
    (NAMES[3], C, "C", "", ""),
]


def register_of_rows(rows):
    frame = pd.DataFrame(rows, columns=["name", "code", "sector", "size", "township"])
    frame = frame.assign(firm=[f"f{n}" for n in range(len(rows))], division="", row=np.arange(2, len(rows) + 2), sheet="名录")
    return Register("名录.xlsx", "ee" * 32, "名录", frame[list(REGISTER_COLUMNS)])


REGISTER = register_of_rows(LISTED)


def covered(rows, wave="2025", guidance=None, register=REGISTER, earlier=()):
    whole, _ = combine([*earlier, table(rows, "2025")], None, guidance or Guidance())
    return response_table(register, whole, wave)


def test_that_firms_are_found_by_code_then_by_name_and_township():
    found = covered(
        [("别的名字", A, "丙镇"), (NAMES[1], "", "甲镇"), ("大地農業有限责任公司", "", "乙镇"), ("外来有限公司", "", "甲镇")]
    )
    assert (found.registered, found.responded, found.rate) == (4, 3, 0.75)
    assert found.absent["name"].tolist() == [NAMES[3]]
    assert found.unlisted[["name", "position"]].to_numpy().tolist() == [["外来有限公司", 3]]


def test_that_counts_stand_by_township_sector_and_size_as_the_register_has_them():
    found = covered([(NAMES[0], A, "甲镇"), (NAMES[2], "", "乙镇")])
    assert found.cells.to_numpy().tolist() == [
        ["甲镇", "C", "small", 1, 1],
        ["甲镇", "F", "micro", 1, 0],
        ["乙镇", "", "", 1, 1],
        ["", "C", "", 1, 0],
    ]
    assert found.by("township").to_numpy().tolist() == [["甲镇", 2, 1, 0.5], ["乙镇", 1, 1, 1.0], ["", 1, 0, 0.0]]
    assert dict(found.unknown) == {"township": 1, "sector": 1, "size": 2}


def test_that_a_name_of_another_township_counts_where_both_sides_have_it_once():
    assert covered([(NAMES[2], "", "甲镇")]).responded == 1
    assert covered([(NAMES[2], "", "甲镇"), (NAMES[2], "", "丙镇")]).responded == 0
    assert covered([(NAMES[1], C, "丙镇")]).absent["name"].tolist() == [NAMES[0], NAMES[1], NAMES[2]]


def test_that_only_the_wave_asked_for_counts_and_only_what_counts_in_it():
    rows = [(NAMES[0], A, "甲镇"), (NAMES[1], B, "甲镇")]
    assert covered(rows, wave="2026").responded == 0
    aside = Guidance(aside=(RowKey("ab" * 32, "名单", 3),))
    assert covered(rows, guidance=aside).absent["name"].tolist() == list(NAMES[1:])


def test_that_a_firm_known_by_its_code_in_another_wave_is_found_by_the_name_it_has_now():
    first = table([("改了名的有限公司", A, "甲镇")], "2024", sha256="cd" * 32)
    assert covered([("改了名的有限公司", "", "甲镇")], earlier=(first,)).responded == 1


def test_that_firms_decided_to_be_one_answer_for_each_other():
    rows = [("晨禾技术有限公司", "", "甲镇"), (NAMES[0], A, "甲镇")]
    same = Guidance((Decision(DecisionKind.FIRM, "", f"{A}|晨禾技术有限公司@甲镇", "same"),))
    assert len(covered(rows).unlisted) == 1 and covered(rows, guidance=same).unlisted.empty


def test_that_without_responses_all_are_absent():
    found = response_table(REGISTER, None, "2025")
    assert (found.responded, len(found.absent), len(found.unlisted)) == (0, 4, 0)


def test_that_an_empty_register_has_no_rate():
    found = covered([(NAMES[0], A, "甲镇")], register=register_of_rows([]))
    assert found.rate is None and len(found.unlisted) == 1


@given(st.lists(st.sampled_from(range(4)), max_size=8), st.permutations(range(4)))
def test_that_who_answered_does_not_depend_on_any_order_and_the_counts_add_up(answered, order):
    rows = [(name, code, town) for name, code, _, _, town in (LISTED[place] for place in answered)]
    found = covered(rows, register=register_of_rows([LISTED[place] for place in order]))
    assert found.responded == len(set(answered)) and found.unlisted.empty
    assert set(found.absent["name"]) == {NAMES[place] for place in set(range(4)) - set(answered)}
    assert found.cells["registered"].sum() == 4 and found.cells["responded"].sum() == found.responded
    assert found.by("sector")["registered"].sum() == 4


def test_that_the_registers_code_is_offered_where_a_firm_gives_a_wrong_one(resources):
    whole, _ = combine([table([(NAMES[0], A[:12], "甲镇"), (NAMES[2], "91", "乙镇"), (NAMES[1], B, "甲镇")])], None)
    (offer,) = register_codes(REGISTER, whole)
    assert (offer.code, str(offer.place), offer.value) == ("code.known", "2025.xlsx · 名单 · B2", A[:12])
    assert dict(offer.params) == {"meant": A, "known": "名录.xlsx · 名录 · 2"}


@pytest.mark.parametrize("group", ["township", "sector", "size"])
def test_that_firms_without_a_group_are_counted_apart_and_left_in_no_other(group):
    found = covered([(NAMES[0], A, "甲镇")])
    totals = found.by(group).set_index(group)["registered"]
    assert totals.get("", 0) == found.unknown[group] and totals.sum() == 4
