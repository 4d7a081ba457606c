"""The demonstration county, end to end: workbooks, study, levels, visits, assessments, goals, brief; all openly invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.brief import BriefPlan
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.demo_county import CountySummary, write_county
from app.files.demo_county.assessments import NAME as ASSESSMENTS
from app.files.demo_county.assessments import write_assessments
from app.files.demo_county.plan import WAVES
from app.files.demo_county.targets import entered
from app.files.demo_folder import KEY, STUDY, VISITS, clear_demo_folder
from app.files.study_file import create
from app.present.figures import figure_ids
from app.present.released_brief import Settled, settle
from app.workflows.context import DEFAULT_SEED, Context
from app.workflows.new_study import empty_study
from app.workflows.perform import run_all_and_save, run_and_save
from app.workflows.visits import write_list
from app.workflows.write_brief import write_brief
from app.workflows.write_figure import Picture, write_figure

DOCUMENTS = ("brief.docx", "brief.pptx", "tables.xlsx")
VISITED = 280  # firms: about as many as two people see in a summer; enough to estimate nearly every sector
_DAYS = {"new": "2025-07-01", "2025": "2025-07-15", "2026": "2026-07-03", "visits": "2026-07-03", "labels": "2026-08-31"}


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was made, and the study as saved in `path`; `visits` the list that was drawn, `assessments` what came of it."""

    folder: Path
    path: Path
    study: Study
    county: CountySummary
    figures: tuple[str, ...]
    visits: Path
    assessments: Path


def demo(folder: Path, lang: Lang, context: Context, seed: int = DEFAULT_SEED) -> Task[DemoReport]:
    """Make the whole demonstration under `folder`, which must be new, empty, or hold an earlier demonstration.

    Same seed and clock, same bytes; the study plays on the days of `_DAYS` whatever the clock, which only the documents bear.
    UserError `demo.not_empty`, or why the disk will not have it.
    """
    clear_demo_folder(folder)
    county = yield from write_county(folder / "workbooks", seed)
    (folder / "workbooks" / KEY).replace(folder / KEY)
    path = folder / STUDY
    study = empty_study(county.county, _on("new", context), synthetic=True)
    create(path, study)
    for (wave, date), frame in zip(WAVES, county.frames, strict=True):
        paths = (folder / "workbooks" / wave,)
        parameters = {"paths": paths, "wave": wave, "date": date, "design": "census", "frame": folder / "workbooks" / frame}
        study = yield from run_and_save(path, study, "collect", parameters, _on(wave, context))
    study = yield from _visit(study, folder, lang, context, seed)
    study = yield from run_and_save(path, study, "assess", {"seed": seed}, _on("labels", context))
    study = yield from run_all_and_save(path, study, entered(), _on("labels", context))
    study = yield from run_and_save(path, study, "goals", {}, _on("labels", context))
    settled = yield from settle(study, context.resources)
    plan = BriefPlan(issuer=Texts(lang, context.resources.words)("demo.issuer", county=county.county))
    for name in DOCUMENTS:
        yield from write_brief(study, folder / name, lang, context, plan, settled)
    figures = yield from _write_figures((study, settled), folder / "figures", lang, context)
    return DemoReport(folder, path, study, county, figures, folder / VISITS, folder / "workbooks" / ASSESSMENTS)


def _visit(study: Study, folder: Path, lang: Lang, context: Context, seed: int) -> Task[Study]:
    """Assess, draw a visit list, have the assessors fill it in, and take in what they send; return the study as saved."""
    path, drawing = folder / STUDY, _on("visits", context)
    study = yield from run_and_save(path, study, "assess", {"seed": seed}, drawing)
    study = yield from run_and_save(path, study, "visits", {"n": VISITED, "seed": seed}, drawing)
    drawn = study.judgements.visit_lists[-1]
    yield from write_list(study, drawn, folder / VISITS, lang, drawing)
    yield Progress("progress.demo.on_site")
    file = write_assessments(folder / "workbooks", context.resources, drawn.visits, seed)
    return (yield from run_and_save(path, study, "labels", {"file": file, "wave": drawn.wave}, _on("labels", context)))


def _on(scene: str, context: Context) -> Context:
    """Return the context on the day of a scene: a list is drawn before its visits and these are taken in after them, whatever the
    clock says, so the invented study has an invented calendar."""
    return replace(context, now=f"{_DAYS[scene]}T09:00:00+08:00")


def _write_figures(held: tuple[Study, Settled], folder: Path, lang: Lang, context: Context) -> Task[tuple[str, ...]]:
    study, settled = held
    ids = figure_ids(study, context.resources)
    for id_ in ids:
        for ending in (".png", ".svg"):
            yield from write_figure(study, Picture(id_), folder / f"{id_}{ending}", lang, context, settled)
    return ids
