"""Answers and findings in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from app.domain.findings import Finding
from app.domain.instrument import Item, ItemType
from app.domain.numbers import percent
from app.present import wording
from app.present.view import View


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding in words."""

    title: str
    severity: str
    message: str
    remedy: str


def finding_words(view: View, finding: Finding) -> FindingWords:
    """Return a finding in words; one whose kind is not known shows its code and value."""
    texts, kind = view.texts, view.resources.finding_kinds.get(finding.code)
    severity = texts(f"term.severity.{finding.severity.value}")
    if kind is None:
        return FindingWords(finding.code, severity, finding.value, "")
    places = {"value": finding.value, **dict(finding.params)}
    message, remedy = (_filled(texts.of(words), places) for words in (kind.message, kind.remedy))
    return FindingWords(texts.of(kind.title), severity, message, remedy)


def _filled(template: str, places: dict[str, str]) -> str:
    try:
        return template.format(**places)
    except (KeyError, IndexError):  # a finding of an older version may lack a place: show the template rather than nothing
        return template


def answer_words(view: View, item: Item, value: object) -> str:
    """Return a stored answer as a reader would say it; blank is "not answered", never "no"."""
    texts = view.texts
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NA:
        return texts("term.answer.missing")
    if isinstance(value, float):
        return _number_words(view, item, value)
    text = str(value)
    if item.type is ItemType.MULTI:
        return wording.joined(texts, [_option_words(view, item, code) for code in text.split("|") if code])
    return _option_words(view, item, text)


def _option_words(view: View, item: Item, code: str) -> str:
    for option in item.options:
        if option.code == code:
            return view.texts.of(option.words)
    if item.type is ItemType.YES_NO and f"term.answer.{code}" in view.texts.entries:
        return view.texts(f"term.answer.{code}")
    return code


def _number_words(view: View, item: Item, value: float) -> str:
    if item.type is ItemType.MONEY:
        return wording.money(view.texts, value)
    if item.type is ItemType.PERCENT:
        return percent(value)
    return f"{value:,.6g}" + (f" {item.unit}" if item.unit else "")
