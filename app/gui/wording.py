"""Findings in words, for the panels and bars that show them without a study at hand."""

from __future__ import annotations

from app.domain.findings import Finding
from app.domain.resources import Resources
from app.domain.words import Texts


def message(finding: Finding, resources: Resources, texts: Texts) -> str:
    """Return what is wrong; a finding whose kind is not known shows its code and value."""
    kind = resources.finding_kinds.get(finding.code)
    return _filled(texts.of(kind.message), finding) if kind is not None else f"{finding.code} {finding.value}"


def remedy(finding: Finding, resources: Resources, texts: Texts) -> str:
    """Return what to do about it, "" where nothing is known."""
    kind = resources.finding_kinds.get(finding.code)
    return _filled(texts.of(kind.remedy), finding) if kind is not None else ""


def finding_line(finding: Finding, resources: Resources, texts: Texts) -> str:
    """Return place, message and remedy in one line; the place is left out where the message names the file itself."""
    said = message(finding, resources, texts)
    place = "" if finding.place.source in said else str(finding.place)
    return " ".join(part for part in (place, said, remedy(finding, resources, texts)) if part)


def _filled(template: str, finding: Finding) -> str:
    try:
        return template.format(value=finding.value, **dict(finding.params))
    except (KeyError, IndexError):  # an older finding may lack a place: the template says more than nothing
        return template
