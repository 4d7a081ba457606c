"""Series to be forecast, small enough to reckon with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.progress.forecast import Series


def one(times: Sequence[float], shares: Sequence[float], n: float = 1000, error: float | None = None) -> Series:
    """One series of firms counted, its errors those of sampling unless given."""
    seen = np.array([shares], dtype=float)
    errors = np.sqrt(seen * (1 - seen) / n) if error is None else np.full_like(seen, error)
    return Series(np.array([times], dtype=float), seen, np.full_like(seen, n), errors)


def together(*series: Series) -> Series:
    """Series side by side, the shorter ones padded with NaN."""
    width = max(each.times.shape[1] for each in series)

    def padded(name: str) -> np.ndarray:
        rows = [getattr(each, name) for each in series]
        return np.concatenate([np.pad(row, ((0, 0), (0, width - row.shape[1])), constant_values=np.nan) for row in rows])

    return Series(*(padded(name) for name in ("times", "shares", "sizes", "errors")))


def logistic(odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-odds))
