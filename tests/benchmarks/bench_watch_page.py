"""How long the page of what is watched takes to compute for 5,000 firms in 20 sectors. The bar is 300 ms.

Run by hand: `python -m tests.benchmarks.bench_watch_page [--firms N]`. Processor time, so that other work beside it does not count.
"""

from __future__ import annotations

import argparse
import statistics
import time

from app.domain.words import Texts
from app.files.resources import load_resources
from app.present.pages.watch import watch_page
from tests.unit.present.watch_study import watch_study

FIRMS, SECTORS, RUNS, BAR = 5_000, "ABCDEFGHIJKLMNOPQRST", 9, 300.0


def main() -> None:
    """Print the median of RUNS after one that warms up."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--firms", type=int, default=FIRMS)
    firms = parser.parse_args().firms
    resources = load_resources()
    study = watch_study(resources.instruments["aiplus-2026"], firms=dict.fromkeys(SECTORS, firms // len(SECTORS)))
    texts = Texts("zh", resources.words)
    watch_page(study, resources, texts)
    spent = []
    for _ in range(RUNS):
        started = time.process_time()
        watch_page(study, resources, texts)
        spent.append(1000 * (time.process_time() - started))
    median = statistics.median(spent)
    print(f"{firms:,} firms: {median:.0f} ms, {median / BAR:.2f} of the bar of {BAR:.0f} ms")


if __name__ == "__main__":
    main()
