"""The two ordinal estimators: scikit-learn's contract, an outside yardstick, and the order of levels."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from app.analysis.learn.estimators import FrankHall, OrdinalLogistic
from app.analysis.learn.threads import one_thread

MEDIAN = (
    "predict gives the median class, which may differ from the likeliest; three blobs in a plane have no order to find either"
)


@pytest.fixture(autouse=True)
def single():
    """One thread, as in the program: several wait for one another longer than these small tables take."""
    with one_thread():
        yield


def expected(estimator):
    return {"check_classifiers_train": MEDIAN}


@parametrize_with_checks([OrdinalLogistic(), FrankHall(rounds=4)], expected_failed_checks=expected)
def test_that_the_contract_of_scikit_learn_is_kept(estimator, check):
    check(estimator)


def ordered(n: int, seed: int = 0):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(n, 4)) * [1, 10, 0.1, 3] + [0, 5, 1, 0]
    score = table @ [1.0, 0.1, -5.0, 0.2] + rng.logistic(size=n)
    return table, np.digitize(score, [-6, -5, -3.5, -2])


def test_that_it_equals_statsmodels_without_penalty_and_bounds():
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    table, levels = ordered(800)
    own = OrdinalLogistic(C=np.inf).fit(table, levels)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = OrderedModel(levels, table, distr="logit").fit(method="bfgs", disp=0, maxiter=1000, gtol=1e-8)
    cuts = other.model.transform_threshold_params(other.params)[1:-1]
    np.testing.assert_allclose(own.coef_, other.params[:4], atol=1e-4)
    np.testing.assert_allclose(own.thresholds_, cuts, atol=1e-4)
    np.testing.assert_allclose(own.predict_proba(table[:50]), other.predict(table[:50]), atol=1e-4)


def test_that_a_declared_column_never_lowers_the_level_and_the_others_may():
    table, levels = ordered(500)
    free = OrdinalLogistic().fit(table, levels)
    bound = OrdinalLogistic(monotone=[True, True, True, False]).fit(table, levels)
    assert free.coef_[2] < -1
    assert bound.coef_[2] == 0
    assert (bound.coef_[:3] >= 0).all()


def test_that_the_penalty_pulls_effects_toward_nothing():
    table, levels = ordered(300)
    sizes = [np.abs(OrdinalLogistic(C=c).fit(table, levels).coef_ * table.std(axis=0)).sum() for c in (10.0, 0.1, 0.001)]
    assert sizes[0] > sizes[1] > sizes[2]


def test_that_the_order_of_rows_and_the_scale_of_columns_change_nothing():
    table, levels = ordered(400)
    order = np.random.default_rng(1).permutation(400)
    one, other = OrdinalLogistic().fit(table, levels), OrdinalLogistic().fit(table[order] * 1000, levels[order])
    np.testing.assert_allclose(one.at_least(table), other.at_least(table * 1000), atol=1e-6)


@pytest.mark.parametrize("model", [OrdinalLogistic(), FrankHall(rounds=10)])
def test_that_chances_add_up_fall_with_the_level_and_the_median_is_called(model):
    table, levels = ordered(400)
    model.fit(table, levels)
    reached, chances = model.at_least(table), model.predict_proba(table)
    assert (np.diff(reached, axis=1) <= 1e-12).all()
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (chances >= -1e-12).all()
    np.testing.assert_array_equal(model.predict(table), (np.cumsum(chances, axis=1) <= 0.5).sum(axis=1))


def test_that_boosting_reads_blanks_and_refuses_infinities():
    table, levels = ordered(300)
    table[::5, 0] = np.nan
    assert FrankHall(rounds=10).fit(table, levels).predict(table).max() <= 4
    table[0, 1] = np.inf
    with pytest.raises(ValueError, match="infinity"):
        FrankHall(rounds=10).fit(table, levels)


def test_that_boosting_read_off_on_its_way_is_what_fewer_rounds_give():
    table, levels = ordered(300)
    long, short = FrankHall(rounds=20).fit(table, levels), FrankHall(rounds=8).fit(table, levels)
    np.testing.assert_allclose(long.staged(table, (8, 20))[0], short.at_least(table))
    np.testing.assert_allclose(long.staged(table, (8, 20))[1], long.at_least(table))


@pytest.mark.parametrize("model", [OrdinalLogistic(), FrankHall()])
def test_that_one_level_is_refused(model):
    with pytest.raises(ValueError, match="1 class"):
        model.fit(np.random.default_rng(0).normal(size=(40, 2)), np.zeros(40, dtype=int))
