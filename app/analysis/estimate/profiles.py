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
class _Scores:
    """The scores of firms as plain columns: the place of an observed level among the codes (−1: none), whether a model filled it
    in, index (n,) and pillars (n, pillars), NaN where missing."""

    places: npt.NDArray[np.int64]
    by_model: npt.NDArray[np.bool_]
    index: npt.NDArray[np.float64]
    pillars: npt.NDArray[np.float64]

    def of(self, rows: npt.NDArray[np.intp]) -> _Scores:
        return _Scores(self.places[rows], self.by_model[rows], self.index[rows], self.pillars[rows])


@dataclass(frozen=True, slots=True)
class _Group:
    """The firms of one sector (or all), and how many the frame holds."""

    sector: str
    frame: int | None
    scores: _Scores


def profiles(firms: pd.DataFrame, wave: Wave, rubric: Rubric) -> tuple[tuple[SectorProfile, ...], SectorProfile]:
    """Return the profile of each sector and of all firms, from the firm scores of one wave.

    Sectors are those of the firms and of the frame, in order; firms of unknown sector stand last under "". A sector of
    the frame from which nobody answered has n = 0 and shares of NaN. Volunteers get no interval.
    """
    sectors = firms["sector"].fillna("").astype(str).to_numpy()
    present = sorted({*np.unique(sectors).tolist(), *wave.frame}, key=lambda sector: (sector == "", sector))
    scores = _scores(firms, rubric)
    groups = [_Group(sector, wave.frame.get(sector), scores.of(np.flatnonzero(sectors == sector))) for sector in present]
    everyone = _Group(TOTAL, frame_total(wave, present), scores)
    return tuple(_profile(group, wave, rubric) for group in groups), _profile(everyone, wave, rubric)


def _scores(firms: pd.DataFrame, rubric: Rubric) -> _Scores:
    basis = firms["basis"].astype(str)
    levels = firms["level"].astype(object).where(basis.isin(OBSERVED), None)
    places = pd.Categorical(levels, categories=list(level_codes(rubric))).codes.astype(np.int64)
    columns = [f"p_{pillar.code}" for pillar in rubric.pillars]
    return _Scores(
        places,
        (basis == str(Basis.MODEL)).to_numpy(dtype=bool),
        firms["index"].to_numpy(dtype=np.float64, na_value=np.nan),
        firms[columns].to_numpy(dtype=np.float64, na_value=np.nan),
    )


def frame_total(wave: Wave, sectors: Iterable[str]) -> int | None:
    """Return the firms in the frame over all sectors, None when the frame lacks a sector that answered."""
    covered = all(sector in wave.frame for sector in sectors if sector)
    return sum(wave.frame.values()) if wave.frame and covered else None


def _profile(group: _Group, wave: Wave, rubric: Rubric) -> SectorProfile:
    scores, codes = group.scores, level_codes(rubric)
    counts = np.bincount(scores.places[scores.places >= 0], minlength=len(codes))
    n_level = int(counts.sum())
    kind = _interval_kind(n_level, group.frame, wave)
    above = counts[::-1].cumsum()[::-1]
    index = scores.index[~np.isnan(scores.index)]
    return SectorProfile(
        sector=group.sector,
        wave=wave.id,
        n=len(scores.places),
        n_level=n_level,
        n_model=int(scores.by_model.sum()),
        frame=group.frame,
        shares=_shares(codes, counts, group.frame, kind),
        at_least=_shares(codes, above, group.frame, kind, n_level),
        pillars={pillar.code: _mean(scores.pillars[:, place]) for place, pillar in enumerate(rubric.pillars)},
        median_index=float(np.median(index)) if len(index) else None,
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


def _mean(scores: npt.NDArray[np.float64]) -> float | None:
    known = scores[~np.isnan(scores)]
    return round(float(known.mean()), 9) if len(known) else None  # the same for any order of rows
