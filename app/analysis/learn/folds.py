"""Folds that never part a group: a firm, or a whole township, is either learnt from or tested on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]

LEAST_PLACES = 5  # from here on whole townships are held out


def group_keys(firms: Objects, places: Objects) -> tuple[Objects, bool]:
    """Return the group of each firm and whether it is a place: the township where at least LEAST_PLACES are known ("" unknown:
    the firm stands for itself), else the firm. A firm in two rows is in one group, that of its first row."""
    alone = np.array([f"firm:{firm}" for firm in firms], dtype=object)
    named = places != ""
    if len(set(places[named].tolist())) < LEAST_PLACES:
        return alone, False
    keys = np.where(named, places, alone)
    first: dict[object, object] = {}
    return np.array([first.setdefault(firm, key) for firm, key in zip(firms, keys, strict=True)], dtype=object), True


def grouped_folds(groups: Ints, levels: Ints, count: int, seed: int) -> Ints:
    """Return the fold 0 … count − 1 of each row; whole groups, the largest first, each into the fold that holds the fewest firms.

    Groups of about the same size (within a power of two) come in an order drawn by the seed; firms that are groups of their own
    are dealt out level by level, so that every fold has its share of each. The order of rows does not matter.
    """
    keys, group = np.unique(groups, return_inverse=True)
    size = np.bincount(group)
    bucket = np.floor(np.log2(size))
    middle = np.where(bucket == 0, np.bincount(group, weights=levels) / size, 0.0)
    chance = np.random.default_rng(seed).random(len(keys))
    held, fold_of = [0] * count, np.zeros(len(keys), dtype=np.int64)
    turn = np.random.default_rng([seed, 1]).permutation(count).tolist()
    for place in np.lexsort((chance, middle, -bucket)).tolist():
        fold = min(turn, key=held.__getitem__)
        fold_of[place] = fold
        held[fold] += int(size[place])
    folds: Ints = fold_of[group]
    return folds
