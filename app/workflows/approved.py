"""What a brief gives out when it is approved: every cell of its tables and figures, as the register keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.analysis.disclosure.release import firms_behind
from app.domain.brief import BriefPlan, FigureBlock, TableBlock
from app.domain.release import Cell, CellStatus, ReleasedTable
from app.domain.signing import Published
from app.domain.statistic import place_of
from app.domain.study import Study
from app.domain.words import Texts
from app.present.released_brief import release_brief
from app.workflows.context import Context

_DIGITS = {"fraction": 3, "score": 1, "pp": 1}


@dataclass(frozen=True, slots=True)
class Approved:
    """The `cells` of an approved brief, each statistic once, and the `policy` they were released under."""

    cells: tuple[Published, ...]
    policy: str


def approved(study: Study, context: Context, plan: BriefPlan | None = None) -> Approved:
    """Return what the brief of `plan` (None: the official one) gives out; UserError `brief.*` where there is nothing to say."""
    texts = Texts("zh", context.resources.words)  # no word of it is kept
    brief, report = release_brief(study, context.resources, texts, context.now, plan)
    found: dict[str, Published] = {}
    for block in brief.blocks:
        table = block.table if isinstance(block, TableBlock) else block.figure.table if isinstance(block, FigureBlock) else None
        for cell in _cells(table) if table is not None else ():
            known = found.get(cell.mark)
            found[cell.mark] = cell if known is None or known.hidden else known  # once shown is shown
    return Approved(tuple(found.values()), report.policy)


def _cells(table: ReleasedTable) -> Iterator[Published]:
    """Yield the cells of a table that rest on firms, and those hidden."""
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            if cell.status is CellStatus.HIDDEN or firms_behind(cell):
                yield _published(cell.evidence or place_of(table.id, row.key, place), cell)


def _published(mark: str, cell: Cell) -> Published:
    if cell.status is CellStatus.HIDDEN:
        return Published(mark, True)
    return Published(mark, False, firms_behind(cell), cell.value, _DIGITS.get(cell.unit, 0))
