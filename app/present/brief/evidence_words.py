"""How the statistics of a brief come about, in words: one sentence a kind, without the counts of firms that no rule released."""

from __future__ import annotations

from dataclasses import replace

from app.domain.assessment import TOTAL
from app.domain.claims import Claim
from app.domain.goals import Measure
from app.domain.numbers import interval, number, percent
from app.present.estimates import method_words, predicted_by
from app.present.goal_standing import book_of
from app.present.marks import EvidenceId, parse
from app.present.view import View

_OWN = {"class": ("assess.evidence.class_formula", {"share": percent(0.5)}), "rank": ("assess.evidence.rank_formula", {})}


def kind_of(mark: str) -> tuple[str, ...]:
    """Return what one formula holds for: the kind of statistic, and of measures which; a goal's value is that of its measure."""
    id_ = parse(mark)
    if id_.kind in ("measure", "goal"):
        return ("measure",)
    return (id_.kind, id_.parts[0]) if id_.kind == "estimate" else (id_.kind,)


def formula_words(view: View, mark: str) -> str:
    """Return how the statistic that `mark` names is computed."""
    id_, texts = parse(mark), view.texts
    if id_.kind in _OWN:
        key, told = _OWN[id_.kind]
        return texts(key, **told)
    if id_.kind == "estimate":
        return _estimated(view, id_)
    if id_.kind in ("measure", "goal"):
        measure = _measure(view, id_)
        weight = measure.weight if measure is not None else "firms"
        return texts("brief.evidence.formula.measure", weight=texts(f"wording.weighting.{weight}"))
    return texts(f"brief.evidence.formula.{id_.kind}")


def _measure(view: View, id_: EvidenceId) -> Measure | None:
    if id_.kind == "goal":
        return next((each.measure for each in view.study.progress if each.goal.id == id_.parts[0]), None)
    return next((each for each in book_of(view).measures if each.id == id_.parts[0]), None)


def value_words(view: View, claim: Claim) -> str:
    """Return the value of a claim's statistic with its interval."""
    if claim.value is None:
        return claim.text
    value, bounds = number(claim.value, claim.unit), interval(claim.low, claim.high, claim.unit)
    return view.texts("brief.evidence.values", value=value, interval=bounds) if bounds else value


def _estimated(view: View, id_: EvidenceId) -> str:
    """Return where the shares of the wave come from: from what was found on site, or as the answers have it."""
    of_wave = replace(view, selection=replace(view.selection, wave=id_.parts[0], sector="", township="", size=""))
    known = of_wave.estimates.get(TOTAL)
    return view.texts("brief.evidence.formula.share") if known is None else method_words(view.texts, known, predicted_by(of_wave))
