"""Reads a folder of real and hostile workbooks and sets the outcome beside raw python-calamine's: `python -m tests.benchmarks.bench_corpus [FOLDER] [--every N]`.

"lost" is a file that calamine alone loads (in a process of its own, 20 s) and we do not: each is listed with its finding.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from app.domain.sheet import RawWorkbook
from app.files.preflight import ENDINGS
from app.files.read_workbook import read_workbooks
from tests.conftest import SHARED

_RAW = """
import sys, json
from python_calamine import CalamineWorkbook
try:
    book = CalamineWorkbook.from_path(sys.argv[1])
    cells = 0
    for index in range(len(book.sheet_names)):
        cells += sum(value != "" for row in book.get_sheet_by_index(index).to_python() for value in row)
    print(json.dumps({"cells": cells}))
except BaseException as error:
    print(json.dumps({"error": type(error).__name__}))
"""


def raw_outcome(path: Path) -> dict[str, object]:
    """Return {"cells": n}, {"error": name} or {"error": "died"} for calamine alone."""
    try:
        done = subprocess.run([sys.executable, "-c", _RAW, str(path)], capture_output=True, timeout=20)
        return json.loads(done.stdout) if done.stdout else {"error": "died"}
    except subprocess.TimeoutExpired:
        return {"error": "timeout"}


def n_cells(workbook: RawWorkbook) -> int:
    """Return the number of cells that are not empty."""
    return sum(int((column.codes != 0).sum()) for sheet in workbook.sheets for column in sheet.columns)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "workbooks")
    parser.add_argument("--every", type=int, default=1, help="take every n-th file")
    parser.add_argument("--raw", action="store_true", help="compare with raw calamine")
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() in ENDINGS)[:: options.every]
    tally: dict[str, Counter[str]] = {}
    codes: Counter[str] = Counter()
    lost: list[str] = []
    fewer: list[str] = []
    longest, before = 0.0, time.perf_counter()
    results = []
    for item in read_workbooks(files, parallel=2):
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        if isinstance(item, RawWorkbook):
            results.append((item.name, bool(item.sheets), n_cells(item), [finding.code for finding in item.findings]))
    for path, (_, loaded, cells, found) in zip(files, results, strict=True):
        row = tally.setdefault(path.suffix.lower(), Counter())
        row["files"] += 1
        row["read" if loaded else "refused"] += 1
        if not loaded:
            codes[found[-1]] += 1
        if options.raw and ENDINGS[path.suffix.lower()] not in ("text", "html"):
            raw = raw_outcome(path)
            row["calamine"] += "cells" in raw
            if raw.get("cells") and not loaded:
                row["lost"] += 1
                lost.append(f"{path.relative_to(options.folder)}: {found[-1]}")
            elif loaded and "cells" not in raw:
                row["gained"] += 1
            elif loaded and cells < int(raw["cells"]):
                fewer.append(f"{path.relative_to(options.folder)}: {cells} of {raw['cells']}")
    print(f"{'ending':8}{'files':>7}{'read':>7}{'refused':>9}{'calamine':>10}{'lost':>6}{'gained':>8}")
    for ending, row in sorted(tally.items()):
        print(
            f"{ending:8}"
            + "".join(
                f"{row[name]:>{w}}"
                for name, w in (("files", 7), ("read", 7), ("refused", 9), ("calamine", 10), ("lost", 6), ("gained", 8))
            )
        )
    print(dict(codes.most_common()))
    print(f"longest gap between two reports: {longest * 1000:.0f} ms")
    print("lost:", *lost, sep="\n  ")
    print("fewer cells:", *fewer, sep="\n  ")


if __name__ == "__main__":
    main()
