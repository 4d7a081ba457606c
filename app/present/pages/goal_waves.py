"""The values behind a trajectory: waves with design and breaks, reported figures, declared breaks, and the forms for both."""

from __future__ import annotations

from app.analysis.progress import answerable
from app.analysis.progress.breaks import in_force
from app.domain.goals import GoalKind, GoalProgress
from app.domain.numbers import number
from app.domain.release import CellStatus
from app.domain.targets import Reported
from app.present import wording
from app.present.figures.goal_series import break_reason, last_break
from app.present.figures.goal_table import observed_table
from app.present.figures.goal_values import is_counted, is_reported, unit_word, value_words
from app.present.goal_standing import reported_of
from app.present.marks import measure_id
from app.present.pages.goal_facts import interval_words
from app.present.pages.goal_values import BreakForm, ReportForm
from app.present.pages.section import Listing, Section
from app.present.pages.values import Column, PageTable
from app.present.view import View

_WAVE_COLUMNS = ("wave", "date", "value", "interval", "n", "frame", "design", "instrument", "comparable")
_KINDS = {
    "value": "number",
    "interval": "number",
    "n": "number",
    "frame": "number",
    "comparable": "prose",
    "source": "prose",
    "why": "prose",
}
_OPTIONAL = ("instrument", "frame", "date")
_REPORTED_COLUMNS = ("day", "value", "source", "who", "when", "state")
_BROKEN_COLUMNS = ("wave", "of", "why", "who", "when", "state")


def waves_section(view: View, progress: GoalProgress) -> Section | None:
    """Return the waves of a measured goal, newest first, each with how far it can be compared; None where there are none."""
    if is_counted(progress.goal) or progress.measure is None or is_reported(progress):
        return None
    texts = view.texts
    if not progress.observations:
        return Section(wording.full_stop(texts, wording.light_reason(texts, progress)))
    table = observed_table(view, progress, progress.measure)
    since = last_break(progress)
    rows, ids = [], []
    for seen, released in zip(progress.observations, table.rows, strict=True):
        cell, wave = released.cells[0], view.study.wave(seen.wave)
        shown = cell.status is not CellStatus.HIDDEN and cell.value is not None
        rows.append(
            (
                wording.sentence_case(texts, texts("wording.wave", id=wave.id)),
                wave.date,
                value_words(texts, progress.goal, cell.value or 0.0) if shown else "‡",
                interval_words(cell) or "—",
                number(cell.n, "count") if cell.n is not None else "‡",
                number(seen.frame, "count") if seen.frame is not None and shown else "—",
                texts(f"page.goal.design.{wave.design.value}"),
                wave.instrument or "—",
                texts("page.goal.comparable" if seen.time >= since else "page.goal.not_comparable"),
            )
        )
        ids.append(measure_id(progress.measure.id, wave.id, "*"))
    columns = _columns(view, _WAVE_COLUMNS)
    listed = PageTable(columns, tuple(zip(*rows[::-1], strict=True)), tuple(ids[::-1]))
    broken = since > progress.observations[0].time
    key = "waves_one" if len(rows) == 1 else "waves_broken" if broken else "waves"
    key = "waves_volunteers" if progress.observations[-1].low is None and len(rows) > 1 else key
    notes = tuple(dict.fromkeys(break_line(view, progress, k) for k in range(len(progress.breaks))))
    title = texts("page.goal.waves_title", measure=texts.of(progress.measure.words))
    part = Listing("goal-waves", title, listed, (texts("page.goal.waves_note"),), opens=True)
    return Section(texts(f"page.goal.{key}", n=len(rows)), ((part,),), notes)


def break_line(view: View, progress: GoalProgress, place: int) -> str:
    """Say one break of the series: from which wave on, and why."""
    each = progress.breaks[place]
    return view.texts("figure.goal.break_sentence", wave=view.texts("wording.wave", id=each.wave), why=break_reason(view, each))


def reported_table(view: View, progress: GoalProgress) -> PageTable | None:
    """Return every figure ever reported for a goal, newest entry first; ids are the days of those in force, "" of others."""
    if not can_report(view, progress):
        return None
    texts, goal = view.texts, progress.goal
    entries = [entry for entry in view.study.targets.reported if entry.goal == goal.id]
    held = {id(entry) for entry in reported_of(view, goal)}
    rows = [
        (
            entry.date,
            value_words(texts, goal, entry.value) if entry.value is not None else "—",
            entry.source,
            entry.who,
            entry.when,
            texts(f"page.goal.reported.{_state(entry, id(entry) in held)}"),
        )
        for entry in reversed(entries)
    ]
    ids = tuple(entry.date if id(entry) in held else "" for entry in reversed(entries))
    columns = _columns(view, _REPORTED_COLUMNS)
    return PageTable(columns, tuple(zip(*rows, strict=True)) if rows else ((),) * len(columns), ids)


def _state(entry: Reported, held: bool) -> str:
    return "taken_back" if entry.value is None else "in_force" if held else "replaced"


def broken_table(view: View, progress: GoalProgress) -> PageTable | None:
    """Return the breaks that people declared for this measure, newest first; ids are `wave|measure` of those in force."""
    measure = progress.measure
    if measure is None or is_counted(progress.goal) or is_reported(progress):
        return None
    texts = view.texts
    declared = [each for each in view.study.targets.breaks if each.measure in ("", measure.id)]
    held = {id(each) for each in in_force(declared, measure.id)}
    rows = [
        (
            wording.sentence_case(texts, texts("wording.wave", id=each.wave)),
            texts("page.goal.broken_this" if each.measure else "page.goal.broken_all"),
            each.why,
            each.who,
            each.when,
            texts(f"page.goal.reported.{'in_force' if id(each) in held else 'taken_back' if each.taken_back else 'replaced'}"),
        )
        for each in reversed(declared)
    ]
    ids = tuple(f"{each.wave}|{each.measure}" if id(each) in held else "" for each in reversed(declared))
    columns = _columns(view, _BROKEN_COLUMNS)
    return PageTable(columns, tuple(zip(*rows, strict=True)) if rows else ((),) * len(columns), ids)


def can_report(view: View, progress: GoalProgress) -> bool:
    """Return whether figures may be reported for a goal: one with a number that the study's form does not measure."""
    if progress.goal.kind is GoalKind.MILESTONE:
        return False
    return is_counted(progress.goal) or progress.measure is None or not answerable(progress.measure, view.study.instrument)


def report_form(view: View, progress: GoalProgress) -> ReportForm | None:
    """Return what the form of a reported figure starts from, None for goals that count nothing."""
    goal = progress.goal
    if not can_report(view, progress):
        return None
    held = reported_of(view, goal)
    return ReportForm(
        goal.id,
        view.texts.of(goal.words),
        unit_word(view.texts, goal),
        held[0].source if held else "",
        tuple(each.date for each in held),
    )


def break_form(view: View, progress: GoalProgress) -> BreakForm | None:
    """Return the waves from which a series may be declared to break: all in which it was seen but the first."""
    if progress.measure is None or is_reported(progress) or len(progress.observations) < 2:
        return None
    texts = view.texts
    waves = [(seen.wave, texts("wording.wave", id=seen.wave)) for seen in progress.observations[1:]]
    return BreakForm(tuple(reversed(waves)), progress.measure.id, texts.of(progress.measure.words))


def _columns(view: View, names: tuple[str, ...]) -> tuple[Column, ...]:
    texts = view.texts
    return tuple(
        Column(name, texts(f"page.goal.column.{name}"), _KINDS.get(name, "text"), optional=name in _OPTIONAL) for name in names
    )
