"""A table found on a sheet: its layout, and what intake needs beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from app.analysis.intake.across import Across
from app.analysis.intake.body import Body, find_body
from app.analysis.intake.guided import Guide
from app.analysis.intake.header import Header
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.long_form import LongForm, Pair, find_pairs
from app.analysis.intake.row_decisions import Hidden, as_decided, without_hidden
from app.analysis.intake.sheet_facts import SheetFacts
from app.analysis.intake.surroundings import group_places, head_texts, notes_of, reporting, title_of, units_of_note
from app.analysis.intake.template import fingerprint
from app.analysis.intake.units import split_unit
from app.domain.findings import Finding
from app.domain.sheet import Layout, Orientation


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table found on a sheet: its layout and what the layout has no place for.

    `units` of the sheet's unit note; `group_rows` head groups of firms, `groups` (row, township) those that name one;
    `place` the township of 填报单位; `pairs` answers in the head of a long form; `unit_column` of a long form (−1 none);
    `stop` the row after the table; `template` the fingerprint of its headings and `guide` the decisions on it; `hidden`
    rows still open to question; `left` rows left out, `repeats` rows that repeat the header; `first` the row under the
    header; `rival` another row that may be the header (−1 none); `firm_row` the row that names the firms of an ACROSS table.
    """

    layout: Layout
    units: tuple[str, ...] = ()
    group_rows: tuple[int, ...] = ()
    groups: tuple[tuple[int, str], ...] = ()
    place: str = ""
    pairs: tuple[Pair, ...] = ()
    unit_column: int = -1
    stop: int = 0
    findings: tuple[Finding, ...] = ()
    template: str = ""
    guide: Guide = field(default_factory=lambda: Guide(""))
    hidden: Hidden = Hidden()  # noqa: RUF009 - a frozen value
    left: tuple[int, ...] = ()
    repeats: tuple[int, ...] = ()
    first: int = 0
    rival: int = -1
    firm_row: int = -1


def wide_table(facts: SheetFacts, lexicon: Lexicon, start: int, header: Header, guide: Guide) -> Recognised:
    """Return the table of a firm a row under `header`; what stands from row `start` on belongs to it."""
    template = fingerprint(header.names)
    guide = guide.within(template)
    body = as_decided(find_body(facts, header, lexicon), header.first, guide)
    body, hidden = without_hidden(body, facts.sheet, guide)
    head = head_texts(facts, start, header.rows[0])
    units = units_of_note(head)
    layout = Layout(
        sheet=facts.sheet.name,
        orientation=Orientation.WIDE,
        header_rows=header.rows,
        body=body.firms,
        headers=header.names,
        units=_filled_units(facts, header, body, units, lexicon),
        title=title_of(head),
        notes=notes_of(facts, head, body.footers),
        total_rows=body.totals,
        footer_rows=body.footers,
    )
    return Recognised(
        layout,
        units,
        body.groups,
        group_places(facts, body.groups),
        reporting(head),
        stop=body.stop,
        template=template,
        guide=guide,
        hidden=hidden,
        left=body.left,
        repeats=body.repeats,
        first=header.first,
        rival=header.rival if header.rival < body.stop else -1,
    )


def long_table(facts: SheetFacts, lexicon: Lexicon, form: LongForm, across: Across, guide: Guide) -> Recognised:
    """Return the table of an indicator a row: of one firm, or of a firm in each column of `across`."""
    sheet = facts.sheet
    if across.firm_row >= 0:
        below = tuple(row for row in form.body if row > across.firm_row)
        form = replace(form, body=below, header_rows=form.header_rows or (across.firm_row,))
    labels = [split_unit(sheet.text(row, form.label).strip())[0] for row in form.body]
    template = fingerprint(labels)
    guide = guide.within(template)
    first = form.body[0] if form.body else sheet.n_rows
    top = form.header_rows[0] if form.header_rows else first
    held = set(form.body)
    others = tuple(row for row in range(first, sheet.n_rows) if row not in held and facts.filled[row].any())
    body = Body(np.array(form.body, dtype=np.int32), (), (), others, sheet.n_rows)
    body, hidden = without_hidden(as_decided(body, first, guide), sheet, guide)
    head = head_texts(facts, 0, top)
    layout = Layout(
        sheet=sheet.name,
        orientation=Orientation.ACROSS if across.columns else Orientation.LONG,
        header_rows=form.header_rows,
        body=body.firms,
        headers=tuple(facts.text(top, column) if form.header_rows else "" for column in range(len(sheet.columns))),
        units=tuple("" for _ in sheet.columns),
        title=title_of(head),
        notes=notes_of(facts, head, body.footers),
        total_rows=body.totals,
        footer_rows=body.footers,
        label_column=form.label,
        value_column=form.value,
        across=across.columns,
    )
    return Recognised(
        layout,
        units_of_note(head),
        place=reporting(head),
        pairs=() if across.columns else find_pairs(facts, lexicon, range(top)),
        unit_column=form.unit,
        stop=sheet.n_rows,
        template=template,
        guide=guide,
        hidden=hidden,
        left=body.left,
        first=first,
        firm_row=across.firm_row,
    )


def _filled_units(facts: SheetFacts, header: Header, body: Body, units: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the units of the columns; in a table of none of our items a single unit note holds for every column of numbers."""
    known = any(lexicon.items(name.split(" / ")[-1]) for name in header.names if name)
    if len(units) != 1 or known:
        return header.units
    rows = body.firms[body.firms < len(facts.numeric)]
    numeric = facts.numeric[rows].sum(axis=0) > 0.5 * np.maximum(facts.filled[rows].sum(axis=0), 1)
    return tuple(unit or (units[0] if numeric[column] else "") for column, unit in enumerate(header.units))
