"""The text of slides as it stands in its boxes: looks that a placeholder has from its layout, its master, its presentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.paper import Align, Field, Ink, Para, Run, Setting
from app.files.pages.chart import colour_in
from app.files.pages.package import child, full, number, value

EMU, HUNDREDTHS, PERCENT = 12700, 100, 100000
_ALIGNS: dict[str, Align] = {"ctr": "center", "r": "right", "just": "justify", "dist": "justify"}
_FIELDS: dict[str, Field] = {"slidenum": "page"}
LINE = "\u2028"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Where a box's text has its looks from, the nearest first: elements that hold `a:lvl1pPr` and so on."""

    lists: tuple[Any, ...]
    scale: float = 1.0
    tighter: float = 0.0
    colour: str = "#000000"

    def levels(self, level: int) -> list[Any]:
        """Return what is said of paragraphs of a level, the nearest first."""
        found = (child(each, f"a:lvl{level + 1}pPr") for each in self.lists)
        return [each for each in found if each is not None]


def paragraphs(body: Any, style: TextStyle) -> tuple[Para, ...]:
    """Return the paragraphs of a text body; none for a box without words."""
    if body is None:
        return ()
    found = tuple(_paragraph(node, style) for node in body.iterfind(full("a:p")))
    return found if any(para.text or any(run.field for run in para.runs) for para in found) else ()


def _paragraph(node: Any, style: TextStyle) -> Para:
    own = child(node, "a:pPr")
    level = int(number(own, "lvl") or 0)
    looks = [each for each in (own, *style.levels(level)) if each is not None]
    base = [found for each in looks if (found := child(each, "a:defRPr")) is not None]
    runs: list[Run] = []
    for part in node:
        properties = [found for found in (child(part, "a:rPr"), *base) if found is not None]
        if part.tag in (full("a:r"), full("a:fld")):
            field = _FIELDS.get(value(part, "type"), "")
            text = "" if field else "".join(each.text or "" for each in part.iterfind(full("a:t")))
            runs.append(Run(text.replace("\v", LINE), ink_of(properties, style), field))
        elif part.tag == full("a:br"):
            runs.append(Run(LINE, ink_of(properties, style)))
    end = ink_of([found for found in (child(node, "a:endParaRPr"), *base) if found is not None], style)
    if runs and (bullet := _bullet(looks)):
        runs.insert(0, Run(f"{bullet}\t", runs[0].ink))
    return Para(tuple(runs), _setting(looks, style, runs[0].ink.size if runs else end.size), end)


def _first(nodes: Sequence[Any], name: str) -> str:
    return next((value(each, name) for each in nodes if value(each, name)), "")


def _within(nodes: Sequence[Any], *path: str) -> Any:
    return next((found for each in nodes if (found := child(each, *path)) is not None), None)


def ink_of(properties: Sequence[Any], style: TextStyle) -> Ink:
    """Return the letters that run properties ask for, the nearest first."""
    size = _first(properties, "sz")
    latin, wide = (value(_within(properties, f"a:{name}"), "typeface") for name in ("latin", "ea"))
    return Ink(
        "" if latin.startswith("+") else latin,
        "" if wide.startswith("+") else wide,
        (float(size) / HUNDREDTHS if size else 18.0) * style.scale,
        _first(properties, "b") in ("1", "true"),
        _first(properties, "i") in ("1", "true"),
        _first(properties, "u") not in ("", "none"),
        colour=colour_in(_within(properties, "a:solidFill")) or style.colour,
    )


def _bullet(looks: Sequence[Any]) -> str:
    for look in looks:
        if child(look, "a:buNone") is not None:
            return ""
        sign = child(look, "a:buChar")
        if sign is not None:
            return value(sign, "char") or "•"
    return ""


def _setting(looks: Sequence[Any], style: TextStyle, size: float) -> Setting:
    def emu(name: str) -> float:
        text = _first(looks, name)
        return float(text) / EMU if text else 0.0

    def space(name: str) -> float:
        points, share = _within(looks, name, "a:spcPts"), _within(looks, name, "a:spcPct")
        if points is not None:
            return (number(points, "val") or 0.0) / HUNDREDTHS
        return (number(share, "val") or 0.0) / PERCENT * size if share is not None else 0.0

    exact, share = _within(looks, "a:lnSpc", "a:spcPts"), _within(looks, "a:lnSpc", "a:spcPct")
    return Setting(
        align=_ALIGNS.get(_first(looks, "algn"), "left"),
        left=emu("marL"),
        right=emu("marR"),
        first=emu("indent"),
        before=space("a:spcBef"),
        after=space("a:spcAft"),
        pitch=(number(exact, "val") or 0.0) / HUNDREDTHS if exact is not None else None,
        factor=max(0.5, (number(share, "val") or PERCENT) / PERCENT - style.tighter),
    )
