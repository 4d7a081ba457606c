"""Reads a folder of real and hostile workbooks beside each library that reads them by itself, and prints the tables.

`python -m tests.benchmarks.bench_corpus [--sample N] [--folder FOLDER]` (Linux). Files are counted as read when they gave
cells; a workbook without any is counted apart. "lost": some library alone gives cells and we do not. Then the cells of the
workbooks of which Excel itself saved csv files: the share that is equal (see `poi_oracle`), for us and for each library.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from app.domain.findings import Finding
from app.domain.sheet import CellKind, RawSheet, RawWorkbook
from app.domain.task import run_to_end
from app.files.arrive import arrive
from app.files.preflight import ENDINGS
from app.files.read_workbook import read_workbooks
from tests.benchmarks import poi_oracle
from tests.benchmarks.single_readers import READERS, cells, count, in_child, sheet_names
from tests.conftest import SHARED

PASSWORDS = ("password", "tika", "abc", "123", "pass")  # as the collections say themselves
KINDS = {CellKind.TEXT: "t", CellKind.NUMBER: "n", CellKind.BOOLEAN: "b", CellKind.DATE: "d", CellKind.ERROR: "e"}
ENDED = ("READ_CRASHED", "READ_TOO_SLOW", "READ_MEMORY")
HANG = 30.0
WIDTHS = (8, 7, 7, 7, 9, 10, 10, 8, 8, 6, 8)
COLUMNS = ("ending", "files", "read", "empty", "refused", *READERS, "lost", "gained")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, action="append", help="folders of workbooks (default: the outside data)")
    parser.add_argument("--sample", type=int, default=0, help="take about so many files, evenly")
    parser.add_argument("--list", type=int, default=3, help="how many unequal cells to list of each file")
    options = parser.parse_args()
    folders = options.folder or [SHARED / "workbooks", SHARED / "attacks"]
    files = sample(corpus(folders), options.sample)
    ours = read_ours(files)
    report_files(files, ours)
    oracles = SHARED / "workbooks" / "apache_poi_oracle"
    if oracles.is_dir():
        report_cells(poi(oracles, {path: ours[path] for path in files}), options.list)


def corpus(folders: Sequence[Path]) -> list[Path]:
    """Return every file that promises a table, the oracle left out."""
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    return sorted(path for path in found if path.parent.name != "apache_poi_oracle")


def sample(files: Sequence[Path], size: int) -> list[Path]:
    """Return about `size` of the files at even distances, all where it is 0."""
    return list(files[:: max(len(files) // size, 1)] if size else files)


def read_ours(files: Sequence[Path]) -> dict[Path, RawWorkbook]:
    """Read all files as the program does and print what that took; exceptions are not caught: there must be none."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        arrived = {path: run_to_end(arrive([path], PASSWORDS, Path(folder))) for path in files}
        before, longest, results = time.perf_counter(), 0.0, []
        for item in read_workbooks([arrivals[0].path for arrivals, _ in arrived.values() if arrivals], parallel=2):
            if isinstance(item, RawWorkbook):
                now = time.perf_counter()
                longest, before = max(longest, now - before), now
                results.append(item)
    print(f"{len(files)} files read in {time.perf_counter() - started:.0f} s by us, two at once")
    time.sleep(0.5)  # until the last children are gone and counted
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ended = Counter(finding.code for workbook in results for finding in workbook.findings if finding.code in ENDED)
    print(
        f"children that ended before their file did: {dict(ended)}; past {HANG:.0f} s: {longest > HANG} ({longest:.1f} s at most)"
    )
    print(f"largest child {peak:.0f} MiB; an exception here would have ended this command")
    unlocked = sum(bool(arrivals and arrivals[0].received) for arrivals, _ in arrived.values())
    print(f"{unlocked} locked workbooks opened with the passwords that their collections state\n")
    read = iter(results)
    return {path: next(read) if arrivals else _refused(path, findings) for path, (arrivals, findings) in arrived.items()}


def _refused(path: Path, findings: tuple[Finding, ...]) -> RawWorkbook:
    return RawWorkbook(path.name, "", 0, (), "", findings)


def _single(path: Path) -> dict[str, int]:
    """Return how many cells each library for this ending gives; −1 where it fails."""
    suffix = path.suffix.lower()
    outcomes = {name: count(name, path) for name, (_, endings) in READERS.items() if suffix in endings}
    return {name: -1 if outcome.error else outcome.result for name, outcome in outcomes.items()}


def report_files(files: Sequence[Path], ours: dict[Path, RawWorkbook]) -> None:
    """Print how many files of each ending are read, by us and by each library alone."""
    with multiprocessing.get_context("fork").Pool(2) as pool:
        singles = dict(zip(files, pool.map(_single, files, chunksize=4), strict=True))
    tally: dict[str, Counter[str]] = {}
    lost, causes, readers = [], Counter(), Counter()
    for path in files:
        row = tally.setdefault(path.suffix.lower(), Counter())
        code = "" if ours[path].sheets else ours[path].findings[-1].code
        readers.update([] if code else [ours[path].reader.split(" ")[0]])
        causes.update([code] if code else [])
        row["files"] += 1
        row["read" if not code else "empty" if code == "READ_NO_CELLS" else "refused"] += 1
        row.update(name for name, found in singles[path].items() if found > 0)
        best = max(singles[path].values(), default=-1)
        row["gained"] += not code and bool(singles[path]) and best <= 0
        if best > 0 and code:
            row["lost"] += 1
            lost.append(f"{path.name}: {code}, {best} cells")
    total: Counter[str] = Counter()
    for row in tally.values():
        total.update(row)
    print("".join(f"{name:>{width}}" for name, width in zip(COLUMNS, WIDTHS, strict=True)))
    for ending, row in [*sorted(tally.items()), ("all", total)]:
        print("".join(f"{ending if name == 'ending' else row[name]:>{w}}" for name, w in zip(COLUMNS, WIDTHS, strict=True)))
    print("\nread by:", dict(readers.most_common()))
    print("refused:", dict(causes.most_common()))
    print("lost:", *lost, sep="\n  ")


def poi(folder: Path, ours: dict[Path, RawWorkbook]) -> dict[str, poi_oracle.Share]:
    """Return the share of equal cells of us, of each library on the files it is for, and of us on the files we read."""
    oracles = poi_oracle.oracles(folder)
    tasks = [(path, oracles[path.name], ours[path]) for path in ours if path.name in oracles and "apache_poi" in path.parts]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        results = pool.map(partial(_poi_file), tasks, chunksize=2)
    return {
        name: poi_oracle.tally(shares[name] for shares in results if name in shares) for name in ("ours", "ours, read", *READERS)
    }


def _poi_file(task: tuple[Path, dict[int, Path], RawWorkbook]) -> dict[str, poi_oracle.Share]:
    path, sheets, workbook = task
    told = {"ours": {}}
    shaped = in_child(partial(poi_oracle.formats, path))
    names = in_child(partial(sheet_names, path)).result or []
    numbers = {name: number for number, name in enumerate(names)}
    for position, sheet in enumerate(workbook.sheets):
        told["ours"][numbers.get(sheet.name, position)] = told_cells(sheet)
    for name, (_, endings) in READERS.items():
        if path.suffix.lower() in endings:
            told[name] = {}
            for number, row, column, kind, text in cells(name, path).result or []:
                told[name].setdefault(number, {})[row, column] = (kind, text)
    out = None if shaped.error else {tuple(place) for place in shaped.result}
    shares = {name: _share(path, sheets, found, out) for name, found in told.items()}
    return shares | ({"ours, read": shares["ours"]} if workbook.sheets else {})


def _share(path: Path, sheets: dict[int, Path], told: dict, shaped: set[tuple[int, int, int]] | None) -> poi_oracle.Share:
    shares = []
    for number, oracle in sheets.items():
        out = None if shaped is None else {place[1:] for place in shaped if place[0] == number}
        shares.append(poi_oracle.compare(path.name, number, told.get(number, {}), poi_oracle.saved(oracle), out))
    return poi_oracle.tally(shares)


def told_cells(sheet: RawSheet) -> dict[tuple[int, int], tuple[str, str]]:
    """Return the cells with content as (kind, text) by place."""
    found = {}
    for number, column in enumerate(sheet.columns):
        for row in column.codes.nonzero()[0]:
            code = column.codes[row]
            kind, text = KINDS[column.kinds[code]], column.texts[code]
            found[int(row), number] = (kind, repr(float(text)) if kind == "n" else text)
    return found


def report_cells(shares: dict[str, poi_oracle.Share], listed: int) -> None:
    """Print the share of equal cells, and by file how many are unequal and how many of these every library tells alike."""
    print(f"\n{'cells as Excel saved them':28}{'equal':>9}{'compared':>10}{'share':>8}{'formatted, left out':>22}")
    for name, share in shares.items():
        print(f"{name:28}{share.equal:>9}{share.compared:>10}{share.share:>8.2%}{share.formatted:>22}")
    others = {entry for name in ("openpyxl", "xlrd", "pyxlsb") for entry in shares[name].unequal}
    mine = shares["ours"].unequal
    alike = sum(entry in others for entry in mine)
    print(
        f"unequal {len(mine)}; of these openpyxl or xlrd tells {alike} just as we do: the csv is of an older edition of the file"
    )
    own = [entry for entry in mine if entry not in others]
    print("the others by file:", dict(Counter(entry[0] for entry in own).most_common()))
    seen: Counter[str] = Counter()
    for entry in own:
        seen[entry[0]] += 1
        if seen[entry[0]] <= listed:
            print(" ", entry)


if __name__ == "__main__":
    main()
