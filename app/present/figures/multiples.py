"""The distribution of levels of every sector as a small chart of its own, all on the same axes."""

from __future__ import annotations

from app.domain.assessment import TOTAL, Assessment
from app.domain.figure import Figure, FigureKind
from app.domain.release import CellStatus
from app.present.estimates import with_firms
from app.present.figures.levels import levels_title, measure_line
from app.present.provenance import shares_measure, shares_provenance
from app.present.tables import level_table, reach_table
from app.present.view import View

MULTIPLES = "levels-multiples"


def has_multiples(found: Assessment) -> bool:
    """Whether there are sectors to set beside each other."""
    return sum(profile.n > 0 for profile in found.sectors) > 1


def make_multiples(view: View) -> Figure:
    """Return `levels-multiples`: shares at L0 … L4 of each sector, all firms as an outline behind them."""
    texts, table = view.texts, level_table(view)
    title = levels_title(view, reach_table(view))
    shown = sum(row.key != TOTAL and row.cells[0].status is not CellStatus.HIDDEN for row in table.rows)
    return Figure(
        id=MULTIPLES,
        kind=FigureKind.MULTIPLES,
        title=title,
        subtitle=measure_line(view, "figure.levels.subtitle"),
        table=with_firms(view, table),
        provenance=shares_provenance(view, shares_measure(view, "figure.levels.measure")),
        alt=texts("figure.multiples.alt", n=shown, title=title),
        chosen=view.selection.sector,
        keys=(texts("figure.multiples.key", all=view.sector_label(TOTAL)),),
    )
