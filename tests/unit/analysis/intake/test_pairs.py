"""The queue of firms that may be one: what is asked, what never is, and what it costs."""

import random
import time

import pytest

from app.analysis.intake.combine import combine
from app.analysis.intake.pairs import firm_pairs
from app.domain.decisions import Decision, DecisionKind, Guidance
from tests.unit.analysis.intake.firm_tables import table
from tests.unit.analysis.intake.making import CODES
from tests.unit.analysis.intake.test_credit_code import code_of

A, B, C = CODES
NOBODY = Guidance()  # nobody decided anything


@pytest.fixture
def queue(resources):
    def asked(*parts, guidance=NOBODY):
        whole, _ = combine(parts, None, guidance, resources.names)
        return firm_pairs(whole, guidance, resources.names)

    return asked


def reasons(questions):
    return [dict(question.params)["reason"].removeprefix("firm.reason.") for question in questions]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("晨禾科技有限公司", A, "甲镇"), ("大地农业有限公司", A[:9] + "1" + A[10:], "乙镇"), "code_near"),
        (("晨禾科技有限公司", A, "甲镇"), ("大地农业有限公司", A[:11] + A[12] + A[11] + A[13:], "乙镇"), "code_near"),
        (("晨禾科技有限公司", A, "甲镇"), ("大地农业有限公司", A[:5] + A[6:], "乙镇"), "code_near"),
        (("晨禾科技有限公司", A, "甲镇"), ("大地农业有限公司", A[:14], "乙镇"), "code_part"),
        (("晨禾科技有限公司", "913501000000100499", "甲镇"), ("大地农业有限公司", "913501000000100000", "乙镇"), "code_part"),
        (("晨禾科技有限公司", A, "甲镇"), ("晨禾科技有限公司", B, "甲镇"), "name_codes"),
        (("晨禾科技有限公司", A, "甲镇"), ("晨禾科技有限公司", B, "乙镇"), "name_codes"),
        (("晨禾科技有限公司", A, "甲镇"), ("晨禾科技有限公司", "", "乙镇"), "name_towns"),
        (("晨禾科技有限公司", A, "甲镇"), ("江苏省苏州市晨禾科技有限公司", "", "甲镇"), "name_place"),
        (("晨禾（苏州）科技有限公司", A, "甲镇"), ("晨禾科技有限公司", "", "甲镇"), "name_place"),
        (("晨禾科技有限公司", A, "甲镇"), ("晨禾科技股份有限公司", "", "甲镇"), "name_form"),
        (("晨禾科技有限公司", A, "甲镇"), ("晨禾科技", "", "甲镇"), "name_form"),
        (("晨禾商贸有限公司", A, "甲镇"), ("晨禾商帽有限公司", "", "甲镇"), "name_slip"),
        (("晨禾农业科技有限公司", A, "甲镇"), ("晨禾农业有限公司", "", "甲镇"), "name_short"),
    ],
)
def test_that_two_firms_that_may_be_one_are_asked_about_with_the_reason(one, other, reason, queue):
    (question,) = queue(table([one, other]))
    assert reasons([question]) == [reason]
    assert (question.kind, question.scope, question.choices, question.assumed) == (
        DecisionKind.FIRM,
        "",
        ("same", "different"),
        "different",
    )
    assert {place.row for place in question.places} == {2, 3} and question.answers == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("晨禾科技有限公司", A, "甲镇"), ("晨禾科技有限公司苏州分公司", "", "甲镇")),
        (("晨禾科技有限公司苏州分公司", A, "甲镇"), ("晨禾科技有限公司常熟分公司", "", "甲镇")),
        (("晨禾化工厂", A, "甲镇"), ("晨禾化工厂第二分厂", "", "甲镇")),
        (("苏州晨禾科技有限公司", A, "甲镇"), ("无锡晨禾科技有限公司", "", "甲镇")),
        (("晨禾商贸有限公司", A, "甲镇"), ("晨砚商贸有限公司", "", "甲镇")),
        (("晨禾第一加油站", A, "甲镇"), ("晨禾第二加油站", "", "甲镇")),
        (("晨禾东城幼儿园", A, "甲镇"), ("晨禾西城幼儿园", "", "甲镇")),
        (("晨禾果蔬专业合作社", A, "甲镇"), ("晨禾果蔬有限公司", "", "甲镇")),
        (("江苏晨禾科技有限公司", A, "甲镇"), ("晨禾科技有限公司", B, "甲镇")),
        (("便民小吃店", A, "甲镇"), ("便民小吃店", B, "乙镇")),
        (("晨禾科技有限公司", A, "甲镇"), ("大地农业有限公司", B, "甲镇")),
        (("", "", "甲镇"), ("", "", "甲镇")),
    ],
)
def test_that_firms_told_apart_by_branch_place_brand_number_form_or_code_are_not_asked_about(one, other, queue):
    assert queue(table([one, other])) == ()


def test_that_a_question_tells_both_firms_by_name_code_and_township(queue):
    (question,) = queue(table([("晨禾科技有限公司", A, "甲镇"), ("苏州晨禾科技有限公司", A[:14], "甲镇")]))
    told = dict(question.params)
    assert question.subject == f"{A}|苏州晨禾科技有限公司@甲镇"
    assert [told[key] for key in ("name", "code", "town")] == ["晨禾科技有限公司", A, "甲镇"]
    assert [told[key] for key in ("other", "other_code", "other_town")] == ["苏州晨禾科技有限公司", A[:14], "甲镇"]
    assert [str(place) for place in question.places] == ["2025.xlsx · 名单 · B2", "2025.xlsx · 名单 · B3"]
    assert 0.9 < float(told["score"]) < 1


def test_that_a_name_many_firms_share_asks_nothing(queue):
    towns = [f"{letter}镇" for letter in "甲乙丙丁戊己庚"]
    assert queue(table([("晨禾科技有限公司", "", town) for town in towns])) == ()
    assert len(queue(table([("晨禾科技有限公司", "", town) for town in towns[:3]]))) == 3


@pytest.mark.parametrize("answer", ["same", "different"])
def test_that_what_is_decided_is_not_asked_again(answer, queue):
    rows = table([("晨禾科技有限公司", A, "甲镇"), ("苏州晨禾科技有限公司", "", "甲镇")])
    (question,) = queue(rows)
    assert queue(rows, guidance=Guidance((Decision(DecisionKind.FIRM, "", question.subject, answer),))) == ()


def test_that_a_decision_by_name_is_not_asked_again_when_the_code_is_known(queue):
    part = table([("晨禾科技有限公司", "", "甲镇"), ("苏州晨禾科技有限公司", "", "甲镇")])
    (question,) = queue(part)
    guidance = Guidance((Decision(DecisionKind.FIRM, "", question.subject, "different"),))
    coded = table([("晨禾科技有限公司", A, "甲镇")], "2026", sha256="cd" * 32)
    assert len(queue(part, coded)) == 1 and queue(part, coded, guidance=guidance) == ()


def test_that_a_same_answer_makes_the_two_one_firm(resources, queue):
    rows = table([("晨禾科技有限公司", A, "甲镇"), ("苏州晨禾科技有限公司", "", "甲镇")])
    (question,) = queue(rows)
    whole, _ = combine([rows], None, Guidance((Decision(DecisionKind.FIRM, "", question.subject, "same"),)), resources.names)
    assert whole.firms["firm"].tolist() == [A, A]


def test_that_the_likeliest_pair_comes_first_and_the_order_of_rows_does_not_matter(queue):
    rows = [
        ("晨禾农业科技有限公司", A, "甲镇"),
        ("晨禾农业有限公司", "", "甲镇"),
        ("大地建材厂", B, "甲镇"),
        ("大地建材厂", "", "乙镇"),
    ]
    questions = queue(table(rows))
    assert reasons(questions) == ["name_towns", "name_short"]
    again = queue(table(rows[::-1]))
    assert [(each.id, each.params) for each in questions] == [(each.id, each.params) for each in again]


def test_that_every_reason_is_worded(resources):
    import inspect

    from app.analysis.intake import pair_codes, pair_names

    code = inspect.getsource(pair_codes) + inspect.getsource(pair_names)
    used = {key for key in resources.words if key.startswith("firm.reason.")}
    assert used and {word for word in code.replace('"', " ").split() if word.startswith("firm.reason.")} == used


def test_that_a_queue_over_twenty_thousand_firms_takes_a_second(resources):
    chance = random.Random(7)
    brands = chance.sample(
        [
            a + b + c
            for a in "晨禾岚砚澄松鹤枫芷汀屏筠霁沐栖渔墨锦瑞恒"
            for b in "源盛泰隆腾捷畅诚通邦诺维蓝川林岳峰原田辰阳"
            for c in "升兴利顺康宁益旺友信德润安远凌华海金"
        ],
        5000,
    )
    trades = ["商贸", "科技", "机械", "食品加工"]
    rows = [
        (f"澄砚县{brand}{trade}有限公司", code_of("91", "990136", f"{chance.randrange(10**8):08d}"), f"{chance.randrange(20)}镇")
        for brand in brands
        for trade in trades
    ]
    spoiled = [(name.replace("澄砚县", ""), "", town) for name, _, town in rows[::50]]
    whole, _ = combine([table(rows), table(spoiled, "2026", sha256="cd" * 32)], None, Guidance(), resources.names)
    start = time.perf_counter()
    questions = firm_pairs(whole, Guidance(), resources.names)
    assert time.perf_counter() - start < 4  # 0.5 s alone; the limit leaves room for a busy machine
    assert len(questions) == len(spoiled) and set(reasons(questions)) == {"name_place"}
