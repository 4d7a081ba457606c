"""Small surveys for the tests of estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from app.domain.responses import FIRM_COLUMNS, PLACE_COLUMNS, Responses
from app.domain.study import Design, Wave

LEVELS = ("L0", "L1", "L2", "L3", "L4")


def scored(places: Sequence[int], sectors: Sequence[str], firms: Sequence[str] = (), index: Sequence[float] = ()) -> pd.DataFrame:
    """Firm scores by level place (−1: none) and sector; the index is ten below the middle of the level unless given."""
    n = len(places)
    levels = np.array(places, dtype=np.int64)
    return pd.DataFrame(
        {
            "position": np.arange(n),
            "firm": list(firms) or [f"F{row:04d}" for row in range(n)],
            "sector": list(sectors),
            "wave": "2026",
            "index": np.array(index, dtype=float) if len(index) else np.where(levels < 0, np.nan, levels * 20.0),
            "level": pd.Categorical.from_codes(levels, list(LEVELS), ordered=True),
            "basis": pd.Categorical(np.where(levels < 0, "none", "rubric"), categories=["rubric", "ladder", "model", "none"]),
        }
    )


def answered(n: int, sizes: Sequence[str] = (), townships: Sequence[str] = ()) -> Responses:
    """The responses of n firms, of whom only size and township are told."""
    firms = pd.DataFrame({column: [""] * n for column in FIRM_COLUMNS})
    firms["size"], firms["township"] = list(sizes) or [""] * n, list(townships) or [""] * n
    empty = pd.DataFrame(index=range(n))
    return Responses(empty, empty, firms, pd.DataFrame({column: [0] * n for column in PLACE_COLUMNS}), ())


def wave(
    frame: Mapping[str, int], design: Design = Design.CENSUS, cells: Mapping[str, int] | None = None, strata: Sequence[str] = ()
) -> Wave:
    return Wave("2026", "2026-06-30", design, frame, "", tuple(strata), cells or {})
