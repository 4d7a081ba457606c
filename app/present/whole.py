"""Every table that any document of a study can show, as drafts: what has to be safe together, whoever asks for which part of it.

Documents of different sections, languages and formats lie on the same desk in the end. So what they keep back is found once, over
all that can be told, and not for each document by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.domain.brief import Block, BriefPlan, FigureBlock, TableBlock
from app.domain.errors import UserError
from app.domain.figure import Figure
from app.domain.goals import GoalProgress
from app.domain.release import Manner, ReleasedTable
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.statistic import GoalBasis, Naming
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Texts
from app.present.brief import SECTIONS, make_brief
from app.present.figures import figure_ids, figure_of
from app.present.figures.models import KINDS, sector_table
from app.present.figures.ranked import penetration_table
from app.present.figures.watch import figures_watched
from app.present.tables import level_codes
from app.present.view import View
from app.present.watching import watched

STEP, STEP_OF_PARTS = "progress.brief.settle", "progress.brief.settle_parts"


def naming_of(study: Study, resources: Resources, texts: Texts) -> Naming:
    """Return what marks alone do not say of this study: the basis of each goal, and its levels."""
    goals = {one.goal.id: basis for one in study.progress if (basis := _basis(one)) is not None}
    return Naming(goals, level_codes(View(study, resources, texts)))


def _basis(progress: GoalProgress) -> GoalBasis | None:
    latest = progress.latest
    if progress.measure is None or latest is None or not latest.wave:
        return None
    return GoalBasis(progress.measure.id, progress.goal.sections, latest.wave)


def whole_tables(view: View, wave: str = "") -> Task[tuple[ReleasedTable, ...]]:
    """Return the drafts of every table of all firms: of all sections, all figures, all measures by sector.

    What is watched of the newest wave, and of `wave`; waves have nothing in common that could be worked out.
    """
    made: list[ReleasedTable] = []
    view, study = replace(view, door=replace(view.door, manner=Manner.DRAFT, made=made)), view.study
    for done, section in enumerate(SECTIONS.values()):
        yield Progress(STEP, done, len(SECTIONS))
        made += tables_of(section(view))
    for figure in _figures(view):
        yield Progress(STEP, len(SECTIONS), len(SECTIONS))
        made.append(figure.table)
    for progress in study.progress:
        waves = {seen.wave for seen in progress.observations if seen.wave} if progress.measure is not None else set[str]()
        for seen in sorted(waves):
            if progress.measure is not None:
                penetration_table(view, progress.measure, study.wave(seen))
    for looked in dict.fromkeys(("", wave)):
        made += _watched(replace(view, selection=Selection(wave=looked)))
    return tuple(dict.fromkeys(made))


def part_tables(view: View) -> Task[tuple[ReleasedTable, ...]]:
    """Return the drafts of every table that the briefs of townships show: of all townships, for all of them can be asked for."""
    made: list[ReleasedTable] = []
    door = replace(view.door, manner=Manner.DRAFT, made=made)
    places = townships_of(view)
    for done, place in enumerate(places):
        yield Progress(STEP_OF_PARTS, done, len(places), place)
        plan = BriefPlan(township=place)
        made += tables_of(make_brief(view.study, view.resources, view.texts, "", plan, door).blocks)
    return tuple(dict.fromkeys(made))


def townships_of(view: View) -> tuple[str, ...]:
    """Return the townships that firms of the newest wave name."""
    return tuple(sorted({str(place) for place in view.firms["township"] if place})) if not view.firms.empty else ()


def tables_of(blocks: tuple[Block, ...] | list[Block]) -> list[ReleasedTable]:
    """Return the tables that blocks show."""
    tables = (block.table if isinstance(block, TableBlock) else _table(block) for block in blocks)
    return [table for table in tables if table is not None]


def _table(block: Block) -> ReleasedTable | None:
    return block.figure.table if isinstance(block, FigureBlock) else None


def _figures(view: View) -> Iterator[Figure]:
    """Yield every figure that can be made of assessments and goals, of the newest wave and of those before."""
    waves = [assessment.wave for assessment in view.study.assessments]
    for wave in ("", *waves[:-1]):
        looked = replace(view, selection=Selection(wave=wave))
        for id_ in figure_ids(view.study):
            try:
                yield figure_of(looked, id_)
            except UserError:
                continue  # this wave has nothing to draw for it


def _watched(view: View) -> list[ReleasedTable]:
    """Return the drafts of what is watched in a wave; what is told of one sector at a time, of all of them."""
    found = watched(view)
    if found is None:
        return []
    by_sector = [sector_table(found, kind) for kind in KINDS] if found.value.models else []
    return [*by_sector, *(figure.table for figure in figures_watched(found))]
