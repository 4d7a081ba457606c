"""The data behind a figure: its released table with intervals and firms, its lines over time, and its provenance."""

from __future__ import annotations

from app.domain.figure import Figure
from app.domain.figure_data import Amount, DataBlock, DataCell, FigureData
from app.domain.numbers import HIDDEN_SIGN, SMALL_SIGN
from app.domain.release import Cell, CellStatus, Row
from app.domain.words import Texts

_SIGNS = {CellStatus.HIDDEN: HIDDEN_SIGN, CellStatus.SMALL: SMALL_SIGN, CellStatus.SHOWN: ""}
_TIMED = ("earlier", "observed", "path", "fan", "upper", "reference")  # roles whose points are moments and values


def figure_data(figure: Figure, texts: Texts) -> FigureData:
    """Return the numbers of `figure`; a hidden cell is its sign and nothing else."""
    blocks = [_table(figure, texts), *_moments(figure, texts)]
    lines = [*figure.provenance.lines(texts)]
    statuses = {cell.status for row in figure.table.rows for cell in row.cells}
    lines += [texts("figure.draw.hidden_key")] if CellStatus.HIDDEN in statuses else []
    lines += [texts("figure.data.small_key")] if CellStatus.SMALL in statuses else []
    return FigureData(figure.title, figure.subtitle, tuple(blocks), tuple(lines))


def _table(figure: Figure, texts: Texts) -> DataBlock:
    """Return the table: a value a column, followed by its interval, firms and sign wherever any row has them."""
    rows, columns = figure.table.rows, figure.table.columns
    wanted = [_parts([row.cells[place] for row in rows]) for place in range(len(columns))]
    heads = [texts("figure.data.row")]
    for name, parts in zip(columns, wanted, strict=True):
        heads += [name, *(texts(f"figure.data.{part}", column=name) for part in parts)]
    said = {one.row: one.text for one in figure.said if one.text}
    if said:
        heads.append(texts("figure.data.said"))
    body = tuple((*_row(row, wanted), *((said.get(row.key, ""),) if said else ())) for row in rows)
    return DataBlock("", tuple(heads), body)


def _parts(cells: list[Cell]) -> tuple[str, ...]:
    """Return which facts beside the value any cell of a column has."""
    has = {
        "low": any(cell.low is not None for cell in cells),
        "high": any(cell.high is not None for cell in cells),
        "n": any(cell.n is not None for cell in cells),
        "sign": any(cell.status is CellStatus.SMALL for cell in cells),
    }
    return tuple(part for part, there in has.items() if there)


def _row(row: Row, wanted: list[tuple[str, ...]]) -> tuple[DataCell, ...]:
    cells: list[DataCell] = [row.label]
    for cell, parts in zip(row.cells, wanted, strict=True):
        cells.append(HIDDEN_SIGN if cell.status is CellStatus.HIDDEN else _amount(cell.value, cell.unit))
        facts = {"low": (cell.low, cell.unit), "high": (cell.high, cell.unit), "n": (cell.n, "count")}
        cells += [_SIGNS[cell.status] if part == "sign" else _amount(*facts[part]) for part in parts]
    return tuple(cells)


def _amount(value: float | None, unit: str) -> DataCell:
    return "" if value is None else Amount(float(value), unit)


def _moments(figure: Figure, texts: Texts) -> list[DataBlock]:
    """Return the lines of a trajectory and its targets, where it has any."""
    rows: list[tuple[DataCell, ...]] = []
    for series in figure.series:
        if series.role in _TIMED:
            for time, value, low, high in series.points:
                numbers = (_amount(each, figure.unit) for each in (value, low, high))
                rows.append((series.label, Amount(time, "year"), *numbers))
    rows += [(target.label, Amount(target.time, "year"), Amount(target.value, figure.unit), "", "") for target in figure.targets]
    if not rows:
        return []
    heads = tuple(texts(f"figure.data.moment_{name}") for name in ("series", "time", "value", "low", "high"))
    return [DataBlock(texts("figure.data.moments"), heads, tuple(rows))]
