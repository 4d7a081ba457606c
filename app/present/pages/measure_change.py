"""变化: what the change of a goal's measure since the wave before is made of, for all firms and by sector, size, township."""

from __future__ import annotations

from app.analysis.progress.change import measure_change
from app.analysis.progress.counted import Answered
from app.domain.assessment import TOTAL
from app.domain.change import GROUPINGS, MeasureChange
from app.domain.goals import GoalProgress
from app.domain.release import CellStatus, Row
from app.domain.study import Wave
from app.present.draw.steps import points_text
from app.present.evidence.estimate import verdict_key
from app.present.figures.change import PARTS
from app.present.figures.measure_change import change_table, change_title, make_measure_change, refusal
from app.present.pages.section import Listing, Part, Passage, Section
from app.present.pages.values import Column, PageTable
from app.present.view import View


def measure_change_section(view: View, goal: str) -> Section:
    """Return the change of the measure of goal `goal` between its two newest waves, or why none can be told."""
    texts = view.texts
    progress = next((one for one in view.study.progress if one.goal.id == goal), None)
    why = _why(view, progress)
    if progress is None or why:
        return Section(texts(f"change.cannot.{why or 'no_measure'}"))
    found = {by: change_of(view, progress, by) for by in GROUPINGS}
    first = found["sector"]
    if not first.changes:
        return Section(refusal(texts, first))
    tables = {by: change_table(view, one) for by, one in found.items()}
    hidden = any(table.rows[0].cells[0].status is CellStatus.HIDDEN for table in tables.values())
    figure = make_measure_change(view, first, tables["sector"])
    told = tuple(texts(f"change.note_{name}") for name in ("parts", "verdict"))
    reading = Passage("change-reading", texts("assess.change.reading"), told)
    listings: list[tuple[Part, ...]] = [
        (_listing(view, one, tables[by].rows),) for by, one in found.items() if len(one.changes) > 1
    ]
    return Section(change_title(view, first, not hidden), ((figure, reading), *listings))


def change_of(view: View, progress: GoalProgress, by: str) -> MeasureChange:
    """Return the change between the two newest waves of a goal that is measured in at least two."""
    before, after = _waves(view, progress)[-2:]
    if progress.measure is None or view.study.responses is None:
        raise KeyError(progress.goal.id)
    answered = Answered(view.study.responses, view.study.instrument)
    return measure_change(progress.measure, answered, (before, after), by, progress.goal.sections, progress.breaks)


def _waves(view: View, progress: GoalProgress) -> list[Wave]:
    return [view.study.wave(seen.wave) for seen in progress.observations if seen.wave]


def _why(view: View, progress: GoalProgress | None) -> str:
    if progress is None or progress.measure is None or view.study.responses is None:
        return "no_measure"
    if view.filters:
        return "filtered"
    return "one_wave" if len(_waves(view, progress)) < 2 else ""


def _listing(view: View, found: MeasureChange, rows: tuple[Row, ...]) -> Listing:
    texts = view.texts
    columns = (
        Column("group", texts(f"change.column.{found.by}")),
        Column("total", texts("assess.change.total"), "number"),
        *(Column(part, texts(f"assess.change.{part}"), "number") for part in PARTS[:-2]),
        Column("mix", texts(f"change.mix.{found.by}"), "number"),
        Column("firms", texts("assess.column.flow"), "level"),
        Column("verdict", texts("assess.column.verdict"), "level"),
    )
    changes = {change.sector: change for change in found.changes}
    lines = []
    for row in rows:
        change, cells = changes[row.key], dict(zip(PARTS, row.cells, strict=True))
        shown = row.cells[0].status is not CellStatus.HIDDEN
        flow = f"{change.n_same:,} / {change.n_entered:,} / {change.n_left:,}" if shown else "‡"
        verdict = texts(f"assess.change_verdict.{verdict_key(change.verdict, change.same)}") if shown else "‡"
        parts = (points_text(texts, cells[part]) for part in ("total", *PARTS[:-1]))
        lines.append((row.label, *parts, flow, verdict))
    ids = tuple(row.key or TOTAL for row in rows)
    title = texts(f"change.listing.{found.by}")
    return Listing(f"change-{found.by}", title, PageTable(columns, tuple(zip(*lines, strict=True)), ids), most=12)
