"""Sectors in order: the share at L2 or above, and the penetration measure of the national goal."""

from __future__ import annotations

from app.analysis.progress import cube_of, tally
from app.analysis.progress.cube import key_of
from app.analysis.progress.observe import Cube
from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind
from app.domain.goals import GoalProgress, Layer, Measure, Observation
from app.domain.numbers import number, percent
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.study import Wave
from app.present import wording
from app.present.estimates import measured_alike, with_firms
from app.present.figures.levels import clearly_above, measure_line, total_cell
from app.present.marks import measure_id
from app.present.provenance import measure_provenance, shares_measure, shares_provenance
from app.present.tables import BAR, REACH, quotable, ranked, reach_table, row_of
from app.present.view import View


def make_sectors_l2(view: View) -> Figure:
    """Return `sectors-l2`: the share of firms at L2 or above with intervals, sectors from high to low."""
    table = ranked(reach_table(view))
    title = view.texts("figure.ranked.levels", level=BAR, finding=ranking_finding(view, table))
    return Figure(
        id="sectors-l2",
        kind=FigureKind.RANKED,
        title=title,
        subtitle=measure_line(view, "figure.ranked.levels_subtitle", level=BAR),
        table=with_firms(view, table),
        provenance=shares_provenance(view, shares_measure(view, "figure.ranked.levels_measure", level=BAR)),
        alt=view.texts("figure.ranked.alt", n=len(table.rows), title=title),
        chosen=view.selection.sector,
    )


def make_penetration(view: View) -> Figure:
    """Return `penetration-by-sector`: the headline measure in the newest wave it was asked in, sectors from high to low."""
    measure, latest = headline(view.study.progress)
    wave = view.study.wave(latest.wave)
    table = ranked(penetration_table(view, measure, wave))
    total = total_cell(table)
    title = view.texts("figure.ranked.measure", finding=ranking_finding(view, table))
    return Figure(
        id="penetration-by-sector",
        kind=FigureKind.RANKED,
        title=title,
        subtitle=view.texts(
            "figure.ranked.measure_subtitle",
            measure=view.texts.of(measure.words),
            n=number(total.n or 0, "count"),
            date=wording.date_text(view.texts, wave.date),
        ),
        table=table,
        provenance=measure_provenance(view, measure, wave, total.n or 0),
        alt=view.texts("figure.ranked.alt", n=len(table.rows), title=title),
        chosen=view.selection.sector,
    )


def headline(progress: tuple[GoalProgress, ...]) -> tuple[Measure, Observation]:
    """Return the measure that heads the goals (the first national one that was observed) and its newest observation.

    The caller has made sure that a measure was observed.
    """
    observed = [p for p in progress if p.measure is not None and p.latest is not None]
    observed.sort(key=lambda p: p.goal.layer is not Layer.STATE)
    measure, latest = observed[0].measure, observed[0].latest
    if measure is None or latest is None:
        raise KeyError("no observed measure")
    return measure, latest


def penetration_table(view: View, measure: Measure, wave: Wave) -> ReleasedTable:
    """Return a measure in `wave`: a row all firms and each sector, firms of unknown sector in a row of their own.

    Every firm of the total stands in some row: a sector left out could be worked out by subtraction.
    """
    cube = view.door.once(("sums", id(view.study.responses), key_of(measure), wave.id), lambda: _sums(view, measure, wave))
    rows = []
    for sector in (TOTAL, *sorted(cube.answered.get(wave.id, ()), key=lambda sector: (not sector, sector))):
        found = cube.observe(measure, () if sector == TOTAL else (sector,))
        if found:
            evidence = measure_id(measure.id, wave.id, sector)
            rows.append(Row(sector, view.sector_label(sector), (observation_cell(found[-1], evidence),)))
    return view.door.release("penetration", (view.texts("figure.goal.column"),), rows, total=TOTAL)


def _sums(view: View, measure: Measure, wave: Wave) -> Cube:
    """Return the sums of a measure in one wave: those the study keeps, where it keeps them."""
    responses, held, key = view.study.responses, view.study.tallies, key_of(measure)
    if held is None or key not in held["measure"].cat.categories:
        if responses is None:
            return Cube((wave,), {}, {}, {})
        return cube_of(tally([measure], responses, view.study.instrument, (wave,)), (wave,))
    return cube_of(held[((held["measure"] == key) & (held["wave"] == wave.id)).to_numpy()], (wave,))


def observation_cell(seen: Observation, evidence: str) -> Cell:
    """Return an observation as a cell for release."""
    return Cell(CellStatus.SHOWN, "fraction", seen.value, seen.low, seen.high, seen.n, evidence)


def ranking_finding(view: View, table: ReleasedTable) -> str:
    """Say what a ranking shows: the lit sector, else how many sectors clearly differ from all firms."""
    texts, total = view.texts, total_cell(table)
    words = wording.cell_words(texts, total)
    lit = row_of(table, view.selection.sector) if view.selection.sector else None
    if lit is not None and lit.cells[0].status is CellStatus.HIDDEN:
        return texts("figure.ranked.hidden", sector=lit.label)
    if lit is not None:
        return texts(
            "figure.ranked.lit", sector=lit.label, share=wording.cell_words(texts, lit.cells[0]), total=words, all=view.everyone
        )
    rows = quotable(table)
    if table.id.startswith(REACH):  # a measure over answers is counted alike everywhere
        rows = measured_alike(view, rows)
    if len(rows) < 2 or total.value is None:
        return texts("figure.ranked.plain", total=words, all=view.everyone)
    if total.low is None:
        low, high = percent(rows[-1].cells[0].value or 0.0), percent(rows[0].cells[0].value or 0.0)
        return texts("figure.ranked.range", low=low, high=high, total=words, all=view.everyone)
    level = Cell(CellStatus.SHOWN, "fraction", total.value)
    above = sum(clearly_above(row.cells[0], level) for row in rows)
    below = sum(clearly_above(level, row.cells[0]) for row in rows)
    return texts("figure.ranked.compare", n=len(rows), above=above, below=below, total=words, all=view.everyone)
