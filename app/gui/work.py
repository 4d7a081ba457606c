"""Long work as generators for the runners. Everything heavy is imported inside, so that it loads on a worker thread."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.gui.panels import evidence_panel, firm_panel
from app.gui.widgets.side_panel import Panel

HEAVY = ("pandas", "app.workflows.perform", "app.present.pages", "app.present.figures", "app.present.draw")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is computed from."""

    study: Study
    resources: Resources
    texts: Texts
    selection: Selection
    brief_lang: Lang = "zh"
    goal: str = ""


def now() -> str:
    """Return the moment, ISO 8601 with seconds and offset."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def load() -> Task[Resources]:
    """Load the resources, then everything that later commands need."""
    from app.files.resources import load_resources

    yield Progress("load")
    resources = load_resources()
    for name in HEAVY:
        yield Progress("load")
        import_module(name)
    return resources


def open_file(path: Path) -> Task[Study]:
    """Open the study at `path`."""
    from app.files.study_file import open_study

    yield Progress("open", detail=path.name)
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

    yield Progress("save", detail=path.name)
    after = journaled(study, target, command, {"to": len(target.journal)}, now())
    save(path, after, chain.head(study.journal))
    return after


def evidence(asked: Asked, mark: str) -> Task[Panel]:
    """Open the number named by `mark`."""
    from app.present.evidence import evidence as opened

    yield Progress("evidence")
    return evidence_panel(opened(asked.study, asked.resources, mark, asked.texts), asked.texts)


def firm(asked: Asked, position: int) -> Task[Panel]:
    """Open a response: every answer with its cell."""
    from app.present.evidence import firm_detail

    yield Progress("evidence")
    return firm_panel(firm_detail(asked.study, asked.resources, position, asked.texts), asked.texts)
