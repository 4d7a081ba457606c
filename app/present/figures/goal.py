"""The trajectory of one goal: what was observed, the path it requires, what the trend gives, the targets to 2035."""

from __future__ import annotations

from app.domain.figure import Figure, FigureKind
from app.domain.goals import Goal, GoalProgress
from app.domain.numbers import number
from app.domain.release import CellStatus, Provenance, ReleasedTable
from app.domain.study import Design
from app.present import wording
from app.present.figures.goal_series import (
    HORIZON,
    flags_of,
    last_break,
    reference_series,
    references_of,
    series_of,
    targets_of,
)
from app.present.figures.goal_table import all_shown, observed_table
from app.present.figures.goal_values import (
    day_of,
    gap_words,
    is_counted,
    is_reported,
    pace_words,
    rate_word,
    unit_word,
    value_words,
)
from app.present.marks import goal_id
from app.present.provenance import measure_provenance, notes
from app.present.view import View

__all__ = ["all_shown", "goal_id", "goal_title", "make_goal", "observed_table", "year_target"]


def make_goal(view: View, goal: str, references: bool = False) -> Figure:
    """Return `goal-<GOALID>`; the caller has made sure that something was observed. `references`: with series from elsewhere."""
    progress = next(p for p in view.study.progress if p.goal.id == goal)
    table = observed_table(view, progress, progress.measure)
    title = goal_title(view, progress, table)
    beside = reference_series(view, references_of(view, progress.goal)) if references else ()
    return Figure(
        id=f"goal-{goal}",
        kind=FigureKind.TRAJECTORY,
        title=title,
        subtitle=_subtitle(view, progress, table),
        table=table,
        provenance=_provenance(view, progress),
        alt=alt_text(view, progress, table, title),
        series=(*beside, *series_of(view, progress, table)),
        targets=targets_of(view, progress),
        flags=flags_of(view, progress),
        unit="count" if is_counted(progress.goal) else "fraction",
        unit_word=unit_word(view.texts, progress.goal),
    )


def year_target(view: View, goal: Goal) -> str:
    """Return a goal's target with its year: 2027 年超过 70%."""
    return wording.target_text(view.texts, goal)


def goal_title(view: View, progress: GoalProgress, table: ReleasedTable) -> str:
    """Say where the newest observation stands against the goal; met only when the lower bound reaches it (design §6.2)."""
    texts, goal = view.texts, progress.goal
    cell = table.rows[-1].cells[0]
    if is_counted(goal):
        return _count_title(view, progress)
    value, rate = wording.cell_words(texts, cell), rate_word(texts, progress)
    if goal.value is None:
        return texts("figure.goal.no_number", rate=rate, value=value, year=goal.year)
    target = year_target(view, goal)
    if cell.status is CellStatus.HIDDEN or cell.value is None:
        return texts("figure.goal.hidden", rate=rate, target=target)
    if not is_reported(progress) and view.study.wave(progress.observations[-1].wave).design is Design.VOLUNTEER:
        return texts("figure.goal.volunteers", rate=rate, value=value, target=target)
    if progress.reason == "light.reason.met":
        return texts("figure.goal.met", rate=rate, value=value, target=target)
    near, short = (cell.low if goal.falls else cell.high), goal.short_by(cell.value)
    if short <= 0 or (near is not None and goal.short_by(near) <= 0):
        return texts("figure.goal.open", rate=rate, value=value, target=target)
    gap = wording.points(texts, short)
    if progress.required_pace is None or goal.falls or not all_shown(table):  # what must fall gains nothing a year
        return texts("figure.goal.past", rate=rate, value=value, target=target, gap=gap)
    pace = wording.pace(texts, progress.required_pace)
    return texts("figure.goal.short", rate=rate, value=value, target=target, gap=gap, pace=pace)


def _count_title(view: View, progress: GoalProgress) -> str:
    """Say how many were reported, of how many, and what that takes each year."""
    texts, goal, latest = view.texts, progress.goal, progress.observations[-1]
    value = value_words(texts, goal, latest.value)
    if goal.value is None:
        return texts("figure.goal.count_no_number", value=value, year=goal.year)
    target = year_target(view, goal)
    if progress.reason == "light.reason.met":
        return texts("figure.goal.count_met", value=value, target=target)
    gap = gap_words(texts, goal, goal.short_by(latest.value))
    if goal.short_by(latest.value) <= 0 or goal.falls or progress.required_pace is None:
        return texts("figure.goal.count_past", value=value, target=target)
    pace = pace_words(texts, goal, progress.required_pace)
    return texts("figure.goal.count_short", value=value, target=target, gap=gap, pace=pace)


def alt_text(view: View, progress: GoalProgress, table: ReleasedTable, title: str) -> str:
    """Return the trajectory in a sentence for who cannot see it: its years, what was observed when, the finding."""
    texts, goal = view.texts, progress.goal
    told = [(row.label, row.cells[0]) for row in table.rows if row.cells[0].value is not None]
    seen = [texts("figure.goal.alt_value", time=label, value=value_words(texts, goal, cell.value or 0.0)) for label, cell in told]
    values = {
        "first": int(progress.observations[0].time - 1e-6),
        "last": max(HORIZON, goal.year),
        "title": title,
        "values": wording.joined(texts, seen),
    }
    key = "figure.goal.alt_broken" if last_break(progress) > progress.observations[0].time else "figure.goal.alt_told"
    return texts(key if seen else "figure.goal.alt", **values)


def _subtitle(view: View, progress: GoalProgress, table: ReleasedTable) -> str:
    texts, measure = view.texts, progress.measure
    latest = progress.observations[-1]
    if measure is None or is_reported(progress):
        when = wording.date_text(texts, day_of(latest.time))
        return texts("figure.goal.count_subtitle", goal=texts.of(progress.goal.words), date=when)
    wave, n = view.study.wave(latest.wave), table.rows[-1].cells[0].n
    return texts(
        "figure.goal.subtitle",
        measure=texts.of(measure.words),
        n=number(n, "count") if n is not None else wording.cell_words(texts, table.rows[-1].cells[0]),
        date=wording.date_text(texts, wave.date),
    )


def _provenance(view: View, progress: GoalProgress) -> Provenance:
    texts, goal = view.texts, progress.goal
    measure, latest = progress.measure, progress.observations[-1]
    words = wording.full_stop(texts, texts.of(goal.proxy))
    proxy = texts("wording.caution.proxy_words", words=words) if words else ""
    note = notes(
        texts,
        texts("figure.goal.document", document=goal.document),
        texts("figure.goal.one_wave") if len(progress.observations) == 1 else "",
        *(flag.sentence for flag in flags_of(view, progress) if flag.kind == "break"),
        texts("figure.goal.upper_note") if progress.upper else "",
        texts("figure.goal.verify") if goal.verify else "",
    )
    if measure is None or is_reported(progress):
        return _reported_provenance(view, progress, note)
    return measure_provenance(view, measure, view.study.wave(latest.wave), latest.n, (proxy, note))


def _reported_provenance(view: View, progress: GoalProgress, note: str) -> Provenance:
    """Return what stands under figures that people reported: no firm's answers are behind them, so there is no interval."""
    texts, goal = view.texts, progress.goal
    reports = [each for each in view.study.targets.reported if each.goal == goal.id and each.value is not None]
    sources = list(dict.fromkeys(each.source for each in reports if each.source))
    return Provenance(
        measure=texts.of(goal.words),
        sample=texts("figure.goal.count_sample", n=number(len(progress.observations), "count")),
        weighting="",
        interval=texts("wording.interval.none"),
        as_of=wording.date_text(texts, day_of(progress.observations[-1].time)),
        instrument="",
        source=wording.joined(texts, sources) or texts("figure.goal.count_source"),
        note=note,
        synthetic=view.study.synthetic,
    )
