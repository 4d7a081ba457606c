"""A firm file without names: who stands in it as whom, and how hard a firm is to find again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LEAST_K = 3  # below it a single neighbour's knowledge names the rest
USUAL_K = 5


@dataclass(frozen=True, slots=True)
class Anonymity:
    """How a firm file was made: of `firms` in the study, how many lost their township (`no_township`), also their size
    (`no_size`), have a broader sector besides (`broad`), or are left out (`left_out`).

    In what is left, no combination of waves answered, sector, size and township has fewer than `smallest` firms (≥ `k`);
    `groups` such combinations there are, and in `alike` of them all firms have one level, so that whoever knows the combination
    knows the level; `diversity` is the least number of levels in a combination, None without levels.
    """

    k: int
    firms: int
    rows: int
    no_township: int
    no_size: int
    broad: int
    left_out: int
    smallest: int
    groups: int
    diversity: int | None
    alike: int


@dataclass(frozen=True, slots=True, eq=False)
class AnonymousFirms:
    """`table` of texts, a row a firm in a wave, in the order of its strange ids; `items` the answers in it, by their code."""

    table: pd.DataFrame
    items: tuple[str, ...]
    anonymity: Anonymity
