"""How long watching takes and how often its intervals hold: `python -m tests.benchmarks.bench_watch [firms]`.

Times are medians of five against one grouped sum of the same firms in the same run. Coverage is of the 95 % intervals of rates of
jobs and of shares over simple random samples by sector from one simulated county.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
import pandas as pd

from app.analysis.watch import watch
from app.analysis.watch.released import released
from app.domain.resources import Resources
from app.domain.responses import FIRM_COLUMNS, PLACE_COLUMNS, Block, Responses
from app.domain.study import Design, Study, Wave
from app.files.resources import load_resources
from tests.benchmarks.bench_estimate import seconds
from tests.unit.analysis.small_study import RUBRIC

SECTORS = list("ACEFGHIJKLMNOPQR")
RATES = ("displaced", "created", "net", "moved", "redeployed", "trained")


def county(n: int, seed: int, resources: Resources) -> tuple[pd.DataFrame, np.ndarray]:
    """Return answers of n firms to the shipped questionnaire and the place of each one's sector; a fifth left blank."""
    random, columns = np.random.default_rng(seed), {}
    for item in resources.instruments["aiplus-2026"].items:
        codes = [option.code for option in item.options] or ["yes", "no", "planned", "unknown", "na"]
        if item.type.value in ("number", "count", "money", "percent"):
            columns[item.code] = np.where(random.random(n) < 0.2, np.nan, random.integers(0, 30, n).astype(float))
        elif item.type.value in ("yes_no", "single", "ladder", "multi"):
            columns[item.code] = pd.Categorical.from_codes(random.integers(-1, len(codes), n), codes)
    people = np.maximum(np.round(np.exp(random.normal(3.5, 1.1, n))), 1.0)
    columns["ID05"] = people
    for code, mean in (("J1", 0.015), ("J2", 0.02), ("J3", 0.01), ("J4", 0.2)):
        chance = np.clip(mean * random.gamma(1.5, 1 / 1.5, n), 0, 1)
        columns[code] = np.where(random.random(n) < 0.1, np.nan, random.binomial(people.astype(int), chance).astype(float))
    return pd.DataFrame(columns), random.integers(0, len(SECTORS), n)


def study_of(values: pd.DataFrame, place: np.ndarray, wave: Wave, resources: Resources) -> Study:
    """Return a study of these answers."""
    n = len(values)
    firms = pd.DataFrame(dict.fromkeys(FIRM_COLUMNS, ""), index=range(n))
    firms["firm"] = np.char.add("F", np.arange(n).astype(str))
    firms["sector"] = pd.Categorical.from_codes(place, SECTORS)
    firms["wave"], firms["counted"] = wave.id, True
    places = pd.DataFrame(dict.fromkeys(PLACE_COLUMNS, 0), index=range(n))
    given = Responses(values, values, firms, places, (Block("s", "f", "t", wave.id, {}),))
    return Study("county", resources.instruments["aiplus-2026"], RUBRIC, waves=(wave,), responses=given)


def speed(n: int, resources: Resources) -> None:
    """Print how long one look takes, as seconds and against a grouped sum."""
    values, place = county(n, 1, resources)
    frame = dict(zip(SECTORS, (2 * np.bincount(place, minlength=len(SECTORS))).tolist(), strict=True))
    study = study_of(values, place, Wave("2026", "2026-06-30", Design.SAMPLE, frame), resources)
    watch(study, resources)
    whole, own = seconds(lambda: watch(study, resources))
    base, _ = seconds(lambda: values["ID05"].groupby(place).sum())
    found = watch(study, resources)
    table, _ = seconds(lambda: released(found))
    print(
        f"{n:,} firms: watch {whole:.3f} s ({own:.3f} s of processor), {whole / base:.0f} × a grouped sum; release {table:.3f} s"
    )


def coverage(samples: int, resources: Resources) -> None:
    """Print how often the intervals of each rate hold the county's own."""
    values, place = county(6000, 2, resources)
    complete = values.assign(**{code: values[code].fillna(0.0) for code in ("J1", "J2", "J3", "J4")})
    frame = dict(zip(SECTORS, np.bincount(place, minlength=len(SECTORS)).tolist(), strict=True))
    wave = Wave("2026", "2026-06-30", Design.SAMPLE, frame)
    truth = watch(study_of(complete, place, wave, resources), resources)
    hits: dict[tuple[str, str], list[bool]] = {}
    for seed in range(samples):
        rows = _draw(place, 40, seed)
        found = watch(study_of(complete.iloc[rows].reset_index(drop=True), place[rows], wave, resources), resources)
        _note(hits, found, truth)
    for kind in ("total", "sector"):
        told = {name: np.mean(hits[kind, name]) for name in (*RATES, "using", "flagged") if hits.get((kind, name))}
        print(kind, " ".join(f"{name} {share:.3f} (n={len(hits[kind, name])})" for name, share in told.items()))


def _draw(place: np.ndarray, each: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(1000 + seed)
    own = [random.choice(np.flatnonzero(place == sector), each, replace=False) for sector in range(len(SECTORS))]
    return np.concatenate(own)


def _note(hits: dict[tuple[str, str], list[bool]], found: object, truth: object) -> None:
    for one, other in zip(found.jobs, truth.jobs, strict=True):
        for name in RATES:
            _hold(hits, ("total" if one.sector == "*" else "sector", name), one.rates[name], other.rates[name])
    for one, other in zip(found.agents, truth.agents, strict=True):
        for name in ("using", "flagged"):
            _hold(hits, ("total" if one.sector == "*" else "sector", name), getattr(one, name), getattr(other, name))


def _hold(hits: dict[tuple[str, str], list[bool]], key: tuple[str, str], told: object, true: object) -> None:
    if told.low is not None and true.value is not None:
        hits.setdefault(key, []).append(told.low <= true.value <= told.high)


def main(arguments: Sequence[str]) -> None:
    """Print both."""
    resources = load_resources()
    for n in [int(each) for each in arguments] or [10_000, 100_000]:
        speed(n, resources)
    coverage(200, resources)


if __name__ == "__main__":
    main(sys.argv[1:])
