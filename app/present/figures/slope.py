"""How the share at L2 or above of each sector moved between two waves that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.assessment import TOTAL, Assessment, SectorProfile
from app.domain.estimate import Change, Method, Verdict
from app.domain.figure import Figure, FigureKind, Said
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.present import wording
from app.present.figures.change import is_told
from app.present.marks import estimate_id, share_id
from app.present.provenance import notes, profile_provenance
from app.present.tables import BAR, estimate_cell, ranked
from app.present.view import View

SLOPE = "sectors-slope"
ROSE, FELL, UNCLEAR, HIDDEN = 1, -1, 0, -2


def has_slope(found: Assessment) -> bool:
    """Whether the wave can be compared with the one before it, of all firms."""
    return any(change.sector == TOTAL for change in found.changes)


def make_slope(view: View) -> Figure:
    """Return `sectors-slope`: a line all firms and each sector that both waves have; the caller has made sure of `has_slope`."""
    found = view.assessment
    if found is None:
        raise KeyError("no assessment")
    texts = view.texts
    changes = {change.sector: change for change in found.changes}
    before = next(one for one in view.study.assessments if one.wave == changes[TOTAL].before)
    table = _table(view, (before, found))
    said = tuple(_said(view, row, changes.get(row.key)) for row in table.rows)
    title = _title(view, said, table, changes[TOTAL])
    dates = [wording.date_text(texts, view.study.wave(one.wave).date) for one in (before, found)]
    return Figure(
        id=SLOPE,
        kind=FigureKind.SLOPE,
        title=title,
        subtitle=texts("figure.slope.subtitle", level=view.at_least_label(BAR), before=dates[0], after=dates[1]),
        table=table,
        provenance=profile_provenance(
            view,
            found.total,
            texts("figure.slope.measure", level=view.at_least_label(BAR)),
            wording.interval_sentence(texts, found.total.interval),
            notes(texts, texts("figure.slope.counted") if not _estimated((before, found)) else "", texts("figure.slope.note")),
        ),
        alt=texts("figure.slope.alt", n=len(table.rows) - 1, title=title),
        chosen=view.selection.sector,
        said=said,
        keys=(texts("figure.slope.key"),),
    )


def _estimated(pair: tuple[Assessment, Assessment]) -> bool:
    """Whether both waves were estimated from answers alone: only then are their estimates measured alike."""
    totals = [one.total_estimate for one in pair]
    known = [estimate for one in pair for estimate in one.estimates]
    return all(total is not None for total in totals) and all(
        estimate is None or estimate.method is Method.RUBRIC for estimate in (*totals, *known)
    )


def _table(view: View, pair: tuple[Assessment, Assessment]) -> ReleasedTable:
    """Return both waves' shares, released in each wave first: a row all firms and each sector that both have, high to low."""
    waves = [_released(view, one, _estimated(pair)) for one in pair]
    both = [key for key in waves[1] if key in waves[0]]
    rows = [Row(key, view.sector_label(key), (waves[0][key], waves[1][key])) for key in both]
    columns = tuple(view.texts("wording.wave", id=one.wave) for one in pair)
    table = view.door.release(SLOPE, columns, rows, total=TOTAL)
    order = [row.key for row in ranked(replace(table, rows=tuple(replace(row, cells=row.cells[1:]) for row in table.rows))).rows]
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: order.index(row.key))))


def _released(view: View, found: Assessment, estimated: bool) -> Mapping[str, Cell]:
    """Return the shares of one wave after disclosure control, by sector."""
    profiles = (found.total, *(profile for profile in found.sectors if profile.n))
    known = {estimate.sector: estimate for estimate in found.estimates}
    known |= {TOTAL: found.total_estimate} if found.total_estimate is not None else {}
    rows = []
    for profile in profiles:
        estimate = known.get(profile.sector) if estimated else None
        if estimate is not None:
            mark = estimate_id(found.wave, profile.sector, f"{BAR}+")
            cell = estimate_cell(estimate.at_least.get(BAR), mark)
        else:
            cell = _counted(found.wave, profile)
        rows.append(Row(profile.sector, view.sector_label(profile.sector), (cell,)))
    table = view.door.release(f"{SLOPE}-{found.wave}", ("",), rows, total=TOTAL)
    return {row.key: row.cells[0] for row in table.rows}


def _counted(wave: str, profile: SectorProfile) -> Cell:
    share, mark = profile.at_least[BAR], share_id(wave, profile.sector, f"{BAR}+")
    if not share.n:
        return Cell(CellStatus.SHOWN, "fraction", n=0, evidence=mark)
    return Cell(CellStatus.SHOWN, "fraction", share.value, share.low, share.high, share.n, mark)


def _said(view: View, row: Row, change: Change | None) -> Said:
    """Say of a row whether it surely rose or fell, and by how much."""
    texts = view.texts
    first, last = row.cells
    if first.value is None or last.value is None:
        return Said(row.key, "", HIDDEN, texts("figure.draw.hidden_sentence", row=row.label, column=texts("figure.slope.share")))
    verdict = change.verdict if change is not None and is_told(change) else Verdict.CANNOT_TELL
    way = _way(last.value - first.value, change) if verdict is Verdict.DIFFERS else UNCLEAR
    word = {ROSE: "rose", FELL: "fell", UNCLEAR: "same" if verdict is Verdict.SAME else "unclear"}[way]
    sentence = texts(
        "figure.slope.sentence",
        row=row.label,
        first=wording.cell_words(texts, first),
        last=wording.cell_words(texts, last),
        verdict=texts(f"figure.slope.{word}"),
    )
    return Said(row.key, texts(f"figure.slope.{word}"), way, sentence)


def _way(moved: float, change: Change | None) -> int:
    """Return whether a share rose or fell; neither where coming and going turned what the same firms did."""
    same = change.same if change is not None else 0.0
    return ROSE if moved > 0 and same > 0 else FELL if moved < 0 and same < 0 else UNCLEAR


def _title(view: View, said: tuple[Said, ...], table: ReleasedTable, total: Change) -> str:
    """Say how all firms moved, and how many sectors surely rose and fell."""
    texts, ways = view.texts, [one.level for one in said if one.row != TOTAL]
    whole = next((row for row in table.rows if row.key == TOTAL), None)
    values = {"n": sum(way != HIDDEN for way in ways), "rose": ways.count(ROSE), "fell": ways.count(FELL)}
    if whole is None or whole.cells[0].value is None or whole.cells[1].value is None:
        return texts("figure.slope.hidden")
    first, last = (wording.cell_words(texts, cell) for cell in whole.cells)
    level = view.at_least_label(BAR)
    return texts("figure.slope.title", all=view.everyone, level=level, first=first, last=last, before=total.before, **values)
