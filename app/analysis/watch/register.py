"""The register of agents in use: what each firm that uses them answered, its control, exposure, red flags and quadrant.

A blank is neither a yes nor a no: control and exposure carry what blanks allow at least and at most, a flag they leave open is
told as open, and a quadrant is given only where no blank could change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, Floats, as_number, finite, is_numeric, per_answer
from app.analysis.conditions import evaluate, items_of
from app.analysis.watch.sample import Sample
from app.domain.condition import Condition
from app.domain.instrument import Instrument
from app.domain.watch import AGENT_COLUMNS, AgentRule, Control, Factor, Quadrant

Objects = npt.NDArray[np.object_]

_NUMBERS = ("agents", "incidents")
_CHOSEN = ("kinds", "purposes", "autonomy", "runs_on", "data", "logs", "review", "filing")


@dataclass(frozen=True, slots=True, eq=False)
class Flags:
    """Where each flag holds, or is left open by blanks, for each firm; both of shape (n, flags)."""

    hold: Bools
    open: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """A number 0–100 for each firm (n,), NaN where it is not known, and the least and most that blanks allow."""

    value: Floats
    low: Floats
    high: Floats


def agent_frame(sample: Sample, uses: Bools, rule: AgentRule, instrument: Instrument) -> pd.DataFrame:
    """Return AGENT_COLUMNS, a row a firm of the sample that surely `uses` agents (n,), in the order of the responses."""
    positions = sample.positions[uses]
    values, known = sample.responses.values.iloc[positions], sample.responses.firms.iloc[positions]
    columns: dict[str, object] = {"position": positions}
    columns |= {name: _text(known[name]) for name in ("firm", "name", "sector", "size", "township")}
    columns |= {name: _numbers(values, rule.columns[name]) for name in _NUMBERS}
    columns |= {name: _chosen(values, rule.columns[name]) for name in _CHOSEN}
    columns["tier"] = _tiers(columns["autonomy"], rule)
    control = control_of(values, rule.controls, instrument)
    exposure = exposure_of(values, rule.factors, instrument)
    flags = flags_of(values, rule, instrument)
    columns |= {"control": control.value, "control_low": control.low, "control_high": control.high}
    columns |= {"exposure": exposure.value, "exposure_low": exposure.low, "exposure_high": exposure.high}
    codes = [flag.id for flag in rule.flags]
    columns |= {"flags": _joined(flags.hold, codes), "flags_unknown": _joined(flags.open, codes)}
    columns["quadrant"] = quadrants(control, exposure, flags, (rule.strong, rule.high))
    return pd.DataFrame(columns, index=range(len(positions)))[list(AGENT_COLUMNS)]


def control_of(values: pd.DataFrame, controls: Sequence[Control], instrument: Instrument) -> Bounded:
    """Return 100 × controls satisfied / controls that apply and were answered, for each row; NaN where none was.

    A control whose items the instrument does not ask is left out. The bounds take every blank as a no, or as a yes.
    """
    n, asked = len(values), {item.code for item in instrument.items}
    satisfied, applicable, open_ = np.zeros(n), np.zeros(n), np.zeros(n)
    for control in controls:
        if not asked.issuperset(items_of(control.holds)):
            continue
        holds = evaluate(control.holds, values, instrument)
        exempt = np.zeros(n) if control.exempt is None else evaluate(control.exempt, values, instrument)
        applies = exempt != 1.0
        satisfied += applies & (holds == 1.0)
        applicable += applies & ~np.isnan(holds)
        open_ += applies & np.isnan(holds)
    whole = applicable + open_
    share = np.divide(100 * satisfied, applicable, out=np.full(n, np.nan), where=applicable > 0)
    low = np.divide(100 * satisfied, whole, out=np.zeros(n), where=whole > 0)
    high = np.divide(100 * (satisfied + open_), whole, out=np.full(n, 100.0), where=whole > 0)
    return Bounded(share, low, high)


def exposure_of(values: pd.DataFrame, factors: Sequence[Factor], instrument: Instrument) -> Bounded:
    """Return 100 × the product of the factors for each row; NaN where one is unknown, which the bounds then span."""
    value, low, high = (np.full(len(values), 100.0) for _ in range(3))
    for factor in factors:
        weight, (least, most) = _weight(values, factor, instrument), factor.ends
        known = ~np.isnan(weight)
        value = value * weight
        low = low * np.where(known, weight, least)
        high = high * np.where(known, weight, most)
    return Bounded(value, low, high)


def flags_of(values: pd.DataFrame, rule: AgentRule, instrument: Instrument) -> Flags:
    """Return which red flags hold and which a blank leaves open; one the instrument does not ask about is neither."""
    found = [_flag(flag.holds, values, instrument) for flag in rule.flags]
    told = np.column_stack(found)
    return Flags(told == 1.0, np.isnan(told))


def quadrants(control: Bounded, exposure: Bounded, flags: Flags, cuts: tuple[float, float]) -> Objects:
    """Return the Quadrant of each firm (n,); UNKNOWN where a blank could move it. A red flag is weak control.

    `cuts` are those from which control is strong and exposure high.
    """
    strong, high = cuts
    is_weak = flags.hold.any(axis=1) | (control.high < strong)
    is_strong = ~is_weak & (control.low >= strong) & ~flags.open.any(axis=1)
    is_high, is_low = exposure.low >= high, exposure.high < high
    places = {
        Quadrant.ACT: is_high & is_weak,
        Quadrant.GUARDED: is_high & is_strong,
        Quadrant.TIDY: is_low & is_weak,
        Quadrant.CALM: is_low & is_strong,
    }
    found = np.full(len(is_weak), str(Quadrant.UNKNOWN), dtype=object)
    for quadrant, holds in places.items():
        found[holds] = str(quadrant)
    return found


def _flag(condition: Condition, values: pd.DataFrame, instrument: Instrument) -> Floats:
    asked = {item.code for item in instrument.items}
    if not asked.issuperset(items_of(condition)):
        return np.zeros(len(values))
    return evaluate(condition, values, instrument)


def _weight(values: pd.DataFrame, factor: Factor, instrument: Instrument) -> Floats:
    """Return what the answer weighs in a factor; NaN where it is blank, says nothing, or counts fewer than the first step."""
    if factor.item not in values:
        return np.full(len(values), np.nan)
    column = values[factor.item]
    if factor.points:
        points = dict(factor.points)
        return np.full(len(values), np.nan) if is_numeric(column) else per_answer(column, lambda code: points.get(code, np.nan))
    numbers = as_number(column, instrument.item(factor.item))
    starts, weights = (np.array(each) for each in zip(*factor.steps, strict=True))
    step = np.searchsorted(starts, numbers, side="right") - 1
    known = ~np.isnan(numbers) & (step >= 0)
    return np.where(known, weights[np.where(known, step, 0)], np.nan)


def _tiers(autonomy: object, rule: AgentRule) -> Objects:
    tiers = {option: str(tier) for option, tier in rule.tiers.items()}
    found: Objects = pd.Series(autonomy, dtype=object).map(tiers).fillna("").to_numpy(dtype=object)
    return found


def _text(column: pd.Series) -> Objects:
    """Return a column of texts, "" where missing."""
    found: Objects = column.astype(object).where(column.notna(), "").to_numpy(dtype=object)
    return found


def _chosen(values: pd.DataFrame, item: str) -> Objects:
    if item not in values or is_numeric(values[item]):
        return np.full(len(values), "", dtype=object)
    return _text(values[item])


def _numbers(values: pd.DataFrame, item: str) -> Floats:
    if item not in values or not is_numeric(values[item]):
        return np.full(len(values), np.nan)
    return finite(values[item])


def _joined(holds: Bools, codes: Sequence[str]) -> Objects:
    """Return the codes that hold in each row, joined by a bar; worked out once a combination."""
    place = holds @ (1 << np.arange(len(codes)))
    names = np.array(
        ["|".join(code for bit, code in enumerate(codes) if number >> bit & 1) for number in range(1 << len(codes))],
        dtype=object,
    )
    found: Objects = names[place]
    return found
