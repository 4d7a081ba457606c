"""How long documents take: a Word brief of some twenty pages with twelve charts, the same as slides and workbook.

Run: `python -m tests.benchmarks.bench_briefs [FOLDER]`. The bar for the Word brief is 5 s; one warm-up, then the best of three.
"""

from __future__ import annotations

import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path

from app.domain.brief import BriefPlan, FigureBlock, GridBlock, Heading, Paragraph
from app.domain.figure import FigureKind
from app.domain.words import Texts
from app.files.resources import load_palette, load_resources
from app.files.write_docx import write_docx
from app.files.write_pptx import write_pptx
from app.files.write_xlsx import write_xlsx
from tests.unit.files.docx_samples import main_table, many_sectors
from tests.unit.files.sample_brief import distribution_table, figure, levels_table, sample_brief, trajectory

BAR = 5.0
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


def main(folder: Path) -> int:
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
    return int(slow)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        raise SystemExit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as made:
        raise SystemExit(main(Path(made)))
