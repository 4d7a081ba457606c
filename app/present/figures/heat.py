"""Sector × pillar: where each sector is weak."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind
from app.domain.release import ReleasedTable, Row
from app.present import wording
from app.present.figures.levels import measure_line
from app.present.provenance import profile_provenance
from app.present.tables import pillar_table, row_of
from app.present.view import View


def make_heat(view: View) -> Figure:
    """Return `heat`: mean pillar scores 0–100, a row all firms and each sector, a column a pillar."""
    table = pillar_table(view)
    title = _title(view, table)
    provenance = profile_provenance(
        view, view.profiles[1], view.texts("figure.heat.measure"), view.texts("wording.interval.scores")
    )
    return Figure(
        id="heat",
        kind=FigureKind.HEAT,
        title=title,
        subtitle=measure_line(view, "figure.heat.subtitle"),
        table=table,
        provenance=provenance,
        alt=view.texts("figure.heat.alt", n=len(table.rows) - 1, m=len(table.columns), title=title),
        chosen=view.selection.sector,
    )


def extremes(row: Row) -> tuple[int, int] | None:
    """Return the columns of the lowest and highest score of a row, None when fewer than two are shown."""
    scores = [(cell.value, column) for column, cell in enumerate(row.cells) if cell.value is not None]
    return (min(scores)[1], max(scores)[1]) if len(scores) > 1 else None


def _title(view: View, table: ReleasedTable) -> str:
    row = row_of(table, view.selection.sector or TOTAL) or table.rows[0]
    found = extremes(row)
    if found is None:
        return view.texts("figure.heat.hidden", who=row.label)
    weak, strong = found
    return view.texts(
        "figure.heat.title",
        who=row.label,
        weak=table.columns[weak],
        strong=table.columns[strong],
        weak_score=wording.cell_words(view.texts, row.cells[weak]),
        strong_score=wording.cell_words(view.texts, row.cells[strong]),
    )
