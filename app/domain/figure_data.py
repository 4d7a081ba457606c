"""图背后的数据: the numbers of a figure as tables that anyone can reckon with, and the lines that say what they rest on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit (fraction | score | count | money | pp | rate | year | rank)."""

    value: float
    unit: str


DataCell = str | Amount


@dataclass(frozen=True, slots=True)
class DataBlock:
    """One table: its name ("" for the figure's own), headings, and rows of as many cells."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[DataCell, ...], ...]


@dataclass(frozen=True, slots=True)
class FigureData:
    """Everything a figure shows in numbers: title, measure line, tables, and its lines of provenance."""

    title: str
    subtitle: str
    blocks: tuple[DataBlock, ...]
    lines: tuple[str, ...]
