"""The whole brief of the small study, word by word; run with ZHIHENG_REGEN=1 to write the texts anew, then read the difference."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "unit" / "present"))

import small_study  # noqa: E402

from app.domain.brief import Block, Brief, FigureBlock, GridBlock, Heading, TableBlock  # noqa: E402
from app.domain.numbers import cell_text  # noqa: E402
from app.domain.program import program_version  # noqa: E402
from app.domain.release import ReleasedTable  # noqa: E402
from app.domain.study import Design  # noqa: E402
from app.present.released_brief import release_brief  # noqa: E402

CASES = {
    "census": {},
    "sample": {"design": Design.SAMPLE, "synthetic": True},
    "volunteers_one_wave": {"design": Design.VOLUNTEER, "waves": ("2026",)},
}


def table_text(table: ReleasedTable) -> str:
    lines = [" | ".join(("", *table.columns))]
    lines += [" | ".join((row.label, *(cell_text(cell) for cell in row.cells))) for row in table.rows]
    return "\n".join(lines)


def block_text(block: Block, texts) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {block.text}"
    if isinstance(block, FigureBlock):
        figure = block.figure
        return "\n".join(
            (f"[{figure.id}] {figure.title}", figure.subtitle, table_text(figure.table), *figure.provenance.lines(texts))
        )
    if isinstance(block, TableBlock):
        return "\n".join((block.title, table_text(block.table), *block.provenance.lines(texts)))
    if isinstance(block, GridBlock):
        return "\n".join((block.title, *(" | ".join(row) for row in (block.columns, *block.rows)), block.note)).rstrip()
    return block.text


def brief_text(brief: Brief, texts) -> str:
    head = f"# {brief.title}\n{brief.subtitle}"
    return "\n\n".join((head, *(block_text(block, texts) for block in brief.blocks))) + "\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", CASES)
def test_that_the_brief_reads_as_it_did(case, lang):
    texts = small_study.texts(lang)
    brief, _ = release_brief(small_study.study(**CASES[case]), small_study.resources(), texts, "2026-07-01T09:00:00+08:00")
    path = HERE / "briefs" / f"{case}_{lang}.txt"
    text = brief_text(brief, texts).replace(f" {program_version()}\n", " …\n")
    if os.environ.get("ZHIHENG_REGEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
