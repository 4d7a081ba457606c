"""Units as headers and notes write them: （万元）, 单位：万元、人、%."""

from __future__ import annotations

import re

MONEY = {"元": 1e-4, "百元": 1e-2, "千元": 0.1, "万元": 1.0, "十万元": 10.0, "百万元": 100.0, "千万元": 1000.0, "亿元": 1e4}
MONEY |= {"人民币元": 1e-4, "人民币万元": 1.0, "rmb万元": 1.0, "yuan": 1e-4, "10kyuan": 1.0, "万元人民币": 1.0, "元人民币": 1e-4}
FOREIGN = re.compile(r"美元|港元|港币|欧元|日元|英镑|usd|us\$|hkd|eur|jpy|\$|€|£", re.IGNORECASE)
PERCENT = frozenset({"%", "百分比", "百分点", "个百分点", "percent", "‰"})
_COUNTS = (
    "人 名 人次 位 台 套 台套 台(套) 台/套 个 家 项 件 次 条 款 户 吨 吨标准煤 千瓦时 万千瓦时 小时 天 月 个月 年 岁 "
    "平方米 亩 公里 万人 千人 万台 万件 people persons"
)
_FOREIGN = [scale + unit for scale in ("", "千", "万", "百万", "亿") for unit in ("美元", "港元", "港币", "欧元", "日元", "英镑")]
_RATES = ("万元/年", "元/年", "万元/人", "元/人", "元/月", "人/年", "小时/月")
KNOWN = frozenset([*MONEY, *_FOREIGN, *PERCENT, *_COUNTS.split(), *_RATES])
_IN_BRACKETS = re.compile(r"\s*[（(\[【]\s*(?:单位\s*[:：]?\s*)?([^（()）\[\]【】]{1,10}?)\s*[)）\]】]")
_AT_END = re.compile(r"[\s,，、:：/_-]+(?:单位\s*[:：]\s*)?([^\s,，、:：()（）]{1,6})$")
_NOTE = re.compile(r"(?:计量|金额|货币)?单\s*位\s*[:：]\s*([^|;；。]{1,30})$")


def normal_unit(text: str) -> str:
    """Return a unit in the form of the tables: normal brackets and percent sign, lower case, no spaces."""
    return re.sub(r"\s", "", text).replace("％", "%").replace("（", "(").replace("）", ")").lower()


def split_unit(header: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit ("" when it names none): 营业收入（万元） → 营业收入, 万元."""
    for match in reversed(list(_IN_BRACKETS.finditer(header))):
        if normal_unit(match.group(1)) in KNOWN:
            return (header[: match.start()] + header[match.end() :]).strip(), normal_unit(match.group(1))
    end = _AT_END.search(header)
    if end and end.start() > 0 and normal_unit(end.group(1)) in KNOWN:
        return header[: end.start()].strip(), normal_unit(end.group(1))
    return header.strip(), ""


def note_units(text: str) -> tuple[str, ...]:
    """Return the units a note names (单位：万元、人、% → 万元, 人, %), () when the text is no unit note."""
    match = _NOTE.search(text.strip())
    if match is None:
        return ()
    parts = re.split(r"[、,，/\s]+", match.group(1).strip())
    units = tuple(normal_unit(part) for part in parts if part)
    return units if units and all(unit in KNOWN for unit in units) else ()


def unit_kind(unit: str) -> str:
    """Return money | percent | other for a unit, "" for none."""
    if not unit:
        return ""
    unit = normal_unit(unit)
    if unit.removesuffix("/年") in MONEY or "元" in unit:
        return "money"
    return "percent" if unit in PERCENT else "other"


def money_factor(unit: str) -> float | None:
    """Return how many 万元 one of `unit` is, None when it is no unit of money."""
    return MONEY.get(normal_unit(unit).removesuffix("/年"))


def count_factor(unit: str) -> float:
    """Return the multiplier of a unit such as 万人 (10,000) or 千人 (1,000), 1 for every other unit."""
    if unit_kind(unit) != "other":
        return 1.0
    return {"万": 1e4, "千": 1e3}.get(unit[:1], 1.0) if len(unit) > 1 and unit not in ("千瓦时",) else 1.0
