"""Which responses are of one firm, and what people's decisions change about it."""

import pytest

from app.analysis.intake.combine import combine
from app.analysis.intake.identity import subject_of
from app.domain.decisions import Decision, DecisionKind, Guidance
from tests.unit.analysis.intake.firm_tables import table
from tests.unit.analysis.intake.making import CODES

A, B, C = CODES
NOBODY = Guidance()  # nobody decided anything


def decided(*answers):
    return Guidance(tuple(Decision(DecisionKind.FIRM, "", subject_of(*pair), answer) for *pair, answer in answers))


def ids(rows, guidance=NOBODY, earlier=None, names=None, wave="2025"):
    parts = [table(rows, wave)]
    whole, _ = combine(parts, earlier, guidance) if names is None else combine(parts, earlier, guidance, names)
    return whole.firms["firm"].tolist()


def test_that_two_firms_decided_to_be_the_same_have_one_id_and_count_once():
    rows = [("晨禾科技有限公司", A, "甲镇"), ("苏州晨禾科技有限公司", "", "甲镇"), ("岚砚商贸有限公司", B, "甲镇")]
    same = decided((A, "苏州晨禾科技有限公司@甲镇", "same"))
    whole, found = combine([table(rows)], None, same)
    assert ids(rows) == [A, "苏州晨禾科技有限公司@甲镇", B]
    assert whole.firms["firm"].tolist() == [A, A, B] and whole.firms["counted"].tolist() == [True, False, True]
    assert [finding.code for finding in found] == ["firm.repeat"]


def test_that_a_decision_taken_back_parts_the_firms_again():
    rows = [("晨禾科技有限公司", A, "甲镇"), ("苏州晨禾科技有限公司", "", "甲镇")]
    same = decided((A, "苏州晨禾科技有限公司@甲镇", "same"))
    whole, _ = combine([table(rows)], None, same)
    again, _ = combine([], whole)
    assert again.firms["firm"].tolist() == [A, "苏州晨禾科技有限公司@甲镇"] and again.firms["counted"].all()


def test_that_decisions_join_in_chains_and_in_any_order():
    rows = [("晨禾科技有限公司", A), ("晨禾有限公司", B), ("晨禾农业有限公司", C)]
    chain = [(A, B, "same"), (B, C, "same")]
    assert ids(rows, decided(*chain)) == ids(rows, decided(*chain[::-1])) == [A, A, A]


def test_that_a_decision_about_firms_no_longer_here_changes_nothing():
    rows = [("晨禾科技有限公司", A), ("岚砚商贸有限公司", B)]
    assert ids(rows, decided((A, "早已不在@某镇", "same"), ("无一在", "也不在", "same"), (A, A, "same"))) == [A, B]


def test_that_a_decision_by_name_still_holds_when_the_firms_code_comes_to_light():
    same = decided(("晨禾科技有限公司@甲镇", "苏州晨禾科技有限公司@甲镇", "same"))
    rows = [("晨禾科技有限公司", "", "甲镇"), ("苏州晨禾科技有限公司", "", "甲镇"), ("晨禾科技有限公司", A, "甲镇")]
    assert ids(rows[:2], same) == ["晨禾科技有限公司@甲镇"] * 2
    assert ids(rows, same) == [A, A, A]


def test_that_a_name_decided_to_be_another_firm_leaves_the_code_it_gave():
    rows = [("晨禾科技有限公司", A, "甲镇"), ("岚砚商贸有限公司", A, "甲镇")]
    assert ids(rows) == [A, A]
    assert ids(rows, decided((A, "岚砚商贸有限公司@甲镇", "different"))) == [A, "岚砚商贸有限公司@甲镇"]


def test_that_a_response_without_a_code_can_be_parted_from_the_code_of_its_name():
    rows = [("晨禾科技有限公司", A, "甲镇"), ("晨禾科技有限公司", "", "甲镇")]
    assert ids(rows) == [A, A]
    assert ids(rows, decided((A, "晨禾科技有限公司@甲镇", "different"))) == [A, "晨禾科技有限公司@甲镇"]


def test_that_no_two_firms_share_an_id_after_a_split_of_what_was_one_before():
    first, _ = combine([table([("晨禾科技有限公司", A, "甲镇"), ("晨禾科技有限公司", "", "甲镇")])], None)
    assert first.firms["firm"].tolist() == [A, A]
    both = ids([("晨禾科技有限公司", B, "甲镇")], earlier=first, wave="2026")
    assert both == [A, "晨禾科技有限公司@甲镇", B]


def test_that_traditional_characters_brackets_and_a_blank_township_do_not_part_a_firm():
    rows = [("晨禾（苏州）農業有限責任公司", "", "甲镇"), ("晨禾(苏州)农业有限公司", "", "")]
    assert len(set(ids(rows))) == 1


@pytest.mark.parametrize("branch", ["晨禾科技有限公司苏州分公司", "晨禾科技有限公司第二工厂", "晨禾科技有限公司营业部"])
def test_that_a_branch_under_its_owners_code_is_a_firm_of_its_own(branch, resources):
    rows = [("晨禾科技有限公司", A, "甲镇"), (branch, A, "甲镇")]
    whole, found = combine([table(rows)], None, Guidance(), resources.names)
    assert whole.firms["firm"].nunique() == 2 and whole.firms["counted"].all()
    assert [(finding.code, str(finding.place)) for finding in found] == [("code.branch", "2025.xlsx · 名单 · B3")]


def test_that_a_name_that_grew_a_branch_between_waves_stays_one_firm(resources):
    first, _ = combine([table([("晨禾科技有限公司", A)])], None, Guidance(), resources.names)
    assert ids([("晨禾科技有限公司苏州分公司", A)], earlier=first, names=resources.names, wave="2026") == [A, A]


def test_that_ids_never_hold_the_bar_between_two_keys():
    rows = [("", "", ""), ("晨|禾", "", "甲|镇")]
    whole, _ = combine([table(rows, sheet="一|二")], None)
    assert not any("|" in firm for firm in whole.firms["firm"])
