"""Answers that do not go together, each found at its cell and nowhere else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.intake.columns import blank_originals, blank_values, categorical, frame, text_array
from app.analysis.intake.rules import check_rows, check_study, study_level, unit_questions
from app.domain.condition import Condition
from app.domain.findings import Severity
from app.domain.instrument import ItemType, Role
from app.domain.responses import Block, Responses
from app.domain.rules import Rule, RuleKind
from app.domain.words import Words
from tests.unit.analysis.intake.making import INSTRUMENT, item, only, option, read, sheet_of

SAID = Words("标题", "title")
COLUMNS = {item.code: place for place, item in enumerate(INSTRUMENT.items, 1)}
MULTI = {"机器学习": "ml", "图像识别、其他": "cv|other"}


def rule(kind, **fields):
    return Rule("r", RuleKind(kind), Severity.WARNING, SAID, SAID, SAID, "test", **fields)


def answer(item, *includes, at_least=None):
    return Condition("answer", item, includes, at_least)


def value_of(item, values):
    if item.type in (ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT):
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if item.type in (ItemType.TEXT, ItemType.CODE, ItemType.INDUSTRY):
        return text_array(np.array(values, dtype=object))
    codes, labels = pd.factorize(np.array(values, dtype=object))
    return categorical(codes.astype(np.int32), tuple(labels))


def originals_of(values):
    codes, labels = pd.factorize(np.array([None if value is None else f"{value}" for value in values], dtype=object))
    return categorical(codes.astype(np.int32), tuple(labels))


def table(block=None, **columns):
    """Responses of firms one under another from row 2, all of wave 2026 unless `wave` says otherwise."""
    rows = len(next(iter(columns.values())))
    wave, sector = columns.pop("wave", ["2026"] * rows), columns.pop("sector", ["C"] * rows)
    firm = columns.pop("firm", [f"f{number}" for number in range(rows)])
    blocks = np.array(block or [0] * rows, dtype=np.int32)
    values = {i.code: value_of(i, columns[i.code]) if i.code in columns else blank_values(i, rows) for i in INSTRUMENT.items}
    originals = {i.code: originals_of(columns[i.code]) if i.code in columns else blank_originals(rows) for i in INSTRUMENT.items}
    firms = {"firm": firm, "name": [f"公司{name}" for name in firm], "sector": sector, "wave": wave, "counted": [True] * rows}
    cells = {code: (0, COLUMNS[code]) for code in columns}
    headings = {"N6": "年营收（万元）"}
    made = tuple(Block(f"s{b}", f"表{b}.xlsx", "表", "", cells, {}, headings) for b in range(int(blocks.max()) + 1))
    places = frame({"block": blocks, "row": np.arange(2, rows + 2, dtype=np.int32)}, rows)
    return Responses(frame(values, rows), frame(originals, rows), pd.DataFrame(firms), places, made)


def told(findings):
    return [(finding.code, finding.place.a1, finding.value) for finding in findings]


def test_that_a_comparison_is_broken_by_more_and_not_by_a_blank():
    responses = table(N5=[10, 10, 10, None], R3=[11, 10, None, 5])
    few = rule("compare", left=("R3",), right=("N5",))
    (finding,) = check_rows(responses, INSTRUMENT, [few])
    assert told([finding]) == [("rule.r", "L2", "11")]
    assert dict(finding.params) == {"used": "11", "limit": "10"}


def test_that_a_comparison_adds_up_its_sides_and_points_at_a_filled_cell():
    both = rule("compare", left=("A2", "R3"), right=("N5",), factor=2.0)
    assert told(check_rows(table(N5=[10], A2=[None], R3=[21]), INSTRUMENT, [both])) == [("rule.r", "L2", "21")]
    assert not check_rows(table(N5=[10], A2=[9], R3=[11]), INSTRUMENT, [both])


@pytest.mark.parametrize(("relation", "broken"), [("<=", [3]), ("<", [2, 3]), (">=", [1]), (">", [1, 2]), ("==", [1, 3])])
def test_that_every_relation_breaks_where_it_should(relation, broken):
    responses = table(N5=[9, 9, 9], A2=[8, 9, 10])
    found = check_rows(responses, INSTRUMENT, [rule("compare", left=("A2",), right=("N5",), relation=relation)])
    assert [finding.place.row - 1 for finding in found] == broken


def test_that_an_inexact_number_and_one_out_of_range_break_no_comparison():
    few = rule("compare", left=("A2",), right=("N5",))
    responses = table(N5=[10, -4], A2=[12, 5])
    about = frame(
        {"position": np.array([0], np.int32), "item": pd.Categorical(["A2"]), "qualifier": pd.Categorical(["about"])}, 1
    )
    assert len(check_rows(responses, INSTRUMENT, [few])) == 1
    assert not check_rows(replace(responses, qualifiers=about), INSTRUMENT, [few])


def test_that_logic_is_broken_only_where_both_sides_are_known():
    counted = rule("logic", given=answer("A2", at_least=1), must=answer("A1", "yes"))
    responses = table(A1=["no", "yes", None, "planned", "no"], A2=[3, 3, 3, 1, 0])
    found = check_rows(responses, INSTRUMENT, [counted])
    assert told(found) == [("rule.r", "G2", "no"), ("rule.r", "G5", "planned")]
    assert dict(found[0].params)["other"] == "3"


def test_that_a_rule_shows_the_cell_it_names_first():
    counted = rule("logic", left=("A2",), given=answer("A2", at_least=1), must=answer("A1", "yes"))
    assert told(check_rows(table(A1=["no"], A2=[3]), INSTRUMENT, [counted])) == [("rule.r", "H2", "3")]


def test_that_more_people_than_employed_is_told_once_whether_or_not_a_rule_says_so():
    responses = table(N5=[10], R3=[30])
    assert told(check_rows(responses, INSTRUMENT)) == [("rule.broken", "L2", "30")]
    own = rule("compare", left=("R3",), right=("N5",))
    assert told(check_rows(responses, INSTRUMENT, [own])) == [("rule.r", "L2", "30")]


def test_that_a_rule_for_another_instrument_or_item_is_left_alone():
    responses = table(N5=[10], R3=[30])
    other = replace(rule("compare", left=("R3",), right=("N5",)), instrument="another")
    unknown = rule("compare", left=("ZZ",), right=("N5",))
    assert told(check_rows(responses, INSTRUMENT, [other, unknown])) == [("rule.broken", "L2", "30")]


def test_that_straight_lining_needs_one_answer_to_all_and_its_condition():
    line = rule("same", left=("A1", "T1", "L1"), at_least=3, given=answer("A1", "yes"))
    responses = table(A1=["yes", "yes", "no", "yes"], T1=["yes", "ml", "no", None], L1=["yes", "yes", "no", "yes"])
    (finding,) = check_study(responses, INSTRUMENT, [line], ["2026"])
    assert finding.place.row == 2 and dict(finding.params) == {"count": "3"}


def copied(at_least=2, bits=3.0):
    return rule("copied", at_least=at_least, params={"bits": bits})


def test_that_two_firms_with_one_set_of_answers_are_named_at_each_other():
    responses = table(N5=[7, 9, 7, 8], A1=["yes", "no", "yes", "no"], R3=[3, 1, 3, 2])
    found = check_study(responses, INSTRUMENT, [copied()], ["2026"])
    assert [(finding.place.row, dict(finding.params)["other"]) for finding in found] == [(2, "公司f2"), (4, "公司f0")]


def test_that_the_same_firm_another_wave_and_common_answers_are_no_copies():
    assert not check_study(table(N5=[7, 7], R3=[3, 3], firm=["f", "f"]), INSTRUMENT, [copied()], ["2026"])
    waves = table(N5=[7, 7], R3=[3, 3], wave=["2025", "2026"])
    assert not check_study(waves, INSTRUMENT, [copied(bits=0)], ["2025", "2026"])
    everybody = table(A1=["no"] * 30, L1=["L0"] * 30)
    assert not check_study(everybody, INSTRUMENT, [copied()], ["2026"])
    blanks = table(N5=[7, 7], R3=[3, None])
    assert not check_study(blanks, INSTRUMENT, [copied(bits=0)], ["2026"])


def test_that_a_jump_is_told_against_the_firms_last_number():
    leap = rule("jump", left=("N5",), factor=10, at_least=50)
    responses = table(
        N5=[10, 200, 10, 90, 3, 60, 20, None],
        firm=["a", "a", "b", "b", "c", "c", "d", "d"],
        wave=["2025", "2026"] * 4,
    )
    found = check_study(responses, INSTRUMENT, [leap], ["2025", "2026"])
    assert [(finding.place.row, dict(finding.params)["before"]) for finding in found] == [(3, "10"), (7, "3")]
    assert dict(found[0].params)["wave"] == "2025"


def test_that_money_that_slipped_is_no_jump_besides():
    leap = rule("jump", left=("N6",), factor=50, at_least=1000)
    firms = [f"f{number}" for number in range(10)]
    responses = table(
        N5=[10] * 20, N6=[500.0] * 10 + [5_000_000.0] + [500.0] * 9, firm=firms * 2, wave=["2025"] * 10 + ["2026"] * 10
    )
    assert not check_study(responses, INSTRUMENT, [leap], ["2025", "2026"])
    assert told(check_rows(responses, INSTRUMENT)) == [("money.slip", "F12", "5000000.0")]


def test_that_a_firm_is_held_against_its_sector_where_that_has_enough_firms():
    a_head = [30.0] * 9 + [11_000.0] * 9 + [9_900.0]
    sector = ["C"] * 9 + ["J"] * 9
    trade = table(N5=[1] * 19, N6=a_head, sector=[*sector, "J"])
    industry = table(N5=[1] * 19, N6=a_head, sector=[*sector, "C"])
    rows = lambda found: {finding.place.row for finding in found}  # noqa: E731
    assert 20 not in rows(check_rows(trade, INSTRUMENT))
    assert 20 in rows(check_rows(industry, INSTRUMENT))


def slipped(times):
    """Three sheets of eight firms, the last of which wrote its revenue in another unit."""
    revenue = [400.0, 900.0, 250.0, 600.0, 1200.0, 330.0, 800.0, 500.0]
    block = [0] * 8 + [1] * 8 + [2] * 8
    return table(block=block, N5=[10] * 24, N6=revenue * 2 + [value * times for value in revenue])


@pytest.mark.parametrize(("times", "likely"), [(1e4, "元"), (1e-4, "亿元")])
def test_that_a_sheet_in_another_unit_is_one_finding_and_one_question(times, likely):
    responses = slipped(times)
    (finding,) = check_study(responses, INSTRUMENT, [], ["2026"])
    assert (finding.code, finding.place.source, finding.place.a1) == ("money.column_slip", "表2.xlsx", "F")
    assert dict(finding.params)["likely"] == likely and dict(finding.params)["count"] == "8"
    (question,) = unit_questions(responses, INSTRUMENT)
    assert (question.kind.value, question.scope, question.subject) == ("unit", "s2/表", "年营收（万元）")
    assert question.choices[0] == likely and question.assumed == "万元" and question.answers == 8


def test_that_a_sheet_of_the_same_unit_raises_no_question():
    assert not unit_questions(slipped(1.0), INSTRUMENT) and not check_study(slipped(20.0), INSTRUMENT, [], ["2026"])


def test_that_half_a_sheet_in_another_unit_is_told_firm_by_firm():
    revenue = [value * (1e4 if place % 2 else 1) for place, value in enumerate([400.0, 900.0, 250.0, 600.0, 1200.0, 330.0] * 2)]
    half = table(N5=[1] * 12, N6=revenue)
    assert {finding.code for finding in check_rows(half, INSTRUMENT)} == {"money.slip"}
    assert not check_study(half, INSTRUMENT, [], ["2026"])


def test_that_what_no_sheet_can_tell_alone_the_study_tells_by_a_code_of_its_own():
    block = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    scattered = table(block=block, N5=[10] * 10, N6=[400.0, 900.0, 250.0, 600.0, 1200.0, 330.0, 800.0, 0.05, 700.0, 500.0])
    assert told(check_study(scattered, INSTRUMENT, [], ["2026"])) == [("money.slip_sector", "F9", "0.05")]


def test_that_the_codes_of_the_whole_table_are_known_beforehand():
    codes = study_level([copied(), rule("compare", left=("R3",), right=("N5",))])
    assert codes == {"money.column_slip", "money.slip_sector", "rule.r"}


def test_that_a_lone_sheet_beyond_all_measure_is_one_finding():
    revenue = [value * 1e4 for value in (4000.0, 9000.0, 2500.0, 6000.0, 12000.0, 3300.0)]
    alone = table(N5=[1] * 6, N6=revenue)
    assert not check_rows(alone, INSTRUMENT)
    assert [finding.code for finding in check_study(alone, INSTRUMENT, [], ["2026"])] == ["money.column_slip"]


def test_that_a_declared_size_is_held_against_the_computed_one():
    sizes = tuple(
        option(code, word) for code, word in (("large", "大型"), ("medium", "中型"), ("small", "小型"), ("micro", "微型"))
    )
    instrument = replace(INSTRUMENT, items=(*INSTRUMENT.items, item("Z1", ItemType.SINGLE, "企业规模", Role.SIZE, sizes)))
    rows = [["甲公司", "26", 350, 2500, "中型"], ["乙公司", "26", 350, 2500, "小型"], ["丙公司", "26", "", 2500, "小型"]]
    header = ["企业名称", "所属行业", "从业人员", "营业收入（万元）", "企业规模"]
    (found,) = [f for f in only(read(sheet_of([header, *rows]), instrument=instrument)).findings if f.code == "size.differs"]
    assert (found.place.a1, found.value, dict(found.params)) == ("E3", "小型", {"computed": "中型"})
