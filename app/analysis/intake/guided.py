"""The decisions that bear on one sheet: those about it alone, those about its template, those about the whole study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.analysis.intake.template import heading_key, year_free
from app.domain.decisions import Decision, DecisionKind, Guidance

_HEADED = frozenset({DecisionKind.COLUMN, DecisionKind.SCALE, DecisionKind.UNIT})
Known = Mapping[tuple[DecisionKind, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Guide:
    """`known` answers by (kind, scope) and subject; `scopes` that hold for the sheet, the nearest first."""

    own: str
    known: Known = field(default_factory=dict)
    scopes: tuple[str, ...] = ("",)

    def within(self, template: str) -> Guide:
        """Return the guide of a table of this template."""
        return replace(self, scopes=(self.own, template, "")) if template else self

    def answer(self, kind: DecisionKind, subject: str) -> str | None:
        """Return what was decided about `subject`, None when nothing was."""
        wanted = _key(kind, subject)
        found = (self.known.get((kind, scope), {}).get(wanted) for scope in self.scopes)
        return next((answer for answer in found if answer is not None), None)

    def all(self, kind: DecisionKind) -> dict[str, str]:
        """Return every decision of a kind by its subject's key; the nearest scope holds."""
        merged: dict[str, str] = {}
        for scope in reversed(self.scopes):
            merged.update(self.known.get((kind, scope), {}))
        return merged

    def headed(self, kind: DecisionKind, headings: Sequence[str]) -> list[str | None]:
        """Return the decision on each heading, None where there is none.

        A decision on last year's heading holds for this year's, as long as only one heading differs from it by the year.
        """
        decided = self.all(kind)
        if not decided:
            return [None] * len(headings)
        keys = [heading_key(text) for text in headings]
        bare = Counter(year_free(key) for key in keys)
        over_years = Counter(year_free(key) for key in decided)
        by_bare = {year_free(key): answer for key, answer in decided.items() if over_years[year_free(key)] == 1}
        return [decided.get(key, by_bare.get(year_free(key)) if bare[year_free(key)] == 1 else None) for key in keys]

    def elsewhere(self, kind: DecisionKind) -> dict[str, str]:
        """Return the decisions of a kind that no other single sheet keeps to itself: of any template, then of this sheet."""
        merged: dict[str, str] = {}
        for (of, scope), answers in self.known.items():
            if of is kind and "/" not in scope:
                merged.update(answers)
        return merged | dict(self.known.get((kind, self.own), {}))


def guide_of(guidance: Guidance, sha256: str, sheet: str) -> Guide:
    """Return the guide of one sheet before its template is known."""
    own = f"{sha256}/{sheet}"
    known: dict[tuple[DecisionKind, str], dict[str, str]] = {}
    for decision in guidance.decisions:
        known.setdefault((decision.kind, decision.scope), {})[_key(decision.kind, decision.subject)] = _said(decision)
    return Guide(own, known, (own, ""))


def _key(kind: DecisionKind, subject: str) -> str:
    return heading_key(subject) if kind in _HEADED else subject.strip()


def _said(decision: Decision) -> str:
    return decision.answer.strip()
