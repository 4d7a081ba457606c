"""The JSON of assessing and of what people judge; additive only, like the rest of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.cli.shapes import findings_json, plain, sector_words
from app.domain.assessment import TOTAL, Assessment, SectorProfile
from app.domain.judgement import Override, VisitList, Weighting
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.words import Texts

if TYPE_CHECKING:
    from app.analysis.learn.labels import Matched
    from app.commands.runs import Assessed, Visiting

_PILLAR, _CHANCE = "p_", "q_"  # what columns of pillar scores and of chances begin with
_OVERRIDE = ("level", "who", "when", "why", "evidence")
_JUDGED = ("wave", "code", "name", "level", "who", "when", "why")


def assess_json(study: Study, resources: Resources) -> dict[str, Any]:
    """Return `assess --json`: firms and sectors of every wave, oldest first; sector "*" is all firms together.

    What belongs to one wave as a whole (classifier, coherence, robustness, labels, types) is the newest one's, null where it was
    not computed; rows of all other lists say their wave.
    """
    newest, waves = study.latest_assessment, study.assessments
    profiles = [profile for each in waves for profile in (*each.sectors, each.total)]
    return {
        "firms": [firm for each in waves for firm in _firms(study, each, resources)],
        "sectors": [_sector(profile, study, resources) for profile in profiles],
        "classifier": None if newest is None else plain(newest.classifier),
        "estimates": [row for each in waves for row in _estimates(each, study, resources)],
        "comparisons": _rows(waves, "comparisons"),
        "changes": [plain(change) for each in waves for change in each.changes],
        "coherence": None if newest is None else plain(newest.coherence),
        "robustness": None if newest is None else plain(newest.robustness),
        "labels": None if newest is None else plain(newest.labels),
        "types": None if newest is None else plain(newest.types),
        "natives": _rows(waves, "natives"),
        "crosswalks": _rows(waves, "crosswalks"),
    }


def _rows(waves: Sequence[Assessment], name: str) -> list[dict[str, Any]]:
    return [{"wave": each.wave, **plain(row)} for each in waves for row in getattr(each, name)]


def _firms(study: Study, assessment: Assessment, resources: Resources) -> list[dict[str, Any]]:
    if study.responses is None:
        return []
    positions = assessment.firms["position"].to_numpy()
    described = study.responses.firms[["name", "code", "township", "size"]].take(positions)
    table = assessment.firms.drop(columns="position").assign(
        **{name: described[name].astype(object).to_numpy() for name in described}
    )
    noted = _overrides(study, assessment.wave, resources)
    rows = table.astype(object).to_dict("records")
    return [_firm(row, noted.get(int(at))) for row, at in zip(rows, positions.tolist(), strict=True)]


def _firm(row: Mapping[Any, Any], noted: Override | None) -> dict[str, Any]:
    nested = {"pillars": _PILLAR, "chances": _CHANCE}
    parts = {key: {name[len(start) :]: row[name] for name in row if name.startswith(start)} for key, start in nested.items()}
    own = {name: value for name, value in row.items() if not name.startswith((_PILLAR, _CHANCE))}
    override = None if noted is None else {name: getattr(noted, name) for name in _OVERRIDE}
    shown: dict[str, Any] = plain({**own, **parts, "override": override})
    return shown


def _overrides(study: Study, wave: str, resources: Resources) -> dict[int, Override]:
    """Return the level that a person noted beside the computed one, by response position."""
    if study.responses is None or not study.judgements.overrides:
        return {}
    from app.analysis.learn.labels import matched_labels

    levels = tuple(level.code for level in study.rubric.levels)
    return dict(matched_labels(study.judgements, study.responses, wave, resources.names, levels).overrides)


def _sector(profile: SectorProfile, study: Study, resources: Resources) -> dict[str, Any]:
    return {**plain(profile), "name": sector_words(profile.sector, study, resources)}


def _estimates(assessment: Assessment, study: Study, resources: Resources) -> list[dict[str, Any]]:
    total = assessment.total_estimate
    known = [*assessment.estimates, *([total] if total is not None and total.sector == TOTAL else [])]
    return [{**plain(each), "name": sector_words(each.sector, study, resources)} for each in known]


def labels_json(assessed: Assessed, texts: Texts, resources: Resources) -> dict[str, Any]:
    """Return `labels --json`: every judgement with the firm it was found to mean, agreement, and what changed."""
    study, before = assessed.changed.after, assessed.changed.before
    told = set(before.findings)
    return {
        "changed": study is not before,
        "waves": [_wave(match, study) for match in assessed.waves],
        "findings": findings_json([each for each in study.findings if each not in told], texts, resources),
    }


def _wave(match: Matched, study: Study) -> dict[str, Any]:
    from app.analysis.learn.labels import BETWEEN

    agreement = match.summary.agreement
    names = ("code", "name", "levels")
    queue = [] if agreement is None else [dict(zip(names, each, strict=True)) for each in agreement.queue]
    return {
        "wave": match.wave,
        **{name: plain(getattr(match.summary, name)) for name in ("firms", "labels", "assessors", "unknown")},
        "agreement": _without_queue(agreement),
        "pairs": [{"one": pair.one, "other": pair.other, **_agreed(pair.agreement)} for pair in match.pairs],
        "queue": [{**each, "levels": each["levels"].split(BETWEEN)} for each in queue],
        "rows": [
            {**plain(label), "firm": _firm_name(at, study), "taught": match.by_position.get(at) == label.level}
            for at, label in zip(match.whose.tolist(), match.labels, strict=True)
        ],
        "rulings": [plain(each) for each in study.judgements.rulings if each.wave == match.wave],
        "overrides": [{**plain(each), "firm": _firm_name(at, study)} for at, each in match.overrides],
        "confirmations": [{**plain(each), "firm": _firm_name(at, study)} for at, each in match.confirmations],
    }


def _without_queue(agreement: Any) -> dict[str, Any] | None:
    return None if agreement is None else _agreed(agreement)


def _agreed(agreement: Any) -> dict[str, Any]:
    return {name: plain(getattr(agreement, name)) for name in ("firms", "agree", "kappa", "low", "high")}


def _firm_name(position: int, study: Study) -> str | None:
    """Return the name (or code) under which a firm answered, None for no firm."""
    if position < 0 or study.responses is None:
        return None
    firm = study.responses.firms[["name", "code", "firm"]].astype(object).fillna("").iloc[position]
    return str(firm["name"] or firm["code"] or firm["firm"])


def visits_json(visiting: Visiting) -> dict[str, Any]:
    """Return `visits --json`: the list drawn or written with its firms, or all lists without theirs."""
    study = visiting.changed.after
    seen = visited(visiting.waves, study)
    return {
        "changed": visiting.changed.after is not visiting.changed.before,
        "written": [] if visiting.path is None else [str(visiting.path)],
        "list": None if visiting.drawn is None else _list(visiting.drawn, seen),
        "lists": [
            {name: value for name, value in _list(each, seen).items() if name != "visits"}
            for each in study.judgements.visit_lists
        ],
    }


def _list(found: VisitList, seen: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    here = seen.get(found.wave, frozenset())
    rows = [{**plain(visit), "assessed": visit.firm in here} for visit in found.visits]
    return {
        **{name: plain(getattr(found, name)) for name in ("id", "wave", "seed", "when", "method", "excluded")},
        "frame": dict(found.frame),
        "n": len(found.visits),
        "assessed": sum(row["assessed"] for row in rows),
        "visits": rows,
    }


def visited(waves: Sequence[Matched], study: Study) -> dict[str, frozenset[str]]:
    """Return the firms that somebody assessed, by wave."""
    if study.responses is None:
        return {}
    firms = study.responses.firms["firm"].astype(object)
    return {match.wave: frozenset(map(str, firms.iloc[match.whose[match.whose >= 0]])) for match in waves}


def weights_json(study: Study, own: Weighting) -> dict[str, Any]:
    """Return `weights --json`: the rubric's own weights, every version, and which is in force ("rubric" for the own)."""
    said = study.judgements
    return {
        "in_force": said.weighting or "rubric",
        "rubric": {"weights": dict(own.weights), "aggregation": own.aggregation.value},
        "versions": [{**plain(version), "weights": dict(version.weights)} for version in said.weightings],
    }
