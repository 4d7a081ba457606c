"""Rank intervals of sectors: from sampling and models (Readiness), and from other choices of the index (Weights)."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.assessment import TOTAL
from app.domain.estimate import RankInterval
from app.domain.figure import Figure, FigureKind
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.present.estimates import follow, rank_cell, rank_of
from app.present.figures.levels import measure_line
from app.present.marks import rank_id
from app.present.provenance import profile_provenance, shares_provenance
from app.present.tables import BAR, reach_table, row_of
from app.present.view import View


def has_ranks(ranks: Iterable[RankInterval | None]) -> bool:
    """Whether any sector was ranked."""
    return any(rank is not None and rank.ranked for rank in ranks)


def make_ranks(view: View) -> Figure:
    """Return `rank-intervals`: the ranks each sector may have by its share at L2 or above, best first."""
    known = view.estimates
    reach = reach_table(view)
    rows = []
    for sector, estimate in known.items():
        lead = row_of(reach, sector)
        if sector != TOTAL and lead is not None and estimate.rank is not None and estimate.rank.ranked:
            rows.append(Row(sector, view.sector_label(sector), (follow(rank_of(estimate), lead.cells[0]),)))
    table = _released(view, "rank-intervals", rows)
    title = _title(view, table)
    texts = view.texts
    return Figure(
        id="rank-intervals",
        kind=FigureKind.RANKS,
        title=title,
        subtitle=measure_line(view, "figure.ranks.subtitle", level=BAR),
        table=table,
        provenance=shares_provenance(view, texts("figure.ranks.measure", level=BAR)),
        alt=texts("figure.ranks.alt", n=len(rows), title=title),
        chosen=view.selection.sector,
    )


def make_robust_ranks(view: View) -> Figure:
    """Return `robust-ranks`: the ranks each sector may have by its mean index under other choices; the caller has some."""
    if view.assessment is None or view.assessment.robustness is None:
        raise KeyError("no robustness")
    found, texts, wave = view.assessment.robustness, view.texts, view.assessment.wave
    firms = {p.sector: p.n_level for p in view.assessment.sectors}
    ranked = [rank for rank in found.sectors if rank.ranked]
    rows = [
        Row(rank.key, view.sector_label(rank.key), (rank_cell(rank, firms.get(rank.key, 0), rank_id(wave, rank.key)),))
        for rank in ranked
    ]
    table = _released(view, "robust-ranks", rows)
    title, draws = _title(view, table), number(found.draws, "count")
    return Figure(
        id="robust-ranks",
        kind=FigureKind.RANKS,
        title=title,
        subtitle=texts("figure.ranks.robust_subtitle", draws=draws, firms=number(found.firms, "count")),
        table=table,
        provenance=profile_provenance(
            view,
            view.assessment.total,
            texts("figure.ranks.robust_measure"),
            texts("figure.ranks.robust_interval", draws=draws, seed=found.seed),
        ),
        alt=texts("figure.ranks.alt", n=len(rows), title=title),
        chosen=view.selection.sector,
    )


def _released(view: View, id_: str, rows: list[Row]) -> ReleasedTable:
    rows.sort(key=lambda row: (row.cells[0].value is None, row.cells[0].value or 0.0, row.key))
    return view.door.release(id_, (view.texts("figure.ranks.column"),), rows)


def clear_ends(cells: list[Cell]) -> tuple[int, int]:
    """Return how many sectors surely stand in the upper and in the lower half of those shown."""
    shown = [cell for cell in cells if cell.value is not None and cell.status is not CellStatus.HIDDEN]
    half = len(cells) / 2
    above = sum((cell.high or 0.0) <= half for cell in shown)
    return above, sum((cell.low or 0.0) > half for cell in shown)


def _title(view: View, table: ReleasedTable) -> str:
    """Say how much order there is: how many sectors surely stand in a half, or where the lit one may stand."""
    texts, cells = view.texts, [row.cells[0] for row in table.rows]
    lit = row_of(table, view.selection.sector) if view.selection.sector else None
    if lit is not None and lit.cells[0].low is not None and lit.cells[0].high is not None:
        low, high = (f"{bound:.0f}" for bound in (lit.cells[0].low, lit.cells[0].high))
        key = "figure.ranks.lit" if low != high else "figure.ranks.lit_one"
        return texts(key, sector=lit.label, low=low, high=high, n=len(cells))
    above, below = clear_ends(cells)
    if not above and not below:
        return texts("figure.ranks.none", n=len(cells))
    rest = len(cells) - above - below
    if not rest:
        return texts("figure.ranks.all", n=len(cells))
    return texts("figure.ranks.title", n=len(cells), above=above, below=below, rest=rest)
