"""How long goals take, and how often their lights are grey: `python -m tests.benchmarks.bench_goals [speed|filter|grey]`.

Times are the best of five by the clock, beside the same run's time of a fixed piece of Python (counting to ten million), since a busy
machine stretches both. Grey: the share of lights that cannot tell, by the number of firms that answered each of two waves a year
apart, over worlds whose share, pace and distance to the target differ.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from app.analysis.estimate import wilson
from app.analysis.progress import tally
from app.analysis.progress.evaluate import Case, evaluate
from app.analysis.progress.narrow import progress_under
from app.domain.condition import Condition
from app.domain.goals import Conversion, Goal, GoalBook, GoalKind, GoalProgress, Layer, Light, Measure, Observation
from app.domain.responses import Responses
from app.domain.study import Design, Study, Wave
from app.domain.words import Words
from tests.unit.analysis.small_study import INSTRUMENT, RUBRIC, YES_NO, values_frame

W = Words("文", "text")
USE = Condition("answer", item="use", includes=("yes",))
PLAN = Condition("answer", item="use", includes=("planned",))
MEASURE = Measure("use", W, USE, None, "firms", True, "own", "1", PLAN)
CONVERSION = Conversion(0.3, 0.7, "own", True)
Z = 1.959963984540054


def goal(number: int, year: int, value: float, sections: tuple[str, ...] = (), measure: str = "use") -> Goal:
    """Return a goal of a share."""
    words = ("g", Layer.COUNTY, GoalKind.RATE, year, ">", value, "", W, "d", "2026", W, sections, measure, W, "s", False)
    return Goal(f"{words[0]}{number}", *words[1:])


def best(run: Callable[[], object], repeats: int = 5) -> float:
    """Return the shortest time of a call by the clock."""
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def yardstick() -> float:
    """Return the time of counting to ten million in this run."""

    def count() -> int:
        number = 0
        for _ in range(10_000_000):
            number += 1
        return number

    return best(count, 3)


def seen(time_: float, hits: int, n: int) -> Observation:
    """Return a wave of n firms of which so many hold."""
    low, high = wilson(hits, n)
    return Observation(f"{time_:.3f}", time_, hits / n, low, high, n, None, (high - low) / 2 / Z, 0.05)


def distinct_series(goals: int, waves: int) -> list[Case]:
    """Return so many goals, each with a series of its own: quarterly waves on S-curves, 50 to 3,000 firms."""
    random = np.random.default_rng(5)
    start, pace = random.uniform(0.02, 0.3, goals), random.uniform(0.1, 0.6, goals)
    sizes = random.integers(50, 3000, goals)
    times = 2022 + np.arange(waves) / 4
    logits = np.log(start / (1 - start))[:, None] + pace[:, None] * (times - 2022)
    hits = random.binomial(sizes[:, None], 1 / (1 + np.exp(-logits)))
    years, targets = random.choice([2027, 2030], goals), random.choice([0.7, 0.9], goals)
    return [
        Case(
            goal(place, int(years[place]), float(targets[place])),
            MEASURE,
            tuple(seen(float(when), int(hit), int(sizes[place])) for when, hit in zip(times, hits[place], strict=True)),
        )
        for place in range(goals)
    ]


def speed() -> None:
    """Print what 10,000 goals of 20 waves each take."""
    cases, unit = distinct_series(10_000, 20), yardstick()
    evaluate(cases[:10], CONVERSION, "2026-12-31")  # loads what is loaded once
    took = best(lambda: evaluate(cases, CONVERSION, "2026-12-31"))
    print(f"10,000 goals x 20 waves: {took:.2f} s, {took / unit:.1f} times counting to ten million ({unit:.2f} s)")


def county(firms: int, seed: int = 3) -> tuple[Study, GoalBook]:
    """Return a study of so many firms in three yearly waves, and a book of 40 goals over five measures and 20 sectors."""
    random, n = np.random.default_rng(seed), 3 * firms
    answers = pd.Categorical.from_codes(random.choice(4, n, p=[0.4, 0.4, 0.1, 0.1]), YES_NO[:4])
    values = values_frame({}, 0)
    values = values.reindex(range(n)).assign(use=answers, people=random.integers(1, 300, n).astype(float))
    plain = {"firm": np.arange(n).astype(str), "name": "", "code": "", "code_valid": True, "division": "", "counted": True}
    letters = [chr(ord("A") + place) for place in range(20)]
    kinds = {
        "sector": pd.Categorical.from_codes(random.integers(0, 20, n), letters),
        "size": pd.Categorical.from_codes(random.integers(0, 4, n), ["large", "medium", "small", "micro"]),
        "township": pd.Categorical.from_codes(random.integers(0, 30, n), [f"镇{place}" for place in range(30)]),
        "wave": pd.Categorical.from_codes(np.arange(n) // firms, ["2024", "2025", "2026"]),
    }
    places = pd.DataFrame({"block": np.zeros(n, dtype=int), "row": np.arange(n)})
    responses = Responses(values, values, pd.DataFrame({**plain, **kinds}), places, ())
    waves = tuple(Wave(str(year), f"{year}-12-31", Design.CENSUS, {}) for year in (2024, 2025, 2026))
    measures = tuple(
        Measure(f"m{place}", W, USE, None, "firms" if place < 4 else "employees", True, "own", "1", PLAN) for place in range(5)
    )
    goals = tuple(
        goal(place, 2027 + place % 4, 0.7, () if place < 20 else (letters[place - 20],), f"m{place % 5}") for place in range(40)
    )
    study = Study("bench", INSTRUMENT, RUBRIC, waves=waves, responses=responses)
    return study, GoalBook("1", goals, measures, (), CONVERSION)


def filters() -> None:
    """Print what a filter on 100,000 firms takes, with the sums at hand and without."""
    from dataclasses import replace

    study, book = county(100_000)
    assert study.responses is not None
    responses = study.responses
    unit = yardstick()
    whole = best(lambda: tally(book.measures, responses, study.instrument, study.waves), 3)
    study = replace(study, tallies=tally(book.measures, responses, study.instrument, study.waves))
    assert study.tallies is not None
    print(f"sums of 5 measures over 300,000 responses, {len(study.tallies):,} cells: {whole * 1000:.0f} ms")
    for name, wanted in (
        ("all firms", {}),
        ("a sector", {"sector": ("C",)}),
        ("a size and ten townships", {"size": ("small",), "township": tuple(f"镇{place}" for place in range(10))}),
    ):
        took = best(lambda wanted=wanted: progress_under(study, book, wanted), 20)  # type: ignore[misc]
        print(f"40 goals of {name}: {took * 1000:.1f} ms, {took / unit:.3f} times counting to ten million")


def grey() -> None:
    """Print the share of grey lights by the firms that answered, and how often a light that stands is the one of the truth."""
    for n in (20, 30, 50, 80, 120, 200, 400, 800, 2000):
        random = np.random.default_rng(7)
        now, pace, ahead = random.uniform(0.2, 0.6, 2000), random.uniform(0.02, 0.2, 2000), random.integers(1, 4, 2000)
        targets = np.clip(now + pace * ahead * random.uniform(0.5, 1.6, 2000), 0.05, 0.98)
        before, after = random.binomial(n, np.clip(now - pace, 0.01, 1)), random.binomial(n, now)
        cases = [
            Case(
                goal(place, 2026 + int(ahead[place]), float(targets[place])),
                MEASURE,
                (seen(2026.0, int(before[place]), n), seen(2027.0, int(after[place]), n)),
            )
            for place in range(2000)
        ]
        print(f"n = {n:5d}: {_greyness(evaluate(cases, CONVERSION, '2026-12-31'))}")


def _greyness(found: tuple[GoalProgress, ...]) -> str:
    told = {light: sum(one.light is light for one in found) / len(found) for light in Light}
    return ", ".join(f"{light.value} {share:.0%}" for light, share in told.items())


if __name__ == "__main__":
    parts = {"speed": speed, "filter": filters, "grey": grey}
    for part in sys.argv[1:] or parts:
        parts[part]()
