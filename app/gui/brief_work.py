"""Long work about briefs as generators for the runners; everything heavy is imported inside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.brief import BriefPlan, BriefTemplate
from app.domain.task import Progress, Task
from app.domain.words import Lang
from app.gui.draft import Draft
from app.gui.work import Asked, now

if TYPE_CHECKING:
    from app.domain.verified import Verified
    from app.workflows.preview_brief import Shown
    from app.workflows.write_briefs import Batch, Written


def usual_sections(template: BriefTemplate, plan: BriefPlan) -> tuple[str, ...]:
    """Return the sections a brief has when nobody chose any."""
    from app.present.brief import wanted_sections

    return wanted_sections(template, BriefPlan(plan.template, (), plan.township, plan.sector))


def scopes(asked: Asked) -> Task[tuple[tuple[str, str], ...]]:
    """Return what a brief can be about, as (value, words)."""
    from app.present.pages import brief_page

    yield Progress("gui.progress.page")
    chips = brief_page(asked.study, asked.resources, asked.texts).chips
    return next((chip.options for chip in chips if chip.field == "scope"), ())


def shown(asked: Asked, draft: Draft, formats: tuple[str, ...]) -> Task[Shown]:
    """Make the brief's file and read its pages back."""
    from app.workflows.context import Context
    from app.workflows.preview_brief import preview_brief, seen_as

    return (yield from preview_brief(asked.study, seen_as(formats), draft.lang, Context(asked.resources, now()), draft.plan))


def brief(asked: Asked, path: Path, draft: Draft) -> Task[Path]:
    """Write the brief in the format of the file's ending."""
    from app.workflows.context import Context
    from app.workflows.write_brief import write_brief

    return (yield from write_brief(asked.study, path, draft.lang, Context(asked.resources, now()), draft.plan))


def briefs(asked: Asked, batch: Batch, lang: Lang) -> Task[Written]:
    """Write a brief of each township or sector."""
    from app.workflows.context import Context
    from app.workflows.write_briefs import write_briefs

    return (yield from write_briefs(asked.study, batch, lang, Context(asked.resources, now())))


def verified(asked: Asked, document: Path, study: Path) -> Task[Verified]:
    """Hold a document against the study, number by number."""
    from app.workflows.context import Context
    from app.workflows.verify import Place, verify_file

    return (yield from verify_file(asked.study, Place(document, study), Context(asked.resources, now())))
