"""What the change of a measure is made of: steps of all firms, and a released table of its groups."""

from __future__ import annotations

import math
from dataclasses import replace

from app.domain.assessment import TOTAL
from app.domain.change import MeasureChange
from app.domain.estimate import Change, Verdict
from app.domain.figure import Figure, FigureKind
from app.domain.goals import Measure
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.words import Texts
from app.present import wording
from app.present.figures.change import LEAST, PARTS, is_told, part_cell, signed
from app.present.provenance import measure_provenance
from app.present.view import View


def measure_name(texts: Texts, measure: Measure) -> str:
    """Return the name of a measure without its numerator and denominator, which stand in brackets after it."""
    return texts.of(measure.words).split("（")[0].split(" (")[0]


def group_label(view: View, by: str, key: str) -> str:
    """Return a group as written beside a row."""
    return view.sector_label(key) if key == TOTAL else view.filter_value(by, key)


def change_table(view: View, found: MeasureChange) -> ReleasedTable:
    """Return the parts by group, all firms first, then by the size of the change: percentage points.

    Hidden where few firms stand behind a part. The groups make up all firms: where one is hidden, so is another, that its parts
    cannot be worked out from the whole; hidden rows stand last, in an order that tells nothing.
    """
    rows = []
    for change in found.changes:
        cells = tuple(replace(part_cell(change, part, ""), n=least_firms(change)) for part in PARTS)
        rows.append(Row(change.sector, group_label(view, found.by, change.sector), cells, change.n_same))
    table = view.door.release(f"change-{found.measure.id}-{found.by}", tuple(part_names(view.texts, found.by)), rows, TOTAL)
    return replace(table, rows=tuple(sorted(table.rows, key=_place)))


def _place(row: Row) -> tuple[bool, float, str]:
    total = row.cells[PARTS.index("total")].value
    return row.key != TOTAL, math.inf if total is None else -total, row.key


def part_names(texts: Texts, by: str) -> list[str]:
    """Return what the parts are called, in order; the mix is that of the groups."""
    return [texts(f"assess.change.{part}") if part != "mix" else texts(f"change.mix.{by}") for part in PARTS]


def least_firms(change: Change) -> int:
    """Return the fewest firms that stand behind one of the parts: those that stayed, came or left."""
    flows = [n for n in (change.n_entered, change.n_left) if n]
    return min(change.n_same, *flows) if flows else change.n_same


def make_measure_change(view: View, found: MeasureChange, table: ReleasedTable) -> Figure:
    """Return `change-<measure>`: the steps of all firms; `table` is that of the groups, whose first row is all firms."""
    texts, change = view.texts, found.changes[0]
    shown = table.rows[0].cells[0].status is not CellStatus.HIDDEN
    cells = [part_cell(change, part, "") if shown else Cell(CellStatus.HIDDEN, "pp") for part in PARTS]
    names = part_names(texts, found.by)
    rows = [Row(part, name, (cell,)) for part, name, cell in zip(PARTS, names, cells, strict=True)]
    title = change_title(view, found, shown)
    return Figure(
        id=f"change-{found.measure.id}",
        kind=FigureKind.STEPS,
        title=title,
        subtitle=texts("change.subtitle", measure=measure_name(texts, found.measure), before=found.before, after=found.after),
        table=view.door.release(f"change-{found.measure.id}", (texts("figure.change.column"),), rows),
        provenance=replace(
            measure_provenance(view, found.measure, view.study.wave(found.after), change.n_same + change.n_entered),
            interval=texts("figure.change.interval"),
        ),
        alt=texts("figure.change.alt", title=title),
    )


def change_title(view: View, found: MeasureChange, shown: bool = True) -> str:
    """Say how the share changed and what the same firms did of it, or that too few came or left to say so."""
    texts, change = view.texts, found.changes[0]
    name = measure_name(texts, found.measure)
    if not shown or not is_told(change):
        return texts("change.hidden", measure=name, least=LEAST)
    said = {"measure": name, "before": found.before, "total": signed(view, change.total), "same": signed(view, change.same)}
    verdict = {Verdict.CANNOT_TELL: "change.cannot_tell", Verdict.SAME: "change.same"}
    return texts(verdict.get(change.verdict, "change.title"), **said)


def refusal(texts: Texts, found: MeasureChange) -> str:
    """Say why a change cannot be told."""
    values = dict(found.reason_values)
    key = values.pop("key", "")
    why = values.pop("said", "") or (texts(key) if key and key in texts.entries else "")
    name = measure_name(texts, found.measure)
    return wording.full_stop(texts, texts(found.reason, measure=name, before=found.before, after=found.after, why=why, **values))
