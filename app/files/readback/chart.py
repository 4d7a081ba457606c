"""The values of a chart in a document: those it keeps for drawing, and the workbook behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.document import ACROSS, MINUS, PLUS, Entry, Grid, GridKind, Line
from app.files.readback.nested import book_rows
from app.files.readback.parts import Package, attribute, inside, local, related, within
from app.files.readback.stored import number_of, shown_as

MOST_POINTS = 100_000


@dataclass(frozen=True, slots=True)
class _Series:
    """A series: its labels (or x values) by place, and its columns (values, error amounts) by name."""

    name: str
    labels: dict[int, Entry]
    columns: dict[str, dict[int, Entry]]


def read_chart(package: Package, part: str, name: str, where: str) -> list[Line | Grid]:
    """Return the texts, kept values and workbook of the chart in `part`."""
    root = package.xml(part)
    found = [_series(node) for node in within(root, "ser")]
    lines = ["\n".join(_paragraphs(node)) for node in within(root, "rich")]
    items: list[Line | Grid] = [Line(text, name, where, True) for text in lines if text.strip()]
    if found:
        items.append(Grid(GridKind.CHART, tuple(_rows(found)), name, where))
    book = next((related(package, part, node) for node in within(root, "externalData")), "")
    if book:
        items += [Grid(GridKind.BOOK, rows, name, f"{where} · {sheet}") for sheet, rows in book_rows(package.content(book))]
    return items


def _rows(found: list[_Series]) -> Iterator[tuple[Entry, ...]]:
    """Yield a header and a row a label where all series share their labels, else a row a point under its
    series' name, with its place across (`x`) and its values."""
    if all(ACROSS not in each.columns for each in found):
        yield (Entry(""), *(Entry(f"{each.name}{sign}") for each in found for sign in each.columns))
        labels = {place: label for each in reversed(found) for place, label in each.labels.items()}
        for place in sorted({*labels, *(at for each in found for column in each.columns.values() for at in column)}):
            cells = (column.get(place, Entry("")) for each in found for column in each.columns.values())
            yield (labels.get(place, Entry("")), *cells)
        return
    names = list(dict.fromkeys((ACROSS, *(name for each in found for name in each.columns))))
    yield (Entry(""), *(Entry(name) for name in names))
    for each in found:
        columns = {ACROSS: each.labels} | each.columns
        for place in sorted(each.columns.get("", {})):  # a place across without a value only lifts the pen
            yield (Entry(each.name), *(columns.get(name, {}).get(place, Entry("")) for name in names))


def _series(node: Any) -> _Series:
    text = inside(node, "tx")
    name = "".join(point.text or "" for point in within(text, "v")) if text is not None else ""
    columns = {}
    for element, sign in (("xVal", ACROSS), ("val", ""), ("yVal", ""), ("bubbleSize", "size")):
        held = inside(node, element)
        if held is not None:
            columns[sign] = _points(held)
    for bars in (each for each in node if local(each) == "errBars"):
        for element, end in (("plus", PLUS), ("minus", MINUS)):
            held = inside(bars, element)
            if held is not None:
                columns[f"{_direction(bars)}{end}"] = _points(held)
    labels = inside(node, "cat")
    return _Series(name, _points(labels) if labels is not None else {}, columns)


def _direction(bars: Any) -> str:
    return ACROSS if attribute(inside(bars, "errDir"), "val") == ACROSS else ""


def _points(node: Any) -> dict[int, Entry]:
    """Return the points kept under an element by their place; of labels in several levels the innermost."""
    level = next(within(node, "lvl"), node)
    code = next((each.text or "" for each in within(node, "formatCode")), "")
    points: dict[int, Entry] = {}
    for point in within(level, "pt"):
        place, value = attribute(point, "idx"), next(within(point, "v"), None)
        if place.isdigit() and value is not None and len(points) < MOST_POINTS:
            points[int(place)] = _entry(value.text or "", attribute(point, "formatCode") or code, _is_number(node))
    return points


def _is_number(node: Any) -> bool:
    return next((True for name in ("numCache", "numLit") for _ in within(node, name)), False)


def _entry(text: str, code: str, is_number: bool) -> Entry:
    value = number_of(text) if is_number else None
    return Entry(text) if value is None else Entry(text, value, *shown_as(code))


def _paragraphs(node: Any) -> list[str]:
    return ["".join(each.text or "" for each in within(paragraph, "t")) for paragraph in within(node, "p")]
