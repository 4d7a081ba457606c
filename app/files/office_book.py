"""The workbook inside a chart: exactly the numbers that are plotted, with the cells that the chart refers to; no formulas."""

from __future__ import annotations

import io
from typing import Any

from app.files.chart_plan import ChartPlan

SHEET = "Sheet1"


class References:
    """Where each series of a plan stands on the sheet.

    Series over names stand in columns beside the names; series of points one below the other, each headed by its name.
    """

    def __init__(self, plan: ChartPlan) -> None:
        self._plan = plan
        self._tops: list[int] = []
        top = 0
        for series in plan.series:
            self._tops.append(top)
            top += len(series.values) + 2

    def name(self, place: int) -> str:
        """Return the cell of a series' name."""
        return self._cell(*self.head(place))

    def categories(self) -> str:
        """Return the cells of the names."""
        return self._range(1, 0, len(self._plan.categories))

    def across(self, place: int) -> str:
        """Return the cells of the x values of a series of points."""
        return self._range(self._tops[place] + 1, 1, len(self._plan.series[place].values))

    def values(self, place: int) -> str:
        """Return the cells of the values of a series."""
        row, column = self.head(place)
        return self._range(row + 1, column, len(self._plan.series[place].values))

    def lengths(self, place: int) -> tuple[str, str] | None:  # noqa: ARG002 - of the sheets of a workbook alone
        """Return the cells of the lengths of a series' error bars, None where the chart itself keeps them."""
        return None

    def head(self, place: int) -> tuple[int, int]:
        """Return row and column of a series' name, counted from 0; its values stand below."""
        return (self._tops[place], 2) if self._plan.form == "xy" else (0, place + 1)

    def _range(self, row: int, column: int, length: int) -> str:
        return f"{self._cell(row, column)}:{self._place(row + max(length, 1) - 1, column)}"

    def _cell(self, row: int, column: int) -> str:
        return f"{SHEET}!{self._place(row, column)}"

    def _place(self, row: int, column: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def workbook(plan: ChartPlan) -> bytes:
    """Return the workbook of a chart. Text is written as text, whatever it begins with."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(SHEET)
    references = References(plan)
    for row, name in enumerate(plan.categories, 1):
        sheet.write_string(row, 0, name)
    for place in range(len(plan.series)):
        _series(sheet, plan, references, place)
    book.close()
    return buffer.getvalue()


def _series(sheet: Any, plan: ChartPlan, references: References, place: int) -> None:
    series, (top, column) = plan.series[place], references.head(place)
    sheet.write_string(top, column, series.name)
    words = {tag.point: tag.text for tag in series.tags}
    for row, value in enumerate(series.values, top + 1):
        if value is not None:
            sheet.write_number(row, column, value)
        if plan.form != "xy":
            continue
        across = series.across[row - top - 1]
        if across is not None:
            sheet.write_number(row, 1, across)
        if row - top - 1 in words:
            sheet.write_string(row, 0, words[row - top - 1].replace("\n", ""))
