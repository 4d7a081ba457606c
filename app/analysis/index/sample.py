"""Which firms are drawn upon: all with an index, or of a very large study a sample by sector that depends on no order of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.index.ranks import Sectors, sectors_of

MOST_FIRMS = 20_000
LEAST_OF_SECTOR = 200  # so that a small sector's mean shift is told as well as a large one's


@dataclass(frozen=True, slots=True)
class Drawn:
    """`rows` of the firm frame in the order of the firms' keys, and the firms each stands for (`weights`)."""

    rows: npt.NDArray[np.intp]
    weights: Floats


def draw_firms(firms: pd.DataFrame, seed: int) -> Drawn:
    """Return the firms with an index: all, or above MOST_FIRMS about that many, a fixed share of each sector at random.

    A firm's luck is a hash of its key and the seed: the same firms are drawn in whatever order they stand.
    """
    scored = np.flatnonzero(firms["index"].notna().to_numpy())
    if len(scored) <= MOST_FIRMS:
        return Drawn(_by_key(firms, scored), np.ones(len(scored)))
    luck = pd.util.hash_array(firms["firm"].to_numpy(dtype=object)[scored], hash_key=f"{seed % 10**16:016d}")
    sectors = sectors_of(firms["sector"].iloc[scored])
    weights, chosen = np.zeros(len(firms)), []
    for place in range(-1, len(sectors.keys)):
        own = np.flatnonzero(sectors.place == place)
        wanted = min(len(own), max(LEAST_OF_SECTOR, MOST_FIRMS * len(own) // len(scored)))
        if wanted:
            taken = scored[own[np.argsort(luck[own], kind="stable")[:wanted]]]
            weights[taken] = len(own) / wanted
            chosen.append(taken)
    rows = _by_key(firms, np.concatenate(chosen))
    return Drawn(rows, weights[rows])


def sectors_among(all_sectors: Sectors, rows: npt.NDArray[np.intp]) -> Sectors:
    """Return the same sectors for some of the firms; `firms` still counts all."""
    return Sectors(all_sectors.keys, all_sectors.place[rows], all_sectors.firms)


def _by_key(firms: pd.DataFrame, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    keys = firms["firm"].to_numpy(dtype=object)[rows].astype(str)
    return rows[np.argsort(keys, kind="stable")]
