"""二、分行业情况: who stands where, and which sectors nothing can be said about."""

from __future__ import annotations

from app.domain.assessment import TOTAL, SectorProfile
from app.domain.brief import Block, FigureBlock, Paragraph, TableBlock
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.statistic import FIRMS, Group
from app.present import wording
from app.present.brief.summary import REPORTED
from app.present.estimates import with_firms
from app.present.figures import assessed_figures, figure_of
from app.present.figures.ranked import ranking_finding
from app.present.provenance import shares_measure, shares_provenance
from app.present.tables import ranked, reach_table, share_cell, shown_profiles
from app.present.view import View


def sectors(view: View) -> list[Block]:
    """Return the finding, what is not published or not known, the levels figure, its table, and the heat table."""
    if view.assessment is None:
        return [Paragraph(view.texts("brief.summary.no_assessment"))]
    finding = view.texts("figure.ranked.levels", level="L2", finding=ranking_finding(view, ranked(reach_table(view))))
    table = sector_table(view)
    blocks: list[Block] = [Paragraph(text) for text in (wording.full_stop(view.texts, finding), *limits(view, table))]
    ids = [id_ for id_ in ("levels-by-sector", "heat") if id_ in assessed_figures(view.study)]
    figures = [FigureBlock(figure_of(view, id_)) for id_ in ids]
    provenance = shares_provenance(view, shares_measure(view, "figure.ranked.levels_measure", level="L2/L3/L4"))
    # The table first: it may break over pages, so no half page stays empty before the figure.
    return [
        *blocks,
        TableBlock(view.texts("brief.sectors.table"), table, provenance, view.texts("brief.sectors.sector")),
        *figures,
    ]


def sector_table(view: View) -> ReleasedTable:
    """Return the shares at L2, L3 and L4 or above, a row all firms and each sector; writers put the firms beside them."""
    rows = [Row(p.sector, view.sector_label(p.sector), _cells(view, p)) for p in shown_profiles(view)]
    columns = [view.at_least_label(level) for level in REPORTED]
    return with_firms(view, view.door.release("sectors", columns, rows, total=TOTAL))


def _cells(view: View, profile: SectorProfile) -> tuple[Cell, ...]:
    return tuple(share_cell(view, profile, f"{level}+", profile.at_least[level]) for level in REPORTED)


def limits(view: View, table: ReleasedTable) -> list[str]:
    """Say which sectors are hidden, silent or unknown."""
    texts = view.texts
    hidden = sum(row.cells[0].status is CellStatus.HIDDEN for row in table.rows if row.key != TOTAL)
    silent = [view.sector_label(p.sector) for p in view.profiles[0] if not p.n]
    unknown = next((p.n for p in view.profiles[0] if p.sector == ""), 0)
    said = [texts("brief.sectors.hidden", n=hidden)] if hidden else []
    said += [texts("brief.sectors.silent", sectors=wording.joined(texts, silent))] if silent else []
    if not unknown:
        return said
    told = view.door.spoken(Group(FIRMS, view.profiles[1].wave, "", view.filters), unknown)
    words = texts("brief.sectors.unknown", n=number(told, "count")) if told is not None else texts("brief.release.few_unknown")
    return [*said, words]
