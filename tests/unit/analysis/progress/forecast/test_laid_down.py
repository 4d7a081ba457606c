"""What is laid down about paces is what the resource file says was measured."""

from __future__ import annotations

import pytest

from app.analysis.progress.forecast.laid_down import BASS_P, BASS_Q, PRIOR, Measured, prior_of
from app.files.resource_forecast import read_bass, read_measured
from app.files.resources import resources_folder


def test_that_the_program_uses_what_was_measured():
    measured = prior_of(read_measured(resources_folder() / "forecast" / "pace.toml"))
    assert (round(measured.lasting, 2), round(measured.passing, 2), round(measured.noise, 2)) == (
        PRIOR.lasting,
        PRIOR.passing,
        PRIOR.noise,
    )
    assert read_bass(resources_folder() / "forecast" / "bass.toml") == (BASS_P, BASS_Q)


def test_that_an_origin_can_be_left_out_whole():
    series = (
        Measured("a", "x", 0.3, 0.1, None, "s"),
        Measured("b", "y", 0.4, 0.2, 0.1, "s"),
        Measured("c", "y", 0.0, 0.2, 0.1, "s"),
    )
    assert prior_of(series).lasting == pytest.approx((0.25 / 3) ** 0.5)
    assert prior_of(series, "y") == prior_of(series[:1])
    assert prior_of(series, "y").noise == 0.0
    assert prior_of(series, "x").noise == pytest.approx(0.1)
