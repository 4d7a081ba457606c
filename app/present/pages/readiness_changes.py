"""变化: the share at L2 or above since the wave before, taken apart into what firms did and what coming and going did."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.estimate import Change
from app.present.draw.steps import points_text
from app.present.estimates import rests_on_visits
from app.present.evidence.estimate import verdict_key
from app.present.figures.change import PARTS, change_title, is_told, make_change, part_cell, shown_change
from app.present.marks import estimate_id
from app.present.pages.common import assess_again
from app.present.pages.section import Listing, Passage, Section
from app.present.pages.values import Column, PageTable
from app.present.view import View


def changes_section(view: View) -> Section:
    """Return the change of all firms and of each sector, or why none can be told."""
    texts, shown = view.texts, shown_change(view)
    if shown is None:
        why = _why(view)
        return Section(texts(f"assess.change.no_{why}"), step=assess_again(view) if why == "change" else None)
    changes = view.assessment.changes if view.assessment is not None else ()
    more = ("visits",) if rests_on_visits(view.estimates.get(TOTAL)) else ()
    notes = tuple(texts(f"assess.change.note_{name}") for name in ("parts", "verdict", *more))
    reading = Passage("changes", texts("assess.change.reading"), notes)
    return Section(change_title(view, shown), ((make_change(view), reading), (_listing(view, changes),)))


def _why(view: View) -> str:
    if view.filters:
        return "filtered"
    first = view.study.assessments[0].wave if view.study.assessments else ""
    return "wave" if view.assessment is None or view.assessment.wave == first else "change"


def _listing(view: View, changes: tuple[Change, ...]) -> Listing:
    texts = view.texts
    columns = (
        Column("sector", texts("assess.column.sector")),
        Column("total", texts("assess.change.total"), "number"),
        *(Column(part, texts(f"assess.change.{part}"), "number") for part in PARTS[:-1]),
        Column("firms", texts("assess.column.flow"), "level"),
        Column("verdict", texts("assess.column.verdict"), "level"),
    )
    ordered = sorted(
        changes, key=lambda change: (change.sector != TOTAL, -change.total if is_told(change) else 9.0, change.sector)
    )
    rows = [_row(view, change) for change in ordered]
    ids = tuple(estimate_id(change.after, change.sector, f"{change.level}+") for change in ordered)
    title = texts("assess.change.listing")
    return Listing("changes", title, PageTable(columns, tuple(zip(*rows, strict=True)), ids), opens=True)


def _row(view: View, change: Change) -> tuple[str, ...]:
    texts = view.texts
    parts = {part: points_text(texts, part_cell(change, part)) for part in PARTS}
    told = is_told(change)
    flow = f"{change.n_same:,} / {change.n_entered:,} / {change.n_left:,}" if told else "‡"
    verdict = texts(f"assess.change_verdict.{verdict_key(change.verdict, change.same)}") if told else "‡"
    return view.sector_label(change.sector), parts["total"], *(parts[part] for part in PARTS[:-1]), flow, verdict
