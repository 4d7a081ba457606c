"""A million firms and sixty scored items to levels with bounds: seconds, memory, and the ratio to a plain numpy pass.

Run by hand: `python -m tests.benchmarks.bench_index`. The bars are 3 s and 3 GiB on two cores.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time

import numpy as np
import pandas as pd

from app.analysis.index import score_firms
from app.domain.condition import Condition
from app.domain.instrument import Instrument, Item, ItemType, Option
from app.domain.responses import Responses
from app.domain.rubric import Gate, ItemScore, LevelWords, Pillar, Rubric
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


def main() -> int:
    """Print seconds, memory and ratio; 0 when both bars are met."""
    responses, instrument, rubric = study(FIRMS)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    seconds, busy = [], []
    for _ in range(3):
        start, worked = time.perf_counter(), time.process_time()
        table = score_firms(responses, instrument, rubric, "2026")
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    points = np.random.default_rng(1).random((FIRMS, ITEMS))
    points[points < 1 / 12] = np.nan
    plain = []
    for _ in range(3):
        start = time.perf_counter()
        plain_pass(points, np.ones(ITEMS))
        plain.append(time.perf_counter() - start)
    median, least = statistics.median(seconds), statistics.median(plain)
    print(f"{FIRMS:,} firms x {ITEMS} items: median {median:.2f} s of 3 ({min(seconds):.2f}-{max(seconds):.2f}; bar {SECONDS} s)")
    print(f"of that, seconds of processor: {statistics.median(busy):.2f} (the rest is waiting for other programs)")
    print(f"memory: {peak:.2f} GiB at most, {before:.2f} GiB of it the responses (bar {GIB} GiB)")
    print(f"a plain numpy pass over a matrix of that size: {least:.2f} s; ratio {median / least:.1f}")
    print(f"levels: {table['level'].value_counts(sort=False, dropna=False).to_dict()}")
    return 0 if median < SECONDS and peak < GIB else 1


if __name__ == "__main__":
    sys.exit(main())
