"""Page values: what each page of the window shows, as frozen values; widgets only lay them out.

The makers are loaded when first asked for: the window imports `pages.values` before its first paint, without pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.present.pages.brief import brief_page
    from app.present.pages.classifier import classifier_page
    from app.present.pages.collect import collect_page
    from app.present.pages.explore import explore_page
    from app.present.pages.firms import firms_page
    from app.present.pages.goal import goal_page
    from app.present.pages.goals import goals_page
    from app.present.pages.readiness import readiness_page
    from app.present.pages.scenarios import scenarios_page
    from app.present.pages.start import start_page
    from app.present.pages.visits import visits_page
    from app.present.pages.watch import watch_page
    from app.present.pages.weights import weights_page

__all__ = [
    "brief_page",
    "classifier_page",
    "collect_page",
    "explore_page",
    "firms_page",
    "goal_page",
    "goals_page",
    "readiness_page",
    "scenarios_page",
    "start_page",
    "visits_page",
    "watch_page",
    "weights_page",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"app.present.pages.{name.removesuffix('_page')}"), name)
