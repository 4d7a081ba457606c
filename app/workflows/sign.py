"""签发: taking the word of those who draft, check and approve a brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.analysis.signing import in_force, results_hash, standing
from app.domain import journal as chain
from app.domain.errors import UserError
from app.domain.signing import Release, Signature, Signing, Stage, Standing, next_id
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import normal_form
from app.workflows.approved import Approved, approved
from app.workflows.context import Context
from app.workflows.judge import day_of
from app.workflows.targets import short_text_of, text_of

_STAGES = tuple(Stage)
LONGEST_NAME, LONGEST_NOTE = 60, 200  # characters: a line of a document each
KIND = "brief"


@dataclass(frozen=True, slots=True)
class Signed:
    """A study and where its brief stands."""

    study: Study
    standing: Standing


def sign(study: Study, path: Path, parameters: Mapping[str, Any], context: Context) -> Task[Study]:  # noqa: ARG001
    """Return the study signed at a stage, or with the stage and those above taken back (`withdraw`).

    Stages come in order, the two upper ones by another person than the one who drafted, for the results as they were drafted.
    An approval puts every cell of all documents of the study into the register of what was released. UserError `sign.*`.
    """
    stage = _stage(text_of(parameters, "stage"))
    yield Progress("progress.sign")
    made = Signature(
        stage,
        short_text_of(parameters, "who", LONGEST_NAME),
        day_of(text_of(parameters, "when"), context),
        chain.head(study.journal),
        results_hash(study),
        short_text_of(parameters, "note", LONGEST_NOTE),
        bool(parameters.get("withdraw")),
    )
    if not normal_form(made.who):
        raise UserError("sign.who")
    held = in_force(study.signing.signatures)
    if made.withdrawn:
        return _with(study, _withdrawn(made, held, study))
    _check(study, made, held)
    _check_day(study, made, held, context.today)
    after = _with(study, made)
    if stage is not Stage.APPROVED:
        return after
    return replace(after, signing=_released(after.signing, made, (yield from approved(study, context))))


def stands(study: Study) -> Standing:
    """Return where the study's brief stands now."""
    return standing(study, results_hash(study))


def _stage(text: str) -> Stage:
    try:
        return Stage(text)
    except ValueError as error:
        raise UserError("sign.stage") from error


def _withdrawn(made: Signature, held: tuple[Signature, ...], study: Study) -> Signature:
    if all(each.stage is not made.stage for each in held):
        raise UserError("sign.nothing_to_withdraw", study=study.name)
    return made


def _check(study: Study, made: Signature, held: tuple[Signature, ...]) -> None:
    """Refuse a stage out of order, by the wrong person, or for other results than those that were drafted."""
    if not study.assessments:
        raise UserError("sign.no_results", study=study.name)
    if made.stage is Stage.DRAFTED:
        return
    below = _STAGES[_STAGES.index(made.stage) - 1]
    if all(each.stage is not below for each in held):
        raise UserError(f"sign.first_{below.value}", study=study.name)
    drafted = held[0]
    if normal_form(drafted.who) == normal_form(made.who):
        raise UserError(f"sign.same_{made.stage.value}", who=made.who)
    lower = [each for each in held if _STAGES.index(each.stage) < _STAGES.index(made.stage)]
    if any(each.results != made.results for each in lower):
        raise UserError("sign.changed", study=study.name, who=drafted.who, when=drafted.when)


def _check_day(study: Study, made: Signature, held: tuple[Signature, ...], today: str) -> None:
    """Refuse a day before the last one of the survey, or before the stage below was signed."""
    ended = max(wave.date for wave in study.waves)
    if made.when < min(ended, today):
        raise UserError("sign.before_survey", when=made.when, date=ended)
    earlier = [each.when for each in held if _STAGES.index(each.stage) < _STAGES.index(made.stage)]
    if earlier and made.when < max(earlier):
        raise UserError("sign.before_stage", when=made.when, date=max(earlier))


def _with(study: Study, made: Signature) -> Study:
    return replace(study, signing=replace(study.signing, signatures=(*study.signing.signatures, made)))


def _released(signing: Signing, made: Signature, found: Approved) -> Signing:
    id_ = next_id(signing, KIND)
    release = Release(id_, KIND, made.when, made.who, made.journal, found.policy, made.note, found.cells)
    return replace(signing, releases=(*signing.releases, release))
