"""A paragraph broken into lines: where each letter stands, as Word breaks and spaces them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextLine, QTextOption

from app.domain.paper import Ink, Para, Picture, Placed, Run
from app.gui.paper.letters import UNIT, Faces

Laid = tuple[QTextLayout, QTextLine]
NATURAL = 1.3  # of the size of Chinese letters: what Word gives a single line of the usual Chinese fonts
BASE = 0.79  # of a natural line above its base line
EXACT_BASE = 0.8  # of an exact line above its base line
TAB_STOP = 21.0  # points between stops where a document states none
DRAWN = "\u00a0"  # a picture stands in the line as a space of its width
PAGE_BREAK = "\f"
LEAST_SLACK = 0.2
_MEETING = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u3040-\u30ff\u3400-\u9fff])")
CHINESE = "\u2e80"  # the first of the letters that may be pushed apart one by one


@dataclass(frozen=True, slots=True)
class Sheet:
    """What holds for the whole page: distance of its grid of lines (0: none), space added to each letter, number and count."""

    grid: float = 0.0
    loose: float = 0.0
    number: int = 0
    pages: int = 0


@dataclass(slots=True)
class Line:
    """One line: `x` of its start in the paragraph's column, height and base line from its top in points.

    `drawn` are pictures with their x; `marks` evidence with x from and to; `page_end`: a page break stands behind it.
    """

    layout: QTextLayout
    line: QTextLine
    height: float
    base: float
    drawn: tuple[tuple[float, Picture | Placed], ...] = ()
    marks: tuple[tuple[float, float, str], ...] = ()
    leaders: tuple[tuple[float, float, str], ...] = ()
    page_end: bool = False

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint the letters with the line's top left at (x, y) in points."""
        painter.translate(QPointF(x, y))
        painter.scale(1 / UNIT, 1 / UNIT)
        self.line.draw(painter, QPointF(0, self.base * UNIT - self.line.ascent()))
        painter.scale(UNIT, UNIT)
        painter.translate(QPointF(-x, -y))


def broken(para: Para, width: float, faces: Faces, sheet: Sheet) -> list[Line]:
    """Return the lines of `para` in a column `width` points wide, its indents among them."""
    runs = tuple(_filled(para.runs, sheet))
    runs = tuple(_apart(runs)) if para.setting.apart else runs
    text = "".join(run.text for run in runs)
    layout = _layout(para, runs, text, faces)
    layout.beginLayout()
    lines: list[QTextLine] = []
    setting = para.setting
    while (line := layout.createLine()).isValid():
        first = setting.first if not lines else 0.0
        line.setLineWidth(max(UNIT, (width - setting.left - setting.right - first) * UNIT))
        line.setPosition(QPointF((setting.left + first) * UNIT, 0))
        lines.append(line)
    layout.endLayout()
    return [_line(para, runs, (layout, line, line is lines[-1]), faces, sheet) for line in lines]


def _filled(runs: tuple[Run, ...], sheet: Sheet) -> Iterator[Run]:
    for run in runs:
        loose = sheet.loose if run.ink.snaps else 0.0
        spaced = replace(run.ink, spacing=run.ink.spacing + loose) if loose else run.ink
        if run.field:
            yield replace(run, text=str(sheet.number if run.field == "page" else sheet.pages), ink=spaced)
        elif run.drawn is not None:
            yield replace(run, text=DRAWN)
        else:
            yield replace(run, text=run.text.replace(PAGE_BREAK, "\u2028"), ink=spaced)


def _apart(runs: tuple[Run, ...]) -> Iterator[Run]:
    """Yield the runs so that a Chinese letter and a Latin one or a digit stand a quarter of the size apart."""
    text = "".join(run.text for run in runs)
    edges = {found.start() for found in _MEETING.finditer(text)}
    place = 0
    for run in runs:
        cuts = sorted(edge - place for edge in edges if place < edge <= place + len(run.text)) if edges else []
        start = 0
        for cut in cuts:
            if cut - 1 > start:
                yield replace(run, text=run.text[start : cut - 1])
            yield replace(run, text=run.text[cut - 1 : cut], ink=replace(run.ink, spacing=run.ink.spacing + run.ink.size / 4))
            start = cut
        if start < len(run.text):
            yield replace(run, text=run.text[start:])
        place += len(run.text)


def _layout(para: Para, runs: tuple[Run, ...], text: str, faces: Faces) -> QTextLayout:
    layout = QTextLayout(text, faces.font(para.ink))
    layout.setFormats(_formats(runs, faces))
    layout.setTextOption(_option(para))
    layout.setCacheEnabled(True)
    return layout


def _formats(runs: tuple[Run, ...], faces: Faces) -> list[Any]:
    made, start = [], 0
    for run in runs:
        span: Any = QTextLayout.FormatRange()  # its fields are not in the stubs
        span.start, span.length = start, _length(run.text)
        span.format = faces.format(run.ink)
        if run.drawn is not None:
            font = QFont(faces.font(replace(run.ink, size=1.0)))
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, run.drawn.width * UNIT)
            span.format.setFont(font)
        start += span.length
        made.append(span)
    return made


def _length(text: str) -> int:
    """Qt counts in UTF-16: letters beyond the first plane are two."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _option(para: Para) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(TAB_STOP * UNIT)
    types = {"right": QTextOption.TabType.RightTab, "center": QTextOption.TabType.CenterTab}
    stops = [(stop.place, types.get(stop.align, QTextOption.TabType.LeftTab)) for stop in para.setting.tabs]
    if para.setting.first < 0:
        stops.append((para.setting.left, QTextOption.TabType.LeftTab))
    begin = para.setting.left + para.setting.first  # a document counts stops from the edge of its column, Qt from here
    stops = sorted(((place - begin, kind) for place, kind in stops if place > begin), key=lambda stop: stop[0])
    option.setTabs([QTextOption.Tab(place * UNIT, kind) for place, kind in stops])
    return option


def _line(para: Para, runs: tuple[Run, ...], found: tuple[QTextLayout, QTextLine, bool], faces: Faces, sheet: Sheet) -> Line:
    layout, line, is_last = found
    inks, drawn, marks = _inside(runs, line)
    height, base = _height(para, inks or [para.ink], sheet)
    tallest = max((each.height for _, each in drawn), default=0.0)
    if tallest > height and para.setting.pitch is None:
        height, base = tallest, tallest
    words = layout.text()
    leaders = _leaders(para, words, line)
    start, stop = line.textStart(), line.textStart() + line.textLength()
    broken_by = words[stop - 1 : stop] == "\u2028"
    page_end = broken_by and PAGE_BREAK in para.text and _is_page_break(para, stop - 1)
    kept = _pushed(para, runs, (layout, line, is_last or broken_by), faces) if "\t" not in words[start:stop] else (layout, line)
    shift = kept[1].position().x() / UNIT
    placed = tuple((shift + (x - line.position().x()) / UNIT, each) for x, each in drawn)
    return Line(*kept, height, base, placed, tuple(marks), leaders, page_end)


def _is_page_break(para: Para, place: int) -> bool:
    text = "".join("0" if run.field else run.text for run in para.runs)
    return text[place : place + 1] == PAGE_BREAK


def _inside(
    runs: tuple[Run, ...], line: QTextLine
) -> tuple[list[Ink], list[tuple[float, Picture | Placed]], list[tuple[float, float, str]]]:
    """Return the inks, pictures and evidence in a line."""
    inks: list[Ink] = []
    drawn: list[tuple[float, Picture | Placed]] = []
    marks: list[tuple[float, float, str]] = []
    start, stop, place = line.textStart(), line.textStart() + line.textLength(), 0
    for run in runs:
        begin, place = place, place + _length(run.text)
        if place <= start or begin >= stop:
            continue
        inks.append(run.ink)
        if run.drawn is not None:
            drawn.append((_x(line, begin), run.drawn))
        if run.mark:
            marks.append((_x(line, max(begin, start)) / UNIT, _x(line, min(place, stop)) / UNIT, run.mark))
    return inks, drawn, marks


def _x(line: QTextLine, place: int) -> float:
    found: Any = line.cursorToX(place)  # the stubs leave open which of its two shapes comes back
    return float(found[0] if isinstance(found, tuple) else found)


def _height(para: Para, inks: list[Ink], sheet: Sheet) -> tuple[float, float]:
    setting = para.setting
    if setting.pitch is not None:
        return setting.pitch, setting.pitch * EXACT_BASE
    natural = max(ink.size for ink in inks) * NATURAL
    if sheet.grid and setting.snaps:
        height = max(1, math.ceil(natural / sheet.grid - 0.01)) * sheet.grid * max(1.0, setting.factor)
        return height, (height - natural) / 2 + natural * BASE
    height = max(natural * setting.factor, setting.at_least)
    return height, height - natural * (1 - BASE)


def _pushed(para: Para, runs: tuple[Run, ...], found: tuple[QTextLayout, QTextLine, bool], faces: Faces) -> Laid:
    """Return the line at its side of the column; in justified text all but the last are spread to both sides."""
    layout, line, is_last = found
    slack = line.width() - line.naturalTextWidth()
    align = para.setting.align
    if align in ("center", "right"):
        x = line.position().x() + max(0.0, slack) * (0.5 if align == "center" else 1.0)
        line.setPosition(QPointF(x, 0))
    if align != "justify" or is_last or slack < LEAST_SLACK * UNIT:
        return layout, line
    start, length = line.textStart(), line.textLength()
    words = _cut(layout.text(), start, length).rstrip(" ")
    chinese = sum(letter >= CHINESE for letter in words)
    spaces = words.count(" ")
    by_words = spaces > 0 and chinese * 4 < len(words)
    gaps = spaces if by_words else _length(words) - 1
    if gaps < 1:
        return layout, line
    return _spread(para, _slice(runs, start, _length(words)), (line.position().x(), line.width(), slack / gaps, by_words), faces)


def _cut(text: str, start: int, length: int) -> str:
    coded = text.encode("utf-16-le")
    return coded[start * 2 : (start + length) * 2].decode("utf-16-le", "replace")


def _slice(runs: tuple[Run, ...], start: int, length: int) -> tuple[Run, ...]:
    found, place = [], 0
    for run in runs:
        begin, place = place, place + _length(run.text)
        low, high = max(begin, start), min(place, start + length)
        if low < high:
            found.append(replace(run, text=_cut(run.text, low - begin, high - low)))
    return tuple(found)


def _spread(para: Para, runs: tuple[Run, ...], way: tuple[float, float, float, bool], faces: Faces) -> Laid:
    """Return the line laid out anew with `extra` tenths of a point more at each gap."""
    x, width, extra, by_words = way
    layout = QTextLayout("".join(run.text for run in runs), faces.font(para.ink))
    formats = _formats(runs, faces)
    for span, run in zip(formats, runs, strict=True):
        font = QFont(span.format.font())
        if by_words:
            font.setWordSpacing(extra)
        elif run.drawn is None:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, run.ink.spacing * UNIT + extra)
        span.format.setFont(font)
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width * 2)
    line.setPosition(QPointF(x, 0))
    layout.endLayout()
    return layout, line


def _leaders(para: Para, words: str, line: QTextLine) -> tuple[tuple[float, float, str], ...]:
    """Return the ways that dots fill: from and to in points, and with what."""
    signs = [stop.leader for stop in para.setting.tabs if stop.leader]
    if not signs:
        return ()
    start, stop = line.textStart(), line.textStart() + line.textLength()
    tabs = [place for place in range(start, stop) if words[place : place + 1] == "\t"]
    return tuple((_x(line, place) / UNIT, _x(line, place + 1) / UNIT, signs[-1]) for place in tabs)
