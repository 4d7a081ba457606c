"""Native charts of the table workbook: the same XML as in Word and slides, plotting cells of the sheet they stand on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from app.domain.figure import Figure
from app.files.chart_plan import FORMATS, ChartPlan, Plotted, named
from app.files.office_book import References
from app.files.office_charts import ChartStyle, chart_xml, natural_height, styled_plan
from app.files.office_plots import lengths
from app.files.xlsx_book import PIXELS, Book

FIRST_ROW, FIRST_COLUMN = 2, 2  # where the body of a table starts on its sheet
WIDTH_MM = 240.0
ROW_PIXELS = 20
ROWS_A_PAGE = 14  # with more above it, a chart begins a page


class SheetReferences(References):
    """Cells of the sheet: those of the table itself where a chart plots its columns, else those of plotted values below it."""

    def __init__(self, plan: ChartPlan, sheet: str, top: int, columns: tuple[int, ...], direct: bool) -> None:
        super().__init__(plan)
        self._sheet = "'" + sheet.replace("'", "''") + "'"
        self._top, self._columns = top, columns
        self._direct = direct

    def categories(self) -> str:
        """Return the cells of the names."""
        return self._range(FIRST_ROW if self._direct else 1, 0, len(self._plan.categories))

    def head(self, place: int) -> tuple[int, int]:
        """Return row and column of a series' name."""
        column = self._plan.series[place].column
        if self._direct and column is not None:
            return FIRST_ROW - 1, self._columns[column]
        return super().head(place)

    def lengths(self, place: int) -> tuple[str, str]:
        """Return the cells of the lengths of error bars: LibreOffice draws none that a chart in a workbook keeps itself."""
        row, column = self.lengths_head(place)
        size = len(self._plan.series[place].values)
        plus, minus = (
            f"{self._sheet}!{first}:{last}"
            for first, last in (
                (super(SheetReferences, self)._place(row + 1, at), super(SheetReferences, self)._place(row + size, at))
                for at in (column, column + 1)
            )
        )
        return plus, minus

    def lengths_head(self, place: int) -> tuple[int, int]:
        """Return row and column of the first of two columns with the lengths of a series' error bars."""
        if self._plan.form == "xy":
            row, column = super().head(place)
            return self._top + row, column + 1
        before = sum(series.has_interval for series in self._plan.series[:place])
        return self._top, 1 + 2 * before + (0 if self._direct else len(self._plan.series))

    def _cell(self, row: int, column: int) -> str:
        return f"{self._sheet}!{self._place(row, column)}"

    def _place(self, row: int, column: int) -> str:
        return super()._place(row if self._direct else row + self._top, column)


def add_chart(book: Book, sheet: Any, figure: Figure, below: int, columns: tuple[int, ...]) -> int:
    """Draw a figure at row `below` of its sheet, with the values it plots under it where they are no columns of the table.

    `columns` of the sheet hold the values of those of the table. Returns the last row that is printed: plotted values are not.
    """
    height = natural_height(figure, WIDTH_MM, 10.0)
    texts = book.texts
    style = ChartStyle(book.palette, texts("write.body_font"), 10.0, texts("write.times"), WIDTH_MM, height)
    plan, style = styled_plan(figure, style)
    direct = _is_of_table(plan, figure)
    after = below + round(height * PIXELS / ROW_PIXELS) + 2
    references = SheetReferences(plan, sheet.get_name(), after + 1, columns, direct)
    book.chart(sheet, below, chart_xml(plan, style, references), figure.alt, (WIDTH_MM, height))
    if below > ROWS_A_PAGE:
        sheet.set_h_pagebreaks([below])
    if not direct or any(series.has_interval for series in plan.series):
        _plotted(book, sheet, plan, references, (after, direct))
    return after - 1


def _is_of_table(plan: ChartPlan, figure: Figure) -> bool:
    """Whether a chart plots columns of its table, under the names that its rows have."""
    if plan.form == "xy" or any(series.column is None for series in plan.series):
        return False
    return plan.categories == tuple(map(named, figure.table.rows))


def _plotted(book: Book, sheet: Any, plan: ChartPlan, references: SheetReferences, where: tuple[int, bool]) -> None:
    """Write what a chart plots below it: names and series in columns, series of points one after the other.

    Where the chart plots the columns of the table itself, only the lengths of its error bars.
    """
    row, direct = where
    book.write(sheet, (row, 0), book.texts("workbook.plotted"), bold=True, font_color=book.palette.muted)
    top = row + 1
    for at, name in enumerate(plan.categories, top + 1):
        book.write(sheet, (at, 0), name)
    for place, series in enumerate(plan.series):
        if not direct:
            head, column = references.head(place)
            _series(book, sheet, plan, series, (top + head, column))
        if series.has_interval:
            _lengths(book, sheet, series, references.lengths_head(place))


def _lengths(book: Book, sheet: Any, series: Plotted, at: tuple[int, int]) -> None:
    row, column = at
    both = lengths(series, series.across if series.sideways else series.values)
    for offset, (sign, values) in enumerate(zip("+−", both, strict=True)):
        book.write(sheet, (row, column + offset), f"{series.name} {sign}", bold=True)
        for point, value in enumerate(values, row + 1):
            if value is not None:
                sheet.write_number(point, column + offset, value, book.look(num_format="0.0##"))


def _series(book: Book, sheet: Any, plan: ChartPlan, series: Plotted, at: tuple[int, int]) -> None:
    row, column = at
    book.write(sheet, at, series.name, bold=True, text_wrap=False)
    up, along = (_format(scale.format) for scale in (plan.up, plan.along))
    words = {tag.point: tag.text.replace("\n", "") for tag in series.tags}
    for point, value in enumerate(series.values):
        if value is not None:
            sheet.write_number(row + 1 + point, column, value, book.look(num_format=up))
        if plan.form != "xy":
            continue
        across = series.across[point]
        if across is not None:
            sheet.write_number(row + 1 + point, column - 1, across, book.look(num_format=along))
        if point in words:
            book.write(sheet, (row + 1 + point, column - 2), words[point])


def _format(code: str) -> str:
    """Return the format of plotted values: a decimal more than the axis has."""
    more = {"0%": "0.0%", "0": "0.0##", FORMATS["score"]: "0.0##"}
    return more.get(code, code)


def with_charts(package: bytes, charts: Sequence[bytes]) -> bytes:
    """Return the workbook with the XML of its charts, in the order of their sheets, in the place of XlsxWriter's own."""
    parts = {f"xl/charts/chart{number}.xml": xml for number, xml in enumerate(charts, 1)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, parts.get(entry.filename, old.read(entry)))
    return buffer.getvalue()
