"""A measure's change between two waves taken apart: the same firms, who came, who left, and the mix of groups.

The core is that of the change of levels (analysis.estimate: panel, parts, changes); what a measure counts is `counted`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.analysis.estimate import Known, frame_total, pair, panel_changes
from app.analysis.progress.counted import Answered, Counted, column, of_wave
from app.analysis.progress.measures import answerable, membership
from app.analysis.progress.years import decimal_year
from app.domain.change import GROUPINGS, MeasureChange
from app.domain.errors import UserError
from app.domain.goals import Measure
from app.domain.progress import SeriesBreak
from app.domain.responses import Responses
from app.domain.study import Wave


def measure_change(
    measure: Measure,
    answered: Answered,
    waves: tuple[Wave, Wave],
    by: str = "sector",
    sections: Sequence[str] = (),
    breaks: Sequence[SeriesBreak] = (),
) -> MeasureChange:
    """Return the change of `measure` from the earlier to the later of two `waves`, grouped `by` sector, size or township.

    `sections` limit it to GB/T 4754 letters (none: all). A break of the series after the first wave and up to the second
    refuses it, for both values then do not count the same thing. UserError `change.by` for another grouping.
    """
    if by not in GROUPINGS:
        raise UserError("change.by", by=by, known=", ".join(GROUPINGS))
    before, after = sorted(waves, key=lambda wave: wave.date)
    blank = MeasureChange(measure, by, before.id, after.id)
    if not answerable(measure, answered.instrument):
        return _refused(blank, "not_asked")
    broken = first_break(breaks, before, after)
    if broken is not None:
        return _refused(blank, "break", wave=broken.wave, said=broken.why, key=broken.reason)
    everyone = membership(measure, answered.responses, answered.instrument)
    sides = [of_wave(everyone, answered.responses, wave, sections) for wave in (before, after)]
    empty = next((side for side in sides if not side.firms), None)
    if empty is not None:
        return _refused(blank, "no_answers", wave=empty.wave.id)
    plain = measure.weight == "firms" and measure.denominator is None and not sections and by == "sector"
    one, other = (_known(side, answered.responses, by, plain) for side in sides)
    return replace(blank, changes=panel_changes(pair(one, other), measure.id))


def first_break(breaks: Sequence[SeriesBreak], before: Wave, after: Wave) -> SeriesBreak | None:
    """Return the first break after one wave and up to another, None where the series goes on."""
    start, end = decimal_year(before.date), decimal_year(after.date)
    return next((each for each in breaks if start < each.time <= end), None)


def _known(side: Counted, responses: Responses, by: str, is_whole: bool) -> Known:
    """One side of the panel; the frame is known only to a measure that is about all firms (`is_whole`)."""
    groups = tuple(column(responses, by, side.positions).tolist())
    frames: Mapping[str, int] = side.wave.frame if is_whole else {}
    whole = frame_total(side.wave, set(groups)) if is_whole else None
    return Known(side.wave, side.firms, groups, side.y, side.sized, frames, whole)


def _refused(blank: MeasureChange, why: str, **values: str) -> MeasureChange:
    return replace(blank, reason=f"change.cannot.{why}", reason_values=tuple(sorted(values.items())))
