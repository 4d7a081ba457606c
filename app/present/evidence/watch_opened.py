"""One number of what is watched, opened: its words, its formula, and the part that each firm plays in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.conditions import evaluate
from app.domain.assessment import TOTAL
from app.domain.condition import Condition
from app.domain.estimate import Estimate
from app.domain.numbers import number, percent
from app.present import wording
from app.present.watching import Watched

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Opened:
    """What one number is: its title, value, formula, and the firms in `scope` (n,) with the part each plays (n,).

    A firm's part is 0 met, 1 counted and not met, 2 not counted; of a number that is no share (`is_share`) 0 is counted. `items`
    are the codes whose answers are shown.
    """

    title: str
    value: str
    formula: str
    scope: Places
    part: Places
    items: Sequence[str]
    notes: tuple[str, ...] = ()
    is_share: bool = True


def firms_in(found: Watched, sector: str) -> Places:
    """Return the positions of the counted firms of the wave inside the filters, of a sector or all; shape (n,)."""
    responses = found.view.study.responses
    if responses is None:
        return np.zeros(0, dtype=np.int64)
    firms = responses.firms
    inside = firms["counted"].to_numpy(dtype=bool) & (firms["wave"] == found.wave.id).to_numpy(dtype=bool)
    for field, value in found.view.filters:
        inside &= (firms[field].astype("object").fillna("") == value).to_numpy(dtype=bool)
    if sector != TOTAL:
        inside &= (firms["sector"].astype("object").fillna("") == sector).to_numpy(dtype=bool)
    return np.flatnonzero(inside).astype(np.int64)


def holding(found: Watched, condition: Condition, scope: Places, exempt: Condition | None = None) -> Places:
    """Return the part each firm in `scope` plays for a condition: it holds, does not, or a blank leaves it open.

    A firm for which `exempt` holds is not counted either.
    """
    responses = found.view.study.responses
    if responses is None:
        return np.zeros(0, dtype=np.int64)
    values, instrument = responses.values.iloc[scope], found.view.study.instrument
    holds = evaluate(condition, values, instrument)
    if exempt is not None:
        holds = np.where(evaluate(exempt, values, instrument) == 1.0, np.nan, holds)
    return np.where(holds == 1.0, 0, np.where(holds == 0.0, 1, 2)).astype(np.int64)


def share_words(found: Watched, share: Estimate) -> str:
    """Return an estimated share with its interval, or that it cannot be told."""
    return wording.share_text(found.view.texts, share.value, share.low, share.high) if share.value is not None else nothing(found)


def firms_words(found: Watched, n: int, users: int) -> str:
    """Return firms with their share of those that use agents."""
    share = percent(n / users) if users else ""
    return found.view.texts(
        "figure.quadrant.firms" if users else "figure.quadrant.firms_alone", n=number(n, "count"), share=share
    )


def nothing(found: Watched) -> str:
    """Say that a number cannot be told."""
    return found.view.texts("wording.no_value")
