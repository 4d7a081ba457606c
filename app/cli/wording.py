"""Findings in words, for people and for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.findings import CellReference, Finding, Severity
from app.domain.resources import Resources
from app.domain.words import Texts

_ORDER = tuple(Severity)
_SHOWN_PLACES = 2


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding in one language."""

    title: str
    message: str
    remedy: str


def finding_words(finding: Finding, texts: Texts, resources: Resources) -> FindingWords:
    """Word a finding; one of a kind this version does not know shows its code and value."""
    kind = resources.finding_kinds.get(finding.code)
    if kind is None:
        return FindingWords(finding.code, finding.value, "")
    places = {"value": finding.value, **dict(finding.params)}
    try:
        message, remedy = (texts.of(words).format(**places) for words in (kind.message, kind.remedy))
    except KeyError:  # a study of an older version may lack a place that the wording has gained
        message, remedy = texts.of(kind.title), ""
    return FindingWords(texts.of(kind.title), message, remedy)


def finding_json(finding: Finding, texts: Texts, resources: Resources) -> dict[str, Any]:
    """Return a finding as `check --json` prints it."""
    words = finding_words(finding, texts, resources)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "cell": finding.place.a1,
        "value": finding.value,
        "message": words.message,
        "remedy": words.remedy,
    }


def finding_rows(findings: Iterable[Finding], texts: Texts, resources: Resources, in_file: str = "") -> list[Sequence[str]]:
    """Return (severity, count, problem, first places, remedy) by kind of finding, the worst and most frequent first.

    Places inside the file `in_file` are shown without repeating its name.
    """
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.severity, finding.code), []).append(finding)
    ordered = sorted(kinds.items(), key=lambda entry: (_ORDER.index(entry[0][0]), -len(entry[1]), entry[0][1]))
    return [
        (texts(f"term.severity.{severity.value}"), str(len(group)), *_problem(group, in_file, texts, resources))
        for (severity, _), group in ordered
    ]


def _problem(group: Sequence[Finding], in_file: str, texts: Texts, resources: Resources) -> tuple[str, str, str]:
    words = finding_words(group[0], texts, resources)
    places = [_place(finding.place, in_file) for finding in group[:_SHOWN_PLACES]]
    more = "…" if len(group) > _SHOWN_PLACES else ""
    return (words.message if len(group) == 1 else words.title, "; ".join(places) + more, words.remedy)


def _place(place: CellReference, in_file: str) -> str:
    return str(replace(place, source="") if place.source == in_file else place)
