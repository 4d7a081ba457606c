"""Targets and reported figures as people type them: 75% · 0.75 · 七成五 for a rate, 1.2万 · 12,000家 for what is counted."""

from __future__ import annotations

from app.analysis.intake.clean_percent import read_share
from app.analysis.intake.quantity import Quantity, plain_number, read_quantity
from app.analysis.intake.tidy import tidy
from app.analysis.intake.units import money_factor, normal_unit
from app.domain.errors import UserError
from app.domain.goals import GoalKind

_YUAN = ("元", "元人民币", "yuan", "rmb")
_SCALES = {"千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8}
_LARGEST = 1e15


def read_value(text: str, kind: GoalKind, unit: str) -> float:
    """Return the value that `text` writes: a fraction for a rate, else a number in the goal's `unit`.

    UserError `targets.rate` for what is no share between 0 and 1 (a bare 75 is not taken for 75 %), `targets.number` for what is
    no exact number, `targets.unit` for one in another unit, `targets.negative`.
    """
    value = _share(text) if kind is GoalKind.RATE else _amount(text, unit)
    return round(abs(value), 12)  # −0 is 0


def check_value(value: float, kind: GoalKind) -> None:
    """Refuse with UserError `targets.rate`, `targets.negative` or `targets.number` a value that no goal of this kind can have."""
    if not abs(value) < _LARGEST:  # not a number too
        raise UserError("targets.number", text=value)
    if kind is GoalKind.RATE and not 0 <= value <= 1:
        raise UserError("targets.rate", text=f"{value:g}")
    if value < 0:
        raise UserError("targets.negative", text=f"{value:g}")


def _share(text: str) -> float:
    clean = tidy(text)
    plain = plain_number(clean)
    share = read_share(clean) if plain is None else None
    value = plain if plain is not None else share.value if share is not None and not share.note else None
    if value is None or not 0 <= value <= 1:
        raise UserError("targets.rate", text=text)
    return value


def _amount(text: str, unit: str) -> float:
    quantity = read_quantity(text)
    if quantity is None or quantity.note or not abs(quantity.value) < _LARGEST:
        raise UserError("targets.number", text=text)
    value = _in_unit(quantity, text, unit)
    if value < 0:
        raise UserError("targets.negative", text=text)
    return value


def _in_unit(quantity: Quantity, text: str, unit: str) -> float:
    """Return the quantity in `unit`. A bare number is in it already, but 1.2万 of 亿元 could be either and is refused."""
    own, wanted, factor = quantity.unit, normal_unit(unit), money_factor(unit)
    if factor is not None and (own in _YUAN or (not own and "亿" in text)):
        return quantity.value / 1e4 / factor  # factors are per 万元
    if own == wanted or (not own and (factor is None or not quantity.scaled)):
        return quantity.value
    scale = next((name for name in _SCALES if wanted == f"{name}{own}"), "")  # 3万台 where the unit is 万台
    if not scale:
        raise UserError("targets.unit", text=text, unit=unit or "—")
    return quantity.value / _SCALES[scale]
