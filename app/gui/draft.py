"""A brief as it stands on the desk; of the window, not of the study."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.brief import BriefPlan
from app.domain.words import Lang


@dataclass(frozen=True, slots=True)
class Draft:
    """Its language and what it is asked to be."""

    lang: Lang = "zh"
    plan: BriefPlan = BriefPlan()  # noqa: RUF009 - a frozen value
