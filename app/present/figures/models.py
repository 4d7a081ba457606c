"""Where models come from, what AI is used for, and what stands in its way; a firm may name several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate
from app.domain.figure import Figure, FigureKind
from app.domain.release import Cell, ReleasedTable, Row
from app.domain.watch import SectorModels
from app.present import wording
from app.present.tables import estimate_cell, ranked, row_of
from app.present.watching import Watched, measure_line, provenance

KINDS = ("sources", "purposes", "barriers")
SHORT = {"sources": "s", "purposes": "p", "barriers": "b"}


def shares_of(one: SectorModels, kind: str) -> Mapping[str, Estimate]:
    """Return the shares of firms by option: sources | purposes | barriers."""
    return {"sources": one.sources, "purposes": one.purposes, "barriers": one.barriers}[kind]


def item_of(found: Watched, kind: str) -> str:
    """Return the code of the item that asks about a kind."""
    rule = found.rule.models
    return {"sources": rule.sources, "purposes": rule.purposes, "barriers": rule.barriers}[kind]


def option_table(found: Watched, kind: str) -> ReleasedTable:
    """Return the share of firms by option, most first: of all firms, or of the lit sector."""
    one = found.models[found.lit]
    rows = [
        Row(
            code,
            found.option(item_of(found, kind), code),
            (estimate_cell(share, found.mark("models", one.sector, f"{SHORT[kind]}:{code}")),),
        )
        for code, share in shares_of(one, kind).items()
    ]
    table = ranked(found.view.door.release(f"models-{kind}", (found.view.texts(f"figure.models.{kind}_column"),), rows))
    item = found.item(item_of(found, kind))
    last = {option.code for option in item.options if option.exclusive} if item is not None else set[str]()
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: row.key in last)))  # "none of these" is no rank


def sector_table(found: Watched, kind: str = "sources") -> ReleasedTable:
    """Return the same shares, a row all firms and each sector, a column an option."""
    codes = list(shares_of(found.models[TOTAL], kind))
    rows = [
        Row(one.sector, found.view.sector_label(one.sector), tuple(_cell(found, one, kind, code) for code in codes))
        for one in found.value.models
        if one.firms or one.sector == TOTAL
    ]
    return found.view.door.release(
        f"models-{kind}-sector", tuple(found.option(item_of(found, kind), code) for code in codes), rows, total=TOTAL
    )


def _cell(found: Watched, one: SectorModels, kind: str, code: str) -> Cell:
    return estimate_cell(shares_of(one, kind).get(code), found.mark("models", one.sector, f"{SHORT[kind]}:{code}"))


def make_models(found: Watched, kind: str) -> Figure:
    """Return `models-<kind>`: shares of firms by option, with their intervals."""
    texts, table = found.view.texts, option_table(found, kind)
    title, one = models_title(found, kind, table), found.models[found.lit]
    n = max((share.n for share in shares_of(one, kind).values()), default=one.firms)
    return Figure(
        id=f"models-{kind}",
        kind=FigureKind.RANKED,
        title=title,
        subtitle=measure_line(found, texts(f"figure.models.{kind}_subtitle", who=found.view.sector_label(found.lit))),
        table=table,
        provenance=provenance(found, texts(f"figure.models.{kind}_measure"), n, texts("figure.models.several")),
        alt=texts("figure.ranked.alt", n=len(table.rows), title=title),
    )


def models_title(found: Watched, kind: str, table: ReleasedTable) -> str:
    """Say which option most firms name, and of sources how many use open ones."""
    texts = found.view.texts
    who = found.view.everyone if found.lit == TOTAL else found.view.sector_label(found.lit)
    shown = [row for row in table.rows if row.cells[0].value is not None and row.key != "none"]
    if not shown:
        return texts("figure.models.hidden", who=found.view.sector_label(found.lit))
    first = shown[0]
    said = {"who": who, "first": first.label, "share": wording.cell_words(texts, first.cells[0])}
    open_ = row_of(table, "open") if kind == "sources" else None
    if open_ is not None and open_.cells[0].value is not None and first.key != "open":
        return texts("figure.models.sources_open", open=wording.cell_words(texts, open_.cells[0]), **said)
    return wording.sentence_case(texts, texts(f"figure.models.{kind}_title", **said))


def human_cell(found: Watched) -> Cell | None:
    """Return the share of firms that keep a human channel for customers as released; None where it is not asked."""
    one = found.models.get(found.lit)
    if one is None or one.human_channel is None:
        return None
    row = Row(one.sector, "", (estimate_cell(one.human_channel, found.mark("models", one.sector, "human")),))
    return found.view.door.release("models-human", ("",), [row]).rows[0].cells[0]
