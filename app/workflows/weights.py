"""Versions of the pillar weights: each with its reason, none ever lost, one of them in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.analysis.index import check_weighting, default_weighting
from app.domain.errors import UserError
from app.domain.judgement import Aggregation, Weighting
from app.domain.study import Study
from app.files.weighting_file import read_weighting, write_weighting
from app.workflows.context import Context
from app.workflows.labels import judged

RUBRIC = "rubric"
"""How the rubric's own weights are called where a version is named."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to set: weights of some pillars or all, `aggregation` and what is empty is as before; `why` is required."""

    weights: tuple[tuple[str, float], ...] = ()
    aggregation: str = ""
    why: str = ""
    who: str = ""


def set_weights(study: Study, wanted: Wanted, context: Context) -> Study:
    """Return the study with a new version of the weights in force: those in force before, changed as `wanted` says.

    Weights are kept as given and count by their ratio. UserError `weights.*` for weights that cannot be used, or no reason.
    """
    base = in_force(study)
    if not (wanted.weights or wanted.aggregation):
        raise UserError("weights.nothing")
    if not wanted.why.strip():
        raise UserError("weights.why")
    given = dict(wanted.weights)
    known = dict(base.weights)
    version = Weighting(
        id=_next_id(study),
        weights=tuple((known | given).items()),
        aggregation=_aggregation(wanted.aggregation) if wanted.aggregation else base.aggregation,
        rationale=wanted.why.strip(),
        who=wanted.who.strip(),
        when=context.today,
    )
    check_weighting(version, study.rubric)
    same = study.judgements.weighting_in_force
    if same is not None and replace(version, id=same.id, who=same.who, when=same.when) == same:
        return study
    said = study.judgements
    return judged(study, replace(said, weightings=(*said.weightings, version), weighting=version.id), context)


def use_weights(study: Study, id_: str, context: Context) -> Study:
    """Return the study with the version `id_` in force, RUBRIC for the rubric's own weights; UserError `weights.version`."""
    known = [version.id for version in study.judgements.weightings]
    if id_ not in (*known, RUBRIC):
        raise UserError("weights.version", id=id_, known="、".join((RUBRIC, *known)))
    chosen = "" if id_ == RUBRIC else id_
    if chosen == study.judgements.weighting:
        return study
    return judged(study, replace(study.judgements, weighting=chosen), context)


def in_force(study: Study) -> Weighting:
    """Return the weights that count; for the rubric's own the id is "", and the weights are as the rubric writes them."""
    chosen = study.judgements.weighting_in_force
    if chosen is not None:
        return chosen
    own = tuple((pillar.code, pillar.weight) for pillar in study.rubric.pillars)
    return replace(default_weighting(study.rubric), weights=own)


def wanted_from(file: Path, wanted: Wanted) -> Wanted:
    """Return what a file wants, what was said besides it first; UserError `weights.file`."""
    read = read_weighting(file)
    weights = tuple((dict(read.weights) | dict(wanted.weights)).items())
    return Wanted(weights, wanted.aggregation or read.aggregation, wanted.why or read.rationale, wanted.who)


def export_weights(study: Study, path: Path) -> Path:
    """Write the weights in force to `path`; UserError `weights.no_pillars`, or why the disk will not have it."""
    weighting = in_force(study)
    check_weighting(weighting, study.rubric)
    write_weighting(path, weighting)
    return path


def pairs_of(given: Iterable[object] | Mapping[str, float] | None) -> tuple[tuple[str, float], ...]:
    """Return weights given as texts `pillar=weight`, as pairs or as a mapping; UserError `weights.pair`, `weights.twice`."""
    items = given.items() if isinstance(given, Mapping) else given or ()
    pairs = [_pair(item) for item in items]
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UserError("weights.twice", pillar=twice)
    return tuple(pairs)


def _pair(item: Any) -> tuple[str, float]:
    try:
        name, value = item.replace("＝", "=").partition("=")[::2] if isinstance(item, str) else item
        return str(name).strip(), float(value)
    except (TypeError, ValueError) as error:
        raise UserError("weights.pair", text=item) from error


def _aggregation(text: str) -> Aggregation:
    if text not in tuple(Aggregation):
        raise UserError("weights.aggregation", text=text)
    return Aggregation(text)


def _next_id(study: Study) -> str:
    """Return W1, W2 …: the first that no version has."""
    taken = {version.id for version in study.judgements.weightings}
    return next(id_ for number in range(1, len(taken) + 2) if (id_ := f"W{number}") not in taken)
