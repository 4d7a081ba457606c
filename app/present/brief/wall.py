"""目标墙: every goal on one page."""

from __future__ import annotations

from app.domain.brief import Block, FigureBlock, Paragraph
from app.present.figures import figure_of
from app.present.figures.wall import WALL
from app.present.view import View


def wall(view: View) -> list[Block]:
    """Return the wall as a figure; a sentence while goals have not been computed."""
    if not view.study.progress:
        return [Paragraph(view.texts("brief.summary.no_goals"))]
    return [FigureBlock(figure_of(view, WALL))]
