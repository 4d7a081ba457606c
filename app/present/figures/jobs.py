"""Jobs lost to, made by and moved for AI, per hundred people employed; never a single firm's."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.disclosure import hide, release
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate
from app.domain.figure import Figure, FigureKind
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.watch import SectorJobs
from app.present import wording
from app.present.draw.steps import points_text
from app.present.tables import estimate_cell, row_of
from app.present.watching import Watched, measure_line, point_cell, provenance

FLOWS = ("displaced", "created", "net")
OTHERS = ("moved", "redeployed", "trained")
SIGN = {"displaced": -1.0}
SHARES = ("redeployed", "trained")  # told as shares; the rest per hundred people employed


def told(found: Watched) -> tuple[SectorJobs, ...]:
    """Return all firms and the sectors from which anybody gave numbers of jobs."""
    return tuple(one for one in found.value.jobs if one.firms or one.sector == TOTAL)


def job_table(found: Watched, names: tuple[str, ...] = FLOWS) -> ReleasedTable:
    """Return these rates, a row all firms and each sector: jobs lost are negative; what one or two firms make up is hidden."""
    rows = [
        Row(one.sector, found.view.sector_label(one.sector), tuple(_cell(found, one, name) for name in names))
        for one in told(found)
    ]
    return _together(release("jobs", tuple(found.view.texts(f"figure.jobs.{name}") for name in names), rows, total=TOTAL))


def _together(table: ReleasedTable) -> ReleasedTable:
    """Hide a whole row where any of it is hidden, until no row or column gives a hidden rate away: a net and one of its parts
    tell the other."""
    hidden = -1
    while table.hidden != hidden:
        hidden = table.hidden
        rows = [
            replace(row, cells=tuple(map(hide, row.cells)))
            if any(cell.status is CellStatus.HIDDEN for cell in row.cells)
            else row
            for row in table.rows
        ]
        table = release(table.id, table.columns, rows, total=table.total)
    return table


def _cell(found: Watched, one: SectorJobs, name: str) -> Cell:
    mark = found.mark("jobs", one.sector, name)
    rate = one.rates.get(name, Estimate(None))
    if name in one.hidden:
        return Cell(CellStatus.HIDDEN, "fraction" if name in SHARES else "pp", evidence=mark)
    return estimate_cell(rate, mark) if name in SHARES else point_cell(rate, mark, SIGN.get(name, 1.0))


def make_jobs(found: Watched) -> Figure:
    """Return `jobs-balance`: jobs lost and made, and their net, per hundred people employed; all firms and each sector."""
    texts, table = found.view.texts, job_table(found)
    total, title = found.jobs[TOTAL], jobs_title(found, table)
    left_out = texts("figure.jobs.left_out", n=number(total.left_out, "count")) if total.left_out else ""
    return Figure(
        id="jobs-balance",
        kind=FigureKind.BALANCE,
        title=title,
        subtitle=measure_line(found, texts("figure.jobs.subtitle")),
        table=table,
        provenance=provenance(found, texts("figure.jobs.measure"), total.firms, left_out),
        alt=texts("figure.jobs.alt", n=len(table.rows), title=title),
        chosen=found.view.selection.sector,
    )


def jobs_title(found: Watched, table: ReleasedTable) -> str:
    """Say what firms report: jobs lost, jobs made, and whether their net can be told from none."""
    texts, key = found.view.texts, found.lit
    row = row_of(table, key) or row_of(table, TOTAL) or table.rows[0]
    lost, made, net = row.cells
    who = row.label if row.key != TOTAL else found.view.everyone
    if net.value is None or lost.value is None or made.value is None:
        return texts("figure.jobs.hidden", who=row.label)
    said = {"who": who, "lost": rate_text(abs(lost.value)), "made": rate_text(made.value), "net": points_text(texts, net)}
    if net.low is None or net.high is None:
        return texts("figure.jobs.plain", **said)
    key = "gain" if net.low > 0 else "loss" if net.high < 0 else "open"
    return texts(f"figure.jobs.{key}", **said)


def rate_text(per_hundred: float) -> str:
    """Return a rate per hundred people with one decimal; never 0 for what is not quite so."""
    if 0 < per_hundred < 0.05:
        return "<0.1"
    return f"{per_hundred:.1f}".removesuffix(".0")


def job_sentences(found: Watched) -> tuple[str, ...]:
    """Return the further rates of all firms in sentences: moved, redeployed, trained."""
    texts = found.view.texts
    row = row_of(job_table(found, OTHERS), TOTAL)
    if row is None:
        return ()
    moved, redeployed, trained = row.cells
    said = []
    if moved.value is not None:
        said.append(texts("figure.jobs.moved_sentence", rate=rate_text(moved.value)))
    if redeployed.value is not None:
        said.append(texts("figure.jobs.redeployed_sentence", share=wording.cell_words(texts, redeployed)))
    if trained.value is not None:
        said.append(texts("figure.jobs.trained_sentence", share=wording.cell_words(texts, trained)))
    return tuple(said)
