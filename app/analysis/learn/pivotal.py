"""Drawing without replacement with inclusion probabilities that are known exactly: how many where, how likely, who.

Allocation: Bankier, M. D. (1988), "Power allocations", The American Statistician 42, with power 1/2.
Draw: Deville, J.-C. & Tillé, Y. (1998), "Unequal probability sampling without replacement through a splitting method",
Biometrika 85, §6 (pivotal method).
"""

from __future__ import annotations

from heapq import heapify, heapreplace
from math import sqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_HAIR = 1e-9  # a probability this near 0 or 1 is settled


def allocation(sizes: tuple[int, ...], n: int, least: int = 2) -> tuple[int, ...] | None:
    """Return how many of n to draw in groups of these sizes: by the square root of the size, `least` in each or all it has.

    None when n does not suffice for that. Groups are given one more in turn of sqrt(size) / (given + 1/2); never more than
    they hold, so that n beyond them all takes everybody.
    """
    given = [min(least, size) for size in sizes]
    left = min(n, sum(sizes)) - sum(given)
    if left < 0:
        return None
    queue = [(-sqrt(sizes[at]) / (given[at] + 0.5), at) for at in range(len(sizes)) if given[at] < sizes[at]]
    heapify(queue)
    for _ in range(left):
        at = queue[0][1]
        given[at] += 1
        rank = -sqrt(sizes[at]) / (given[at] + 0.5) if given[at] < sizes[at] else float("inf")
        heapreplace(queue, (rank, at))
    return tuple(given)


def inclusion_probabilities(sizes: Floats, n: int) -> Floats:
    """Return probabilities (len,) in proportion to positive `sizes` that sum to n; where that would pass 1, exactly 1.

    Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, §3.6.2: units taken for certain leave the rest to be
    shared out anew. All are 1 when n is at least their number.
    """
    probabilities = np.ones(len(sizes))
    if n >= len(sizes):
        return probabilities
    open_ = np.ones(len(sizes), dtype=np.bool_)
    while True:
        left = n - int((~open_).sum())
        probabilities[open_] = left * sizes[open_] / sizes[open_].sum()
        certain = open_ & (probabilities >= 1 - _HAIR)
        if not certain.any():
            return probabilities
        probabilities[certain] = 1.0
        open_ &= ~certain


def pivotal(probabilities: Floats, rng: np.random.Generator) -> Ints:
    """Return the places drawn, ascending: as many as the probabilities sum to (a whole number), each with its own exactly.

    Two places at a time settle between them which goes on, in an order shuffled by `rng`, so that no neighbours compete and
    joint probabilities stay near those of the widest draw there is.
    """
    order = rng.permutation(len(probabilities))
    chances, coins = probabilities[order].tolist(), rng.random(len(order)).tolist()
    drawn, holder, held = [], -1, 0.0
    for place, chance, coin in zip(order.tolist(), chances, coins, strict=True):
        if held <= _HAIR:  # the one before was settled: out, or in and listed
            holder, held = place, chance
        elif held + chance <= 1:  # one of the two is out, the other holds both chances
            holder = place if coin * (held + chance) < chance else holder
            held += chance
        else:  # one of the two is in, the other holds what is left
            stays = coin * (2 - held - chance) < 1 - held
            drawn.append(place if stays else holder)
            holder = holder if stays else place
            held += chance - 1
        if held >= 1 - _HAIR:
            drawn.append(holder)
            held = 0.0
    return np.sort(np.array(drawn, dtype=np.int64))
