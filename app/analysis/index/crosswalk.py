"""Levels of other standards as firms gave them, against ours: counted side by side, never converted into each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import per_answer
from app.domain.crosswalk import Standard
from app.domain.instrument import Instrument
from app.domain.learning import Crosswalk
from app.domain.responses import Responses

LEAST_FIRMS = 10  # a rank correlation over fewer is ±0.6 or more by chance in one case of twenty
ROUNDED = 9

Places = npt.NDArray[np.int64]


def crosswalks(
    firms: pd.DataFrame, responses: Responses, instrument: Instrument, standards: Sequence[Standard], wave: str
) -> tuple[Crosswalk, ...]:
    """Return a table of their levels against ours for each standard that at least one firm of the wave has beside our level.

    `firms` is the frame of `score_firms`. A firm without either level, or whose answer is no level (未评估), is not counted.
    """
    own = firms[(firms["wave"] == wave).to_numpy(dtype=bool)]
    asked = {item.code for item in instrument.items}
    found = []
    for standard in standards:
        if standard.item in asked and standard.item in responses.values:
            table = _crosswalk(own, responses.values[standard.item], standard)
            found += [table] if table.n else []
    return tuple(found)


def _crosswalk(firms: pd.DataFrame, answers: pd.Series, standard: Standard) -> Crosswalk:
    ours = [str(level) for level in firms["level"].cat.categories]
    here = firms["level"].cat.codes.to_numpy(dtype=np.int64)
    places = {level.code: float(place) for place, level in enumerate(standard.levels)}
    given = per_answer(answers.take(firms["position"].to_numpy()), lambda answer: places.get(answer, np.nan))
    both = ~np.isnan(given) & (here >= 0)
    there, here = given[both].astype(np.int64), here[both]
    counts = np.bincount(there * len(ours) + here, minlength=len(places) * len(ours)).reshape(len(places), len(ours))
    return Crosswalk(
        standard.id,
        standard.item,
        tuple(level.code for level in standard.levels),
        tuple(ours),
        tuple(tuple(int(n) for n in row) for row in counts),
        len(there),
        _spearman(there, here),
    )


def _spearman(one: Places, other: Places) -> float | None:
    """Return Spearman's rank correlation, ties at their mean rank; None below LEAST_FIRMS or where one has no differences.

    Spearman, C. (1904), "The proof and measurement of association between two things", Am. J. Psychol. 15.
    """
    if len(one) < LEAST_FIRMS or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    ranks = pd.DataFrame({"one": one, "other": other}).rank()
    return round(float(np.corrcoef(ranks["one"], ranks["other"])[0, 1]), ROUNDED)
