"""Jobs lost to, made by and moved for AI, per hundred people employed; never a single firm's."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.disclosure import Dominance, Policy
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate
from app.domain.figure import Figure, FigureKind
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.watch import SectorJobs
from app.present import wording
from app.present.draw.steps import points_text
from app.present.tables import estimate_cell, row_of
from app.present.watching import Watched, measure_line, provenance, rate_cell

FLOWS = ("displaced", "created", "net")
OTHERS = ("moved", "redeployed", "trained")
SIGN = {"displaced": -1.0, "created": 1.0, "net": 1.0}
SHARES = ("redeployed", "trained")  # told as shares; the rest per hundred people employed
FOLLOWS = {2: (0, 1), 4: (0, 3), 0: (2, 4)}  # by place among all rates: two of a sum or ratio give the third away


def told(found: Watched) -> tuple[SectorJobs, ...]:
    """Return all firms and the sectors from which anybody gave numbers of jobs."""
    return tuple(one for one in found.value.jobs if one.firms or one.sector == TOTAL)


def job_table(found: Watched, names: tuple[str, ...] = FLOWS) -> ReleasedTable:
    """Return these rates, a row all firms and each sector: jobs lost are negative; what one or two firms make up is hidden.

    All rates are released together, so that none is given away by those shown elsewhere.
    """
    every = (*FLOWS, *OTHERS)
    rows = [
        Row(one.sector, found.view.sector_label(one.sector), tuple(_cell(found, one, name) for name in every))
        for one in told(found)
    ]
    columns = tuple(found.view.texts(f"figure.jobs.{name}") for name in every)
    table = found.view.door.release("jobs", columns, rows, TOTAL, Policy(dominance=Dominance()), FOLLOWS)
    places = [every.index(name) for name in names]
    kept = tuple(replace(row, cells=tuple(row.cells[place] for place in places)) for row in table.rows)
    hidden = sum(cell.status is CellStatus.HIDDEN for row in kept for cell in row.cells)
    return replace(table, columns=tuple(columns[place] for place in places), rows=kept, hidden=hidden)


def _cell(found: Watched, one: SectorJobs, name: str) -> Cell:
    mark = found.mark("jobs", one.sector, name)
    rate = one.rates.get(name, Estimate(None))
    cell = estimate_cell(rate, mark) if name in SHARES else rate_cell(rate, mark, SIGN.get(name, 0.0))
    return Cell(CellStatus.HIDDEN, cell.unit, n=rate.n, evidence=mark) if name in one.hidden else cell


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
    if net.value is None or lost.value is None or made.value is None:
        return texts("figure.jobs.hidden", who=row.label)
    who = row.label if row.key != TOTAL else found.view.everyone
    rates = {"lost": number(abs(lost.value), "rate"), "made": number(made.value, "rate")}
    return wording.sentence_case(texts, texts("figure.jobs.title", who=who, net=net_words(found, net), **rates))


def net_words(found: Watched, net: Cell) -> str:
    """Say the net change per hundred people employed with its interval: a gain, a loss, or that it cannot be told which."""
    texts = found.view.texts
    if net.low is None or net.high is None:
        return texts("figure.jobs.net_plain", net=points_text(texts, net))
    if net.low <= 0 <= net.high:
        return texts("figure.jobs.net_open", net=points_text(texts, net))
    ends = sorted((abs(net.low), abs(net.high)))
    said = {"net": number(abs(net.value or 0.0), "rate"), "low": number(ends[0], "rate"), "high": number(ends[1], "rate")}
    return texts("figure.jobs.net_gain" if net.low > 0 else "figure.jobs.net_loss", **said)


def job_sentences(found: Watched) -> tuple[str, ...]:
    """Return the further rates of all firms in sentences: moved, redeployed, trained."""
    texts = found.view.texts
    row = row_of(job_table(found, OTHERS), TOTAL)
    if row is None:
        return ()
    told_ = zip(OTHERS, row.cells, strict=True)
    return tuple(
        texts(f"figure.jobs.{name}_sentence", value=wording.cell_words(texts, cell))
        for name, cell in told_
        if cell.value is not None
    )
