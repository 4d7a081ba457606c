"""How people write an answer: the typed value goes in, what stands in the cell comes out with the value it now means.

A clerk's habit is tidy; now and then (`mess`) an answer is written loosely: 2000万, 三成, 约30%, 100-300.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.domain.instrument import Item, ItemType

Typed = str | float | None
IN_WAN = {"元": 1e-4, "千元": 0.1, "万元": 1.0, "亿元": 1e4}


@dataclass(frozen=True, slots=True)
class Habit:
    """A clerk's ways: the yes/no table, separator or lettering of multi-selects, percents, money unit, share written loosely.

    `void` is the dash some put where they leave a choice or a number open ("" for none).
    """

    yes_no: str
    multi: str
    single: str
    percent: str
    money: str
    mess: float
    void: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a cell ("" for blank), and the typed value that reading it must give."""

    cell: str | int | float
    value: Typed


BLANK = Written("", None)
_DASHES = 0.6  # share of open cells that such a clerk dashes


@dataclass(frozen=True, slots=True)
class Pen:
    """A habit, the tables of ways to write, and the clerk's chance."""

    habit: Habit
    writing: Mapping[str, Any]
    rng: np.random.Generator

    def write(self, item: Item, value: Typed) -> Written:
        """Write one answer; a missing one stays blank."""
        if value is None:
            return self._nothing(item)
        loose = bool(self.rng.random() < self.habit.mess)
        if item.type in _CLOSED_WAYS:
            return _CLOSED_WAYS[item.type](self, item, str(value), loose)
        if item.type in _NUMBER_WAYS:
            return _NUMBER_WAYS[item.type](self, item, float(value), loose and value != 0)
        return Written(str(value), str(value))

    def _nothing(self, item: Item) -> Written:
        dashed = self.habit.void and item.type in _DASHED and self.rng.random() < _DASHES
        return Written(self.habit.void, None) if dashed else BLANK

    def pick(self, choices: Sequence[Any]) -> Any:
        """Choose one of several."""
        return choices[int(self.rng.integers(len(choices)))]


def _yes_no(pen: Pen, _item: Item, value: str, loose: bool) -> Written:
    ways = pen.writing["yes_no"]["loose" if loose else pen.habit.yes_no]
    return Written(pen.pick(ways[value]), value)


def _single(pen: Pen, item: Item, value: str, loose: bool) -> Written:
    position = [option.code for option in item.options].index(value)
    label = item.options[position].words.zh
    letter = chr(65 + position)
    ways = {"label": label, "letter": letter, "both": f"{letter}. {label}"}
    return Written(ways[pen.habit.single if not loose else "label"], value)


def _multi(pen: Pen, item: Item, value: str, loose: bool) -> Written:
    chosen = value.split("|")
    positions = [position for position, option in enumerate(item.options) if option.code in chosen]
    exclusive = [item.options[position] for position in positions if item.options[position].exclusive]
    if exclusive:
        return Written(exclusive[0].words.zh, value)
    if pen.habit.multi == "letters":
        return Written(("、" if loose else "").join(chr(65 + position) for position in positions), value)
    if pen.habit.multi == "circled":
        return Written("".join(pen.writing["digits"]["circled"][position] for position in positions), value)
    separator = pen.pick(("；", "，", "\n")) if loose else pen.habit.multi
    return Written(separator.join(item.options[position].words.zh for position in positions), value)


def _count(pen: Pen, item: Item, value: float, loose: bool) -> Written:
    number = round(value)
    if not loose:
        return Written(number, float(number))
    low, high = _round_range(number)
    unit = item.unit
    ways: list[tuple[str, float]] = [(f"{number}{unit}", number), (f"约{number}{unit}", number)]
    ways += [(_full_width(pen, str(number)), number), (str(number), number)]
    if low < high:
        ways.append((f"{low}-{high}", (low + high) / 2))
    text, meant = pen.pick(ways)
    return Written(text, float(meant))


def _number(pen: Pen, _item: Item, value: float, loose: bool) -> Written:
    number = _short(round(value, 2))
    if not loose:
        return Written(number, float(number))
    text = pen.pick((f"约{number}", _full_width(pen, str(number)), str(number)))
    return Written(text, float(number))


def _money(pen: Pen, _item: Item, value: float, loose: bool) -> Written:
    unit = IN_WAN[pen.habit.money]
    number = _short(round(value / unit, 4 if unit > 1 else 2))
    if not loose:
        return Written(number, round(float(number) * unit, 6))
    ways: list[tuple[str, float]] = [(f"{_short(round(value, 1))}万", round(value, 1))]
    if value >= 500:
        ways.append((f"{_short(round(value / 1e4, 3))}亿", round(round(value / 1e4, 3) * 1e4, 6)))
    ways.append((f"{number:,}", round(float(number) * unit, 6)))
    ways.append((f"约{_short(float(round(value)))}万元", float(round(value))))
    text, meant = pen.pick(ways)
    return Written(text, meant)


def _percent(pen: Pen, _item: Item, value: float, loose: bool) -> Written:
    points = round(value * 100)
    if loose and points >= 10:
        return _loose_percent(pen, points)
    ways: dict[str, str | int | float] = {"text": f"{points}%", "points": points, "fraction": points / 100}
    return Written(ways[pen.habit.percent], points / 100)


def _loose_percent(pen: Pen, points: int) -> Written:
    tens = round(points / 10)
    ways: list[tuple[str, float]] = [(f"{points}%", points / 100), (f"约{points}%", points / 100)]
    ways.append((_full_width(pen, str(points)) + "％", points / 100))
    if 1 <= tens <= 9:
        ways.append((pen.writing["digits"]["tenths"][tens] + "成", tens / 10))
    ways.append((f"{tens * 10 - 5}%-{tens * 10 + 5}%", tens / 10))
    text, meant = pen.pick(ways)
    return Written(text, meant)


def _full_width(pen: Pen, text: str) -> str:
    return text.translate({48 + digit: char for digit, char in enumerate(pen.writing["digits"]["full_width"])})


def _round_range(number: int) -> tuple[int, int]:
    """Return the range of a questionnaire band around a head count, equal ends when it is too small for one."""
    bands = ((20, 50), (50, 100), (100, 300), (300, 500), (500, 1000))
    return next(((low, high) for low, high in bands if low <= number < high), (number, number))


def _short(number: float) -> int | float:
    return int(number) if number == int(number) else number


_DASHED = (ItemType.SINGLE, ItemType.LADDER, ItemType.COUNT, ItemType.NUMBER, ItemType.PERCENT)
_CLOSED_WAYS = {
    ItemType.YES_NO: _yes_no,
    ItemType.SINGLE: _single,
    ItemType.LADDER: _single,
    ItemType.MULTI: _multi,
}
_NUMBER_WAYS = {
    ItemType.COUNT: _count,
    ItemType.NUMBER: _number,
    ItemType.MONEY: _money,
    ItemType.PERCENT: _percent,
}
