"""Levels of firms and of sectors, with how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.estimate import Change, Comparison, SectorEstimate
from app.domain.learning import (
    CalibrationBin,
    ConformalReport,
    Crosswalk,
    Drift,
    GroupError,
    LabelsFrom,
    LabelSummary,
    Leak,
    ModelScore,
    NativeCandidate,
    Types,
)
from app.domain.robustness import Coherence, Robustness

if TYPE_CHECKING:
    import pandas as pd

TOTAL = "*"  # the "sector" of all firms together
FIRM_SCORE_COLUMNS = (
    "position",
    "firm",
    "sector",
    "wave",
    "index",
    "level",
    "uncapped",
    "gate",
    "answered",
    "basis",
    "probability",
)


class Basis(StrEnum):
    """Where a firm's level comes from."""

    RUBRIC = "rubric"
    LADDER = "ladder"
    MODEL = "model"
    NONE = "none"  # cannot tell


class IntervalKind(StrEnum):
    """What an interval allows for; volunteers get none (design §6.4)."""

    WILSON = "wilson"
    WILSON_FPC = "wilson_fpc"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of firms 0–1 with its 95 % interval (None where none may be given); `count` of `n` firms."""

    value: float
    low: float | None
    high: float | None
    count: int
    n: int


@dataclass(frozen=True, slots=True)
class SectorProfile:
    """行业画像 of one sector in one wave; TOTAL for all.

    `n` counted firms, `n_level` of them with an observed level (rubric or ladder), `n_model` more by the classifier,
    `frame` firms in the frame or None. `shares[level]` and `at_least[level]` over the n_level firms (NaN when there are
    none): a prediction carries no sampling interval. `pillars` mean pillar scores 0–100 over scored firms;
    `median_index` or None; `interval` says what the intervals allow for.
    """

    sector: str
    wave: str
    n: int
    n_level: int
    n_model: int
    frame: int | None
    shares: Mapping[str, Share]
    at_least: Mapping[str, Share]
    pillars: Mapping[str, float | None]
    median_index: float | None
    interval: IntervalKind


@dataclass(frozen=True, slots=True)
class ClassifierReport:
    """The classifier beside its baselines, cross-validated; `refusal` is a text key when it would not run.

    Accuracies are mean shares correct over folds; `kappa` is quadratic-weighted Cohen's kappa. `classes` counts the
    firms it learnt from by level; levels in `left_out` were too rare to teach and are never predicted. `scores` holds every
    model tried, in order of simplicity; `confusion[assessed][predicted]` out of fold; `calibration` before and after;
    `warnings` are text keys. Of the firms without an observed level `n_predicted` have a set of one level, and got it, where a
    model was taken; on the other `n_abstained` it abstains. `refusal` with `scores` says that no model earned its place.
    """

    model: str
    baseline: str
    n_train: int
    n_predicted: int
    n_abstained: int
    folds: int
    accuracy: float | None
    baseline_accuracy: float | None
    kappa: float | None
    classes: tuple[tuple[str, int], ...]
    predictors: tuple[str, ...]
    seed: int
    refusal: str | None = None
    left_out: tuple[str, ...] = ()
    labels_from: LabelsFrom = LabelsFrom.NONE
    repeats: int = 0
    scores: tuple[ModelScore, ...] = ()
    levels: tuple[str, ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()
    calibration_before: tuple[CalibrationBin, ...] = ()
    calibration_after: tuple[CalibrationBin, ...] = ()
    conformal: ConformalReport | None = None
    groups: tuple[GroupError, ...] = ()
    drift: tuple[Drift, ...] = ()
    leaks: tuple[Leak, ...] = ()
    warnings: tuple[str, ...] = ()
    libraries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Levels of one wave. `firms` has FIRM_SCORE_COLUMNS plus one `p_<pillar>` column a pillar (0–100, NaN: not scored), then
    BOUND_COLUMNS and ROBUST_COLUMNS of `domain.robustness` and `learned_columns` of `domain.learning` where they were computed.

    `weighting` is the id of the weights in force ("" the rubric's own). `comparisons` hold each sector against all others;
    `changes` against the wave before. `position` is the row in `Responses`; only counted firms appear. `gate` is the id of
    the gate that capped the level or "". `probability` is the model's for its level where basis is "model", else NaN. Rows
    ordered by position.
    """

    wave: str
    rubric: str
    rubric_version: str
    firms: pd.DataFrame
    sectors: tuple[SectorProfile, ...]
    total: SectorProfile
    classifier: ClassifierReport | None
    weighting: str = ""
    estimates: tuple[SectorEstimate, ...] = ()
    total_estimate: SectorEstimate | None = None
    comparisons: tuple[Comparison, ...] = ()
    changes: tuple[Change, ...] = ()
    coherence: Coherence | None = None
    robustness: Robustness | None = None
    labels: LabelSummary | None = None
    types: Types | None = None
    natives: tuple[NativeCandidate, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    model: bytes = field(default=b"", repr=False)
