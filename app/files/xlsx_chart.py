"""Native charts of the table workbook, drawn from the cells beside them."""

from __future__ import annotations

from typing import Any

from app.domain.figure import Figure, FigureKind
from app.domain.release import Cell
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.office_charts import xy_series, years

FIRST_ROW, FIRST_COLUMN = 2, 2  # where the body of a table starts on its sheet
WIDTH, BAR_HEIGHT, UPRIGHT_HEIGHT = 860, 26, 320  # pixels


def add_bars(book: Any, sheet: Any, figure: Figure, below: int, palette: Palette) -> None:
    """Put a bar chart of the sheet's own cells at row `below`: stacked levels, ranked bars or an upright distribution."""
    upright, stacked = figure.kind is FigureKind.DISTRIBUTION, figure.kind is FigureKind.LEVELS
    chart = book.add_chart({"type": "column" if upright else "bar", **({"subtype": "stacked"} if stacked else {})})
    for series in _series(sheet.get_name(), figure, palette):
        chart.add_series(series)
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom"} if stacked else {"none": True})
    axis = _percent_axis(palette)
    if upright:
        chart.set_y_axis(axis)
    else:
        chart.set_x_axis(axis | {"label_position": "high"})
        chart.set_y_axis({"reverse": True})
    chart.set_size({"width": WIDTH, "height": UPRIGHT_HEIGHT if upright else 140 + BAR_HEIGHT * len(figure.table.rows)})
    sheet.insert_chart(below, 0, chart, {"description": figure.alt})


def _percent_axis(palette: Palette) -> dict[str, object]:
    gridlines = {"visible": True, "line": {"color": palette.hairline}}
    return {"num_format": "0%", "min": 0, "max": 1, "major_gridlines": gridlines}


def _series(sheet: str, figure: Figure, palette: Palette) -> list[dict[str, object]]:
    rows, columns = figure.table.rows, figure.table.columns
    step = 3 if any(cell.low is not None for row in rows for cell in row.cells) else 1
    if figure.kind is FigureKind.DISTRIBUTION:
        heads, values = (_cells(sheet, row, [FIRST_COLUMN + k * step for k in range(len(columns))]) for row in (1, FIRST_ROW))
        bars = _error_bars("y", list(rows[0].cells))
        return [{"categories": heads, "values": values, "fill": {"color": palette.accent}} | bars]
    last = FIRST_ROW + len(rows) - 1
    if figure.kind is FigureKind.RANKED:
        bars = _error_bars("y", [row.cells[0] for row in rows])
        return [_column(sheet, columns[0], FIRST_COLUMN, last) | {"fill": {"color": palette.accent}} | bars]
    return [
        _column(sheet, name, FIRST_COLUMN + k * step, last) | {"fill": {"color": palette.levels[k]}}
        for k, name in enumerate(columns)
    ]


def _column(sheet: str, name: str, column: int, last: int) -> dict[str, object]:
    categories = [sheet, FIRST_ROW, 0, last, 0]
    return {"name": name, "categories": categories, "values": [sheet, FIRST_ROW, column, last, column]}


def _cells(sheet: str, row: int, columns: list[int]) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return "=(" + ",".join(f"'{sheet}'!{xl_rowcol_to_cell(row, c, row_abs=True, col_abs=True)}" for c in columns) + ")"


def _error_bars(axis: str, cells: list[Cell]) -> dict[str, object]:
    if not any(cell.low is not None for cell in cells):
        return {}
    plus = [(cell.high or 0) - (cell.value or 0) if cell.high is not None else 0 for cell in cells]
    minus = [(cell.value or 0) - (cell.low or 0) if cell.low is not None else 0 for cell in cells]
    return {f"{axis}_error_bars": {"type": "custom", "plus_values": plus, "minus_values": minus, "end_style": 0}}


def add_trajectory(book: Any, sheet: Any, figure: Figure, place: tuple[int, Texts], palette: Palette) -> None:
    """Write the points of a trajectory at row `place[0]`, headed in words of `place[1]`, and draw them as lines beside."""
    below, texts = place
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    shares = figure.unit == "fraction"
    look, when = book.add_format({"num_format": "0.0%" if shares else "#,##0"}), book.add_format({"num_format": "0.00"})
    for column, head in enumerate(("line", "time", "value")):
        sheet.write_string(below, column, texts(f"write.points.{head}"), book.add_format({"bold": True}))
    row, name = below + 1, sheet.get_name()
    for role, label, points in xy_series(figure):
        for offset, (time, value) in enumerate(points):
            sheet.write_string(row + offset, 0, label)
            sheet.write_number(row + offset, 1, round(time, 3), when)
            sheet.write_number(row + offset, 2, value, look)
        last, look_of = row + len(points) - 1, _line_look(role, palette)
        places = {"categories": [name, row, 1, last, 1], "values": [name, row, 2, last, 2]}
        chart.add_series({"name": label} | look_of | places)
        row = last + 1
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis(_percent_axis(palette) if shares else {"min": 0, "num_format": "#,##0"})
    first, last_year = years(figure)
    ends = {"min": first, "max": last_year, "major_unit": 1, "num_format": "0", "name": texts("write.times")}
    chart.set_x_axis({**ends, "major_gridlines": {"visible": False}})
    chart.set_size({"width": WIDTH, "height": UPRIGHT_HEIGHT})
    sheet.insert_chart(below, 4, chart, {"description": figure.alt})


def _line_look(role: str, palette: Palette) -> dict[str, object]:
    """Marks for what was seen and what is wanted, a dashed line for the path between, plain lines for the fan."""
    colours = {"observed": palette.accent, "path": palette.neutral, "target": palette.off_track, "earlier": palette.muted}
    colours |= {"upper": palette.at_risk}
    colour = colours.get(role, palette.levels[2])
    if role == "target":
        return {"line": {"none": True}, "marker": {"type": "diamond", "size": 8, "fill": {"color": colour}}}
    if role == "earlier":
        return {"line": {"none": True}, "marker": {"type": "square", "size": 7, "border": {"color": colour}}}
    line = {"color": colour, "dash_type": "dash" if role in ("path", "upper") else "solid"}
    marker = {"type": "circle", "size": 7, "fill": {"color": colour}} if role == "observed" else {"type": "none"}
    return {"line": line, "marker": marker}
