"""What is given out when a brief is approved: every cell of all its documents' tables and figures, as the register keeps it.

After an approval the deck, the tables, the wall and the questions of the same study bear it too, whoever writes them and when. So
all of them are registered, with every section that can be asked for, and not only the paper that was signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.analysis.disclosure.release import firms_behind
from app.domain.brief import Brief, BriefPlan, FigureBlock, TableBlock
from app.domain.errors import UserError
from app.domain.release import Cell, CellStatus, ReleasedTable
from app.domain.signing import Published
from app.domain.statistic import place_of
from app.domain.study import Study
from app.domain.task import Task
from app.domain.words import Texts
from app.present.brief import OWN
from app.present.released_brief import release_brief, settle
from app.workflows.context import Context

_DIGITS = {"fraction": 3, "score": 1, "pp": 1}


@dataclass(frozen=True, slots=True)
class Approved:
    """The `cells` of all documents of an approved study, each statistic once, and the `policy` they were released under."""

    cells: tuple[Published, ...]
    policy: str


def approved(study: Study, context: Context) -> Task[Approved]:
    """Return what documents of all firms give out, by every template with all its sections.

    UserError `brief.*` where there is nothing to say.
    """
    if study.responses is None or not study.waves:
        raise UserError("brief.needs_responses")
    texts = Texts("zh", context.resources.words)  # no word of it is kept
    settled = yield from settle(study, context.resources)
    found: dict[str, Published] = {}
    policies = dict[str, str]()
    for id_, template in context.resources.templates.items():
        plan = BriefPlan(id_, template.sections)
        brief, report = release_brief(study, context.resources, texts, context.now, plan, settled)
        policies[id_] = report.policy
        for cell in _cells_of(brief):
            known = found.get(cell.mark)
            found[cell.mark] = cell if known is None or known.hidden else known  # once shown is shown
    return Approved(tuple(found.values()), policies[OWN])


def _cells_of(brief: Brief) -> Iterator[Published]:
    for block in brief.blocks:
        table = block.table if isinstance(block, TableBlock) else block.figure.table if isinstance(block, FigureBlock) else None
        yield from _cells(table) if table is not None else ()


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
