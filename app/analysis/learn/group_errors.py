"""How wrong the model is for one kind of firm: does it call small firms, private firms or one township too high or too low?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from app.analysis.learn.metrics import Ints
from app.domain.learning import GroupError

LEAST = 10  # firms of a group, for a rate to be given
FIELDS = ("size", "ownership", "township", "sector")


def group_errors(facts: pd.DataFrame, levels: Ints, called: Ints) -> tuple[GroupError, ...]:
    """Return the errors by each of FIELDS that `facts` (one row a firm) has, values in order of their text, "" where unknown.

    `bias` is the mean of called minus assessed level out of fold with its 95 % interval (Student's t over firms); a value with
    fewer than LEAST firms is listed with its count alone. A field with one value says nothing and is left out.
    """
    found: list[GroupError] = []
    for field in FIELDS:
        if field in facts:
            values = facts[field].astype(object).where(facts[field].notna(), "").astype(str).to_numpy(dtype=object)
            present = sorted(set(values.tolist()))
            found += [_error(field, value, (called - levels)[values == value]) for value in present if len(present) > 1]
    return tuple(found)


def _error(field: str, value: str, off: Ints) -> GroupError:
    from scipy.stats import t

    n = len(off)
    if n < LEAST:
        return GroupError(field, value, n, None, None, None, None)
    half = float(t.ppf(0.975, n - 1) * off.std(ddof=1) / np.sqrt(n))
    bias = float(off.mean())
    return GroupError(field, value, n, float((off == 0).mean()), bias, bias - half, bias + half)
