"""Design-based shares and ratios over the firms of a sample that answered, of all firms and by sector.

Firms whose answer is known carry the weights of the wave's design; firms of interest among them (those with agents) are a domain
of that design and never a design of their own (Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, §5.8). Ratios of
sums have the linearised variance of Cochran (1977), Sampling Techniques, 3rd ed., §6.13; a share of heads has a t interval on its
logit (Lumley, T. (2010), Complex Surveys, §2.3), and where fewer than five firms give it any heads, or all, the wider one of a
share of firms that each count by their heads.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.estimate import frame_total
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.domains import Domains, partition, ratios
from app.analysis.estimate.intervals import Drawn, mean_estimate, share_estimate, student
from app.analysis.estimate.wave_design import survey_design
from app.analysis.estimate.weighting import sums
from app.analysis.estimate.wilson import usable_frame
from app.analysis.watch.sample import Ints, Sample
from app.domain.estimate import Estimate
from app.domain.study import Design

NOBODY = "estimate.reason.no_answers"
_ENDS = (-1.0, 1.0)  # of a difference of shares
_SEVERAL = 5  # firms that give a share its heads, for what they differ by to be believed


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """A partition of the firms of which the first `count` groups are told, and the firms of the frame in each (None: unknown)."""

    domains: Domains
    frames: tuple[int | None, ...]

    def drawn(self, place: int, worth: float | None = None) -> Drawn:
        """What stands behind a number of group `place`; `worth` in its place where firms do not count alike."""
        n, domains = int(self.domains.firms[place]), self.domains
        worth = float(domains.worth()[place]) if worth is None else worth
        return Drawn(n, worth, float(domains.settled[place]), usable_frame(n, self.frames[place]))


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """Firms of a sample whose answer is known: `rows` (m,) of the sample, their design, and them as one group and by sector."""

    sample: Sample
    rows: Ints
    design: SurveyDesign
    groups: tuple[_Groups, _Groups]

    def shares(self, holds: Bools, among: Bools | None = None, nobody: str = NOBODY) -> tuple[Estimate, ...]:
        """Return the share of firms that hold (n,) among those of interest (n,; None: all), of all and then by sector.

        `nobody` is the reason where there are no such firms.
        """
        own = holds[self.rows]
        groups = self.groups if among is None else _groups(self.sample, self.rows, self.design, among[self.rows])
        return self._told([estimate for each in groups for estimate in self._shares(own, each, nobody)])

    def ratios(self, part: Floats, whole: Floats, nothing: str, is_share: bool = True) -> tuple[Estimate, ...]:
        """Return Σ part / Σ whole of numbers (n,), of all and then by sector; `nothing` is the reason where the whole is 0.

        A share of heads lies in 0–1; a difference of two has a t interval held in −1 … 1.
        """
        y, x = part[self.rows], whole[self.rows]
        return self._told([estimate for each in self.groups for estimate in self._ratios((y, x), each, nothing, is_share)])

    def _shares(self, holds: Bools, groups: _Groups, nobody: str) -> list[Estimate]:
        domains, own = groups.domains, holds.astype(np.float64)
        found = ratios(own, self.design, domains)
        hits = sums(domains.of, self.design.counted(own), domains.count)
        return [
            share_estimate(float(found.value[place]), float(found.variance[place]), groups.drawn(place), int(hits[place]))
            if domains.firms[place]
            else Estimate(None, frame=frame, reason=nobody)
            for place, frame in enumerate(groups.frames)
        ]

    def _ratios(self, of: tuple[Floats, Floats], groups: _Groups, nothing: str, is_share: bool) -> list[Estimate]:
        (y, x), domains = of, groups.domains
        found = ratios(y, self.design, domains, x)
        heads = sums(domains.of, x, domains.count)
        hits = sums(domains.of, (y > 0).astype(np.float64), domains.count)
        worth = _worth(self.design, domains, x)
        estimates = []
        for place, frame in enumerate(groups.frames):
            value, variance = float(found.value[place]), float(found.variance[place])
            drawn = groups.drawn(place, float(worth[place]))
            if not domains.firms[place]:
                estimates.append(Estimate(None, frame=frame, reason=NOBODY))
            elif heads[place] <= 0:
                estimates.append(Estimate(None, n=drawn.n, frame=drawn.frame, reason=nothing))
            elif is_share:
                estimates.append(_of_heads(value, variance, drawn, int(hits[place])))
            else:
                estimates.append(mean_estimate(value, variance, drawn, _ENDS))
        return estimates

    def _told(self, found: list[Estimate]) -> tuple[Estimate, ...]:
        return tuple(map(_blunted, found)) if self.sample.wave.design is Design.VOLUNTEER else tuple(found)


def _blunted(estimate: Estimate) -> Estimate:
    """Volunteers get the number and no interval: who came forward is not who might have."""
    if estimate.value is None:
        return estimate
    return Estimate(estimate.value, n=estimate.n, frame=estimate.frame, reason="estimate.reason.volunteers")


def answered(sample: Sample, known: Bools) -> Answered:
    """Return the firms of a sample whose answer is known (n,), with the design that lets them stand for all."""
    rows = np.flatnonzero(known)
    sectors = pd.Categorical.from_codes(sample.of[rows], list(sample.sectors))
    firms = pd.DataFrame({"position": sample.positions[rows], "sector": sectors})
    design = survey_design(firms, sample.wave, sample.responses.firms)
    return Answered(sample, rows, design, _groups(sample, rows, design))


def _groups(sample: Sample, rows: Ints, design: SurveyDesign, inside: Bools | None = None) -> tuple[_Groups, _Groups]:
    """All firms as one group, and those of each sector; firms not `inside` stand in groups behind, which are not told."""
    count, frame = len(sample.sectors), sample.wave.frame
    out = np.zeros(len(rows), dtype=np.int64) if inside is None else (~inside).astype(np.int64)
    frames: list[int | None] = [frame_total(sample.wave, sample.sectors), *map(frame.get, sample.sectors)]
    if inside is not None:
        frames = [None] * len(frames)
    whole = _Groups(partition(out, 2, design), (frames[0],))
    return whole, _Groups(partition(sample.of[rows] + count * out, 2 * count, design), tuple(frames[1:]))


def _of_heads(value: float, variance: float, drawn: Drawn, hits: int) -> Estimate:
    """Return a share of heads; `hits` firms gave it any. The frame counts firms and says nothing about heads."""
    if drawn.is_complete or hits < _SEVERAL or drawn.freedom < 1 or not (0 < value < 1 and variance > 0):
        return replace(share_estimate(value, variance, replace(drawn, frame=None), hits), frame=drawn.frame)
    error, middle = math.sqrt(variance), math.log(value / (1 - value))
    half = float(student(drawn.freedom)) * error / (value * (1 - value))
    low, high = (1 / (1 + math.exp(-end)) for end in (middle - half, middle + half))
    return Estimate(value, error, low, high, drawn.n, drawn.worth, drawn.frame)


def _worth(design: SurveyDesign, domains: Domains, x: Floats) -> Floats:
    """Return (D,) how many independent draws the firms are worth when each counts by x: Kish's (Σwx)² / Σ(wx)²."""
    weighted = design.weights * x
    whole = sums(domains.of, weighted, domains.count)
    unseen = sums(domains.of, weighted**2 * design.unseen[design.strata], domains.count)
    return np.divide(whole**2, unseen, out=np.where(whole > 0, np.inf, 0.0), where=unseen > 0)
