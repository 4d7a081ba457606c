"""Levels of firms: stacked by sector, and the distribution over all firms."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind
from app.domain.numbers import percent
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.present import wording
from app.present.estimates import measured_alike, rests_on_visits, with_firms
from app.present.provenance import shares_measure, shares_provenance
from app.present.tables import BAR, level_table, quotable, ranked, reach_table, row_of, total_table
from app.present.view import View


def make_levels(view: View) -> Figure:
    """Return `levels-by-sector`: shares of firms at each level, a row all firms and each sector."""
    table = level_table(view)
    title = levels_title(view, reach_table(view))
    return Figure(
        id="levels-by-sector",
        kind=FigureKind.LEVELS,
        title=title,
        subtitle=measure_line(view, "figure.levels.subtitle"),
        table=with_firms(view, table),
        provenance=_provenance(view),
        alt=view.texts("figure.levels.alt", n=len(table.rows), title=title),
        chosen=view.selection.sector,
    )


def make_distribution(view: View) -> Figure:
    """Return `level-distribution`: shares at each level with intervals; of the chosen sector, else of all firms."""
    table = level_table(view) if view.selection.sector else total_table(view)
    row = row_of(table, view.selection.sector or TOTAL) or table.rows[0]
    title = _distribution_title(view, table, row)
    return Figure(
        id="level-distribution",
        kind=FigureKind.DISTRIBUTION,
        title=title,
        subtitle=measure_line(view, "figure.levels.subtitle"),
        table=ReleasedTable(table.id, table.columns, (row,), table.policy, table.hidden),
        provenance=_provenance(view),
        alt=view.texts("figure.distribution.alt", title=title),
        chosen=view.selection.sector,
    )


def _provenance(view: View) -> Provenance:
    return shares_provenance(view, shares_measure(view, "figure.levels.measure"))


def measure_line(view: View, key: str, **more: object) -> str:
    """Return the line under a title: what is counted, the sample, the date."""
    total, wave = view.profiles[1], view.study.wave(view.profiles[1].wave)
    sample = wording.sample_sentence(view.texts, wave, total.n, total.frame)
    if view.filters:
        sample = view.texts("wording.sample.filtered", sample=sample, filters=view.filter_words())
    visits = f"{key}_visits"
    key = visits if visits in view.texts.entries and rests_on_visits(view.estimates.get(TOTAL)) else key
    return view.texts(key, sample=sample, date=wording.date_text(view.texts, wave.date), **more)


def levels_title(view: View, reach: ReleasedTable) -> str:
    """Say the share of firms at L2 or above: of the lit sector, or of all with who leads, if anybody clearly does."""
    texts = view.texts
    total = wording.cell_words(texts, total_cell(reach))
    lit = row_of(reach, view.selection.sector) if view.selection.sector else None
    if lit is not None:
        if lit.cells[0].status is CellStatus.HIDDEN:
            return texts("figure.levels.hidden", sector=lit.label)
        share = wording.cell_words(texts, lit.cells[0])
        return texts("figure.levels.lit", sector=lit.label, level=BAR, share=share, total=total, all=view.everyone)
    if total_cell(reach).value is None:
        is_hidden = total_cell(reach).status is CellStatus.HIDDEN
        return texts("figure.levels.hidden" if is_hidden else "figure.levels.unknown", sector=view.everyone, level=BAR)
    rows = measured_alike(view, quotable(ranked(reach)))
    if len(rows) < 2:
        return texts("figure.levels.plain", level=BAR, total=total, all=view.everyone)
    first, second = rows[:2]
    if clearly_above(first.cells[0], second.cells[0]):
        share = wording.cell_words(texts, first.cells[0])
        return texts("figure.levels.leads", level=BAR, total=total, first=first.label, share=share, all=view.everyone)
    return texts("figure.levels.front", level=BAR, total=total, first=first.label, second=second.label, all=view.everyone)


def clearly_above(one: Cell, other: Cell) -> bool:
    """Whether `one` stands above `other` with intervals apart; without intervals the values themselves are compared."""
    bottom = one.low if one.low is not None else one.value
    top = other.high if other.high is not None else other.value
    return bottom is not None and top is not None and bottom > top


def total_cell(table: ReleasedTable) -> Cell:
    """Return the first cell of the total row (of the first row where there is no total)."""
    row = row_of(table, table.total) if table.total else None
    return (row or table.rows[0]).cells[0]


def _distribution_title(view: View, table: ReleasedTable, row: Row) -> str:
    known = [(cell.value, -k) for k, cell in enumerate(row.cells) if cell.value is not None]
    if not known:
        return view.texts("figure.distribution.hidden")
    top = -max(known)[1]
    reach = row_of(reach_table(view), row.key)
    share = wording.cell_words(view.texts, row.cells[top])
    reached = wording.cell_words(view.texts, reach.cells[0]) if reach is not None else percent(0)
    title = view.texts("figure.distribution.title", level=table.columns[top], share=share, bar=BAR, reach=reached)
    return title if row.key == TOTAL else f"{row.label}{view.texts('figure.colon')}{title}"
