"""A better answer never lowers the level: ten thousand pairs of firms, calibrated, through the path every prediction takes."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.learn.fitted import BOOSTING, ORDINAL
from app.analysis.learn.nested import counted
from app.analysis.learn.predict import answer
from app.analysis.learn.threads import one_thread
from app.analysis.learn.tune import tune
from app.domain.task import run_to_end
from tests.unit.analysis.learn.county import county, lesson_of

PAIRS = 10_000


@pytest.mark.parametrize("kind", [ORDINAL, BOOSTING])
@pytest.mark.parametrize("noise", [0.4, np.inf])
def test_that_no_better_answer_lowers_a_level(kind, noise):
    """Noise is the harder case: there a free model would learn that some better answers are worse."""
    lesson = lesson_of(county(300, 300, 8, seed=4, noise=noise))
    fitted = run_to_end(counted(tune(kind, lesson, 0), "progress.learn.fit", 0, 4))
    rng = np.random.default_rng(5)
    worse = lesson.table[rng.integers(0, len(lesson.table), PAIRS)].copy()
    items = lesson.columns.rubric
    worse[:, items + 1 :] = lesson.table[rng.integers(0, len(lesson.table), PAIRS)][:, items + 1 :]
    better = worse.copy()
    raised = rng.random((PAIRS, items)) < rng.choice([0.1, 0.5, 1.0], PAIRS)[:, None]
    better[:, :items] += np.where(raised, (1 - worse[:, :items]) * rng.random((PAIRS, items)), 0).astype(np.float32)
    (low_chances, low), (high_chances, high) = answer(fitted, worse), answer(fitted, better)
    assert (high >= low).all()
    above = np.cumsum(high_chances[:, ::-1], axis=1) - np.cumsum(low_chances[:, ::-1], axis=1)
    assert above.min() > -1e-8
    if np.isfinite(noise):
        assert (high > low).mean() > 0.1


def test_that_without_constraints_the_same_pairs_would_find_levels_lowered():
    """The test above can fail: free boosting on noise lowers levels for better answers."""
    from app.analysis.learn.estimators import FrankHall

    lesson = lesson_of(county(300, 300, 8, seed=4, noise=np.inf))
    items = lesson.columns.rubric
    with one_thread():
        free = FrankHall(rounds=50).fit(lesson.table[:, :items], lesson.levels)
        worse = lesson.table[:, :items]
        better = np.minimum(worse + np.float32(0.25), np.float32(1))
        assert (free.predict(better) < free.predict(worse)).any()
