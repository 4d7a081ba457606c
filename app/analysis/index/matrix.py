"""Every scored answer of many firms as one table of points: what the index, its checks and the classifier all start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Bools, Floats
from app.analysis.index.columns import Slice, slices
from app.analysis.index.items import NOT_APPLICABLE, Asked, Marker, markers
from app.analysis.index.levels import Codes, Door, ceilings, doors
from app.analysis.index.pillars import pillar_part
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class ScoreMatrix:
    """`points` float32 of shape (n, m): 0–1, the better answer the higher, NaN where blank, unknown or not applicable;
    `applies` bool (n, m): the question concerns the firm. `items` and `pillars` name the m columns, `weights` (m,) weigh them
    within their pillar; rows are those of the positions asked for. `ceiling` (n,) is the highest place among the rubric's levels
    that its gates leave a firm (above all of them: no gate closes); None in a matrix that was not made from answers."""

    points: npt.NDArray[np.float32]
    applies: Bools
    items: tuple[str, ...]
    pillars: tuple[str, ...]
    weights: npt.NDArray[np.float64]
    ceiling: Codes | None = None

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
    ceiling = np.empty(len(rows), dtype=np.int8)
    bench = asked.bench()
    items, gates = markers(asked, rubric, bench), doors(rubric, bench)
    for part in slices(len(rows)):
        ceiling[part.start : part.stop] = _ceiling(items, gates, rubric, part)
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
        ceiling,
    )


def _ceiling(items: Sequence[Marker], gates: Sequence[Door], rubric: Rubric, part: Slice) -> Codes:
    pillars: dict[str, Floats] = {}
    if any(gate.judge.looks_at_pillars for gate in gates):
        for pillar in rubric.pillars:
            own = [item for item in items if item.score.pillar == pillar.code]
            pillars[pillar.code] = pillar_part(own, part, rubric.minimum_answered).score
    return ceilings(gates, part, pillars, pillars, pillars).place
