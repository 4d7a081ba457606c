"""How long from process start to the first frame of the window, on a warm disk: median of at least seven runs.

Run by hand: `python tests/benchmarks/bench_first_paint.py [runs]`. The bar is 600 ms.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BAR = 600


def first_paint(folder: str) -> float:
    """Return milliseconds from just before the process is made to its first frame."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "XDG_CONFIG_HOME": folder}
    environment["ZHIHENG_FIRST_PAINT"] = repr(time.monotonic())
    command = [sys.executable, "-m", "app"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    return float(run.stdout.split()[-1])


def main(runs: int) -> int:
    """Print every run and the median; 0 when the median is within the bar."""
    with tempfile.TemporaryDirectory() as folder:
        first_paint(folder)  # warms the disk
        times = sorted(first_paint(folder) for _ in range(max(7, runs)))
    middle = statistics.median(times)
    print(f"first paint: median {middle:.0f} ms of {len(times)} runs, {times[0]:.0f}–{times[-1]:.0f} ms (bar {BAR} ms)")
    return 0 if middle <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
