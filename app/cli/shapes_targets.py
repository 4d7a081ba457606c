"""The JSON of what people enter about goals; additive only, like the rest of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.cli.shapes import plain
from app.domain.goals import Goal, GoalBook
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.targets import GoalEdit, Proof, Reported
from app.domain.words import Words

if TYPE_CHECKING:
    from app.commands.runs_targets import Layered, Targeted


def goal_json(targeted: Targeted, resources: Resources, chosen: str) -> dict[str, Any]:
    """Return `goal --json`: the goals that stand (or the one chosen), each with every version, and those that were withdrawn."""
    study, standing = targeted.changed.after, {goal.id: goal for goal in targeted.book.goals}
    ids = [chosen] if chosen else [*standing, *(id_ for id_ in dict.fromkeys(_edited(study)) if id_ not in standing)]
    rows = [_goal(id_, standing.get(id_), targeted, resources) for id_ in ids]
    return {"changed": _is_changed(targeted), "goals": rows}


def _goal(id_: str, goal: Goal | None, targeted: Targeted, resources: Resources) -> dict[str, Any]:
    from app.analysis.progress.book import history

    shown = {"id": id_} if goal is None else plain(goal)
    versions = history(resources.goal_book, targeted.changed.after.targets, id_)
    return {
        **shown,
        "withdrawn": goal is None,
        "origin": targeted.origins.get(id_, ""),
        "measure_words": None if goal is None else _measure_words(goal, targeted.book),
        "history": [_version(each) for each in versions],
    }


def _version(edit: GoalEdit) -> dict[str, Any]:
    about = {name: getattr(edit, name) for name in ("who", "when", "why", "origin")}
    return {**about, "goal": None if edit.goal is None else plain(edit.goal)}


def _measure_words(goal: Goal, book: GoalBook) -> dict[str, str] | None:
    measure = next((each for each in book.measures if each.id == goal.measure), None)
    return None if measure is None else _words(measure.words)


def goalbook_json(layered: Layered) -> dict[str, Any]:
    """Return `goalbook --json`: the layers with counts and where their goals came from, and which goals clash."""
    layers = layered.layers
    return {
        "changed": _is_changed(layered.targeted),
        "written": [] if layered.path is None else [str(layered.path)],
        "layers": [{**plain(each), "origins": dict(each.origins)} for each in layers.counts],
        "conflicts": [plain(each) for each in layers.conflicts],
        "withdrawn": list(layers.withdrawn),
        "measures": [each.id for each in layered.targeted.book.measures],
        "available": list(layers.available),
    }


def proof_json(targeted: Targeted, entries: Mapping[str, Words], chosen: str) -> dict[str, Any]:
    """Return `proof --json`: every entry (or the one chosen) as it was found last, with what was found before."""
    said: dict[str, list[Proof]] = {}
    for proof in targeted.changed.after.targets.proofs:
        said.setdefault(proof.id, []).append(proof)
    groups = {entry.id: entry.group for entry in targeted.book.checklist}
    rows = [
        {
            "id": id_,
            "group": groups.get(id_, "milestone"),
            "name": _words(words),
            **_found(said.get(id_, [])),
            "history": [plain(each) for each in said.get(id_, [])],
        }
        for id_, words in entries.items()
        if chosen in ("", id_)
    ]
    return {"changed": _is_changed(targeted), "entries": rows}


def _found(proofs: list[Proof]) -> dict[str, Any]:
    if not proofs:
        return {"state": "unknown", "note": "", "document": "", "who": "", "when": ""}
    return {name: plain(getattr(proofs[-1], name)) for name in ("state", "note", "document", "who", "when")}


def reported_json(targeted: Targeted, figures: Mapping[str, Mapping[str, Reported]]) -> dict[str, Any]:
    """Return `reported --json`: the figures that stand by goal, oldest first, and everything that was ever said of them."""
    units = {goal.id: goal.unit for goal in targeted.book.goals}
    rows = [
        {"goal": id_, "unit": units.get(id_, ""), "figures": [plain(each) for each in by_day.values()]}
        for id_, by_day in figures.items()
    ]
    ids = set(figures)
    said = [plain(each) for each in targeted.changed.after.targets.reported if each.goal in ids]
    return {"changed": _is_changed(targeted), "goals": rows, "history": said}


def break_json(targeted: Targeted, standing: tuple[Any, ...]) -> dict[str, Any]:
    """Return `break --json`: the breaks that stand, and everything that was ever declared."""
    said = targeted.changed.after.targets.breaks
    return {
        "changed": _is_changed(targeted),
        "breaks": [plain(each) for each in standing],
        "history": [plain(each) for each in said],
    }


def _edited(study: Study) -> list[str]:
    return [edit.id for edit in study.targets.goals]


def _is_changed(targeted: Targeted) -> bool:
    return targeted.changed.after is not targeted.changed.before


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
