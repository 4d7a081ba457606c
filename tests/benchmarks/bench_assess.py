"""Everything that assessing promises, measured by one command: `python -m tests.benchmarks.bench_assess`.

First what must be equal (R's survey package, COINr, numbers worked out by hand) and what must never happen (a better answer that
lowers a level), then coverage over 500 simulated counties (fewer would miss the bars by chance), then the real survey, then speed.
"""

from __future__ import annotations

import subprocess
import sys
import time

EQUAL = (
    ("design-based estimates equal R survey", "tests/unit/analysis/estimate/test_against_r.py"),
    ("index, ranks and alpha equal COINr", "tests/reference/test_coinr.py"),
    ("ranks and Sobol indices equal hand-computed ones", "tests/unit/analysis/index/test_sobol.py"),
    ("the ministry's two legs equal firms worked out by hand", "tests/unit/files/test_resources_ministry.py"),
    ("10,000 pairs: no better answer lowers a level", "tests/unit/analysis/learn/test_monotone.py"),
    ("the estimators keep scikit-learn's contract", "tests/unit/analysis/learn/test_estimators.py"),
)


def measured(title: str, *command: str) -> bool:
    """Run one measurement under its title; return whether it held."""
    print(f"\n== {title}", flush=True)
    started = time.perf_counter()
    held = subprocess.run([sys.executable, "-m", *command], check=False).returncode == 0
    print(f"-- {'held' if held else 'NOT HELD'}, {time.perf_counter() - started:.0f} s", flush=True)
    return held


def main() -> int:
    results = {title: measured(title, "pytest", "-q", path) for title, path in EQUAL}
    for title, *command in (
        ("coverage of sectors by visits, and of sets of levels", "bench_coverage", "--counties", "500"),
        ("coverage and speed of design-based estimates", "bench_estimate"),
        ("the real survey of 2021", "bench_learn", "--kaggle"),
        ("a million firms scored; ranks, coherence, robustness", "bench_index"),
        ("5,000 labels tested with every model; a million firms predicted", "bench_learn"),
        ("5,000 labels found among 100,000 firms", "bench_labels"),
    ):
        name, *arguments = command
        results[title] = measured(title, f"tests.benchmarks.{name}", *arguments)
    print("\n== in all")
    for title, held in results.items():
        print(f"{'held' if held else 'NOT HELD':9} {title}")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
