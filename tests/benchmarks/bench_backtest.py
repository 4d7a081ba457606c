"""The backtest command on real series: US states by fortnight, EU countries, EU sections.

Run by hand: `python -m tests.benchmarks.bench_backtest FOLDER`, where FOLDER holds the files as published; one core, seconds.
Promised: 80 % intervals hold 75–90 % of what came, and the mean absolute error is below that of repeating the last value. What
was laid down comes from other series than those tested. Rows that do not keep the promise are named, and so they should be.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import time
from pathlib import Path

from app.cli.main import main as zhiheng
from tests.benchmarks.real_series import europe, us_states, write

LOW, HIGH = 0.75, 0.90


def printed(*arguments: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = zhiheng(["backtest", *arguments])
    assert code == 0, (code, out.getvalue())
    return out.getvalue()


def kept(name: str, path: Path, origin: str, horizons: str) -> bool:
    """Print one table and what it does not keep; return whether it keeps the promise in all."""
    start = time.perf_counter()
    print(f"\n== {name}")
    print(printed(str(path), "--horizons", horizons, "--without", origin, "--lang", "en"), end="")
    report = json.loads(printed(str(path), "--horizons", horizons, "--without", origin, "--json"))
    fine = True
    for row in report["rows"]:
        errors = row["mean_absolute_error"]
        good = LOW <= row["coverage"] <= HIGH and errors["forecast"] < errors["naive"]
        if not good:
            print(
                f"   not kept: {row['horizon']} ahead, length {row['length']}, {row['cases']} cases: {row['coverage']:.3f}",
                errors,
            )
        fine &= good or row["length"] != "all"
    print(f"   {time.perf_counter() - start:.1f} s for both runs")
    return fine


def main() -> int:
    """Print the tables; 0 when the totals of all keep the promise."""
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        results = []
        for question in ("us_now", "us_next_six_months"):
            path = write(us_states(folder, question), Path(made) / f"{question}.csv")
            results.append(kept(f"US states, {question}", path, "us_state", "1,4"))
        for name, origin in (("country_2021_2024", "eu_country"), ("nace_2023_2025", "eu_section")):
            path = write(europe(folder, name), Path(made) / f"eu_{name}.csv")
            results.append(kept(f"EU {name}", path, origin, "1"))
    print("every promise kept" if all(results) else "NOT every promise kept")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
