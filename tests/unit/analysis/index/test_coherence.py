"""Coherence against textbook formulas, and what is pointed at in matrices made to have it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from app.analysis.index import coherence, score_firms
from app.analysis.index.correlation import pairs_of
from app.analysis.index.matrix import ScoreMatrix, score_matrix
from app.domain.rubric import Pillar, Rubric
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, LEVELS, RUBRIC, W, responses

pytestmark = pytest.mark.filterwarnings("error")
TWO = Rubric("two", "1", W, "test", (Pillar("p", W, 1.0), Pillar("q", W, 1.0)), (), (), LEVELS)


def matrix(points: dict[str, np.ndarray], pillars: str) -> tuple[ScoreMatrix, pd.DataFrame]:
    """Columns of points by item, the pillar of each by letter, and firms with the plain mean of each pillar."""
    table = np.column_stack(list(points.values())).astype(np.float32)
    made = ScoreMatrix(table, np.ones(table.shape, bool), tuple(points), tuple(pillars), np.ones(len(points)))
    frame = {}
    for pillar in "pq":
        own = table[:, [letter == pillar for letter in pillars]]
        frame[f"p_{pillar}"] = 100 * own.mean(axis=1) if own.shape[1] else np.full(len(table), np.nan)
    return made, pd.DataFrame(frame)


def flags(found, kind: str) -> list[tuple[str, str]]:
    return [(flag.item, flag.other) for flag in found.flags if flag.kind == kind]


def mixed(n=200, seed=1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    one, other = rng.random(n), rng.random(n)
    return {
        "a": one,
        "b": np.clip(one + rng.normal(0, 0.15, n), 0, 1),
        "c": np.clip(one + rng.normal(0, 0.15, n), 0, 1),
        "d": other,
        "e": np.clip(other + rng.normal(0, 0.2, n), 0, 1),
    }


def test_that_alpha_is_that_of_the_textbook_where_nothing_is_missing():
    points = mixed()
    found = coherence(*matrix(points, "pppqq"), TWO)
    own = np.column_stack([points[name] for name in "abc"])
    by_hand = 3 / 2 * (1 - own.var(axis=0, ddof=1).sum() / own.sum(axis=1).var(ddof=1))
    assert found.pillars[0].alpha == pytest.approx(by_hand, abs=1e-6)
    assert (found.pillars[0].items, found.pillars[0].firms) == (3, 200)


def test_that_two_items_of_known_covariance_have_the_alpha_computed_by_hand():
    """0, 0, 1, 1 against 0, 1, 0, 1 (ten times): no covariance, alpha 0; against itself: alpha 1."""
    one, other = np.tile([0, 0, 1, 1], 10), np.tile([0, 1, 0, 1], 10)
    assert coherence(*matrix({"a": one, "b": other}, "pp"), TWO).pillars[0].alpha == 0.0
    assert coherence(*matrix({"a": one, "b": one}, "pp"), TWO).pillars[0].alpha == 1.0


def test_that_correlations_and_first_components_are_those_of_numpy():
    points = mixed()
    made, firms = matrix(points, "pppqq")
    found = coherence(made, firms, TWO)
    between = np.corrcoef(firms["p_p"], firms["p_q"])
    assert found.correlations[0][1] == found.correlations[1][0] == pytest.approx(between[0, 1], abs=1e-6)
    assert found.correlations[0][0] == 1.0
    own = np.corrcoef(np.column_stack([points[name] for name in "abc"]).T)
    assert found.pillars[0].mean_correlation == pytest.approx((own.sum() - 3) / 6, abs=1e-6)
    assert found.pillars[0].first_component == pytest.approx(np.linalg.eigvalsh(own)[-1] / 3, abs=1e-6)
    assert found.first_component == pytest.approx((1 + abs(between[0, 1])) / 2, abs=1e-6)


def test_that_each_pair_is_told_over_the_rows_that_hold_both():
    rng = np.random.default_rng(2)
    columns = rng.random((120, 4))
    columns[rng.random((120, 4)) < 0.3] = np.nan
    found, frame = pairs_of(columns, 30), pd.DataFrame(columns)
    assert found.correlation == pytest.approx(frame.corr().to_numpy(), abs=1e-8)
    assert found.covariance == pytest.approx(frame.cov().to_numpy(), abs=1e-8)
    assert (found.rows == (frame.notna().T.astype(int) @ frame.notna().astype(int)).to_numpy()).all()
    assert np.isnan(pairs_of(columns, 100).correlation[0, 1])


def test_that_coherent_items_raise_no_flag():
    assert coherence(*matrix(mixed(), "pppqq"), TWO).flags == ()


def test_that_items_nearly_always_answered_alike_are_flagged():
    points = mixed()
    points["c"] = np.clip(points["a"] + np.random.default_rng(4).normal(0, 0.03, 200), 0, 1)
    assert flags(coherence(*matrix(points, "pppqq"), TWO), "redundant") == [("a", "c")]


def test_that_an_item_that_does_not_belong_or_is_turned_round_is_flagged():
    points = mixed()
    points["c"] = np.random.default_rng(3).random(200) * 0.5 + points["a"] * 0.07
    found = coherence(*matrix(points, "pppqq"), TWO)
    assert flags(found, "unrelated") == [("c", "p")]
    turned = mixed() | {"e": 1 - points["e"]}
    found = coherence(*matrix(turned, "pppqq"), TWO)
    assert flags(found, "contrary") == [("d", "q"), ("e", "q")]
    assert found.pillars[1].alpha < -1 and flags(found, "alpha_low") == [("q", "")]


def test_that_a_low_alpha_is_flagged_with_its_value():
    rng = np.random.default_rng(8)
    one = rng.random(300)
    points = {"a": one, "b": 0.25 * one + 0.75 * rng.random(300), "c": 0.2 * one + 0.8 * rng.random(300)}
    found = coherence(*matrix(points, "ppp"), TWO)
    (low,) = [flag for flag in found.flags if flag.kind == "alpha_low"]
    assert low.item == "p" and low.value == found.pillars[0].alpha < 0.6


def test_that_a_constant_item_is_flagged_and_spoils_nothing():
    points = mixed() | {"c": np.full(200, 0.25)}
    found = coherence(*matrix(points, "pppqq"), TWO)
    assert flags(found, "constant") == [("c", "")]
    assert found.pillars[0].alpha is not None
    assert found.pillars[0].first_component == pytest.approx(found.pillars[0].mean_correlation / 2 + 0.5, abs=1e-6)


def test_that_a_correlation_no_different_from_none_is_not_called_contrary():
    points = mixed()
    assert coherence(*matrix(points, "pppqq"), TWO).correlations[0][1] < 0
    lone = np.random.default_rng(16).random(200)
    found = coherence(*matrix(points | {"c": lone}, "pppqq"), TWO)
    assert ("c", "p") in flags(found, "unrelated")
    assert flags(found, "contrary") == []


def test_that_pillars_that_pull_apart_are_flagged():
    points = mixed()
    found = coherence(*matrix(points | {"d": 1 - points["b"], "e": 1 - points["c"]}, "pppqq"), TWO)
    assert ("p", "q") in flags(found, "contrary")


def test_that_items_put_to_some_firms_are_told_over_those_and_few_answers_are_named():
    points = mixed()
    points["c"][150:] = np.nan
    points["e"][20:] = np.nan
    found = coherence(*matrix(points, "pppqq"), TWO)
    assert found.pillars[0].alpha is not None
    assert flags(found, "few") == [("q", "")]
    assert (found.pillars[1].alpha, found.pillars[1].first_component, found.pillars[1].mean_correlation) == (None, None, None)


@pytest.mark.parametrize("n", [0, 1, 29])
def test_that_too_few_firms_tell_nothing_and_it_is_said(n):
    points = {name: values[:n] for name, values in mixed().items()}
    found = coherence(*matrix(points, "pppqq"), TWO)
    assert flags(found, "few") == [("p", ""), ("q", "")]
    assert [flag.kind for flag in found.flags] == ["few", "few"]
    assert found.first_component is None
    assert found.correlations == ((None, None), (None, None))


def test_that_all_blank_forms_and_a_ladder_have_defined_results():
    blank = responses({"use": [None] * 40})
    for rubric in (RUBRIC, LADDER):
        firms = score_firms(blank, INSTRUMENT, rubric, "2026")
        found = coherence(score_matrix(blank, INSTRUMENT, rubric), firms, rubric)
        assert all(pillar.alpha is None for pillar in found.pillars)
        assert len(found.pillars) == len(rubric.pillars)


def test_that_the_order_of_firms_changes_nothing():
    made, firms = matrix(mixed(), "pppqq")
    order = np.random.default_rng(1).permutation(200)
    turned = ScoreMatrix(made.points[order], made.applies[order], made.items, made.pillars, made.weights)
    assert coherence(turned, firms.iloc[order], TWO) == coherence(made, firms, TWO)


def test_that_a_matrix_of_other_firms_is_refused():
    made, firms = matrix(mixed(), "pppqq")
    with pytest.raises(ValueError, match="not that of the firms"):
        coherence(made, firms.iloc[:5], TWO)
