"""One written quantity: 1,200 · 约30 · 100-300 · 1.2千万 · 三百二十人 · 120（其中研发20）, with what was approximate about it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.analysis.intake.tidy import CHINESE_NUMERAL, chinese_number, tidy

_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_ASCII = r"(?:\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?"
_CHINESE = f"{CHINESE_NUMERAL}+(?:点{CHINESE_NUMERAL}+)?"
_SCALE = r"十万|百万|千万|十亿|百亿|千亿|万亿|万|亿|千|百|w"
_UNIT = (
    r"元人民币|元|人次|人|名|位|台套|台/套|台|套|个百分点|百分点|个月|个|家|项|件|次|条|款|户|吨标准煤|吨|千瓦时|小时|天|年|%|‰"
    r"|people|persons|employees|staff|yuan|rmb"
)
APPROXIMATE = r"大约|大概|约为|约|将近|接近|近|≈|~"
BOUND = (
    r"不低于|不少于|大于等于|不超过|不多于|小于等于|超过|大于|高于|多于|至少|至多|最多|不足|不到|小于|低于|少于|超|>=|<=|≥|≤|>|<"
)
_AMOUNT = re.compile(
    rf"(?P<sign>-)?(?P<number>{_ASCII}|{_CHINESE})\s*(?P<more>余|多|几)?\s*(?P<scale>{_SCALE})?\s*(?P<more2>余|多)?\s*"
    rf"(?P<unit>{_UNIT})?(?:整|正|/年|每年)?",
    re.IGNORECASE,
)
_MEANS = {
    **dict.fromkeys(("不低于", "不少于", "大于等于", "至少", ">=", "≥", "以上", "及以上", "+"), "at_least"),
    **dict.fromkeys(("超过", "大于", "高于", "多于", "超", ">", "余", "多", "几", "有余"), "more_than"),
    **dict.fromkeys(("不超过", "不多于", "小于等于", "至多", "最多", "<=", "≤", "及以下", "以内"), "at_most"),
    # Chinese statistics count the number itself in 以上 and leave it out of 以下.
    **dict.fromkeys(("不足", "不到", "小于", "低于", "少于", "<", "以下"), "less_than"),
}
_BETWEEN = re.compile(r"\s*(?:--|-|–|—{1,2}|~|至|到)\s*")
_BEFORE = re.compile(
    rf"(?:人民币|rmb|cny|¥|共计|共|合计)?\s*(?:(?P<approximate>{APPROXIMATE})|(?P<bound>{BOUND}))?\s*[¥]?\s*", re.I
)
_AFTER = re.compile(r"\s*(?:(?P<approximate>左右|上下|有余|多)|(?P<bound>及?以上|及?以下|以内|\+))?\s*")
_REMAINDER = re.compile(r"\s*[,;、\s]*(?:\((?P<inside>[^()]*)\)|(?P<part>(?:其中|包括|含).*))$")
# 2亿3千万, 1亿2000万: two scaled numbers that are one amount.
_TWO_PARTS = re.compile(r"(\d+(?:\.\d+)?)亿零?(\d+(?:\.\d+)?)(千万|百万|十万|万)")
_BARE_UNIT = re.compile(r"(?<![\d一二三四五六七八九十百千万亿两几数])(?=[百千]余|[百千]多|[百千](?:人|名|家|台|个|万|亿))")
_SOME = {  # 十几人 is eleven to nineteen, 几十 twenty to ninety
    re.compile(rf"([二三四五六七八九]?十)(?:几|多)({_UNIT})?"): (1, 9),
    re.compile(rf"(?:几|数)(十|百|千)({_UNIT})?"): (2, 9),
}
_ONE_OR_NEXT = re.compile(rf"([一二两三四五六七八九])([二三四五六七八九])(十万|百万|千万|十|百|千|万|亿)?({_UNIT})?")
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "w": 1e4, "亿": 1e8}
_SCALES |= {"十万": 1e5, "百万": 1e6, "千万": 1e7, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: `value` (middle of a range), its ends, `unit` as written, and what was not exact.

    `scaled`: the text itself says 万 or 亿, so that a unit in the header does not apply. `note` is "" or one of
    approximate | bound | range | remainder; `qualifier` says it finer, as in Responses.qualifiers; `rest` is what stood
    behind the number.
    """

    value: float
    low: float
    high: float
    unit: str = ""
    scaled: bool = False
    note: str = ""
    qualifier: str = ""
    rest: str = ""


def plain_number(text: str) -> float | None:
    """Return the number of a text that is nothing but a plain number (digits, point, exponent), else None; 1e400 is none."""
    number = float(text) if _PLAIN.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


@lru_cache(maxsize=65_536)  # the files of a folder hold the same answers
def read_quantity(text: str) -> Quantity | None:
    """Return the quantity that the whole of `text` writes, None when any part of it cannot be read."""
    text = tidy(text)
    number = plain_number(text)
    if number is not None:
        return Quantity(number, number, number)
    main, rest = _cut_remainder(text)
    quantity = _some(main) or _read_main(_written_out(main))
    if quantity is None or not rest:
        return quantity
    if quantity.note:
        return replace(quantity, rest=rest)
    return replace(quantity, note="remainder", qualifier="remainder", rest=rest)


def _written_out(text: str) -> str:
    """Return a text with an amount in two parts as one (2亿3千万 → 23000万), and 百余人 with its one (一百余人)."""
    text = _TWO_PARTS.sub(lambda m: f"{float(m[1]) * 1e4 + float(m[2]) * _SCALES[m[3]] / 1e4:.12g}万", text)
    return _BARE_UNIT.sub("一", text)


def _some(text: str) -> Quantity | None:
    """Return the range that 十几, 二十多, 几百 or 七八 means, None for any other text."""
    for pattern, (least, most) in _SOME.items():
        match = pattern.fullmatch(text)
        if match is not None:
            ten = chinese_number(match[1] if match[1] not in ("百", "千") else f"一{match[1]}") or 0.0
            low, high = (ten + least, ten + most) if least == 1 else (ten * least, ten * most)
            return Quantity((low + high) / 2, low, high, (match[2] or "").lower(), False, "range", "range")
    return _one_or_next(text)


def _one_or_next(text: str) -> Quantity | None:
    """Return the range that 七八 (seven or eight) or 一二十 (ten or twenty) means, None for any other text."""
    match = _ONE_OR_NEXT.fullmatch(text)
    if match is None:
        return None
    one = _SCALES.get(match[3] or "", 10.0 if match[3] else 1.0)
    low, high = ((chinese_number(digit) or 0.0) * one for digit in match.group(1, 2))
    scaled = "万" in (match[3] or "") or "亿" in (match[3] or "")
    return Quantity((low + high) / 2, low, high, (match[4] or "").lower(), scaled, "range", "range") if low < high else None


def _cut_remainder(text: str) -> tuple[str, str]:
    """Return the text before a trailing bracket or 其中…, and what that said; a unit in brackets is joined on."""
    match = _REMAINDER.search(text)
    if match is None or match.start() == 0:
        return text, ""
    inside = (match.group("inside") or "").strip()
    if inside and re.fullmatch(rf"(?:{_SCALE})?(?:{_UNIT})", inside, re.IGNORECASE):
        return text[: match.start()] + inside, ""
    return text[: match.start()], inside or (match.group("part") or "").strip()


def _read_main(text: str) -> Quantity | None:
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    first = _AMOUNT.match(text, start)
    if first is None:
        return None
    joint = _BETWEEN.match(text, first.end())
    second = _AMOUNT.match(text, joint.end()) if joint else None
    last = second or first
    after = _AFTER.match(text, last.end())
    if after is None or after.end() != len(text):
        return None
    signs = (before["approximate"] if before else None, before["bound"] if before else None, first["more"], first["more2"])
    how = _How.of((*signs, after["approximate"], after["bound"]))
    return _between(first, second) if second else _single(first, how)


@dataclass(frozen=True, slots=True)
class _How:
    """The note and the qualifier of a single number."""

    note: str
    qualifier: str

    @classmethod
    def of(cls, signs: Sequence[str | None]) -> _How:
        """Return what the words around a number make of it; `signs`: before (approximate, bound), inside (2), after (2)."""
        written = [sign for sign in signs if sign]
        if not written:
            return cls("", "")
        qualifier = next((meant for sign in written if (meant := _MEANS.get(sign))), "about")
        return cls("bound" if signs[1] or signs[5] else "approximate", qualifier)


def _single(match: re.Match[str], how: _How) -> Quantity | None:
    value = _value(match, match["scale"])
    if value is None:
        return None
    return Quantity(value, value, value, _unit(match), _scaled(match, match["scale"]), how.note, how.qualifier)


def _between(first: re.Match[str], second: re.Match[str]) -> Quantity | None:
    """Return the middle of a range; a scale or unit written only at its end holds for both ends (100-300万)."""
    scale = first["scale"] or (second["scale"] if not first["unit"] else None)
    low, high = _value(first, scale), _value(second, second["scale"])
    if low is None or high is None or low > high:
        return None
    unit, scaled = _unit(second) or _unit(first), _scaled(second, second["scale"])
    return Quantity((low + high) / 2, low, high, unit, scaled, "range", "range")


def _value(match: re.Match[str], scale: str | None) -> float | None:
    text = match["number"].lower()
    number = chinese_number(text) if not text[-1].isascii() or not text[0].isascii() else float(re.sub("[, ]", "", text))
    if number is None or not math.isfinite(number):
        return None
    number = round(number * _SCALES[(scale or "").lower()], 6) if scale else number
    return -number if match["sign"] else number


def _scaled(match: re.Match[str], scale: str | None) -> bool:
    written = match["number"] + (scale or "")
    return any(mark in written.lower() for mark in "万亿w")


def _unit(match: re.Match[str]) -> str:
    return (match["unit"] or "").lower()
