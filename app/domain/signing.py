"""签发: who drafted, checked and approved a brief, and what left the study as released; kept in the study, only growing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a brief is: 拟稿, 核稿, 签发."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's word: `who` on the day `when` (ISO), `journal` the hash that the results rested on, `results` their own hash.

    `withdrawn` takes the stage and those above it back. `note` is free text.
    """

    stage: Stage
    who: str
    when: str
    journal: str
    results: str
    note: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """One cell of a released table as it left: the mark that names its statistic, firms behind it, value, whether it was hidden.

    A hidden cell carries neither n nor value. `digits` is how exactly the value was printed (decimals of a fraction, 3 = 0.1 %).
    """

    mark: str
    hidden: bool
    n: int | None = None
    value: float | None = None
    digits: int = 3


@dataclass(frozen=True, slots=True)
class Release:
    """One act of giving something out: an approved brief, a relay package, an anonymised firm file.

    `kind` brief | relay | firms; `journal` the hash it rests on; `policy` the rules; `purpose` free text; `cells` what left.
    """

    id: str
    kind: str
    when: str
    who: str
    journal: str
    policy: str
    purpose: str
    cells: tuple[Published, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """Signatures in order and the register of what was released; of the signatures of a stage the last one holds."""

    signatures: tuple[Signature, ...] = ()
    releases: tuple[Release, ...] = ()
