"""One palette for screen, figures and documents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb. `levels` L0…L4 with their readable `level_text`; `heat` the two ends of the score scale."""

    name: str
    window: str
    surface: str
    raised: str
    hairline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    selection: str
    error: str
    warning: str
    good: str
    neutral: str
    hatch: str
    levels: tuple[str, ...]
    level_text: tuple[str, ...]
    heat: tuple[str, str]
    on_track: str
    at_risk: str
    off_track: str
    cannot_tell: str
    reference: str
