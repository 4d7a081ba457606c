"""Every scored answer of many firms as one table of points: what the index, its checks and the classifier all start from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Bools
from app.analysis.index.columns import slices
from app.analysis.index.items import NOT_APPLICABLE, Asked, markers
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class ScoreMatrix:
    """`points` float32 of shape (n, m): 0–1, the better answer the higher, NaN where blank, unknown or not applicable;
    `applies` bool (n, m): the question concerns the firm. `items` and `pillars` name the m columns, `weights` (m,) weigh them
    within their pillar; rows are those of the positions asked for."""

    points: npt.NDArray[np.float32]
    applies: Bools
    items: tuple[str, ...]
    pillars: tuple[str, ...]
    weights: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.points)


def score_matrix(
    responses: Responses, instrument: Instrument, rubric: Rubric, positions: npt.NDArray[np.intp] | None = None
) -> ScoreMatrix:
    """Return the points of the responses at `positions` (default: all), a column for each score of the rubric, in its order."""
    rows = np.arange(len(responses)) if positions is None else positions
    asked = Asked(responses, instrument, rows)
    shape = (len(rows), len(rubric.scores))
    points, applies = np.full(shape, np.nan, dtype=np.float32, order="F"), np.zeros(shape, dtype=np.bool_, order="F")
    items = markers(asked, rubric, asked.bench())
    for part in slices(len(rows)):
        for column, item in enumerate(items):
            earned = item.mark(part).points
            concerned = earned != NOT_APPLICABLE
            applies[part.start : part.stop, column] = concerned
            points[part.start : part.stop, column] = np.where(concerned, earned, np.nan)
    return ScoreMatrix(
        points,
        applies,
        tuple(score.item for score in rubric.scores),
        tuple(score.pillar for score in rubric.scores),
        np.array([score.weight for score in rubric.scores], dtype=np.float64),
    )
