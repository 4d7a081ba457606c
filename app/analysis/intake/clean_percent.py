"""Percentages as fractions: 35% · 0.35 · 35 · 三成五 · 百分之三十五 · 30%-40% · 约30%."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.analysis.intake.clean_number import Floats, noted, plain_cells, qualify, unreadable
from app.analysis.intake.distinct import Cleaned, Distinct, Doubt, Issue, is_blank
from app.analysis.intake.quantity import APPROXIMATE, BOUND, Quantity, plain_number, read_quantity
from app.analysis.intake.tidy import chinese_number, tidy
from app.domain.decisions import DecisionKind

Bools = npt.NDArray[np.bool_]

FRACTION, PERCENT, MIXED, ONE = "fraction", "percent", "mixed", "one"
_BEFORE, _AFTER = f"({APPROXIMATE}|{BOUND}|过)?", "(左右|上下|及?以上|及?以下|以内|多)?"
_TENTHS = re.compile(rf"{_BEFORE}(.{{1,3}}?)成(半|.)?{_AFTER}")
_PARTS = re.compile(rf"{_BEFORE}(百|千|万|[一二三四五六七八九十]{{1,3}})分之(.+?){_AFTER}")
_WORDS = re.compile(rf"{_BEFORE}(一半|半数|半|全部|全员|百分之百){_AFTER}")
_HALF = frozenset({"一半", "半数", "半"})
_WHOLE = {"百": 100.0, "千": 1000.0, "万": 10_000.0}
_UNITS = {"%": 100.0, "‰": 1000.0, "个百分点": 100.0}


@dataclass(frozen=True, slots=True)
class _Scale:
    """How the bare numbers of a column are written: `wholes` what each is to be divided by (NaN: cannot be told), which are
    `unclear` (a bare 1), and which are the `fewer` of a mixed column."""

    wholes: Floats
    unclear: Bools
    fewer: Bools
    doubts: tuple[Doubt, ...] = ()


def clean_percent(distinct: Distinct, scale: str = "") -> Cleaned:
    """Return each distinct value as a fraction, NaN for blanks and for what cannot be read.

    A bare number may be 0.35 or 35: `scale` says which (fraction | percent | mixed), else the column decides. In a mixed
    column each number keeps its own reading, with a finding at the fewer of them, a bare 1 is missing, and people are asked.
    """
    values, texts = plain_cells(distinct)
    sizes, bare = values.copy(), np.isfinite(values)
    issues, loose = [], []
    for index in texts:
        text = tidy(distinct.texts[index])
        quantity = _bare(text) or _signed(text)
        if quantity is None:
            issues.append(unreadable(index, distinct))
            continue
        values[index], bare[index] = quantity.value, not quantity.unit
        sizes[index] = _telling(quantity)
        if quantity.note:
            loose.append((index, quantity))
    found = _settle(np.where(bare, sizes, np.nan), distinct.counts, scale)
    values = np.round(values / found.wholes, 10)
    qualified = tuple(qualify(index, quantity, _divider(float(found.wholes[index]))) for index, quantity in loose)
    issues += [noted(each, values[each.index]) for each in qualified if np.isfinite(values[each.index])]
    issues += [Issue(index, "percent.one_unclear") for index in np.flatnonzero(found.unclear).tolist()]
    fewer = np.flatnonzero(found.fewer).tolist()
    issues += [Issue(index, "percent.mixed", (("used", f"{values[index]:.4g}"),)) for index in fewer]
    return Cleaned(values, tuple(issues), qualified=qualified, doubts=found.doubts)


def scale_of(texts: Iterable[str]) -> str:
    """Return how the bare numbers among `texts` are written: fraction | percent | mixed, "" where nothing tells."""
    told = {scale_told(text) for text in texts}
    return _scale(FRACTION in told, PERCENT in told)


def scale_told(text: str) -> str:
    """Return what one cell tells of its column's scale: fraction, percent, "one" for a bare 1, "" where it has no say."""
    quantity = None if is_blank(text) else _bare(tidy(text))
    size = 0.0 if quantity is None else abs(_telling(quantity))
    return PERCENT if size > 1 else ONE if size == 1 else FRACTION if size > 0 else ""


def read_share(text: str) -> Quantity | None:
    """Return the fraction that a tidy text writes with its sign or words, None when it is no share or a bare number."""
    if (signed := _signed(text)) is not None:
        return signed
    quantity = _bare(text)
    if quantity is None or (not quantity.note and plain_number(text) is not None):
        return None
    return _over(quantity, 1.0 if quantity.high <= 1 else 100.0)  # 约0.3, 0.3-0.4


def _bare(text: str) -> Quantity | None:
    """Return the number that a text writes without sign or word for a share, None for any other."""
    quantity = read_quantity(text)
    return None if quantity is None or quantity.scaled or quantity.unit else quantity


def _signed(text: str) -> Quantity | None:
    worded = _in_words(text) or _in_tenths(text) or _in_parts(text)
    if worded is not None:
        return worded
    quantity = read_quantity(text)
    if quantity is None or quantity.scaled or quantity.unit not in _UNITS:
        return None
    return _over(quantity, _UNITS[quantity.unit])


def _over(quantity: Quantity, whole: float) -> Quantity:
    return replace(
        quantity, value=quantity.value / whole, low=quantity.low / whole, high=quantity.high / whole, unit="%", scaled=False
    )


def _in_words(text: str) -> Quantity | None:
    match = _WORDS.fullmatch(text)
    return None if match is None else _worded(0.5 if match[2] in _HALF else 1.0, match[1], match[3])


def _in_tenths(text: str) -> Quantity | None:
    match = _TENTHS.fullmatch(text)
    if match is None:
        return None
    tenths = _number(match[2])
    rest = 0.0 if not match[3] else 5.0 if match[3] == "半" else chinese_number(match[3])
    if tenths is None or rest is None or not 0 <= tenths <= 10:
        return None
    return _worded(tenths / 10 + rest / 100, match[1], match[4])


def _in_parts(text: str) -> Quantity | None:
    match = _PARTS.fullmatch(text)
    number = _number(match[3]) if match else None
    if match is None or number is None:
        return None
    whole = _WHOLE.get(match[2]) or chinese_number(match[2])
    return _worded(number / whole, match[1], match[4]) if whole else None


def _worded(value: float, before: str | None, after: str | None) -> Quantity:
    """Return a share in words with the qualifier that the words around it would give a plain number."""
    before = "超过" if before == "过" else before  # 过半
    like = read_quantity(f"{before or ''}1{after or ''}") if before or after else None
    note, qualifier = (like.note, like.qualifier) if like else ("", "")
    return Quantity(value, value, value, "%", False, note, qualifier)


def _number(text: str) -> float | None:
    plain = plain_number(text)
    return plain if plain is not None else chinese_number(text)


def _telling(quantity: Quantity) -> float:
    """Return the number that tells the scale: the upper end of a range beyond 1, else its middle."""
    return quantity.high if quantity.high > 1 else quantity.value


def _scale(fractions: bool, points: bool) -> str:
    return MIXED if fractions and points else FRACTION if fractions else PERCENT if points else ""


def _settle(sizes: Floats, counts: npt.NDArray[np.int64], scale: str) -> _Scale:
    """Return how bare numbers are written; `sizes` are NaN for what carries its own sign.

    Numbers strictly between 0 and 1 are fractions, numbers above 1 are percentages.
    """
    fractions, points, ones = (sizes > 0) & (sizes < 1), np.abs(sizes) > 1, np.abs(sizes) == 1
    own = scale or _scale(bool(fractions.any()), bool(points.any()))
    wholes, none = np.ones(len(sizes)), np.zeros(len(sizes), dtype=bool)
    if own in (FRACTION, PERCENT):
        wholes[np.isfinite(sizes)] = 100.0 if own == PERCENT else 1.0
        return _Scale(wholes, none, none)
    wholes[points] = 100.0
    wholes[ones] = np.nan
    likelier = FRACTION if counts[fractions].sum() > counts[points].sum() else PERCENT
    fewer = none
    if own == MIXED:  # where the other kind stands on other sheets, 35 can only be 35 %: it is 0.35 that may be either
        fewer = points if likelier == FRACTION and scale != MIXED else fractions
    return _Scale(wholes, ones, fewer, _doubts(own, ones | fewer, likelier))


def _doubts(own: str, open_: Bools, likelier: str) -> tuple[Doubt, ...]:
    if not open_.any():
        return ()
    choices = (likelier, FRACTION if likelier == PERCENT else PERCENT)
    return (Doubt(DecisionKind.SCALE, choices, own, tuple(np.flatnonzero(open_).tolist())),)


def _divider(whole: float) -> Callable[[Quantity], float]:
    return lambda quantity: quantity.value / whole
