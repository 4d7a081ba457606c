"""Each scale and its way back, its slope, and its walls."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.progress.forecast.scales import bass, logit, plain, unit

SHARES = np.linspace(0.02, 0.58, 29)
SCALES = [plain(), unit(), logit(), logit("logistic", 0.6), bass(12.7), bass(0.5)]
NAMES = ["plain", "unit", "logit", "ceiling", "bass", "slow bass"]


@pytest.mark.parametrize("scale", SCALES, ids=NAMES)
def test_that_back_undoes_of_and_slope_is_its_derivative(scale):
    assert scale.back(scale.of(SHARES)) == pytest.approx(SHARES)
    step = 1e-6
    assert (scale.of(SHARES + step) - scale.of(SHARES - step)) / (2 * step) == pytest.approx(scale.slope(SHARES), rel=1e-5)


@pytest.mark.parametrize("scale", [each for each in SCALES if each is not SCALES[1]], ids=[n for n in NAMES if n != "unit"])
def test_that_no_value_of_a_share_comes_back_past_its_walls(scale):
    back = scale.back(np.array([-1e9, -3.0, 0.0, 3.0, 1e9]))
    assert ((back >= 0) & (back <= 1)).all()
    assert (np.diff(back) >= 0).all()


def test_that_a_line_on_basss_scale_is_basss_curve():
    p, q, t = 0.03, 0.38, np.arange(0.0, 20.0)
    share = (1 - np.exp(-(p + q) * t)) / (1 + q / p * np.exp(-(p + q) * t))
    assert bass(q / p).of(share) == pytest.approx((p + q) * t)


def test_that_a_share_at_or_past_a_ceiling_lies_infinitely_far():
    assert logit("logistic", 0.6).of(np.array([0.6, 0.9])).tolist() == [np.inf, np.inf]
