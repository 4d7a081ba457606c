"""What the side panel shows, made from the values the core hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.findings import CellReference
from app.domain.words import Texts
from app.gui.widgets.side_panel import Block, Link, Panel, Rows, Words
from app.gui.wording import message, remedy
from app.present.pages.values import Column, PageTable

if TYPE_CHECKING:
    from app.domain.resources import Resources
    from app.present.answers import FindingWords
    from app.present.evidence import AnswerLine, Evidence, FirmDetail, FirmLine
    from app.workflows.check import CheckedSheet, CheckReport

CHECKED = (("place", "place"), ("what", "prose"), ("remedy", "prose"))


def evidence_panel(evidence: Evidence, texts: Texts) -> Panel:
    """Return the number, how it is computed, and its firms."""
    said = (("gui.side.formula", evidence.formula), ("gui.side.measure", evidence.measure))
    blocks: list[Block] = [Words(texts(key), text) for key, text in said if text]
    if evidence.counts:
        blocks.append(Words(texts("gui.side.counts"), "\n".join(f"{name}  {count:,}" for name, count in evidence.counts)))
    blocks += [Words("", text, "note") for text in evidence.notes]
    blocks += [Link("", "", step.words, step.command, step.parameters) for step in evidence.steps]
    if evidence.firms:
        rows = Rows(texts("gui.side.firms"), firm_table(evidence.firms, texts), "firm.open", "position", evidence.firms_line)
        blocks.append(rows)
    return Panel(evidence.title, evidence.value, tuple(blocks))


def firm_table(firms: tuple[FirmLine, ...], texts: Texts) -> PageTable:
    """Return the firms behind a number; a row's id is the response position."""
    heads = tuple(Column(name, texts(f"gui.side.firm_{name}")) for name in ("name", "answer", "part"))
    data = tuple(tuple(getattr(firm, head.key) for firm in firms) for head in heads)
    filled = [place for place, values in enumerate(data) if any(values)]
    ids = tuple(str(firm.position) for firm in firms)
    return PageTable(tuple(heads[place] for place in filled), tuple(data[place] for place in filled), ids)


def firm_panel(firm: FirmDetail, texts: Texts) -> Panel:
    """Return every answer of a response: as cleaned, as received, its cell, and what was found there."""
    facts = "\n".join(f"{name}  {text}" for name, text in firm.facts)
    blocks: list[Block] = [Words("", facts), *_judged(firm, texts), *(_finding(finding) for finding in firm.findings)]
    place = next((answer.place for answer in firm.answers if answer.place is not None), None)
    if place is not None:
        parameters = (("place", place_text(CellReference(place.source, place.sheet, place.row))),)
        where = texts("gui.separator").join(part for part in (place.source, place.sheet) if part)
        blocks.append(Link(texts("gui.side.source"), where, texts("gui.side.source_open"), "cell.open", parameters))
    group = ""
    for answer in firm.answers:
        if answer.group and answer.group != group:
            group = answer.group
            blocks.append(Words("", group, "title"))
        blocks += [_answer(answer, texts), *(_finding(finding) for finding in answer.findings)]
    return Panel(firm.name, "", tuple(blocks))


def _judged(firm: FirmDetail, texts: Texts) -> list[Block]:
    """Return what blanks, classifier, assessors and others say of a firm's level, with the ways to say something oneself."""
    blocks: list[Block] = [Words(*line) for line in firm.standing]
    for name, lines in (("label", firm.assessed), ("override", firm.override)):
        heading, text = lines[0] if lines else (texts(f"evidence.firm.no_{name}"), "")
        if firm.asking:
            parameters = (("kind", name), *firm.asking)
            blocks.append(Link(heading, text, texts(f"evidence.firm.add_{name}"), "judge.ask", parameters))
        elif lines:
            blocks.append(Words(heading, text))
        blocks += [Words(*line) for line in lines[1:]]
    return [*blocks, *(Words(*line) for line in firm.why)]


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
    return Words(
        f"{finding.severity} {finding.title}", "\n".join(part for part in (finding.message, finding.remedy) if part), "note"
    )


def _answer(answer: AnswerLine, texts: Texts) -> Link:
    if answer.place is None:
        return Link(answer.label, answer.value, "")
    differs = answer.original and answer.original != answer.value
    text = f"{answer.value}\n{texts('gui.firms.original', text=answer.original)}" if differs else answer.value
    return Link(answer.label, text, answer.place.a1, "cell.open", (("place", place_text(answer.place)),))


def check_panel(report: CheckReport, resources: Resources, texts: Texts) -> Panel:
    """Return what a check without a study found: per sheet what was read, then the findings."""
    blocks: list[Block] = []
    for file in report.files:
        if file.error is not None:
            blocks.append(Words(f"{file.name} {texts('gui.check.refused')}", message(file.error, resources, texts)))
        blocks += [_sheet(file.name, sheet, texts) for sheet in file.sheets if sheet.mapping is not None]
    if not report.findings:
        return Panel(texts("gui.check.title"), "", (*blocks, Words("", texts("gui.check.nothing"))))
    heads = tuple(Column(name, texts(f"gui.check.{name}"), kind) for name, kind in CHECKED)
    worded = [(str(f.place), message(f, resources, texts), remedy(f, resources, texts)) for f in report.findings]
    severities = tuple(finding.severity.value for finding in report.findings)
    table = PageTable(heads, tuple(zip(*worded, strict=True)), tuple(map(str, range(len(worded)))), severities)
    return Panel(texts("gui.check.title"), "", (*blocks, Rows(texts("gui.check.findings"), table)))


def _sheet(file: str, sheet: CheckedSheet, texts: Texts) -> Words:
    matches = sheet.mapping.matches if sheet.mapping is not None else ()
    lost = [match.header for match in matches if match.item is None and match.header]
    counts = {"rows": f"{sheet.responses:,}", "mapped": sum(m.item is not None for m in matches), "unmapped": len(lost)}
    summary = texts("gui.check.summary", file=file, sheet=sheet.name, **counts)
    names = texts("gui.check.unmapped", names="、".join(lost)) if lost else ""
    return Words(summary, names, "note")
