"""The release report: counted from what a document shows, and told in its method section and an annex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.analysis.disclosure import Policy
from app.analysis.disclosure.joint import Joint
from app.analysis.disclosure.linked import keyed
from app.analysis.disclosure.release import firms_behind
from app.domain.brief import Block, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.figure import FigureKind
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, ReleasedTable
from app.domain.release_report import Interval, ReleaseReport, TableCount
from app.domain.statistic import Naming
from app.domain.words import Texts

ALL_HIDDEN, GIVEN_AWAY = "brief.release.all_hidden", "brief.release.given_away"
NEVER_DROPPED = (FigureKind.WALL, FigureKind.BULLET, FigureKind.TRAJECTORY)  # they say more than their table
_METHOD = "method"
_COLUMNS = ("table", "shown", "small", "hidden_cells")


def report_of(found: Joint, naming: Naming, blocks: Sequence[Block]) -> ReleaseReport:
    """Return the report on a document of these blocks, whose tables hide what `found` withholds."""
    given_away, shown = dict(found.withheld.tables), list(_titled(blocks))
    hidden = {table.id: ALL_HIDDEN for _, table in _titled(b for b in blocks if not _says_more(b)) if _is_all_hidden(table)}
    closest = found.closest
    audit = Interval(closest[0], closest[1], closest[2] if closest[2] < float("inf") else None) if closest is not None else None
    return ReleaseReport(
        policy=Policy(together=True).id,
        tables=tuple(_count(title, table, found, naming) for title, table in shown),
        dropped=tuple((id_, reason) for id_, reason in (hidden | given_away).items() if any(id_ == each.id for _, each in shown)),
        held=found.held,
        optimal=found.optimal,
        audit=audit,
        exposed=len(found.exposed),
    )


def _says_more(block: Block) -> bool:
    return isinstance(block, FigureBlock) and block.figure.kind in NEVER_DROPPED


def _titled(blocks: Iterable[Block]) -> Iterator[tuple[str, ReleasedTable]]:
    """Yield the tables of blocks, each with its title."""
    for block in blocks:
        if isinstance(block, TableBlock):
            yield block.title, block.table
        elif isinstance(block, FigureBlock):
            yield block.figure.title, block.figure.table


def _of_firms(table: ReleasedTable) -> list[Cell]:
    """Return the cells that rest on firms, hidden ones among them."""
    cells = [cell for row in table.rows for cell in row.cells]
    return [cell for cell in cells if cell.status is CellStatus.HIDDEN or firms_behind(cell)]


def _is_all_hidden(table: ReleasedTable) -> bool:
    cells = _of_firms(table)
    return bool(cells) and all(cell.status is CellStatus.HIDDEN for cell in cells)


def _count(title: str, table: ReleasedTable, found: Joint, naming: Naming) -> TableCount:
    places = [(row, place) for row in table.rows for place in range(len(row.cells))]
    hidden = [(row, place) for row, place in places if row.cells[place].status is CellStatus.HIDDEN]
    primary = sum(keyed(table, row, place, naming)[0] in found.primary for row, place in hidden)
    cells = _of_firms(table)
    small = sum(cell.status is CellStatus.SMALL for cell in cells)
    return TableCount(table.id, title, len(cells) - len(hidden), small, primary, len(hidden) - primary)


def with_report(blocks: Sequence[Block], report: ReleaseReport, texts: Texts) -> tuple[Block, ...]:
    """Return the blocks with the report at the end of the method section, where there is one."""
    start = next((k for k, b in enumerate(blocks) if isinstance(b, Heading) and b.section == _METHOD), None)
    if start is None:
        return tuple(blocks)
    end = next((k for k in range(start + 1, len(blocks)) if isinstance(blocks[k], Heading)), len(blocks))
    return (*blocks[:end], Paragraph(report_sentence(report, texts)), _grid(report, texts), *blocks[end:])


def report_sentence(report: ReleaseReport, texts: Texts) -> str:
    """Say by which rules what was kept back, and what the audit of hidden numbers found.

    How many of them a rule hides by itself is not said: of two hidden numbers, it would tell which is the small one.
    """
    rule = Policy()
    parts = [texts("brief.release.rules", n=rule.hide_below)]
    parts.append(texts("brief.release.hidden" if report.hidden else "brief.release.none", n=number(report.hidden, "count")))
    if report.hidden and report.audit is not None:
        parts.append(_audit(report.audit, texts))
    parts += [texts("brief.release.held", n=len(report.held))] if report.held else []
    parts += [texts("brief.release.exposed", n=report.exposed)] if report.exposed else []
    return ("" if texts.lang == "zh" else " ").join(parts)


def _audit(audit: Interval, texts: Texts) -> str:
    low = number(audit.low, "count")
    if audit.high is None:
        return texts("brief.release.audit_open", low=low)
    return texts("brief.release.audit", low=low, high=number(audit.high, "count"))


def _grid(report: ReleaseReport, texts: Texts) -> GridBlock:
    columns = tuple(texts(f"brief.release.{name}") for name in _COLUMNS)
    counts = [(table.shown, table.small, table.hidden) for table in report.tables]
    rows = [_row(table.title, count) for table, count in zip(report.tables, counts, strict=True)]
    totals = [sum(count[place] for count in counts) for place in range(len(_COLUMNS) - 1)]  # a brief may hold no table at all
    rows.append(_row(texts("brief.release.total"), totals))
    return GridBlock(texts("brief.release.title"), columns, tuple(rows), texts("brief.release.note"), annex=True)


def _row(title: str, counts: Sequence[int]) -> tuple[str, ...]:
    return (title, *(number(count, "count") for count in counts))
