"""智能原生企业: the transparent rule that finds candidates among the answers, as data; a person confirms, the program never."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.condition import Condition
from app.domain.words import Words


@dataclass(frozen=True, slots=True)
class ShareOf:
    """The answer to `part` is at least `at_least` (a fraction) of the answer to `whole`, which must be above 0."""

    part: str
    whole: str
    at_least: float


@dataclass(frozen=True, slots=True)
class NativeCriterion:
    """One criterion: met where `condition` or `share` surely holds, whichever is given. `required` ones no other makes up for."""

    id: str
    words: Words
    condition: Condition | None
    share: ShareOf | None = None
    required: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class NativeContext:
    """What others ask of firms of a kindred sort: cited beside the rule, never applied. `verify`: no official source read."""

    words: Words
    source: str
    verify: bool = False


@dataclass(frozen=True, slots=True)
class NativeRule:
    """The rule for one instrument: a candidate meets every required criterion and at least `needed` of all.

    `definition` is the official wording the criteria were made from; `words` name the rule.
    """

    id: str
    instrument: str
    version: str
    words: Words
    definition: Words
    source: str
    needed: int
    criteria: tuple[NativeCriterion, ...]
    context: tuple[NativeContext, ...] = ()
    verify: bool = False

    def criterion(self, id_: str) -> NativeCriterion:
        """Return the criterion with this id; KeyError when there is none."""
        for criterion in self.criteria:
            if criterion.id == id_:
                return criterion
        raise KeyError(id_)
