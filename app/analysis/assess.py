"""Assess a wave: levels and what they owe to choices, what visits teach, what may be said of sectors, what changed.

One straight line of pure functions; each part says by itself why it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from app.analysis.assess_sectors import Surveyors, compare_alike, estimate_sectors, visit_chances
from app.analysis.estimate import Surveyed, changes, profiles
from app.analysis.index import level_codes, score_firms, with_weighting
from app.analysis.index.coherence import coherence
from app.analysis.index.crosswalk import crosswalks
from app.analysis.index.matrix import score_matrix
from app.analysis.index.robustness import probe
from app.analysis.learn import fill_levels, learn_case, learn_levels
from app.analysis.learn.labels import Matched, matched_labels
from app.analysis.learn.learn import Learned
from app.analysis.learn.save import meta_of, model_bytes
from app.analysis.learn.types import explore_types
from app.analysis.natives import native_candidates
from app.domain.assessment import Assessment
from app.domain.crosswalk import Standard
from app.domain.firm_names import NameBook
from app.domain.instrument import Instrument
from app.domain.judgement import Judgements
from app.domain.learning import LabelsFrom, NativeCandidate
from app.domain.natives import NativeRule
from app.domain.responses import Responses
from app.domain.rubric import READY, Rubric
from app.domain.study import Wave
from app.domain.task import Progress, Task


@dataclass(frozen=True, slots=True)
class Ground:
    """What an assessment rests on beside the answers: questions, rubric, judgements, and the facts that come with the program."""

    instrument: Instrument
    rubric: Rubric
    judgements: Judgements = field(default_factory=Judgements)
    names: NameBook = field(default_factory=NameBook)
    natives: Mapping[str, NativeRule] = field(default_factory=dict)
    standards: Sequence[Standard] = ()

    @property
    def weighed(self) -> Rubric:
        """The rubric with the weights in force."""
        weighting = self.judgements.weighting_in_force
        return self.rubric if weighting is None else with_weighting(self.rubric, weighting)


def assess_wave(responses: Responses, ground: Ground, wave: Wave, seed: int, before: Surveyed | None = None) -> Task[Assessment]:
    """Return the assessment of one wave: a pure function of its arguments, in any order of the responses' rows.

    `before` is the wave before as it was assessed, against which changes are told. The classifier's report is always there;
    its `refusal` says why it taught nothing. UserError `weights.*` where the weights in force do not fit the rubric.
    """
    yield Progress("progress.assess.score", detail=wave.id)
    rubric, judged = ground.rubric, ground.judgements
    scores = score_firms(responses, ground.instrument, rubric, wave.id, judged.weighting_in_force)
    matrix = score_matrix(responses, ground.instrument, rubric, scores["position"].to_numpy(dtype=np.intp))
    robust, columns = yield from probe(matrix, scores, ground.weighed, seed)
    matched = matched_labels(judged, responses, wave.id, ground.names, level_codes(rubric))
    learned = yield from _learn(scores, responses, ground, matched, seed)
    firms = pd.concat([fill_levels(scores, learned), columns, learned.columns], axis=1)
    yield Progress("progress.assess.profiles", detail=wave.id)
    each, total = estimate_sectors(Surveyors(firms, responses, wave, rubric, judged, matched), READY, seed)
    plain, all_firms = profiles(firms, wave, rubric)
    yield Progress("progress.assess.around", detail=wave.id)
    return Assessment(
        wave=wave.id,
        rubric=rubric.id,
        rubric_version=rubric.version,
        firms=firms,
        sectors=plain,
        total=all_firms,
        classifier=learned.report,
        weighting=judged.weighting,
        estimates=each,
        total_estimate=total,
        comparisons=compare_alike(each, READY),
        changes=() if before is None else changes(before, Surveyed(firms, responses, wave, rubric), READY),
        coherence=coherence(matrix, scores, rubric),
        robustness=robust,
        labels=matched.summary if matched.labels else None,
        types=explore_types(firms, rubric, seed),
        natives=_natives(firms, responses, ground, matched),
        crosswalks=crosswalks(firms, responses, ground.instrument, ground.standards, wave.id),
        model=_kept(learned, ground, wave),
    )


def _learn(firms: pd.DataFrame, responses: Responses, ground: Ground, matched: Matched, seed: int) -> Task[Learned]:
    places = pd.Categorical(list(matched.levels), categories=list(level_codes(ground.rubric))).codes.astype(np.int64)
    drawn = visit_chances(firms, ground.judgements, matched)
    stands_for = np.where(np.isnan(drawn), 1.0, 1 / np.where(np.isnan(drawn), 1.0, drawn))
    case = learn_case(firms, responses, ground.instrument, ground.rubric, (matched.positions, places), stands_for)
    learned = yield from learn_levels(case, seed)
    if learned.report.labels_from is LabelsFrom.NONE and matched.labels:  # somebody looked, but none of it is one firm's level
        return replace(learned, report=replace(learned.report, refusal="refusal.none_settled"))
    return learned


def _kept(learned: Learned, ground: Ground, wave: Wave) -> bytes:
    """Return the model that speaks, as it is stored: the same bytes for the same model."""
    if learned.model is None or learned.report.refusal is not None:
        return b""
    return model_bytes(learned.model, meta_of(ground.instrument, ground.rubric, wave.id, wave.date))


def _natives(firms: pd.DataFrame, responses: Responses, ground: Ground, matched: Matched) -> tuple[NativeCandidate, ...]:
    rule = ground.natives.get(ground.instrument.id)
    return native_candidates(responses, ground.instrument, rule, firms, matched.confirmations)
