"""A measure's value in each wave: declared numerator over declared denominator, blanks in neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from app.analysis.answers import Bools, Floats, finite, is_numeric
from app.analysis.conditions import evaluate, items_of
from app.analysis.estimate import effective_size, frame_total, kish_size, wilson, wilson_share
from app.analysis.progress.years import decimal_year
from app.domain.goals import Measure, Observation
from app.domain.instrument import Instrument, Role
from app.domain.responses import Responses
from app.domain.study import Design, Wave

_CONFIDENCE = 0.95
_WEIGHT_ROLES = {"employees": Role.EMPLOYEES, "revenue": Role.REVENUE}


@dataclass(frozen=True, slots=True)
class Membership:
    """Which responses a measure counts, each of shape (n,).

    `scope`: counted firms in the sections asked for; `eligible`: also of the denominator; `counted`: also with a known
    numerator and weight; `holds`: 1.0 where the numerator holds; `weight`: 1 a firm, or employees, or revenue.
    """

    scope: Bools
    eligible: Bools
    eligibility_known: Bools
    counted: Bools
    holds: Floats
    weight: Floats


def answerable(measure: Measure, instrument: Instrument) -> bool:
    """Return whether the instrument asks every item the measure needs, its weight included."""
    conditions = [condition for condition in (measure.numerator, measure.denominator) if condition is not None]
    asked = {item.code for item in instrument.items}
    weighable = measure.weight == "firms" or instrument.with_role(_WEIGHT_ROLES[measure.weight]) is not None
    return weighable and all(item in asked for condition in conditions for item in items_of(condition))


def membership(measure: Measure, responses: Responses, instrument: Instrument, sections: Sequence[str] = ()) -> Membership:
    """Return which responses the measure counts; a firm of unknown sector is in no section.

    Unknown (blank) numerators and denominators leave the firm out of both sides, as do weights that are blank or not
    positive.
    """
    firms = responses.firms
    scope = firms["counted"].to_numpy(dtype=bool)
    if sections:
        scope = scope & firms["sector"].isin(list(sections)).to_numpy(dtype=bool)
    holds = evaluate(measure.numerator, responses.values, instrument)
    base = np.ones(len(firms)) if measure.denominator is None else evaluate(measure.denominator, responses.values, instrument)
    weight = _weights(measure, responses, instrument)
    eligible = scope & (base == 1.0)
    counted = eligible & ~np.isnan(holds) & (weight > 0)
    return Membership(scope, eligible, scope & ~np.isnan(base), counted, holds, weight)


def observe(
    measure: Measure, responses: Responses, instrument: Instrument, waves: Sequence[Wave], sections: Sequence[str] = ()
) -> tuple[Observation, ...]:
    """Return the measure's value in each wave that has it, oldest first.

    Wilson interval on the number of firms, or on Kish's effective number where firms are weighted; corrected for the
    frame where it is known; none for volunteers. The standard error is half the interval's width over z, so that it
    does not vanish at 0 or 100 %.
    """
    if not answerable(measure, instrument):
        return ()
    members = membership(measure, responses, instrument, sections)
    firms = responses.firms
    found = []
    for wave in sorted(waves, key=lambda wave: wave.date):
        rows = (firms["wave"] == wave.id).to_numpy(dtype=bool)
        answered = set(firms.loc[rows & firms["counted"].to_numpy(dtype=bool), "sector"].astype(str))
        found.append(_observation(members, rows, wave, _frame_in_scope(wave, sections, answered)))
    return tuple(observation for observation in found if observation is not None)


def _weights(measure: Measure, responses: Responses, instrument: Instrument) -> Floats:
    """Return the weight of each response, 0 where it is unknown."""
    if measure.weight == "firms":
        return np.ones(len(responses))
    item = instrument.with_role(_WEIGHT_ROLES[measure.weight])
    if item is None or item.code not in responses.values or not is_numeric(responses.values[item.code]):
        return np.zeros(len(responses))
    return np.nan_to_num(finite(responses.values[item.code]))


def _frame_in_scope(wave: Wave, sections: Sequence[str], answered: set[str]) -> int | None:
    """Return the firms of the frame in these sections (none: in all), None when it lacks one of them or one that answered."""
    if not sections:
        return frame_total(wave, answered)
    return sum(wave.frame[section] for section in sections) if all(section in wave.frame for section in sections) else None


def _observation(members: Membership, rows: Bools, wave: Wave, in_scope: int | None) -> Observation | None:
    counted = members.counted & rows
    n = int(counted.sum())
    if n == 0:
        return None
    weight, holds = members.weight[counted], members.holds[counted]
    total = float(weight.sum())
    value = min(1.0, float((weight * holds).sum()) / total)
    frame = _frame(members, rows, in_scope)
    low, high, error = None, None, None
    if wave.design is not Design.VOLUNTEER:
        if (weight == 1.0).all():
            low, high = wilson(float(holds.sum()), n, frame, _CONFIDENCE)
        else:
            shrink = kish_size(total, float((weight**2).sum())) / n  # 1 / design effect
            low, high = wilson_share(value, shrink * effective_size(n, frame), _CONFIDENCE)
        error = (high - low) / 2 / NormalDist().inv_cdf(0.5 + _CONFIDENCE / 2)
    return Observation(wave.id, decimal_year(wave.date), value, low, high, n, frame, error)


def _frame(members: Membership, rows: Bools, in_scope: int | None) -> int | None:
    """Return the firms of the frame that the measure is about, None when unknown.

    The frame counts firms by sector and not by the denominator's condition: there its size is estimated by the share of
    responses that meet the condition (the ratio estimate of a domain's size, Cochran 1977, §2.12), which is exact where
    every firm of the frame answered. A frame smaller than the responses is unknown.
    """
    scope = int((members.scope & rows).sum())
    asked = int((members.eligibility_known & rows).sum())
    if in_scope is None or in_scope < scope or asked == 0:
        return None
    return max(round(in_scope * int((members.eligible & rows).sum()) / asked), int((members.counted & rows).sum()))
