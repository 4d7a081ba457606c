"""Write the tables of a Brief as a workbook: a sheet a table with its chart and provenance. Text never becomes a formula."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from app.domain.brief import Brief, FigureBlock, GridBlock, TableBlock
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.seal import sealed
from app.files.settle_zip import settle
from app.files.xlsx_book import Book
from app.files.xlsx_chart import with_charts
from app.files.xlsx_sheets import contents, cover, figure_sheet, grid_sheet, table_sheet


def write_xlsx(brief: Brief, path: Path, palette: Palette, texts: Texts) -> None:
    """Write the tables, grids and figures of `brief` to `path`; UserError when the place cannot be written."""
    write_atomically(path, settle(sealed(xlsx_bytes(brief, palette, texts), brief), brief.created))


def xlsx_bytes(brief: Brief, palette: Palette, texts: Texts) -> bytes:
    """Return the workbook as it is before it is sealed and settled."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = datetime.fromisoformat(brief.created.replace("Z", "+00:00"))
    book.set_properties({"title": brief.title.replace("\n", ""), "created": created})
    state = Book(book, brief, palette, texts)
    first, row = cover(state)
    figures = 0
    for place, block in enumerate(brief.blocks):
        figures += isinstance(block, FigureBlock)
        if isinstance(block, TableBlock):
            sheet = table_sheet(state, block)
        elif isinstance(block, FigureBlock):
            sheet = figure_sheet(state, block, figures)
        elif isinstance(block, GridBlock):
            sheet = grid_sheet(state, block)
        else:
            continue
        book.define_name(f"zh_B{place}", f"='{sheet.get_name()}'!$A$1")  # by which a reader finds the block again
    contents(state, first, row)
    book.close()
    return with_charts(buffer.getvalue(), state.charts)
