"""上报: the released sums of a wave as a signed package for the next level up, kept in the register of what left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from app.analysis.disclosure.rules import Rules
from app.analysis.relay import carry_over, released, tallied
from app.analysis.signing import results_hash, standing
from app.domain import journal as chain
from app.domain.errors import UserError
from app.domain.goals import Measure
from app.domain.instrument import Role
from app.domain.relay import HIDE, PROTECTIONS, ROUND, Place, Rank, RelayContent, RelayTable
from app.domain.rubric import READY
from app.domain.signing import Release, next_id
from app.domain.study import Study, Wave
from app.domain.task import Progress, Task
from app.domain.words import Words
from app.files.endings import check_ending
from app.files.relay_file import ENDING, plain_text, write_relay
from app.files.relay_keys import usual_key
from app.present.released_brief import settle
from app.workflows.context import Context
from app.workflows.relay_register import KIND, cells_of, sent_before
from app.workflows.relay_withheld import beside_briefs, statistics
from app.workflows.sign import LONGEST_NAME
from app.workflows.targets import short_text_of, text_of

Parameters = Mapping[str, Any]


def relay(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    """Write the package of a wave (default the newest) to `out`, signed, and return the study with it in its register.

    `place` code, `name` and `level` (default county) say whose it is; `key` is the file of the bureau's key; `protect` says
    how numbers of firms are: hide (the usual) or round.

    UserError `relay.*`, `study.no_answers`, or why the disk will not have it: then nothing is registered.
    """
    out = Path(parameters["out"])
    check_ending(out, ENDING)
    place = place_of(parameters, Rank.COUNTY)
    wave, rounding = _wave(study, text_of(parameters, "wave")), is_rounding(parameters)
    yield Progress("progress.relay", detail=out.name)
    content = yield from made(study, wave, place, context, rounding)
    if not content.tables:
        raise UserError("relay.nothing", study=study.name, wave=wave.id)
    content = replace(content, who=short_text_of(parameters, "who", LONGEST_NAME))
    write_relay(out, content, key_of(parameters))
    signing = study.signing
    purpose = f"{place.code} {place.name}"
    release = Release(
        next_id(signing, KIND),
        KIND,
        context.today,
        content.who,
        content.journal,
        content.policy,
        purpose,
        (*cells_of(content), *statistics(content)),
    )
    return replace(study, signing=replace(signing, releases=(*signing.releases, release)))


def place_of(parameters: Parameters, usual: Rank | None) -> Place:
    """Return whose package it is; UserError `relay.place`, `relay.name`, `relay.level`."""
    code, name, level = (plain_text(text_of(parameters, each)) for each in ("place", "name", "level"))
    if not code.isascii() or not code.isdecimal() or not 6 <= len(code) <= 12:
        raise UserError("relay.place", place=code)
    if not name:
        raise UserError("relay.name")
    try:
        rank = Rank(level) if level or usual is None else usual
    except ValueError as error:
        raise UserError("relay.level", known="、".join(Rank)) from error
    return Place(code, name, rank)


def is_rounding(parameters: Parameters) -> bool:
    """Return whether firms are to be rounded and not hidden; UserError `relay.protect`."""
    asked = text_of(parameters, "protect") or HIDE
    if asked not in PROTECTIONS:
        raise UserError("relay.protect", known="、".join(PROTECTIONS))
    return asked == ROUND


def key_of(parameters: Parameters) -> Path:
    """Return the file of the bureau's key: the one named, else the user's own."""
    given = parameters.get("key")
    return usual_key() if given in (None, "") else Path(given)


def program() -> str:
    """Return the version of this program."""
    try:
        return version("zhiheng")
    except PackageNotFoundError:
        return "0"


def made(study: Study, wave: Wave, place: Place, context: Context, rounding: bool = False) -> Task[RelayContent]:
    """Return what the package of a wave says: its sums, the small ones hidden, or of tables that count firms all rounded.

    A table that differs from the one sent before by a few firms is sent as it was, and one that cannot be protected is left out.
    """
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    rules, measures = Rules(), _measures(study)
    sums = tallied(study, wave, measures)
    settled = yield from settle(study, context.resources, wave=wave.id)
    found = released(sums, rules, beside_briefs(sums, wave.id, settled), rounding)
    tables, carried = _carried([each.table for each in found if each.table is not None], study, wave)
    return RelayContent(
        place=place,
        instrument=(study.instrument.id, study.instrument.version),
        rubric=(study.rubric.id, _rubric_version(study)),
        wave=wave.id,
        dates=(wave.date, wave.date),
        design=wave.design.value,
        tables=tables,
        policy=_policy(rules, tables),
        journal=chain.head(study.journal),
        program=program(),
        created=context.now,
        synthetic=study.synthetic,
        stage=_stage(study),
        frame=dict(wave.frame),
        labels=_labels(study, measures, tables, context),
        dropped=tuple(each.id for each in found if each.table is None),
        carried=carried,
        unrounded=tuple(each.id for each in tables if rounding and each.unit == "firms" and not each.rounded),
    )


def _policy(rules: Rules, tables: Sequence[RelayTable]) -> str:
    rounded = max((table.rounded for table in tables), default=0)
    return f"groups n<{rules.threshold}; sums {rules.id}; secondary, audited" + (
        f"; firms rounded to {rounded}" if rounded else ""
    )


def _wave(study: Study, id_: str) -> Wave:
    if not study.waves:
        raise UserError("study.no_answers", name=study.name)
    if not id_:
        return study.waves[-1]
    try:
        return study.wave(id_)
    except KeyError as error:
        raise UserError("relay.no_wave", wave=id_, known="、".join(wave.id for wave in study.waves)) from error


def _measures(study: Study) -> tuple[Measure, ...]:
    found = {progress.measure.id: progress.measure for progress in study.progress if progress.measure is not None}
    return tuple(found.values())


def _rubric_version(study: Study) -> str:
    """Return the rubric's version, with the weights in force where they are not its own: other weights are another index."""
    used = study.judgements.weighting
    return f"{study.rubric.version} {used}".strip()


def _carried(tables: Sequence[RelayTable], study: Study, wave: Wave) -> tuple[tuple[RelayTable, ...], tuple[str, ...]]:
    found, carried = [], []
    for table in tables:
        before = sent_before(study.signing, wave.id, table)
        if before is not None and carry_over(table, before):
            found.append(before)
            carried.append(table.id)
        else:
            found.append(table)
    return tuple(found), tuple(carried)


def _stage(study: Study) -> str:
    held = standing(study, results_hash(study))
    return "changed" if held.changed else "" if held.stage is None else held.stage.value


def _labels(study: Study, measures: Sequence[Measure], tables: Sequence[RelayTable], context: Context) -> dict[str, Words]:
    item = study.instrument.with_role(Role.INDUSTRY)
    sectors = {option.code: option.words for option in item.options} if item is not None else {}
    sectors |= {letter: section.words for letter, section in context.resources.taxonomy.sections.items()}
    keys = {row.key for table in tables for row in table.rows}
    labels = {f"sector.{key}": sectors[key] for key in sorted(keys) if key in sectors}
    labels |= {f"level.{level.code}": level.words for level in study.rubric.levels}
    above = context.resources.words["term.level.at_least"]
    labels[f"level.{READY}+"] = Words(above.zh.format(level=READY), above.en.format(level=READY))
    labels |= {f"pillar.{pillar.code}": pillar.words for pillar in study.rubric.pillars}
    labels |= {f"measure {measure.id}@{measure.version}": measure.words for measure in measures}
    return {name: Words(plain_text(words.zh), plain_text(words.en)) for name, words in labels.items()}
