"""Assess a wave: firm scores, the classifier for what is blank, and sector profiles."""

from __future__ import annotations

from app.analysis.estimate import profiles
from app.analysis.index import score_firms
from app.analysis.learn import fill_levels
from app.domain.assessment import Assessment
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.rubric import Rubric
from app.domain.study import Wave
from app.domain.task import Progress, Task


def assess_wave(responses: Responses, instrument: Instrument, rubric: Rubric, wave: Wave, seed: int) -> Task[Assessment]:
    """Return the assessment of one wave: a pure function of its arguments, in any order of the responses' rows.

    The classifier's report is always there; its `refusal` says why it filled nothing.
    """
    yield Progress("progress.assess.score", detail=wave.id)
    firms = score_firms(responses, instrument, rubric, wave.id)
    firms, report = yield from fill_levels(firms, responses, instrument, rubric, seed)
    yield Progress("progress.assess.profiles", detail=wave.id)
    sectors, total = profiles(firms, wave, rubric)
    return Assessment(wave.id, rubric.id, rubric.version, firms, sectors, total, report)
