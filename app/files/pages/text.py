"""The paragraphs of a Word document as they stand on paper: runs of letters, fields, and what is drawn in the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml.etree import tostring

from app.domain.paper import Field, Ink, Para, Picture, Placed, Run, Setting
from app.files.pages.chart import read_chart
from app.files.pages.lists import Lists
from app.files.pages.look import NOTHING, Look, Styles, flat, ink_of, merged, setting_of
from app.files.pages.package import Package, child, full, number, value

EMU = 12700  # a point
LINE, PAGE = "\u2028", "\f"
_INSIDE = frozenset(
    full(name) for name in ("w:hyperlink", "w:ins", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple", "w:moveTo")
)
_FIELDS: dict[str, Field] = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}
_NUMBER = re.compile(r"zh_B(\d+)_([TN]?\d+)")  # what the bookmark of a number is called
_SIGNS = {full("w:tab"): "\t", full("w:cr"): LINE, full("w:noBreakHyphen"): "\u2011", full("w:softHyphen"): "\u00ad"}


@dataclass(slots=True)
class Source:
    """A part that is being read: the package, what the part refers to, styles, lists, and the fields that are open.

    `open` holds for each field begun its instruction and whether its result is still to come.
    """

    package: Package
    relations: dict[str, str]
    styles: Styles
    lists: Lists
    open: list[list[str]] = field(default_factory=list)
    fonts: dict[str, None] = field(default_factory=dict)
    letters: dict[tuple[str, int], Letters] = field(default_factory=dict)
    inks: dict[object, Ink] = field(default_factory=dict)
    settings: dict[object, Setting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letters:
    """What letters of a paragraph have from its style and table, and a key by which looks made of it are kept."""

    look: Look
    key: tuple[str, int]


def read_paragraph(node: Any, source: Source, table: Look = NOTHING, table_text: Look = NOTHING) -> Para:
    """Return a `w:p`; `table` and `table_text` are what the style of a table it stands in asks of paragraphs and letters."""
    properties = child(node, "w:pPr")
    own = flat(properties)
    style = own.get("pStyle", {}).get("val") or source.styles.usual("paragraph")
    letters = _letters(style, table_text, source)
    end = _ink(child(properties, "w:rPr"), letters, source)
    runs = list(_runs(node, source, letters))
    sign = source.lists.next(merged(source.styles.of(style, "w:pPr"), own)) if source.lists.any else ""
    if sign:
        runs.insert(0, Run(f"{sign}\t", runs[0].ink if runs else end))
    size = next((run.ink.size for run in runs if run.text.strip()), end.size)
    for run in runs:
        source.fonts |= {run.ink.wide or run.ink.font: None} if run.text.strip() else {}
    return Para(_joined(runs), _setting(properties, own, (style, table), source, size), end)


def _setting(properties: Any, own: Look, under: tuple[str, Look], source: Source, size: float) -> Setting:
    style, table = under
    key = (b"" if properties is None else tostring(properties), style, id(table), size)
    if key not in source.settings:
        styled = source.styles.of(style, "w:pPr")
        look = merged(source.styles.paragraph_defaults, table, styled, source.lists.look(merged(styled, own)), own)
        source.settings[key] = setting_of(look, size, source.styles.level(style))
    return source.settings[key]


def _letters(style: str, table_text: Look, source: Source) -> Letters:
    key = (style, id(table_text))
    if key not in source.letters:
        look = merged(source.styles.run_defaults, table_text, source.styles.of(style, "w:rPr"))
        source.letters[key] = Letters(look, key)
    return source.letters[key]


def _ink(properties: Any, letters: Letters, source: Source) -> Ink:
    key = (letters.key, b"" if properties is None else tostring(properties))
    if key not in source.inks:
        own = flat(properties)
        style = own.get("rStyle", {}).get("val", "")
        look = merged(letters.look, source.styles.of(style, "w:rPr") if style else {}, own)
        source.inks[key] = ink_of(look, source.styles.fonts)
    return source.inks[key]


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs of which neighbours with the same look are one."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        plain = last is not None and not (run.field or run.drawn or last.field or last.drawn)
        if last is not None and plain and (last.ink, last.mark) == (run.ink, run.mark):
            result[-1] = replace(last, text=last.text + run.text)
        else:
            result.append(run)
    return tuple(result)


def _runs(node: Any, source: Source, letters: Letters, mark: str = "") -> Iterator[Run]:
    named = ""  # the bookmark that holds a number, by its id
    for part in node:
        if part.tag == full("w:bookmarkStart"):
            name = _NUMBER.fullmatch(value(part, "w:name"))
            named, mark = (value(part, "w:id"), f"B{name[1]}.{name[2]}") if name is not None else (named, mark)
        elif part.tag == full("w:bookmarkEnd") and named and value(part, "w:id") == named:
            named, mark = "", ""
        elif part.tag == full("w:r"):
            yield from _run(part, source, letters, mark)
        elif part.tag == full("w:fldSimple") and _kind(value(part, "w:instr")):
            inner = next(_runs(part, source, letters, mark), None)
            yield Run("", inner.ink if inner is not None else _ink(None, letters, source), _kind(value(part, "w:instr")))
        elif part.tag in _INSIDE:
            tag = value(child(part, "w:sdtPr", "w:tag"))
            yield from _runs(part, source, letters, tag or mark)


def _run(node: Any, source: Source, letters: Letters, mark: str) -> Iterator[Run]:
    properties = child(node, "w:rPr")
    if child(properties, "w:vanish") is not None:
        return
    ink = _ink(properties, letters, source)
    for part in node:
        if part.tag == full("w:fldChar"):
            yield from _field(value(part, "w:fldCharType"), source, ink)
        elif part.tag == full("w:instrText"):
            if source.open:
                source.open[-1][0] += part.text or ""
        elif not _is_hidden(source):
            yield from _content(part, source, ink, mark)


def _is_hidden(source: Source) -> bool:
    """Between the start of a field and its result stand instructions; the result of a page number is our own."""
    return any(state == "asked" or _kind(instruction) for instruction, state in source.open)


def _field(step: str, source: Source, ink: Ink) -> Iterator[Run]:
    if step == "begin":
        source.open.append(["", "asked"])
    elif step == "separate" and source.open:
        source.open[-1][1] = "result"
    elif step == "end" and source.open:
        kind = _kind(source.open.pop()[0])
        if kind:
            yield Run("", ink, kind)


def _kind(instruction: str) -> Field:
    words = instruction.split()
    return _FIELDS.get(words[0].upper(), "") if words else ""


def _content(part: Any, source: Source, ink: Ink, mark: str) -> Iterator[Run]:
    if part.tag == full("w:t"):
        yield Run(part.text or "", ink, mark=mark)
    elif part.tag in _SIGNS:
        yield Run(_SIGNS[part.tag], ink)
    elif part.tag == full("w:br"):
        yield Run(PAGE if value(part, "w:type") == "page" else LINE, ink)
    elif part.tag == full("w:sym"):
        yield Run("•", ink)
    elif part.tag in (full("w:drawing"), full("mc:AlternateContent")):
        for drawing in part.iter(full("wp:inline"), full("wp:anchor")):
            drawn = _drawn(drawing, source)
            if drawn is not None:
                yield Run("\ufffc", ink, drawn=drawn)


def _drawn(node: Any, source: Source) -> Picture | Placed | None:
    extent, alt = child(node, "wp:extent"), value(child(node, "wp:docPr"), "descr")
    width, height = ((number(extent, side) or 0.0) / EMU for side in ("cx", "cy"))
    chart = node.find(f".//{full('c:chart')}")
    blip = node.find(f".//{full('a:blip')}")
    part = source.relations.get(value(chart if chart is not None else blip, "r:id" if chart is not None else "r:embed"), "")
    if not part or not source.package.has(part):
        return None
    if chart is not None:
        return Placed(read_chart(source.package.xml(part)), width, height, alt)
    return Picture(source.package.content(part), width, height, alt)
