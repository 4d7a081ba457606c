"""How many planted edits `verify` finds, and how often it raises a false alarm, on a study's briefs in every format and language.

Run: python -m tests.benchmarks.bench_verify STUDY.zhiheng [edits of each kind, default 3]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from app.analysis.verify import Reading, verify
from app.domain.claims import Verdict
from app.domain.task import run_to_end
from app.files.readback import document_of, read_document
from app.files.resources import load_resources
from app.files.study_file import open_study
from app.workflows.context import Context
from app.workflows.write_brief import write_brief
from tests.planted import Office
from tests.planted_harmless import SOFFICE, by_library, by_libreoffice, harmless_of
from tests.planted_kinds import edits_of, in_memory

NOW = "2026-11-30T08:00:00+08:00"


def main() -> None:
    study, repeats = open_study(Path(sys.argv[1])), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    context = Context(load_resources(), NOW)
    print("format lang numbers planted found missed-kinds harmless alarms write-s read-s compare-s")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("docx", "pptx", "xlsx"):
            for lang in ("zh", "en"):
                path = Path(folder) / f"{lang}.{kind}"
                start = time.perf_counter()
                run_to_end(write_brief(study, path, lang, context))
                print(kind, lang, *measured(path, kind, repeats, time.perf_counter() - start))


def measured(path: Path, kind: str, repeats: int, written: float) -> tuple[object, ...]:
    """Numbers, planted, found, kinds missed, harmless edits, alarms, seconds to write, read and compare."""
    start = time.perf_counter()
    expected = read_document(path)
    read = time.perf_counter() - start
    start = time.perf_counter()
    numbers = len(verify(expected, expected, Reading()))
    compared = time.perf_counter() - start
    planted, found, missed = planted_edits(path, kind, expected, repeats)
    harmless = [in_memory(edited(path, edit, 1)) for edit in harmless_of(kind).values()]
    harmless += [path.read_bytes(), by_library(kind, path)]
    if SOFFICE is not None:
        with tempfile.TemporaryDirectory() as folder:
            harmless.append(by_libreoffice(path, Path(folder)).read_bytes())
    alarms = sum(wrong(expected, content) for content in harmless)
    times = (f"{seconds:.1f}" for seconds in (written, read, compared))
    return (numbers, planted, found, ",".join(sorted(missed)) or "-", len(harmless), alarms, *times)


def planted_edits(path, kind, expected, repeats):
    planted, found, missed = 0, 0, set()
    for name, edit in edits_of(kind).items():
        for seed in range(repeats):
            try:
                office = edited(path, edit, seed)
            except (LookupError, IndexError):
                continue  # nothing of this kind to edit
            planted += 1
            told = wrong(expected, in_memory(office)) > 0
            found += told
            missed |= set() if told else {name}
    return planted, found, missed


def edited(path, edit, seed):
    office = Office(path)
    edit(office, random.Random(seed))
    return office


def wrong(expected, content):
    return sum(each.verdict is not Verdict.SAME for each in verify(expected, document_of(content, "x"), Reading()))


if __name__ == "__main__":
    main()
