"""签发: who drafted, checked and approved a brief, and what left the study as released; kept in the study, only growing."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """Signatures in order and the register of what was released; of the signatures of a stage the last one holds.

    `salt` is the study's own secret (hex, "" until it is first needed), by which firms get the same strange id in every file that
    leaves without their names; it is never written into the journal or any file but the study's.
    """

    signatures: tuple[Signature, ...] = ()
    releases: tuple[Release, ...] = ()
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a brief stands: `signatures` in force, the lowest stage first; `changed` whether the results are others than those
    the last of them was given for, and `since` number and command of the journal entries that changed something after it.
    """

    signatures: tuple[Signature, ...] = ()
    changed: bool = False
    since: tuple[tuple[int, str], ...] = ()

    @property
    def stage(self) -> Stage | None:
        """The highest stage in force, None for a draft that nobody signed."""
        return self.signatures[-1].stage if self.signatures else None

    def signature(self, stage: Stage) -> Signature | None:
        """Return the signature in force of a stage, or None."""
        return next((each for each in self.signatures if each.stage is stage), None)


def kept(before: Signing, after: Signing) -> Signing:
    """Return `after` with whatever left the house before, and the salt: no undo brings back what was given out."""
    known = {each.id for each in before.releases}
    releases = (*before.releases, *(each for each in after.releases if each.id not in known))
    salt = before.salt or after.salt
    return after if (releases, salt) == (after.releases, after.salt) else replace(after, releases=releases, salt=salt)


def next_id(signing: Signing, kind: str) -> str:
    """Return the id of the next release of a kind, counted from 1."""
    return f"{kind}-{sum(each.kind == kind for each in signing.releases) + 1}"
