"""Time counted in steps of work and not by a clock, so that a slow machine hides the same cells as a fast one."""

from __future__ import annotations

from dataclasses import dataclass

_A_SECOND = 60_000
"""Variables of linear programmes of a usual size solved in a second, on an office machine of 2024."""
_CALL = 200
"""What a call costs, in variables of programmes."""
_NODE = 30
"""What a node of a search costs for each variable, in variables of programmes."""


@dataclass(slots=True)
class Work:
    """What may still be spent."""

    left: float

    @classmethod
    def lasting(cls, seconds: float) -> Work:
        """Return as much as takes about `seconds`."""
        return cls(seconds * _A_SECOND)

    def call(self, variables: float) -> None:
        """Count programmes of so many variables together, solved in one call."""
        self.left -= _CALL + variables

    def searched(self, variables: int, nodes: int) -> None:
        """Count a search of so many nodes; the first costs more."""
        self.left -= variables * (50 + _NODE * nodes)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0
