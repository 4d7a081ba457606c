"""Texts made comparable: one width, no invisible characters; numerals of every script as numbers."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSEEN = ("Cc", "Zl", "Zp")
_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "○": 0, "两": 2}
_DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
CHINESE_NUMERAL = f"[{''.join(_DIGITS)}{''.join(_SMALL)}{''.join(_LARGE)}]"
_CIRCLED = {**{chr(0x2460 + n): n + 1 for n in range(20)}, **{chr(0x2776 + n): n + 1 for n in range(10)}}
_CIRCLED |= {chr(0x2474 + n): n + 1 for n in range(20)} | {chr(0x3220 + n): n + 1 for n in range(10)}
_BESIDE = re.compile("[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]{2}")
_CIRCLED_CLASS = re.compile(f"[{''.join(_CIRCLED)}]")


def visible(text: str) -> str:
    """Return `text` without invisible characters and outer spaces; width and case untouched."""
    if text.isprintable() or text.isascii():  # format characters and odd spaces are not printable
        return text.strip()
    return text.translate(_INVISIBLE).replace("\u00a0", " ").strip()


def tidy(text: str) -> str:
    """Return `text` in normal width (NFKC), without invisible characters and outer spaces."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip()


def written(text: str) -> str:
    """Return what a person wrote as one line without control and direction marks, which files and screens trip over."""
    plain = text.encode("utf-8", "ignore").decode().translate(_DIRECTIONS)
    return " ".join("".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in plain).split())


def circled_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a text made of circled or bracketed numerals (①③, ㈡) and separators only, else ()."""
    found = tuple(_CIRCLED[mark] for mark in _CIRCLED_CLASS.findall(text))
    rest = _CIRCLED_CLASS.sub("", text)
    return found if found and not any(character.isalnum() for character in rest) else ()


def chinese_number(text: str) -> float | None:
    """Return the number a Chinese numeral writes (三百二十, 一千二百万, 两亿, 三点五), None for any other text."""
    whole, point, fraction = text.partition("点")
    if point and (not fraction or any(character not in _DIGITS for character in fraction)):
        return None
    value = _whole_number(whole)
    if value is None or not point:
        return value
    return value + sum(_DIGITS[character] * 10.0**-place for place, character in enumerate(fraction, start=1))


def _whole_number(text: str) -> float | None:
    if not text or text[0] in "百佰千仟万亿":
        return None
    if _BESIDE.search(text) and not (len(text) > 2 and all(character in _DIGITS for character in text)):
        return None  # 七八 is seven or eight, 一二十 ten or twenty
    if all(character in _DIGITS for character in text):  # 二〇二六: digits read one by one
        return float("".join(str(_DIGITS[character]) for character in text))
    total, section, digit = 0.0, 0.0, None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[character]
            digit = None
        elif character in _LARGE:
            section += digit or 0
            total = (total + section) * _LARGE[character] if character == "亿" else total + section * _LARGE[character]
            section, digit = 0.0, None
        else:
            return None
    return total + section + (digit or 0) * _spoken_unit(text)


def _spoken_unit(text: str) -> float:
    """Return what a last bare digit counts: in 三百五 and 两千五 it stands one place below the unit before it."""
    units = {**_SMALL, **_LARGE}
    before = text[-2] if len(text) > 1 else ""
    return units[before] / 10 if units.get(before, 0) > 10 else 1.0
