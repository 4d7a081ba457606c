"""Agents in use: who decides, in the three official tiers, and which red flags are flown."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind
from app.domain.numbers import number, percent
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.watch import Tier
from app.present import wording
from app.present.figures.quadrant import flagged_words
from app.present.tables import estimate_cell, ranked, row_of
from app.present.watching import Watched, measure_line, provenance

TIERS = ("", *(str(tier) for tier in Tier))  # unknown first: the deeper the colour, the more an agent decides


def using_table(found: Watched) -> ReleasedTable:
    """Return the share of firms that use agents, a row all firms and each sector."""
    texts = found.view.texts
    rows = [
        Row(
            one.sector,
            found.view.sector_label(one.sector),
            (estimate_cell(one.using, found.mark("agents", one.sector, "using")),),
        )
        for one in found.value.agents
        if one.firms or one.sector == TOTAL
    ]
    return found.view.door.release("agents-using", (texts("figure.agents.using"),), rows, total=TOTAL)


def make_using(found: Watched) -> Figure:
    """Return `agents-using`: the share of firms that use agents, sectors from high to low."""
    texts, table = found.view.texts, ranked(using_table(found))
    total = row_of(table, TOTAL) or table.rows[0]
    title = texts("figure.agents.using_title", who=found.view.everyone, share=wording.cell_words(texts, total.cells[0]))
    return Figure(
        id="agents-using",
        kind=FigureKind.RANKED,
        title=title,
        subtitle=measure_line(found, texts("figure.agents.using")),
        table=table,
        provenance=provenance(found, texts("figure.agents.using_measure"), found.agents[TOTAL].firms),
        alt=texts("figure.ranked.alt", n=len(table.rows), title=title),
        chosen=found.view.selection.sector,
    )


def tier_table(found: Watched) -> ReleasedTable:
    """Return shares of firms with agents by who decides, a row all firms and each sector that has any."""
    rows = []
    for one in found.value.agents:
        if not one.users:
            continue
        cells = (
            Cell(
                CellStatus.SHOWN,
                "fraction",
                one.tiers.get(tier, 0) / one.users,
                n=one.users,
                evidence=found.mark("agents", one.sector, f"t:{tier}"),
            )
            for tier in TIERS
        )
        rows.append(Row(one.sector, found.view.sector_label(one.sector), tuple(cells)))
    return found.view.door.release("agents-tiers", tuple(tier_words(found, tier) for tier in TIERS), rows, total=TOTAL)


def tier_words(found: Watched, tier: str) -> str:
    """Return a tier in the official words."""
    return found.view.texts(f"figure.agents.tier_{tier or 'unknown'}")


def make_tiers(found: Watched) -> Figure:
    """Return `agents-tiers`: who decides, stacked by sector."""
    texts, table = found.view.texts, tier_table(found)
    row = row_of(table, found.lit) or table.rows[0]
    alone = row.cells[TIERS.index(str(Tier.AGENT))]
    who = row.label if row.key != TOTAL else found.view.everyone
    if alone.value is None:
        title = texts("figure.quadrant.hidden", who=row.label)
    else:
        title = texts("figure.agents.tiers_title", who=who, share=wording.cell_words(texts, alone))
    return Figure(
        id="agents-tiers",
        kind=FigureKind.LEVELS,
        title=title,
        subtitle=measure_line(found, texts("figure.agents.tiers_subtitle")),
        table=table,
        provenance=provenance(
            found,
            texts("figure.agents.tiers_measure"),
            found.agents[TOTAL].users,
            wording.full_stop(texts, wording.source_text(texts, found.rule.agents.tier_hook)),
            is_counted=True,
        ),
        alt=texts("figure.levels.alt", n=len(table.rows), title=title),
        chosen=found.view.selection.sector,
    )


def flag_table(found: Watched) -> ReleasedTable:
    """Return the share of firms with agents that fly each red flag, most first; one that few fly is hidden, none is left out."""
    texts, sector = found.view.texts, found.lit
    one = found.agents[sector]
    rows = []
    for flag in found.rule.agents.flags:
        n = one.flags.get(flag.id, 0)
        if n:
            cell = Cell(CellStatus.SHOWN, "fraction", n / one.users, n=n, evidence=found.mark("agents", sector, f"f:{flag.id}"))
            rows.append(Row(flag.id, texts.of(flag.words), (cell,)))
    return ranked(found.view.door.release("agents-flags", (texts("figure.agents.flags_column"),), rows))


def make_flags(found: Watched) -> Figure:
    """Return `agents-flags`: red flags of all firms with agents, or of the lit sector; the caller knows that some are flown."""
    texts, table = found.view.texts, flag_table(found)
    one, title = found.agents[found.lit], flags_title(found, table)
    unflown = [texts.of(flag.words) for flag in found.rule.agents.flags if not one.flags.get(flag.id, 0)]
    nobody = texts("figure.agents.flags_none", flags=wording.joined(texts, unflown)) if unflown else ""
    return Figure(
        id="agents-flags",
        kind=FigureKind.RANKED,
        title=title,
        subtitle=measure_line(found, texts("figure.agents.flags_subtitle", who=found.view.sector_label(found.lit))),
        table=table,
        provenance=provenance(found, texts("figure.agents.flags_measure"), one.users, nobody, is_counted=True),
        alt=texts("figure.ranked.alt", n=len(table.rows), title=title),
    )


def flags_title(found: Watched, table: ReleasedTable) -> str:
    """Say how many firms with agents fly a red flag, and which flag most do."""
    texts = found.view.texts
    share = flagged_words(found, found.lit) or texts("wording.no_value")
    first = table.rows[0] if table.rows else None
    if first is None or first.cells[0].value is None:
        return texts("figure.agents.flags_title", share=share)
    cell = first.cells[0]
    said = {"flag": first.label, "n": number(cell.n or 0, "count"), "of": percent(cell.value or 0.0)}
    return texts("figure.agents.flags_most", share=share, **said)
