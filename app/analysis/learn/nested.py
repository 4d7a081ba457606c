"""Every model in nested, repeated, grouped cross-validation: what each says of firms it has not seen, in one pass.

Outer folds test; inside each, inner folds choose the setting and teach the calibration (Varma, S. & Simon, R., 2006, BMC
Bioinformatics 7:91). All models are tried on the same folds.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from app.analysis.learn.fitted import MODELS, RUBRIC
from app.analysis.learn.folds import grouped_folds
from app.analysis.learn.metrics import Floats, Ints
from app.analysis.learn.threads import one_thread
from app.analysis.learn.tune import Lesson, Steps, T, fits_of, tune
from app.domain.task import Progress

OUTER = 5


@dataclass(frozen=True, slots=True)
class Budget:
    """How thoroughly models are tested: repeats of the outer folds, refits under other seeds and in other orders of rows; and
    which models are tried at all, in order of simplicity."""

    repeats: int = 3
    seeds: int = 20
    shuffles: int = 3
    models: tuple[str, ...] = MODELS


FULL = Budget()


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What one model says of each firm it has not seen, repeat by repeat: chances of all levels before and after calibration
    (repeats, n, levels) and the level places called (repeats, n)."""

    before: Floats
    after: Floats
    called: Ints


@dataclass(frozen=True, slots=True)
class Validated:
    """The models tried, in order of simplicity, and the fold each firm was tested in (repeats, n)."""

    models: dict[str, OutOfFold]
    folds: Ints


def models_for(lesson: Lesson, budget: Budget) -> tuple[str, ...]:
    """Return the models that can be tried, in order of simplicity; without levels by a rubric its cut-offs cannot."""
    has_rubric = not np.isnan(lesson.table[:, lesson.columns.rubric]).all()
    return tuple(kind for kind in budget.models if kind != RUBRIC or has_rubric)


def outer_folds(lesson: Lesson, seed: int, repeats: int) -> Ints:
    """Return the outer fold of each firm in each repeat; (repeats, n)."""
    return np.array([grouped_folds(lesson.groups, lesson.levels, OUTER, seed + 1000 * repeat) for repeat in range(repeats)])


def one_level_in_a_fold(lesson: Lesson, folds: Ints) -> bool:
    """Return whether some fold would have to learn from a single level."""
    rest = (lesson.levels[lesson.taught & (own != fold)] for own in folds for fold in range(OUTER))
    return any(len(np.unique(levels)) < 2 for levels in rest)


def nested_steps(kinds: tuple[str, ...], repeats: int) -> int:
    """Return how many steps `validate` takes."""
    return repeats * OUTER * sum(fits_of(kind) for kind in kinds)


def validate(lesson: Lesson, kinds: tuple[str, ...], folds: Ints, seed: int) -> Steps[Validated]:
    """Return what each of `kinds` says of every firm out of fold; one step a fit."""
    shape = (len(folds), len(lesson.levels))
    found = {
        kind: OutOfFold(np.zeros((*shape, lesson.count)), np.zeros((*shape, lesson.count)), np.zeros(shape, dtype=np.int64))
        for kind in kinds
    }
    for repeat, own in enumerate(folds):
        for fold in np.unique(own).tolist():
            inside = own == fold
            for kind in kinds:
                yield from _test(kind, lesson, inside, (found[kind], repeat, seed + fold))
    return Validated(found, folds)


def _test(kind: str, lesson: Lesson, inside: np.ndarray, where: tuple[OutOfFold, int, int]) -> Steps[None]:
    """Fit a model outside the fold and write down what it says of the firms inside."""
    out, repeat, seed = where
    fitted = yield from tune(kind, lesson.at(~inside), seed)
    table = lesson.table[inside]
    with one_thread():
        raw = fitted.raw(table)
    out.after[repeat, inside], out.called[repeat, inside] = fitted.finish(table, fitted.calibrated(raw))
    out.before[repeat, inside] = fitted.spread(raw)


def counted(steps: Steps[T], step: str, done: int, total: int) -> Generator[Progress, None, T]:
    """Turn steps into progress from `done` on; closing the generator closes the steps."""
    try:
        while True:
            try:
                next(steps)
            except StopIteration as stop:
                result: T = stop.value
                return result
            done += 1
            yield Progress(step, done, total)
    finally:
        steps.close()
