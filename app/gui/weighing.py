"""What other weights would do, as a task for the glancer; everything heavy is imported inside."""

from __future__ import annotations

from app.domain.task import Progress, Task
from app.gui.work import Asked
from app.present.pages.weights_values import Moves


def moves(asked: Asked, weights: tuple[tuple[str, float], ...], aggregation: str) -> Task[Moves]:
    """Work out which ranks move under `weights` and `aggregation`."""
    from app.present.figures.moves import moves_of
    from app.present.pages.weights import weighting_of
    from app.present.view import View

    yield Progress("gui.progress.page")
    view = View(asked.study, asked.resources, asked.texts, asked.selection)
    return moves_of(view, weighting_of(view, dict(weights), aggregation))
