"""How much an index owes to choices somebody made: coherence first, then what other choices would have given."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.estimate import RankInterval


@dataclass(frozen=True, slots=True)
class CoherenceFlag:
    """One thing to look at: `kind` redundant | unrelated | contrary | constant | alpha_low | few; `item` and `other` item or
    pillar codes; `value` the number that raised it."""

    kind: str
    item: str
    other: str
    value: float


@dataclass(frozen=True, slots=True)
class PillarCoherence:
    """One pillar: Cronbach's `alpha`, share of variance on the first principal component, mean correlation; None: too few."""

    pillar: str
    items: int
    firms: int
    alpha: float | None
    first_component: float | None
    mean_correlation: float | None


@dataclass(frozen=True, slots=True)
class Coherence:
    """Whether items that are added up belong together. `correlations[i][j]` between pillars in the rubric's order (None: too
    few firms); `first_component` the share of variance of all pillars on their first component."""

    pillars: tuple[PillarCoherence, ...]
    correlations: tuple[tuple[float | None, ...], ...]
    first_component: float | None
    flags: tuple[CoherenceFlag, ...]


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """How much of the variance of the mean shift in sector ranks one choice explains: alone, and with all it interacts with."""

    factor: str
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class Varied:
    """A line of the log: one choice that was varied, or was not and why. `how` is a text key with `params`."""

    factor: str
    varied: bool
    how: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Robustness:
    """What `draws` other sets of choices gave. `sectors` ranks of the sectors' mean index; `stable` share of firms whose level
    is the same in nine draws of ten; firm by firm it stands in the columns ROBUST_COLUMNS of the firm scores.

    `firms` is how many firms were drawn upon (all, or a sample of a very large study); `indices` is empty below two sectors.
    """

    draws: int
    seed: int
    firms: int
    sectors: tuple[RankInterval, ...]
    stable: float | None
    indices: tuple[SobolIndex, ...]
    log: tuple[Varied, ...]


@dataclass(frozen=True, slots=True)
class RankMove:
    """What other weights do to one sector (or firm): its rank before and after, its mean index before and after."""

    key: str
    before: int
    after: int
    index_before: float
    index_after: float


ROBUST_COLUMNS = ("rank_low", "rank_high", "level_low", "level_high", "level_share")
BOUND_COLUMNS = ("index_worst", "index_best", "level_worst", "level_best")
