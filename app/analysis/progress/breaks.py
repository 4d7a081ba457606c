"""Where a series does not go on: another instrument, another way of asking firms, or what people declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.analysis.progress.years import decimal_year
from app.domain.goals import Observation
from app.domain.progress import SeriesBreak
from app.domain.study import Wave
from app.domain.targets import DeclaredBreak


def series_breaks(
    waves: Sequence[Wave], declared: Iterable[DeclaredBreak], measure: str, observations: Sequence[Observation]
) -> tuple[SeriesBreak, ...]:
    """Return the breaks of a measure's series, oldest first; none at its first wave, where there is nothing to break.

    A wave asked with another instrument or version, or with another design, than the one before in which the measure was
    observed. Versions that were not noted are taken to be the same.
    """
    if len(observations) < 2:
        return ()
    by_id = {wave.id: wave for wave in waves}
    seen = [by_id[each.wave] for each in observations if each.wave in by_id]
    found = [one for before, after in pairwise(seen) for one in _between(before, after)]
    first = observations[0].time
    for each in in_force(declared, measure):
        if each.wave in by_id and decimal_year(by_id[each.wave].date) > first:
            found.append(SeriesBreak(each.wave, decimal_year(by_id[each.wave].date), "", each.why))
    return tuple(sorted(found, key=lambda each: each.time))


def in_force(declared: Iterable[DeclaredBreak], measure: str) -> list[DeclaredBreak]:
    """Return the breaks that hold for a measure: the last entry about a wave and a measure counts."""
    last = {(each.wave, each.measure): each for each in declared}
    return [each for each in last.values() if each.measure in ("", measure) and not each.taken_back]


def unbroken(observations: Sequence[Observation], breaks: Sequence[SeriesBreak]) -> Sequence[Observation]:
    """Return the observations from the last break on: the only ones that may carry a trend."""
    if not breaks:
        return observations
    start = breaks[-1].time
    return [each for each in observations if each.time >= start]


def _between(before: Wave, after: Wave) -> list[SeriesBreak]:
    time = decimal_year(after.date)
    found = []
    if before.instrument and after.instrument and before.instrument != after.instrument:
        found.append(SeriesBreak(after.id, time, "break.instrument"))
    if before.design is not after.design:
        found.append(SeriesBreak(after.id, time, "break.design"))
    return found
