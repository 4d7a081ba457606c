"""Who answered: name, code, industry, township and size of each response of a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.clean_text import lost_digits
from app.analysis.intake.columns import categorical, frame, text_array, text_categorical
from app.analysis.intake.credit_code import code_fault, valid_codes
from app.analysis.intake.distinct import Cleaned, Distinct, Issue
from app.analysis.intake.industry import Industry, IndustryReader
from app.analysis.intake.size import size_classes
from app.domain.instrument import Instrument, ItemType, Role
from app.domain.sheet import CellKind
from app.domain.taxonomy import Taxonomy

Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Answers:
    """The cleaned columns of one sheet by item code, with their distinct values; `rows` responses."""

    rows: int
    cleaned: Mapping[str, tuple[Cleaned, Distinct]]

    def texts(self, code: str) -> Objects:
        """Return the texts of an item over the rows, "" where missing; shape (rows,)."""
        if code not in self.cleaned:
            return np.full(self.rows, "", dtype=object)
        cleaned, distinct = self.cleaned[code]
        return np.array([value or "" for value in cleaned.values], dtype=object)[distinct.inverse]

    def numbers(self, code: str) -> npt.NDArray[np.float64]:
        """Return the numbers of an item over the rows, NaN where missing; shape (rows,)."""
        if code not in self.cleaned:
            return np.full(self.rows, np.nan)
        cleaned, distinct = self.cleaned[code]
        return cleaned.values.astype(np.float64)[distinct.inverse]


@dataclass(frozen=True, slots=True)
class Classifier:
    """What firms are told by: the instrument, the taxonomy, and its reader of industry answers."""

    instrument: Instrument
    taxonomy: Taxonomy
    industries: IndustryReader

    def role(self, role: Role) -> str:
        """Return the code of the item that plays `role`, "" when none does."""
        item = self.instrument.with_role(role)
        return item.code if item else ""


def firm_frame(answers: Answers, classifier: Classifier, townships: Objects) -> tuple[pd.DataFrame, list[tuple[str, Issue]]]:
    """Return the firms of a sheet (FIRM_COLUMNS; `firm` and `wave` still empty), and the issues with their item's code.

    `townships` serve where the township column is absent or blank.
    """
    valid, code_issues = _check_codes(answers, classifier.role(Role.CREDIT_CODE))
    sectors, divisions, details, industry_issues = _industries(answers, classifier)
    named = answers.texts(classifier.role(Role.TOWNSHIP))
    empty = np.full(answers.rows, "", dtype=object)
    columns: dict[str, Any] = {
        "firm": text_array(empty),
        "name": text_array(answers.texts(classifier.role(Role.NAME))),
        "code": text_array(answers.texts(classifier.role(Role.CREDIT_CODE))),
        "code_valid": valid,
        "sector": sectors,
        "division": divisions,
        "size": text_categorical(_sizes(answers, classifier, details)),
        "township": text_categorical(np.where(named == "", townships, named)),
        "wave": categorical(np.zeros(answers.rows, dtype=np.int32), ("",)),
        "counted": np.ones(answers.rows, dtype=bool),
    }
    return frame(columns, answers.rows), [*code_issues, *industry_issues]


def _check_codes(answers: Answers, item: str) -> tuple[npt.NDArray[np.bool_], list[tuple[str, Issue]]]:
    """Return whether each row's credit code is valid, and what is wrong with the others."""
    if item not in answers.cleaned:
        return np.zeros(answers.rows, dtype=bool), []
    cleaned, distinct = answers.cleaned[item]
    codes = [value or "" for value in cleaned.values]
    lost = np.array([lost_digits(code, kind) for code, kind in zip(codes, distinct.kinds, strict=True)], dtype=bool)
    valid = valid_codes(codes) & ~lost  # noughts in place of lost digits may pass both checks by chance
    issues = []
    for index in np.flatnonzero(~valid & ~lost).tolist():
        if not codes[index]:
            continue
        fault, meant = code_fault(codes[index])
        issues.append((item, Issue(index, fault, (("meant", meant), ("length", str(len(codes[index])))))))
    return valid[distinct.inverse], issues


def _industries(
    answers: Answers, classifier: Classifier
) -> tuple[pd.Categorical, pd.Categorical, tuple[list[str], npt.NDArray[np.int32]], list[tuple[str, Issue]]]:
    """Return sector and division of each row, the distinct detailed codes with each row's place among them, and issues."""
    item = classifier.instrument.with_role(Role.INDUSTRY)
    if item is None or item.code not in answers.cleaned:
        found, inverse = [Industry()], np.zeros(answers.rows, dtype=np.int32)
        issues: list[tuple[str, Issue]] = []
    else:
        cleaned, distinct = answers.cleaned[item.code]
        inverse = distinct.inverse
        if item.type in (ItemType.INDUSTRY, ItemType.TEXT):
            found = classifier.industries.read_all([value or "" for value in cleaned.values])
        else:
            found = [_own_sector(value or "", classifier.taxonomy) for value in cleaned.values]
        issues = [
            (item.code, Issue(index, industry.issue, industry.params)) for index, industry in enumerate(found) if industry.issue
        ]
        issues += [(item.code, issue) for issue in _lost_noughts(distinct, found, classifier.taxonomy)]
    sectors = np.array([industry.section for industry in found], dtype=object)
    divisions = np.array([industry.division for industry in found], dtype=object)
    official = item is not None and item.type in (ItemType.INDUSTRY, ItemType.TEXT)  # an own list's "C" is no section C
    details = [industry.detail or (industry.section if official else "") for industry in found]
    return text_categorical(sectors[inverse]), text_categorical(divisions[inverse]), (details, inverse), issues


def _lost_noughts(distinct: Distinct, found: Sequence[Industry], taxonomy: Taxonomy) -> list[Issue]:
    """Return an issue for each number of three digits that may be a class of farming whose first 0 the spreadsheet dropped.

    Only where the column gives classes of four digits besides: 111 beside 2614 may be 0111 稻谷种植 and not 石油开采.
    """
    numbers = [kind is CellKind.NUMBER and text.isdecimal() for text, kind in zip(distinct.texts, distinct.kinds, strict=True)]
    classes = any(number and len(text) == 4 for text, number in zip(distinct.texts, numbers, strict=True))
    return [
        Issue(index, "industry.nought", (("meant", found[index].detail), ("other", f"0{text} {names[0]}")))
        for index, text in enumerate(distinct.texts)
        if classes and numbers[index] and len(text) == 3 and found[index].section
        if (names := taxonomy.codes.get(f"0{text}")) and names[0]
    ]


def _own_sector(option: str, taxonomy: Taxonomy) -> Industry:
    """Return the sector of an instrument with its own list of industries: the option itself."""
    if option in taxonomy.divisions:
        return Industry(option, option, option)
    return Industry(option)


def _sizes(answers: Answers, classifier: Classifier, details: tuple[list[str], npt.NDArray[np.int32]]) -> Objects:
    roles = {"X": Role.EMPLOYEES, "Y": Role.REVENUE, "Z": Role.ASSETS}
    measures = {}
    for name, role in roles.items():
        item = classifier.instrument.with_role(role)
        if item is not None and item.type in (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY):
            measures[name] = answers.numbers(item.code)
    return size_classes(*details, measures, classifier.taxonomy)
