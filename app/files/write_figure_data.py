"""Write the data behind a figure as csv or as a workbook; no text in it ever becomes a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.sax.saxutils import escape

from app.domain.figure_data import Amount, DataCell, FigureData
from app.files.atomic import write_atomically
from app.files.formula_guard import guarded
from app.files.settle_zip import settle

FORMATS = {
    "fraction": "0.0%",
    "score": "0.0",
    "count": "#,##0",
    "amount": "#,##0",
    "money": "#,##0",
    "pp": "+0.0;-0.0;0.0",
    "rate": "0.0",
    "year": "0.00",
    "rank": "0",
}
DATED = "2000-01-01T00:00:00"  # a data file bears no date of its own: the same figure gives the same bytes


def write_data_csv(data: FigureData, path: Path) -> None:
    """Write `data` as UTF-8 csv with a mark that spreadsheets know; UserError when the place cannot be written."""
    write_atomically(path, b"\xef\xbb\xbf" + delimited(data, ",").encode())


def delimited(data: FigureData, separator: str) -> str:
    """Return `data` as lines of cells: title, measure, tables with their headings, provenance; shares as percent."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    for text in (data.title, data.subtitle):
        if text:
            writer.writerow([guarded(text)])
    for block in data.blocks:
        writer.writerow([])
        if block.name:
            writer.writerow([guarded(block.name)])
        writer.writerow([guarded(name) for name in block.columns])
        writer.writerows([written(cell) for cell in row] for row in block.rows)
    writer.writerow([])
    writer.writerows([guarded(line)] for line in data.lines)
    return buffer.getvalue()


def written(cell: DataCell) -> str:
    """Return a cell as a spreadsheet reads it back: a share as percent, a year with two decimals."""
    if isinstance(cell, str):
        return guarded(cell)
    if cell.unit == "fraction":
        return f"{cell.value * 100:.1f}%"
    digits = {"score": 1, "pp": 1, "rate": 1, "year": 2}.get(cell.unit, 0)
    return f"{cell.value:.{digits}f}"


def write_data_xlsx(data: FigureData, path: Path, font: str) -> None:
    """Write `data` as a workbook of one sheet; UserError when the place cannot be written."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    plain = {"font_name": font, "font_size": 10}
    looks = {unit: book.add_format({**plain, "num_format": form}) for unit, form in FORMATS.items()}
    text, head = book.add_format(plain), book.add_format({**plain, "bold": True, "bottom": 1, "text_wrap": True})
    sheet, line = book.add_worksheet(), 0
    sheet.write_string(line, 0, data.title, book.add_format({**plain, "bold": True, "font_size": 12}))
    sheet.write_string(line + 1, 0, data.subtitle, text)
    line += 3
    for block in data.blocks:
        if block.name:
            sheet.write_string(line, 0, block.name, head)
            line += 1
        for place, name in enumerate(block.columns):
            sheet.write_string(line, place, name, head)
        for place, row in enumerate(block.rows, line + 1):
            _write_row(sheet, place, row, (looks, text))
        line += len(block.rows) + 2
    for place, said in enumerate(data.lines, line):
        sheet.write_string(place, 0, said, text)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, max((len(block.columns) for block in data.blocks), default=1), 13)
    book.close()
    write_atomically(path, settle(buffer.getvalue(), DATED))


def _write_row(sheet: object, line: int, row: tuple[DataCell, ...], how: tuple[dict[str, object], object]) -> None:
    looks, text = how
    for place, cell in enumerate(row):
        if isinstance(cell, Amount):
            sheet.write_number(line, place, cell.value, looks.get(cell.unit, text))  # type: ignore[attr-defined]
        elif cell:
            sheet.write_string(line, place, cell, text)  # type: ignore[attr-defined]


def as_html(data: FigureData) -> str:
    """Return `data` as tables of a page, as spreadsheets paste them: headings in bold, provenance below."""
    parts = [f"<p><b>{escape(data.title)}</b></p>", f"<p>{escape(data.subtitle)}</p>"]
    for block in data.blocks:
        parts.append(f"<p>{escape(block.name)}</p>" if block.name else "")
        head = "".join(f"<th>{escape(guarded(name))}</th>" for name in block.columns)
        rows = ["".join(f"<td>{escape(written(cell))}</td>" for cell in row) for row in block.rows]
        parts.append(f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    parts += [f"<p>{escape(line)}</p>" for line in data.lines]
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'
