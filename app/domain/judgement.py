"""What people judge and the program never may: assessed levels, rulings, overrides, weights, visits. Kept apart from answers.

An assessment is a function of the responses, of the rubric and of these values; a judgement names its author, day and reason.
Firms are named as people wrote them (`code`, `name`): who is meant is worked out anew at each assessment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Aggregation(StrEnum):
    """How pillars become an index: a weak pillar is made up for by others (arithmetic) or pulls the whole down (geometric)."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


@dataclass(frozen=True, slots=True)
class Label:
    """现场评估: the level one assessor gave a firm in a wave; `when` an ISO day, `evidence` a file, photo or document named.

    `code` (credit code) or `name` says which firm; `place` is where the label came from ("labels.xlsx · Sheet1 · A7"), "" where
    it was typed in.
    """

    wave: str
    code: str
    name: str
    level: str
    who: str
    when: str
    why: str = ""
    evidence: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What settles two assessors who disagree on a firm: the level that holds from now on, by whom, when and why."""

    wave: str
    code: str
    name: str
    level: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Override:
    """A person's level beside the computed one, which stays: it enters no share and teaches no model."""

    wave: str
    code: str
    name: str
    level: str
    who: str
    when: str
    why: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Whether a candidate is an AI-native firm (智能原生企业), as a person found."""

    wave: str
    code: str
    name: str
    is_native: bool
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Weighting:
    """One version of the pillar weights: `weights` (pillar code, weight ≥ 0, not all 0), and why they are what they are."""

    id: str
    weights: tuple[tuple[str, float], ...]
    aggregation: Aggregation
    rationale: str
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One firm drawn for an on-site assessment. `probability` in (0, 1] is its inclusion probability in this list.

    `uncertainty` 0–1 is how unsure the model (or the bounds of the blanks) leaves its level, `weight` the firms it stands for.
    """

    firm: str
    code: str
    name: str
    sector: str
    township: str
    size: str
    probability: float
    uncertainty: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class VisitList:
    """走访名单: firms drawn from a wave with known inclusion probabilities. `frame` firms could have been drawn, by sector.

    `method` names the design ("pivotal"), `seed` repeats the draw. `excluded` firms were visited before and not drawn again.
    """

    id: str
    wave: str
    seed: int
    when: str
    method: str
    frame: tuple[tuple[str, int], ...]
    visits: tuple[Visit, ...]
    excluded: int = 0


@dataclass(frozen=True, slots=True)
class Judgements:
    """Everything people judged in a study, in the order in which they did. `weighting` is the id of the version in force, ""
    for the rubric's own weights."""

    labels: tuple[Label, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    overrides: tuple[Override, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    weightings: tuple[Weighting, ...] = ()
    weighting: str = ""
    visit_lists: tuple[VisitList, ...] = ()

    @property
    def weighting_in_force(self) -> Weighting | None:
        """The version of the weights that counts, None for the rubric's own."""
        return next((version for version in self.weightings if version.id == self.weighting), None)
