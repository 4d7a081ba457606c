"""Exposure to AI by section as a range over published indices, each made relative so that they can stand side by side.

Exposure says that AI could touch tasks; it is not displacement, and no index was made for Chinese occupations.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from app.domain.watch import ExposureIndex


def relative_exposure(indices: Sequence[ExposureIndex]) -> dict[str, dict[str, float]]:
    """Return by section each index's place among all sections it covers: 0 the least exposed, 1 the most, ties in the middle."""
    found: dict[str, dict[str, float]] = {}
    for index in indices:
        values = np.array(list(index.values.values()))
        below = (values[:, None] > values[None, :]).sum(axis=1)
        alike = (values[:, None] == values[None, :]).sum(axis=1) - 1
        places = (below + alike / 2) / max(len(values) - 1, 1)
        for section, place in zip(index.values, places.tolist(), strict=True):
            found.setdefault(section, {})[index.id] = place
    return found


def exposure_range(places: Sequence[float]) -> tuple[float, float, float] | None:
    """Return lowest, middle (median) and highest of what the indices say of a section; None where none covers it."""
    return (min(places), median(places), max(places)) if places else None
