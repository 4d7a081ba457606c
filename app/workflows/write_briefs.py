"""Many briefs in one go: one of each township or of each sector, into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from app.domain.brief import BriefPlan
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.atomic import filled_folder
from app.files.slip_names import slip_name
from app.present.released_brief import settle
from app.present.view import View
from app.workflows.context import Context
from app.workflows.write_brief import check_plan, write_brief

By = Literal["township", "sector"]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is wanted: a brief for each value of `by`, in `folder`, as files of this `ending`, each after `plan`."""

    folder: Path
    by: By = "township"
    ending: str = ".docx"
    plan: BriefPlan = BriefPlan()  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and the parts (township or sector) of which none could be, with the reason."""

    files: tuple[Path, ...]
    left_out: tuple[tuple[str, UserError], ...]


def write_briefs(study: Study, batch: Batch, lang: Lang, context: Context) -> Task[Written]:
    """Write a brief of each township or sector that has assessed firms; one that cannot be written is told and stops no other,
    unless it is so with all.

    UserError: `briefs.none` where no firm names a township (or sector), `brief.*` for a plan that no part could be written by, or
    why the disk will not have them.
    """
    parts = parts_of(study, batch.by, lang, context)
    if not parts:
        raise UserError("briefs.none", by=Texts(lang, context.resources.words)(f"brief.by.{batch.by}"))
    check_plan(batch.plan, batch.ending, context)
    with filled_folder(batch.folder):
        return (yield from _each(study, batch, parts, (lang, context)))


def _each(study: Study, batch: Batch, parts: Sequence[tuple[str, str]], said: tuple[Lang, Context]) -> Task[Written]:
    lang, context = said
    files: list[Path] = []
    left_out: list[tuple[str, UserError]] = []
    taken: set[str] = set()
    settled = yield from settle(study, context.resources, parts=batch.by == "township")
    for done, (value, label) in enumerate(parts):
        yield Progress("progress.briefs", done, len(parts), label)
        path = batch.folder / slip_name(f"{label.replace('/', '_')}{batch.ending}", "", batch.ending, taken)
        try:
            yield from write_brief(study, path, lang, context, _plan_of(batch, value), settled)
            files.append(path)
        except UserError as error:
            if not error.code.startswith("brief."):
                raise
            left_out.append((label, error))
    if not files:
        raise left_out[0][1]
    return Written(tuple(files), tuple(left_out))


def parts_of(study: Study, by: By, lang: Lang, context: Context) -> Sequence[tuple[str, str]]:
    """Return (value, label) of each township or sector of the newest assessed wave, named ones alone, in order."""
    view = View(study, context.resources, Texts(lang, context.resources.words))
    values = sorted({str(value) for value in view.firms[by] if value}) if not view.firms.empty else []
    return [(value, view.filter_value(by, value)) for value in values]


def _plan_of(batch: Batch, value: str) -> BriefPlan:
    return replace(batch.plan, township=value) if batch.by == "township" else replace(batch.plan, sector=value)
