"""What can be said of each sector and of all firms from the rubric's levels and the survey's own design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, Floats, finite
from app.analysis.estimate.classes import sector_class
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.domains import Domains, everyone, partition, ratios
from app.analysis.estimate.intervals import Drawn, mean_estimate, share_estimate
from app.analysis.estimate.medians import medians
from app.analysis.estimate.profiles import OBSERVED, frame_total
from app.analysis.estimate.ranks import shrink_and_rank
from app.analysis.estimate.wave_design import survey_design
from app.analysis.estimate.weighting import Codes, sums
from app.analysis.estimate.wilson import usable_frame
from app.analysis.index.levels import level_codes
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate, Method, SectorEstimate
from app.domain.responses import Responses
from app.domain.rubric import READY, Rubric
from app.domain.study import Design, Wave

_SCALE = (0.0, 100.0)  # of the index


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Firms of a wave whose answer of one kind is known: their design, and them by sector (`groups`) or as one group.

    `values` (n,) are level places or indices; `frames` the firms of the frame by group, None where unknown; `nothing` the
    reason where there are no such firms.
    """

    values: Floats
    design: SurveyDesign
    groups: Domains
    frames: tuple[int | None, ...]
    nothing: str

    def drawn(self, place: int) -> Drawn:
        """What stands behind a number of group `place`."""
        n, frame = int(self.groups.firms[place]), self.frames[place]
        return Drawn(n, float(self.groups.worth()[place]), float(self.groups.settled[place]), usable_frame(n, frame))

    def whole(self, frame: int | None) -> _Part:
        """The same firms as one group."""
        return replace(self, groups=everyone(self.design), frames=(frame,))


def sector_estimates(
    firms: pd.DataFrame, responses: Responses, wave: Wave, rubric: Rubric, seed: int = 0
) -> tuple[tuple[SectorEstimate, ...], SectorEstimate]:
    """Return the estimates of each sector, in order (unknown last, as ""), and of all firms weighted to the frame.

    `firms` are the firm scores of the wave (FIRM_SCORE_COLUMNS), in any order. Shares are over firms whose level was observed
    (rubric or ladder), `mean` and `median` over those with an index. `seed` draws the rank intervals. Never NaN: what cannot
    be given is None and its reason a text key.
    """
    of, sectors = _sectors(firms, wave)
    codes = level_codes(rubric)
    table = pd.DataFrame({"position": firms["position"], "of": of, "sector": pd.Categorical.from_codes(of, sectors)})
    table["level"] = pd.Categorical(firms["level"], categories=list(codes)).codes.astype(np.float64)
    table["index"] = finite(firms["index"])
    observed = firms["basis"].astype(str).isin(OBSERVED).to_numpy() & (table["level"] >= 0).to_numpy()
    levels = _alike(_part(table[observed], "level", sectors, wave, responses))
    indices = _part(table[table["index"].notna()], "index", sectors, wave, responses)
    counts = np.bincount(of, minlength=len(sectors))
    each = _estimates(levels, indices, [*zip(sectors, counts.tolist(), strict=True)], wave, codes)
    whole = frame_total(wave, sectors)
    (total,) = _estimates(levels.whole(whole), indices.whole(whole), [(TOTAL, len(firms))], wave, codes)
    return shrink_and_rank(each, READY, seed), total


def _sectors(firms: pd.DataFrame, wave: Wave) -> tuple[Codes, list[str]]:
    """Return the place of each firm's sector (n,) among those of the firms and of the frame."""
    place, names = pd.factorize(firms["sector"])
    known = [*(str(name) for name in names), ""]
    sectors = sorted({*(known if (place < 0).any() else known[:-1]), *wave.frame}, key=lambda sector: (sector == "", sector))
    table = np.array([sectors.index(name) if name in sectors else -1 for name in known], dtype=np.int64)
    return table[place], sectors


def _part(rows: pd.DataFrame, column: str, sectors: Sequence[str], wave: Wave, responses: Responses) -> _Part:
    """Rows are put in an order that does not depend on how they came, so that sums are the same to the last bit."""
    design = survey_design(rows, wave, responses.firms)
    values, of = rows[column].to_numpy(), rows["of"].to_numpy()
    weight, _ = pd.factorize(design.weights, sort=True)
    places = (_short(weight), _short(design.strata), values, _short(of))
    order = np.lexsort(places)
    design = replace(design, weights=design.weights[order], strata=design.strata[order])
    frames = tuple(wave.frame.get(sector) for sector in sectors)
    groups = partition(of[order], len(sectors), design)
    return _Part(values[order], design, groups, frames, f"estimate.reason.no_{column}")


def _short(codes: Codes) -> Codes | npt.NDArray[np.int16]:
    """The codes in 16 bits where they fit, which sort many times as fast."""
    return codes.astype(np.int16) if len(codes) and codes.max() < 1 << 15 else codes


def _alike(part: _Part) -> _Part:
    """Firms of one sector, stratum, weight and value as one row: a million have a few thousand."""
    design, of = part.design, part.groups.of
    keys = (of, design.strata, design.weights, part.values)
    new = np.ones(len(of), dtype=np.bool_)
    new[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    first = np.flatnonzero(new)
    times = np.diff(np.append(first, len(of))).astype(np.float64)
    short = replace(design, weights=design.weights[first], strata=design.strata[first], times=times)
    groups = partition(of[first], part.groups.count, short)
    return replace(part, values=part.values[first], design=short, groups=groups)


def _estimates(
    levels: _Part, indices: _Part, names: Sequence[tuple[str, int]], wave: Wave, codes: tuple[str, ...]
) -> tuple[SectorEstimate, ...]:
    blunt = wave.design is Design.VOLUNTEER
    shares = {code: _shares(levels, levels.values == place) for place, code in enumerate(codes)}
    above = {code: _shares(levels, levels.values >= place) for place, code in enumerate(codes[:-1]) if place}
    above = {codes[0]: tuple(_all(estimate) for estimate in shares[codes[0]]), **above, codes[-1]: shares[codes[-1]]}
    means, middles = _means(indices), _medians(indices)
    found = []
    for place, (name, n) in enumerate(names):
        at_least = _said(above, place, blunt)
        own = SectorEstimate(
            sector=name,
            wave=wave.id,
            method=Method.RUBRIC,
            reason=_reason(levels, place, n, wave),
            n_firms=n,
            n_labelled=0,
            shares=_said(shares, place, blunt),
            at_least=at_least,
            sector_class=sector_class(at_least, codes),
            mean=_blunted(means[place], blunt),
            median=_blunted(middles[place], blunt),
        )
        found.append(own)
    return tuple(found)


def _shares(part: _Part, holds: Bools) -> tuple[Estimate, ...]:
    """Return by group the share of firms for which `holds` (n,) is true."""
    found = ratios(holds.astype(np.float64), part.design, part.groups)
    hits = sums(part.groups.of, part.design.counted(holds.astype(np.float64)), part.groups.count)
    return tuple(
        _nothing(part, place)
        if part.groups.firms[place] == 0
        else share_estimate(float(found.value[place]), float(found.variance[place]), part.drawn(place), int(hits[place]))
        for place in range(part.groups.count)
    )


def _nothing(part: _Part, place: int) -> Estimate:
    return Estimate(None, frame=part.frames[place], reason=part.nothing)


def _all(estimate: Estimate) -> Estimate:
    """Every firm stands at the lowest level or above, whoever was asked."""
    if estimate.value is None:
        return estimate
    return Estimate(1.0, 0.0, 1.0, 1.0, estimate.n, estimate.n_effective, estimate.frame)


def _means(part: _Part) -> tuple[Estimate, ...]:
    found = ratios(part.values, part.design, part.groups)
    return tuple(
        _nothing(part, place)
        if part.groups.firms[place] == 0
        else mean_estimate(float(found.value[place]), float(found.variance[place]), part.drawn(place), _SCALE)
        for place in range(part.groups.count)
    )


def _medians(part: _Part) -> tuple[Estimate, ...]:
    found = medians(part.values, part.design, part.groups, _SCALE)
    estimates = []
    for place in range(part.groups.count):
        drawn, value = part.drawn(place), float(found.value[place])
        worth = None if drawn.is_complete else drawn.worth
        if drawn.n == 0:
            estimates.append(_nothing(part, place))
        elif drawn.freedom < 1 and not drawn.is_complete:
            estimates.append(Estimate(value, None, None, None, drawn.n, worth, drawn.frame, "estimate.reason.one_firm"))
        else:
            se, low, high = (float(numbers[place]) for numbers in (found.error, found.low, found.high))
            estimates.append(Estimate(value, se, low, high, drawn.n, worth, drawn.frame))
    return tuple(estimates)


def _said(by_level: Mapping[str, Sequence[Estimate]], place: int, blunt: bool) -> dict[str, Estimate]:
    return {code: _blunted(estimates[place], blunt) for code, estimates in by_level.items()}


def _blunted(estimate: Estimate, blunt: bool) -> Estimate:
    """Volunteers get the number and no interval: who came forward is not who might have."""
    if not blunt or estimate.value is None:
        return estimate
    return Estimate(estimate.value, n=estimate.n, frame=estimate.frame, reason="estimate.reason.volunteers")


def _reason(levels: _Part, place: int, n: int, wave: Wave) -> str:
    if levels.groups.firms[place] == 0:
        return levels.nothing if n else "estimate.reason.no_answers"
    if wave.design is Design.VOLUNTEER:
        return "estimate.reason.volunteers"
    if levels.frames[place] is None:
        return "estimate.reason.no_frame"
    return "" if usable_frame(int(levels.groups.firms[place]), levels.frames[place]) else "estimate.reason.small_frame"
