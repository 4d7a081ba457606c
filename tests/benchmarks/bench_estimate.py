"""How long estimates take and how often their intervals hold: `python -m tests.benchmarks.bench_estimate [firms]`.

Times are medians of five and shown against one grouped mean of the same firms, measured in the same run. Coverage is over 500
simulated counties of 8 sectors, drawn by sector and size.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from app.analysis.estimate import Surveyed, changes, compare, sector_estimates
from app.domain.responses import FIRM_COLUMNS, Responses
from app.domain.study import Design, Wave
from tests.unit.analysis.small_study import RUBRIC

LEVELS = ["L0", "L1", "L2", "L3", "L4"]


def county(n: int, sectors: int, seed: int) -> tuple[pd.DataFrame, Responses, Wave]:
    """Return n scored firms of so many sectors, half of a frame known by sector and size."""
    random = np.random.default_rng(seed)
    place = random.integers(0, sectors, n)
    index = np.clip(random.normal(30 + 40 * place / sectors, 18), 0, 100)
    letters = np.array([f"S{number:02d}" for number in range(sectors)])
    table = pd.DataFrame(
        {
            "position": np.arange(n),
            "firm": np.char.add("F", np.arange(n).astype(str)),
            "sector": pd.Categorical.from_codes(place, letters),
            "index": index,
            "level": pd.Categorical.from_codes(np.searchsorted([20, 40, 60, 80], index, "right"), LEVELS, ordered=True),
            "basis": pd.Categorical.from_codes(np.zeros(n, dtype=int), ["rubric", "ladder", "model", "none"]),
        }
    )
    firms = pd.DataFrame(dict.fromkeys(FIRM_COLUMNS, ""), index=range(n))
    firms["size"] = pd.Categorical.from_codes(random.integers(0, 4, n), ["large", "medium", "small", "micro"])
    cells = (2 * (table["sector"].astype(str) + "|" + firms["size"].astype(str)).value_counts()).to_dict()
    frame = (2 * table["sector"].astype(str).value_counts()).to_dict()
    empty = pd.DataFrame(index=range(n))
    wave = Wave("2026", "2026-06-30", Design.SAMPLE, frame, "", ("sector", "size"), cells)
    return table, Responses(empty, empty, firms, empty, ()), wave


def seconds(run: Callable[[], object], repeats: int = 5) -> tuple[float, float]:
    """Return the median time of a call by the clock and of the processor, which a busy machine does not stretch as far."""
    found = []
    for _ in range(repeats):
        clock, processor = time.perf_counter(), time.process_time()
        run()
        found.append((time.perf_counter() - clock, time.process_time() - processor))
    return statistics.median(one for one, _ in found), statistics.median(other for _, other in found)


def speed(n: int) -> None:
    """Print what the estimates of n firms cost."""
    table, responses, wave = county(n, 20, 1)
    plain_clock, plain = seconds(lambda: table.groupby("sector", observed=True)["index"].mean())
    each = sector_estimates(table, responses, wave, RUBRIC)[0]
    later = Surveyed(table.iloc[n // 10 :], responses, wave, RUBRIC)
    steps = {
        "sector_estimates": lambda: sector_estimates(table, responses, wave, RUBRIC),
        "compare": lambda: compare(each),
        "changes": lambda: changes(Surveyed(table, responses, wave, RUBRIC), later),
    }
    print(f"{n} firms, 20 sectors x 4 sizes; one grouped mean {plain_clock:.3f} s by the clock, {plain:.3f} s of processor")
    for name, run in steps.items():
        clock, own = seconds(run)
        print(f"  {name:<18} {clock:7.3f} s by the clock {own:7.3f} s of processor {own / plain:8.1f} x one grouped mean")


def coverage(counties: int) -> None:
    """Print how often the 95 % intervals of sectors and of all hold the truth, and how wide they are against plain ones."""
    random = np.random.default_rng(7)
    held: dict[str, list[bool]] = {}
    width: list[float] = []
    for number in range(counties):
        table, responses, _ = county(2400, 8, number)
        keep = np.flatnonzero(random.random(2400) < np.where(responses.firms["size"] == "micro", 0.1, 0.4))
        key = table["sector"].astype(str) + "|" + responses.firms["size"].astype(str)
        frame = table["sector"].astype(str).value_counts().to_dict()
        strata = ("sector", "size")
        wave = Wave("2026", "2026-06-30", Design.SAMPLE, frame, "", strata, key.value_counts().to_dict())
        each, total = sector_estimates(table.iloc[keep], responses, wave, RUBRIC)
        reached = table["level"].cat.codes.to_numpy() >= 2
        for one in (*each, total):
            mine = np.ones(len(table), dtype=bool) if one.sector == "*" else (table["sector"] == one.sector).to_numpy()
            kind = "all firms" if one.sector == "*" else "sectors"
            pairs = (("share", one.at_least["L2"], reached[mine].mean()), ("mean", one.mean, table["index"][mine].mean()))
            pairs = (*pairs, ("median", one.median, table["index"][mine].median()))
            for name, estimate, truth in pairs:
                held.setdefault(f"{kind}, {name}", []).append(estimate.low <= truth <= estimate.high)
        width.append(total.at_least["L2"].high - total.at_least["L2"].low)
    for name, hits in held.items():
        print(f"  {name:<20} covered {np.mean(hits):.3f} of {len(hits)}")
    print(f"  median width of the interval of all firms {statistics.median(width):.3f}")


if __name__ == "__main__":
    speed(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    print("coverage of 95 % intervals")
    coverage(500)
