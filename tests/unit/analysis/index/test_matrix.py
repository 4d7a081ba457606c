"""The table of points from which checks and classifier start: the same points and gates as the index itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from app.analysis.index import score_firms
from app.analysis.index.matrix import score_matrix
from tests.unit.analysis.index.test_bounds import OF_USERS, columns, firms_
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, RUBRIC, responses


def test_that_points_are_those_of_the_answers_and_blanks_differ_from_what_does_not_apply():
    matrix = score_matrix(
        responses(
            {"use": ["planned", "na", "unknown"], "tools": ["a", None, "a|b|c"], "stage": ["s1"] * 3, "line": ["yes"] * 3},
            sector=["C", "I", "C"],
        ),
        INSTRUMENT,
        RUBRIC,
    )
    assert matrix.items == ("use", "tools", "stage", "line", "spend")
    assert matrix.pillars == ("use", "use", "data", "data", "data")
    assert matrix.points[0].tolist()[:4] == [0.25, 0.5, 0.5, 1.0]
    assert matrix.applies.tolist() == [[True] * 5, [False, True, True, False, True], [True] * 5]
    assert np.isnan(matrix.points[[0, 1, 1, 1, 2], [4, 0, 1, 3, 0]]).all()
    assert matrix.points.dtype == np.float32
    assert len(matrix) == 3


def test_that_rows_are_those_asked_for():
    matrix = score_matrix(responses({"use": ["yes", "no", "planned"]}), INSTRUMENT, RUBRIC, np.array([2, 0]))
    assert matrix.points[:, 0].tolist() == [0.25, 1.0]


@settings(max_examples=25, deadline=None)
@given(firms_)
def test_that_the_level_is_the_cut_under_the_ceiling_of_the_matrix(firms):
    for rubric in (RUBRIC, replace(RUBRIC, scores=OF_USERS)):
        answers = responses(columns(firms))
        scored, matrix = score_firms(answers, INSTRUMENT, rubric, "2026"), score_matrix(answers, INSTRUMENT, rubric)
        uncapped = scored["uncapped"].cat.codes.to_numpy()
        assert np.minimum(uncapped, matrix.ceiling).tolist() == scored["level"].cat.codes.tolist()
        share = np.divide((~np.isnan(matrix.points)).sum(axis=1), np.maximum(matrix.applies.sum(axis=1), 1))
        assert share == pytest.approx(scored["answered"].to_numpy())


def test_that_a_ladder_has_a_matrix_without_columns():
    matrix = score_matrix(responses({"use": ["yes"]}), INSTRUMENT, LADDER)
    assert matrix.points.shape == (1, 0)


def test_that_many_slices_score_as_one():
    """More firms than one slice holds: the second slice repeats the first."""
    n = 8192
    answers = {
        "use": ["yes", "no", None, "planned"] * (n // 2),
        "tools": ["a", "a|b"] * n,
        "spend": [1.0, 50.0, None, 70.0] * (n // 2),
    }
    table = score_firms(responses(answers), INSTRUMENT, RUBRIC, "2026").drop(columns=["position", "firm"])
    first, second = table.iloc[:n].reset_index(drop=True), table.iloc[n:].reset_index(drop=True)
    assert first.equals(second)
    assert table.iloc[:4]["p_use"].tolist()[:2] == [75.0, 50.0]
