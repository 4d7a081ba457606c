"""A brief follows its template, and a brief of a part of the firms speaks of that part alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_study

from app.domain.brief import BriefPlan, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.errors import UserError
from app.domain.release import CellStatus
from app.present.brief import SECTIONS, make_brief, wanted_sections
from app.present.released_brief import release_brief

CREATED = "2026-07-01T09:00:00+08:00"


def headings(brief) -> list[str]:
    return [block.text for block in brief.blocks if isinstance(block, Heading) and block.level == 1]


def said(brief) -> str:
    return "\n".join(block.text for block in brief.blocks if isinstance(block, Heading | Paragraph))


def test_that_sections_left_out_leave_no_gap_in_the_numbers(small, small_resources, chinese):
    plan = BriefPlan(sections=("quality", "summary"))
    assert headings(make_brief(small, small_resources, chinese, CREATED, plan)) == ["一、总体结论", "二、数据质量"]


@pytest.mark.parametrize(("plan", "code"), [
    (BriefPlan(template="nonsense"), "brief.template"),
    (BriefPlan(sections=("summary", "poem")), "brief.section"),
    (BriefPlan(township="无此乡"), "brief.no_firms"),
    (BriefPlan(sector="Z"), "brief.no_firms"),
])  # fmt: skip
def test_that_a_plan_for_what_there_is_not_is_refused_by_name(small, small_resources, chinese, plan, code):
    with pytest.raises(UserError) as raised:
        make_brief(small, small_resources, chinese, CREATED, plan)
    assert raised.value.code == code
    assert chinese(f"error.{code}", **raised.value.params)


def test_that_every_section_of_every_template_is_known_and_named_in_both_languages(small_resources):
    annexes = {"evidence"}  # made of the blocks before it
    for template in small_resources.templates.values():
        assert set(template.sections) <= set(SECTIONS) | annexes | {"release"}
        for name in template.sections:
            assert f"brief.heading.{name}" in small_study.all_words()


def test_that_the_sections_off_in_a_template_stand_only_when_asked_for(small_resources):
    official = small_resources.templates["official"]
    assert "questions" not in wanted_sections(official, BriefPlan())
    assert wanted_sections(official, BriefPlan(sections=("questions",))) == ("questions",)


def test_that_a_sector_brief_puts_the_sector_beside_all_firms(small, small_resources, chinese):
    sector = next(iter(small_study.SECTORS))
    brief = make_brief(small, small_resources, chinese, CREATED, BriefPlan(sector=sector))
    table = next(block.table for block in brief.blocks if isinstance(block, TableBlock))
    assert [row.key for row in table.rows][1:] == [sector]
    assert sector in brief.title
    figures = [block.figure for block in brief.blocks if isinstance(block, FigureBlock)]
    assert {figure.chosen for figure in figures} == {sector}


def test_that_a_brief_of_a_part_gives_no_verdict_on_goals(small, small_resources, chinese):
    sector = next(iter(small_study.SECTORS))
    brief = make_brief(small, small_resources, chinese, CREATED, BriefPlan(sector=sector))
    grids = [block for block in brief.blocks if isinstance(block, GridBlock) and not block.annex]
    words = " ".join(text for grid in grids for row in grid.rows for text in row)
    assert not any(sign in words for sign in "●▲■")
    assert "不作是否达标的判断" in said(brief)


def test_that_the_firms_of_a_township_bear_its_name(small, small_resources, chinese):
    brief = make_brief(small, small_resources, chinese, CREATED, BriefPlan(township="城关镇"))
    tables = [block.table for block in brief.blocks if isinstance(block, TableBlock)]
    totals = {row.label for table in tables for row in table.rows if row.key == "*"}
    assert totals == {"城关镇全部企业"}
    assert "所选企业" not in said(brief)


def test_that_the_annex_of_a_part_gives_the_documents_of_the_goals_it_speaks_of_and_no_others(small, small_resources, chinese):
    plan = BriefPlan(sector=next(iter(small_study.SECTORS)))
    brief = make_brief(small, small_resources, chinese, CREATED, plan)
    grids = [block for block in brief.blocks if isinstance(block, GridBlock)]
    spoken = next({row[0].rstrip("*") for row in grid.rows} for grid in grids if not grid.annex)
    named = next(grid for grid in grids if grid.title == chinese("brief.evidence.goals"))
    assert {row[0].removesuffix(chinese("brief.evidence.verify_star")) for row in named.rows} <= spoken
    assert "全部企业的简报" in said(brief).split("附：数据依据")[1]


@pytest.mark.parametrize("plan", [BriefPlan(), BriefPlan(sector="C"), BriefPlan(sections=("goals", "quality"))])
def test_that_tables_are_numbered_without_a_gap(small, small_resources, chinese, plan):
    blocks = make_brief(small, small_resources, chinese, CREATED, plan).blocks
    titles = [block.title for block in blocks if isinstance(block, TableBlock | GridBlock)]
    numbers = [int(title[1]) for title in titles if title.startswith("表") and title[1].isdigit()]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))
    assert numbers == sorted(numbers)


def test_that_the_leaders_questions_stand_behind_the_numbered_sections(small, small_resources, chinese):
    found = headings(make_brief(small, small_resources, chinese, CREATED, BriefPlan(template="plain")))
    kinds = [text.startswith("附") for text in found]
    assert kinds == sorted(kinds)


def test_that_the_questions_answer_from_the_same_numbers_as_the_text(small, small_resources, chinese, english):
    plan = BriefPlan(template="questions")
    for texts in (chinese, english):
        brief = make_brief(small, small_resources, texts, CREATED, plan)
        body = make_brief(small, small_resources, texts, CREATED)
        asked = [block for block in brief.blocks if isinstance(block, Heading) and block.level == 2]
        assert len(asked) == 8
        level = next(block.text for block in body.blocks if isinstance(block, Paragraph) and "L3" in block.text)
        assert level in said(brief)


def test_that_questions_say_what_cannot_be_told_before_an_assessment(small, small_resources, chinese):
    brief = make_brief(
        replace(small, assessments=(), progress=()), small_resources, chinese, CREATED, BriefPlan(template="questions")
    )
    assert "无法判断" in said(brief)


def test_that_a_sector_of_too_few_firms_is_not_told_in_its_own_brief(small, small_resources, chinese):
    few = [p.sector for p in small.latest_assessment.sectors if 0 < p.n < 5 and p.sector]
    for sector in few:
        brief = make_brief(small, small_resources, chinese, CREATED, BriefPlan(sector=sector))
        table = next(block.table for block in brief.blocks if isinstance(block, TableBlock))
        assert all(cell.status is CellStatus.HIDDEN for cell in table.rows[-1].cells)
        assert "不公布" in said(brief)


def test_that_a_brief_without_a_table_reports_its_release_in_whole_rows(small, small_resources, chinese):
    brief, _ = release_brief(small, small_resources, chinese, CREATED, BriefPlan(sections=("method",)))
    grids = [block for block in brief.blocks if isinstance(block, GridBlock)]
    assert grids
    assert all(len(row) == len(grid.columns) for grid in grids for row in grid.rows)
