"""Sector profiles: what shares of firms stand at each level, and how sure that is.

Shares are over firms whose level was observed (rubric or ladder). Firms whose level a classifier filled in are counted
beside them as `n_model` and enter no share: a prediction carries the model's error, which no sampling interval shows.
A finite-population interval treats the firms that did not answer as if missing at random; it does not show non-response
bias. The total is the plain count over all firms, not re-weighted to the frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.estimate.wilson import usable_frame, wilson
from app.analysis.index.levels import level_codes
from app.domain.assessment import TOTAL, Basis, IntervalKind, SectorProfile, Share
from app.domain.rubric import Rubric
from app.domain.study import Design, Wave

OBSERVED = (str(Basis.RUBRIC), str(Basis.LADDER))


@dataclass(frozen=True, slots=True)
class _Group:
    """The firms of one sector (or all), and how many the frame holds."""

    sector: str
    frame: int | None
    firms: pd.DataFrame


def profiles(firms: pd.DataFrame, wave: Wave, rubric: Rubric) -> tuple[tuple[SectorProfile, ...], SectorProfile]:
    """Return the profile of each sector and of all firms, from the firm scores of one wave.

    Sectors are those of the firms and of the frame, in order; firms of unknown sector stand last under "". A sector of
    the frame from which nobody answered has n = 0 and shares of NaN. Volunteers get no interval.
    """
    sectors = firms["sector"].fillna("").astype(str).to_numpy()
    present = sorted({*np.unique(sectors).tolist(), *wave.frame}, key=lambda sector: (sector == "", sector))
    groups = [_Group(sector, wave.frame.get(sector), firms[sectors == sector]) for sector in present]
    everyone = _Group(TOTAL, frame_total(wave, present), firms)
    return tuple(_profile(group, wave, rubric) for group in groups), _profile(everyone, wave, rubric)


def frame_total(wave: Wave, sectors: Iterable[str]) -> int | None:
    """Return the firms in the frame over all sectors, None when the frame lacks a sector that answered."""
    covered = all(sector in wave.frame for sector in sectors if sector)
    return sum(wave.frame.values()) if wave.frame and covered else None


def _profile(group: _Group, wave: Wave, rubric: Rubric) -> SectorProfile:
    firms, codes = group.firms, level_codes(rubric)
    basis = firms["basis"].astype(str)
    places = pd.Categorical(firms.loc[basis.isin(OBSERVED), "level"], categories=list(codes)).codes
    counts = np.bincount(places[places >= 0].astype(np.int64), minlength=len(codes))
    n_level = int(counts.sum())
    kind = _interval_kind(n_level, group.frame, wave)
    above = counts[::-1].cumsum()[::-1]
    index = firms["index"].dropna()
    return SectorProfile(
        sector=group.sector,
        wave=wave.id,
        n=len(firms),
        n_level=n_level,
        n_model=int((basis == str(Basis.MODEL)).sum()),
        frame=group.frame,
        shares=_shares(codes, counts, group.frame, kind),
        at_least=_shares(codes, above, group.frame, kind, n_level),
        pillars={pillar.code: _mean(firms, f"p_{pillar.code}") for pillar in rubric.pillars},
        median_index=float(index.median()) if len(index) else None,
        interval=kind,
    )


def _interval_kind(n: int, frame: int | None, wave: Wave) -> IntervalKind:
    if wave.design is Design.VOLUNTEER:
        return IntervalKind.NONE
    return IntervalKind.WILSON if usable_frame(n, frame) is None else IntervalKind.WILSON_FPC


def _shares(
    codes: tuple[str, ...], counts: npt.NDArray[np.int64], frame: int | None, kind: IntervalKind, n: int | None = None
) -> dict[str, Share]:
    whole = int(counts.sum()) if n is None else n
    return {code: share(int(count), whole, frame, kind) for code, count in zip(codes, counts, strict=True)}


def share(count: int, n: int, frame: int | None, kind: IntervalKind) -> Share:
    """Return `count` of `n` as a share with the interval its kind allows; NaN without interval when n = 0."""
    if n == 0:
        return Share(float("nan"), None, None, 0, 0)
    if kind is IntervalKind.NONE:
        return Share(count / n, None, None, count, n)
    low, high = wilson(count, n, frame if kind is IntervalKind.WILSON_FPC else None)
    return Share(count / n, low, high, count, n)


def _mean(firms: pd.DataFrame, column: str) -> float | None:
    scored = firms[column].dropna()
    return round(float(scored.mean()), 9) if len(scored) else None  # the same for any order of rows
