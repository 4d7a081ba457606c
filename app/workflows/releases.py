"""The register of what was released, and how a brief would be released now beside it.

A draft that somebody writes for himself is no release: only an approved brief, a package for the next level and a file of firms
without their names enter the register.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.brief import BriefPlan
from app.domain.release_report import ReleaseReport
from app.domain.signing import Release
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.present.released_brief import release_brief
from app.workflows.context import Context


@dataclass(frozen=True, slots=True)
class Released:
    """What was released, oldest first, and the `report` of the brief as it would go out now (None: not asked for)."""

    releases: tuple[Release, ...]
    report: ReleaseReport | None = None


def releases(study: Study, lang: Lang, context: Context, plan: BriefPlan | None = None, check: bool = False) -> Task[Released]:
    """Return the register, with `check` the report on the brief of `plan` too, its titles in `lang`.

    UserError `brief.*` where there is nothing to say.
    """
    yield Progress("progress.releases")
    texts = Texts(lang, context.resources.words)
    report = release_brief(study, context.resources, texts, context.now, plan)[1] if check else None
    return Released(study.signing.releases, report)
