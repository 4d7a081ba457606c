"""一、总体结论: the few numbers that matter, how sure they are, and what cannot be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from app.domain.assessment import TOTAL
from app.domain.brief import Block, Paragraph, TableBlock
from app.domain.goals import Light
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.present import wording
from app.present.estimates import rests_on_visits
from app.present.figures.change import is_told, shown_change, signed
from app.present.figures.goal import observed_table
from app.present.figures.heat import extremes
from app.present.figures.levels import clearly_above, total_cell
from app.present.goal_standing import progress_of
from app.present.provenance import notes, sample_words, shares_measure, shares_provenance
from app.present.tables import pillar_table, reach_table, row_of
from app.present.view import View

REPORTED = ("L2", "L3", "L4")


def summary(view: View) -> list[Block]:
    """Return the main findings."""
    blocks: list[Block] = [Paragraph(sample_paragraph(view))]
    if view.assessment is None:
        return [*blocks, Paragraph(view.texts("brief.summary.no_assessment")), Paragraph(goals_sentence(view))]
    said = [levels_sentence_of(view), change_sentence(view), _pillars(view)]
    if not view.filters:  # goals are set for all firms
        said.append(goals_sentence(view))
    blocks += [Paragraph(text) for text in said if text]
    return [*blocks, _main_table(view)]


def sample_paragraph(view: View) -> str:
    """Say which wave this is, how its firms came to answer, and the warning its design calls for."""
    texts, wave = view.texts, view.wave
    if wave is None or view.study.responses is None:
        return texts("brief.subtitle_empty")
    firms = view.study.responses.firms
    n = int((firms["counted"] & (firms["wave"].astype("str") == wave.id)).sum())
    frame = view.frame_of(wave)
    assessed = view.assessment is not None
    sample = sample_words(view) if assessed else wording.sample_sentence(texts, wave, n, frame)
    return texts(
        "brief.summary.sample",
        wave=view.filter_value("wave", wave.id),
        date=wording.date_text(texts, wave.date),
        sample=sample,
        caution=wording.caution(texts, wave, n, frame),
    ).strip()


def levels_sentence_of(view: View) -> str:
    """Say which share of firms is at L2 or above, and at L3 or above."""
    cells = {level: total_cell(reach_table(view, level)) for level in ("L2", "L3")}
    words = {level.lower(): wording.cell_words(view.texts, cell) for level, cell in cells.items()}
    names = {f"{level.lower()}_name": view.level_name(level) for level in cells}
    return shares_measure(view, "brief.summary.levels", **words, **names)


def _pillars(view: View) -> str:
    row = row_of(pillar_table(view), TOTAL) if view.study.rubric.pillars else None
    found = extremes(row) if row is not None else None
    if row is None or found is None:
        return ""
    names = [view.texts.of(pillar.words) for pillar in view.study.rubric.pillars]
    scores = [wording.cell_words(view.texts, row.cells[column]) for column in found]
    weak, strong = (names[column] for column in found)
    return view.texts("brief.summary.pillars", weak=weak, strong=strong, weak_score=scores[0], strong_score=scores[1])


def change_sentence(view: View) -> str:
    """Say how the share at L2 or above moved since the wave before; one wave has no trend (design §6.2)."""
    texts = view.texts
    earlier = earlier_view(view)
    if earlier is None or earlier.assessment is None:
        return texts("brief.summary.one_wave")
    old, new = total_cell(reach_table(earlier)), total_cell(reach_table(view))
    key = "rose" if clearly_above(new, old) else "fell" if clearly_above(old, new) else "unchanged"
    if old.low is None or new.low is None:
        key = "not_comparable"
    words = {"old": wording.cell_words(texts, old), "new": wording.cell_words(texts, new)}
    said = {"earlier": view.filter_value("wave", earlier.assessment.wave), **words}
    if is_visited(earlier) != is_visited(view):
        return notes(texts, texts("brief.summary.other_method", **said), _by_rubric(view))
    return texts(f"brief.summary.{key}", **said)


def is_visited(view: View) -> bool:
    """Whether the shares of all firms of the wave rest on what was found on site; such shares compare with their like alone."""
    return rests_on_visits(view.estimates.get(TOTAL))


def _by_rubric(view: View) -> str:
    """Say how the share changed where both waves are counted by the rubric; "" where that was not worked out."""
    found = shown_change(_of_all(view))
    if found is None or not is_told(found):
        return ""
    return view.texts("brief.summary.by_rubric", total=signed(view, found.total), same=signed(view, found.same))


def _of_all(view: View) -> View:
    return replace(view, selection=replace(view.selection, sector=""))


def earlier_view(view: View) -> View | None:
    """Return the same view of the assessed wave before this one, or None."""
    waves = [assessment.wave for assessment in view.study.assessments]
    if view.assessment is None or view.assessment.wave not in waves[1:]:
        return None
    before = waves[waves.index(view.assessment.wave) - 1]
    return replace(view, selection=replace(view.selection, wave=before))


def goals_sentence(view: View) -> str:
    """Count the goals this survey can measure by light, and those it cannot."""
    progress = view.study.progress
    if not progress:
        return view.texts("brief.summary.no_goals")
    measured = [p for p in progress if p.observations]
    if not measured:
        return view.texts("brief.summary.goals_none", n=len(progress))
    lights = Counter(p.light for p in measured)
    others = len(progress) - len(measured)
    counts = {light.value: lights[light] for light in Light}
    rest = view.texts("brief.summary.goals_rest", n=others) if others else ""
    return view.texts("brief.summary.goals", n=len(progress), measured=len(measured), rest=rest, **counts)


def _main_table(view: View) -> TableBlock:
    """Return shares at the upper levels and the penetration measure, a column a wave."""
    waves = [assessment.wave for assessment in view.study.assessments]
    rows = [Row(level, view.at_least_label(level), _reach_cells(view, waves, level)) for level in REPORTED]
    measured = next((p for p in progress_of(view) if p.measure is not None and p.observations), None)
    if measured is not None and measured.measure is not None:
        seen = {row.key: row.cells[0] for row in observed_table(view, measured, measured.measure).rows}
        cells = tuple(seen.get(wave, Cell(CellStatus.SHOWN, "fraction", n=0)) for wave in waves)
        name = "penetration" if measured.measure.proxy else "penetration_plain"
        rows.append(Row("penetration", view.texts(f"brief.summary.{name}"), cells))
    table: ReleasedTable = view.door.release("main", tuple(view.filter_value("wave", wave) for wave in waves), rows)
    views = [_of_wave(view, wave) for wave in waves]
    mixed = view.texts("brief.summary.mixed") if len({is_visited(one) for one in views}) > 1 else ""
    words = view.texts.of(measured.measure.words) if measured is not None and measured.measure is not None else ""
    measure = shares_measure(view, "figure.ranked.levels_measure", level="L2/L3/L4")
    provenance = shares_provenance(view, measure, notes(view.texts, mixed, words))
    return TableBlock(view.texts("brief.summary.table"), table, provenance, view.texts("brief.summary.row"))


def _reach_cells(view: View, waves: list[str], level: str) -> tuple[Cell, ...]:
    return tuple(total_cell(reach_table(_of_wave(view, wave), level)) for wave in waves)


def _of_wave(view: View, wave: str) -> View:
    return replace(view, selection=replace(view.selection, wave=wave, sector=""))
