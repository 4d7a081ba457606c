"""Findings of intake: one table of codes with how much each matters; wording is in resources/findings/intake.toml."""

from __future__ import annotations

from app.domain.findings import CellReference, Finding, Severity

_BY_SEVERITY = {
    Severity.ERROR: (
        "date.unread code.body code.extra code.missing code.swapped register.no_firms "
        "cell.formula_error code.check code.confused code.length code.letters code.precision money.currency number.is_date "
        "option.exclusive option.unknown percent.one_unclear value.range value.unread"
    ),
    Severity.WARNING: (
        "sheet.filtered sheet.hidden_columns sheet.hidden_rows "
        "code.branch register.repeat "
        "firm.example industry.edition_unclear industry.nought number.not_whole money.column_slip money.slip_sector size.differs "
        "answer.empty_box cell.correction_lost code.shared column.ambiguous column.repeated firm.repeat firm.silent firm.unnamed "
        "industry.conflict industry.unknown money.slip option.part_unknown option.unlisted percent.mixed "
        "rule.broken sheet.no_answers sheet.side_by_side township.blank_below total.mismatch"
    ),
    Severity.NOTE: (
        "code.known firm.aside register.no_sector register.no_township "
        "answer.trial cell.not_applicable cell.not_known cell.withheld industry.edition "
        "cell.corrected cell.marker column.unmatched industry.near money.unit_assumed number.approximate number.bound "
        "number.none_written number.range number.remainder option.near option.numbered sheet.guide sheet.hidden "
        "sheet.hidden_read sheet.left sheet.no_items sheet.no_table "
        "sheet.options sheet.rows_left sheet.two_tables"
    ),
}
SEVERITIES = {code: severity for severity, codes in _BY_SEVERITY.items() for code in codes.split()}


def report(code: str, place: CellReference, value: str = "", **params: str) -> Finding:
    """Return the finding `code` at `place`."""
    return Finding(code, SEVERITIES[code], place, value, tuple(params.items()))
