"""Answers that do not go together: what each response must satisfy, and what only the whole table shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from app.analysis.intake.reports import report
from app.analysis.intake.rules_ground import Ground, code_of, rules_for
from app.analysis.intake.rules_money import money_slips, sheet_slips, slipped, study_slips
from app.analysis.intake.rules_money import unit_questions as _unit_questions
from app.analysis.intake.rules_rows import broken_rows
from app.analysis.intake.rules_table import broken_tables
from app.analysis.intake.tidy import tidy
from app.domain.decisions import Question
from app.domain.findings import Finding
from app.domain.instrument import Instrument, ItemType, Role
from app.domain.responses import Responses
from app.domain.rules import Rule, RuleKind

__all__ = ["check_rows", "check_study", "money_slips", "study_level", "unit_questions"]

_NO_FIRM = re.compile(
    r"^[(【]?(?:填[写报表])?(?:示例|样例|范例|举例|例)(?:[)】:]|$)|^(?:某某|[x×*○]{2,})|(?:某某|[x×*○]{2,})(?:公司|厂|企业|有限)|"
    r"^[(]?(?:以下空白|见附[件表]|停产|无)[)]?$|^(?:企业|单位|家|户)数$|^(?:占比|比重|比例|百分比|同比|环比|增[长幅速]|去年同期|上年同期|本年累计|其中)(?:[(:%].*)?$",
    re.IGNORECASE,
)


def check_rows(responses: Responses, instrument: Instrument, rules: Sequence[Rule] = ()) -> list[Finding]:
    """Return findings about the responses of one sheet that contradict themselves or are out of all proportion.

    Lines that are no firm's by their name; COMPARE and LOGIC rules; more people than the firm employs; a declared size class
    that the size table does not give; money that slipped between 元 and 万元.
    """
    ground = Ground.of(responses, instrument)
    own = rules_for(rules, instrument)
    odd = (*_no_firms(ground), *sheet_slips(ground), *_more_than_employed(ground, own), *_other_size(ground))
    return [*odd, *broken_rows(own, ground)]


def check_study(responses: Responses, instrument: Instrument, rules: Sequence[Rule], waves: Sequence[str]) -> tuple[Finding, ...]:
    """Return findings that only the whole table shows; `waves` oldest first.

    SAME, COPIED and JUMP rules over counted responses; money that slipped in a whole column, or against its sector.
    """
    ground = Ground.of(responses, instrument)
    slips = slipped(ground)
    spoiled = {item.code: slips for item in (instrument.with_role(Role.REVENUE),) if item is not None}
    return (*study_slips(ground), *broken_tables(rules_for(rules, instrument), ground, waves, spoiled))


def study_level(rules: Sequence[Rule]) -> frozenset[str]:
    """Return the codes of all findings that `check_study` makes: they are made anew whenever the table changes."""
    kinds = (RuleKind.SAME, RuleKind.COPIED, RuleKind.JUMP)
    return frozenset({"money.column_slip", "money.slip_sector", *(code_of(rule) for rule in rules if rule.kind in kinds)})


def unit_questions(responses: Responses, instrument: Instrument) -> tuple[Question, ...]:
    """Return in which unit a column of money stands, for each column that lies thousands of times from all others."""
    return _unit_questions(Ground.of(responses, instrument))


def _no_firms(ground: Ground) -> Iterator[Finding]:
    """Yield the lines whose name is that of an example or of a sum (示例：某某公司, 企业数, 占比); they count until decided."""
    item = ground.instrument.with_role(Role.NAME)
    if item is None or item.code not in ground.values:
        return
    codes, names = pd.factorize(ground.values[item.code])
    wrong = [index for index, name in enumerate(names) if _NO_FIRM.search(tidy(str(name)))]
    for position in np.flatnonzero(np.isin(codes, wrong)).tolist():
        place, text = ground.place(position, item.code)
        yield report("firm.example", place, text)


def _more_than_employed(ground: Ground, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield where a count of people exceeds the head count, for every item about which no rule of its own says so."""
    employees = ground.instrument.with_role(Role.EMPLOYEES)
    if employees is None or employees.type not in (ItemType.COUNT, ItemType.NUMBER):
        return
    ruled = {item for rule in rules if rule.kind is RuleKind.COMPARE and employees.code in rule.right for item in rule.left}
    staff = ground.exact(employees.code)
    for item in ground.instrument.items:
        if item.type is not ItemType.COUNT or item.unit != "人" or item.role is not None or item.code in ruled:
            continue
        for position in np.flatnonzero((ground.exact(item.code) > staff) & (staff >= 0)).tolist():
            params = {"header": item.words.zh, "employees": f"{staff[position]:.12g}"}
            place, text = ground.place(position, item.code)
            yield report("rule.broken", place, text, **params)


def _other_size(ground: Ground) -> Iterator[Finding]:
    """Yield where the declared size class is not the one computed; one that cannot be computed contradicts nothing."""
    item = ground.instrument.with_role(Role.SIZE)
    if item is None or item.code not in ground.values or ground.values[item.code].isna().all():
        return
    words = {option.code: option.words.zh for option in item.options}
    declared = ground.values[item.code].to_numpy(dtype=object)
    computed = ground.responses.firms["size"].to_numpy(dtype=object)
    known = np.array([size in words for size in declared]) & np.array([size in words for size in computed])
    for position in np.flatnonzero(known & (declared != computed)).tolist():
        place, text = ground.place(position, item.code)
        yield report("size.differs", place, text, computed=words[computed[position]])
