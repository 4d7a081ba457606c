"""What a classifier is given: the firms of a wave, what is known of them, and the levels that people gave to some."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.index.levels import level_codes
from app.analysis.index.matrix import ScoreMatrix, score_matrix
from app.analysis.learn.features import Features, make_features
from app.analysis.learn.folds import group_keys
from app.analysis.learn.table import Answers
from app.domain.assessment import Basis
from app.domain.instrument import Instrument
from app.domain.learning import LabelsFrom
from app.domain.responses import Responses
from app.domain.rubric import Rubric

Ints = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]

LEAST_FIRMS = 30  # below, five folds test on fewer than six firms each
LEAST_PER_LEVEL = 10  # below, a level is not taught
_OWNERSHIP = "ID08"  # the item that says who controls the firm, where the questionnaire asks it


@dataclass(frozen=True, slots=True)
class LearnCase:
    """One wave to learn from. `firms` has FIRM_SCORE_COLUMNS; `matrix`, `features`, `facts` and `places` have a row for each.

    `taught` are rows of `firms` (each once) with the places of their levels in `levels`, given by `labels_from`. `facts` has the
    columns size, ownership, township and sector by which errors are told; `places` (n,) is what folds hold out as a whole, as a
    rule the township ("" unknown). `stands_for` (n,) is how many firms a firm stands for among those learnt from: those drawn
    with a small probability for more, so that a draw toward doubtful firms is not taken for drift (None: for one each).
    """

    firms: pd.DataFrame
    matrix: ScoreMatrix
    features: Features
    facts: pd.DataFrame
    places: Objects
    levels: tuple[str, ...]
    taught: Ints
    taught_levels: Ints
    labels_from: LabelsFrom
    stands_for: Floats | None = None

    @property
    def answers(self) -> Answers:
        """What is known of all firms; where the level is an answer it is what is learnt, and stands in no column."""
        levels = places_of(self.firms["level"], self.levels)
        if self.labels_from is LabelsFrom.LADDER:
            levels = np.full(len(levels), -1, dtype=np.int64)
        return Answers(self.matrix, levels, self.features)

    @property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Which firms have no observed level; (n,)."""
        return np.asarray(self.firms["basis"].astype(str) == str(Basis.NONE), dtype=np.bool_)


def learn_case(
    firms: pd.DataFrame,
    responses: Responses,
    instrument: Instrument,
    rubric: Rubric,
    labels: tuple[npt.NDArray[np.intp], Ints] | None = None,
    stands_for: Floats | None = None,
) -> LearnCase:
    """Return the case of the firm scores of one wave.

    `labels` are positions in `responses` and level places that assessors gave, one a firm. Levels by the rubric are never
    learnt from. Where the instrument has a question that *is* the level and fewer than LEAST_FIRMS firms were assessed, its
    answers are; `labels_from` says so.
    """
    positions = firms["position"].to_numpy(dtype=np.int64)
    levels = level_codes(rubric)
    taught, places, origin = _taught(firms, levels, rubric, labels)
    return LearnCase(
        firms=firms,
        matrix=score_matrix(responses, instrument, rubric, positions),
        features=make_features(positions, responses, instrument, rubric),
        facts=_facts(positions, responses),
        places=_texts(responses.firms["township"].take(positions)),
        levels=levels,
        taught=taught,
        taught_levels=places,
        labels_from=origin,
        stands_for=stands_for,
    )


def in_order(case: LearnCase, rows: Ints) -> Ints:
    """Return `rows` by the firms' keys, so that the order in which files arrived changes no fold and no level."""
    keys = case.firms["firm"].astype(str).to_numpy(dtype=object)[rows].astype(str)
    return np.lexsort((case.firms["position"].to_numpy()[rows], keys))


def groups_of(case: LearnCase, rows: Ints) -> tuple[Ints, bool]:
    """Return the cross-validation group of each row as a number, and whether whole places are held out."""
    firms = case.firms["firm"].astype(str).to_numpy(dtype=object)[rows]
    keys, by_place = group_keys(firms, case.places[rows])
    return np.unique(keys.astype(str), return_inverse=True)[1].astype(np.int64), by_place


def frequent(levels: Ints, count: int) -> npt.NDArray[np.bool_]:
    """Return which firms stand at a level that enough of them share to be taught."""
    common: npt.NDArray[np.bool_] = (np.bincount(levels, minlength=count) >= LEAST_PER_LEVEL)[levels]
    return common


def refusal_of(case: LearnCase) -> str | None:
    """Return the text key of why nothing can be learnt, None where it can; `predictors` are looked at later."""
    if case.labels_from is LabelsFrom.NONE:
        return "refusal.no_labels"
    if case.labels_from is LabelsFrom.LADDER and not case.blank.any():
        return "refusal.nothing_to_fill"
    if len(case.taught) < LEAST_FIRMS:
        return "refusal.too_few_firms"
    if len(np.unique(case.taught_levels)) < 2:
        return "refusal.one_level"
    if len(np.unique(case.taught_levels[frequent(case.taught_levels, len(case.levels))])) < 2:
        return "refusal.levels_too_rare"
    return None


def places_of(levels: pd.Series, codes: tuple[str, ...]) -> Ints:
    """Return the place of each level code, −1 where there is none."""
    places: Ints = pd.Categorical(levels, categories=list(codes)).codes.astype(np.int64)
    return places


def _taught(
    firms: pd.DataFrame, levels: tuple[str, ...], rubric: Rubric, labels: tuple[npt.NDArray[np.intp], Ints] | None
) -> tuple[Ints, Ints, LabelsFrom]:
    """Return rows, level places and who gave them."""
    nobody = np.zeros(0, dtype=np.int64)
    rows, places = nobody, nobody
    if labels is not None:
        found = pd.Index(firms["position"]).get_indexer(pd.Index(labels[0])).astype(np.int64)
        rows, places = found[found >= 0], labels[1][found >= 0].astype(np.int64)
    if rubric.ladder_item and len(rows) < LEAST_FIRMS:
        climbed = np.flatnonzero((firms["basis"].astype(str) == str(Basis.LADDER)).to_numpy())
        return climbed, places_of(firms["level"], levels)[climbed], LabelsFrom.LADDER
    return rows, places, LabelsFrom.ASSESSORS if len(rows) else LabelsFrom.NONE


def _facts(positions: Ints, responses: Responses) -> pd.DataFrame:
    taken = responses.firms[["size", "township", "sector"]].take(positions).reset_index(drop=True)
    if _OWNERSHIP in responses.values:
        taken = taken.assign(ownership=responses.values[_OWNERSHIP].take(positions).array)
    return taken


def _texts(column: pd.Series) -> Objects:
    texts: Objects = column.astype(object).where(column.notna(), "").to_numpy(dtype=object)
    return texts
