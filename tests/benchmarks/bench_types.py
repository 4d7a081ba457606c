"""How long types are sought in 2,400 firms on one thread, how often one cloud is taken for types, and true types are missed.

Run: python -m tests.benchmarks.bench_types [repeats]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter

import numpy as np
import pandas as pd

from app.analysis.learn.types import explore_types
from app.domain.rubric import Pillar, Rubric
from app.domain.words import Words

PILLARS = 7
W = Words("支柱", "pillar")
RUBRIC = Rubric("bench", "1", W, "bench", tuple(Pillar(f"x{place}", W, 1.0) for place in range(PILLARS)), (), (), ())


def frame(points: np.ndarray) -> pd.DataFrame:
    columns = {f"p_x{place}": np.clip(points[:, place], 0, 100) for place in range(PILLARS)}
    return pd.DataFrame({"firm": [f"F{row:06d}" for row in range(len(points))], **columns})


def round_cloud(n: int, rng: np.random.Generator) -> np.ndarray:
    return rng.normal(50, 16, (n, PILLARS))


def line(n: int, rng: np.random.Generator) -> np.ndarray:
    return 50 + 16 * (rng.normal(0, 1, (n, 1)) + rng.normal(0, 0.7, (n, PILLARS)))


def skewed_line(n: int, rng: np.random.Generator) -> np.ndarray:
    drawn = rng.normal(-0.8, 1, (n, 1)) + rng.normal(0, 0.7, (n, PILLARS))
    return 100 * (1 / (1 + np.exp(-drawn))) ** 1.5


def noise(n: int, rng: np.random.Generator) -> np.ndarray:
    return 100 * rng.random((n, PILLARS))


def two_groups(n: int, rng: np.random.Generator) -> np.ndarray:
    high = np.where(np.arange(PILLARS) % 2, 65.0, 35.0)
    return rng.normal(0, 12, (n, PILLARS)) + np.where((np.arange(n) % 2 == 0)[:, None], high, 100 - high)


def three_groups(n: int, rng: np.random.Generator) -> np.ndarray:
    centres = np.array([[30, 30, 30, 30, 70, 70, 30], [70, 70, 30, 30, 30, 30, 50], [40, 40, 75, 75, 40, 40, 75]], dtype=float)
    return rng.normal(0, 12, (n, PILLARS)) + centres[np.arange(n) % 3]


def main(repeats: int) -> None:
    seconds = []
    for seed in range(5):
        begun = time.process_time()
        explore_types(frame(line(2400, np.random.default_rng(seed))), RUBRIC, seed)
        seconds.append(time.process_time() - begun)
    print(
        f"2,400 firms, one cloud from low to high: median {statistics.median(seconds):.2f} s of one core, most {max(seconds):.2f} s"
    )
    for make in (round_cloud, line, skewed_line, noise, two_groups, three_groups):
        for n in (100, 600):
            runs = [explore_types(frame(make(n, np.random.default_rng(seed))), RUBRIC, seed) for seed in range(repeats)]
            told = Counter(f"{run.k} types" if run.types else run.refusal.rpartition(".")[2] for run in runs)
            print(f"{make.__name__:>12} n={n:<5} {dict(told.most_common())}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
