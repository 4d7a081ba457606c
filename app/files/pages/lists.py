"""The numbers and bullets of a Word document's lists, counted as it goes."""

from __future__ import annotations

from typing import Any

from app.files.pages.look import Look, flat
from app.files.pages.package import child, full, value

_CHINESE = "〇一二三四五六七八九"
_COUNTED = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional"})
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_BULLETS = {"\uf0b7": "•", "\uf0a7": "■", "\uf06f": "○"}  # letters of symbol fonts that other fonts lack


class Lists:
    """Counts lists; `root` is the numbering part, or None."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[tuple[str, str], Any] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        shapes = {value(node, "w:abstractNumId"): node for node in root.iterfind(full("w:abstractNum"))}
        for node in root.iterfind(full("w:num")):
            shape = shapes.get(value(child(node, "w:abstractNumId")))
            for level in () if shape is None else shape.iterfind(full("w:lvl")):
                self._levels[value(node, "w:numId"), value(level, "w:ilvl")] = level

    @property
    def any(self) -> bool:
        """Whether the document has lists at all."""
        return bool(self._levels)

    def look(self, look: Look) -> Look:
        """Return the paragraph properties that a list gives its paragraphs."""
        level = self._level(look)
        return {} if level is None else flat(child(level, "w:pPr"))

    def next(self, look: Look) -> str:
        """Count one on and return what stands before the paragraph, "" outside lists."""
        level = self._level(look)
        if level is None:
            return ""
        list_, depth = look["numPr/numId"]["val"], int(value(level, "w:ilvl", "0"))
        self._counts[list_, depth] = self._counts.get((list_, depth), self._start(level) - 1) + 1
        for deeper in [key for key in self._counts if key[0] == list_ and key[1] > depth]:
            del self._counts[deeper]
        text = value(child(level, "w:lvlText"))
        for place in range(depth + 1):
            text = text.replace(f"%{place + 1}", self._number(list_, place))
        return _BULLETS.get(text, text)

    def _number(self, list_: str, depth: int) -> str:
        level = self._levels.get((list_, str(depth)))
        count = self._counts.get((list_, depth), self._start(level))
        return numeral(count, value(child(level, "w:numFmt"), default="decimal"))

    def _start(self, level: Any) -> int:
        text = value(child(level, "w:start"), default="1")
        return int(text) if text.isdigit() else 1

    def _level(self, look: Look) -> Any:
        list_ = look.get("numPr/numId", {}).get("val", "0")
        return self._levels.get((list_, look.get("numPr/ilvl", {}).get("val", "0")))


def numeral(count: int, kind: str) -> str:
    """Return `count` in the kind of number a list asks for."""
    if kind == "none":
        return ""
    if kind in _COUNTED and count < 100:
        tens, ones = divmod(count, 10)
        head = ("" if tens < 2 else _CHINESE[tens]) + ("十" if tens else "")
        return head + (_CHINESE[ones] if ones or not tens else "")
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(count).upper() if kind == "upperRoman" else _roman(count)
    return str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        times, count = divmod(count, worth)
        text += sign * times
    return text
