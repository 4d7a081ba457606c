"""One judgement at a time: a label, a ruling, an override or a confirmation typed in, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.learn.find_firms import AMBIGUOUS, OTHER_WAVE, find_firms, read_code
from app.analysis.learn.labels import Judged, level_of
from app.domain.assessment import Assessment
from app.domain.errors import UserError
from app.domain.judgement import Confirmation, Judgements, Label, Override, Ruling
from app.domain.responses import Responses
from app.domain.study import Study
from app.domain.words import normal_form
from app.workflows.context import Context
from app.workflows.labels import judged, match_wave, wave_of
from app.workflows.waves import check_date

KINDS = ("labels", "rulings", "overrides", "confirmations")
_ERRORS = {AMBIGUOUS: "judge.ambiguous", OTHER_WAVE: "judge.other_wave"}
_YES, _NO = ("yes", "是", "true"), ("no", "否", "false")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a firm; what is empty is unsaid. `firm` a credit code, or a name that may end in @township.

    `what` is a level, or yes or no of a confirmation; `when` an ISO day (default today), `wave` the wave (default the newest).
    """

    firm: str
    what: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    evidence: str = ""
    wave: str = ""


def judge(study: Study, kind: str, said: Said, context: Context) -> Study:
    """Return the study with one more judgement of `kind` (one of KINDS), in place of an earlier one about the same firm.

    A label replaces only what the same assessor typed in before; what a file says stays, and the later day counts.
    UserError `judge.*`: the firm is not there or not clear, the level is unknown, or who or why is missing.
    """
    wave = wave_of(study, said.wave)
    code, name, position = _firm(study, said.firm, wave, context)
    made = _made(kind, replace(said, wave=wave, when=day_of(said.when, context)), (code, name), study)
    earlier: tuple[Judged, ...] = getattr(study.judgements, kind)
    mine = _of_firm(earlier, said.firm, position, study, (wave, context))
    kept = tuple(each for each, same in zip(earlier, mine, strict=True) if not (same and _replaces(made, each)))
    return _settled(study, _with(study.judgements, kind, (*kept, made)), context)


def take_back(study: Study, kind: str, said: Said, context: Context) -> Study:
    """Return the study without the judgements of `kind` about a firm in a wave, of `who` alone where that is said.

    UserError `judge.none` when there is none, whether or not the firm is still among the answers.
    """
    wave = wave_of(study, said.wave)
    earlier: tuple[Judged, ...] = getattr(study.judgements, kind)
    code, name = _named(said.firm)
    position = int(_find([code], [name], _answers(study), wave, context)[0])
    mine = _of_firm(earlier, said.firm, position, study, (wave, context))
    who = normal_form(said.who)
    gone = [same and (not who or normal_form(each.who) == who) for each, same in zip(earlier, mine, strict=True)]
    if not any(gone):
        raise UserError("judge.none", firm=said.firm, wave=wave)
    kept = tuple(each for each, is_gone in zip(earlier, gone, strict=True) if not is_gone)
    return _settled(study, _with(study.judgements, kind, kept), context)


def _made(kind: str, said: Said, firm: tuple[str, str], study: Study) -> Judged:
    if not said.who.strip():
        raise UserError("judge.who", firm=said.firm)
    if kind != "labels" and not said.why.strip():
        raise UserError("judge.why", firm=said.firm)
    who, why = said.who.strip(), said.why.strip()
    if kind == "confirmations":
        return Confirmation(said.wave, *firm, _is_yes(said.what), who, said.when, why)
    level = _level(said.what, study)
    if kind == "labels":
        return Label(said.wave, *firm, level, who, said.when, why, said.evidence.strip())
    if kind == "rulings":
        return Ruling(said.wave, *firm, level, who, said.when, why)
    return Override(said.wave, *firm, level, who, said.when, why, said.evidence.strip())


def _level(text: str, study: Study) -> str:
    level = level_of(text, study.rubric)
    if not level:
        known = "、".join(f"{each.code} {each.words.zh} {each.words.en}" for each in study.rubric.levels)
        raise UserError("judge.level", level=text, known=known)
    return level


def _is_yes(text: str) -> bool:
    answer = text.strip().casefold()
    if answer not in (*_YES, *_NO):
        raise UserError("judge.yes_no", answer=text)
    return answer in _YES


def day_of(text: str, context: Context) -> str:
    """Return an ISO day as said, today where nothing is; UserError `wave.date`, or `judge.future` for a day to come."""
    check_date(text)
    if text > context.today:
        raise UserError("judge.future", date=text)
    return text or context.today


def _firm(study: Study, text: str, wave: str, context: Context) -> tuple[str, str, int]:
    """Return code and name as they are kept, and the position of the response that is meant; UserError when there is none."""
    code, name = _named(text)
    if not (code or name):
        raise UserError("judge.no_firm")
    found = find_firms([code], [name], _answers(study), wave, context.resources.names)
    if found.positions[0] < 0:
        error = _ERRORS.get(str(found.reasons[0]), "judge.unknown_firm")
        raise UserError(error, firm=text, wave=wave, other=str(found.waves[0]) or "—")
    return code, name, int(found.positions[0])


def _named(text: str) -> tuple[str, str]:
    """Return the text as a code when it is a valid one, else as a name."""
    (code,) = read_code([text])
    return (code, "") if code else ("", text.strip())


def _of_firm(earlier: Sequence[Judged], text: str, position: int, study: Study, there: tuple[str, Context]) -> list[bool]:
    """Return for each judgement whether it is about the firm in this wave: the same response, or else the same words."""
    wave, context = there
    code, name = _named(text)
    found = _find([each.code for each in earlier], [each.name for each in earlier], _answers(study), wave, context)
    return [
        each.wave == wave and ((position >= 0 and at == position) or (position < 0 and (each.code, each.name) == (code, name)))
        for each, at in zip(earlier, found.tolist(), strict=True)
    ]


def _find(codes: Sequence[str], names: Sequence[str], responses: Responses, wave: str, context: Context) -> npt.NDArray[np.int64]:
    return find_firms(codes, names, responses, wave, context.resources.names).positions


def _answers(study: Study) -> Responses:
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    return study.responses


def _replaces(made: Judged, earlier: Judged) -> bool:
    if not isinstance(made, Label) or not isinstance(earlier, Label):
        return True
    return not earlier.place and normal_form(earlier.who) == normal_form(made.who)


def _with(judgements: Judgements, kind: str, judged: Sequence[Judged]) -> Judgements:
    changed: dict[str, Any] = {kind: tuple(judged)}
    return replace(judgements, **changed)


def _settled(study: Study, judgements: Judgements, context: Context) -> Study:
    """Return the study with these judgements; candidates that were confirmed or not say so at once."""
    after = judged(study, judgements, context)
    if study.judgements.confirmations == judgements.confirmations:
        return after
    return replace(after, assessments=tuple(_confirmed(after, each, context) for each in after.assessments))


def _confirmed(study: Study, assessment: Assessment, context: Context) -> Assessment:
    said = {at: each.is_native for at, each in match_wave(study, assessment.wave, context).confirmations}
    natives = tuple(replace(each, confirmed=said.get(each.position)) for each in assessment.natives)
    return assessment if natives == assessment.natives else replace(assessment, natives=natives)
