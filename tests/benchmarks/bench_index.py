"""A million firms and sixty scored items to levels with bounds: seconds, memory, and the ratio to a plain numpy pass.

Then what a weights editor and a check of a county take: ranks under other weights, coherence, and a thousand other choices.
Run by hand: `python -m tests.benchmarks.bench_index`. The bars are 3 s and 3 GiB on two cores, 50 ms and 5 s.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from app.analysis.index import coherence, probe, rank_moves, score_firms
from app.analysis.index.matrix import score_matrix
from app.domain.condition import Condition
from app.domain.instrument import Instrument, Item, ItemType, Option
from app.domain.judgement import Aggregation, Weighting
from app.domain.responses import Responses
from app.domain.rubric import Gate, ItemScore, LevelWords, Pillar, Rubric
from app.domain.task import run_to_end
from app.domain.words import Words

FIRMS, ITEMS, PILLARS = 1_000_000, 60, 7
SECONDS, GIB = 3.0, 3.0
W = Words("文", "text")
YES_NO = ("yes", "no", "planned", "unknown", "na")
LADDER = ("s0", "s1", "s2", "s3", "s4")
KINDS = (ItemType.YES_NO, ItemType.LADDER, ItemType.YES_NO, ItemType.PERCENT, ItemType.MULTI)


def item_of(place: int) -> tuple[Item, ItemScore]:
    """Return the item and the score of one place: yes/no, ladders, shares and multi-selects in turn, some of them conditional."""
    code, pillar, kind = f"Q{place:02d}", f"pillar{place % PILLARS}", KINDS[place % len(KINDS)]
    more = {"weight": 1.0 + place % 3}
    if place % 9 == 8:
        more["applies"] = Condition("answer", item="Q00", includes=("yes",))
    if kind is ItemType.PERCENT:
        return Item(code, kind, W, W, low=0.0, high=1.0), ItemScore(code, pillar, "goalposts", high=0.6, **more)
    options = {ItemType.YES_NO: YES_NO, ItemType.LADDER: LADDER, ItemType.MULTI: ("a", "b", "c", "d", "none")}[kind]
    item = Item(code, kind, W, W, options=tuple(Option(o, W, exclusive=o == "none") for o in options))
    if kind is ItemType.MULTI:
        return item, ItemScore(code, pillar, "count", high=3.0, **more)
    points = {"yes": 1.0, "planned": 0.25, "no": 0.0} if kind is ItemType.YES_NO else {o: n / 4 for n, o in enumerate(LADDER)}
    return item, ItemScore(code, pillar, "options", points=tuple(points.items()), **more)


def study(n: int) -> tuple[Responses, Instrument, Rubric]:
    """Return responses of n firms, one answer in twelve blank, with the instrument and a rubric of five gates."""
    rng = np.random.default_rng(2026)
    pairs = [item_of(place) for place in range(ITEMS)]
    ready = rng.normal(size=n).astype(np.float32)
    values = {item.code: _answers(item, ready, rng) for item, _ in pairs}
    firms = {
        "firm": pd.array([f"F{row:07d}" for row in range(n)], dtype="str"),
        "sector": pd.array(np.array(list("CIGHFJ"))[rng.integers(0, 6, n)], dtype="str"),
        "wave": pd.array(["2026"] * n, dtype="str"),
        "counted": np.ones(n, dtype=bool),
    }
    frame = pd.DataFrame(values)
    uses = tuple(Condition("answer", item=f"Q{place:02d}", includes=("yes",)) for place in range(0, ITEMS, 5))
    gates = (
        Gate("any", "L2", Condition("any", parts=uses), W),
        Gate("three", "L3", Condition("count", at_least=3, parts=uses), W),
        Gate("pillar", "L3", Condition("pillar", item="pillar1", at_least=60), W),
        Gate("share", "L4", Condition("answer", item="Q03", at_least=0.3), W),
        Gate("both", "L4", Condition("all", parts=uses[:2]), W),
    )
    levels = tuple(LevelWords(f"L{place}", W, low, W) for place, low in enumerate((0.0, 20.0, 40.0, 60.0, 80.0)))
    pillars = tuple(Pillar(f"pillar{place}", W, 1.0 + (place == 4)) for place in range(PILLARS))
    rubric = Rubric("bench", "1", W, "bench", pillars, tuple(score for _, score in pairs), gates, levels)
    instrument = Instrument("bench", "1", W, "bench", tuple(item for item, _ in pairs))
    return Responses(frame, frame, pd.DataFrame(firms), pd.DataFrame(index=range(n)), ()), instrument, rubric


def _answers(item: Item, ready: np.ndarray, rng: np.random.Generator) -> pd.Categorical | np.ndarray:
    push = ready + rng.logistic(size=len(ready)).astype(np.float32)
    blank = rng.random(len(ready), dtype=np.float32) < 1 / 12
    if item.type is ItemType.PERCENT:
        return np.where(blank, np.nan, 1 / (1 + np.exp(-push.astype(np.float64))))
    if item.type is ItemType.MULTI:
        categories = ["a", "a|b", "a|b|c", "b|d", "none"]
        codes = rng.integers(0, 5, len(ready))
    else:
        categories = [option.code for option in item.options]
        codes = np.digitize(push, (-1.5, 0.0, 1.0, 2.0)) if item.type is ItemType.LADDER else (push < 0) + 2 * (push < -3)
    return pd.Categorical.from_codes(np.where(blank, -1, codes).astype(np.int8), categories=categories)


def plain_pass(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted mean of a matrix of points without blanks' weight: the least any scoring must do."""
    given = ~np.isnan(points)
    return (np.where(given, points, 0.0) @ weights) / (given @ weights)


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of three runs, and of the processor alone."""
    seconds, busy = [], []
    for _ in range(3):
        start, worked = time.perf_counter(), time.process_time()
        work()
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
    return statistics.median(seconds), statistics.median(busy)


def small_parts() -> bool:
    """Print what ranks, coherence and robustness take on smaller studies; whether the bars are met."""
    responses, instrument, rubric = study(100_000)
    firms = score_firms(responses, instrument, rubric, "2026")
    weights = tuple((pillar.code, 1.0 + place) for place, pillar in enumerate(rubric.pillars))
    weighting = Weighting("other", weights, Aggregation.GEOMETRIC, "bench")
    moves, _ = clocked(lambda: rank_moves(firms, rubric, weighting))
    print(f"ranks under other weights, 100,000 firms: {1000 * moves:.0f} ms (bar 50 ms)")
    responses, instrument, rubric = study(2_400)
    few = score_firms(responses, instrument, rubric, "2026")
    matrix = score_matrix(responses, instrument, rubric, few["position"].to_numpy())
    checked, _ = clocked(lambda: coherence(matrix, few, rubric))
    probed, busy = clocked(lambda: run_to_end(probe(matrix, few, rubric, seed=1)))
    print(f"coherence, 2,400 firms x {ITEMS} items: {checked:.2f} s")
    print(
        f"robustness, 2,400 firms x {ITEMS} items x 1,024 draws and 2,560 more for Sobol: {probed:.2f} s, processor {busy:.2f} s (bar 5 s)"
    )
    return moves < 0.05 and probed < 5.0


def main() -> int:
    """Print seconds, memory and ratio; 0 when both bars are met."""
    responses, instrument, rubric = study(FIRMS)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    median, busy = clocked(lambda: score_firms(responses, instrument, rubric, "2026"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    points = np.random.default_rng(1).random((FIRMS, ITEMS))
    points[points < 1 / 12] = np.nan
    least, _ = clocked(lambda: plain_pass(points, np.ones(ITEMS)))
    print(f"{FIRMS:,} firms x {ITEMS} items: median {median:.2f} s of 3, processor {busy:.2f} s (bar {SECONDS} s)")
    print(f"memory: {peak:.2f} GiB at most, {before:.2f} GiB of it the responses (bar {GIB} GiB)")
    print(f"a plain numpy pass over a matrix of that size: {least:.2f} s; ratio {median / least:.1f}")
    return 0 if small_parts() and median < SECONDS and peak < GIB else 1


if __name__ == "__main__":
    sys.exit(main())
