"""What a classifier did beside its baselines, how wrong it may be, and what it says of a firm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LabelsFrom(StrEnum):
    """Who gave the levels that a model learns from."""

    ASSESSORS = "assessors"
    LADDER = "ladder"  # the answer to a question that *is* the level
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ModelScore:
    """One model in nested, repeated, grouped cross-validation; `model` majority | rubric | ordinal | boosting.

    `kappa` quadratic weighted, `rps` ranked probability score (0 best) with its standard error over folds, `macro_f1`, `brier`
    (sum over levels), `accuracy`, `adjacent` (share off by at most one level), `ece` expected calibration error before and
    after calibration. `stability_seed` and `stability_rows`: share of firms whose level stays over 20 seeds and under shuffled
    rows. `likeliest` would be the accuracy if the likeliest level were called and not the middle one, which may fall where an
    answer is better. None where it could not be computed; `refusal` is a text key when the model did not run.
    """

    model: str
    kappa: float | None = None
    rps: float | None = None
    rps_error: float | None = None
    macro_f1: float | None = None
    brier: float | None = None
    accuracy: float | None = None
    adjacent: float | None = None
    ece_before: float | None = None
    ece_after: float | None = None
    stability_seed: float | None = None
    stability_rows: float | None = None
    refusal: str = ""
    likeliest: float | None = None


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Firms to which a level or above was given with about the same chance: mean chance, share that had it, how many."""

    chance: float
    share: float
    n: int


@dataclass(frozen=True, slots=True)
class ConformalReport:
    """Sets of levels that hold the true one in `target` of firms: measured out of fold. `thresholds` by level (None: too few
    firms of it to leave it out of any set); `coverage` by level beside the overall one; `single` share of sets of one level."""

    target: float
    n: int
    coverage: float
    coverage_by_level: tuple[tuple[str, float | None, int], ...]
    mean_size: float
    single: float
    thresholds: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class GroupError:
    """How wrong the model is for one group: `field` size | ownership | township | sector. `bias` mean of predicted minus
    assessed level with its interval; None below the least firms."""

    field: str
    value: str
    n: int
    accuracy: float | None
    bias: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Drift:
    """How far one predictor moved from the firms learnt from: population stability index; `state` ok | watch | stop.

    `unseen` is the share of firms whose answer too few of the firms learnt from gave.
    """

    feature: str
    psi: float
    state: str
    unseen: float = 0.0


@dataclass(frozen=True, slots=True)
class Leak:
    """A predictor that alone gives the level away: its quadratic kappa (or AUC) by itself."""

    feature: str
    score: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two assessors on the same firms: how many, plain agreement, quadratic kappa with its interval, and who is queued.

    `queue` holds (code, name, levels as given joined by a bar) of firms on which they disagree and nobody has ruled.
    """

    firms: int
    agree: float | None
    kappa: float | None
    low: float | None
    high: float | None
    queue: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LabelSummary:
    """The labels of a wave after matching: `firms` assessed, `assessors`, labels of firms that are not there, their agreement."""

    firms: int
    labels: int
    assessors: int
    unknown: int
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Lift:
    """One way to a higher level: another answer to `item` (option code or number as text), and the level the model then gives.

    `current` is the present answer, "" where blank. Computed by asking the model again, not invented. `also` holds a second
    answer (item, current, better) that must change with it, empty where one alone does.
    """

    item: str
    current: str
    better: str
    level: str
    also: tuple[str, str, str] | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a firm has its level: contributions of pillars or predictors in order of weight (name, how much it moves the chance of
    the level or above), and the ways up by one."""

    level: str
    contributions: tuple[tuple[str, float], ...]
    lifts: tuple[Lift, ...]


@dataclass(frozen=True, slots=True)
class FirmType:
    """One exploratory type: its firms, and its mean pillar scores in the rubric's order (None: no firm of it has one)."""

    id: str
    n: int
    centre: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Types:
    """Exploratory types, never a level. `stability` is the mean adjusted Rand index across resamples; types are shown only
    when it reaches the least that `refusal` would otherwise name."""

    k: int
    n: int
    stability: float | None
    silhouette: float | None
    types: tuple[FirmType, ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class NativeCandidate:
    """A firm that meets the transparent rule for AI-native firms; `met` and `missed` are criteria ids, `quotes` (item, answer as
    the firm wrote it). `confirmed` None until a person said yes or no."""

    position: int
    firm: str
    score: int
    met: tuple[str, ...]
    missed: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Levels of another standard as firms gave them, against ours: `counts[theirs][ours]` over `n` firms that have both.

    `standard` names the resource that says what does not carry over; `correlation` is Spearman's, None where it says nothing.
    """

    standard: str
    item: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    n: int
    correlation: float | None


def learned_columns(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns a classifier adds to the firm scores: `label` (assessed level), `predicted`, `set_low`, `set_high` (the
    ends of its conformal set) and `q_<level>` (calibrated chance of each level, NaN where it cannot tell)."""
    return ("label", "predicted", "set_low", "set_high", *(f"q_{level}" for level in levels))
