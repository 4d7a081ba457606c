"""The assessors' workbook: what was found at each firm of a visit list, as the county would send it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.domain.judgement import Visit
from app.domain.resources import Resources
from app.files.atomic import write_error
from app.files.demo_county.county import make_world
from app.files.demo_county.draft import World
from app.files.demo_county.grid import Grid
from app.files.demo_county.on_site import Assessed, assess_on_site
from app.files.demo_county.writers import write_xlsx

NAME = "走访评估.xlsx"
HEADINGS = ("统一社会信用代码", "企业名称", "评估等级", "评估人", "评估日期", "依据", "证据")
_WIDTHS = (22, 32, 14, 18, 13, 48, 24)


def write_assessments(folder: Path, resources: Resources, visits: Sequence[Visit], seed: int) -> Path:
    """Write what the assessors found at the firms of a visit list to a workbook in `folder`; same list and seed, same bytes.

    UserError when the disk will not have it.
    """
    world, _ = make_world(resources, seed)
    rows = assess_on_site(world, visits, seed)
    path = folder / NAME
    try:
        write_xlsx(path, [_grid(world, rows)], _finished(rows), path.stem)
    except OSError as error:
        raise write_error(error, folder) from error
    return path


def _grid(world: World, rows: Sequence[Assessed]) -> Grid:
    grid = Grid("现场评估", frozen_rows=2, widths=dict(enumerate(map(float, _WIDTHS))))
    grid.merge((0, 0, 0, len(HEADINGS) - 1), f"{world.plan.county}企业现场评估记录（示范数据 DEMO，人物企业均为虚构）", "title")
    grid.put_row(1, HEADINGS, "header")
    for number, row in enumerate(rows, 2):
        grid.put_row(number, (row.code, row.name, row.level, row.who, row.when, row.why, row.evidence), "body")
    return grid


def _finished(rows: Sequence[Assessed]) -> datetime:
    """Return the last day of the visits, which is when the workbook was made."""
    return datetime.fromisoformat(max((row.when for row in rows), default="2026-07-06"))
