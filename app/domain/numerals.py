"""数字的写法: the numbers of a text as values, so that the same number written otherwise is still the same.

Full-width digits, thousands separators, spaces, a hyphen for a minus, 百分之 for %, 12,000万 for 1.2亿 and zeros after the point
change nothing; a digit, a sign, a comparison (<, ≥), % or percentage points does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_WIDE = str.maketrans(
    {chr(0xFF10 + k): str(k) for k in range(10)}
    | {"％": "%", "．": ".", "＋": "+", "－": "-", "−": "-", "﹣": "-", "＜": "<", "＞": ">", "﹤": "<", "﹥": ">"}
    | dict.fromkeys("\u00a0\u2002\u2007\u2009\u202f\u3000", " ")
)
_DASH_FOR_MINUS = re.compile(r"(?:^|(?<=[^0-9A-Za-z%‰)）年月日 ]))–(?=\d)")
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_SCALES = {
    "%": "%",
    "‰": "‰",
    "percent": "%",
    "percentage point": "pp",
    "percentage points": "pp",
    "pp": "pp",
    "个百分点": "pp",
    "百分点": "pp",
    "万亿": "e12",
    "trillion": "e12",
    "亿": "e8",
    "billion": "e9",
    "百万": "e6",
    "million": "e6",
    "万": "e4",
    "千": "e3",
}
_SCALE = "|".join(re.escape(word) for word in sorted(_SCALES, key=len, reverse=True))
_TOKEN = re.compile(
    r"(?P<hash>(?<![0-9A-Za-z])[0-9a-f]{12,}(?![0-9A-Za-z]))"
    r"|(?P<code>(?<![0-9A-Za-z_.])[A-Za-z]{1,3}\d+(?![0-9A-Za-z_.-]))"
    r"|(?<![0-9A-Za-z_.])(?P<than>[<>≤≥])?\s?(?P<sign>(?<![0-9A-Za-z%‰)）年月日])[+\-])?"
    r"(?P<whole>\d{1,3}(?:[, '’]\d{3})+(?!\d)|\d+)(?P<rest>\.\d+)?"
    rf"(?:\s?(?P<scale>{_SCALE})(?![A-Za-z]))?"
)
_HUNDREDTHS = "百分之"
_BOUNDS = tuple("<>≤≥")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number of a text: its place, its digits with what belongs to them as written, and a key that is the same for the same
    number. A `code` is a letter with digits (L2): a name, which can be another one but is no number of the study."""

    start: int
    end: int
    text: str
    key: str
    code: bool = False

    @property
    def value(self) -> float | None:
        """The number as a fraction, a plain number or, for a code or a bound, None."""
        return None if self.code or self.key.startswith(_BOUNDS) else _value(self.key)


def numerals(text: str) -> tuple[Numeral, ...]:
    """Return the numbers and codes of a text in reading order; places are those in `text`."""
    plain = plainly(text)
    return tuple(_numeral(text, plain, found) for found in _TOKEN.finditer(plain) if found["hash"] is None)


def hashes(text: str) -> tuple[str, ...]:
    """Return the long hexadecimal texts (check values) of a text."""
    return tuple(found["hash"] for found in _TOKEN.finditer(plainly(text)) if found["hash"] is not None)


def plainly(text: str) -> str:
    """Return `text` with every digit, sign and space in its plain form, place by place."""
    return _DASH_FOR_MINUS.sub("-", _WIDE_COMMA.sub(",", text).translate(_WIDE))


def masked(text: str) -> str:
    """Return a text without spaces whose every number and code is #: the words around its numbers."""
    plain = plainly(text)
    return "".join(_TOKEN.sub("#", plain).split())


def _numeral(text: str, plain: str, found: re.Match[str]) -> Numeral:
    start, end = found.span()
    while plain[start].isspace():
        start += 1
    if found["code"] is not None:
        return Numeral(start, end, text[start:end], found["code"].upper(), True)
    scale = _SCALES.get(found["scale"] or "", "")
    if not scale and plain[: found.start()].endswith(_HUNDREDTHS):
        scale = "%"
    digits = re.sub(r"[, '’]", "", found["whole"]) + (found["rest"] or "")
    sign = "-" if found["sign"] == "-" else ""
    held = Decimal(digits)
    if scale.startswith("e"):
        held, scale = held.scaleb(int(scale[1:])), ""
    amount = format(held.normalize(), "f")
    key = f"{found['than'] or ''}{sign if amount != '0' else ''}{amount}{scale}"
    return Numeral(start, end, text[start:end], key)


def _value(key: str) -> float | None:
    found = re.fullmatch(r"(-?[\d.]+)(.*)", key)
    if found is None:
        return None
    return float(Decimal(found[1]).scaleb({"%": -2, "‰": -3}.get(found[2], 0)))
