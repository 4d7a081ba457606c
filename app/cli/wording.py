"""Findings in words, for people and for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.cli.session import display_width, wrapped
from app.domain.findings import CellReference, Finding, Severity
from app.domain.resources import Resources
from app.domain.words import Texts

_ORDER = tuple(Severity)
_PAGE = 118


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


def finding_sentence(finding: Finding, texts: Texts, resources: Resources) -> str:
    """Return what is wrong and what to do in one line that names the file."""
    words = finding_words(finding, texts, resources)
    key = "cli.finding.plain" if finding.place.source in words.message else "cli.finding.placed"
    return texts(key, place=finding.place, message=words.message, remedy=words.remedy).strip()


def finding_lines(findings: Iterable[Finding], texts: Texts, resources: Resources, in_file: str = "") -> list[str]:
    """Return findings by kind, the worst and most frequent first: how many, what it is, one place, and what to do.

    Places inside the file `in_file` are shown without repeating its name. No line is wider than a page.
    """
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.severity, finding.code), []).append(finding)
    ordered = sorted(kinds.items(), key=lambda entry: (_ORDER.index(entry[0][0]), -len(entry[1]), entry[0][1]))
    names = {severity: texts(f"term.severity.{severity.value}") for severity in Severity}
    wide = max(map(display_width, names.values()))
    long = max((len(str(len(group))) for group in kinds.values()), default=0)
    return [
        line
        for (severity, _), group in ordered
        for line in _block(
            f"{names[severity]}{' ' * (wide - display_width(names[severity]))}  {len(group):>{long}}  ",
            _problem(group, in_file, texts, resources),
        )
    ]


def _block(start: str, paragraphs: tuple[str, str]) -> list[str]:
    indent = display_width(start)
    first, *others = (line for text in paragraphs for line in wrapped(text, _PAGE - indent))
    return [start + first, *(" " * indent + line for line in others)]


def _problem(group: Sequence[Finding], in_file: str, texts: Texts, resources: Resources) -> tuple[str, str]:
    finding = group[0]
    words = finding_words(finding, texts, resources)
    problem = words.message if len(group) == 1 else words.title
    key = "one" if len(group) == 1 else "example"
    place = _place(finding.place, in_file)
    follow = texts(f"cli.finding.{key}", place=place, remedy=words.remedy) if place else words.remedy
    return (f"{problem} [{finding.code}]", follow)


def _place(place: CellReference, in_file: str) -> str:
    return str(replace(place, source="") if place.source == in_file else place)
