"""Levers as people type them: `size=small;firms=120;reach=L2;by=2027-06-30;success=0.3-0.7`, read, checked and written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.analysis.intake.quantity import read_quantity
from app.domain.errors import UserError
from app.domain.scenario import FIELDS
from app.domain.targets import Lever
from app.workflows.waves import check_date

PARTS = (*FIELDS, "firms", "reach", "by", "success")
_MOST = 10**9
"""More firms than any place has."""
_BETWEEN = re.compile(r"[;；]")
_RANGE = re.compile(r"\s*([\d.]+)\s*(%?)\s*(?:[-–~～至]\s*([\d.]+)\s*(%?)\s*)?")


def levers_of(given: Iterable[object] | None) -> tuple[Lever, ...]:
    """Return levers given as texts or as levers; UserError `scenario.*` for one that cannot be read."""
    return tuple(each if isinstance(each, Lever) else lever_of(str(each)) for each in given or ())


def lever_of(text: str) -> Lever:
    """Return the lever that a text describes; UserError `scenario.part`, `.lacks`, `.firms`, `.success`, `wave.date`."""
    said: dict[str, str] = {}
    for part in (part for part in _BETWEEN.split(text) if part.strip()):
        name, sign, value = (piece.strip() for piece in part.replace("＝", "=").partition("="))
        if not sign or name not in PARTS or name in said:
            raise UserError("scenario.part", part=part.strip(), known=" ".join(PARTS))
        said[name] = value
    lacking = [name for name in ("firms", "by") if not said.get(name)]
    if lacking:
        raise UserError("scenario.lacks", lever=text, parts=" ".join(lacking))
    check_date(said["by"])
    group = tuple((name, said[name]) for name in FIELDS if name in said)
    return Lever(group, _firms(said["firms"]), said.get("reach", ""), said["by"], success_of(said.get("success", "")))


def lever_text(lever: Lever) -> str:
    """Return the text that `lever_of` reads as this lever."""
    parts = [f"{name}={value}" for name, value in lever.group]
    parts += [f"firms={lever.firms}", *([f"reach={lever.reach}"] if lever.reach else []), f"by={lever.by}"]
    low, high = lever.success
    success = "" if lever.success == (1.0, 1.0) else f"{low:.12g}" if low == high else f"{low:.12g}-{high:.12g}"
    return ";".join([*parts, *([f"success={success}"] if success else [])])


def success_of(text: str) -> tuple[float, float]:
    """Return a success range typed as 0.3-0.7, 30%-70% or 0.5; everybody where nothing is said. UserError `scenario.success`."""
    if not text.strip():
        return 1.0, 1.0
    found = _RANGE.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        first, sign, second, last_sign = found.groups()
        percent = bool(sign or last_sign)
        ends = [float(end) / (100 if percent else 1) for end in (first, second or first)]
    except ValueError as error:
        raise UserError("scenario.success", text=text) from error
    if not 0 <= ends[0] <= ends[1] <= 1:
        raise UserError("scenario.success", text=text)
    return ends[0], ends[1]


def _firms(text: str) -> int:
    """Return a whole number of firms, 一百二十 too; whether there are as many is told with the scenario."""
    quantity = read_quantity(text.removeprefix("-"))
    if quantity is None or quantity.note or quantity.unit not in ("", "家", "户") or quantity.value % 1 or quantity.value > _MOST:
        raise UserError("scenario.firms", text=text)
    return int(quantity.value) * (-1 if text.startswith("-") else 1)
