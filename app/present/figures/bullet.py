"""Every goal that is a measured share against its target, with its interval and its light."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.analysis.disclosure import Policy
from app.domain.figure import Figure, FigureKind, Said
from app.domain.goals import GoalKind, GoalProgress, Light
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.domain.study import Study
from app.present import wording
from app.present.figures.goal_values import rate_word
from app.present.figures.ranked import headline
from app.present.figures.wall import hidden_sectors, in_layers, told
from app.present.figures.wall_tile import measured_cell
from app.present.goal_standing import filters_of, progress_of, view_words
from app.present.marks import progress_id
from app.present.provenance import measure_provenance
from app.present.view import View

BULLET = "goals-bullet"
LIGHTS = tuple(Light)


def has_bullets(study: Study) -> bool:
    """Whether any goal that is a share with a number was measured."""
    return any(_is_drawn(one) for one in study.progress)


def make_bullet(view: View) -> Figure:
    """Return `goals-bullet`: value with interval, target and light of each goal that is a measured share.

    The caller has made sure that there is one (`has_bullets`). UserError `figure.no_firms` where filters leave none measured.
    """
    texts = view.texts
    progress = [one for one in in_layers(progress_of(view)) if _is_drawn(one)]
    hidden = hidden_sectors(view, progress)
    progress = [told(view, one, hidden) for one in progress]
    cells = [measured_cell(view, one, hidden) for one in progress]
    pairs = [(one, cell) for one, cell in zip(progress, cells, strict=True) if cell is not None]
    table = _table(view, pairs)
    said = tuple(_said(view, one, row) for (one, _), row in zip(pairs, table.rows, strict=True))
    title = _title(view, said)
    return Figure(
        id=BULLET,
        kind=FigureKind.BULLET,
        title=title,
        subtitle=texts("figure.bullet.subtitle", n=len(pairs)),
        table=table,
        provenance=_provenance(view, tuple(one for one, _ in pairs)),
        alt=texts("figure.bullet.alt", n=len(pairs), title=title),
        said=said,
        keys=(texts("figure.bullet.key"),),
    )


def _is_drawn(progress: GoalProgress) -> bool:
    measured = progress.measure is not None and progress.latest is not None and bool(progress.latest.wave)
    return measured and progress.goal.kind is GoalKind.RATE and progress.goal.value is not None


def _table(view: View, pairs: Sequence[tuple[GoalProgress, Cell]]) -> ReleasedTable:
    columns = (view.texts("figure.bullet.value"), view.texts("figure.bullet.target"))
    rows = [Row(one.goal.id, row_label(view, one), (cell, _target(one))) for one, cell in pairs]
    return view.door.release(BULLET, columns, rows)


def row_label(view: View, progress: GoalProgress) -> str:
    """Return a goal in a few words: what is measured, of which sectors, by when, whose goal it is."""
    texts, goal = view.texts, progress.goal
    sectors = wording.joined(texts, [view.sector_label(section) for section in goal.sections])
    key = "figure.bullet.row_of" if sectors else "figure.bullet.row"
    layer = texts(f"term.layer.{goal.layer.value}")
    return texts(key, rate=rate_word(texts, progress), sectors=sectors, year=goal.year, layer=layer)


def _target(progress: GoalProgress) -> Cell:
    """Return the target of a goal, which rests on no firm."""
    return Cell(CellStatus.SHOWN, "fraction", progress.goal.value, evidence=progress_id(progress.goal.id, "document"))


def _said(view: View, progress: GoalProgress, row: Row) -> Said:
    texts, cell = view.texts, row.cells[0]
    light = Light.CANNOT_TELL if cell.status is CellStatus.HIDDEN else progress.light
    word, target = texts(f"term.light.{light.value}"), wording.target_text(texts, progress.goal)
    value = wording.cell_words(texts, cell)
    sentence = texts("figure.bullet.sentence", row=row.label, value=value, target=target, light=word)
    return Said(row.key, word, LIGHTS.index(light), sentence)


def _title(view: View, said: Sequence[Said]) -> str:
    texts, counts = view.texts, Counter(LIGHTS[one.level] for one in said)
    judged = sum(counts[light] for light in LIGHTS if light is not Light.CANNOT_TELL)
    part = texts("figure.bullet.among", filters=view_words(view)) if filters_of(view) else ""
    if not judged:
        return texts("figure.bullet.none", n=len(said), among=part)
    parts = [texts(f"figure.bullet.count_{light.value}", n=counts[light]) for light in LIGHTS if counts[light]]
    return texts("figure.bullet.title", n=len(said), told=wording.joined(texts, parts), among=part)


def _provenance(view: View, progress: tuple[GoalProgress, ...]) -> Provenance:
    texts = view.texts
    if not progress:
        return Provenance(texts("figure.bullet.measure"), "", "", "", "", "", "", "", view.study.synthetic)
    measure, latest = headline(progress)
    others = len(view.study.progress) - len(progress)
    documents = wording.joined(texts, list(dict.fromkeys(one.goal.document for one in progress)))
    note = texts("figure.bullet.note", documents=documents, others=others) if others else ""
    made = measure_provenance(view, measure, view.study.wave(latest.wave), latest.n, ("", note))
    names = dict.fromkeys(texts.of(one.measure.words) for one in progress if one.measure is not None)
    return replace(made, measure=texts("figure.bullet.separator").join(names), sample=_sample(view, progress, made.sample))


def _sample(view: View, progress: tuple[GoalProgress, ...], of_one: str) -> str:
    """Return who answered, and how many could be counted for each goal: `of_one` where it is the same number for all."""
    latest = [one.latest for one in progress if one.latest is not None]
    counts, waves = sorted({seen.n for seen in latest}), {seen.wave for seen in latest}
    if len(counts) == 1 or len(waves) > 1 or counts[0] < Policy().hide_below:
        return of_one
    total = next((found.total for found in view.study.assessments if found.wave in waves), None)
    wave = view.study.wave(next(iter(waves)))
    n, frame = (total.n, total.frame) if total is not None else (counts[-1], view.frame_of(wave))
    sample = wording.sample_sentence(view.texts, wave, n, frame)
    return view.texts("figure.bullet.sample", sample=sample, least=number(counts[0], "count"), most=number(counts[-1], "count"))
