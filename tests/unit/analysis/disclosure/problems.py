"""Tables as problems, for tests of disclosure control: margins in every direction, and what a rule asks of small counts."""

from __future__ import annotations

from itertools import product

import numpy as np

from app.analysis.disclosure.problem import Problem, Relation


def with_margins(inner):
    """Return an array with totals added at the end of every axis."""
    for axis in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=axis, keepdims=True)], axis=axis)
    return inner


def lines(places):
    """Return for an array of places with totals, of any depth, the relation of every line in every direction."""
    found = []
    for axis in range(places.ndim):
        rest = [range(size) for place, size in enumerate(places.shape) if place != axis]
        for key in product(*rest):
            line = places[(*key[:axis], slice(None), *key[axis:])]
            found.append(Relation(tuple(int(cell) for cell in line), (*[1.0] * (len(line) - 1), -1.0)))
    return tuple(found)


def problem_of(values, unsafe, relations, width=0.0, **changes):
    """Return a problem whose unsafe cells must be `width` wide, where nothing else is known; `changes` set other fields."""
    values, unsafe = np.asarray(values, dtype=float), np.asarray(unsafe, dtype=bool)
    none = np.zeros(len(values))
    fields = {
        "values": values,
        "low": none,
        "high": np.full(len(values), np.inf),
        "cost": values + 1.0,
        "unsafe": unsafe,
        "below": none,
        "above": none,
        "width": np.where(unsafe, width, 0.0),
        "fixed": np.zeros(len(values), dtype=bool),
        "relations": tuple(relations),
    }
    return Problem(**{**fields, **{name: np.asarray(each) for name, each in changes.items()}})


def table(inner, unsafe_below=5, width=5.0, **changes):
    """Return the problem of one table of counts with its totals, cells by rows."""
    whole = with_margins(np.asarray(inner, dtype=float))
    values = whole.ravel()
    unsafe = (values > 0) & (values < unsafe_below)
    return problem_of(values, unsafe, lines(np.arange(whole.size).reshape(whole.shape)), width, **changes)
