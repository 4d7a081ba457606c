"""目标: every goal on one wall, the checklist of evidence for what has no number, and the goal book."""

from __future__ import annotations

from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present.figures.wall import make_wall
from app.present.goal_standing import NARROWING
from app.present.pages.common import chips, empty_head, needs_responses, synthetic
from app.present.pages.goals_book import goal_book
from app.present.pages.goals_checklist import checklist
from app.present.pages.goals_values import GoalsPage
from app.present.pages.values import Head
from app.present.view import ALL, View


def goals_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL, _goal: str = "") -> GoalsPage:
    """Return the wall under the filters of `selection`, the checklist and the goal book.

    Before goals are held against answers the head says so, and the other two stand by themselves.
    """
    view = View(study, resources, texts, selection)
    listed, book = checklist(view), goal_book(view)
    if study.responses is None:
        return GoalsPage(needs_responses(view), None, listed, book)
    if not study.progress:
        return GoalsPage(empty_head(view, "no_goals", "study.goals", "goals"), None, listed, book)
    wall = make_wall(view)
    notes = (texts("page.goals.note_met"), *((wall.provenance.note,) if wall.provenance.note else ()))
    return GoalsPage(Head(wall.title, wall.subtitle, chips(view, NARROWING), notes, synthetic(view)), wall, listed, book)
