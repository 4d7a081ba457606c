"""A brief of some of the firms, of a township or of a sector beside all; goals are held against them, never set for them."""

from __future__ import annotations

from dataclasses import replace

from app.domain.assessment import TOTAL
from app.domain.brief import Block, FigureBlock, Paragraph, TableBlock
from app.domain.numbers import number
from app.domain.release import CellStatus, ReleasedTable
from app.present import wording
from app.present.brief.goals import PART_COLUMNS, goal_grid, is_measured, part_row
from app.present.brief.quality import levels_sentence
from app.present.brief.sectors import sector_table
from app.present.brief.summary import REPORTED, earlier_view
from app.present.figures import figure_of
from app.present.figures.heat import extremes
from app.present.figures.levels import clearly_above, total_cell
from app.present.goal_standing import progress_of, view_words
from app.present.provenance import shares_measure, shares_provenance
from app.present.tables import pillar_table, reach_table, row_of
from app.present.view import View


def goals_of_part(view: View) -> list[Block]:
    """Return how the firms of the part stand beside each goal that the survey measures; no verdict, for goals are set for all."""
    texts = view.texts
    measured = [progress for progress in progress_of(view) if is_measured(progress)]
    if not measured:
        return [
            Paragraph(texts("brief.summary.goals_none", n=len(view.study.progress)) if view.study.progress else _no_goals(view))
        ]
    narrowed = replace(view, study=replace(view.study, progress=tuple(measured)))
    intro = Paragraph(texts("brief.part.goals", part=view_words(view)))
    return [intro, goal_grid(view, "table", PART_COLUMNS, [part_row(narrowed, progress) for progress in measured])]


def quality_of_part(view: View) -> list[Block]:
    """Return how many of its firms have a level; the findings are listed in the brief of the whole place."""
    return [Paragraph(text) for text in (levels_sentence(view), view.texts("brief.part.quality")) if text]


def sector_summary(view: View) -> list[Block]:
    """Return where a sector stands: its shares beside all firms, its change, its weakest and strongest pillar."""
    if view.assessment is None:
        return [Paragraph(view.texts("brief.summary.no_assessment"))]
    said = (_firms(view), *(_share(view, level) for level in REPORTED[:2]), _change(view), _pillars(view))
    return [Paragraph(text) for text in said if text]


def sector_standing(view: View) -> list[Block]:
    """Return the sector's shares in a table beside all firms, and among the other sectors in the figures, where it is lit."""
    if view.assessment is None:
        return []
    table = sector_table(view)
    rows = tuple(row for row in table.rows if row.key in (TOTAL, view.selection.sector))
    beside: ReleasedTable = replace(table, id="sector-beside-all", rows=rows)
    provenance = shares_provenance(view, shares_measure(view, "figure.ranked.levels_measure", level="L2/L3/L4"))
    figures = [FigureBlock(figure_of(view, id_)) for id_ in ("level-distribution", "levels-by-sector")]
    return [TableBlock(view.texts("brief.part.table"), beside, provenance, view.texts("brief.sectors.sector")), *figures]


def _no_goals(view: View) -> str:
    return view.texts("brief.summary.no_goals")


def _firms(view: View) -> str:
    profile = view.profile(view.selection.sector)
    n, levels = (profile.n, view.firms_with_level(profile)[0]) if profile is not None else (0, number(0, "count"))
    names = {"sector": view.sector_label(view.selection.sector), "date": _date(view)}
    return view.texts("brief.part.firms", n=number(n, "count"), levels=levels, **names)


def _date(view: View) -> str:
    return wording.date_text(view.texts, view.wave.date) if view.wave is not None else ""


def _share(view: View, level: str) -> str:
    """Say the sector's share beside that of all firms: above, below, or not told apart."""
    texts, table = view.texts, reach_table(view, level)
    row = row_of(table, view.selection.sector)
    if row is None:
        return ""
    own, all_ = row.cells[0], total_cell(table)
    names = {"level": view.at_least_label(level), "all": wording.cell_words(texts, all_)}
    if own.status is CellStatus.HIDDEN or own.value is None:
        return texts("brief.part.untold", **names)
    key = "above" if clearly_above(own, all_) else "below" if clearly_above(all_, own) else "alike"
    return texts(f"brief.part.{key}", own=wording.cell_words(texts, own), **names)


def _change(view: View) -> str:
    earlier = earlier_view(view)
    if earlier is None or earlier.assessment is None:
        return view.texts("brief.summary.one_wave")
    rows = [row_of(reach_table(each), view.selection.sector) for each in (earlier, view)]
    if any(row is None or row.cells[0].value is None for row in rows):
        return ""
    old, new = (row.cells[0] for row in rows if row is not None)
    key = "rose" if clearly_above(new, old) else "fell" if clearly_above(old, new) else "unchanged"
    words = {"old": wording.cell_words(view.texts, old), "new": wording.cell_words(view.texts, new)}
    key = "not_comparable" if old.low is None or new.low is None else key
    return view.texts(f"brief.summary.{key}", earlier=view.filter_value("wave", earlier.assessment.wave), **words)


def _pillars(view: View) -> str:
    row = row_of(pillar_table(view), view.selection.sector) if view.study.rubric.pillars else None
    found = extremes(row) if row is not None else None
    if row is None or found is None:
        return ""
    names = [view.texts.of(pillar.words) for pillar in view.study.rubric.pillars]
    scores = [wording.cell_words(view.texts, row.cells[column]) for column in found]
    weak, strong = (names[column] for column in found)
    return view.texts("brief.summary.pillars", weak=weak, strong=strong, weak_score=scores[0], strong_score=scores[1])
