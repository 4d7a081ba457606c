"""The demonstration county, end to end: workbooks, study, levels, visits, assessments, goals, brief; all openly invented."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang
from app.files.demo_county import CountySummary, write_county
from app.files.demo_county.assessments import write_assessments
from app.files.demo_county.plan import WAVES
from app.files.demo_folder import KEY, STUDY, VISITS, clear_demo_folder
from app.files.study_file import create
from app.present.figures import figure_ids
from app.workflows.context import DEFAULT_SEED, Context
from app.workflows.new_study import empty_study
from app.workflows.perform import run_and_save
from app.workflows.visits import write_list
from app.workflows.write_brief import write_brief
from app.workflows.write_figure import Picture, write_figure

DOCUMENTS = ("brief.docx", "brief.pptx", "tables.xlsx")
VISITED = 220  # firms: about as many as two people see in a summer


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was made, and the study as saved in `path`."""

    folder: Path
    path: Path
    study: Study
    county: CountySummary
    figures: tuple[str, ...]


def demo(folder: Path, lang: Lang, context: Context, seed: int = DEFAULT_SEED) -> Task[DemoReport]:
    """Make the whole demonstration under `folder`, which must be new, empty, or hold an earlier demonstration.

    Same seed and clock, same bytes. UserError `demo.not_empty`, or why the disk will not have it.
    """
    clear_demo_folder(folder)
    county = yield from write_county(folder / "workbooks", seed)
    (folder / "workbooks" / KEY).replace(folder / KEY)
    path = folder / STUDY
    study = empty_study(county.county, context, synthetic=True)
    create(path, study)
    for (wave, date), frame in zip(WAVES, county.frames, strict=True):
        paths = (folder / "workbooks" / wave,)
        parameters = {"paths": paths, "wave": wave, "date": date, "design": "census", "frame": folder / "workbooks" / frame}
        study = yield from run_and_save(path, study, "collect", parameters, context)
    study = yield from run_and_save(path, study, "assess", {"seed": seed}, context)
    study = yield from _visit(study, folder, lang, context, seed)
    study = yield from run_and_save(path, study, "assess", {"seed": seed}, context)
    study = yield from run_and_save(path, study, "goals", {}, context)
    for name in DOCUMENTS:
        yield from write_brief(study, folder / name, lang, context)
    figures = yield from _write_figures(study, folder / "figures", lang, context)
    return DemoReport(folder, path, study, county, figures)


def _visit(study: Study, folder: Path, lang: Lang, context: Context, seed: int) -> Task[Study]:
    """Draw a visit list, have the county's assessors fill it in, and take in what they send; return the study as saved."""
    path = folder / STUDY
    study = yield from run_and_save(path, study, "visits", {"n": VISITED, "seed": seed}, context)
    drawn = study.judgements.visit_lists[-1]
    yield from write_list(study, drawn, folder / VISITS, lang, context)
    yield Progress("progress.demo.on_site")
    file = write_assessments(folder / "workbooks", context.resources, drawn.visits, seed)
    return (yield from run_and_save(path, study, "labels", {"file": file, "wave": drawn.wave}, context))


def _write_figures(study: Study, folder: Path, lang: Lang, context: Context) -> Task[tuple[str, ...]]:
    ids = figure_ids(study)
    for id_ in ids:
        for ending in (".png", ".svg"):
            yield from write_figure(study, Picture(id_), folder / f"{id_}{ending}", lang, context)
    return ids
