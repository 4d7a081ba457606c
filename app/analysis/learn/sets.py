"""The levels a firm may well stand at: conformal sets over the levels that could be learnt, open to those that could not.

A level with too few assessed firms can neither be bounded nor ruled out. A set that holds the lowest or the highest level learnt
therefore reaches on to the rarer ones beyond; within, it says what the firms learnt from allow to say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.learn.conformal import Thresholds, conformal_report, conformal_sets, thresholds, tie_breaks
from app.analysis.learn.metrics import Floats, Ints
from app.domain.learning import ConformalReport

ALPHA = 0.1  # of firms whose set may miss their level
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Sets:
    """`bounds` of each of `classes` (level places learnt from); `ends` the lowest and highest place a firm could stand at; equal
    chances are told apart by the firm's key and `seed`."""

    bounds: Thresholds
    classes: Ints
    ends: tuple[int, int]
    seed: int

    def __call__(self, chances: Floats, keys: Objects) -> tuple[Ints, Ints]:
        """Return the lowest and highest level place in the set of each firm, from chances of all levels and the firms' keys."""
        low, high = conformal_sets(_among(chances, self.classes), self.bounds, _ties(keys, self.seed))
        lowest, highest = self.classes[low], self.classes[high]
        lowest = np.where(low == 0, self.ends[0], lowest)
        return lowest, np.where(high == len(self.classes) - 1, self.ends[1], highest)


def learn_sets(chances: Floats, levels: Ints, keys: Objects, classes: Ints, ends: tuple[int, int], seed: int) -> Sets:
    """Return the sets learnt from chances out of fold (n, levels) and assessed level places (n,)."""
    bounds = thresholds(_among(chances, classes), _places(levels, classes), ALPHA, _ties(keys, seed))
    return Sets(bounds, classes, ends, seed)


def sets_report(sets: Sets, chances: Floats, levels: Ints, keys: Objects, codes: tuple[str, ...]) -> ConformalReport | None:
    """Return how often the sets held the level of firms whose own score did not shape them; None with too few firms."""
    names = tuple(codes[place] for place in sets.classes)
    places = _places(levels, sets.classes)
    return conformal_report(_among(chances, sets.classes), places, names, ALPHA, _ties(keys, sets.seed))


def _among(chances: Floats, classes: Ints) -> Floats:
    """Return chances among the classes alone; (n, classes)."""
    own: Floats = chances[:, classes]
    shares: Floats = own / own.sum(axis=1, keepdims=True)
    return shares


def _places(levels: Ints, classes: Ints) -> Ints:
    """Return places among the classes, −1 for a level that is none of them."""
    place = np.minimum(np.searchsorted(classes, levels), len(classes) - 1)
    return np.where(classes[place] == levels, place, -1)


def _ties(keys: Objects, seed: int) -> Floats:
    return tie_breaks(tuple(str(key) for key in keys), seed)
