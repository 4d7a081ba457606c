"""Predicting many firms: the same in blocks and on several threads as one by one, and what is usual in a sector."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.learn import predict
from app.analysis.learn.fitted import BOOSTING, ORDINAL
from app.analysis.learn.nested import counted
from app.analysis.learn.predict import LevelModel, answer, norms_of, predict_levels
from app.analysis.learn.sets import learn_sets
from app.analysis.learn.tune import tune
from app.domain.task import run_to_end
from tests.unit.analysis.learn.county import LEVELS, county, lesson_of

CASE = county(300, 200, 8, seed=9)
LESSON = lesson_of(CASE)
KEYS = CASE.firms["firm"].to_numpy(dtype=object)


@pytest.fixture(scope="module", params=[ORDINAL, BOOSTING])
def fitted(request):
    return run_to_end(counted(tune(request.param, LESSON, 0), "progress.learn.fit", 0, 4))


def test_that_several_threads_and_blocks_give_what_one_gives_bit_for_bit(fitted, monkeypatch):
    sets = learn_sets(fitted.answer(LESSON.table)[0], LESSON.levels, KEYS[CASE.taught], fitted.classes, (0, 4), 0)
    model = LevelModel(fitted, LEVELS, sets, norms_of(CASE.answers, LESSON.columns, CASE.places))
    whole = run_to_end(predict_levels(model, CASE.answers, KEYS))
    monkeypatch.setattr(predict, "_PART", 17)
    monkeypatch.setattr(predict, "BLOCK", 70)
    seen = []
    parts = run_to_end(predict_levels(model, CASE.answers, KEYS), seen.append)
    for name in ("chances", "called", "low", "high"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))
    assert [step.done for step in seen] == [0, 70, 140, 210, 280]


def test_that_no_firms_are_no_trouble(fitted):
    chances, called = answer(fitted, LESSON.table[:0])
    assert (chances.shape, called.shape) == ((0, 5), (0,))


def test_that_the_firms_of_a_sector_have_their_own_medians_and_an_unknown_sector_those_of_all():
    points = CASE.matrix.points.copy()
    sector = CASE.firms["sector"].to_numpy(dtype=object)
    points[sector == "C", 0], points[sector != "C", 0], points[:, 1] = 1.0, 0.25, np.nan
    answers = replace(CASE, matrix=replace(CASE.matrix, points=points)).answers
    norms = norms_of(answers, LESSON.columns, sector)
    assert (norms.of("C")[0], norms.of("A")[0], norms.of("")[0]) == pytest.approx((1.0, 0.25, 0.25))
    assert np.isnan(norms.of("C")[1])
    known = np.sort(points[sector == "I", 3][~np.isnan(points[sector == "I", 3])])
    assert norms.of("I")[3] == pytest.approx(known[(len(known) - 1) // 2])
