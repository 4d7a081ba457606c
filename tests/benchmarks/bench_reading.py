"""Reading into typed responses beside raw python-calamine, in one run: a folder of 60 workbooks, and one of 100,000 firms.

Run `python -m tests.benchmarks.bench_reading [--runs N] [--files N] [--firms N] [--only folder|large]`. Two yardsticks:
*raw*, python-calamine alone handing over every cell (a folder by two processes at once), and *guarded*, our reading of
the same cells without recognising them. The bars: a folder in at most 1.5 × the reading of its cells on two cores; the
large workbook read, recognised, cleaned and checked in at most 4 × raw and below 1.2 GiB; progress every 200 ms.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.analysis.intake import intake_workbook
from app.domain.instrument import ItemType, Role
from app.domain.resources import Resources
from app.domain.sheet import RawWorkbook
from app.files.demo_county.codes import credit_code
from app.files.demo_county.county import make_world
from app.files.demo_county.draft import World
from app.files.demo_county.firms import Firm
from app.files.demo_county.shape import make_shape
from app.files.demo_county.wording import Pen
from app.files.read_workbook import read_workbooks
from app.files.resources import load_resources

_RAW = """
import sys
from python_calamine import CalamineWorkbook
for path in sys.argv[1:]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
"""
_COLUMNS = 40
_FIRMS_A_FILE = 500


@dataclass
class Times:
    """Seconds of each run, the longest gap between two reports, and what came out."""

    raw: list[float] = field(default_factory=list)
    guarded: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    intake: list[float] = field(default_factory=list)
    gap: float = 0.0
    responses: int = 0
    findings: int = 0

    def show(self, name: str, seconds: Sequence[float]) -> None:
        """Print one line of the table: seconds, and how many times raw and guarded reading that is."""
        middle = statistics.median(seconds)
        raw, guarded = middle / statistics.median(self.raw), middle / statistics.median(self.guarded)
        print(f"  {name:44}{middle:8.2f} s{raw:9.2f} ×{guarded:9.2f} ×")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--only", choices=("folder", "large"))
    parser.add_argument(
        "--shared", action="store_true", help="the large one with shared strings, as Excel writes (takes a gigabyte)"
    )
    options = parser.parse_args()
    resources = load_resources()
    instrument = resources.instruments["aiplus-2026"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only != "large":
            firms = Firms(resources, len(instrument.items))
            paths = [
                write_survey(folder / f"{number:02}镇.xlsx", firms, number * _FIRMS_A_FILE, _FIRMS_A_FILE)
                for number in range(options.files)
            ]
            print(f"{options.files} workbooks of {_FIRMS_A_FILE} firms × {len(instrument.items)}, median of {options.runs}")
            report(paths, resources, options.runs)
        if options.only != "folder":
            path = write_survey(folder / "大表.xlsx", Firms(resources, _COLUMNS), 0, options.firms, options.shared)
            print(f"{options.firms:,} firms × {_COLUMNS}, {path.stat().st_size / 1e6:.1f} MB, median of {options.runs}")
            report([path], resources, options.runs)


def report(paths: Sequence[Path], resources: Resources, runs: int) -> None:
    """Measure and print one table."""
    times = Times()
    for _ in range(runs):
        times.guarded.append(guarded_seconds(paths))
        child = peak("CHILDREN")
        times.raw.append(raw_seconds(paths))
        take_in(paths, resources, times)
    print(f"  {'':44}{'':10}{'of raw':>11}{'of guarded':>11}")
    times.show(f"raw: calamine alone, {min(len(paths), 2)} process(es)", times.raw)
    times.show("guarded: read_workbooks", times.guarded)
    times.show("read, recognised, cleaned and checked", times.whole)
    times.show("… of which recognising, cleaning, checking", times.intake)
    print(
        f"  {times.responses:,} responses, {times.findings:,} findings; longest gap between two reports {times.gap * 1000:.0f} ms"
    )
    print(f"  peak memory: this process {peak('SELF'):.0f} MiB, largest reading child {child:.0f} MiB")


def raw_seconds(paths: Sequence[Path]) -> float:
    """Return what python-calamine alone takes to hand over the cells, the files shared out between two processes."""
    started = time.perf_counter()
    halves = [half for half in (paths[::2], paths[1::2]) if half]
    running = [subprocess.Popen([sys.executable, "-c", _RAW, *map(str, half)]) for half in halves]
    assert not any(process.wait() for process in running)
    return time.perf_counter() - started


def guarded_seconds(paths: Sequence[Path]) -> float:
    """Return what our reading alone takes."""
    started = time.perf_counter()
    n_read = sum(isinstance(event, RawWorkbook) and bool(event.sheets) for event in read_workbooks(paths))
    assert n_read == len(paths)
    seconds = time.perf_counter() - started
    time.sleep(0.3)  # until the children are gone and counted
    return seconds


def take_in(paths: Sequence[Path], resources: Resources, times: Times) -> None:
    """Read and take in; each workbook is let go as soon as it has become responses."""
    instrument = resources.instruments["aiplus-2026"]
    started = before = time.perf_counter()
    times.intake.append(0.0)
    times.responses = times.findings = 0
    for event in read_workbooks(paths):
        now = time.perf_counter()
        if isinstance(event, RawWorkbook):
            result = intake_workbook(event, instrument, resources.taxonomy, rules=resources.rules)
            times.responses += sum(len(sheet.responses or ()) for sheet in result.sheets)
            times.findings += sum(len(sheet.findings) for sheet in result.sheets)
            times.intake[-1] += time.perf_counter() - now
        times.gap = max(times.gap, time.perf_counter() - before)
        before = time.perf_counter()
    times.whole.append(time.perf_counter() - started)


def peak(who: str) -> float:
    """Return the peak memory in MiB of this process or of its largest child so far."""
    import resource

    return resource.getrusage(getattr(resource, f"RUSAGE_{who}")).ru_maxrss / 1024


def write_survey(path: Path, firms: Firms, first: int, count: int, shared: bool = True) -> Path:
    """Write a filled-in form: title, unit note and header rows, then a firm a row, `count` of them from number `first` on."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": not shared}) as workbook:
        sheet = workbook.add_worksheet("企业调查表")
        sheet.write_string(0, 0, "青山县企业人工智能应用情况调查表")
        sheet.write_string(1, 0, "单位：万元、人")
        for column, item in enumerate(firms.items):
            sheet.write_string(2, column, item.words.zh)
        for row in range(count):
            for column, cell in enumerate(firms.row(first + row)):
                sheet.write(row + 3, column, cell)
    return path


class Firms:
    """As many firms as wanted, each with a name and a valid code of its own and the answers of one of the demonstration's."""

    def __init__(self, resources: Resources, columns: int) -> None:
        """Take the firms of the newest wave and write their answers to the first `columns` items once."""
        world, _ = make_world(resources, 20260101)
        self.items = world.instrument.items[:columns]
        self._firms = [firm for firm in world.firms if firm.exists[1]]
        habits = [make_shape(shape, "2026").habit for shape in world.plan.shapes]
        pens = [Pen(habit, world.plan.writing, np.random.default_rng(1)) for habit in habits]
        self._rows = [self._written(world, firm, pens[firm.township % len(pens)]) for firm in self._firms]

    def _written(self, world: World, firm: Firm, pen: Pen) -> list[str | int | float]:
        figures, answers = firm.figures[1], world.truth.waves[1]
        known = {
            Role.TOWNSHIP: world.plan.townships[firm.township].name,
            Role.INDUSTRY: world.taxonomy.divisions[firm.division].zh,
            Role.EMPLOYEES: figures.employees,
            Role.REVENUE: figures.revenue,
            Role.ASSETS: figures.assets,
        }
        return [
            known.get(item.role, "") if item.code not in answers else pen.write(item, answers[item.code][firm.serial]).cell
            for item in self.items
        ]

    def row(self, number: int) -> list[str | int | float]:
        """Return the cells of firm `number`."""
        again, place = divmod(number, len(self._firms))
        firm = self._firms[place]
        own = {
            Role.NAME: firm.name.replace("有限公司", f"{chr(0x4E00 + 7 * again)}有限公司") if again else firm.name,
            Role.CREDIT_CODE: credit_code(firm.code[:2], firm.code[2:8], f"{number:08}"),
        }
        grown = 1 + again / 1000  # sums of money hardly ever repeat
        return [
            round(cell * grown, 2)
            if again and item.type is ItemType.MONEY and isinstance(cell, float)
            else own.get(item.role, cell)
            for item, cell in zip(self.items, self._rows[place], strict=True)
        ]


if __name__ == "__main__":
    main()
