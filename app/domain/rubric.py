"""How answers become pillars, an index and a gated level; every weight and cut is resource data."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.condition import Condition
from app.domain.words import Words

LEVELS = ("L0", "L1", "L2", "L3", "L4")
READY = LEVELS[2]  # the level whose share is ranked, compared and followed over time: AI in everyday use


@dataclass(frozen=True, slots=True)
class Pillar:
    """One of the seven pillars (支柱); weights are shared among pillars that apply."""

    code: str
    words: Words
    weight: float


@dataclass(frozen=True, slots=True)
class ItemScore:
    """How one item scores 0–1 within its pillar.

    kind "options": `points` per option code; "count": chosen options / `high`, capped at 1 (exclusive option: 0);
    "goalposts": (value − low) / (high − low), clipped; yes/no items use points with keys yes, no, planned, na.
    "steps": the points of the first of `steps` (upper bound included, points 0–1; bounds rising) that holds the value.
    A points key that is absent means the answer is not applicable and drops out. `applies`: the item counts, and is asked
    for, only where this condition holds (None: always); where it is false or unknown the item is not applicable.
    """

    item: str
    pillar: str
    kind: str
    weight: float = 1.0
    points: tuple[tuple[str, float], ...] = ()
    low: float = 0.0
    high: float = 1.0
    applies: Condition | None = None
    source: str = ""
    steps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition without which a firm cannot stand at `level` or above; `words` say why in one sentence."""

    id: str
    level: str
    condition: Condition
    words: Words
    source: str = ""


@dataclass(frozen=True, slots=True)
class LevelWords:
    """A level's name, its lowest index, and what it means."""

    code: str
    words: Words
    lowest_index: float
    meaning: Words


@dataclass(frozen=True, slots=True)
class Rubric:
    """A rubric. `ladder` (when set) maps an item's option codes straight to levels, and no index is computed.

    `minimum_answered`: share of applicable scored items that must be answered for a pillar, and for the index.
    """

    id: str
    version: str
    words: Words
    source: str
    pillars: tuple[Pillar, ...]
    scores: tuple[ItemScore, ...]
    gates: tuple[Gate, ...]
    levels: tuple[LevelWords, ...]
    minimum_answered: float = 0.65
    ladder_item: str = ""
    ladder: tuple[tuple[str, str], ...] = ()
    predictors: tuple[str, ...] = ()
    verify: bool = False
