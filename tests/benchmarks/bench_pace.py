"""How fast published shares moved and how much that changed: the numbers of resources/forecast/pace.toml, computed anew.

Run by hand: `python -m tests.benchmarks.bench_pace FOLDER`, where FOLDER holds the files as published; one core, seconds. For each
series the lasting and passing parts of paces (and, where standard errors are known, the noise of a value) under which all its
places together are likeliest, on a grid; with the range of each that lies within 2 of the best log likelihood.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from app.analysis.progress.backtest import side_by_side
from app.analysis.progress.forecast.laid_down import DAMPING
from app.analysis.progress.forecast.models import filtered
from app.analysis.progress.forecast.scales import logit
from app.analysis.progress.forecast.series import prepare
from app.analysis.progress.forecast.state import Setting
from app.domain.backtest import SeriesTable
from tests.benchmarks.real_series import europe, us_states

STEPS = np.round(np.arange(0.05, 0.81, 0.05), 2)
NOISES = (0.0, 0.025, 0.05, 0.075, 0.1, 0.125, 0.15)
NOISE_UNKNOWN = (0.1,)  # three yearly values cannot tell it
LEAST = 5  # values of a state


def table(frame: pd.DataFrame, least: int) -> SeriesTable:
    groups = [(name, part) for name, part in frame.groupby("series") if len(part) >= least]

    def column(name: str, by: float) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(float(value) / by for value in part[name]) for _, part in groups)

    errors = column("se", 100.0) if "se" in frame else None
    return SeriesTable("", tuple(str(name) for name, _ in groups), column("time", 1.0), column("value", 100.0), errors, True)


def likeliest(made: SeriesTable, noises: tuple[float, ...], damping: float = DAMPING) -> list[tuple[float, float, float, float]]:
    """(log likelihood, lasting, passing, noise), best first."""
    waves, one = prepare(side_by_side(made), True), np.ones((1, 1))
    grid = [(lasting, passing) for lasting in STEPS for passing in STEPS]
    pairs = np.array(grid)
    setting = Setting(0 * one, pairs[None, :, 0], pairs[None, :, 1], damping * one)
    found = []
    for noise in noises:
        told = filtered(waves, logit(), setting, noise).likelihood.sum(axis=0)
        found += [(float(value), *pair, noise) for value, pair in zip(told, grid, strict=True)]
    return sorted(found, reverse=True)


def main() -> int:
    """Print a line for each series and damping."""
    folder = Path(sys.argv[1])
    tables = {
        "eu_country": (table(europe(folder, "country_2021_2024"), 3), NOISE_UNKNOWN),
        "eu_section": (table(europe(folder, "nace_2023_2025"), 3), NOISE_UNKNOWN),
        "us_now": (table(us_states(folder, "us_now"), LEAST), NOISES),
        "us_next_six_months": (table(us_states(folder, "us_next_six_months"), LEAST), NOISES),
    }
    print(f"{'series':20} damping  places  lasting (range)     passing (range)     noise (range)")
    for name, (made, noises) in tables.items():
        for damping in (DAMPING / 2, DAMPING, DAMPING * 2):
            found = likeliest(made, noises, damping)
            near = [each for each in found if each[0] > found[0][0] - 2]
            best = "   ".join(
                f"{found[0][at]:.3f} ({min(e[at] for e in near):.3f}–{max(e[at] for e in near):.3f})" for at in (1, 2, 3)
            )
            print(f"{name:20} {damping:7.1f}  {len(made.names):6}  {best}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
