"""A sender's own workbook with wrong cells coloured, notes on them and a summary sheet; every other part as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.findings import Severity
from app.files.slip_comments import empty_comments, with_notes, with_shapes
from app.files.slip_package import Package
from app.files.slip_parts import Workbook, add_part, open_workbook, related, related_by_id, sheet_parts, xml
from app.files.slip_sheet import Cell, SheetMap, colour_edits, legacy_drawing, legacy_drawing_edit, map_sheet
from app.files.slip_styles import EMPTY_STYLES, Look, StyleBook
from app.files.slip_summary import Remark, Summary, summary_xml
from app.files.slip_xml import append, attribute_xml, spliced, tree, whole

_MOST_NOTES = 5_000  # notes on one sheet; a program opens no sheet with many more, and the summary lists all of them
_WORST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def mark_workbook(content: bytes, remarks: Sequence[Remark], summary: Summary, look: Look) -> bytes:
    """Return the workbook `content` (xlsx, xlsm) as a slip: `remarks` at their cells and in a summary sheet.

    Errors and warnings are coloured and get a note, notes stand in the summary alone. The colours and notes of an earlier
    slip go. Members that need no change keep their packed bytes. Unfit when the package cannot be changed in place.
    """
    package = Package(content)
    book = open_workbook(package)
    parts = sheet_parts(package, book)
    styles, styles_part = _styles(package, book, look)
    earlier = next((part for name, part in parts.items() if name in summary.names), "")
    stale = styles.stale if earlier else frozenset()
    for name, part in parts.items():
        if name not in summary.names:
            here = [remark for remark in remarks if remark.place.sheet == name]
            _mark_sheet(package, (part, book), here, styles, (stale, summary.author))
    sheet = summary_xml(summary, remarks, tuple(parts), styles, book.namespace)
    package.put(styles_part, styles.data())
    if earlier:
        package.put(earlier, sheet)
    else:
        _append_sheet(package, book, summary.sheet, sheet)
    return package.packed()


def _styles(package: Package, book: Workbook, look: Look) -> tuple[StyleBook, str]:
    parts = related(package, book.part, "styles")
    if not parts:
        parts = ["xl/styles.xml" if not package.has("xl/styles.xml") else package.free_name("xl/styles{}.xml")]
        add_part(package, book.part, book.relations, parts[0], EMPTY_STYLES % book.namespace.encode())
    return StyleBook(xml(package, parts[0]), look), parts[0]


def marked_cells(remarks: Sequence[Remark]) -> Mapping[Cell, list[Remark]]:
    """Return the errors and warnings by their cell, the worst first; those of whole rows and columns have no cell."""
    cells: dict[Cell, list[Remark]] = {}
    for remark in sorted(remarks, key=lambda each: _WORST.index(each.severity)):
        if remark.severity is not Severity.NOTE and remark.place.row and remark.place.column:
            cells.setdefault((remark.place.row, remark.place.column), []).append(remark)
    return cells


def cell_notes(cells: Mapping[Cell, Sequence[Remark]]) -> Mapping[Cell, str]:
    """Return the note of each cell, in the order of the sheet."""
    return {cell: "\n\n".join(dict.fromkeys(remark.note for remark in cells[cell])) for cell in sorted(cells)}


def _mark_sheet(
    package: Package, place: tuple[str, Workbook], remarks: Sequence[Remark], styles: StyleBook, old: tuple[frozenset[int], str]
) -> None:
    """Mark one sheet; `old` are the styles of an earlier slip and the author of its notes, which is that of ours."""
    (part, book), (stale, author) = place, old
    cells = marked_cells(remarks)
    if not cells and not stale:
        return
    data = xml(package, part)
    found = map_sheet(data, {row for row, _ in cells}, stale)
    edits = colour_edits(data, found, {cell: worst[0].severity for cell, worst in cells.items()}, styles.restyled)
    notes = dict(list(cell_notes(cells).items())[:_MOST_NOTES])
    relationship = _write_notes(package, place, found, notes, author)
    if relationship:
        edits.append(legacy_drawing_edit(found, relationship, book.relations))
    if edits:
        package.put(part, spliced(data, edits))


def _write_notes(package: Package, place: tuple[str, Workbook], found: SheetMap, notes: Mapping[Cell, str], author: str) -> str:
    """Put the notes into the sheet's own parts, or into new ones; return the relationship of a new drawing, else ""."""
    part, book = place
    held = related(package, part, "comments")
    if not held and not notes:
        return ""
    before = xml(package, held[0]) if held else empty_comments(book.namespace)
    after = with_notes(before, notes, author)
    if held and after.data != before:
        package.put(held[0], after.data)
    elif not held:
        add_part(package, part, book.relations, package.free_name("xl/comments{}.xml"), after.data)
    shown = {cell: notes[cell] for cell in after.shown}
    drawing = legacy_drawing(found)
    if drawing:
        name = related_by_id(package, part, drawing)
        package.put(name, with_shapes(package.read(name), shown, after.dropped))
        return ""
    if not shown:
        return ""
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    return add_part(package, part, book.relations, name, with_shapes(b"", shown))


def _append_sheet(package: Package, book: Workbook, name: str, data: bytes) -> None:
    id_ = add_part(package, book.part, book.relations, package.free_name("xl/worksheets/sheet{}.xml"), data)
    content = xml(package, book.part)
    root = tree(content)
    sheets = root.first("sheets")
    if sheets is None:
        return
    last = max((whole(node.attributes.get("sheetId", ""), 0) for node in sheets.children), default=0)
    space, tag = attribute_xml(book.relations), f"{root.prefix}sheet"
    new = f'<{tag} xmlns:r={space} name={attribute_xml(name)} sheetId="{last + 1}" r:id="{id_}"/>'
    package.put(book.part, spliced(content, [append(sheets, content, new)]))
