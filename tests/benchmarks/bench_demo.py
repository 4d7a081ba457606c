"""The main job from nothing, three times: how long it takes, and that only declared times differ between runs.

Run by hand: `python tests/benchmarks/bench_demo.py`. The bar is 60 s on two cores.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BAR = 60
DECLARED = {"demo.zhiheng", "brief.docx", "brief.pptx", "tables.xlsx", "visits.xlsx"}  # hold the moment they were made


def run(folder: Path, clock: str = "") -> float:
    """Make the demonstration in `folder` and return the seconds it took; `clock` fixes the declared time."""
    environment = {**os.environ, **({"SOURCE_DATE_EPOCH": clock} if clock else {})}
    start = time.perf_counter()
    command = [sys.executable, "-m", "app", "demo", "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def differing(first: Path, second: Path) -> set[str]:
    """Return the files that differ between two demonstrations, by their path inside."""
    names = {p.relative_to(root).as_posix() for root in (first, second) for p in root.rglob("*") if p.is_file()}
    return {name for name in names if (first / name).read_bytes() != (second / name).read_bytes()}


def main() -> int:
    """Print the times and what differs; 0 when both bars are met."""
    with tempfile.TemporaryDirectory() as temporary:
        folders = [Path(temporary) / name / "demo" for name in "abc"]
        for folder in folders:
            folder.parent.mkdir()
        seconds = [run(folders[0], "1782777600"), run(folders[1], "1782777600"), run(folders[2])]
        same, other = differing(folders[0], folders[1]), differing(folders[0], folders[2])
    print(f"demo: median {statistics.median(seconds):.1f} s of 3 runs, {min(seconds):.1f}–{max(seconds):.1f} s (bar {BAR} s)")
    print(f"same declared time: {len(same)} files differ; another: {sorted(other)} differ")
    return 0 if statistics.median(seconds) <= BAR and not same and other <= DECLARED else 1


if __name__ == "__main__":
    sys.exit(main())
