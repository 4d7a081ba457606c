"""The evidence of a number by its mark."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present.evidence.behind import MOST_FIRMS
from app.present.evidence.estimate import class_evidence, estimate_evidence, rank_evidence
from app.present.evidence.goal import goal_evidence, progress_evidence
from app.present.evidence.measure import measure_evidence
from app.present.evidence.score import pillar_evidence, share_evidence
from app.present.evidence.values import Evidence
from app.present.evidence.watch import watch_evidence
from app.present.marks import WATCHED, EvidenceId, parse
from app.present.view import View

__all__ = ["MOST_FIRMS", "evidence"]

_MAKERS: dict[str, Callable[[View, EvidenceId], Evidence]] = {
    "share": share_evidence,
    "pillar": pillar_evidence,
    "measure": measure_evidence,
    "goal": goal_evidence,
    "progress": progress_evidence,
    "estimate": estimate_evidence,
    "class": class_evidence,
    "rank": rank_evidence,
    **dict.fromkeys(WATCHED, watch_evidence),
}
_ASSESSED = ("share", "pillar", "estimate", "class", "rank", *WATCHED)  # their first part is a wave


def evidence(study: Study, resources: Resources, mark: str, texts: Texts) -> Evidence:
    """Return what is behind the number `mark` names; UserError when the mark or what it names is not known."""
    id_ = parse(mark)
    wave = id_.parts[0] if id_.kind in _ASSESSED else ""
    return _MAKERS[id_.kind](View(study, resources, texts, Selection(wave=wave, **dict(id_.filters))), id_)
