"""The one way a brief or a figure leaves: its tables hide what keeps all documents of the study safe together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.analysis.disclosure.joint import Asked, Joint, joint, without_given_away
from app.domain.brief import Block, Brief, BriefPlan, FigureBlock, Paragraph, TableBlock
from app.domain.errors import UserError
from app.domain.figure import Figure
from app.domain.release import Manner
from app.domain.release_report import ReleaseReport
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.statistic import Naming
from app.domain.study import Study
from app.domain.task import Progress, Task, run_to_end
from app.domain.words import Texts
from app.present.brief import make_brief
from app.present.brief.evidence import with_evidence
from app.present.door import Door
from app.present.release_words import GIVEN_AWAY, NEVER_DROPPED, report_of, with_report
from app.present.view import ALL, FILTERS, View
from app.present.whole import naming_of, part_tables, whole_tables

APART_OF_PARTS = 3
"""How closely the firms of a sector in a township may be told: of the whole place they are told exactly, and so they add up."""

_HIDE = "progress.brief.hide"


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What all documents of a study keep back, found once: `whole` for those of all firms, `parts` for those of townships."""

    naming: Naming
    whole: Joint
    parts: Joint | None = None
    memo: dict[Hashable, Any] = field(default_factory=dict)

    def of(self, plan: BriefPlan) -> Joint:
        """Return what the brief of a plan keeps back."""
        return self.parts if plan.township and self.parts is not None else self.whole


def settle(
    study: Study, resources: Resources, parts: bool = False, wave: str = "", known: Settled | None = None
) -> Task[Settled]:
    """Return what documents of this study keep back beside all that was released before; `parts`: those of townships too.

    `known` is what was found for all firms of this very study already.
    """
    naming, memo = (naming_of(study, resources, _draft(resources)), {}) if known is None else (known.naming, known.memo)
    view = View(study, resources, _draft(resources), door=Door(Manner.DRAFT, naming=naming, memo=memo))
    whole = (yield from _whole(view, wave)) if known is None else known.whole
    if not parts:
        return Settled(naming, whole, memo=memo)
    of_parts = yield from part_tables(view)
    yield Progress(_HIDE)
    asked = Asked(of_parts, naming, study.signing.releases, whole.drafts, whole.withheld, apart=APART_OF_PARTS)
    return Settled(naming, whole, joint(asked), memo)


def _draft(resources: Resources) -> Texts:
    """Return words for a draft, which nobody reads."""
    return Texts("zh", resources.words)


def _whole(view: View, wave: str) -> Task[Joint]:
    tables = yield from whole_tables(view, wave)
    yield Progress(_HIDE)
    found = joint(Asked(tables, view.door.naming, view.study.signing.releases))
    return without_given_away(found, view.door.naming, GIVEN_AWAY)


def settled_of(study: Study, resources: Resources, plan: BriefPlan, settled: Settled | None) -> Task[Settled]:
    """Return what documents of the study keep back, found anew as far as `settled` does not say it for such a plan.

    UserError `brief.needs_responses` where nothing was collected.
    """
    if settled is not None and (settled.parts is not None or not plan.township):
        return settled
    if study.responses is None or not study.waves:
        raise UserError("brief.needs_responses")
    return (yield from settle(study, resources, bool(plan.township), known=settled))


def settled_for(study: Study, resources: Resources, selection: Selection) -> Task[Settled]:
    """Return what figures of a selection keep back."""
    return settle(study, resources, _is_of_township(selection), selection.wave)


def _is_of_township(selection: Selection) -> bool:
    return [name for name in FILTERS if getattr(selection, name)] == ["township"]


def release_brief(
    study: Study,
    resources: Resources,
    texts: Texts,
    created: str,
    plan: BriefPlan | None = None,
    settled: Settled | None = None,
) -> tuple[Brief, ReleaseReport]:
    """Return the brief as it may leave, and the report on it; arguments and UserError as `present.brief.make_brief`.

    `settled` is what was found for this very study already (`settle`), where several documents of it are made.
    """
    asked = plan or BriefPlan()
    held = settled or run_to_end(settled_of(study, resources, asked, None))
    found = held.of(asked)
    door = Door(Manner.TOGETHER, found.withheld, held.naming, None, held.memo)
    brief = make_brief(study, resources, texts, created, asked, door)
    report = report_of(found, held.naming, brief.blocks)
    blocks = with_report(tuple(_kept(block, dict(report.dropped), texts) for block in brief.blocks), report, texts)
    view = View(study, resources, texts, Selection(sector=asked.sector, township=asked.township), door)
    return replace(brief, blocks=with_evidence(view, blocks)), report


def _kept(block: Block, dropped: Mapping[str, str], texts: Texts) -> Block:
    """Return a block, or why its table is left out."""
    if isinstance(block, TableBlock) and block.table.id in dropped:
        return Paragraph(texts(dropped[block.table.id], title=block.title))
    if isinstance(block, FigureBlock) and block.figure.table.id in dropped and block.figure.kind not in NEVER_DROPPED:
        return Paragraph(texts(dropped[block.figure.table.id], title=block.figure.subtitle or block.figure.title))
    return block


def release_figure(
    study: Study,
    resources: Resources,
    make: Callable[[View], Figure],
    texts: Texts,
    selection: Selection = ALL,
    settled: Settled | None = None,
) -> Figure:
    """Return the figure that `make` draws of a view as it may leave; UserError of `make`.

    It hides what the brief hides, and under filters what would tell the part from the whole.
    """
    held = settled or run_to_end(settled_for(study, resources, selection))
    view = View(study, resources, texts, selection, Door(Manner.DRAFT, naming=held.naming, made=[], memo=held.memo))
    found = held.parts if _is_of_township(selection) and held.parts is not None else held.whole
    if view.filters:
        make(view)
        beside = (*held.whole.drafts, *(() if held.parts is None else held.parts.drafts))
        found = joint(Asked(tuple(view.door.made or ()), held.naming, study.signing.releases, beside, found.withheld))
    return make(replace(view, door=Door(Manner.TOGETHER, found.withheld, held.naming, None, held.memo)))
