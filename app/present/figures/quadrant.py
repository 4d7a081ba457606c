"""Agents by sector: how much is at stake against how well it is controlled. Sectors only; a single firm has no place here."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind, Said, Series
from app.domain.numbers import number, percent
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.watch import Quadrant, SectorAgents
from app.present import wording
from app.present.draw.quadrant_signs import QUARTERS
from app.present.estimates import follow
from app.present.tables import estimate_cell, row_of
from app.present.watching import Watched, firms_words, measure_line, provenance

COUNTED = (*QUARTERS, str(Quadrant.UNKNOWN))
EXPOSURE, CONTROL, USERS, FIRST = 0, 1, 2, 3


def make_quadrant(found: Watched) -> Figure:
    """Return `agents-quadrant`: a mark a sector by mean exposure and mean control, the firms in each quarter at its corner."""
    texts, table = found.view.texts, agents_table(found)
    title = quadrant_title(found, table)
    rule = found.rule.agents
    counts = found.agents[TOTAL]
    return Figure(
        id="agents-quadrant",
        kind=FigureKind.QUADRANT,
        title=title,
        subtitle=measure_line(found, texts("figure.quadrant.subtitle", n=firms_words(found, counts.users))),
        table=table,
        provenance=provenance(
            found,
            texts("figure.quadrant.measure", high=f"{rule.high:.0f}", strong=f"{rule.strong:.0f}"),
            counts.users,
            texts("figure.quadrant.own"),
            is_counted=True,
        ),
        alt=texts("figure.quadrant.alt", n=len(table.rows) - 1, title=title),
        series=(Series("divide", "", ((rule.high, rule.strong, None, None),)),),
        chosen=found.view.selection.sector,
        said=tuple(_said(found, row) for row in table.rows),
        keys=(texts("figure.quadrant.flag_key"), *_unknown_key(found, table)),
    )


def agents_table(found: Watched) -> ReleasedTable:
    """Return mean exposure and control, firms with agents, and of these those in each quarter: a row all firms and each sector
    that has any. No count can be worked out from the others, and a mean is hidden wherever its firms are."""
    texts = found.view.texts
    names = [texts(f"figure.quadrant.column_{name}") for name in ("exposure", "control", "users", *COUNTED)]
    kept = [one for one in found.value.agents if one.users or one.sector == TOTAL]
    counted = found.view.door.release_both_ways(
        ReleasedTable("agents", tuple(names[USERS:]), tuple(_counts(found, one) for one in kept), "", 0, TOTAL)
    )
    known = _known(found)
    rows = []
    for one, row in zip(kept, counted.rows, strict=True):
        means = tuple(
            follow(_mean(found, one, name, known.get((one.sector, name), 0)), row.cells[0]) for name in ("exposure", "control")
        )
        rows.append(Row(row.key, row.label, (*means, *row.cells)))
    return found.view.door.release("agents", names, rows, total=TOTAL)


def _counts(found: Watched, one: SectorAgents) -> Row:
    """Return the firms with agents and those in each quarter, the unknown last."""
    counts = {"users": one.users, **{name: one.quadrants.get(name, 0) for name in COUNTED}}
    cells = (
        Cell(
            CellStatus.SHOWN,
            "count",
            float(n),
            n=n,
            evidence=found.mark("agents", one.sector, name if name == "users" else f"q:{name}"),
        )
        for name, n in counts.items()
    )
    return Row(one.sector, found.view.sector_label(one.sector), tuple(cells))


def _known(found: Watched) -> dict[tuple[str, str], int]:
    """Return how many firms each mean rests on, by sector and column."""
    frame, counts = found.value.register.frame, dict[tuple[str, str], int]()
    for name in ("exposure", "control"):
        by_sector = frame[name].notna().groupby(frame["sector"].astype("str")).sum()
        counts |= {(str(sector), name): int(n) for sector, n in by_sector.items()}
        counts[TOTAL, name] = int(frame[name].notna().sum())
    return counts


def _mean(found: Watched, one: SectorAgents, name: str, n: int) -> Cell:
    value = one.exposure if name == "exposure" else one.control
    return Cell(CellStatus.SHOWN, "score", value if n else None, n=n, evidence=found.mark("agents", one.sector, name))


def _said(found: Watched, row: Row) -> Said:
    """Say of a sector where its means stand, how many firms that is, and how many need attention."""
    texts, rule = found.view.texts, found.rule.agents
    exposure, control, users, act = (row.cells[place] for place in (EXPOSURE, CONTROL, USERS, FIRST))
    if exposure.value is None or control.value is None:
        return Said(row.key, "", -1, texts("figure.draw.hidden_sentence", row=row.label, column=texts("figure.quadrant.means")))
    high, strong = exposure.value >= rule.high, control.value >= rule.strong
    quarter = {(True, False): "act", (True, True): "guarded", (False, False): "tidy", (False, True): "calm"}[high, strong]
    said = {"exposure": f"{exposure.value:.0f}", "control": f"{control.value:.0f}", "users": wording.cell_words(texts, users)}
    more = texts("figure.quadrant.act_among", n=wording.cell_words(texts, act)) if act.status is not CellStatus.HIDDEN else ""
    sentence = texts("figure.quadrant.sentence", row=row.label, quarter=texts(f"figure.quadrant.{quarter}"), more=more, **said)
    return Said(row.key, texts(f"figure.quadrant.{quarter}"), QUARTERS.index(quarter), sentence)


def _unknown_key(found: Watched, table: ReleasedTable) -> tuple[str, ...]:
    total = row_of(table, TOTAL)
    cell = total.cells[-1] if total is not None else None
    if cell is None or not cell.value:
        return ()
    return (found.view.texts("figure.quadrant.unknown_key", n=number(cell.value, "count")),)


def quadrant_title(found: Watched, table: ReleasedTable, with_flags: bool = True) -> str:
    """Say how many firms with agents have much at stake and weak control and, `with_flags`, how many fly a red flag."""
    texts, key = found.view.texts, found.lit
    row = row_of(table, key) or row_of(table, TOTAL)
    if row is None or row.cells[USERS].value is None:
        return texts("figure.quadrant.hidden", who=found.view.sector_label(key))
    users, act = row.cells[USERS], row.cells[FIRST]
    n = number(users.value or 0.0, "count")
    parts = [texts("figure.quadrant.users", n=n) if key == TOTAL else texts("figure.quadrant.users_of", who=row.label, n=n)]
    if act.value is not None and users.value:
        parts.append(texts("figure.quadrant.act_firms", n=number(act.value, "count"), share=percent(act.value / users.value)))
    flagged = flagged_words(found, key) if with_flags else ""
    parts += [texts("figure.quadrant.flagged", share=flagged)] if flagged else []
    return texts("wording.clause_separator").join(parts)


def flagged_words(found: Watched, sector: str) -> str:
    """Return the share of firms with agents that fly a red flag, with its interval; "" where it may not be told."""
    one = found.agents.get(sector)
    if one is None:
        return ""
    row = Row(sector, "", (estimate_cell(one.flagged, found.mark("agents", sector, "flagged")),))
    cell = found.view.door.release("flagged", ("",), [row]).rows[0].cells[0]
    return wording.cell_words(found.view.texts, cell) if cell.value is not None else ""
