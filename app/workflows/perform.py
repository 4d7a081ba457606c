"""One command on a study: run it, write it into the journal, save both in one transaction."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

from app.domain import journal as chain
from app.domain.decisions import Guidance
from app.domain.judgement import Judgements
from app.domain.signing import Signing, kept
from app.domain.study import Study
from app.domain.targets import Targets
from app.domain.task import Progress, Task
from app.files.atomic import put_back
from app.files.file_names import shown_name
from app.files.study_content import result_blobs
from app.files.study_file import open_study, save
from app.workflows.context import Context
from app.workflows.steps import STEPS, Parameters

_SMALL = ("waves", "sources", "findings", "guidance", "questions", "judgements", "targets", "signing")
_SECRET = "passwords"  # noqa: S105 - the parameter that is never written down


def perform(path: Path, command: str, parameters: Parameters, context: Context) -> Task[Study]:
    """Open the study at `path`, run `command` on it and save; return the study as saved.

    Nothing is saved when the command changes nothing or raises (UserError of the command, or of the file).
    """
    yield Progress("progress.open", detail=path.name)
    study = open_study(path)
    return (yield from run_and_save(path, study, command, parameters, context))


def run_and_save(path: Path, study: Study, command: str, parameters: Parameters, context: Context) -> Task[Study]:
    """Run `command` on `study`, which is the one in the file at `path`, and save; return the study as saved."""
    return run_all_and_save(path, study, ((command, parameters),), context)


def run_all_and_save(path: Path, study: Study, commands: Sequence[tuple[str, Parameters]], context: Context) -> Task[Study]:
    """Run commands one after the other on `study`, which is the one in the file at `path`, and save once; return it as saved.

    A file that a command writes to `out` stays only when the study with its journal entry is saved.
    """
    with ExitStack() as stack:
        for out in filter(None, (parameters.get("out") for _, parameters in commands)):
            stack.enter_context(put_back(Path(out)))
        return (yield from _saved(path, study, commands, context))


def _saved(path: Path, study: Study, commands: Sequence[tuple[str, Parameters]], context: Context) -> Task[Study]:
    after = study
    for command, parameters in commands:
        after = yield from apply(path, after, command, parameters, context)
    if after is study:
        return study
    yield Progress("progress.save", detail=path.name)
    save(path, after, chain.head(study.journal))
    return replace(after, sources=tuple(replace(source, content=None) for source in after.sources))


def record(path: Path, study: Study, command: str, parameters: Parameters, context: Context) -> Study:
    """Write into the journal of the study at `path` that something left it; return the study as saved."""
    after = journaled(study, study, command, parameters, context.now)
    save(path, after, chain.head(study.journal))
    return after


def apply(path: Path, study: Study, command: str, parameters: Parameters, context: Context) -> Task[Study]:
    """Return the study in the file at `path` after `command` with its journal entry; the very same study when nothing changed.

    `command` is one that `steps` knows, with the parameters it has in the catalogue; KeyError for any other.
    """
    after = yield from STEPS[command](study, path, parameters, context)
    return study if _same(study, after) else journaled(study, after, command, parameters, context.now)


def journaled(before: Study, after: Study, command: str, parameters: Parameters, now: str) -> Study:
    """Return `after` with `before`'s journal and one more entry; for an undo, `after` is the earlier study.

    What was released stays in the register whatever is undone.
    """
    after = replace(after, signing=kept(before.signing, after.signing))
    given = {name: value for name, value in parameters.items() if name != _SECRET and value is not False}
    shown = {name: _shown(value) for name, value in given.items() if value not in (None, "", ())}
    texts = (json.dumps(value, ensure_ascii=False, sort_keys=True) for value in (shown, effect_of(before, after)))
    return replace(after, journal=chain.append(before.journal, now, command, *texts))


def effect_of(before: Study, after: Study) -> dict[str, object]:
    """Return what a command changed: what came or went, was decided or computed, and the hashes of the files it brought."""
    counts = {
        "waves": len(after.waves) - len(before.waves),
        "responses": len(after.responses or ()) - len(before.responses or ()),
        "findings": len(after.findings) - len(before.findings),
        "questions": len(after.questions) - len(before.questions),
        **_guidance_effect(before.guidance, after.guidance),
        **_judgement_effect(before.judgements, after.judgements),
        **_target_effect(before.targets, after.targets),
        **_signing_effect(before.signing, after.signing),
        "register": len(after.register.firms) if after.register is not None and after.register is not before.register else 0,
        "assessments": len(after.assessments) if after.assessments is not before.assessments else 0,
        "goals": len(after.progress) if after.progress is not before.progress else 0,
    }
    known = {(source.sha256, source.name) for source in before.sources}
    files = {source.name: source.sha256 for source in after.sources if (source.sha256, source.name) not in known}
    changed: dict[str, object] = {name: count for name, count in counts.items() if count}
    return {**changed, "files": files} if files else changed


def _guidance_effect(before: Guidance, after: Guidance) -> dict[str, object]:
    """What was decided and taken back, in full: the journal alone must be able to say how a number came about."""
    return _come_and_gone(before, after, ("decisions", "corrections", "aside"))


def _judgement_effect(before: Judgements, after: Judgements) -> dict[str, object]:
    """What was judged and taken back, in full; of a visit list the firms drawn, and which weights are in force."""
    names = ("labels", "rulings", "overrides", "confirmations", "weightings", "visit_lists")
    turned = {"weighting": after.weighting or "rubric"} if before.weighting != after.weighting else {}
    return _come_and_gone(before, after, names) | turned


def _target_effect(before: Targets, after: Targets) -> dict[str, object]:
    """What was said of goals and taken back, in full."""
    changed = _come_and_gone(before, after, ("goals", "measures", "proofs", "reported", "breaks", "scenarios"))
    return {f"target_{name}": values for name, values in changed.items()}


def _signing_effect(before: Signing, after: Signing) -> dict[str, object]:
    """Who signed, in full, and what was released, by its id, kind and number of cells."""
    signed = _come_and_gone(before, after, ("signatures",))
    known = {each.id for each in before.releases}
    released = [{"id": r.id, "kind": r.kind, "cells": len(r.cells)} for r in after.releases if r.id not in known]
    return {**signed, "releases": released}


def _come_and_gone(before: object, after: object, names: tuple[str, ...]) -> dict[str, object]:
    changed: dict[str, object] = {}
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        known, kept = set(old), set(new)
        changed[name] = [_shown(each) for each in new if each not in known]
        changed[f"{name}_back"] = [_shown(each) for each in old if each not in kept]
    return changed


def _same(before: Study, after: Study) -> bool:
    """Whether nothing changed; results computed anew are held against the old ones byte by byte, as they would be stored."""
    if before.responses is not after.responses or any(getattr(before, name) != getattr(after, name) for name in _SMALL):
        return False
    if before.register is not after.register:
        return False
    kept = before.assessments is after.assessments and before.progress is after.progress
    return kept or result_blobs(before) == result_blobs(after)


def _shown(value: Any) -> Any:
    """A parameter as the journal keeps it: files by name alone, never the folders of someone's computer."""
    if isinstance(value, Path):
        return shown_name(value)
    if isinstance(value, tuple | list):
        return [_shown(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _shown(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value.value if isinstance(value, Enum) else value
