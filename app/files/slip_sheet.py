"""The XML of one sheet: where its rows and cells stand in the bytes, and the edits that colour some of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain.findings import Severity, column_letters
from app.files.slip_package import Unfit
from app.files.slip_xml import Edit, Node, append, attribute_xml, close, new_parser, parse, tag_end, whole, with_attributes

Cell = tuple[int, int]  # one-based row and column
Restyle = Callable[[int, Severity | None], int]  # the style a cell has, and how wrong it is (None: no longer) → the one it gets
_SHEET, _PART, _ROW, _CELL = 1, 2, 3, 4  # depth of worksheet, sheetData, row, c
_PARTS_IN_ORDER = (  # ECMA-376 Part 1, 18.3.1.99: what stands before the drawing of notes
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter "
    "sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks "
    "printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags "
    "drawing"
)
_BEFORE_LEGACY_DRAWING = frozenset(_PARTS_IN_ORDER.split())


@dataclass(slots=True)
class SheetMap:
    """Where things stand in a sheet's bytes.

    `parts` are the elements directly below the root. `numbers` and `starts`: every row's number and first byte. `rows` and
    `cells`: the rows asked for, with all their cells by column. `stale`: cells of the styles asked for, with their rows.
    """

    root: Node
    parts: list[Node] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    rows: dict[int, Node] = field(default_factory=dict)
    cells: dict[int, dict[int, Node]] = field(default_factory=dict)
    stale: list[tuple[Cell, Node]] = field(default_factory=list)

    def part(self, name: str) -> Node | None:
        """Return the first element of this name directly below the root, or None."""
        return next((part for part in self.parts if part.name == name), None)


def map_sheet(data: bytes, wanted: Collection[int], stale: Collection[int] = ()) -> SheetMap:
    """Return the map of a sheet for the rows `wanted` and the cells of the styles `stale`.

    Unfit when the XML is no worksheet, or when its rows do not rise.
    """
    found = _Scan(data, frozenset(wanted), frozenset(map(str, stale))).run()
    if found.root.name != "worksheet" or found.part("sheetData") is None:
        raise Unfit(f"a {found.root.name} without cells")
    if any(first >= second for first, second in pairwise(found.numbers)):
        raise Unfit("rows out of order")
    return found


class _Scan:
    """One pass over a sheet."""

    def __init__(self, data: bytes, wanted: frozenset[int], stale: frozenset[str]) -> None:
        self._data, self._wanted, self._stale = data, wanted, stale
        self._parser = new_parser()
        self._open: list[Node | None] = []
        self._map: SheetMap | None = None
        self._row = self._column = 0

    def run(self) -> SheetMap:
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._opened, self._closed
        parse(self._parser, self._data)
        if self._map is None:
            raise Unfit("an empty document")
        return self._map

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        depth = len(self._open) + 1
        node = None
        if depth == _CELL and self._open[_PART - 1].name == "sheetData":  # type: ignore[union-attr]
            node = self._cell(tag, attributes)
        elif depth == _ROW:
            node = self._third(tag, attributes)
        elif depth <= _PART:
            node = self._node(tag, attributes)
            if depth == _SHEET:
                self._map = SheetMap(node)
            else:
                self._map.parts.append(node)  # type: ignore[union-attr]
        self._open.append(node)

    def _closed(self, _tag: str) -> None:
        node = self._open.pop()
        if node is not None:
            close(node, self._data, self._parser.CurrentByteIndex)

    def _node(self, tag: str, attributes: dict[str, str]) -> Node:
        start = self._parser.CurrentByteIndex
        return Node(tag, attributes, start, tag_end(self._data, start))

    def _third(self, tag: str, attributes: dict[str, str]) -> Node | None:
        """Note a row, or a column's width and style."""
        part, known = self._open[_PART - 1], self._map
        if part is None or known is None or part.name not in ("sheetData", "cols"):
            return None
        if part.name == "cols":
            part.children.append(node := self._node(tag, attributes))
            return node
        self._row = whole(attributes.get("r", ""), self._row + 1)
        self._column = 0
        known.numbers.append(self._row)
        known.starts.append(self._parser.CurrentByteIndex)
        if self._row not in self._wanted:
            return None
        node = known.rows[self._row] = self._node(tag, attributes)
        known.cells[self._row] = {}
        return node

    def _cell(self, tag: str, attributes: dict[str, str]) -> Node | None:
        self._column += 1
        if self._row not in self._wanted and attributes.get("s") not in self._stale:
            if "r" in attributes:
                self._column = column_number(attributes["r"])
            return None
        node, known = self._node(tag, attributes), self._map
        self._column = column_number(attributes["r"]) if "r" in attributes else self._column
        if known is not None and self._row in self._wanted:
            known.cells[self._row][self._column] = node
        if known is not None and attributes.get("s") in self._stale:
            known.stale.append(((self._row, self._column), node))
        return node


def column_number(address: str) -> int:
    """Return the one-based column of an address: C7 → 3. Unfit when it has no letters."""
    number = 0
    for letter in address.upper().rstrip("0123456789").replace("$", ""):
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= 16_384:
        raise Unfit(f"address {address}")
    return number


def colour_edits(data: bytes, found: SheetMap, marks: Mapping[Cell, Severity], restyle: Restyle) -> list[Edit]:
    """Return the edits that give every marked cell its colour, absent cells created empty in their place.

    Cells of a stale style that are not marked lose it.
    """
    edits = [_restyled(data, node, restyle(_style(node), None)) for cell, node in found.stale if cell not in marks]
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(marks):
        by_row.setdefault(row, []).append(column)
    new_rows: dict[int, str] = {}
    for row, columns in by_row.items():
        there = found.cells.get(row, {})
        edits += [_restyled(data, there[c], restyle(_style(there[c]), marks[row, c])) for c in columns if c in there]
        fresh = {c: _new_cell(found, (row, c), restyle, marks) for c in columns if c not in there}
        if row in found.rows:
            edits += _into_row(data, found, row, fresh)
        else:
            tag = f"{found.root.prefix}row"
            new_rows[row] = f'<{tag} r="{row}">{"".join(fresh.values())}</{tag}>'
    return edits + _rows_between(data, found, new_rows)


def _restyled(data: bytes, node: Node, style: int) -> Edit:
    return node.start, node.head, with_attributes(data[node.start : node.head], {"s": str(style)})


def _style(node: Node) -> int:
    return whole(node.attributes.get("s", ""), 0)


def _new_cell(found: SheetMap, cell: Cell, restyle: Restyle, marks: Mapping[Cell, Severity]) -> str:
    row, column = cell
    style = restyle(_inherited(found, row, column), marks[cell])
    return f'<{found.root.prefix}c r="{column_letters(column)}{row}" s="{style}"/>'


def _inherited(found: SheetMap, row: int, column: int) -> int:
    """Return the style that an empty cell shows: its row's, else its column's."""
    node = found.rows.get(row)
    if node is not None and node.attributes.get("customFormat") in ("1", "true"):
        return _style(node)
    columns = found.part("cols")
    for span in columns.children if columns is not None else ():
        if whole(span.attributes.get("min", ""), 0) <= column <= whole(span.attributes.get("max", ""), 0):
            return whole(span.attributes.get("style", ""), 0)
    return 0


def _into_row(data: bytes, found: SheetMap, row: int, fresh: Mapping[int, str]) -> list[Edit]:
    """Return the edits that put new cells among those of a row, in the order of columns."""
    node, there = found.rows[row], sorted(found.cells[row])
    if not fresh:
        return []
    tag = _widened(data[node.start : node.head], node.attributes.get("spans", ""), fresh)
    if node.stop == node.head:
        whole = tag[:-2].rstrip() + b">" + "".join(fresh.values()).encode() + f"</{node.tag}>".encode()
        return [(node.start, node.head, whole)]
    edits: list[Edit] = [(node.start, node.head, tag)]
    for column, xml in fresh.items():
        after = bisect_right(there, column)
        place = found.cells[row][there[after]].start if after < len(there) else node.tail
        edits.append((place, place, xml.encode()))
    return edits


def _widened(tag: bytes, spans: str, columns: Iterable[int]) -> bytes:
    """Return a row's tag whose `spans`, if it has one, reaches over the new cells as well."""
    first, _, last = spans.partition(":")
    if not (first.isdigit() and last.isdigit()):
        return tag
    reach = [int(first), int(last), *columns]
    return with_attributes(tag, {"spans": f"{min(reach)}:{max(reach)}"})


def _rows_between(data: bytes, found: SheetMap, rows: Mapping[int, str]) -> list[Edit]:
    body = found.part("sheetData")
    if body is None or not rows:
        return []
    if body.stop == body.head:
        return [append(body, data, "".join(rows.values()))]
    edits = []
    for row, xml in rows.items():
        after = bisect_right(found.numbers, row)
        place = found.starts[after] if after < len(found.starts) else body.tail
        edits.append((place, place, xml.encode()))
    return edits


def legacy_drawing(found: SheetMap) -> str:
    """Return the relationship of the sheet's drawing of notes, "" when it has none."""
    node = found.part("legacyDrawing")
    pairs = node.attributes.items() if node is not None else ()
    return next((value for name, value in pairs if name.partition(":")[2] == "id"), "")


def legacy_drawing_edit(found: SheetMap, relationship: str, namespace: str) -> Edit:
    """Return the edit that gives a sheet its drawing of notes, at the place which the order of parts demands."""
    place = max(part.stop for part in found.parts if part.name in _BEFORE_LEGACY_DRAWING)
    space = attribute_xml(namespace)
    xml = f'<{found.root.prefix}legacyDrawing xmlns:r={space} r:id="{relationship}"/>'
    return place, place, xml.encode()
