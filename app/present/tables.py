"""Aggregate tables of an assessment, each through disclosure control before anyone sees it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from app.domain.assessment import TOTAL, SectorProfile, Share
from app.domain.estimate import Estimate
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.rubric import LEVELS, READY
from app.present.marks import estimate_id, pillar_id, share_id
from app.present.view import View

BAR = READY  # the level whose share is reported first: AI in use, not only tried
REACH = "reach-"  # how the ids of tables of shares at a level or above begin


def level_codes(view: View) -> tuple[str, ...]:
    """Return the levels of the study's rubric, lowest first."""
    return tuple(level.code for level in view.study.rubric.levels) or LEVELS


def shown_profiles(view: View) -> tuple[SectorProfile, ...]:
    """Return all firms first, then the sectors from which anybody answered."""
    sectors, total = view.profiles
    return (total, *(profile for profile in sectors if profile.n))


def level_table(view: View) -> ReleasedTable:
    """Return shares at each level: a row all firms and each sector, a column a level."""
    codes = level_codes(view)
    rows = [
        Row(p.sector, view.sector_label(p.sector), tuple(share_cell(view, p, code, p.shares[code]) for code in codes))
        for p in shown_profiles(view)
    ]
    return view.door.release("levels", tuple(view.level_label(code) for code in codes), rows, total=TOTAL)


def reach_table(view: View, level: str = BAR) -> ReleasedTable:
    """Return the share at `level` or above, a row all firms and each sector, one column."""
    rows = [
        Row(p.sector, view.sector_label(p.sector), (share_cell(view, p, f"{level}+", p.at_least[level]),))
        for p in shown_profiles(view)
    ]
    column = view.at_least_label(level)
    return view.door.release(f"{REACH}{level}", (column,), rows, total=TOTAL)


def total_table(view: View) -> ReleasedTable:
    """Return shares of all firms at each level, one row."""
    total = view.profiles[1]
    codes = level_codes(view)
    row = Row(TOTAL, view.sector_label(TOTAL), tuple(share_cell(view, total, code, total.shares[code]) for code in codes))
    return view.door.release("distribution", tuple(view.level_label(code) for code in codes), [row], total="")


def pillar_table(view: View) -> ReleasedTable:
    """Return mean pillar scores 0–100: a row all firms and each sector, a column a pillar."""
    codes = [pillar.code for pillar in view.study.rubric.pillars]
    scored = _scored(view, codes)
    rows = [
        Row(p.sector, view.sector_label(p.sector), tuple(_score_cell(view, p, code, scored) for code in codes))
        for p in shown_profiles(view)
    ]
    return view.door.release("pillars", tuple(view.pillar_label(code) for code in codes), rows, total=TOTAL)


def ranked(table: ReleasedTable) -> ReleasedTable:
    """Return a one-column table with its total first, then from high to low, hidden and absent rows last in their order."""

    def place(row: Row) -> tuple[bool, bool, float]:
        value = row.cells[0].value
        return row.key != table.total, value is None, -(value or 0.0)

    return replace(table, rows=tuple(sorted(table.rows, key=place)))


def row_of(table: ReleasedTable, key: str) -> Row | None:
    """Return the row with this key, or None."""
    return next((row for row in table.rows if row.key == key), None)


def quotable(table: ReleasedTable, column: int = 0) -> tuple[Row, ...]:
    """Return the rows beside the total whose cell may carry a finding: shown, not small, not absent."""
    return tuple(
        row
        for row in table.rows
        if row.key not in (table.total, "")
        and row.cells[column].status is CellStatus.SHOWN
        and row.cells[column].value is not None
    )


def share_cell(view: View, profile: SectorProfile, level: str, share: Share) -> Cell:
    """Return a share at a level (`L2`) or at it or above (`L2+`) as a cell for release: estimated where it was, else counted;
    empty where it cannot be given."""
    known = view.estimates.get(profile.sector)
    if known is not None:
        found = known.at_least.get(level.rstrip("+")) if level.endswith("+") else known.shares.get(level)
        return estimate_cell(found, estimate_id(profile.wave, profile.sector, level))
    evidence = share_id(profile.wave, profile.sector, level, view.filters)
    if not share.n:
        return Cell(CellStatus.SHOWN, "fraction", n=0, evidence=evidence)
    return Cell(CellStatus.SHOWN, "fraction", share.value, share.low, share.high, share.n, evidence)


def estimate_cell(found: Estimate | None, mark: str) -> Cell:
    """Return an estimated share as a cell for release; empty where it has no value."""
    if found is None or found.value is None:
        return Cell(CellStatus.SHOWN, "fraction", n=0, evidence=mark)
    return Cell(CellStatus.SHOWN, "fraction", found.value, found.low, found.high, found.n, mark)


def _scored(view: View, codes: list[str]) -> pd.DataFrame:
    """Count the firms with a score, a row a sector and TOTAL, a column a pillar."""
    columns = [f"p_{code}" for code in codes]
    firms = view.firms
    counts = firms[columns].groupby(firms["sector"], observed=True).count()
    counts.loc[TOTAL] = firms[columns].count()
    return counts


def _score_cell(view: View, profile: SectorProfile, pillar: str, scored: pd.DataFrame) -> Cell:
    evidence = pillar_id(profile.wave, profile.sector, pillar, view.filters)
    value = profile.pillars[pillar]
    n = int(scored.at[profile.sector, f"p_{pillar}"]) if profile.sector in scored.index else 0
    return Cell(CellStatus.SHOWN, "score", value if n else None, n=n, evidence=evidence)
