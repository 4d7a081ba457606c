"""Fits one model to some firms: the hyperparameter and the calibration from inner folds, then the model on all of them."""

from __future__ import annotations

from collections.abc import Generator, MutableMapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from app.analysis.learn.calibrate import calibrate, unchanged
from app.analysis.learn.fitted import (
    BOOSTING,
    MAJORITY,
    ORDINAL,
    RUBRIC,
    Boosted,
    Core,
    Fitted,
    PlainModel,
    RubricTable,
    Shares,
    floor_of,
)
from app.analysis.learn.folds import grouped_folds
from app.analysis.learn.metrics import Floats, Ints
from app.analysis.learn.plain import plain_inputs
from app.analysis.learn.table import Columns, Singles
from app.analysis.learn.threads import one_thread

T = TypeVar("T")
Steps = Generator[None, None, T]  # one step a fit; the caller turns steps into progress

INNER = 3
SETTINGS: dict[str, tuple[float, ...]] = {ORDINAL: (0.03, 0.3, 3.0), BOOSTING: (12, 25, 50)}  # C; rounds, read off one fit
_PRIOR_FIRMS = 2.0  # firms with the overall shares that are added to each level of the rubric


@dataclass(frozen=True, slots=True)
class Lesson:
    """Firms to learn from: table, level places, groups as numbers, whether the level is frequent enough to be `taught`, and the
    number of all levels. Firms of a rarer level count in the floor alone."""

    table: Singles
    columns: Columns
    levels: Ints
    groups: Ints
    taught: npt.NDArray[np.bool_]
    count: int

    def at(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Lesson:
        """Return these firms alone."""
        return Lesson(self.table[rows], self.columns, self.levels[rows], self.groups[rows], self.taught[rows], self.count)


def fits_of(kind: str) -> int:
    """Return how many steps `tune` takes for a model."""
    return 1 if kind in (MAJORITY, RUBRIC) else INNER + 1


def tune(kind: str, lesson: Lesson, seed: int, known: MutableMapping[float, Core] | None = None) -> Steps[Fitted]:
    """Return the model fitted to the taught firms of `lesson`, by one of its SETTINGS.

    The inner folds hold whole groups; the setting with the lowest ranked probability score out of fold is taken, the first of
    equals, and the same chances teach the calibration. Baselines have neither. `known` remembers the core by setting, for other
    seeds over the same lesson: a seed decides the inner folds and no more.
    """
    known = {} if known is None else known
    taught = lesson.at(lesson.taught)
    classes, places = np.unique(taught.levels, return_inverse=True)
    floor = floor_of(np.bincount(lesson.levels, minlength=lesson.count), classes)
    wrap = partial(Fitted, kind, lesson.columns, classes, floor)
    if kind in (MAJORITY, RUBRIC) or len(classes) < 2:
        yield
        return wrap(_baseline(kind, taught, places), unchanged(len(classes) - 1))
    tried = yield from _out_of_fold(kind, taught, places, grouped_folds(taught.groups, places, INNER, seed))
    errors = [_rank_score(reached, places) for reached in tried]
    best = int(np.argmin(np.round(errors, 9)))
    setting = SETTINGS[kind][best]
    if setting not in known:
        with one_thread():
            known[setting] = _core(kind, taught, places, setting)
    yield
    return wrap(known[setting], calibrate(tried[best], places))


def _out_of_fold(kind: str, lesson: Lesson, places: Ints, folds: Ints) -> Steps[list[Floats]]:
    """Return P(level ≥ k) of every firm by models that have not seen its group, for each setting; (n, classes − 1) each."""
    tried = [np.zeros((len(places), int(places.max()))) for _ in SETTINGS[kind]]
    for fold in range(INNER):
        inside = folds == fold
        present, inner = np.unique(places[~inside], return_inverse=True)
        if inside.any() and len(present):
            with one_thread():
                found = _by_setting(kind, lesson.at(~inside), inner, lesson.table[inside])
            for reached, each in zip(tried, found, strict=True):
                reached[inside] = _onto(each, present, reached.shape[1])
        yield
    return tried


def _by_setting(kind: str, lesson: Lesson, places: Ints, asked: Singles) -> list[Floats]:
    """Return what a model says of the firms `asked` under each setting; boosting is fitted once and read off on its way."""
    settings = SETTINGS[kind]
    last = _core(kind, lesson, places, settings[-1])
    if isinstance(last, Boosted):
        return last.staged(asked, tuple(int(rounds) for rounds in settings))
    return [*(_core(kind, lesson, places, setting).reached(asked) for setting in settings[:-1]), last.reached(asked)]


def _onto(found: Floats, present: Ints, thresholds: int) -> Floats:
    """Carry chances over the classes present to all: a threshold is passed with the next class above, never beyond the last."""
    ones, zeros = np.ones((len(found), 1)), np.zeros((len(found), 1))
    bounded = np.hstack([ones, found, zeros])
    return bounded[:, np.searchsorted(present, np.arange(1, thresholds + 1))]


def _rank_score(reached: Floats, places: Ints) -> float:
    truth = places[:, None] >= np.arange(1, reached.shape[1] + 1)
    return float(((reached - truth) ** 2).mean())


def _baseline(kind: str, lesson: Lesson, places: Ints) -> Core:
    return _rubric_table(lesson, places) if kind == RUBRIC else Shares(_above(np.bincount(places)))


def _core(kind: str, lesson: Lesson, places: Ints, setting: float) -> Core:
    """Fit a model to places 0 … classes − 1, all of which occur; with one class there is nothing to fit."""
    if places.max() == 0:
        return Shares(_above(np.bincount(places)))
    return _ordinal(lesson, places, setting) if kind == ORDINAL else _boosting(lesson, places, int(setting))


def _ordinal(lesson: Lesson, places: Ints, strength: float) -> Core:
    from app.analysis.learn.estimators import OrdinalLogistic

    plain = plain_inputs(lesson.table, lesson.columns)
    model = OrdinalLogistic(C=strength, monotone=plain.monotone).fit(plain(lesson.table), places)
    return PlainModel(plain, model.coef_, model.thresholds_)


def _boosting(lesson: Lesson, places: Ints, rounds: int) -> Core:
    from app.analysis.learn.estimators import FrankHall

    columns, skipped = lesson.columns, lesson.columns.rubric
    kinds = np.arange(len(columns.names))
    items, facts = kinds < skipped, (kinds >= columns.facts_at.start) & (kinds < columns.facts_at.stop)
    monotone, categorical = np.delete(items, skipped).astype(np.int8), np.delete(facts, skipped)
    model = FrankHall(rounds=rounds, monotone=monotone, categorical=categorical)
    return Boosted(model.fit(np.delete(lesson.table, skipped, axis=1), places), skipped)


def _rubric_table(lesson: Lesson, places: Ints) -> RubricTable:
    column = lesson.columns.rubric
    by_rubric = np.nan_to_num(lesson.table[:, column], nan=-1.0).astype(np.int64) + 1
    classes = int(places.max()) + 1
    counts = np.zeros((lesson.count + 1, classes))
    np.add.at(counts, (by_rubric, places), 1.0)
    counts += _PRIOR_FIRMS * np.bincount(places, minlength=classes) / len(places)
    return RubricTable(np.array([_above(row) for row in counts]), column)


def _above(counts: npt.NDArray[np.float64] | Ints) -> Floats:
    """Return the share at each class but the lowest or above."""
    upto: Floats = np.cumsum(counts[::-1].astype(np.float64))[::-1][1:] / counts.sum()
    return upto
