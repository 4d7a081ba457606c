"""Jobs by sector: displaced, created, moved, staff trained, as rates of sums over firms that answered; never a firm's figures.

A rate that one or two firms make up, in what is counted or in the employees it is counted over, is not given at all, nor is one
from which it could be worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Bools, Floats, finite, is_numeric
from app.analysis.disclosure import dominated
from app.analysis.watch.answered import answered
from app.analysis.watch.exposure import exposure_range, relative_exposure
from app.analysis.watch.sample import Sample
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate
from app.domain.instrument import Instrument, Role
from app.domain.watch import ExposureIndex, SectorJobs

DOMINATED = "watch.reason.dominated"
EMPLOYEES = "employees"
COUNTED = ("displaced", "created", "moved", "trained")
RATES = ("displaced", "created", "net", "moved", "redeployed", "trained")
FOLLOWS = {"net": ("displaced", "created"), "redeployed": ("displaced", "moved")}
"""Rates by the others that they would give away."""


def watch_jobs(
    sample: Sample, items: Mapping[str, str], instrument: Instrument, indices: Sequence[ExposureIndex]
) -> tuple[SectorJobs, ...]:
    """Return jobs of all firms and of each sector; nothing where the instrument asks neither employees nor any count.

    A firm's count is in a rate where it and the firm's employees are known, above 0 and not fewer than the count. The net rate is
    created less displaced; redeployment is moved over moved and displaced.
    """
    employees, asked = instrument.with_role(Role.EMPLOYEES), {item.code for item in instrument.items}
    counted = {name: items[name] for name in COUNTED if name in items and items[name] in asked}
    if employees is None or not counted:
        return ()
    heads = _numbers(sample, employees.code)
    counts = {name: _numbers(sample, item) for name, item in counted.items()}
    return _Jobs(sample, heads, counts).sectors(relative_exposure(indices))


@dataclass(frozen=True, slots=True, eq=False)
class _Jobs:
    """A sample with its firms' employees and counts, each (n,) and NaN where unknown."""

    sample: Sample
    heads: Floats
    counts: Mapping[str, Floats]

    def sectors(self, exposure: Mapping[str, Mapping[str, float]]) -> tuple[SectorJobs, ...]:
        """Return TOTAL first, then the sectors."""
        sample = self.sample
        usable = np.logical_or.reduce([self.usable(name) for name in self.counts])
        wrong = np.logical_or.reduce([self.wrong(name) for name in self.counts])
        heads = np.where(usable, self.heads, 0.0)
        people = np.bincount(sample.of, heads, minlength=len(sample.sectors))
        firms, left_out = sample.counts(usable), sample.counts(wrong)
        staff = np.concatenate([[people.sum()], people])
        unsafe = self._unsafe(usable)
        rates = {name: self._rate(name) for name in RATES if all(part in self.counts for part in FOLLOWS.get(name, (name,)))}
        found = []
        for place, sector in enumerate((TOTAL, *sample.sectors)):
            hidden = tuple(name for name in (EMPLOYEES, *rates) if name in unsafe and unsafe[name][place])
            indices = exposure.get(sector, {})
            found.append(
                SectorJobs(
                    sector=sector,
                    firms=int(firms[place]),
                    employees=0.0 if EMPLOYEES in hidden else float(staff[place]),
                    rates={name: _kept(each[place], name in hidden) for name, each in rates.items()},
                    exposure=exposure_range(tuple(indices.values())),
                    indices=dict(indices),
                    left_out=int(left_out[place]),
                    hidden=hidden,
                )
            )
        return tuple(found)

    def usable(self, name: str) -> Bools:
        """Where a count may enter a rate (n,)."""
        count, heads = self.counts[name], self.heads
        able: Bools = (count >= 0) & (heads > 0) & (count <= heads)  # a blank is none of these
        return able

    def wrong(self, name: str) -> Bools:
        """Where a count was given that no firm can have (n,)."""
        count, heads = self.counts[name], self.heads
        off: Bools = (count < 0) | (count > heads) | ((count > 0) & (heads <= 0))
        return off

    def _both(self, one: str, other: str) -> Bools:
        return self.usable(one) & self.usable(other)

    def _rate(self, name: str) -> tuple[Estimate, ...]:
        if name == "net":
            base = answered(self.sample, self._both("created", "displaced"))
            part = self.counts["created"] - self.counts["displaced"]
            found = base.ratios(part, self.heads, "watch.reason.no_employees", is_share=False)
            return tuple(map(_spread, found, self._rate("displaced"), self._rate("created")))
        if name == "redeployed":
            base, moved = answered(self.sample, self._both("moved", "displaced")), self.counts["moved"]
            return base.ratios(moved, moved + self.counts["displaced"], "watch.reason.nobody_affected")
        base = answered(self.sample, self.usable(name))
        return base.ratios(self.counts[name], self.heads, "watch.reason.no_employees")

    def _unsafe(self, usable: Bools) -> dict[str, Bools]:
        """Return for each rate, and for the employees, where one or two firms make it up: all firms first, then by sector."""
        found = {EMPLOYEES: self._made_up(self.heads, usable)}
        for name, count in self.counts.items():
            base = self.usable(name)
            found[name] = self._made_up(count, base) | self._made_up(self.heads, base)
        for name, parts in FOLLOWS.items():
            if all(part in found for part in parts):
                base = self._both(*parts)
                whole = self.counts[parts[0]] + self.counts[parts[1]]
                found[name] = np.logical_or.reduce([found[part] for part in parts]) | self._made_up(whole, base)
        return found

    def _made_up(self, numbers: Floats, base: Bools) -> Bools:
        values, of, count = np.where(base, numbers, 0.0), self.sample.of, len(self.sample.sectors)
        whole = dominated(values, np.zeros(len(values), dtype=np.int64), 1)
        return np.concatenate([whole, dominated(values, of, count)])


def _spread(net: Estimate, lost: Estimate, made: Estimate) -> Estimate:
    """Return the net rate; where no firm reported a change it shows no spread, and may lie as far off as either flow."""
    if net.low is None or lost.value != 0 or made.value != 0 or lost.high is None or made.high is None:
        return net
    return replace(net, low=-lost.high, high=made.high)


def _kept(estimate: Estimate, is_hidden: bool) -> Estimate:
    """A rate that may be told; one that may not keeps its number of firms."""
    return Estimate(None, n=estimate.n, frame=estimate.frame, reason=DOMINATED) if is_hidden else estimate


def _numbers(sample: Sample, item: str) -> Floats:
    if item not in sample.responses.values or not is_numeric(sample.responses.values[item]):
        return np.full(len(sample), np.nan)
    return finite(sample.responses.values[item].iloc[sample.positions])
