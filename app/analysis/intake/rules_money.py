"""Money that slipped between 元 and 万元: one firm against its head count and its sector, or a whole column against the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.reports import report
from app.analysis.intake.rules_ground import Floats, Ground, written
from app.analysis.intake.units import MONEY, money_factor
from app.domain.decisions import DecisionKind, Question
from app.domain.findings import CellReference, Finding
from app.domain.instrument import Item, ItemType, Role

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# Revenue per employee in 万元. A slip between 元 and 万元 is a factor of 10,000; real firms of one sector lie within a few
# hundred times their median, and hardly any turns over two 亿元 a head.
ABSURD_HIGH = 20_000.0
SUSPECT_HIGH, SUSPECT_LOW = 2_000.0, 0.1
FAR = 300.0
ENOUGH = 5  # firms needed for a median that means something
SECTOR_ENOUGH = 8  # and of one sector, before the sector is taken and not all firms
COLUMN_FAR = 2.5  # powers of ten between the median of a column and the other firms' medians
ALL_BUT_FEW = 0.9
_OFFERED = ("元", "千元", "万元", "亿元")


@dataclass(frozen=True, slots=True)
class ColumnSlip:
    """A column whose firms are all `powers` of ten from the others: its responses, its cell, its heading and units."""

    positions: Ints
    place: CellReference
    scope: str
    header: str
    unit: str
    likely: str
    powers: float


def money_slips(revenue: Floats, employees: Floats, sectors: Ints | None = None) -> Bools:
    """Return which firms' revenue (万元) is so far from their head count that 元 and 万元 were likely confused; shape (n,).

    The yardstick is the median revenue a head of the firm's sector (`sectors`: any numbering) where it has 8 firms or
    more, else of all firms.
    """
    a_head = _a_head(revenue, employees)
    with np.errstate(invalid="ignore"):
        powers = np.log10(a_head) - _yardsticks(np.log10(a_head), sectors)
        slips: Bools = a_head > ABSURD_HIGH
        slips |= (a_head > SUSPECT_HIGH) & (powers > np.log10(FAR))
        slips |= (a_head < SUSPECT_LOW) & (powers < -np.log10(FAR))
    return slips


def sheet_slips(ground: Ground) -> Iterator[Finding]:
    """Yield a finding for each firm of one sheet whose revenue slipped; where nearly all have, the study is to tell why."""
    pair = _asked(ground)
    if pair is None:
        return
    revenue, staff = _pair(ground, pair)
    yield from _slip_findings(ground, pair, np.flatnonzero(_lone_slips(revenue, staff, _sectors(ground))))


def study_slips(ground: Ground) -> Iterator[Finding]:
    """Yield what only the whole study shows: columns that slipped, and firms far from the sector that no sheet could tell."""
    pair = _asked(ground)
    if pair is None:
        return
    columns = column_slips(ground)
    for slip in columns:
        params = {"header": slip.header, "unit": slip.unit, "likely": slip.likely, "count": str(len(slip.positions))}
        yield report("money.column_slip", slip.place, "", **params, times=written(10 ** abs(slip.powers)))
    revenue, staff = _pair(ground, pair, columns)
    slips = money_slips(revenue, staff, _sectors(ground)) & ~_told_by_sheets(ground, revenue, staff)
    yield from _slip_findings(ground, pair, np.flatnonzero(slips), "money.slip_sector")


def slipped(ground: Ground) -> Bools:
    """Return which responses' revenue slipped, alone or with its whole column; shape (n,)."""
    pair = _asked(ground)
    if pair is None:
        return np.zeros(len(ground.responses), dtype=bool)
    columns = column_slips(ground)
    revenue, staff = _pair(ground, pair, columns)
    slips = money_slips(revenue, staff, _sectors(ground)) | _told_by_sheets(ground, revenue, staff)
    for slip in columns:
        slips[slip.positions] = True
    return slips


def _pair(ground: Ground, pair: Sequence[Item], columns: Sequence[ColumnSlip] = ()) -> tuple[Floats, Floats]:
    """Return revenue and head count, revenue NaN in the columns that slipped."""
    revenue, staff = (ground.responses.values[item.code].to_numpy(dtype=np.float64, copy=True) for item in pair)
    for slip in columns:
        revenue[slip.positions] = np.nan
    return revenue, staff


def unit_questions(ground: Ground) -> tuple[Question, ...]:
    """Return the question in which unit a column stands, for each column of a sheet that slipped as a whole."""
    return tuple(
        Question(
            DecisionKind.UNIT,
            slip.scope,
            slip.header,
            tuple(dict.fromkeys((slip.likely, slip.unit, *_OFFERED))),
            slip.unit,
            len(slip.positions),
            (slip.place,),
            (("header", slip.header), ("unit", slip.unit), ("likely", slip.likely)),
        )
        for slip in column_slips(ground)
        if slip.scope
    )


def column_slips(ground: Ground) -> tuple[ColumnSlip, ...]:
    """Return the columns of revenue whose firms all lie thousands of times from the firms of the other sheets of the wave.

    The sheets of a file that hold one firm each are one column.
    """
    pair = _asked(ground)
    if pair is None:
        return ()
    revenue, staff = _pair(ground, pair)
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log10(_a_head(revenue, staff))
    waves = pd.factorize(ground.responses.firms["wave"])[0].astype(np.int64)
    sectors = _sectors(ground)
    slips = []
    for positions in _columns(ground):
        known = positions[np.isfinite(logs[positions])]
        if len(known) >= ENOUGH:
            powers = _far(known, logs, sectors, waves == waves[known[0]])
            if abs(powers) >= COLUMN_FAR:
                slips.append(_column_slip(ground, pair[0], positions, powers))
    return tuple(slips)


def _far(own: Ints, logs: Floats, sectors: Ints, wave: Bools) -> float:
    """Return how many powers of ten a column is from the others: the least of nine tenths of its firms, else 0.

    Without others to compare with, a whole column beyond what any firm turns over a head is told by that alone.
    """
    others = wave & np.isfinite(logs)
    others[own] = False
    if others.sum() < ENOUGH:
        apart = logs[own] - np.log10(ABSURD_HIGH)
        return float(apart.min() + COLUMN_FAR) if apart.min() > 0 else 0.0
    median = float(np.median(logs[others]))
    by_sector = pd.Series(logs[others]).groupby(sectors[others]).agg(["median", "size"])
    by_sector = by_sector.loc[by_sector["size"] >= SECTOR_ENOUGH, "median"]
    apart = logs[own] - by_sector.reindex(sectors[own]).fillna(median).to_numpy()
    agreeing = apart[np.sign(apart) == np.sign(np.median(apart))]
    clear = (np.abs(agreeing) >= COLUMN_FAR).sum() >= ALL_BUT_FEW * len(own)
    return float(np.median(apart)) if clear else 0.0


def _column_slip(ground: Ground, item: Item, positions: Ints, powers: float) -> ColumnSlip:
    block = ground.responses.blocks[ground.blocks[positions[0]]]
    unit = block.units.get(item.code) or item.unit or "万元"
    factor = (money_factor(unit) or 1.0) / 10**powers
    likely = min(_OFFERED, key=lambda other: abs(np.log10(MONEY[other] / factor)))
    row, column = block.cells[item.code]
    whole = CellReference(block.file, block.sheet, row, column)
    header = block.headings.get(item.code, "")
    several = len(np.unique(ground.blocks[positions])) > 1
    scope = f"{block.source}/{block.sheet}" if header and not several else ""
    return ColumnSlip(positions, whole, scope, header or item.words.zh, unit, likely, powers)


def _columns(ground: Ground) -> Iterator[Ints]:
    """Yield the positions of each column: a sheet's responses, or those of a file's sheets that hold one response each."""
    blocks = ground.blocks
    sizes = np.bincount(blocks, minlength=len(ground.responses.blocks))
    names = {source: number for number, source in enumerate({block.source for block in ground.responses.blocks})}
    lone = np.array([len(sizes) + names[block.source] for block in ground.responses.blocks], dtype=np.int64)
    groups = np.where(sizes[blocks] == 1, lone[blocks], blocks)
    order = np.argsort(groups, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)


def _told_by_sheets(ground: Ground, revenue: Floats, staff: Floats) -> Bools:
    """Return the firms that `sheet_slips` named already."""
    told = np.zeros(len(revenue), dtype=bool)
    blocks, sectors = ground.blocks, _sectors(ground)
    order = np.argsort(blocks, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(blocks[order])) + 1):
        told[rows] = _lone_slips(revenue[rows], staff[rows], sectors[rows])
    return told


def _lone_slips(revenue: Floats, staff: Floats, sectors: Ints) -> Bools:
    """Return the slips of one sheet, none where nearly all its firms slipped: then the column is at fault, not they."""
    slips = money_slips(revenue, staff, sectors)
    most = max(ENOUGH, ALL_BUT_FEW * np.isfinite(_a_head(revenue, staff)).sum())
    return np.zeros_like(slips) if slips.sum() >= most else slips


def _slip_findings(ground: Ground, pair: Sequence[Item], positions: Ints, code: str = "money.slip") -> Iterator[Finding]:
    revenue, staff = _pair(ground, pair)
    for position in positions.tolist():
        params = {"used": f"{revenue[position]:.12g}", "employees": f"{staff[position]:.12g}"}
        place, text = ground.place(position, pair[0].code)
        yield report(code, place, text, **params)


def _asked(ground: Ground) -> tuple[Item, Item] | None:
    """Return the items of revenue and head count, None where the instrument does not ask both as numbers."""
    revenue, staff = (ground.instrument.with_role(role) for role in (Role.REVENUE, Role.EMPLOYEES))
    numbers = (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY)
    if revenue is None or staff is None or revenue.type not in numbers or staff.type not in numbers:
        return None
    return revenue, staff


def _sectors(ground: Ground) -> Ints:
    codes: Ints = pd.factorize(ground.responses.firms["sector"])[0].astype(np.int64)
    return codes


def _a_head(money: Floats, employees: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((employees >= 1) & (money > 0), money / employees, np.nan)


def _yardsticks(logs: Floats, sectors: Ints | None) -> Floats:
    """Return for each firm the median of its sector, of all firms where that is too small, NaN where all are too few."""
    known = logs[np.isfinite(logs)]
    medians = np.full(len(logs), np.median(known) if len(known) >= ENOUGH else np.nan)
    if sectors is None or len(known) < SECTOR_ENOUGH:
        return medians
    groups = pd.Series(logs).groupby(sectors)
    return np.where(groups.transform("count") >= SECTOR_ENOUGH, groups.transform("median"), medians)
