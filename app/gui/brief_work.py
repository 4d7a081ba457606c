"""Long work about briefs as generators for the runners; everything heavy is imported inside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.brief import BriefPlan, BriefTemplate
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.gui.draft import Draft
from app.gui.panels import evidence_panel
from app.gui.panels_brief import number_panel, places_panel, report_panel
from app.gui.widgets.side_panel import Panel
from app.gui.work import Asked, now

if TYPE_CHECKING:
    from app.domain.claims import Claim
    from app.domain.verified import Verified
    from app.present.released_brief import Settled
    from app.workflows.preview_brief import Shown
    from app.workflows.write_briefs import Batch, Written


def usual_sections(template: BriefTemplate, plan: BriefPlan) -> tuple[str, ...]:
    """Return the sections a brief has when nobody chose any."""
    from app.present.brief import wanted_sections

    return wanted_sections(template, BriefPlan(plan.template, (), plan.township, plan.sector))


def templates(resources: Resources, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the templates of the program, as (id, words)."""
    from app.present.pages.brief import template_options

    return template_options(resources, texts)


def places(texts: Texts) -> Panel:
    """Return the panel with the names that a document of one's own can hold."""
    from app.files.brief_places import known_places

    return places_panel(known_places(), texts)


def scopes(asked: Asked) -> Task[tuple[tuple[str, str], ...]]:
    """Return what a brief can be about, as (value, words)."""
    from app.present.pages import brief_page

    yield Progress("gui.progress.page")
    chips = brief_page(asked.study, asked.resources, asked.texts).chips
    return next((chip.options for chip in chips if chip.field == "scope"), ())


@dataclass(slots=True, eq=False)
class Settling:
    """What all documents of `study` keep back (`parts`: those of townships too), worked out a step at a time.

    It belongs to no draft: whoever waits for it may leave, and the next goes on where it stands.
    """

    study: Study
    parts: bool
    found: Settled | None = None
    task: Task[Settled] | None = None

    def serves(self, study: Study, plan: BriefPlan) -> bool:
        """Whether a brief of `study` by `plan` can be made of what is found here."""
        return self.study is study and (self.parts or not plan.township)


def settled(asked: Asked, plan: BriefPlan, settling: Settling) -> Task[Settled]:
    """Go on working out what the study keeps back until it is found."""
    from app.present.released_brief import settled_of

    task = settling.task = settling.task or settled_of(asked.study, asked.resources, plan, None)
    while settling.found is None:
        try:
            progress = next(task)
        except StopIteration as stop:
            settling.found = stop.value
        except BaseException:  # raised again: whatever ended it, it cannot go on
            settling.task = None
            raise
        else:
            yield progress
    return settling.found


def shown(asked: Asked, draft: Draft, formats: tuple[str, ...], settling: Settling) -> Task[Shown]:
    """Make the brief's file and read its pages back."""
    from app.workflows.context import Context
    from app.workflows.preview_brief import Wanted, preview_brief, seen_as

    held = yield from settled(asked, draft.plan, settling)
    wanted = Wanted(draft.plan, draft.lang, seen_as(formats))
    return (yield from preview_brief(asked.study, wanted, Context(asked.resources, now()), held))


def report(asked: Asked, draft: Draft, settled: Settled | None) -> Task[Panel]:
    """Say what the brief shows and keeps back, for the side panel."""
    from app.workflows.context import Context
    from app.workflows.preview_brief import Wanted, report_brief

    wanted = Wanted(draft.plan, asked.texts.lang, "")
    found = yield from report_brief(asked.study, wanted, Context(asked.resources, now()), settled)
    return report_panel(found, asked.texts)


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind a number (`panel`, None for one the brief does not know), and all numbers of the brief by identifier."""

    claims: dict[str, Claim]
    panel: Panel | None


def behind(asked: Asked, draft: Draft, known: tuple[Settled | None, dict[str, Claim] | None], id_: str) -> Task[Behind]:
    """Find what is behind a number of the brief; `known` is what was found before."""
    from app.present.evidence import evidence

    settled, claims = known
    if claims is None:
        yield Progress("progress.brief.make")
        claims = _claims(asked, draft, settled)
    yield Progress("gui.progress.page")
    claim = claims.get(id_)
    if claim is None:
        return Behind(claims, None)
    if not claim.evidence:
        return Behind(claims, number_panel(claim, asked.texts))
    return Behind(claims, evidence_panel(evidence(asked.study, asked.resources, claim.evidence, asked.texts), asked.texts))


def _claims(asked: Asked, draft: Draft, settled: Settled | None) -> dict[str, Claim]:
    from app.present.claims import claims_of
    from app.present.released_brief import release_brief

    texts = asked.texts.switched(draft.lang)
    made, _report = release_brief(asked.study, asked.resources, texts, now(), draft.plan, settled)
    return {claim.id: claim for claim in claims_of(made.blocks, texts)}


def brief(asked: Asked, path: Path, draft: Draft, settled: Settled | None = None) -> Task[Path]:
    """Write the brief in the format of the file's ending."""
    from app.workflows.context import Context
    from app.workflows.write_brief import write_brief

    return (yield from write_brief(asked.study, path, draft.lang, Context(asked.resources, now()), draft.plan, settled))


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
