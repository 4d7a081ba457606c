"""The brief says the same numbers in both languages and says why where it can say none."""

from __future__ import annotations

import re
from dataclasses import replace

import goal_study
import pytest
import small_study

from app.analysis.progress import observe
from app.domain.brief import FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.errors import UserError
from app.domain.goals import Layer, Light
from app.domain.numbers import cell_text
from app.domain.release import CellStatus
from app.domain.selection import Selection
from app.domain.study import Design
from app.domain.targets import GoalEdit, Proof, ProofState
from app.present import wording
from app.present.brief import make_brief
from app.present.brief.goals import goals as goals_section
from app.present.brief.summary import change_sentence
from app.present.figures import figure_ids, make_figure
from app.present.figures.levels import total_cell
from app.present.tables import reach_table
from app.present.view import View

CREATED = "2026-07-01T09:00:00+08:00"


def said(brief) -> str:
    texts = [block.text for block in brief.blocks if isinstance(block, Heading | Paragraph)]
    texts += [block.figure.title for block in brief.blocks if isinstance(block, FigureBlock)]
    texts += [" ".join(row) for block in brief.blocks if isinstance(block, GridBlock) for row in block.rows]
    return "\n".join(texts)


def numbers(brief) -> list[list[str]]:
    """The numbers of each block that carries findings, without dates, list numbers and names of levels."""
    found = []
    for block in brief.blocks:
        if isinstance(block, TableBlock):
            found.append([cell_text(cell) for row in block.table.rows for cell in row.cells])
        if isinstance(block, Paragraph):
            text = re.sub(r"\d{4}年\d+月\d+日|\d{4}-\d\d-\d\d|L\d", "", block.text)
            found.append(sorted(re.findall(r"\d+(?:[.,]\d+)*%?", text)))
    return found


def test_that_the_six_sections_stand_in_order(small, small_resources, chinese):
    brief = make_brief(small, small_resources, chinese, CREATED)
    headings = [block.text for block in brief.blocks if isinstance(block, Heading)]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、", "四、", "五、", "附：", "附："]
    assert brief.title == "示例县企业人工智能就绪度\n与“人工智能+”目标进展简报"
    assert brief.created == CREATED
    assert brief.journal == small.journal[-1].hash


def test_that_both_languages_give_identical_numbers(small, small_resources, chinese, english):
    zh, en = (make_brief(small, small_resources, texts, CREATED) for texts in (chinese, english))
    assert [type(block) for block in zh.blocks] == [type(block) for block in en.blocks]
    assert numbers(zh) == numbers(en)


def test_that_no_number_of_a_hidden_sector_is_in_any_table(small, small_resources, chinese):
    brief = make_brief(small, small_resources, chinese, CREATED)
    tables = [block.table for block in brief.blocks if isinstance(block, TableBlock)]
    tables += [block.figure.table for block in brief.blocks if isinstance(block, FigureBlock)]
    rows = [row for table in tables for row in table.rows if row.key in ("B", "J")]
    assert rows
    assert all(cell.status is CellStatus.HIDDEN and cell.value is None for row in rows for cell in row.cells)
    assert "采矿业（" not in said(brief)
    assert "有2个行业的占比不公布" in said(brief)


def test_that_a_sector_of_the_frame_without_answers_is_named(small, small_resources, chinese):
    assert "名录内未收到答卷的行业：R 文化、体育和娱乐业" in said(make_brief(small, small_resources, chinese, CREATED))


def test_that_two_waves_whose_intervals_overlap_are_not_called_a_change(small, small_resources, chinese):
    assert "尚不能认定有变化" in said(make_brief(small, small_resources, chinese, CREATED))


def test_that_one_wave_cannot_tell_change(small_resources, chinese, english):
    study = small_study.study(waves=("2026",))
    assert "无法判断" in said(make_brief(study, small_resources, chinese, CREATED))
    assert "change cannot be told" in said(make_brief(study, small_resources, english, CREATED))


def test_that_volunteers_are_worded_as_such_throughout(small_resources, chinese):
    brief = make_brief(small_study.study(design=Design.VOLUNTEER), small_resources, chinese, CREATED)
    words = said(brief)
    assert "自愿填报，有效答卷147家" in words
    assert "不能推断全部企业" in words
    assert "无法认定是否变化" in words
    assert "回收率" not in words
    tables = [block.table for block in brief.blocks if isinstance(block, TableBlock)]
    assert all(cell.low is None for table in tables for row in table.rows for cell in row.cells)


def test_that_a_study_not_yet_assessed_gets_a_brief_that_says_so(small, small_resources, chinese):
    brief = make_brief(replace(small, assessments=(), progress=()), small_resources, chinese, CREATED)
    words = said(brief)
    assert "企业等级尚未评估，就绪度无法判断" in words
    assert "目标进展尚未测算，无法判断" in words
    assert not [block for block in brief.blocks if isinstance(block, FigureBlock | TableBlock)]


def test_that_an_empty_study_gets_no_brief_but_the_next_step(small, small_resources, chinese):
    with pytest.raises(UserError) as caught:
        make_brief(replace(small, responses=None), small_resources, chinese, CREATED)
    assert "收表" in chinese(f"error.{caught.value.code}")


def test_that_a_demonstration_brief_is_marked_in_title_and_in_every_block(small_resources, chinese, english):
    study = small_study.study(synthetic=True)
    for texts, word in ((chinese, "示范数据"), (english, "demonstration")):
        brief = make_brief(study, small_resources, texts, CREATED)
        assert word in brief.title
        assert brief.synthetic == texts("provenance.synthetic")
        provenances = [block.provenance for block in brief.blocks if isinstance(block, TableBlock)]
        provenances += [block.figure.provenance for block in brief.blocks if isinstance(block, FigureBlock)]
        assert len(provenances) >= 5
        assert all(provenance.synthetic for provenance in provenances)


def test_that_a_real_brief_carries_no_mark(small, small_resources, chinese):
    brief = make_brief(small, small_resources, chinese, CREATED)
    assert brief.synthetic == ""
    assert "示范" not in brief.title


def test_that_suggestions_are_marked_as_general_and_follow_the_weakest_pillar(small, small_resources, chinese):
    words = said(make_brief(small, small_resources, chinese, CREATED))
    assert "“治理与安全”得分最低的行业共4个：A 农、林、牧、渔业（3分）；" in words
    assert f"通用建议：{chinese('suggestion.governance')}" in words


def test_that_findings_are_counted_by_kind_worst_first(small, small_resources, chinese):
    grid = [block for block in make_brief(small, small_resources, chinese, CREATED).blocks if isinstance(block, GridBlock)]
    rows = next(block.rows for block in grid if "核查发现" in block.title)
    assert [row[:3] for row in rows] == [("重复填报", "错误", "1"), ("单位不一致", "提醒", "2")]


def test_that_a_form_without_pillars_has_no_heat_and_says_how_levels_were_made(small_resources, chinese):
    brief = make_brief(small_study.ladder_study(), small_resources, chinese, CREATED)
    assert [block.figure.id for block in brief.blocks if isinstance(block, FigureBlock)] == ["levels-by-sector"]
    assert "等级取自问卷的分级题" in said(brief)
    assert "不计算支柱得分" in said(brief)


def released(brief):
    """The tables of a brief whose rows add up to a total."""
    tables = [block.table for block in brief.blocks if isinstance(block, TableBlock)]
    tables += [block.figure.table for block in brief.blocks if isinstance(block, FigureBlock)]
    return [table for table in tables if table.total]


@pytest.mark.parametrize("sectors", [{"A": 3, "B": 3, "C": 40, "F": 20}, {"A": 3, "C": 40}, {"B": 3, "J": 3, "I": 3, "C": 40}])
def test_that_no_hidden_cell_comes_back_by_subtraction(sectors, small_resources, chinese):
    study = small_study.study(sectors=sectors)
    firms = study.responses.firms.assign(sector=lambda frame: frame["sector"].where(frame["sector"] != "A", ""))
    study = replace(study, responses=replace(study.responses, firms=firms))
    tables = released(make_brief(study, small_resources, chinese, CREATED))
    assert {table.id for table in tables} >= {"sectors", "levels", "pillars", "penetration"}
    for table in tables:
        total = next(row for row in table.rows if row.key == table.total)
        body = [row for row in table.rows if row.key != table.total]
        for column, cell in enumerate(total.cells):
            cells = [row.cells[column] for row in body]
            hidden = [one for one in cells if one.status is CellStatus.HIDDEN]
            left = (cell.n or 0) - sum(one.n or 0 for one in cells)
            assert cell.status is CellStatus.HIDDEN or (len(hidden) != 1 and (left >= 5 if hidden else left == 0)), table.id


def test_that_firms_of_unknown_sector_stand_in_the_penetration_table(small, small_resources, chinese):
    firms = small.responses.firms.assign(sector=lambda frame: frame["sector"].where(frame["sector"] != "I", ""))
    study = replace(small, responses=replace(small.responses, firms=firms))
    table = next(t for t in released(make_brief(study, small_resources, chinese, CREATED)) if t.id == "penetration")
    assert [row.label for row in table.rows if not row.key] == [chinese("term.sector.unknown")]


def test_that_a_goal_of_a_hidden_sector_tells_neither_value_nor_pace(small, small_resources, chinese):
    goal = small.progress[0]
    for section, sign in (("J", "‡"), ("C", "%")):
        seen = observe(goal.measure, small.responses, small.instrument, small.waves, (section,))
        scoped = replace(goal, goal=replace(goal.goal, sections=(section,)), observations=seen)
        study = replace(small, progress=(scoped,))
        brief = make_brief(study, small_resources, chinese, CREATED)
        grid = next(block for block in brief.blocks if isinstance(block, GridBlock) and not block.annex)
        assert sign in grid.rows[0][3]
        assert (grid.rows[0][4] == grid.rows[0][5] == "—") is (section == "J")
        assert (chinese("brief.goals.hidden") in said(brief)) is (section == "J")
        figure = next(
            block.figure for block in brief.blocks if isinstance(block, FigureBlock) and block.figure.id.startswith("goal")
        )
        assert bool(figure.series) is (section == "C")


def test_that_a_survey_that_measures_no_goal_says_so_plainly(small_resources, chinese, english):
    study = small_study.study(waves=("2026",))
    blank = tuple(
        replace(p, observations=(), light=Light.CANNOT_TELL, reason="light.reason.not_asked", reason_values=())
        for p in study.progress
    )
    for texts, plain, absurd in (
        (chinese, "本次调查均无法衡量，不能据此判断目标进展", ("（续）", "0项", "替代口径：")),
        (english, "This survey can measure none of the 3 AI Plus goals", ("continued", "on track 0", "uses a proxy")),
    ):
        brief = make_brief(replace(study, progress=blank), small_resources, texts, CREATED)
        grids = [block.title for block in brief.blocks if isinstance(block, GridBlock)]
        words = "\n".join((said(brief), *grids))
        assert plain in words
        assert not [bad for bad in absurd if bad in words]


def test_that_an_unconfirmed_goal_bears_its_mark_and_its_note(small, small_resources, chinese):
    brief = make_brief(small, small_resources, chinese, CREATED)
    grid = next(block for block in brief.blocks if isinstance(block, GridBlock) and not block.annex)
    assert [row[0].endswith("*") for row in grid.rows] == [False, True]
    assert grid.note == chinese("brief.goals.verify")


def test_that_every_penetration_figure_says_that_it_is_a_proxy(small, small_resources, chinese):
    for name in figure_ids(small):
        if name.startswith(("goal-", "penetration")):
            assert "替代口径" in make_figure(small, small_resources, name, chinese).provenance.note


def test_that_sources_are_in_the_language_of_the_brief():
    assert wording.source_text(small_study.texts("zh"), "智衡自编 | Zhiheng, own") == "智衡自编"
    assert wording.source_text(small_study.texts("en"), "智衡自编 | Zhiheng, own") == "Zhiheng, own"
    assert wording.source_text(small_study.texts("en"), "国发〔2025〕11号") == "国发〔2025〕11号"


def test_that_the_programs_own_sources_leave_no_english_in_a_chinese_brief(resources, chinese, english):
    own = [measure.source for measure in resources.goal_book.measures]
    own += [resources.instruments["aiplus-2026"].source, resources.rubrics["aiplus-2026"].source]
    for source in own:
        assert not re.search("[A-Za-z]{2,}", wording.source_text(chinese, source))
        assert "智衡" not in wording.source_text(english, source)


def test_that_a_change_says_its_direction(small, small_resources, chinese):
    earlier, later = (view_of(small, small_resources, chinese, wave) for wave in ("2025", "2026"))
    old, new = total_cell(reach_table(earlier)), total_cell(reach_table(later))
    assert old.value < new.value
    rise = replace(small, assessments=tuple(replace(a, total=_all_at(a, place)) for place, a in enumerate(small.assessments)))
    assert "升至" in change_sentence(view_of(rise, small_resources, chinese, "2026"))


def view_of(study, resources, texts, wave):
    return View(study, resources, texts, Selection(wave=wave))


def _all_at(assessment, place):
    """The total with nobody (0) or everybody (1) at L2, intervals apart."""
    low, high = ((0.0, 0.1), (0.9, 1.0))[place]
    share = replace(assessment.total.at_least["L2"], value=float(place), low=low, high=high)
    return replace(assessment.total, at_least={**assessment.total.at_least, "L2": share})


def goal_words(study, resources, texts):
    """The section on goals: its sentences in one text, and its grids."""
    firms = study.responses.firms.assign(wave=lambda frame: frame["wave"].replace({"2026": study.waves[-1].id}))
    study = replace(study, responses=replace(study.responses, firms=firms))
    blocks = goals_section(View(study, resources, texts))
    words = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
    return words, [block for block in blocks if isinstance(block, GridBlock)]


def test_that_the_brief_says_how_fast_how_many_firms_and_how_likely(small_resources, chinese):
    _, (measured, _annex) = goal_words(goal_study.study(), small_resources, chinese)
    assert "每季须新增174家" in measured.rows[0][4]
    assert measured.rows[0][5].startswith("明显滞后")
    assert measured.rows[0][6] == "■ 进度滞后（概率4%）"


def test_that_the_brief_names_reported_figures_evidence_and_clashes_in_a_sentence_each(small_resources, chinese):
    book = goal_study.study()
    weaker = replace(small_resources.goal_book.goals[0], id="county", layer=Layer.COUNTY, value=0.5)
    edits = (*book.targets.goals, GoalEdit("county", weaker, "李敏", "2026-07-01", "县里方案"))
    proofs = (Proof("support_1", ProofState.UNDER_WAY, "", "文件", "李敏", "2026-07-01"),)
    study = replace(book, targets=replace(book.targets, goals=edits, proofs=proofs))
    words, (_measured, annex) = goal_words(study, small_resources, chinese)
    assert "目标库中有1处不一致：县级目标低于国家" in words
    assert "推进中1项" in words
    assert any("上报11家（2026年12月31日，来源：县工信局季报）" in row[-1] for row in annex.rows)


def test_that_the_brief_says_why_a_measured_goal_cannot_be_judged(small_resources, chinese):
    words, _ = goal_words(goal_study.volunteers(), small_resources, chinese)
    assert "的进展无法判断：" in words
