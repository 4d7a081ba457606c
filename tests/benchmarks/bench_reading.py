"""100,000 firms × 40 columns of xlsx: raw python-calamine beside our reading, and beside reading into typed responses.

Run `python -m tests.benchmarks.bench_reading [--firms N] [--runs N]`. The bar: typed responses in at most 3 × the time
calamine needs to hand over the raw cells, below 1.2 GiB, with progress at least every 200 ms.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.domain.instrument import Instrument, Item, ItemType
from app.domain.sheet import RawWorkbook
from app.domain.task import Task
from app.files.read_workbook import read_workbook
from app.files.resources import load_resources

_RAW = """
import sys, time
started = time.perf_counter()
from python_calamine import CalamineWorkbook
rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.perf_counter() - started)
"""
_COLUMNS = 40


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--shared", action="store_true", help="share strings, as Excel does (takes a gigabyte to write)")
    parser.add_argument("--file", type=Path, help="measure this workbook instead of a generated one")
    options = parser.parse_args()
    resources = load_resources()
    instrument = resources.instruments["aiplus-2026"]
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or write_survey(Path(folder) / "survey.xlsx", instrument, options.firms, options.shared)
        print(f"{path.stat().st_size / 1e6:.1f} MB, {options.firms:,} × {_COLUMNS}, median of {options.runs}")
        raw, read, typed, gaps, child = [], [], [], [], 0.0
        for _ in range(options.runs):
            seconds, gap, workbook = measure(read_workbook(path))
            time.sleep(0.5)  # until the child is gone and counted
            child = child or peak("CHILDREN")
            read.append(seconds)
            gaps.append(gap)
            raw.append(raw_seconds(path))
            with contextlib.suppress(ImportError):
                typed.append(seconds + intake_seconds(workbook, instrument, resources.taxonomy))
    base = statistics.median(raw)
    print(f"raw calamine, cells handed over  {base:6.2f} s   1.00 ×")
    print(f"read_workbook                    {statistics.median(read):6.2f} s   {statistics.median(read) / base:.2f} ×")
    if typed:
        print(f"… into typed responses           {statistics.median(typed):6.2f} s   {statistics.median(typed) / base:.2f} ×")
    print(f"longest gap between two reports  {max(gaps) * 1000:6.0f} ms")
    memory = f"{peak('SELF'):.0f} MiB, reading child {child:.0f} MiB, raw calamine {peak('CHILDREN'):.0f} MiB"
    print(f"peak memory: this process {memory}")


def raw_seconds(path: Path) -> float:
    """Return what python-calamine alone takes, in a process of its own."""
    return float(subprocess.run([sys.executable, "-c", _RAW, str(path)], capture_output=True, check=True).stdout)


def measure(task: Task[RawWorkbook]) -> tuple[float, float, RawWorkbook]:
    """Return seconds, the longest gap between two reports, and the workbook."""
    started = before = time.perf_counter()
    longest = 0.0
    while True:
        try:
            next(task)
        except StopIteration as stop:
            now = time.perf_counter()
            return now - started, max(longest, now - before), stop.value
        now = time.perf_counter()
        longest, before = max(longest, now - before), now


def intake_seconds(workbook: RawWorkbook, instrument: Instrument, taxonomy: object) -> float:
    """Return what recognising, matching and cleaning take; ImportError where that part is not there."""
    from app.analysis.intake import intake_workbook

    started = time.perf_counter()
    result = intake_workbook(workbook, instrument, taxonomy)
    seconds = time.perf_counter() - started
    (sheet,) = result.sheets
    print(f"  {len(sheet.responses or ())} responses, {len(sheet.findings)} findings")
    return seconds


def peak(who: str) -> float:
    """Return the peak memory in MiB of this process or of its largest child so far."""
    import resource

    return resource.getrusage(getattr(resource, f"RUSAGE_{who}")).ru_maxrss / 1024


def write_survey(path: Path, instrument: Instrument, firms: int, shared: bool = False) -> Path:
    """Write a filled-in form: title, unit note and header rows, then a firm a row; one cell in twelve is blank."""
    import xlsxwriter

    rng = random.Random(20260101)
    items = instrument.items[:_COLUMNS]
    with xlsxwriter.Workbook(path, {"constant_memory": not shared}) as workbook:
        sheet = workbook.add_worksheet("企业调查表")
        sheet.write_string(0, 0, "青山县企业人工智能应用情况调查表")
        sheet.write_string(1, 0, "单位：万元、人")
        for column, item in enumerate(items):
            sheet.write_string(2, column, item.words.zh)
        for row in range(3, firms + 3):
            for column, item in enumerate(items):
                value = answer(item, row, rng)
                if column < 3 or rng.random() > 1 / 12:
                    sheet.write(row, column, value)
    return path


def answer(item: Item, row: int, rng: random.Random) -> str | float:
    """Return a plausible answer to one item."""
    if item.type is ItemType.CODE:
        return f"91330100{rng.randrange(36**6):010d}"
    if item.type is ItemType.INDUSTRY:
        return rng.choice(("制造业", "批发和零售业", "软件和信息技术服务业", "C35", "住宿和餐饮业"))
    if item.type is ItemType.YES_NO:
        return rng.choice(("是", "否", "有", "无", "计划中"))
    if item.options:
        chosen = rng.sample(item.options, k=1 if item.type is not ItemType.MULTI else rng.randint(1, min(3, len(item.options))))
        return "、".join(option.words.zh for option in chosen)
    if item.type is ItemType.COUNT:
        return int(rng.lognormvariate(3.5, 1.2))
    if item.type is ItemType.MONEY:
        return round(rng.lognormvariate(6, 2), 2)
    if item.type is ItemType.PERCENT:
        return round(rng.random(), 2)
    return f"青山市第{row}号企业有限公司" if column_is_name(item) else rng.choice(("青山镇", "白水镇", "开发区"))


def column_is_name(item: Item) -> bool:
    """Whether a text item is the firm's name."""
    return item.role is not None and item.role.value == "name"


if __name__ == "__main__":
    main()
