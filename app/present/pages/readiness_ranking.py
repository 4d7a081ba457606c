"""排名与比较: the ranks sectors may have, and which of them differ from all others."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.estimate import Comparison
from app.domain.release import Cell, CellStatus, ReleasedTable
from app.present import wording
from app.present.draw.steps import points_text
from app.present.evidence.estimate import verdict_key
from app.present.figures.ranks import has_ranks, make_ranks
from app.present.marks import estimate_id
from app.present.pages.common import assess_again
from app.present.pages.section import Listing, Part, Passage, Section
from app.present.pages.values import Column, PageTable
from app.present.tables import BAR, ranked, reach_table, row_of
from app.present.view import View

ORDER = {"above": 0, "same": 1, "cannot_tell": 2, "below": 3}


def ranking_section(view: View) -> Section:
    """Return rank intervals and comparisons, or why there are none."""
    texts, known = view.texts, view.estimates
    if not known:
        if view.filters:
            return Section(texts("assess.ranking.filtered"))
        return Section(texts("assess.ranking.none"), step=assess_again(view))
    reach = ranked(reach_table(view))
    row: list[Part] = []
    if has_ranks(estimate.rank for estimate in known.values()):
        row.append(make_ranks(view))
    comparisons = told(view, reach)
    row.append(_listing(view, reach, comparisons) if comparisons else _nothing(view))
    headline = headline_of(view, comparisons) if comparisons else texts("assess.ranking.no_comparison")
    return Section(headline, (tuple(row),), (texts("assess.ranking.note_rank"), texts("assess.ranking.note_verdict")))


def told(view: View, reach: ReleasedTable) -> tuple[Comparison, ...]:
    """Return the comparisons with all others that may be told, in the order of the shares: none of a hidden share."""
    held = view.assessment.comparisons if view.assessment is not None else ()
    found = {comparison.sector: comparison for comparison in held if comparison.against == TOTAL}
    shown = [row.key for row in reach.rows if row.cells[0].status is not CellStatus.HIDDEN and row.key in found]
    return tuple(found[key] for key in shown)


def headline_of(view: View, comparisons: tuple[Comparison, ...]) -> str:
    """Say how many sectors stand above and below the others, are the same, or cannot be told."""
    keys = [verdict_key(found.verdict, found.difference.value) for found in comparisons]
    counts = {key: keys.count(key) for key in ORDER}
    return view.texts("assess.ranking.headline", n=len(keys), **counts)


def _listing(view: View, reach: ReleasedTable, comparisons: tuple[Comparison, ...]) -> Listing:
    texts = view.texts
    columns = (
        Column("sector", texts("assess.column.sector")),
        Column("share", view.at_least_label(BAR), "number"),
        Column("difference", texts("assess.column.difference"), "number"),
        Column("verdict", texts("assess.column.verdict"), "level"),
    )
    rows = [_row(view, reach, found) for found in comparisons]
    wave = view.assessment.wave if view.assessment is not None else ""
    ids = tuple(estimate_id(wave, found.sector, f"{BAR}+") for found in comparisons)
    table = PageTable(columns, tuple(zip(*rows, strict=True)), ids)
    return Listing("comparisons", texts("assess.ranking.comparisons"), table, opens=True)


def _row(view: View, reach: ReleasedTable, found: Comparison) -> tuple[str, str, str, str]:
    texts, row = view.texts, row_of(reach, found.sector)
    share = wording.share_text(texts, row.cells[0].value) if row is not None and row.cells[0].value is not None else "—"
    key = verdict_key(found.verdict, found.difference.value)
    return view.sector_label(found.sector), share, _difference(view, found), texts(f"assess.verdict.{key}")


def _difference(view: View, found: Comparison) -> str:
    difference = found.difference
    if difference.value is None:
        return "—"
    low = difference.low * 100 if difference.low is not None else None
    high = difference.high * 100 if difference.high is not None else None
    return points_text(view.texts, Cell(CellStatus.SHOWN, "pp", difference.value * 100, low, high), 0)


def _nothing(view: View) -> Passage:
    return Passage("comparisons", view.texts("assess.ranking.comparisons"), (view.texts("assess.ranking.no_comparison"),))
