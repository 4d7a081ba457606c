"""Long work as generators for the runners. Everything heavy is imported inside, so that it loads on a worker thread."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from app.domain.findings import CellReference
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.sheet import RawSheet
from app.domain.study import JournalEntry, Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.gui.draft import Draft
from app.gui.panels import check_panel, evidence_panel, firm_panel
from app.gui.source_view import painted, whole_place
from app.gui.widgets.side_panel import Panel
from app.present.pages.collect_values import RevisionView
from app.present.preview import Painted

SEPARATOR = "  ·  "
SAMPLES, LOOKED = 4, 200  # texts of a whole column that are shown as an example; rows looked at for them
HEAVY = (
    "pandas",
    "app.workflows.perform",
    "app.present.evidence",
    "app.present.figures",
    "app.present.draw",
    "app.present.pages.readiness",
    "app.gui.pages.brief",
    "pyqtgraph",  # makes no Qt object while it loads
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is computed from."""

    study: Study
    resources: Resources
    texts: Texts
    selection: Selection
    draft: Draft = Draft()  # noqa: RUF009 - a frozen value
    goal: str = ""
    recent: tuple[tuple[str, str], ...] = ()


def now() -> str:
    """Return the moment, ISO 8601 with seconds and offset."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def load() -> Task[Resources]:
    """Load the resources, then everything that later commands need."""
    from app.files.resources import load_resources

    yield Progress("gui.progress.load")
    resources = load_resources()
    for name in HEAVY:
        yield Progress("gui.progress.load")
        import_module(name)
    gc.freeze()  # what is loaded stays: looking through it again and again would hold the window for a tenth of a second
    return resources


def open_file(path: Path) -> Task[Study]:
    """Open the study at `path`."""
    from app.files.study_file import open_study

    yield Progress("gui.progress.open", detail=path.name)
    return open_study(path)


def new(path: Path, resources: Resources) -> Task[Study]:
    """Make a study file."""
    from app.workflows.context import Context
    from app.workflows.new_study import new_study

    return (yield from new_study(path, Context(resources, now())))


def change(path: Path, study: Study, command: str, parameters: Mapping[str, Any], resources: Resources) -> Task[Study]:
    """Run a command that changes the study and save it with its journal."""
    from app.workflows.context import Context
    from app.workflows.perform import run_and_save

    return (yield from run_and_save(path, study, command, parameters, Context(resources, now())))


def restore(path: Path, study: Study, target: Study, command: str) -> Task[Study]:
    """Make `target`, an earlier or later study, the present one; the journal tells it."""
    from app.domain import journal as chain
    from app.files.study_file import save
    from app.workflows.perform import journaled

    yield Progress("gui.progress.save", detail=path.name)
    after = journaled(study, target, command, {"to": len(target.journal)}, now())
    save(path, after, chain.head(study.journal))
    return after


def evidence(asked: Asked, mark: str) -> Task[Panel]:
    """Open the number named by `mark`."""
    from app.present.evidence import evidence as opened

    yield Progress("gui.progress.page")
    return evidence_panel(opened(asked.study, asked.resources, mark, asked.texts), asked.texts)


def firm(asked: Asked, position: int) -> Task[Panel]:
    """Open a response: every answer with its cell."""
    from app.present.evidence import firm_detail
    from app.present.evidence.why import explained

    yield Progress("gui.progress.page")
    why = explained(asked.study, position)
    return firm_panel(firm_detail(asked.study, asked.resources, position, asked.texts, why), asked.texts)


def page(id_: str, asked: Asked) -> Task[Any]:
    """Compute the value of a page."""
    from app.present import pages

    yield Progress("gui.progress.page")
    study, resources, texts = asked.study, asked.resources, asked.texts
    if id_ == "start":
        return pages.start_page(study, resources, texts, asked.recent)
    if id_ == "brief":
        return pages.brief_page(study, resources, texts, asked.draft.plan, asked.draft.lang)
    if id_ == "goal":
        return pages.goal_page(study, resources, texts, asked.selection, asked.goal)
    if id_ == "goals":
        return pages.goals_page(study, resources, texts, asked.selection, asked.goal)
    make = getattr(pages, f"{id_}_page")
    return make(study, resources, texts, asked.selection)


def check(paths: tuple[Path, ...], resources: Resources, texts: Texts) -> Task[Panel]:
    """Read and check workbooks without a study."""
    from app.workflows.check import check as checked
    from app.workflows.context import Context

    report = yield from checked(paths, Context(resources, now()))
    return check_panel(report, resources, texts)


def demo(folder: Path, resources: Resources, lang: Lang) -> Task[Path]:
    """Make the demonstration county under `folder`; return its study file."""
    from app.workflows.context import Context
    from app.workflows.demo import demo as made

    report = yield from made(folder, lang, Context(resources, now()))
    return report.path


def figures(asked: Asked, folder: Path, lang: Lang) -> Task[Path]:
    """Write every figure of the study, vector and pixels, into `folder`."""
    from app.present.figures import figure_ids
    from app.present.released_brief import settled_for
    from app.workflows.context import Context
    from app.workflows.write_figure import Picture, write_figure

    context, ids = Context(asked.resources, now()), figure_ids(asked.study, asked.resources)
    settled = yield from settled_for(asked.study, asked.resources, asked.selection)
    for done, id_ in enumerate(ids):
        yield Progress("gui.progress.figures", done, len(ids), id_)
        for ending in (".svg", ".png"):
            yield from write_figure(asked.study, Picture(id_, asked.selection), folder / f"{id_}{ending}", lang, context, settled)
    return folder


def source(asked: Asked, path: Path, place: CellReference) -> Task[Painted]:
    """Read the sheet of `place` as it was received and say what every row and column of it was taken for."""
    from app.workflows.context import Context
    from app.workflows.preview import preview

    known = whole_place(place, asked)
    context = Context(asked.resources, now())
    return painted((yield from preview(path, asked.study, known.source, known.sheet, context)), asked, known)


def written(
    id_: str, path: Path, resources: Resources, lang: Lang, parameters: Mapping[str, Any]
) -> Task[tuple[JournalEntry, ...]]:
    """Run a command of the catalogue that writes files for others, on the study at `path`; what is not said stays open.

    Returns the journal of the study file afterwards: some of these commands write themselves down there.
    """
    from app.commands.catalog import Request, command
    from app.files.study_file import open_study
    from app.workflows.context import Context

    entry = command(id_)
    given = {each.name: each.default for each in entry.parameters} | {"study": path} | dict(parameters)
    yield from entry.load()(Request(given, lang, Context(resources, now())))
    return open_study(path).journal


def revision(asked: Asked, source: str) -> Task[RevisionView]:
    """Work out what a file that corrects an earlier one would change."""
    from app.present.pages.collect_revisions import revision_view
    from app.present.view import View
    from app.workflows.revisions import revision_of

    yield Progress("gui.progress.page")
    return revision_view(View(asked.study, asked.resources, asked.texts), source, revision_of(asked.study, source))


def cell_texts(
    asked: Asked, path: Path, places: tuple[CellReference, ...], below: bool = False
) -> Task[dict[CellReference, str]]:
    """Read the texts of some cells from the workbooks kept in the study; a place in none of them is left out.

    `below`: the places are headings, and it is what stands beneath them that is to be seen.
    """
    from app.files.read_workbook import read_content
    from app.files.study_file import read_source

    held = {source.name: source for source in asked.study.sources if source.status == "read"}
    found: dict[CellReference, str] = {}
    for name in dict.fromkeys(place.source for place in places if place.source in held):
        workbook = yield from read_content(name, read_source(path, held[name].sha256))
        sheets = {sheet.name: sheet for sheet in workbook.sheets}
        here = [place for place in places if place.source == name and place.sheet in sheets and (place.row or place.column)]
        found |= {place: _sample(sheets[place.sheet], place, below) for place in here}
    return found


def _sample(sheet: RawSheet, place: CellReference, below: bool) -> str:
    """The text of a cell; of a whole row its first texts, of a heading or a whole column those that stand beneath it."""
    if not place.column:
        texts = (sheet.text(place.row - 1, position) for position in range(min(len(sheet.columns), LOOKED)))
        return SEPARATOR.join([text for text in texts if text][: SAMPLES // 2])
    if place.row and not below:
        return sheet.text(place.row - 1, place.column - 1)
    texts = (sheet.text(row, place.column - 1) for row in range(place.row, min(sheet.n_rows, place.row + LOOKED)))
    return SEPARATOR.join(list(dict.fromkeys(text for text in texts if text))[:SAMPLES])
