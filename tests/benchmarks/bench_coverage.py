"""How often intervals of sectors and sets of levels hold the truth, over simulated counties; how much the model shortens them.

Run by hand: `python -m tests.benchmarks.bench_coverage [--counties 500] [--seed 1]`; one core, some minutes. Every row must cover
93–97 % with 95 % intervals, whatever the model is worth; a fair model of kappa above 0.7 must shorten them by 15 % on average,
and a bad one must not lengthen them by more than 3 %.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from app.analysis.estimate.powered import powered_estimates
from app.analysis.learn.conformal import conformal_report, conformal_sets, thresholds
from app.domain.estimate import Method, SectorEstimate
from tests.benchmarks import counties as world
from tests.benchmarks.counties import CODES, RARE, County, Model

FAIR = (Model("kappa 0.85", 0.40), Model("kappa 0.75", 0.72), Model("kappa 0.7", 0.80), Model("kappa 0.5", 1.40))
BAD = (Model("blind", 0.72, "blind"), Model("a level too high", 0.72, "shifted"), Model("far too sure", 0.72, "sure"))
FITTED = Model("learnt, logistic", 0.30)
LOW, HIGH, SHORTER, LONGER = 0.93, 0.97, 0.85, 1.03
EVEN = (0.20, 0.25, 0.25, 0.18, 0.12)


@dataclass
class Row:
    """What one model under one way of visiting gave: hits and widths by kind of share, for the model and without it."""

    model: Model
    visits: str
    kappas: list[float] = field(default_factory=list)
    visited: list[int] = field(default_factory=list)
    hits: dict[str, list[np.ndarray]] = field(default_factory=dict)
    widths: dict[str, list[np.ndarray]] = field(default_factory=dict)

    def add(self, key: str, truth: np.ndarray, estimates: list[SectorEstimate], shares: str) -> None:
        """Note which intervals of `shares` (`shares` or `at_least`) hold the truth (H, m), levels as in CODES."""
        codes = CODES if shares == "shares" else CODES[1:]
        ends = np.array([[(getattr(e, shares)[code].low, getattr(e, shares)[code].high) for code in codes] for e in estimates])
        held = (ends[:, :, 0] <= truth + 1e-9) & (truth <= ends[:, :, 1] + 1e-9)
        self.hits.setdefault(key, []).append(held)
        self.widths.setdefault(key, []).append(ends[:, :, 1] - ends[:, :, 0])

    def cover(self, key: str) -> float:
        return float(np.concatenate(self.hits[key]).mean())

    def lowest(self, key: str) -> float:
        return float(np.concatenate(self.hits[key]).mean(axis=0).min())

    def ratio(self, *keys: str) -> float:
        """Mean width with the model over mean width without, of the kinds of share named."""
        wide = [sum(float(np.concatenate(self.widths[f"{how} {key}"]).mean()) for key in keys) for how in ("ppi", "labelled")]
        return wide[0] / wide[1]

    @property
    def kappa(self) -> float:
        return float(np.mean(self.kappas))

    @property
    def faults(self) -> list[str]:
        """What this row promises and does not keep."""
        bound = [key for key in sorted(self.hits) if not key.startswith("labelled total")]
        found = [f"{key} {self.cover(key):.3f}" for key in bound if not LOW <= self.cover(key) <= HIGH]
        most = SHORTER if self.kappa > 0.7 and self.model not in BAD else LONGER
        wide = self.ratio("above", "each")
        return [*found, *([f"width {wide:.2f}"] if wide > most else [])]


Visits = Callable[[County, int, np.random.Generator], np.ndarray]
WAYS: dict[str, Visits] = {
    "plain": world.plain_visits,
    "weighted": lambda made, n, rng: world.weighted_visits(made, n, int(rng.integers(1 << 30))),
    "messy": world.messy_visits,
}


def simulate(model: Model, way: str, counties: int, seed: int, fitted: bool = False) -> Row:
    """Draw, visit and estimate `counties` counties; `fitted` learns the model anew from the visits of each."""
    rng, row = np.random.default_rng([seed, 1]), Row(model, way)
    for _ in range(counties):
        made = world.county(rng, model)
        probability = WAYS[way](made, int(rng.integers(150, 251)), rng)
        chances = world.cross_fitted(made, probability, rng) if fitted else made.chances
        row.kappas.append(replace(made, chances=chances).kappa)
        row.visited.append(int(np.isfinite(probability).sum()))
        for how, used in (("ppi", chances), ("labelled", None)):
            sectors, everyone = powered_estimates(world.population(made, probability, used), "w", CODES)
            told = [at for at, sector in enumerate(sectors) if sector.method is not Method.RUBRIC]
            for name, shares in (("above", "at_least"), ("each", "shares")):
                truth = true_shares(made, shares)
                row.add(f"{how} {name}", truth[:-1][told], [sectors[at] for at in told], shares)
                row.add(f"{how} total {name}", truth[-1:], [everyone], shares)
    return row


def true_shares(made: County, shares: str) -> np.ndarray:
    """True shares (sectors and then all together, m)."""
    places = np.arange(len(CODES))
    hits = made.levels[:, None] == places if shares == "shares" else made.levels[:, None] >= places[1:]
    return np.stack([*(hits[made.sector == at].mean(axis=0) for at in range(made.sector.max() + 1)), hits.mean(axis=0)])


def show(row: Row) -> None:
    covers = [row.cover("ppi above"), row.lowest("ppi above"), row.cover("ppi each"), row.lowest("ppi each")]
    totals = [row.cover("ppi total above"), row.cover("ppi total each"), row.cover("labelled above"), row.cover("labelled each")]
    wide = [row.ratio("above"), row.ratio("each"), row.ratio("above", "each")]
    numbers = " ".join(f"{number:7.3f}" for number in (*covers, *totals)) + " | " + " ".join(f"{number:5.2f}" for number in wide)
    verdict = "; ".join(row.faults) or "ok"
    print(f"{row.model.name:18} {row.visits:9} {row.kappa:5.2f} {np.mean(row.visited):5.0f} {numbers} | {verdict}", flush=True)


def sectors_table(counties: int, seed: int) -> bool:
    """Print a row for each model and way of visiting; return whether every promise is kept."""
    print(f"95 % intervals of shares, {counties} counties of 1,200–2,400 firms in 8 sectors, 150–250 visits, seed {seed}")
    print(
        "coverage of sectors at a level or above and at each level: mean and lowest of the levels; of the total; without the model."
    )
    print("width: mean width of sector intervals with the model, as part of that without it")
    print(
        "model              visits    kappa firms   above  lowest    each  lowest total>=  total= alone>=  alone= | above  each  both"
    )
    plans = [(model, way, counties, False) for model in (*FAIR, *BAD) for way in ("plain", "weighted")]
    plans += [(model, "messy", counties, False) for model in (FAIR[1], BAD[1])]
    plans += [(FITTED, way, max(counties // 5, 20), True) for way in ("plain", "weighted")]
    kept = True
    for model, way, number, fitted in plans:
        row = simulate(model, way, number, seed, fitted)
        show(row)
        kept &= not row.faults
    return kept


def conformal_table(draws: int, seed: int) -> bool:
    """Print the coverage of 90 % sets over calibration sets of 100, 200 and 500 firms."""
    print(f"\n90 % sets of levels, {draws} calibration sets each, tested on 1,000 other firms")
    print("model              levels     n  overall  by level                        told   size  single")
    kept = True
    for model in (FAIR[0], FAIR[1], FAIR[3]):
        for name, shares in (("even", EVEN), ("3 % top", RARE)):
            for n in (100, 200, 500):
                kept &= conformal_row(model, name, shares, n, draws, seed)
    return kept


def conformal_row(model: Model, name: str, shares: tuple[float, ...], n: int, draws: int, seed: int) -> bool:
    rng, found, told = np.random.default_rng([seed, 2]), [], []
    for _ in range(draws):
        made = world.county(rng, model, 1, shares)
        chances, levels = made.chances[: n + 1000], made.levels[: n + 1000]
        low, high = conformal_sets(chances[n:], thresholds(chances[:n], levels[:n]))
        found.append(np.c_[levels[n:], (low <= levels[n:]) & (levels[n:] <= high), high - low + 1])
        report = conformal_report(chances[:n], levels[:n], CODES)
        told.append(report.coverage if report else np.nan)
    table = np.concatenate(found)
    by_level = [table[table[:, 0] == level, 1].mean() for level in range(len(CODES))]
    overall, single = table[:, 1].mean(), (table[:, 2] == 1).mean()
    shown = " ".join(f"{number:.3f}" for number in by_level)
    fine = 0.88 <= overall <= 0.92 and min(by_level) >= 0.85
    print(
        f"{model.name:18} {name:8} {n:4}  {overall:7.3f}  {shown}  {np.mean(told):7.3f} {table[:, 2].mean():6.2f} {single:7.2f} | {'ok' if fine else 'FAILS'}",
        flush=True,
    )
    return bool(fine)


def main() -> int:
    """Print the tables; 0 when every promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    start = time.perf_counter()
    kept = sectors_table(arguments.counties, arguments.seed)
    kept &= conformal_table(max(200, arguments.counties // 2), arguments.seed)
    print(f"\n{time.perf_counter() - start:.0f} s; {'every promise kept' if kept else 'NOT every promise kept'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
