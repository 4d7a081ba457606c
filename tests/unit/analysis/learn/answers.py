"""Made-up answers to the program's own questionnaire, the readier the firm the better."""

from __future__ import annotations

import numpy as np

from app.domain.instrument import Instrument, ItemType
from app.domain.responses import Responses
from tests.unit.analysis.small_study import responses

CLOSED = (ItemType.YES_NO, ItemType.SINGLE, ItemType.LADDER)


def filled_in(instrument: Instrument, n: int, seed: int = 0, blank: float = 0.05, **firms) -> tuple[Responses, np.ndarray]:
    """Return responses of `n` firms and their hidden readiness (0–1)."""
    rng = np.random.default_rng(seed)
    ready = rng.random(n)
    answers = {}
    for item in instrument.items:
        show = np.clip(ready + rng.normal(0, 0.2, n), 0, 0.999)
        options = [option.code for option in item.options if option.code not in ("unknown", "na") and not option.exclusive]
        if item.type is ItemType.YES_NO:
            given = np.where(show > 0.5, "yes", "no").astype(object)
        elif item.type in CLOSED and options:
            given = np.array(options, dtype=object)[(show * len(options)).astype(int)]
        elif item.type is ItemType.MULTI:
            given = np.array(["|".join(options[: max(1, round(k))]) for k in show * len(options)], dtype=object)
        elif item.type is ItemType.PERCENT:
            given = np.round(show, 3).astype(object)
        elif item.type in (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY):
            given = np.round(np.exp(3 + 3 * rng.random(n))).astype(object)
        else:
            given = np.array([f"{item.code}{k}" for k in range(n)], dtype=object)
        given[rng.random(n) < blank] = None
        answers[item.code] = given
    towns = [f"镇{k}" for k in rng.integers(0, 8, n)]
    sectors = rng.choice(["C", "F", "I", "J"], n).tolist()
    return responses(answers, instrument, township=towns, sector=sectors, **firms), ready
