"""The program's own rubric and goal book run over random answers to its own questionnaire, and every reason is worded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from app.analysis.assess import Ground, assess_wave
from app.analysis.progress import track
from app.domain.goals import Light
from app.domain.instrument import Item, ItemType
from app.domain.responses import FIRM_COLUMNS, Responses
from app.domain.study import Design, Wave
from app.domain.task import run_to_end
from tests.unit.analysis.small_study import NUMBERS

N = 400
WAVES = (Wave("2025", "2025-12-31", Design.CENSUS, {}), Wave("2026", "2026-12-31", Design.CENSUS, {}))


def answers(item: Item, rng: np.random.Generator):
    if item.type in NUMBERS:
        numbers = rng.random(N) * (item.high if item.high and item.high <= 1 else 1000)
        return np.where(rng.random(N) < 0.2, np.nan, numbers)
    codes = [option.code for option in item.options] or ["text"]
    if item.type is ItemType.MULTI:
        codes = [codes[0], "|".join(codes[:2]), "|".join(codes[:4]), codes[-1]]
    return pd.Categorical.from_codes(rng.integers(-1, len(codes), N), categories=codes)


@pytest.fixture(scope="module")
def county(resources) -> Responses:
    rng = np.random.default_rng(2026)
    instrument = resources.instruments["aiplus-2026"]
    values = pd.DataFrame({item.code: answers(item, rng) for item in instrument.items})
    plain = {"firm": [f"F{row}" for row in range(N)], "sector": rng.choice(list("ACFGI"), N), "counted": True}
    plain |= {"wave": rng.choice(["2025", "2026"], N), "code_valid": True}
    firms = pd.DataFrame({name: plain.get(name, "") for name in FIRM_COLUMNS}, index=range(N))
    return Responses(values, values, firms, pd.DataFrame({"block": 0, "row": range(N)}), ())


def test_that_the_rubric_scores_every_pillar_and_its_gates_cap(resources, county):
    rubric = resources.rubrics["aiplus-2026"]
    found = run_to_end(assess_wave(county, Ground(resources.instruments["aiplus-2026"], rubric), WAVES[1], 0))
    assert all(found.total.pillars[pillar.code] is not None for pillar in rubric.pillars)
    assert found.total.n == (county.firms["wave"] == "2026").sum()
    assert found.total.n_level > 0
    assert set(found.firms["gate"]) - {""} <= {gate.id for gate in rubric.gates}
    assert set(rubric.predictors) >= set(found.classifier.predictors)
    assert sum(share.count for share in found.total.shares.values()) == found.total.n_level


def test_that_every_goal_gets_a_light_with_a_reason_in_both_languages(resources, county, zh, en):
    goals = track(resources.goal_book, county, resources.instruments["aiplus-2026"], WAVES, "2027-01-15")
    assert [found.goal.id for found in goals] == [goal.id for goal in resources.goal_book.goals]
    for found in goals:
        for texts in (zh, en):
            assert texts(found.reason, **dict(found.reason_values))
        assert (found.probability is None) or 0 <= found.probability <= 1
    assert any(found.light is not Light.CANNOT_TELL for found in goals)
    assert any(found.observations for found in goals)


PACE = {"observed": "1", "required": "2", "probability": "3"}
LIGHT_REASONS = {
    **{name: {} for name in ("met", "missed", "unproven", "one_wave", "no_trend", "volunteers", "no_data", "not_asked")},
    **{name: {} for name in ("no_measure", "no_number", "not_a_share", "milestone")},
    **dict.fromkeys(("on_track", "at_risk", "off_track"), PACE),
    **{f"{name}_count": {**PACE, "unit": "4"} for name in ("on_track", "at_risk", "off_track")},
    **{name: {} for name in ("after_break", "before_first", "impossible", "impossible_figure")},
    "unsure": {"low": "3", "high": "4"},
    "too_few": {"n": "3", "least": "30"},
}
REFUSALS = (
    "no_labels",
    "none_settled",
    "no_rubric_level",
    "rubric_is_enough",
    "nothing_to_fill",
    "no_predictors",
    "too_few_firms",
    "one_level",
    "levels_too_rare",
    "one_level_in_a_fold",
)


@pytest.mark.parametrize("name", LIGHT_REASONS)
def test_that_each_reason_of_a_light_is_worded_with_its_numbers(name, zh, en):
    for texts in (zh, en):
        sentence = texts(f"light.reason.{name}", **LIGHT_REASONS[name])
        assert all(value in sentence for value in LIGHT_REASONS[name].values())


def test_that_the_catalogue_holds_these_reasons_and_no_others(resources):
    worded = {key.removeprefix("light.reason.") for key in resources.words if key.startswith("light.reason.")}
    assert worded == set(LIGHT_REASONS)
    refusals = {key.removeprefix("refusal.") for key in resources.words if key.startswith("refusal.")}
    assert refusals == {*REFUSALS, "not_better"}
