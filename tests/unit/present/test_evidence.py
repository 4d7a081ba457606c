"""From a number to its firms, from a firm to its cells."""

from __future__ import annotations

import pytest
import small_study

from app.domain.errors import UserError
from app.domain.findings import CellReference
from app.present.evidence import MOST_FIRMS, evidence, firm_detail
from app.present.figures import figure_ids, make_figure
from app.present.marks import EvidenceId, parse


def test_that_the_firms_of_the_numerator_make_the_share(small, small_resources, chinese):
    opened = evidence(small, small_resources, "share|2026|C|L2+", chinese)
    counts = dict(opened.counts)
    numerator = [firm for firm in opened.firms if firm.part == "分子"]
    assert len(numerator) == counts["分子（符合）"]
    assert counts["分母（可判断）"] == small.latest_assessment.sectors[2].n_level
    assert sum(counts.values()) - counts["分子（符合）"] == opened.total == 60
    assert all(firm.level in ("L2", "L3", "L4") for firm in numerator)
    assert opened.value == "57%（49–65%）"


def test_that_every_cell_of_every_figure_opens_on_the_number_it_shows(small, small_resources, chinese):
    for id_ in figure_ids(small):
        for row in make_figure(small, small_resources, id_, chinese).table.rows:
            for cell in row.cells:
                opened = evidence(small, small_resources, cell.evidence, chinese)
                if cell.value is not None:
                    shown = round(cell.value * (100 if cell.unit == "fraction" else 1))
                    said = " ".join(opened.notes) if cell.evidence.endswith("|document") else opened.value.split("（")[0]
                    assert str(shown) in said, (id_, row.key)


def test_that_a_capped_firm_says_which_gate_held_it(small, small_resources, chinese):
    opened = evidence(small, small_resources, "share|2026|*|L1", chinese)
    assert any("因门槛降级：没有在用的应用" in firm.answer for firm in opened.firms)


def test_that_pillar_firms_stand_from_the_lowest_score(small, small_resources, chinese):
    opened = evidence(small, small_resources, "pillar|2026|C|talent", chinese)
    scores = [int(firm.answer.removeprefix("“人才”").removesuffix("分")) for firm in opened.firms if firm.answer]
    assert scores == sorted(scores)
    assert dict(opened.counts)["未计入（空白或答题不足）"] == 60 - len(scores)


def test_that_a_blank_answer_is_not_counted_and_not_called_no(small, small_resources, chinese):
    opened = evidence(small, small_resources, "measure|kpi|2026|C", chinese)
    unknown = [firm for firm in opened.firms if firm.part == "未计入"]
    assert unknown
    assert all(firm.answer == "使用智能体：未填" for firm in unknown)


def test_that_a_goal_opens_with_document_reason_and_proxy(small, small_resources, chinese):
    opened = evidence(small, small_resources, "goal|national-2030", chinese)
    words = " ".join(opened.notes)
    assert all(part in words for part in ("国发〔2025〕11号", "以使用智能体的企业占比代替", "待与官方原文核对", "2030年超过90%"))


def test_that_a_goal_in_words_opens_with_why_nothing_can_be_told(small, small_resources, chinese):
    opened = evidence(small, small_resources, "goal|national-2035", chinese)
    assert opened.value == "无法判断"
    assert opened.firms == ()


def test_that_a_number_on_three_firms_says_it_is_not_published(small, small_resources, chinese):
    assert "企业不足5家，对外不公布" in evidence(small, small_resources, "share|2026|B|L2+", chinese).notes


def test_that_a_long_list_of_firms_is_cut_and_says_how_many_there_are(small_resources, chinese):
    study = small_study.study(waves=("2026",), sectors={"C": 260})
    opened = evidence(study, small_resources, "share|2026|*|L2+", chinese)
    assert len(opened.firms) == MOST_FIRMS
    assert opened.total == 260
    assert opened.firms_line == "共260家，列出前200家。"


@pytest.mark.parametrize(
    "mark",
    ["", "share", "share|2026|C", "share|2026|C|L9", "share|1999|C|L2+", "goal|none", "measure|kpi|1999|C", "pillar|2026|C|none"],
)
def test_that_an_unknown_mark_is_refused_in_words(small, small_resources, chinese, mark):
    with pytest.raises(UserError) as caught:
        evidence(small, small_resources, mark, chinese)
    assert mark in chinese(f"error.{caught.value.code}", **caught.value.params)


def test_that_a_mark_with_filters_reads_back():
    mark = str(EvidenceId("share", ("2026", "C", "L2+"), (("size", "small"), ("township", "城关镇"))))
    assert parse(mark).filters == (("size", "small"), ("township", "城关镇"))
    assert str(parse(mark)) == mark


def test_that_every_answer_of_a_firm_leads_to_its_cell(small, small_resources, chinese):
    position = 148
    detail = firm_detail(small, small_resources, position, chinese)
    assert detail.name == small.responses.firms["name"].iat[position]
    revenue = next(line for line in detail.answers if line.item == "revenue")
    assert revenue.place == CellReference("2026.xlsx", "调查表", 5, 4)
    assert revenue.place.a1 == "D5"
    assert revenue.original == str(small.responses.values["revenue"].iat[position])
    assert revenue.findings[0].message == "“2000万”按万元换算。"
    assert [line for line in detail.answers if line.findings] == [revenue]


def test_that_a_finding_about_a_whole_row_stands_with_its_firm(small, small_resources, chinese):
    with_finding = firm_detail(small, small_resources, 3, chinese)
    assert [finding.title for finding in with_finding.findings] == ["重复填报"]
    assert firm_detail(small, small_resources, 4, chinese).findings == ()


def test_that_a_position_outside_the_study_is_refused(small, small_resources, chinese):
    with pytest.raises(UserError):
        firm_detail(small, small_resources, 10_000, chinese)
