"""Sector × size: a table with totals in both directions, safe in both."""

from __future__ import annotations

import pandas as pd

from app.analysis.estimate import share
from app.domain.assessment import TOTAL, Basis, IntervalKind
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.study import Design
from app.present.marks import share_id
from app.present.tables import BAR, level_codes
from app.present.view import View

SIZES = ("large", "medium", "small", "micro")
_OBSERVED = (str(Basis.RUBRIC), str(Basis.LADDER))


def sector_by_size(view: View) -> ReleasedTable:
    """Return shares at L2 or above: a row all firms and each sector, a column all sizes and each size that occurs."""
    firms = view.firms[view.firms["basis"].isin(_OBSERVED)]
    sizes = [size for size in SIZES if (firms["size"] == size).any()]
    sectors = sorted({sector for sector in firms["sector"] if sector})
    columns = (view.texts("page.chip.all_sizes"), *(view.filter_value("size", size) for size in sizes))
    counts = _counts(view, firms)
    rows = [
        Row(sector, view.sector_label(sector), tuple(_cell(view, counts, sector, size) for size in (TOTAL, *sizes)))
        for sector in (TOTAL, *sectors)
    ]
    return view.door.release_both_ways(ReleasedTable("sector-size", columns, tuple(rows), "", 0, TOTAL))


def _counts(view: View, firms: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (firms at L2 or above, firms) by sector and size, totals under TOTAL."""
    codes = list(level_codes(view))
    upper = codes[codes.index(BAR) :] if BAR in codes else codes[-1:]
    plain = pd.DataFrame({
        "sector": firms["sector"],
        "size": firms["size"],
        "reach": firms["level"].isin(upper),
    })  # fmt: skip
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for sector, size in (("sector", "size"), ("", "size"), ("sector", ""), ("", "")):
        keyed = plain.assign(s=plain[sector] if sector else TOTAL, z=plain[size] if size else TOTAL)
        grouped = keyed.groupby(["s", "z"], observed=True)["reach"].agg(["sum", "count"])
        counts |= {(str(s), str(z)): (int(k), int(n)) for (s, z), k, n in grouped.itertuples(name=None)}
    return counts


def _cell(view: View, counts: dict[tuple[str, str], tuple[int, int]], sector: str, size: str) -> Cell:
    count, n = counts.get((sector, size), (0, 0))
    wave = view.assessment.wave if view.assessment is not None else ""
    filters = tuple(view.filters) if size == TOTAL else (*((f, v) for f, v in view.filters if f != "size"), ("size", size))
    evidence = share_id(wave, sector, f"{BAR}+", filters)
    profile = view.profile(sector) if size == TOTAL else None
    if profile is not None:  # the same interval as everywhere else, corrected for the frame
        known = profile.at_least[BAR]
        return Cell(CellStatus.SHOWN, "fraction", known.value, known.low, known.high, known.n, evidence)
    if not n:  # no firm stands behind it, so there is nothing to open
        return Cell(CellStatus.SHOWN, "fraction", n=0)
    volunteers = view.wave is not None and view.wave.design is Design.VOLUNTEER
    found = share(count, n, None, IntervalKind.NONE if volunteers else IntervalKind.WILSON)
    return Cell(CellStatus.SHOWN, "fraction", found.value, found.low, found.high, n, evidence)
