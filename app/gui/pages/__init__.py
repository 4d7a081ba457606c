"""The pages in the order of the work; each class is imported when its page is first opened."""

from __future__ import annotations

from importlib import import_module

from app.gui.pages.base import Page

ORDER = (
    "start",
    "collect",
    "firms",
    "readiness",
    "weights",
    "classifier",
    "visits",
    "goals",
    "goal",
    "scenarios",
    "watch",
    "explore",
    "brief",
)
# pages that belong to another
UNDER = {
    "weights": "readiness",
    "classifier": "readiness",
    "visits": "readiness",
    "goal": "goals",
    "scenarios": "goals",
    "watch": "goals",
}
CLASSES = {id_: f"{id_.capitalize()}PageView" for id_ in ORDER}


def make_page(id_: str) -> Page:
    """Return a new page; its module is imported now, so that the start page paints without the others."""
    page: Page = getattr(import_module(f"app.gui.pages.{id_}"), CLASSES[id_])()
    return page
