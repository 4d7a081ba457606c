"""What the side panel shows about documents: the numbers of one that came back, held against the study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.words import Texts
from app.gui.widgets.side_panel import Block, Panel, Rows, Words
from app.present.pages.values import Column, PageTable

if TYPE_CHECKING:
    from app.domain.claims import Claim
    from app.domain.release_report import ReleaseReport
    from app.domain.verified import Verified

COLUMNS = ("found", "expected", "context", "place")  # the section steps aside in a narrow panel: the words around find it too

BEFORE = 5  # letters that are shown before a number that differs


def report_panel(report: ReleaseReport, texts: Texts) -> Panel:
    """Return what a release shows and keeps back, and how closely the closest hidden number can be told."""
    from app.present.release_words import report_sentence

    heads = tuple(
        Column(name, texts(f"brief.release.{key}"), "prose" if name == "title" else "number", optional=name == "small")
        for name, key in (("title", "table"), ("hidden", "hidden_cells"), ("shown", "shown"), ("small", "small"))
    )
    data = tuple(tuple(getattr(table, head.key) for table in report.tables) for head in heads)
    table = PageTable(heads, data, tuple(str(place) for place in range(len(report.tables))))
    value = texts("gui.release.hidden" if report.hidden else "gui.release.none", n=f"{report.hidden:,}")
    blocks: list[Block] = [Words("", report_sentence(report, texts))]
    titles = {each.table: each.title for each in report.tables}
    blocks += [Words("", texts(key, title=titles.get(id_, id_)), "note") for id_, key in report.dropped]
    blocks += [Words("", texts("gui.release.rounding"), "note")] if report.offer_rounding else []
    blocks.append(Rows(texts("gui.release.tables"), table))
    return Panel(texts("gui.release.title"), value, tuple(blocks))


def places_panel(places: Sequence[str], texts: Texts) -> Panel:
    """Return the names that a document of one's own can hold, ready to be copied."""
    named = "\n".join(f"{{{{ {name} }}}}" for name in places)
    return Panel(texts("gui.places.title"), "", (Words("", texts("gui.places.note"), "note"), Words("", named)))


def number_panel(claim: Claim, texts: Texts) -> Panel:
    """Return where a number stands that rests on no released table: a date, a count of records, a target."""
    blocks = [Words(texts("gui.number.place"), claim.place)] if claim.place else []
    return Panel(texts("gui.number.title"), claim.text, (*blocks, Words("", texts("gui.number.no_table"), "note")))


def verified_panel(found: Verified, texts: Texts) -> Panel:
    """Return how many numbers are as the study gives them, and those that are not with where they stand."""
    counts = found.counts
    value = texts("gui.verify.same", n=counts["same"]) if not found.wrong else texts("gui.verify.wrong", n=len(found.wrong))
    summary = texts("gui.verify.counts", **counts)
    blocks: list[Block] = [Words("", summary)]
    for name in found.notes:
        key = f"gui.verify.note_{name}"
        if key in texts.entries:
            blocks.append(Words("", texts(key), "note"))
    if found.since:
        blocks.append(Words("", texts("gui.verify.since", n=len(found.since)), "note"))
    if found.wrong:
        blocks.append(Rows(texts("gui.verify.listed"), _wrong(found, texts)))
    return Panel(texts("gui.verify.title", file=found.file), value, tuple(blocks))


def _near(context: str, number: str) -> str:
    """Return the words around a number from shortly before it, so that it is seen in a narrow column."""
    at = context.find(number) if number else -1
    return context if at <= BEFORE else f"…{context[at - BEFORE :]}"


def _wrong(found: Verified, texts: Texts) -> PageTable:
    heads = tuple(
        Column(name, texts(f"gui.verify.{name}"), "prose" if name in ("place", "context") else "text", optional=name == "place")
        for name in COLUMNS
    )
    rows = [(each.found or "—", each.expected or "—", _near(each.context, each.found), each.place) for each in found.wrong]
    data = tuple(zip(*rows, strict=True)) if rows else ((),) * len(heads)
    severities = tuple("error" if each.verdict.value == "changed" else "warning" for each in found.wrong)
    return PageTable(heads, data, tuple(map(str, range(len(rows)))), severities)
