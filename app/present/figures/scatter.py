"""Sectors by how ready they are and how far they use AI: two numbers of the same wave against each other."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind, Said
from app.domain.goals import Measure
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.study import Study, Wave
from app.present import wording
from app.present.figures.levels import clearly_above
from app.present.figures.ranked import headline, penetration_table
from app.present.marks import INDEX, pillar_id
from app.present.provenance import measure_provenance, notes
from app.present.tables import row_of
from app.present.view import View

SCATTER = "sectors-scatter"
READY, USE = 0, 1
BOTH, READY_ONLY, USE_ONLY, NEITHER, BETWEEN = range(5)


def has_scatter(study: Study) -> bool:
    """Whether the newest wave has an index and the headline measure, so that sectors can be held against both."""
    found = study.latest_assessment
    measured = {p.latest.wave for p in study.progress if p.measure is not None and p.latest is not None}
    if found is None or found.wave not in measured:
        return False
    _, latest = headline(study.progress)
    return latest.wave == found.wave and bool(found.firms["index"].notna().any())


def make_scatter(view: View) -> Figure:
    """Return `sectors-scatter`: a dot a sector, mean index across, the headline measure up; the caller knows `has_scatter`."""
    texts = view.texts
    measure, latest = headline(view.study.progress)
    wave = view.study.wave(latest.wave)
    table = scatter_table(view, measure, wave)
    said = tuple(_said(view, table, row) for row in table.rows)
    title = _title(view, table, said)
    total = row_of(table, TOTAL)
    n = (total.cells[USE].n if total is not None else None) or 0
    return Figure(
        id=SCATTER,
        kind=FigureKind.SCATTER,
        title=title,
        subtitle=texts("figure.scatter.subtitle", n=number(n, "count"), date=wording.date_text(texts, wave.date)),
        table=table,
        provenance=measure_provenance(
            view, measure, wave, n, ("", notes(texts, texts("figure.scatter.index"), texts("figure.scatter.note")))
        ),
        alt=texts("figure.scatter.alt", n=len(table.rows) - 1, title=title),
        chosen=view.selection.sector,
        said=said,
        keys=(texts("figure.scatter.key"),),
    )


def scatter_table(view: View, measure: Measure, wave: Wave) -> ReleasedTable:
    """Return mean index 0–100 and the measure: a row all firms and each sector, hidden in both together."""
    columns = tuple(view.texts(f"figure.scatter.column_{name}") for name in ("ready", "use"))
    use = {row.key: row.cells[0] for row in penetration_table(view, measure, wave).rows}
    ready = {row.key: row.cells[0] for row in _index_table(view).rows}
    keys = [key for key in use if key in ready]
    rows = [Row(key, view.sector_label(key), (ready[key], use[key])) for key in keys]
    return view.door.release(SCATTER, columns, rows, total=TOTAL, follows={READY: [USE], USE: [READY]})


def _index_table(view: View) -> ReleasedTable:
    """Return the mean index of the firms of each sector and of all: as estimated, with its interval, else as counted."""
    firms = view.firms
    counted = firms[["index"]].groupby(firms["sector"], observed=True)["index"].agg(["mean", "count"])
    counted.loc[TOTAL] = [firms["index"].mean(), firms["index"].count()]
    wave = view.wave.id if view.wave is not None else ""
    rows = []
    for key in (TOTAL, *sorted(str(sector) for sector in counted.index if sector != TOTAL)):
        known, n = view.estimates.get(key), int(counted.at[key, "count"])
        mean = known.mean if known is not None else None
        mark = pillar_id(wave, key, INDEX, view.filters)
        if mean is not None and mean.value is not None:
            cell = Cell(CellStatus.SHOWN, "score", mean.value, mean.low, mean.high, mean.n, mark)
        else:
            cell = Cell(CellStatus.SHOWN, "score", float(counted.at[key, "mean"]) if n else None, n=n, evidence=mark)
        rows.append(Row(key, view.sector_label(key), (cell,)))
    return view.door.release(f"{SCATTER}-index", ("",), rows, total=TOTAL)


def _said(view: View, table: ReleasedTable, row: Row) -> Said:
    """Say of a sector where it stands beside all firms on both scales."""
    texts, total = view.texts, row_of(table, TOTAL)
    ready, use = row.cells[READY], row.cells[USE]
    if ready.value is None or use.value is None:
        return Said(row.key, "", -1, texts("figure.draw.hidden_sentence", row=row.label, column=texts("figure.scatter.both_of")))
    place = BETWEEN if total is None or row.key == TOTAL else _place(row, total)
    values = {"ready": wording.cell_words(texts, ready), "use": wording.cell_words(texts, use)}
    sentence = texts("figure.scatter.sentence", row=row.label, n=number(ready.n or 0, "count"), **values)
    return Said(row.key, texts(f"figure.scatter.place_{place}"), place, sentence)


def _place(row: Row, total: Row) -> int:
    above = [clearly_above(row.cells[place], _level(total.cells[place])) for place in (READY, USE)]
    below = [clearly_above(_level(total.cells[place]), row.cells[place]) for place in (READY, USE)]
    if all(above):
        return BOTH
    if all(below):
        return NEITHER
    if above[0] and below[1]:
        return READY_ONLY
    return USE_ONLY if above[1] and below[0] else BETWEEN


def _level(cell: Cell) -> Cell:
    """Return the value that sectors are held against, without its interval."""
    return Cell(CellStatus.SHOWN, cell.unit, cell.value)


def _title(view: View, table: ReleasedTable, said: tuple[Said, ...]) -> str:
    """Say how many sectors stand above and below all firms on both, and name those that are ready but use little."""
    texts = view.texts
    sure = {row.key for row in table.rows if all(cell.status is CellStatus.SHOWN for cell in row.cells)} - {TOTAL, ""}
    places = [one.level for one in said if one.row in sure and one.level >= 0]
    if len(places) < 2:
        return texts("figure.scatter.hidden")
    values = {"n": len(places), "both": places.count(BOTH), "neither": places.count(NEITHER), "all": view.everyone}
    odd = [row.label for row in table.rows for one in said if one.row == row.key and one.row in sure and one.level == READY_ONLY]
    if odd:
        return texts("figure.scatter.odd", names=wording.joined(texts, odd), **values)
    return texts("figure.scatter.title", **values)
