"""One command on a study: run it, write it into the journal, save both in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain import journal as chain
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.file_names import shown_name
from app.files.study_content import result_blobs
from app.files.study_file import open_study, save
from app.workflows.assess import assess
from app.workflows.collect import Collection, collect
from app.workflows.context import DEFAULT_SEED, Context
from app.workflows.goals import goals
from app.workflows.waves import Said

Parameters = Mapping[str, Any]
_SMALL = ("waves", "sources", "findings")


def perform(path: Path, command: str, parameters: Parameters, context: Context) -> Task[Study]:
    """Open the study at `path`, run `command` on it and save; return the study as saved.

    Nothing is saved when the command changes nothing or raises (UserError of the command, or of the file).
    """
    yield Progress("progress.open", detail=path.name)
    study = open_study(path)
    return (yield from run_and_save(path, study, command, parameters, context))


def run_and_save(path: Path, study: Study, command: str, parameters: Parameters, context: Context) -> Task[Study]:
    """Run `command` on `study`, which is the one in the file at `path`, and save; return the study as saved."""
    after = yield from apply(study, command, parameters, context)
    if after is study:
        return study
    yield Progress("progress.save", detail=path.name)
    save(path, after, chain.head(study.journal))
    return replace(after, sources=tuple(replace(source, content=None) for source in after.sources))


def apply(study: Study, command: str, parameters: Parameters, context: Context) -> Task[Study]:
    """Return the study after `command` with its journal entry; the very same study when nothing changed.

    `command` is collect, assess or goals, with the parameters it has in the catalogue; KeyError for any other.
    """
    after = yield from _STEPS[command](study, parameters, context)
    return study if _same(study, after) else journaled(study, after, command, parameters, context.now)


def journaled(before: Study, after: Study, command: str, parameters: Parameters, now: str) -> Study:
    """Return `after` with `before`'s journal and one more entry; for an undo, `after` is the earlier study."""
    shown = {name: _shown(value) for name, value in parameters.items() if value not in (None, "", ())}
    texts = (json.dumps(value, ensure_ascii=False, sort_keys=True) for value in (shown, effect_of(before, after)))
    return replace(after, journal=chain.append(before.journal, now, command, *texts))


def effect_of(before: Study, after: Study) -> dict[str, object]:
    """Return what a command changed: what came or went, what was computed, and the hashes of the files it brought."""
    counts = {
        "waves": len(after.waves) - len(before.waves),
        "responses": len(after.responses or ()) - len(before.responses or ()),
        "findings": len(after.findings) - len(before.findings),
        "assessments": len(after.assessments) if after.assessments is not before.assessments else 0,
        "goals": len(after.progress) if after.progress is not before.progress else 0,
    }
    known = {(source.sha256, source.name) for source in before.sources}
    files = {source.name: source.sha256 for source in after.sources if (source.sha256, source.name) not in known}
    changed: dict[str, object] = {name: count for name, count in counts.items() if count}
    return {**changed, "files": files} if files else changed


def _same(before: Study, after: Study) -> bool:
    """Whether nothing changed; results computed anew are held against the old ones byte by byte, as they would be stored."""
    if before.responses is not after.responses or any(getattr(before, name) != getattr(after, name) for name in _SMALL):
        return False
    kept = before.assessments is after.assessments and before.progress is after.progress
    return kept or result_blobs(before) == result_blobs(after)


def _shown(value: Any) -> Any:
    """A parameter as the journal keeps it: files by name alone, never the folders of someone's computer."""
    if isinstance(value, Path):
        return shown_name(value)
    if isinstance(value, tuple | list):
        return [_shown(each) for each in value]
    return value


def _collect(study: Study, parameters: Parameters, context: Context) -> Task[Study]:
    wave, date, design = (str(parameters.get(name) or "") for name in ("wave", "date", "design"))
    return collect(study, Collection(tuple(parameters["paths"]), Said(wave, date, design), parameters.get("frame")), context)


def _assess(study: Study, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001 - one shape for all steps
    seed = parameters.get("seed")
    return assess(study, DEFAULT_SEED if seed in (None, "") else int(seed))  # 0 is a seed like any other


def _goals(study: Study, parameters: Parameters, context: Context) -> Task[Study]:
    return goals(study, context.resources.goal_book, parameters.get("as_of") or "")


_STEPS: Mapping[str, Callable[[Study, Parameters, Context], Task[Study]]] = {
    "collect": _collect,
    "assess": _assess,
    "goals": _goals,
}
