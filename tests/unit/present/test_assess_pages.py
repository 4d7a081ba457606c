"""Readiness and weights say what is known, and in one sentence what is not."""

from __future__ import annotations

import re
from dataclasses import replace

import full_study
import pytest
import small_study
from hypothesis import given
from hypothesis import strategies as st

from app.domain.estimate import Verdict
from app.domain.learning import Types
from app.domain.natives import NativeCriterion, NativeRule
from app.domain.robustness import PillarCoherence
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Words
from app.present import pages
from app.present.evidence import evidence
from app.present.pages.readiness_kinds import released_crosswalk
from app.present.pages.section import Listing, Passage, parts_of
from app.present.pages.weights_coherence import alpha_word
from app.present.pages.weights_values import RUBRIC
from app.present.view import View
from app.present.weighing import share_text, shares, with_weight

FIELDS = {
    "estimates": (),
    "total_estimate": None,
    "comparisons": (),
    "changes": (),
    "coherence": None,
    "robustness": None,
    "labels": None,
    "types": None,
    "natives": (),
    "crosswalks": (),
}
RULE = NativeRule(
    "small", "small", "1", Words("规则", "Rule"), Words("定义", "definition"), "来源 | source", 2,
    tuple(NativeCriterion(id_, Words(f"条件{id_}", f"criterion {id_}"), None) for id_ in ("core", "work", "agents", "data", "staff")),
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(small):
    return full_study.full(small)


@pytest.fixture(scope="module")
def ruled(small_resources):
    return replace(small_resources, natives={"small": RULE})


def texts_in(value):
    """Every text anywhere in a page value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, (tuple, list)):
        return [text for part in value for text in texts_in(part)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in texts_in(getattr(value, name))]
    return []


def sections(page):
    views = page.views
    return (views.levels, views.ranking, views.changes, views.kinds)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("field", [*FIELDS, "everything", "nothing"])
def test_that_each_absence_is_a_sentence_and_never_a_nan(whole, small, ruled, lang, field):
    latest = whole.assessments[-1]
    gone = {} if field == "nothing" else FIELDS if field == "everything" else {field: FIELDS[field]}
    study = replace(whole, assessments=(*whole.assessments[:-1], replace(latest, **gone)))
    texts = small_study.texts(lang)
    for page in (pages.readiness_page(study, ruled, texts), pages.weights_page(study, ruled, texts)):
        said = texts_in(page)
        assert page.head.headline
        assert not [text for text in said if re.search(r"\bnan\b|None(?! of)|\{\w*\}", text)], field
    readiness = pages.readiness_page(study, ruled, texts)
    assert all(section.headline for section in sections(readiness))
    assert readiness.views.natives.headline


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_both_pages_can_be_made_at_every_stage(small, small_resources, lang):
    texts = small_study.texts(lang)
    new = Study("新县", small.instrument, small.rubric)
    for study in (
        small,
        replace(small, progress=()),
        replace(small, assessments=(), progress=()),
        new,
        small_study.ladder_study(),
    ):
        assert pages.weights_page(study, small_resources, texts).head.headline
        assert pages.readiness_page(study, small_resources, texts).head.headline


def test_that_a_ladder_has_nothing_to_weigh_and_still_a_profile(small_resources, chinese):
    study = small_study.ladder_study()
    head = pages.weights_page(study, small_resources, chinese).head
    assert head.headline == "本问卷直接给出等级，没有可以加权的指数"
    assert "评估" in head.empty.why
    assert pages.readiness_page(study, small_resources, chinese).main.roles == ("share",)


def test_that_an_older_assessment_offers_to_be_made_again(small, small_resources, chinese):
    page, weights = pages.readiness_page(small, small_resources, chinese), pages.weights_page(small, small_resources, chinese)
    for section in (page.views.ranking, page.views.changes, weights.robustness, weights.coherence):
        assert section.step.command == "study.assess"


def test_that_filters_take_away_what_is_told_of_all_firms_only(whole, small_resources, chinese):
    page = pages.readiness_page(whole, small_resources, chinese, Selection(size="small"))
    assert "取消筛选" in page.views.ranking.headline
    assert "取消筛选" in page.views.changes.headline
    assert set(page.main.roles) == {"score", "share"}
    assert any("已按规模或乡镇筛选" in note for note in page.head.notes)


def test_that_a_first_wave_has_no_change(whole, small_resources, chinese):
    section = pages.readiness_page(whole, small_resources, chinese, Selection(wave="2025")).views.changes
    assert section.headline == "只有这一期或更早没有评估过，没有变化可言"
    assert section.step is None


def test_that_the_method_is_said_in_plain_sentences(whole, small_resources, chinese):
    notes = pages.readiness_page(whole, small_resources, chinese).head.notes
    assert "由模型推算147家企业的等级，再用12家现场评估的企业校正" in notes[1]
    assert "不分先后" in notes[2]


def test_that_comparisons_are_words_and_hidden_sectors_have_none(whole, small_resources, chinese):
    section = pages.readiness_page(whole, small_resources, chinese).views.ranking
    listing = next(part for part in parts_of(section) if isinstance(part, Listing))
    assert set(listing.table.data[3]) <= {"▲ 较高", "▼ 较低", "= 无差别", "◇ 无法判断"}
    assert not [id_ for id_ in listing.table.ids if "|B|" in id_]
    assert listing.opens
    assert all(evidence(whole, small_resources, id_, chinese).value for id_ in listing.table.ids)


def test_that_no_difference_and_cannot_tell_are_not_the_same_words(whole, small_resources, chinese):
    latest = whole.assessments[-1]
    for verdict, word in ((Verdict.SAME, "= 无差别"), (Verdict.CANNOT_TELL, "◇ 无法判断")):
        comparisons = tuple(replace(found, verdict=verdict) for found in latest.comparisons)
        study = replace(whole, assessments=(*whole.assessments[:-1], replace(latest, comparisons=comparisons)))
        section = pages.readiness_page(study, small_resources, chinese).views.ranking
        listing = next(part for part in parts_of(section) if isinstance(part, Listing))
        assert set(listing.table.data[3]) == {word}


def test_that_unstable_types_are_not_shown_but_said(whole, small_resources, chinese):
    latest = whole.assessments[-1]
    types = Types(0, 147, 0.3, None, (), "types.refusal.not_stable")
    study = replace(whole, assessments=(*whole.assessments[:-1], replace(latest, types=types)))
    section = pages.readiness_page(study, small_resources, chinese).views.kinds
    passage = next(part for part in parts_of(section) if isinstance(part, Passage))
    assert "因此不显示类型" in passage.sentences[0]
    assert "不是等级" in passage.sentences[1]


def test_that_a_crosswalk_hides_what_its_totals_would_give_away(whole, small_resources, chinese):
    view = View(whole, small_resources, chinese)
    crosswalk = replace(whole.assessments[-1].crosswalks[0], counts=((30, 22, 9, 2, 0), (6, 18, 20, 7, 6), (5, 7, 12, 16, 8)))
    table = released_crosswalk(view, crosswalk)
    hidden = [[cell.value is None for cell in row.cells] for row in table.rows]
    for lines in (hidden, list(zip(*hidden, strict=True))):
        assert all(sum(line[1:]) != 1 or line[0] for line in lines)


def test_that_candidates_are_quoted_and_open_ones_come_first(whole, ruled, chinese):
    view = pages.readiness_page(whole, ruled, chinese).views.natives
    assert [card.state for card in view.cards] == ["candidate", "candidate", "confirmed", "rejected"]
    card = view.cards[0]
    assert card.met[0] == "条件core"
    assert ("N1", "60") in card.quotes
    assert card.firm.startswith(card.name)
    assert "只提名，不认定" in view.rule[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mark", ["estimate|2026|C|L2+", "estimate|2026|C|L2", "class|2026|C", "rank|2026|C", "class|2026|*"])
def test_that_estimates_classes_and_ranks_can_be_walked_back_to_firms(whole, small_resources, lang, mark):
    opened = evidence(whole, small_resources, mark, small_study.texts(lang))
    assert opened.title
    assert opened.value
    assert opened.formula
    assert opened.firms
    assert opened.counts[0][1] in (60, 147)


def test_that_evidence_of_a_fallback_says_why_the_better_method_was_left(whole, small_resources, chinese):
    opened = evidence(whole, small_resources, "estimate|2026|A|L2+", chinese)
    assert "未用更好的方法" in opened.formula


def test_that_assessed_firms_stand_first_behind_an_estimate(whole, small_resources, chinese):
    latest = whole.assessments[-1]
    label = ["L3" if place == 40 else "" for place in range(len(latest.firms))]
    study = replace(whole, assessments=(*whole.assessments[:-1], replace(latest, firms=latest.firms.assign(label=label))))
    opened = evidence(study, small_resources, "estimate|2026|*|L2+", chinese)
    assert opened.firms[0].part == "现场评估"
    assert "现场评估为L3" in opened.firms[0].answer
    assert opened.firms[1].part == "有等级"


def test_that_the_weights_page_names_the_version_in_force_and_keeps_the_rubrics_own(whole, small_resources, chinese):
    page = pages.weights_page(whole, small_resources, chinese)
    assert page.head.headline.startswith("现用王芳2026年8月15日设定的权重：应用深度36.4%")
    assert page.versions.ids == ("w2", "w1", RUBRIC)
    assert page.versions.data[0] == ("● 现用", "", "")
    assert page.in_force == "w2"
    assert sum(pillar.weight for pillar in page.editor.pillars) == pytest.approx(100)


def test_that_robustness_says_what_was_varied_and_what_was_not(whole, small_resources, chinese):
    section = pages.weights_page(whole, small_resources, chinese).robustness
    log = next(part for part in parts_of(section) if isinstance(part, Listing))
    assert log.table.data[1] == ("✓ 换着试", "✓ 换着试", "— 没有换")
    assert "78%" in section.headline


def test_that_a_flag_comes_with_its_remedy(whole, small_resources, chinese):
    section = pages.weights_page(whole, small_resources, chinese).coherence
    table = next(part for part in parts_of(section) if part.id == "coherence.flags").table
    told = dict(zip((column.key for column in table.columns), table.data, strict=True))
    assert [remedy[:4] for remedy in told["remedy"][:2]] == ["只留一题", "看是否放"]
    assert len(set(told["item"])) == len(table)  # a line each, and each is named


def test_that_an_alpha_that_raised_a_flag_is_not_called_fair():
    told = {alpha: alpha_word(PillarCoherence("data", 4, 90, alpha, 0.5, 0.3)) for alpha in (0.71, 0.65, 0.59, 0.51)}
    assert told == {0.71: "good", 0.65: "fair", 0.59: "poor", 0.51: "poor"}


def test_that_the_level_of_a_candidate_has_a_column_of_its_own(whole, small_resources, chinese):
    table = pages.readiness_page(whole, replace(small_resources, natives={"small": RULE}), chinese).views.natives.table
    assert [column.key for column in table.columns] == ["name", "sector", "level", "met", "state"]


WEIGHTS = st.dictionaries(st.sampled_from("abcdefg"), st.floats(0, 100), min_size=2, max_size=7)


@given(WEIGHTS, st.floats(0, 100), st.data())
def test_that_a_locked_weight_keeps_its_share_whatever_else_changes(weights, value, data):
    names = sorted(weights)
    code = data.draw(st.sampled_from(names))
    locked = data.draw(st.sets(st.sampled_from(names)))
    after = with_weight(weights, locked, code, value)
    kept = [name for name in locked if name != code]
    free = sum(after[name] for name in names if name not in kept)
    before = shares(weights)
    assert after[code] == value
    if free > 1e-6 and sum(before[name] for name in kept) < 99.9 and sum(weights.values()) > 1e-6:
        now = shares(after)
        assert all(now[name] == pytest.approx(before[name], abs=1e-6) for name in kept)


def test_that_shares_sum_to_a_hundred_whatever_the_numbers():
    assert shares({"a": 3, "b": 1}) == {"a": 75.0, "b": 25.0}
    assert shares({"a": 0, "b": 0}) == {"a": 0.0, "b": 0.0}
    assert (share_text(25.0), share_text(12.5)) == ("25%", "12.5%")
