"""What the side panel shows, made from the values the core hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.findings import CellReference
from app.domain.words import Texts
from app.gui.widgets.side_panel import Block, Link, Panel, Rows, Words
from app.present.pages.values import Column, PageTable

if TYPE_CHECKING:
    from app.present.answers import FindingWords
    from app.present.evidence import AnswerLine, Evidence, FirmDetail, FirmLine


def evidence_panel(evidence: Evidence, texts: Texts) -> Panel:
    """Return the number, how it is computed, and its firms."""
    said = (("gui.side.formula", evidence.formula), ("gui.side.measure", evidence.measure))
    blocks: list[Block] = [Words(texts(key), text) for key, text in said if text]
    if evidence.counts:
        blocks.append(Words(texts("gui.side.counts"), "\n".join(f"{name}  {count:,}" for name, count in evidence.counts)))
    blocks += [Words("", text, "note") for text in evidence.notes]
    if evidence.firms:
        rows = Rows(texts("gui.side.firms"), firm_table(evidence.firms, texts), "firm.open", "position", evidence.firms_line)
        blocks.append(rows)
    return Panel(evidence.title, evidence.value, tuple(blocks))


def firm_table(firms: tuple[FirmLine, ...], texts: Texts) -> PageTable:
    """Return the firms behind a number; a row's id is the response position."""
    heads = tuple(Column(name, texts(f"gui.side.firm_{name}")) for name in ("name", "answer", "part", "level", "sector"))
    data = tuple(tuple(getattr(firm, head.key) for firm in firms) for head in heads)
    filled = [place for place, values in enumerate(data) if any(values)]
    ids = tuple(str(firm.position) for firm in firms)
    return PageTable(tuple(heads[place] for place in filled), tuple(data[place] for place in filled), ids)


def firm_panel(firm: FirmDetail, texts: Texts) -> Panel:
    """Return every answer of a response: as cleaned, as received, its cell, and what was found there."""
    facts = "\n".join(f"{name}  {text}" for name, text in firm.facts)
    blocks: list[Block] = [Words("", facts), *(_finding(finding) for finding in firm.findings)]
    group = ""
    for answer in firm.answers:
        if answer.group and answer.group != group:
            group = answer.group
            blocks.append(Words("", group, "title"))
        blocks += [_answer(answer, texts), *(_finding(finding) for finding in answer.findings)]
    return Panel(firm.name, "", tuple(blocks))


def help_panel(page: str, texts: Texts) -> Panel:
    """Return how a page works, in three sentences."""
    return Panel(texts("gui.command.help.method"), "", (Words(texts(f"gui.page.{page}"), texts(f"gui.help.{page}")),))


def place_text(place: CellReference) -> str:
    """Return a place as one text that `place_of` reads back."""
    return "\n".join((place.source, place.sheet, str(place.row), str(place.column)))


def place_of(text: str) -> CellReference:
    """Read a place written by `place_text`."""
    source, sheet, row, column = text.split("\n")
    return CellReference(source, sheet, int(row), int(column))


def _finding(finding: FindingWords) -> Words:
    return Words(f"{finding.severity} {finding.title}", "\n".join(part for part in (finding.message, finding.remedy) if part), "note")


def _answer(answer: AnswerLine, texts: Texts) -> Link:
    if answer.place is None:
        return Link(answer.label, answer.value, "")
    differs = answer.original and answer.original != answer.value
    text = f"{answer.value}\n{texts('gui.firms.original', text=answer.original)}" if differs else answer.value
    return Link(answer.label, text, str(answer.place), "cell.open", (("place", place_text(answer.place)),))
