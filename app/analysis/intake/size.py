"""Size classes of firms by the 2017 table (国统字〔2017〕213号)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.domain.taxonomy import SIZES, SizeRule, Taxonomy

Floats = npt.NDArray[np.float64]


def size_classes(
    details: Sequence[str], places: npt.NDArray[np.int32], measures: Mapping[str, Floats], taxonomy: Taxonomy
) -> npt.NDArray[np.object_]:
    """Return large | medium | small | micro | "" for each firm; shape (n,).

    `details` are the distinct industry codes, `places[i]` the one of firm i; `measures` X persons, Y revenue and Z
    assets (万元), NaN where missing. Large, medium and small need every lower bound of the industry's row; a firm that
    misses one falls to the class below. "" where the industry has no row or a needed measure is missing.
    """
    classes = np.full(len(places), "", dtype=object)
    for index, detail in enumerate(details):
        rule = size_rule(detail, taxonomy)
        if rule is None or any(name not in measures for name in rule.thresholds):
            continue
        firms = np.flatnonzero(places == index)
        classes[firms] = _classes(rule, {name: measures[name][firms] for name in rule.thresholds})
    return classes


def size_rule(detail: str, taxonomy: Taxonomy) -> SizeRule | None:
    """Return the row of the table for an industry code, or for a section letter whose divisions all share one row.

    The longest prefix decides; None when no row covers the code, or a section's divisions differ (trade, transport …).
    """
    if detail in taxonomy.sections:
        rules = [size_rule(division, taxonomy) for division in taxonomy.sections[detail].divisions]
        return rules[0] if all(rule is rules[0] for rule in rules) else None
    fitting = [
        (len(prefix), rule) for rule in taxonomy.size_rules for prefix in rule.divisions if detail and detail.startswith(prefix)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _classes(rule: SizeRule, measures: Mapping[str, Floats]) -> npt.NDArray[np.object_]:
    ranks = np.zeros(len(next(iter(measures.values()))), dtype=np.int64)
    known = np.ones(len(ranks), dtype=bool)
    for name, bounds in rule.thresholds.items():
        values = measures[name]
        known &= np.isfinite(values)
        rank = len(bounds) - sum((values >= bound).astype(np.int64) for bound in bounds)
        ranks = np.maximum(ranks, rank)  # the worst variable decides
    words = np.array(SIZES, dtype=object)[ranks]
    words[~known] = ""
    return words
