"""Sector profile: what each sector scores on every pillar, its class, its share at L2 or above, and the ranks it may have."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.assessment import TOTAL
from app.domain.estimate import SectorEstimate
from app.domain.figure import Figure, FigureKind, Said
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.present.estimates import (
    class_cell,
    class_sentence,
    class_words,
    follow,
    is_imputed,
    is_sure,
    method_words,
    predicted_by,
    rank_of,
    reason_words,
    with_firms,
)
from app.present.figures.levels import levels_title, measure_line
from app.present.provenance import shares_measure, shares_provenance
from app.present.tables import BAR, level_codes, pillar_table, ranked, reach_table, row_of
from app.present.view import View

SCORE, CLASS, SHARE, RANK = "score", "class", "share", "rank"
_Maker = Callable[[SectorEstimate], Cell]


def make_profile(view: View) -> Figure:
    """Return `profile`: a row all firms and each sector from high to low; columns only for what is known of any sector."""
    reach, known = ranked(reach_table(view)), view.estimates
    table, roles = profile_table(view, reach, known)
    title = levels_title(view, reach)
    return Figure(
        id="profile",
        kind=FigureKind.PROFILE,
        title=title,
        subtitle=measure_line(view, "figure.profile.subtitle"),
        table=with_firms(view, table),
        provenance=shares_provenance(view, _measure(view, known)),
        alt=view.texts("figure.profile.alt", n=len(table.rows) - 1, title=title),
        chosen=view.selection.sector,
        roles=roles,
        said=_said(view, table, known),
        keys=_keys(view, known, roles),
    )


def profile_table(
    view: View, reach: ReleasedTable, known: dict[str, SectorEstimate]
) -> tuple[ReleasedTable, tuple[str, ...]]:  # fmt: skip
    """Return the table and the role of each column; class and rank are hidden wherever the share is."""
    pillars = pillar_table(view) if _has_scores(view) else None
    more: list[tuple[str, str, _Maker]] = []
    if any(estimate.sector_class is not None or estimate.reason for estimate in known.values()):
        more.append((CLASS, view.texts("figure.profile.class"), class_cell))
    ranks: list[tuple[str, str, _Maker]] = []
    if any(estimate.rank is not None and estimate.rank.ranked for estimate in known.values()):
        ranks.append((RANK, view.texts("figure.profile.rank"), rank_of))
    rows = []
    for row in reach.rows:
        lead, estimate = row.cells[0], known.get(row.key)
        scores = row_of(pillars, row.key) if pillars is not None else None
        classed = estimate if row.key else None  # firms of unknown sector are no sector, so they have no class of one
        before = tuple(_derived(make, classed, lead) for _, _, make in more)
        after = tuple(_derived(make, estimate, lead) for _, _, make in ranks)
        rows.append(Row(row.key, row.label, (*(scores.cells if scores is not None else ()), *before, lead, *after)))
    columns = (*(pillars.columns if pillars is not None else ()), *(name for _, name, _ in more), view.at_least_label(BAR))
    scored = (SCORE,) * (len(pillars.columns) if pillars is not None else 0)
    roles = (*scored, *(role for role, _, _ in more), SHARE, *(role for role, _, _ in ranks))
    return view.door.release("profile", (*columns, *(name for _, name, _ in ranks)), rows, total=reach.total), roles


def _derived(make: _Maker, estimate: SectorEstimate | None, lead: Cell) -> Cell:
    return follow(make(estimate), lead) if estimate is not None else Cell(CellStatus.SHOWN, "fraction", n=0)


def _has_scores(view: View) -> bool:
    return any(score is not None for score in view.profiles[1].pillars.values())


def _said(view: View, table: ReleasedTable, known: dict[str, SectorEstimate]) -> tuple[Said, ...]:
    hidden = {row.key for row in table.rows if all(cell.status is CellStatus.HIDDEN for cell in row.cells)}
    codes = level_codes(view)
    return tuple(
        Said(
            sector,
            class_words(view, estimate.sector_class),
            codes.index(estimate.sector_class.level) if estimate.sector_class and is_sure(estimate.sector_class) else -1,
            class_sentence(view, estimate),
            is_imputed(estimate),
        )
        for sector, estimate in known.items()
        if sector and sector not in hidden
    )


def _keys(view: View, known: dict[str, SectorEstimate], roles: tuple[str, ...]) -> tuple[str, ...]:
    """Say why a class cannot be told, what hatching means, and that overlapping ranks are no order."""
    texts = view.texts
    unknown = dict.fromkeys(e.reason for e in known.values() if e.sector_class is None and e.reason)
    keys = [texts("figure.profile.unknown_key", reason=reason_words(texts, reason).rstrip("。.")) for reason in unknown]
    hatch = "hatch_rubric_key" if predicted_by(view) else "hatch_key"
    keys += [texts(f"figure.profile.{hatch}")] if any(is_imputed(e) for e in known.values()) else []
    keys += [texts("figure.profile.rank_key")] if RANK in roles else []
    return tuple(keys)


def _measure(view: View, known: dict[str, SectorEstimate]) -> str:
    """Return what is counted, and how where shares were estimated."""
    measure = shares_measure(view, "figure.profile.measure")
    return f"{measure}{view.texts('wording.clause_separator')}{method_note(view, known)}" if known else measure


def method_note(view: View, known: dict[str, SectorEstimate]) -> str:
    """Say in one sentence how the shares came about: by the method of all firms, or that they are counted."""
    total = known.get(TOTAL)
    return method_words(view.texts, total, predicted_by(view)) if total is not None else view.texts("assess.method.counted")
