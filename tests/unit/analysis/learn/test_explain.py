"""Why a firm has its level, and what would lift it by one: every claim is held against the rubric or the model itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.index import score_firms
from app.analysis.learn import learn_case, learn_levels
from app.analysis.learn.explain import explain, explain_rubric
from app.analysis.learn.nested import Budget
from app.analysis.learn.what_if import Change, OneFirm, alternatives, with_changes
from app.domain.rubric import Gate, Rubric
from app.domain.task import run_to_end
from tests.unit.analysis.learn.answers import filled_in
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, RUBRIC, W, responses, uses_ai

LEVELS = ("L0", "L1", "L2", "L3", "L4")


def firm(rubric: Rubric = RUBRIC, **answers) -> OneFirm:
    return OneFirm(responses({code: [value] for code, value in answers.items()}), INSTRUMENT, rubric, 0)


def level_with(one: OneFirm, *changes: Change) -> str:
    changed = with_changes(one, [changes])
    level = score_firms(changed, one.instrument, one.rubric, one.wave)["level"].iat[0]
    return "" if level != level else level


def applied(lift) -> tuple[Change, ...]:
    pairs = [(lift.item, lift.current, lift.better), *([lift.also] if lift.also else [])]
    numbers = ("spend", "people", "income")
    return tuple(Change(item, now, better, float(better) if item in numbers else better) for item, now, better in pairs)


def test_that_every_lift_of_the_rubric_is_what_the_rubric_then_says():
    one = firm(use="planned", tools="a", stage="s1", line="no", spend=20.0)
    found = explain_rubric(one)
    assert found.level == "L1"
    assert found.lifts
    for lift in found.lifts:
        assert level_with(one, *applied(lift)) == lift.level
        assert LEVELS.index(lift.level) > 1


def test_that_the_smallest_step_of_each_item_is_told():
    found = explain_rubric(firm(use="yes", tools="none", stage="s0", line="no", spend=0.0))
    better = {lift.item: lift.better for lift in found.lifts}
    assert len(better) == len(found.lifts)
    assert better["tools"] == "a"


def test_that_a_gate_that_holds_a_firm_is_lifted_by_its_own_answer():
    one = firm(use="planned", tools="a|b", stage="s2", line="yes", spend=100.0)
    found = explain_rubric(one)
    assert (found.level, level_with(one)) == ("L1", "L1")
    assert [(lift.item, lift.better) for lift in found.lifts] == [("use", "yes")]


def test_that_a_gate_on_a_question_without_points_is_answered_too():
    unscored = replace(RUBRIC, scores=tuple(score for score in RUBRIC.scores if score.item != "use"))
    found = explain_rubric(firm(unscored, use="no", tools="a|b", stage="s2", line="yes", spend=100.0))
    assert [(lift.item, lift.current, lift.better) for lift in found.lifts] == [("use", "no", "yes")]


def test_that_two_answers_are_told_where_one_is_not_enough():
    rubric = replace(RUBRIC, gates=(Gate("both", "L1", uses_ai(), W),))
    one = firm(rubric, use="no", tools="none", stage="s0", line="no", spend=0.0)
    wide = replace(
        rubric,
        levels=tuple(
            replace(level, lowest_index=70.0 if level.code == "L1" else level.lowest_index + (level.code > "L1") * 20)
            for level in RUBRIC.levels
        ),
    )
    one = replace(one, rubric=wide)
    found = explain_rubric(one)
    assert found.level == "L0"
    assert found.lifts
    assert all(lift.also for lift in found.lifts)
    assert all(level_with(one, *applied(lift)) == lift.level != "L0" for lift in found.lifts)


def test_that_the_highest_level_and_a_firm_without_one_have_no_lifts():
    best = explain_rubric(firm(use="yes", tools="a|b", stage="s2", line="yes", spend=100.0))
    assert (best.level, best.lifts) == ("L4", ())
    none = explain_rubric(firm(use=None, tools=None, stage=None, line=None, spend=None))
    assert (none.level, none.contributions, none.lifts) == ("", (), ())


def test_that_a_level_as_given_needs_no_explaining():
    assert explain_rubric(firm(LADDER, stage="s1")).level == "L1"


def test_that_contributions_are_what_the_index_loses_without_the_pillar():
    one = firm(use="yes", tools="a", stage="s0", line="no", spend=10.0)
    scored = score_firms(one.responses, INSTRUMENT, RUBRIC, "2026").iloc[0]
    moved = dict(explain_rubric(one).contributions)
    assert moved["use"] == pytest.approx(scored["index"] - scored["p_data"], abs=1e-6)
    assert moved["data"] == pytest.approx(scored["index"] - scored["p_use"], abs=1e-6)


def test_that_only_better_answers_that_concern_the_firm_are_tried():
    one = replace(firm(use="yes", tools="a", stage="s1", line=None, spend=50.0))
    services = replace(one, responses=replace(one.responses, firms=one.responses.firms.assign(sector="J")))
    tried = alternatives(services)
    assert "line" not in {change.item for change in tried}
    assert {change.better for change in tried if change.item == "stage"} == {"s2"}
    assert {change.better for change in tried if change.item == "spend"} == {"75", "100"}
    assert "use" not in {change.item for change in tried}


@pytest.fixture(scope="module")
def own(resources):
    """The program's own questionnaire with 200 firms, 150 of them assessed, and a model."""
    instrument, rubric = resources.instruments["aiplus-2026"], resources.rubrics["aiplus-2026"]
    given, ready = filled_in(instrument, 200, seed=3)
    scored = score_firms(given, instrument, rubric, "2026")
    seen = np.digitize(ready[:150] + np.random.default_rng(1).normal(0, 0.06, 150), [0.2, 0.4, 0.6, 0.8])
    case = learn_case(scored, given, instrument, rubric, (np.arange(150), seen))
    learned = run_to_end(learn_levels(case, 0, Budget(1, 1, 0, ("majority", "ordinal"))))
    return learned, given, instrument, rubric


def test_that_the_model_is_asked_again_for_every_lift(own):
    learned, given, instrument, rubric = own
    lifted = 0
    for position in (150, 160, 170, 180):
        one = OneFirm(given, instrument, rubric, position)
        found = explain(learned.model, one)
        assert found.level == learned.columns["predicted"].iat[position]
        for lift in found.lifts[:3]:
            numeric = instrument.item(lift.item).code in given.values.select_dtypes("number")
            change = Change(lift.item, lift.current, lift.better, float(lift.better) if numeric else lift.better)
            again = (
                explain(learned.model, OneFirm(with_changes(one, [(change,)]), instrument, rubric, 0)) if not lift.also else None
            )
            assert again is None or again.level == lift.level > found.level
            lifted += 1
    assert lifted


def test_that_contributions_of_the_model_name_pillars_and_facts_by_weight(own):
    learned, given, instrument, rubric = own
    found = explain(learned.model, OneFirm(given, instrument, rubric, 155))
    names = [name for name, _ in found.contributions]
    assert set(names) <= {pillar.code for pillar in rubric.pillars} | set(rubric.predictors)
    sizes = [abs(moved) for _, moved in found.contributions]
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes) <= 1


def test_that_a_firm_as_its_sector_usually_is_owes_its_level_to_no_pillar(own):
    learned, given, instrument, rubric = own
    usual = replace(learned.model, norms=replace(learned.model.norms, points=np.full_like(learned.model.norms.points, np.nan)))
    found = explain(usual, OneFirm(given, instrument, rubric, 155))
    assert not {pillar.code for pillar in rubric.pillars} & {name for name, _ in found.contributions}
