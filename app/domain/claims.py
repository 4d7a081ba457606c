"""数字编号: every number that a document states, with an identifier that a reader of the file can find again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

# A run of digits with its separators, decimals and percent sign; a true minus or a comparison before it belongs to it.
_NUMBER = re.compile(r"(?<![0-9A-Za-z_.])[<>≤≥]?[+\-−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Span:
    """A number in a text: its place, and the text as printed."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of a brief.

    `id` is `B<block>.<k>`: the k-th number of the brief's block, counted from 1 in reading order (a table row by row); a chart's
    values are `B<block>.C<series>.<point>`. `text` is as printed; `value`, `low`, `high`, `n` and `evidence` are known where it
    comes from a released cell. `place` says where it stands: paragraph, or row and column labels.
    """

    id: str
    block: int
    text: str
    place: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unit: str = ""
    evidence: str = ""


class Verdict(StrEnum):
    """What became of a number of a document: as the study gives it, another, or one the study knows nothing of."""

    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """One number found in a file, or missing from it: `found` as it stands there, `expected` as the study gives it ("" where
    nothing is expected), `context` the words around it. `cause` says of a changed one whether it was changed in the `document`
    or whether it is the `study` that gives another by now."""

    verdict: Verdict
    id: str
    found: str
    expected: str
    place: str
    context: str
    cause: str = ""


def numbers_in(text: str) -> tuple[Span, ...]:
    """Return the numbers of a text in reading order; digits inside a word (L2, 2026A) are none of them."""
    return tuple(Span(found.start(), found.end(), found.group()) for found in _NUMBER.finditer(text))


def claim_id(block: int, k: int) -> str:
    """Return the identifier of the k-th number (from 1) of a block."""
    return f"B{block}.{k}"
