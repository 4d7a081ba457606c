"""What is laid down about paces before a series is seen; measured on published series (resources/forecast/pace.toml)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prior:
    """How fast such shares move and how much that changes, in logits.

    `spread` of paces about no change (a year), `wander` the standard deviation by which a pace changes within a year.
    """

    spread: float
    wander: float


PRIOR = Prior(spread=0.5, wander=0.3)
BASS_P, BASS_Q = 0.03, 0.38  # means of 213 published applications: Sultan, Farley and Lehmann 1990, J. Marketing Research 27(1)
