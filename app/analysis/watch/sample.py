"""The firms of one wave that are watched, by sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.estimate.weighting import Codes
from app.domain.responses import Responses
from app.domain.study import Wave

Filters = Sequence[tuple[str, str]]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The counted firms of a wave inside the filters: `positions` (n,) in the responses, `of` (n,) the place of their sector.

    Under filters the frame is unknown: it counts the firms of sectors, not of townships.
    """

    responses: Responses
    wave: Wave
    positions: Ints
    of: Codes
    sectors: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def values(self) -> pd.DataFrame:
        """The answers of the firms, in their order."""
        return self.responses.values.iloc[self.positions]

    def counts(self, holds: Bools) -> npt.NDArray[np.int64]:
        """Return how many firms hold, all first and then by sector; shape (sectors + 1,)."""
        by_sector = np.bincount(self.of[holds], minlength=len(self.sectors))
        return np.concatenate([[by_sector.sum()], by_sector])

    def means(self, numbers: Floats) -> tuple[float | None, ...]:
        """Return the plain mean of numbers (n,) where they are known, all first and then by sector; None where nowhere."""
        known = ~np.isnan(numbers)
        total = np.bincount(self.of[known], numbers[known], minlength=len(self.sectors))
        whole, count = np.concatenate([[total.sum()], total]), self.counts(known)
        return tuple(float(one / n) if n else None for one, n in zip(whole, count.tolist(), strict=True))


def sample_of(responses: Responses, wave: Wave, filters: Filters = ()) -> Sample:
    """Return the counted firms of `wave` whose firm columns have the values of `filters`; sectors in order, unknown last."""
    firms = responses.firms
    inside = firms["counted"].to_numpy(dtype=bool) & (firms["wave"] == wave.id).to_numpy(dtype=bool)
    for field, value in filters:
        inside &= (firms[field].astype("object").fillna("") == value).to_numpy(dtype=bool)
    if filters:
        wave = replace(wave, frame={}, strata=(), cells={})
    positions = np.flatnonzero(inside)
    place, names = pd.factorize(firms["sector"].iloc[positions])
    known = [*(str(name) for name in names), ""]
    sectors = sorted({*(known if (place < 0).any() else known[:-1]), *wave.frame}, key=lambda sector: (sector == "", sector))
    table = np.array([sectors.index(name) if name in sectors else -1 for name in known], dtype=np.int64)
    return Sample(responses, wave, positions, table[place], tuple(sectors))
