"""A measure's value in each wave, with the interval that the wave's design gives it, read from the sums of `cube`.

A sample whose frame is known: ratio and linearised variance over the strata, and the interval of shares, exactly as sector
estimates have them (`estimate.domains`, `estimate.intervals`). Otherwise Wilson's on the number of firms, or on Kish's effective
number where firms count by employees or revenue, corrected for the frame where it is known. None for volunteers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.estimate import effective_size, frame_total, kish_size, wilson, wilson_share
from app.analysis.estimate.intervals import Drawn, share_estimate
from app.analysis.estimate.weighting import Codes, sums
from app.analysis.estimate.wilson import usable_frame
from app.analysis.progress.cube import PLACES, SUMS, key_of, tally
from app.analysis.progress.years import decimal_year
from app.domain.goals import Measure, Observation
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.study import Design, Wave

_CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf(0.5 + _CONFIDENCE / 2)
_DENSE = 1 << 20  # codes: up to here a table of all of them is quicker than sorting

Filters = Mapping[str, Sequence[str]]
"""The values that a firm's sector, size or township may have; a column that is not named, or has none, is not filtered."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The sums of a measure in a wave by sector and stratum: `sector`, `stratum`, `answered`, `frame` (k,), `sums` (k, SUMS)."""

    sector: Sequence[str]
    stratum: Codes
    answered: Floats
    frame: Floats
    sums: Floats

    def within(self, sections: Sequence[str]) -> Cells:
        """Return the cells of these sections; none means all."""
        if not sections:
            return self
        rows = [place for place, sector in enumerate(self.sector) if sector in sections]
        sectors = [self.sector[row] for row in rows]
        return Cells(sectors, self.stratum[rows], self.answered[rows], self.frame[rows], self.sums[rows])

    def by_stratum(self) -> Cells:
        """Return the cells with the sectors of a stratum added up, `sector` left empty."""
        of, strata = pd.factorize(self.stratum)
        _, first = np.unique(of, return_index=True)
        table = np.zeros((len(strata), self.sums.shape[1]))
        np.add.at(table, of, self.sums)
        return Cells((), strata, self.answered[first], self.frame[first], table)


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Sums under a filter, by measure key and wave id; `answered` the sectors that did, by wave, whatever the filter."""

    waves: tuple[Wave, ...]
    filters: Filters
    answered: Mapping[str, frozenset[str]]
    cells: Mapping[tuple[str, str], Cells]

    def observe(self, measure: Measure, sections: Sequence[str] = ()) -> tuple[Observation, ...]:
        """Return the measure's value in each wave that has it, oldest first (waves of one day by their id)."""
        found = []
        for wave in self.waves:
            cells = self.cells.get((key_of(measure), wave.id))
            if cells is None:
                continue
            in_scope = frame_in_scope(wave, sections, self.filters, self.answered.get(wave.id, frozenset()))
            found.append(_observation(measure, wave, cells.within(sections), in_scope))
        return tuple(one for one in found if one is not None)


def cube_of(tallies: pd.DataFrame, waves: Sequence[Wave], filters: Filters | None = None) -> Cube:
    """Return the sums of `tallies` (`cube.tally`) over the firms that pass the filter."""
    own = {name: tuple(values) for name, values in (filters or {}).items() if values}
    columns = {name: tallies[name].cat for name in ("measure", "wave", *PLACES)}
    codes = {name: column.codes.to_numpy() for name, column in columns.items()}
    names = {name: [str(each) for each in column.categories] for name, column in columns.items()}
    kept = np.ones(len(tallies), dtype=np.bool_)
    for name, values in own.items():
        kept &= np.isin(codes[name], [place for place, each in enumerate(names[name]) if each in values])
    in_order = tuple(sorted(waves, key=lambda wave: (wave.date, wave.id)))
    return Cube(in_order, own, _answered(codes, names), _cells(tallies, np.flatnonzero(kept), codes, names))


def observe(
    measure: Measure, responses: Responses, instrument: Instrument, waves: Sequence[Wave], sections: Sequence[str] = ()
) -> tuple[Observation, ...]:
    """Return the measure's value in each wave that has it, oldest first; () where the instrument lacks its items.

    The standard error is half the interval's width over z, so that it does not vanish at 0 or 100 %.
    """
    return cube_of(tally([measure], responses, instrument, waves), waves).observe(measure, sections)


def frame_in_scope(wave: Wave, sections: Sequence[str], filters: Filters, answered: frozenset[str]) -> int | None:
    """Return the firms of the frame in these sections (none: in all) that pass the filter, None where the frame cannot tell.

    Without sections or filter it must hold every sector that `answered`. By size or township only the wave's cells can tell.
    """
    if set(filters) - {"sector"}:
        return _cells_in_scope(wave, sections, filters)
    chosen = set(filters.get("sector", ()))
    wanted = [section for section in sections if not chosen or section in chosen] if sections else sorted(chosen)
    if not wanted:
        return frame_total(wave, answered) if not sections else None
    return sum(wave.frame[section] for section in wanted) if all(section in wave.frame for section in wanted) else None


def _cells_in_scope(wave: Wave, sections: Sequence[str], filters: Filters) -> int | None:
    asked = {**filters, **({"sector": sections} if sections and "sector" not in filters else {})}
    if not wave.cells or not set(asked) <= set(wave.strata):
        return None
    places = {name: wave.strata.index(name) for name in asked}
    found = 0
    for key, count in wave.cells.items():
        parts = key.split("|", len(wave.strata) - 1)
        inside = all(parts[places[name]] in values for name, values in asked.items())
        both = not sections or "sector" not in places or parts[places["sector"]] in sections
        found += count if inside and both else 0
    return found or None


def _answered(codes: Mapping[str, Codes], names: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    width = max(len(names["sector"]), 1)
    pairs, _, _ = _numbered(codes["wave"].astype(np.int64) * width + codes["sector"], width * max(len(names["wave"]), 1))
    found: dict[str, set[str]] = {}
    for pair in pairs.tolist():
        wave, sector = divmod(pair, width)
        found.setdefault(names["wave"][wave], set()).add(names["sector"][sector])
    return {wave: frozenset(sectors) for wave, sectors in found.items()}


def _cells(
    tallies: pd.DataFrame, rows: Codes, codes: Mapping[str, Codes], names: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], Cells]:
    """Add the rows up over size and township."""
    stratum = tallies["stratum"].to_numpy()[rows].astype(np.int64)
    whole, widths = np.zeros(len(rows), dtype=np.int64), list[int]()
    for part, width in (
        *((codes[name][rows], len(names[name])) for name in ("measure", "wave", "sector")),
        (stratum, int(stratum.max(initial=0)) + 1),
    ):
        whole, widths = whole * max(width, 1) + part, [*widths, max(width, 1)]
    distinct, first, of = _numbered(whole, math.prod(widths))
    table = np.stack([sums(of, tallies[name].to_numpy()[rows], len(distinct)) for name in SUMS], axis=1)
    answered, frame = (tallies[name].to_numpy()[rows][first] for name in ("answered", "frame"))
    sector, layer = (distinct // widths[3]) % widths[2], distinct % widths[3]
    pair = distinct // (widths[3] * widths[2])
    starts = [*np.flatnonzero(np.diff(pair, prepend=-1)).tolist(), len(pair)]
    found = {}
    for start, end in pairwise(starts):
        measure, wave = divmod(int(pair[start]), widths[1])
        sectors = [names["sector"][place] for place in sector[start:end].tolist()]
        own = Cells(sectors, layer[start:end], answered[start:end], frame[start:end], table[start:end])
        found[names["measure"][measure], names["wave"][wave]] = own
    return found


def _numbered(codes: Codes, width: int) -> tuple[Codes, Codes, Codes]:
    """Return the distinct codes, where each stands first, and the number of each row's, as np.unique does, without sorting."""
    if width > _DENSE:
        distinct, first, of = np.unique(codes, return_index=True, return_inverse=True)
        return distinct, first, of
    place = np.full(width, -1, dtype=np.int64)
    place[codes[::-1]] = np.arange(len(codes))[::-1]
    distinct = np.flatnonzero(place >= 0)
    number = np.empty(width, dtype=np.int64)
    number[distinct] = np.arange(len(distinct))
    return distinct, place[distinct], number[codes]


def _observation(measure: Measure, wave: Wave, cells: Cells, in_scope: int | None) -> Observation | None:
    told = dict(zip(SUMS, cells.sums.sum(axis=0).tolist(), strict=True))
    n, x = int(told["n"]), told["x"]
    if n == 0 or not 0 < x < math.inf:
        return None
    value = min(1.0, max(0.0, told["xy"] / x))
    frame = _frame(told, in_scope)
    low, high, error = None, None, None
    if wave.design is not Design.VOLUNTEER:
        low, high = _interval(measure, wave, cells, told, frame)
        low, high = min(low, value), max(high, value)
        error = (high - low) / 2 / _Z
    planned = (1 - value) * told["plans"] / told["asked"] if told["asked"] > 0 else None
    return Observation(wave.id, decimal_year(wave.date), value, low, high, n, frame, error, planned)


def _interval(measure: Measure, wave: Wave, cells: Cells, told: Mapping[str, float], frame: int | None) -> tuple[float, float]:
    n = int(told["n"])
    if wave.design is Design.SAMPLE and np.isfinite(cells.frame).any():
        return _designed(measure, cells, told, frame)
    if measure.weight == "firms":
        return wilson(told["hits"], n, frame, _CONFIDENCE)
    shrink = kish_size(told["x"], told["xx"]) / n  # 1 / design effect
    return wilson_share(min(1.0, told["xy"] / told["x"]), shrink * effective_size(n, frame), _CONFIDENCE)


def _designed(measure: Measure, cells: Cells, told: Mapping[str, float], frame: int | None) -> tuple[float, float]:
    """Return the interval of a ratio within a stratified sample; see `estimate.domains.ratios` and `partition`."""
    cells = cells.by_stratum()
    n, x, xx, xy, xxy = (cells.sums[:, SUMS.index(name)] for name in ("n", "x", "xx", "xy", "xxy"))
    answered, share = np.maximum(cells.answered, 1.0), told["xy"] / told["x"]
    known = np.isfinite(cells.frame) & (cells.frame > 0)
    unseen = 1 - np.divide(answered, cells.frame, out=np.zeros(len(n)), where=known)
    spread = unseen * np.divide(answered, answered - 1, out=np.ones(len(n)), where=answered > 1)
    rest, squares = xy - share * x, (1 - 2 * share) * xxy + share**2 * xx
    variance = float((spread * (squares - np.where(answered > 1, rest**2 / answered, 0.0))).sum()) / told["x"] ** 2
    loose = xx * unseen
    whole, shaky = float(loose.sum()), float((loose**2 / np.maximum(n - 1, 1)).sum())
    freedom = float(n.sum()) - len(n)
    settled = min(whole**2 / shaky, freedom) if shaky > 0 else freedom
    worth = told["x"] ** 2 / whole if whole > 0 else math.inf
    drawn = Drawn(int(told["n"]), worth, settled, usable_frame(int(told["n"]), frame) if measure.weight == "firms" else None)
    found = share_estimate(share, max(variance, 0.0), drawn, int(told["hits"]))
    return (share, share) if found.low is None or found.high is None else (found.low, found.high)


def _frame(told: Mapping[str, float], in_scope: int | None) -> int | None:
    """Return the firms of the frame that the measure is about, None when unknown.

    The frame counts firms by sector and not by the denominator's condition: there its size is estimated by the share of
    responses that meet the condition (the ratio estimate of a domain's size, Cochran 1977, §2.12), which is exact where
    every firm of the frame answered. A frame smaller than the responses is unknown.
    """
    if in_scope is None or in_scope < told["scope"] or told["known"] == 0:
        return None
    return max(round(in_scope * told["eligible"] / told["known"]), int(told["n"]))
