"""What a brief keeps back, against an attacker who lays all documents of a study side by side."""

from __future__ import annotations

import random
from dataclasses import replace

import attacker
import pytest
import small_study

from app.analysis.disclosure import Policy
from app.domain.brief import BriefPlan, FigureBlock, GridBlock, Paragraph, TableBlock
from app.domain.release import CellStatus
from app.domain.selection import Selection
from app.domain.signing import Published, Release, Signing
from app.domain.task import run_to_end
from app.present.brief import SECTIONS, make_brief
from app.present.figures import figure_of
from app.present.released_brief import APART_OF_PARTS, release_brief, release_figure, settle

CREATED = "2026-07-01T09:00:00+08:00"
TINY = {"A": 12, "B": 3, "C": 20, "F": 6, "I": 9, "J": 1}
SMALL = Policy().hide_below
SLACK = 1e-6


def uneven(seed):
    """Return a study of six sectors, some of them tiny."""
    chosen = random.Random(seed)
    return small_study.study(sectors={sector: chosen.choice((1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 30)) for sector in "ABCFIJ"})


def documents(study, resources, settled, plans):
    """Return the tables of briefs by these plans, Chinese and English in turn."""
    held = []
    for place, plan in enumerate(plans):
        texts = small_study.texts("zh" if place % 2 == 0 else "en")
        held += attacker.tables(release_brief(study, resources, texts, CREATED, plan, settled)[0])
    return held


WHOLE = (BriefPlan(), BriefPlan(template="tables"), BriefPlan(template="deck"), BriefPlan(sector="A"))


@pytest.mark.parametrize("seed", [0, 1, 5, 9])
def test_that_no_hidden_number_is_told_by_all_documents_together(seed, small_resources):
    study = uneven(seed)
    settled = run_to_end(settle(study, small_resources))
    attack = attacker.Attack()
    attack.learn(settled.whole.drafts, documents(study, small_resources, settled, WHOLE), attacker.goals_of(study))
    assert [found for found in attack.firms(SMALL) if found[2] - found[1] < SMALL - SLACK] == []
    assert [found for found in attack.numerators(SMALL) if found[2] - found[1] < 1 - SLACK] == []


def test_that_the_same_attacker_wins_against_tables_made_safe_one_by_one(small_resources, chinese):
    study = uneven(0)
    settled = run_to_end(settle(study, small_resources))
    attack = attacker.Attack()
    alone = [table for plan in WHOLE for table in attacker.tables(make_brief(study, small_resources, chinese, CREATED, plan))]
    attack.learn(settled.whole.drafts, alone, attacker.goals_of(study))
    assert [found for found in attack.firms(SMALL) if found[2] - found[1] < SMALL - SLACK]
    assert [found for found in attack.numerators(SMALL) if found[2] - found[1] < 1 - SLACK]


def test_that_townships_are_safe_beside_the_whole_place_and_each_other(small_resources):
    study = small_study.study(sectors=TINY)
    settled = run_to_end(settle(study, small_resources, parts=True))
    plans = (BriefPlan(), BriefPlan(township="城关镇"), BriefPlan(township="东风乡"))
    attack = attacker.Attack()
    drafts = (*settled.whole.drafts, *settled.parts.drafts)
    attack.learn(drafts, documents(study, small_resources, settled, plans), attacker.goals_of(study))
    # who stands in a row of two townships is two firms at least: that narrows the sectors of the whole place as well
    assert [found for found in attack.firms(SMALL) if found[2] - found[1] < APART_OF_PARTS - SLACK] == []


def test_that_settling_tells_how_far_it_is_section_by_section_and_township_by_township(small_resources):
    told = []
    run_to_end(settle(small_study.study(sectors=TINY), small_resources, parts=True), told.append)
    sections = [step.done for step in told if step.step == "progress.brief.settle" and step.done < step.total]
    assert sections == list(range(len(SECTIONS)))
    assert {step.detail for step in told if step.step == "progress.brief.settle_parts"} >= {"城关镇", "东风乡"}
    assert [step.step for step in told].count("progress.brief.hide") == 2


def test_that_townships_are_settled_after_the_whole_place_as_together_with_it(small_resources):
    study = small_study.study(sectors=TINY)
    told = []
    whole = run_to_end(settle(study, small_resources))
    after = run_to_end(settle(study, small_resources, parts=True, known=whole), told.append)
    assert "progress.brief.settle" not in {step.step for step in told}
    together = run_to_end(settle(study, small_resources, parts=True))
    assert (after.whole.withheld, after.parts.withheld) == (together.whole.withheld, together.parts.withheld)


def test_that_figures_paragraphs_and_tables_hide_the_same(small_resources, chinese):
    study = small_study.study(sectors=TINY)
    brief, _ = release_brief(study, small_resources, chinese, CREATED)
    for table in attacker.tables(brief):
        if table.id in ("sectors", "levels"):
            assert {row.key for row in table.rows if all(c.status is CellStatus.HIDDEN for c in row.cells)} == {"B", "J", "F"}
    assert any("有3个行业的占比不公布" in block.text for block in brief.blocks if isinstance(block, Paragraph))
    figure = release_figure(study, small_resources, lambda view: figure_of(view, "sectors-l2"), chinese)
    assert {row.key for row in figure.table.rows if row.cells[0].status is CellStatus.HIDDEN} == {"B", "J", "F"}


def test_that_every_document_keeps_back_the_same_whatever_its_sections_and_language(small_resources, chinese, english):
    study = small_study.study(sectors=TINY)
    whole, _ = release_brief(study, small_resources, chinese, CREATED)
    short, _ = release_brief(study, small_resources, english, CREATED, BriefPlan(sections=("sectors",)))
    hidden = [
        {(t.id, row.key, k) for t in attacker.tables(b) for row in t.rows for k, c in enumerate(row.cells) if c.value is None}
        for b in (whole, short)
    ]
    assert hidden[1] <= hidden[0]


def test_that_a_place_with_enough_firms_everywhere_hides_nothing(small_resources, chinese):
    study = small_study.study(sectors=dict.fromkeys("ABCFIJ", 20))
    brief, report = release_brief(study, small_resources, chinese, CREATED)
    assert report.hidden == 0
    assert report.audit is None
    assert any("本件没有需要隐去的数字" in block.text for block in brief.blocks if isinstance(block, Paragraph))


def test_that_the_report_counts_what_the_tables_show(small_resources, chinese):
    study = small_study.study(sectors=TINY)
    brief, report = release_brief(study, small_resources, chinese, CREATED)
    cells = [cell for table in attacker.tables(brief) for row in table.rows for cell in row.cells]
    assert report.hidden == sum(cell.status is CellStatus.HIDDEN for cell in cells)
    assert sum(table.small for table in report.tables) == sum(cell.status is CellStatus.SMALL for cell in cells)
    assert report.audit is not None
    assert report.audit.high is None or report.audit.high - report.audit.low >= SMALL
    grid = next(block for block in brief.blocks if isinstance(block, GridBlock) and block.title == "放行情况")
    assert len(grid.rows) == len(report.tables) + 1
    assert not any("按规则" in name for name in grid.columns)  # which of two hidden cells is the small one is not told


def test_that_a_table_of_hidden_numbers_alone_gives_way_to_a_sentence(small_resources, chinese):
    study = small_study.study(sectors={"A": 2, "B": 1}, waves=("2026",))
    brief, report = release_brief(study, small_resources, chinese, CREATED)
    assert "sectors" in dict(report.dropped)
    assert not any(isinstance(block, TableBlock | FigureBlock) and _table(block).id == "sectors" for block in brief.blocks)
    assert any("为保护单个企业而不公布" in block.text for block in brief.blocks if isinstance(block, Paragraph))


def _table(block):
    return block.table if isinstance(block, TableBlock) else block.figure.table


def published(brief):
    """Return a register that holds all that a brief shows."""
    cells = [cell for table in attacker.tables(brief) for row in table.rows for cell in row.cells if cell.evidence]
    out = tuple(Published(c.evidence, c.status is CellStatus.HIDDEN, c.n, c.value, 9) for c in cells)
    return Signing(releases=(Release("brief-1", "brief", "2026-07-01", "甲", "", "", "", out),))


def test_that_a_release_one_firm_after_another_does_not_give_that_firm_away(small_resources, chinese):
    before = small_study.study(sectors={"A": 12, "C": 20, "F": 30, "I": 9})
    brief, _ = release_brief(before, small_resources, chinese, CREATED)
    after = replace(small_study.study(sectors={"A": 12, "C": 21, "F": 30, "I": 9}), signing=published(brief))
    again, report = release_brief(after, small_resources, chinese, CREATED)
    assert {release for _, release in report.held} == {"brief-1"}
    assert report.offer_rounding
    told = {cell.evidence: cell.n for t in attacker.tables(again) for row in t.rows for cell in row.cells if cell.n}
    known = {cell.mark: cell.n for cell in after.signing.releases[0].cells if cell.n}
    apart = {mark for mark, n in told.items() if mark in known and 0 < abs(n - known[mark]) < SMALL and mark.startswith("share")}
    assert apart == set()


def test_that_the_same_study_is_released_alike_again(small_resources, chinese):
    study = small_study.study(sectors=TINY)
    first, _ = release_brief(study, small_resources, chinese, CREATED)
    again, report = release_brief(replace(study, signing=published(first)), small_resources, chinese, CREATED)
    assert attacker.tables(again) == attacker.tables(first)
    assert report.held == ()


def test_that_a_figure_of_a_township_is_safe_beside_the_whole(small_resources, chinese):
    study = small_study.study(sectors=TINY)
    asked = Selection(township="城关镇")
    figure = release_figure(study, small_resources, lambda view: figure_of(view, "levels-by-sector"), chinese, asked)
    brief, _ = release_brief(study, small_resources, chinese, CREATED, BriefPlan(township="城关镇"))
    beside = next(table for table in attacker.tables(brief) if table.id == "levels")
    assert figure.table == beside
