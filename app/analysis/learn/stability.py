"""How much of a model's levels is the luck of a draw: the same firms under other seeds, and in another order of rows."""

from __future__ import annotations

import numpy as np

from app.analysis.learn.fitted import Core, Fitted
from app.analysis.learn.metrics import Ints
from app.analysis.learn.nested import Budget
from app.analysis.learn.table import Singles
from app.analysis.learn.threads import one_thread
from app.analysis.learn.tune import Lesson, Steps, fits_of, tune

MOST_FIRMS = 500  # learnt from in each refit: fewer firms can only make a model look less stable than it is
MOST_ASKED = 1_000


def stability_steps(kinds: tuple[str, ...], budget: Budget) -> int:
    """Return how many steps `stability` takes for all of `kinds`."""
    return sum((budget.seeds + budget.shuffles) * fits_of(kind) for kind in kinds)


def stability(kind: str, lesson: Lesson, asked: Singles, seed: int, budget: Budget) -> Steps[tuple[float, float]]:
    """Return the share of firms in `asked` whose level is the same under all seeds, and under all orders of the rows.

    A seed decides the inner folds, and with them the setting and the calibration. Each refit learns from at most MOST_FIRMS
    firms drawn once by `seed`, and at most MOST_ASKED are asked.
    """
    rng = np.random.default_rng(seed)
    if len(lesson.levels) > MOST_FIRMS:
        lesson = lesson.at(np.sort(rng.choice(len(lesson.levels), MOST_FIRMS, replace=False)))
    if len(asked) > MOST_ASKED:
        asked = asked[np.sort(rng.choice(len(asked), MOST_ASKED, replace=False))]
    by_seed, by_rows = [], []
    cores: dict[float, Core] = {}
    for turn in range(budget.seeds):
        by_seed.append((yield from _called(asked, tune(kind, lesson, seed + turn, cores))))
    for _ in range(budget.shuffles):
        by_rows.append((yield from _called(asked, tune(kind, lesson.at(rng.permutation(len(lesson.levels))), seed))))
    return _same([by_seed[0], *by_seed]), _same([by_seed[0], *by_rows])


def _called(asked: Singles, steps: Steps[Fitted]) -> Steps[Ints]:
    fitted = yield from steps
    with one_thread():
        return fitted.answer(asked)[1]


def _same(called: list[Ints]) -> float:
    return float((np.array(called) == called[0]).all(axis=0).mean())
