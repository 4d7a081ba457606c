"""Index, ranks and alpha against COINr's published example: 51 countries, 49 indicators, eight pillars."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.analysis.index import coherence, score_firms
from app.analysis.index.matrix import score_matrix
from app.analysis.index.ranks import ranks
from app.domain.instrument import Instrument, Item, ItemType
from app.domain.judgement import Aggregation, Weighting
from app.domain.rubric import ItemScore, LevelWords, Pillar, Rubric
from app.domain.words import Words
from tests.unit.analysis.small_study import responses

HERE = Path(__file__).parent / "coinr"
W = Words("文", "text")


@pytest.fixture(scope="module")
def tables():
    return {name: pd.read_csv(HERE / f"{name}.csv") for name in ("items", "pillars", "treated", "expected")}


@pytest.fixture(scope="module")
def study(tables):
    """The example as an instrument of ours: each indicator a number between its smallest and largest, or the other way round."""
    treated, items, scores = tables["treated"], [], []
    for row in tables["items"].itertuples():
        ends = treated[row.item].min(), treated[row.item].max()
        low, high = ends if row.direction > 0 else ends[::-1]
        items.append(Item(row.item, ItemType.NUMBER, W, W))
        scores.append(ItemScore(row.item, row.pillar, "goalposts", weight=row.weight, low=low, high=high))
    pillars = tuple(Pillar(row.pillar, W, row.weight) for row in tables["pillars"].itertuples())
    levels = (LevelWords("L0", W, 0.0, W), LevelWords("L1", W, 50.0, W))
    rubric = Rubric("asem", "1", W, "COINr", pillars, tuple(scores), (), levels)
    instrument = Instrument("asem", "1", W, "COINr", tuple(items))
    answers = {item.code: treated[item.code].tolist() for item in items}
    return responses(answers, instrument, firm=treated["uCode"]), instrument, rubric


def scored(study, tables, aggregation) -> pd.DataFrame:
    """Two sub-indices of equal weight in one step: each pillar weighs its share of its sub-index."""
    given, instrument, rubric = study
    groups = tables["pillars"]["group"]
    weights = 0.5 / groups.map(groups.value_counts())
    weighting = Weighting("nested", tuple(zip(tables["pillars"]["pillar"], weights, strict=True)), aggregation, "as COINr")
    return score_firms(given, instrument, rubric, "2026", weighting)


@pytest.mark.parametrize("aggregation", Aggregation)
def test_that_pillars_index_and_ranks_equal_those_of_coinr(study, tables, aggregation):
    firms, expected = scored(study, tables, aggregation), tables["expected"]
    assert firms["firm"].tolist() == expected["country"].tolist()
    for pillar in tables["pillars"]["pillar"]:
        assert firms[f"p_{pillar}"].to_numpy() == pytest.approx(expected[pillar].to_numpy(), abs=1e-6)
    index = firms["index"].to_numpy()
    assert index == pytest.approx(expected[f"index_{aggregation}"].to_numpy(), abs=1e-6)
    assert ranks(index).tolist() == expected[f"rank_{aggregation}"].tolist()


def test_that_alpha_equals_that_of_coinr(study, tables):
    given, instrument, rubric = study
    firms = scored(study, tables, Aggregation.ARITHMETIC)
    found = coherence(score_matrix(given, instrument, rubric), firms, rubric)
    assert [pillar.alpha for pillar in found.pillars] == pytest.approx(tables["pillars"]["alpha"].tolist(), abs=1e-6)
    assert np.array(found.correlations, dtype=float) == pytest.approx(
        tables["expected"][tables["pillars"]["pillar"]].corr().to_numpy(), abs=1e-6
    )
