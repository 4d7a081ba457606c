"""How long documents take: a Word brief of some twenty pages with twelve charts, the same as slides and workbook.

Run: `python -m tests.benchmarks.bench_briefs [STUDY]`. The bar for the Word brief is 5 s; one warm-up, then the best of three.
With a study (that of the demonstration) also its own brief from nothing, all that must be kept back found anew, within the same
bar; and the briefs of forty townships, each township of the study taken as two: 60 s.
"""

from __future__ import annotations

import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from app.domain.brief import BriefPlan, FigureBlock, GridBlock, Heading, Paragraph
from app.domain.figure import FigureKind
from app.domain.task import run_to_end
from app.domain.words import Texts
from app.files.resources import load_palette, load_resources
from app.files.study_file import open_study
from app.files.write_docx import write_docx
from app.files.write_pptx import write_pptx
from app.files.write_xlsx import write_xlsx
from app.workflows.context import Context
from app.workflows.write_brief import write_brief
from app.workflows.write_briefs import Batch, write_briefs
from tests.unit.files.docx_samples import main_table, many_sectors
from tests.unit.files.sample_brief import distribution_table, figure, levels_table, sample_brief, trajectory

BAR, TOWNSHIPS_BAR = 5.0, 60.0
CHARTS, PARAGRAPHS = 12, 60
WRITERS = {"docx": write_docx, "pptx": write_pptx, "xlsx": write_xlsx}


def big_brief(resources):
    """A brief of about twenty official pages: twelve charts, sixty paragraphs, four long tables."""
    kinds = [
        lambda: FigureBlock(figure(FigureKind.LEVELS, levels_table())),
        lambda: many_sectors(18)[1],
        lambda: FigureBlock(figure(FigureKind.DISTRIBUTION, distribution_table())),
        lambda: FigureBlock(trajectory()),
    ]
    said = Paragraph("全县参评企业2,140家，达到 L2 及以上的占41%（36–46%），距“超70%”的目标尚差36个百分点。" * 2)
    grid = GridBlock(
        "目标",
        ("目标", "目标值", "当前值", "理由"),
        (("普及率超70%", "2027年超过70%", "34%（33–35%）", "现有速度不够" * 4),) * 30,
    )
    blocks = []
    for k in range(CHARTS):
        blocks += [Heading(f"第{k + 1}节"), *[said] * (PARAGRAPHS // CHARTS), kinds[k % len(kinds)]()]
        blocks += [grid, many_sectors(18)[0], main_table()] if k % 3 == 0 else []
    return replace(sample_brief(), blocks=tuple(blocks), layout=resources.layouts["gbt9704"], plan=BriefPlan("official"))


def seconds(write, brief, path: Path, texts: Texts) -> float:
    start = time.perf_counter()
    write(brief, path, load_palette("light"), texts)
    return time.perf_counter() - start


def halved(study):
    """Return the study with every second firm of a township in another one."""
    firms = study.responses.firms.copy()
    names = firms["township"].astype("str")
    other = (np.arange(len(firms)) % 2 == 1) & (names != "").to_numpy()
    firms["township"] = pd.Categorical(names.where(~other, names + "乙"))
    return replace(study, responses=replace(study.responses, firms=firms))


def of_study(path: Path, folder: Path, resources) -> bool:
    """Time the brief of a study and those of forty townships; return whether either is slower than its bar."""
    study, context = open_study(path), Context(resources, "2026-11-30T09:00:00+08:00")
    start = time.perf_counter()
    run_to_end(write_brief(study, folder / "study.docx", "zh", context))
    whole = time.perf_counter() - start
    start = time.perf_counter()
    written = run_to_end(write_briefs(halved(study), Batch(folder / "townships"), "zh", context))
    parts = time.perf_counter() - start
    named = len(written.files) + len(written.left_out)
    print(f"study: its brief from nothing {whole:.2f} s (bar {BAR:.0f} s)")
    print(
        f"townships: {len(written.files)} of {named} written, {parts:.1f} s; forty at that rate {parts / named * 40:.1f} s (bar 60 s)"
    )
    return whole > BAR or parts / named * 40 > TOWNSHIPS_BAR


def main(folder: Path, study: Path | None) -> int:
    resources = load_resources()
    texts, brief = Texts("zh", resources.words), big_brief(resources)
    slow = False
    for kind, write in WRITERS.items():
        path = folder / f"bench.{kind}"
        first, *rest = (seconds(write, brief, path, texts) for _ in range(4))
        with zipfile.ZipFile(path) as book:
            charts = sum(name.endswith(".xml") and "/charts/chart" in name for name in book.namelist())
        print(f"{kind}: first {first:.2f} s, then {min(rest):.2f} s, {charts} charts, {path.stat().st_size / 1024:.0f} KB")
        slow |= kind == "docx" and first > BAR
    if study is not None:
        slow |= of_study(study, folder, resources)
    return int(slow)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        raise SystemExit(main(Path(made), Path(sys.argv[1]) if len(sys.argv) > 1 else None))
