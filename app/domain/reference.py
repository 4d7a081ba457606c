"""A published series from elsewhere, shown as context under its own definition and never joined to ours."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.words import Words


@dataclass(frozen=True, slots=True)
class ReferenceSeries:
    """`points` are (decimal year, fraction); `breaks` the decimal years from which it was asked otherwise.

    `sections` are GB/T 4754 letters it may stand beside (empty: all firms); `definition` says who was asked what.
    `group` domestic (of this country: beside any goal) | union | sector | country | abroad. `bound` says that its points are
    lower bounds ("more than"), as press reports give them.
    """

    id: str
    words: Words
    definition: Words
    source: str
    sections: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    breaks: tuple[float, ...] = ()
    verify: bool = False
    group: str = "abroad"
    bound: bool = False
