"""Between which index and level the answers left blank would have put a firm: against every way of answering them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.index import score_firms
from app.domain.condition import Condition
from app.domain.judgement import Aggregation, Weighting
from app.domain.robustness import BOUND_COLUMNS
from app.domain.rubric import Gate, ItemScore
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, RUBRIC, W, responses

pytestmark = pytest.mark.filterwarnings("error")
GEOMETRIC = Weighting("v1", (("use", 2.0), ("data", 1.0)), Aggregation.GEOMETRIC, "test")
EVERY = {
    "use": ("yes", "no", "planned", "na"),
    "tools": ("a", "a|b", "none"),
    "stage": ("s0", "s1", "s2"),
    "line": ("yes", "no", "na"),
    "spend": (0.0, 40.0, 100.0),
}


def scored(rubric=RUBRIC, weighting=None, **answers) -> pd.DataFrame:
    firms = {name: answers.pop(name) for name in ("sector",) if name in answers}
    return score_firms(responses(answers, **firms), INSTRUMENT, rubric, "2026", weighting)


def completions(firm: dict) -> list[dict]:
    """The firm with its blanks answered in every way."""
    ways = [EVERY[code] if answer is None else (answer,) for code, answer in firm.items()]
    return [dict(zip(firm, way, strict=True)) for way in itertools.product(*ways)]


def columns(firms: list[dict]) -> dict:
    return {code: [firm[code] for firm in firms] for code in firms[0]}


def test_that_bounds_of_a_blank_are_as_computed_by_hand():
    """use blank: pillar use between (0 + 1/2)/2 = 25 and 75, data (1/2 + 1/2 + 1/2)/3 = 50: index 33.33 to 66.67; the gate at L2
    asks for use: without it L1, with it the index's own L3."""
    firm = scored(use=[None], tools=["a"], stage=["s1"], line=["planned"], spend=[100.0]).iloc[0]
    by_hand = (2 * 25 + (0.5 + 0.25 + 1) / 3 * 100) / 3, (2 * 75 + (0.5 + 0.25 + 1) / 3 * 100) / 3
    assert (firm["index_worst"], firm["index_best"]) == (pytest.approx(by_hand[0]), pytest.approx(by_hand[1]))
    assert (firm["level_worst"], firm["level_best"]) == ("L1", "L3")


def test_that_bounds_equal_index_and_level_where_nothing_is_blank():
    full = [dict(zip(EVERY, way, strict=True)) for way in itertools.product(*EVERY.values())]
    for weighting in (None, GEOMETRIC):
        table = scored(weighting=weighting, **columns(full))
        for end in ("worst", "best"):
            assert (table[f"index_{end}"].fillna(-1) == table["index"].fillna(-1)).all()
            assert (table[f"level_{end}"].astype(str) == table["level"].astype(str)).all()


def test_that_a_firm_with_too_few_answers_has_bounds_and_no_level():
    firm = scored(use=["yes"], tools=[None], stage=[None], line=[None], spend=[None]).iloc[0]
    assert np.isnan(firm["index"]) and pd.isna(firm["level"])
    assert firm["index_worst"] == pytest.approx(100 / 3)  # use (1 + 0)/2 = 50, data 0
    assert (firm["index_best"], firm["level_worst"], firm["level_best"]) == (100.0, "L1", "L4")


def test_that_a_firm_to_which_nothing_applies_has_no_bounds():
    rubric = replace(RUBRIC, scores=RUBRIC.scores[:1], pillars=RUBRIC.pillars[:1], gates=())
    firm = scored(rubric, use=["na"]).iloc[0]
    assert firm[["index", "index_worst", "index_best"]].isna().all()
    assert firm[["level", "level_worst", "level_best"]].isna().all()


def test_that_a_ladder_has_empty_columns_of_bounds():
    table = scored(LADDER, stage=["s0", None])
    assert table[list(BOUND_COLUMNS)].isna().all(axis=None)
    assert table["level_best"].cat.ordered


firms_ = st.lists(
    st.fixed_dictionaries({code: st.sampled_from((*ways, None)) for code, ways in EVERY.items()}), min_size=1, max_size=4
)
OF_USERS = tuple(
    replace(score, applies=Condition("answer", item="use", includes=("yes",))) if score.pillar == "data" else score
    for score in RUBRIC.scores
)
PILLAR_GATE = Gate("g3", "L3", Condition("pillar", item="data", at_least=50.0), W)


@settings(max_examples=25, deadline=None)
@given(firms_, st.booleans(), st.booleans())
def test_that_however_the_blanks_are_answered_index_and_level_lie_within_the_bounds(firms, conditional, geometric):
    """Items of `data` concern users alone when `conditional`: whether its pillar counts at all may then hang on a blank."""
    rubric = replace(RUBRIC, scores=OF_USERS if conditional else RUBRIC.scores, gates=(*RUBRIC.gates, PILLAR_GATE))
    weighting = GEOMETRIC if geometric else None
    bounds = scored(rubric, weighting, **columns(firms))
    for row, firm in enumerate(firms):
        filled = scored(rubric, weighting, **columns(completions(firm)))
        index, level = filled["index"].dropna(), filled["level"].dropna()
        if len(index):
            assert bounds["index_worst"][row] <= index.min() + 1e-6
            assert bounds["index_best"][row] >= index.max() - 1e-6
            assert bounds["level_worst"].cat.codes[row] <= level.cat.codes.min()
            assert bounds["level_best"].cat.codes[row] >= level.cat.codes.max()
        if len(index) and not conditional:
            assert bounds["index_worst"][row] == pytest.approx(index.min())
            assert bounds["index_best"][row] == pytest.approx(index.max())
            assert bounds["level_worst"].cat.codes[row] == level.cat.codes.min()
            assert bounds["level_best"].cat.codes[row] == level.cat.codes.max()


def test_that_the_most_an_item_can_earn_bounds_it_from_above():
    """Three options chosen of a list of three earn 3/5: no firm can reach more, so the best bound is 60."""
    rubric = replace(RUBRIC, scores=(ItemScore("tools", "use", "count", high=5.0),), pillars=RUBRIC.pillars[:1], gates=())
    assert scored(rubric, tools=[None])["index_best"].tolist() == [60.0]
