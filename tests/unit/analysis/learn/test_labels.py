"""Which firm a label means and which level a firm gets from its assessors: nothing is guessed, nothing is lost without a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.learn.labels import LABEL_FINDINGS, level_of, matched_labels, place_of
from app.domain.findings import CellReference
from app.domain.judgement import Confirmation, Judgements, Label, Override, Ruling
from tests.unit.analysis.small_study import RUBRIC, responses, shuffled
from tests.unit.workflows.county import credit_code

CODES = [credit_code(number) for number in range(1, 7)]
NAMES = ["东河一厂有限公司", "东河二厂有限责任公司", "城关机械厂", "城关机械厂", "西河（造纸）公司", "甲"]
TOWNS = ["东河镇", "东河镇", "东河镇", "西河镇", "西河镇", "西河镇"]


def study(**firms):
    plain = {"name": NAMES, "code": CODES, "firm": CODES, "township": TOWNS}
    return responses({"use": ["yes"] * len(firms.get("name", NAMES))}, **{**plain, **firms})


def label(name="", level="L2", who="张三", when="2026-07-01", wave="2026", code="", **more):
    return Label(wave, code, name, level, who, when, **more)


def match(*labels, given=None, wave="2026", **more):
    return matched_labels(Judgements(labels=labels, **more), given or study(), wave)


def codes_of(matched):
    return Counter(finding.code for finding in matched.findings)


def test_that_a_firm_is_found_by_its_code_whatever_the_name():
    found = match(label("东河一厂", code=f" {CODES[0].lower()}"))
    assert found.by_position == {0: "L2"}
    assert not found.findings


def test_that_a_code_with_another_firms_name_is_told_and_the_code_counts():
    found = match(label("城关机械厂", code=CODES[0]))
    assert found.by_position == {0: "L2"}
    assert codes_of(found) == {"label.name_differs": 1}


@pytest.mark.parametrize(
    "name", ["东河二厂有限公司", "東河二厰有限公司".replace("厰", "廠"), "东河二厂 有限责任公司", "西河(造纸)公司"]
)
def test_that_a_name_is_compared_as_firm_names_are(name):
    assert len(match(label(name)).positions) == 1


def test_that_a_shared_name_needs_its_township():
    alone = match(label("城关机械厂"))
    assert codes_of(alone) == {"label.ambiguous_name": 1}
    assert not len(alone.positions)
    assert match(label("城关机械厂@西河镇")).by_position == {3: "L2"}


def test_that_a_wrong_code_falls_back_on_the_name():
    assert match(label("甲", code=CODES[0][:-1] + "?")).by_position == {5: "L2"}


def test_that_an_unknown_firm_and_an_unknown_level_are_told():
    found = match(label("没有这家"), label("甲", level="三级"))
    assert codes_of(found) == {"label.unknown_firm": 1, "label.unknown_level": 1}
    assert (found.summary.labels, found.summary.unknown, found.summary.firms) == (2, 1, 0)


def test_that_a_firm_that_answered_in_another_wave_alone_is_told_with_that_wave():
    given = study(wave=["2025"] + ["2026"] * 5)
    (finding,) = match(label(code=CODES[0]), given=given).findings
    assert finding.code == "label.other_wave"
    assert dict(finding.params)["other"] == "2025"


def test_that_labels_of_another_wave_do_not_count_in_this_one():
    given = responses({"use": ["yes"] * 2}, name=["甲", "甲"], code=[CODES[0]] * 2, firm=[CODES[0]] * 2, wave=["2025", "2026"])
    both = (label("甲", "L1", wave="2025"), label("甲", "L3", wave="2026"))
    assert match(*both, given=given, wave="2025").by_position == {0: "L1"}
    assert match(*both, given=given, wave="2026").by_position == {1: "L3"}


def test_that_a_response_that_does_not_count_is_no_firm():
    given = study(counted=[False] + [True] * 5)
    assert codes_of(match(label(code=CODES[0]), given=given)) == {"label.other_wave": 1}


def test_that_two_who_agree_teach_and_two_who_differ_wait():
    found = match(label("甲"), label("甲", who="李四"), label(code=CODES[0]), label(code=CODES[0], level="L3", who="李四"))
    assert found.by_position == {5: "L2"}
    assert found.summary.agreement.queue == ((CODES[0], NAMES[0], "L2|L3"),)
    assert (found.summary.firms, found.summary.assessors) == (2, 2)
    assert codes_of(found) == {"label.disagree": 1}


def test_that_the_last_ruling_settles_what_assessors_did_not():
    two = (label("甲"), label("甲", level="L4", who="李四"))
    rulings = tuple(Ruling("2026", "", "甲", level, "王五", "2026-07-09", "复核") for level in ("L2", "L3"))
    found = match(*two, rulings=rulings)
    assert found.by_position == {5: "L3"}
    assert found.summary.agreement.queue == ()
    assert not found.findings


def test_that_of_several_labels_by_one_assessor_the_latest_counts_and_the_others_are_told():
    found = match(label("甲", "L3", when="2026-07-05"), label("甲", "L1"), label("甲", "L1", who=" 张三 "))
    assert found.by_position == {5: "L3"}
    assert codes_of(found) == {"label.repeated": 2}
    assert found.summary.agreement is None


def test_that_a_label_of_nobody_does_not_count_and_one_without_a_day_does():
    found = match(label("甲", who=" "), label(code=CODES[0], when=""))
    assert found.by_position == {0: "L2"}
    assert codes_of(found) == {"label.no_assessor": 1, "label.no_date": 1}


def test_that_a_firm_without_name_and_code_is_found_by_the_id_it_has():
    given = study(name=[""] * 6, code=[""] * 6, code_valid=[False] * 6, firm=[f"abc/表/{row}" for row in range(6)])
    assert match(label("abc/表/4"), given=given).by_position == {4: "L2"}


def test_that_overrides_and_confirmations_are_matched_and_teach_nothing():
    overrides = tuple(Override("2026", CODES[0], "", level, "王五", "2026-07-09", "实地") for level in ("L1", "L2"))
    confirmations = (Confirmation("2026", "", "没有", True, "王五", "2026-07-09", "实地"),)
    found = match(overrides=overrides, confirmations=confirmations)
    assert [(at, each.level) for at, each in found.overrides] == [(0, "L2")]
    assert not found.confirmations
    assert not len(found.positions)
    assert codes_of(found) == {"label.unknown_firm": 1}


def test_that_a_branch_under_its_owners_code_is_told_from_it_by_name():
    given = study(
        code=[CODES[0]] * 2 + CODES[2:],
        firm=[CODES[0], f"{CODES[0]}/苏州分公司", *CODES[2:]],
        name=["东河一厂有限公司", "东河一厂有限公司苏州分公司", *NAMES[2:]],
    )
    assert match(label("东河一厂有限公司苏州分公司", code=CODES[0]), given=given).by_position == {1: "L2"}
    assert codes_of(match(label(code=CODES[0]), given=given)) == {"label.ambiguous_name": 1}


def test_that_a_label_leads_back_to_its_cell():
    for place in (CellReference("名单.xlsx", "表 · 1", 7, 28), CellReference("a.csv", "", 7, 3), CellReference("a.csv", "s", 7)):
        read = place_of(label(place=str(place)))
        assert (read.row, read.column) == (place.row, place.column)
        assert str(read) == str(place)
    assert place_of(label()) == CellReference("2026")


def test_that_levels_are_known_by_code_or_name_and_never_by_a_bare_number():
    level = RUBRIC.levels[2]
    rubric = replace(
        RUBRIC, levels=(*RUBRIC.levels[:2], replace(level, words=replace(level.words, zh="单点应用", en="Single uses")))
    )
    for text in ("L2", "l2 ", "Ｌ２", "单点应用", "single uses", "L2 单点应用"):
        assert level_of(text, rubric) == "L2"
    for text in ("2", "二级", "三级", "L9", ""):
        assert level_of(text, rubric) == ""


LABELS = st.lists(
    st.builds(
        label,
        name=st.sampled_from([*NAMES, "没有这家", ""]),
        code=st.sampled_from([*CODES, "", "坏"]),
        level=st.sampled_from(["L0", "L2", "三级"]),
        who=st.sampled_from(["张三", "李四", ""]),
        when=st.sampled_from(["2026-07-01", "2026-07-02", ""]),
    ),
    max_size=12,
)


@given(LABELS, st.integers(0, 9))
def test_that_rows_in_another_order_give_the_same_levels(labels, seed):
    given = study()
    turned = shuffled(given, seed)
    one, other = match(*labels, given=given), match(*labels, given=turned)
    firms = [
        {table.firms["firm"].iat[at]: level for at, level in found.by_position.items()}
        for table, found in ((given, one), (turned, other))
    ]
    assert firms[0] == firms[1]
    assert one.summary == replace(other.summary, agreement=one.summary.agreement)
    assert codes_of(one) == codes_of(other)
    assert set(codes_of(one)) <= set(LABEL_FINDINGS)


@given(LABELS)
def test_that_no_label_is_lost_without_a_word(labels):
    found = match(*labels)
    values = {finding.value for finding in found.findings}
    told = {at for at, one in zip(found.whose.tolist(), found.labels, strict=True) if (one.name or one.code) in values}
    for at, one in zip(found.whose.tolist(), found.labels, strict=True):
        taught = at >= 0 and found.by_position.get(at) == one.level
        assert taught or (one.name or one.code) in values or (at >= 0 and at in told), one


def test_that_every_finding_is_worded(resources):
    assert set(LABEL_FINDINGS) <= set(resources.finding_kinds)
    assert all(resources.finding_kinds[code].severity is severity for code, severity in LABEL_FINDINGS.items())
