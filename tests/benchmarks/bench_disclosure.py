"""What disclosure control promises, on random sets of tables: `python -m tests.benchmarks.bench_disclosure --sets 1000`.

Sets as in the unit tests: linked tables of counts and of skewed sums, two releases a few firms apart, counties and their city. After
protection no hidden cell may be told exactly, nor closer than its rule asks; the attacker is the tests' own, not the program's.
Beside it what the primary rules alone leave, and the usual shortcut: one more hidden in every sum that has only one. The last lines
say how long it takes. `--jobs 2` uses two processes; which sets there are and what is hidden do not depend on it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from app.analysis.disclosure.bounds import bounds
from tests.unit.analysis.disclosure.oracle import is_close, too_close
from tests.unit.analysis.disclosure.sets import KINDS, case, safe

_EXACT = 1e-6


def one_more(problem):
    """Hide the smallest other cell of every sum in which only one is hidden, until there is none; that is the shortcut."""
    hidden = problem.unsafe & ~problem.fixed
    while True:
        before = hidden.copy()
        for relation in problem.relations:
            cells = np.array(relation.cells)
            spare = cells[~hidden[cells] & ~problem.fixed[cells] & (problem.values[cells] > 0)]
            if hidden[cells].sum() == 1 and len(spare):
                hidden[spare[np.argmin(problem.values[spare])]] = True
        if np.array_equal(hidden, before):
            return hidden


def told(problem, hidden):
    """Return how many unsafe cells are told exactly and how many closer than asked, by the program's own attacker."""
    found, cells = bounds(problem, hidden), np.flatnonzero(problem.unsafe & hidden)
    exact = sum(found.high[cell] - found.low[cell] < _EXACT for cell in cells)
    return int(exact), sum(is_close(problem, cell, (found.low[cell], found.high[cell])) for cell in cells)


def measured(seed, seconds):
    """Return what one set shows."""
    drawn = case(seed)
    problem = drawn.problem
    primary, shortcut = problem.unsafe & ~problem.fixed, one_more(problem)
    started = time.perf_counter()
    found = safe(drawn, seconds)
    took = time.perf_counter() - started
    alone, greedy, after = told(problem, primary), told(problem, shortcut), told(problem, found.hidden)
    open_cells = ~problem.fixed
    return {
        "seed": seed,
        "kind": drawn.kind,
        "cells": int(open_cells.sum()),
        "unsafe": int(primary.sum()),
        "hidden": int(found.hidden.sum()),
        "shortcut": int(shortcut.sum()),
        "alone exact": alone[0],
        "alone close": alone[1],
        "shortcut exact": greedy[0],
        "shortcut close": greedy[1],
        "after exact": after[0],
        "after close": len(too_close(problem, found.hidden, drawn.firms)),
        "bare": int((problem.unsafe & open_cells & ~found.hidden).sum()),
        "exposed": int(found.exposed.sum()),
        "dropped": len(found.dropped),
        "tables": len(drawn.tables),
        "optimal": int(found.optimal),
        "seconds": took,
    }


def report(rows):
    """Print what the sets show together; return whether the promises held."""
    total = Counter()
    for row in rows:
        total.update({name: value for name, value in row.items() if name not in ("kind", "seed", "seconds")})
    seconds = np.array([row["seconds"] for row in rows])
    unsafe = max(total["unsafe"], 1)

    def share(part):
        return f"{total[part]} ({total[part] / unsafe:.1%})"

    kinds = Counter(row["kind"] for row in rows)
    print(f"sets {len(rows)}: " + ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS))
    print(f"tables {total['tables']}, cells {total['cells']}, unsafe {total['unsafe']} ({total['unsafe'] / total['cells']:.1%})")
    print(f"primary rules alone: told exactly {share('alone exact')}, closer than the rule {share('alone close')}")
    print(
        f"one more in each sum: hidden {total['shortcut']}, exactly {share('shortcut exact')}, closer {share('shortcut close')}"
    )
    extra = total["hidden"] - total["unsafe"]
    print(
        f"protected: hidden {total['hidden']}, {extra} more ({extra / unsafe:.1%} of the unsafe, {extra / total['cells']:.1%} of cells)"
    )
    print(
        f"protected: told exactly {total['after exact']}, closer than the rule {total['after close']}, left bare {total['bare']}"
    )
    print(f"exposed {total['exposed']}, tables dropped {total['dropped']} of {total['tables']}")
    print(f"proven cheapest: {total['optimal'] / len(rows):.1%} of sets")
    print(f"seconds: median {np.median(seconds):.2f}, 95 % {np.quantile(seconds, 0.95):.2f}, most {seconds.max():.2f}")
    bad = [row["seed"] for row in rows if row["after exact"] or row["after close"] or row["bare"] or row["exposed"]]
    if bad:
        print(f"NOT SAFE: sets {bad}")
    return not bad


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sets", type=int, default=100)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--seconds", type=float, default=5.0)
    asked.add_argument("--jobs", type=int, default=1)
    args = asked.parse_args()
    seeds, rows = range(args.first, args.first + args.sets), []
    with ProcessPoolExecutor(args.jobs) as pool:
        for row in pool.map(partial(measured, seconds=args.seconds), seeds):
            rows.append(row)
            if len(rows) % 50 == 0:
                print(f"… {len(rows)}", file=sys.stderr, flush=True)
    return 0 if report(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
