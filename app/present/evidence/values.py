"""What the evidence panel shows of one number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One firm behind a number: `position` in Responses, the part it plays (分子 …) and what it answered, in words."""

    position: int
    name: str
    sector: str
    level: str
    part: str
    answer: str


@dataclass(frozen=True, slots=True)
class Step:
    """A way on from a number: what the link says, the command it asks for and its parameters."""

    words: str
    command: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A number opened: title, value, formula and measure as sentences; counts as (label, firms); its firms.

    `total` firms stand behind it, of which `firms` lists the first; `firms_line` says so. `steps` lead on. For use
    inside the bureau: no writer takes it.
    """

    mark: str
    title: str
    value: str
    formula: str
    measure: str
    counts: tuple[tuple[str, int], ...]
    firms: tuple[FirmLine, ...]
    total: int
    firms_line: str
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
