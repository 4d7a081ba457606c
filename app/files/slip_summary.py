"""The summary sheet of a slip: what is wrong where, with a link to each cell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.findings import CellReference, Severity
from app.files.slip_styles import StyleBook
from app.files.slip_xml import attribute_xml, text_xml

WIDTHS = (6, 8, 18, 10, 26, 52, 46)
"""Widths of the summary's columns in characters."""
_MOST_LINKS = 60_000  # Excel takes 65,530 links a sheet
_LONGEST = 1_000  # characters of a text; a cell takes 32,767


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in words at its place: `level` names the severity, `note` is the text of the cell's comment."""

    place: CellReference
    severity: Severity
    level: str
    value: str
    message: str
    remedy: str
    note: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands around the list: the sheet's name (and those of earlier slips), title, lines, headings, mark, author."""

    sheet: str
    names: tuple[str, ...]
    title: str
    lines: tuple[str, ...]
    headings: tuple[str, ...]
    mark: str
    author: str

    @property
    def top(self) -> int:
        """How many rows stand above the list, its headings included."""
        return len(self.lines) + 3


def summary_xml(summary: Summary, remarks: Sequence[Remark], sheets: Collection[str], styles: StyleBook, namespace: str) -> bytes:
    """Return the worksheet; links lead to cells of `sheets`, the names of the workbook's sheets."""
    look = {name: styles.summary(name) for name in ("title", "line", "mark", "head", "cell", "middle", "link")}
    levels = {severity: styles.summary(severity.value) for severity in Severity}
    rows = [_row(1, [(summary.title, look["title"])], 30)]
    rows += [_row(at, [(line, look["line"])], 19) for at, line in enumerate(summary.lines, 2)]
    rows.append(_row(summary.top - 1, [(summary.mark, look["mark"])], 14))
    rows.append(_row(summary.top, [(heading, look["head"]) for heading in summary.headings], 24))
    links = []
    for number, remark in enumerate(remarks, 1):
        target = link(remark.place, sheets)
        row = summary.top + number
        texts = (remark.place.sheet, remark.place.a1, remark.value, remark.message, remark.remedy)
        kinds = (look["cell"], look["link" if target else "middle"], *[look["cell"]] * 3)
        cells = [(str(number), look["middle"]), (remark.level, levels[remark.severity]), *zip(texts, kinds, strict=True)]
        rows.append(_row(row, cells, _height([text for text, _ in cells])))
        links += [f'<hyperlink ref="D{row}" location={attribute_xml(target)}/>'] if target else []
    return _sheet(rows, links[:_MOST_LINKS], summary.top, namespace).encode()


def link(place: CellReference, sheets: Collection[str]) -> str:
    """Return the target of a link to `place`, "" where the workbook has no such sheet."""
    if place.sheet not in sheets or not (place.row or place.column):
        return ""
    name = place.sheet.replace("'", "''")
    cell = CellReference("", "", place.row or 1, place.column or 1)
    return f"'{name}'!{cell.a1}"


def _row(number: int, cells: Sequence[tuple[str, int]], height: int) -> str:
    letters = "ABCDEFG"
    texts = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text_xml(clipped(text))}</t></is></c>'
        for letter, (text, style) in zip(letters, cells, strict=False)
    )
    return f'<row r="{number}" ht="{height}" customHeight="1">{texts}</row>'


def _height(texts: Sequence[str]) -> int:
    """Return the points a row needs for its longest text; not every program works it out when it opens a file."""
    widths = (sum(1 if ord(letter) < 0x2E80 else 2 for letter in text) for text in texts)
    lines = max(-(-width // (room - 2)) for width, room in zip(widths, WIDTHS, strict=False))
    return min(409, 4 + 14 * max(lines, 1))


def clipped(text: str) -> str:
    """Return a text no longer than a reader of a list can use."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _sheet(rows: Sequence[str], links: Sequence[str], top: int, namespace: str) -> str:
    columns = "".join(f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(WIDTHS, 1))
    pane = f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>'
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'
        '<sheetPr><tabColor rgb="FFB3261E"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>{linked}'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
