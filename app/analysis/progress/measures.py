"""Which responses a measure counts: declared numerator over declared denominator, blanks in neither."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.answers import Bools, Floats, finite, is_numeric
from app.analysis.conditions import evaluate, items_of
from app.domain.condition import Condition
from app.domain.goals import Measure
from app.domain.instrument import Instrument, Role
from app.domain.responses import Responses

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


def membership(
    measure: Measure,
    responses: Responses,
    instrument: Instrument,
    sections: Sequence[str] = (),
    known: MutableMapping[Condition, Floats] | None = None,
) -> Membership:
    """Return which responses the measure counts; a firm of unknown sector is in no section.

    Unknown (blank) numerators and denominators leave the firm out of both sides, as do weights that are blank or not
    positive. `known` remembers answers for the next measure, as in `evaluate`.
    """
    firms = responses.firms
    scope = firms["counted"].to_numpy(dtype=bool)
    if sections:
        scope = scope & firms["sector"].isin(list(sections)).to_numpy(dtype=bool)
    holds = evaluate(measure.numerator, responses.values, instrument, known=known)
    base = np.ones(len(firms))
    if measure.denominator is not None:
        base = evaluate(measure.denominator, responses.values, instrument, known=known)
    weight = _weights(measure, responses, instrument)
    eligible = scope & (base == 1.0)
    counted = eligible & ~np.isnan(holds) & (weight > 0)
    return Membership(scope, eligible, scope & ~np.isnan(base), counted, holds, weight)


def planning(
    measure: Measure, responses: Responses, instrument: Instrument, known: MutableMapping[Condition, Floats] | None = None
) -> Floats:
    """Return 1.0 where a firm plans to meet the measure, 0.0 where not, NaN where nobody knows or asked; shape (n,)."""
    asked = {item.code for item in instrument.items}
    if measure.planned is None or not all(item in asked for item in items_of(measure.planned)):
        return np.full(len(responses), np.nan)
    return evaluate(measure.planned, responses.values, instrument, known=known)


def _weights(measure: Measure, responses: Responses, instrument: Instrument) -> Floats:
    """Return the weight of each response, 0 where it is unknown."""
    if measure.weight == "firms":
        return np.ones(len(responses))
    item = instrument.with_role(_WEIGHT_ROLES[measure.weight])
    if item is None or item.code not in responses.values or not is_numeric(responses.values[item.code]):
        return np.zeros(len(responses))
    return np.nan_to_num(finite(responses.values[item.code]))
