"""The filter against the same model written out as one large normal distribution."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.progress.forecast.state import Setting, run

TIMES = np.array([2020.0, 2020.3, 2021.5, 2021.6, 2024.0])
VALUES = np.array([0.2, 0.1, 0.7, 0.9, 1.4])
VARIANCES = np.array([0.02, 0.01, 0.03, 0.02, 0.01])
PACE, LASTING, PASSING, DAMPING = 0.1, 0.3, 0.4, 1.3
AHEAD = np.array([2024.0, 2025.5, 2030.0])


def setting() -> Setting:
    return Setting(*(np.array([[value]]) for value in (PACE, LASTING, PASSING, DAMPING)))


def fitted():
    known = np.ones((1, len(TIMES)), dtype=bool)
    return run(TIMES[None], VALUES[None], VARIANCES[None], known, setting())


def covariance(times: np.ndarray) -> np.ndarray:
    """Of levels at `times` (from the first wave, whose value gives the level): Doob's formula for the integrated process."""
    s, t = np.meshgrid(times - TIMES[0], times - TIMES[0])
    both = np.exp(-DAMPING * s) + np.exp(-DAMPING * t) - 1 - np.exp(-DAMPING * np.abs(s - t))
    shaken = PASSING**2 / DAMPING**2 * (2 * DAMPING * np.minimum(s, t) + both)
    return VARIANCES[0] + LASTING**2 * s * t + shaken


def test_that_level_and_variance_ahead_are_those_of_the_joint_normal():
    everywhere = np.concatenate([TIMES[1:], AHEAD])
    mean, joint = VALUES[0] + PACE * (everywhere - TIMES[0]), covariance(everywhere)
    seen = len(TIMES) - 1
    observed = joint[:seen, :seen] + np.diag(VARIANCES[1:])
    gain = joint[seen:, :seen] @ np.linalg.inv(observed)
    expected = mean[seen:] + gain @ (VALUES[1:] - mean[:seen])
    spread = np.diag(joint[seen:, seen:] - gain @ joint[:seen, seen:])
    found, variance = fitted().ahead(AHEAD[None])
    assert found[0] == pytest.approx(expected, abs=1e-9)
    assert variance[0] == pytest.approx(spread, abs=1e-9)


def test_that_the_likelihood_is_that_of_the_waves_after_the_first():
    mean = VALUES[0] + PACE * (TIMES[1:] - TIMES[0])
    joint = covariance(TIMES[1:]) + np.diag(VARIANCES[1:])
    away = VALUES[1:] - mean
    density = -(len(away) * np.log(2 * np.pi) + np.linalg.slogdet(joint)[1] + away @ np.linalg.solve(joint, away)) / 2
    assert fitted().likelihood[0, 0] == pytest.approx(density, abs=1e-9)


def test_that_a_shorter_series_beside_a_longer_one_is_fitted_as_if_alone():
    times, values, variances = (np.stack([each, each]) for each in (TIMES, VALUES, VARIANCES))
    for each in (times, values, variances):
        each[1, 3:] = np.nan
    both = run(times, values, variances, np.isfinite(times), setting())
    alone = run(times[1:, :3], values[1:, :3], variances[1:, :3], np.ones((1, 3), dtype=bool), setting())
    assert both.last.tolist() == [2024.0, 2021.5]
    for mine, own in zip(both.ahead(AHEAD[None])[:2], alone.ahead(AHEAD[None]), strict=True):
        assert mine[1] == pytest.approx(own[0], abs=1e-12)
    assert both.likelihood[1] == pytest.approx(alone.likelihood[0])


def test_that_mixing_settings_keeps_mean_and_variance_at_every_later_time():
    many = Setting(
        *(np.array([[value] * 2]) for value in (PACE, LASTING)),
        np.array([[0.2, 0.8]]),
        np.array([[DAMPING] * 2]),
    )
    state = run(TIMES[None], VALUES[None], VARIANCES[None], np.ones((1, 5), dtype=bool), many)
    weights = np.array([[0.3, 0.7]])
    mean, variance = state.mixed(weights).ahead(AHEAD[None])
    for at, time in enumerate(AHEAD):
        own = []
        for passing in (0.2, 0.8):
            laid = Setting(*(np.array([[value]]) for value in (PACE, LASTING, passing, DAMPING)))
            own.append(
                run(TIMES[None], VALUES[None], VARIANCES[None], np.ones((1, 5), dtype=bool), laid).ahead(np.array([[time]]))
            )
        means, variances = (np.array([each[part][0, 0] for each in own]) for part in (0, 1))
        middle = weights[0] @ means
        assert mean[0, at] == pytest.approx(middle)
        assert variance[0, at] == pytest.approx(weights[0] @ (variances + (means - middle) ** 2))
