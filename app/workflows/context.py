"""What every use case gets from outside: the constants of the world and the clock."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.resources import Resources

DEFAULT_INSTRUMENT = "aiplus-2026"
DEFAULT_SEED = 7


@dataclass(frozen=True, slots=True)
class Context:
    """`now` is the moment of the command, ISO 8601 with seconds; nothing below asks the machine for the time."""

    resources: Resources
    now: str

    @property
    def today(self) -> str:
        """The date of `now`."""
        return self.now[:10]
