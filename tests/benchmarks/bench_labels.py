"""How long it takes to find the firms of 5,000 labels among 100,000: by code, by name as written, by name as compared.

Run: python -m tests.benchmarks.bench_labels
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import pandas as pd

from app.analysis.learn.labels import matched_labels
from app.domain.judgement import Judgements, Label
from app.domain.responses import Responses
from app.files.resources import load_resources
from tests.unit.workflows.county import credit_code

FIRMS, LABELS, RUNS = 100_000, 5_000, 5


def table() -> Responses:
    """A wave of firms with valid codes and names of the usual length."""
    codes = [credit_code(number) for number in range(FIRMS)]
    firms = pd.DataFrame(
        {
            "firm": pd.array(codes, dtype="str"),
            "name": pd.array([f"东河县第{number}精密机械（集团）有限责任公司" for number in range(FIRMS)], dtype="str"),
            "code": pd.array(codes, dtype="str"),
            "code_valid": np.ones(FIRMS, dtype=bool),
            "township": pd.Categorical(np.where(np.arange(FIRMS) % 2, "东河镇", "西河镇")),
            "wave": pd.Categorical(["2026"] * FIRMS),
            "counted": np.ones(FIRMS, dtype=bool),
        }
    )
    empty = pd.DataFrame(index=firms.index)
    return Responses(empty, empty, firms, empty, ())


def main() -> None:
    """Print the median of RUNS for each way of naming firms."""
    responses, names = table(), load_resources().names
    chosen = np.random.default_rng(7).choice(FIRMS, LABELS, replace=False).tolist()
    ways = {
        "by code": lambda at: (responses.firms["code"].iat[at], ""),
        "by name": lambda at: ("", responses.firms["name"].iat[at]),
        "by name as compared": lambda at: ("", responses.firms["name"].iat[at].replace("（集团）有限责任公司", "(集团)有限公司")),
    }
    for way, named in ways.items():
        labels = tuple(Label("2026", *named(at), f"L{at % 5}", f"评估人{at % 7}", "2026-07-01") for at in chosen)
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            found = matched_labels(Judgements(labels=labels), responses, "2026", names)
            times.append(time.perf_counter() - start)
        assert len(found.positions) == LABELS
        print(f"{way}: {LABELS:,} labels among {FIRMS:,} firms in {statistics.median(times):.2f} s (median of {RUNS})")


if __name__ == "__main__":
    main()
