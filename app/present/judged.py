"""What people judged of the firms of one wave, firm by firm: whom a label means, what became of it, who disagrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.learn.find_firms import AT, find_firms
from app.analysis.learn.labels import Matched, matched_labels
from app.domain.judgement import Label, Override, Ruling
from app.domain.responses import Responses
from app.domain.words import normal_form
from app.present.tables import level_codes
from app.present.view import View

TAUGHT, WAITING, RULED, REPLACED = "taught", "waiting", "ruled", "replaced"
UNKNOWN, OTHER_WAVE, NOT_USED = "unknown", "other_wave", "not_used"


@dataclass(frozen=True, slots=True)
class FirmJudged:
    """One firm: its `labels`, newest last, and `standing` the newest of each assessor; the ruling and the override that hold.

    `level` is what holds, "" where nobody assessed it, or assessors disagree and nobody has ruled.
    """

    labels: tuple[Label, ...]
    standing: tuple[Label, ...]
    ruling: Ruling | None
    override: Override | None
    level: str

    @property
    def disagrees(self) -> bool:
        """Whether somebody has yet to rule."""
        return not self.level and len({label.level for label in self.standing}) > 1


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of one wave, matched; `firms` by response position, `keys` the stable id of every counted firm."""

    matched: Matched
    firms: dict[int, FirmJudged]
    keys: dict[int, str]

    @property
    def disagreements(self) -> tuple[int, ...]:
        """The positions of the firms on which somebody has yet to rule."""
        return tuple(position for position, firm in sorted(self.firms.items()) if firm.disagrees)


def judged(view: View, wave: str) -> Judged | None:
    """Return what people judged in `wave`; None while there are no responses."""
    judgements, responses, names = view.study.judgements, view.study.responses, view.resources.names
    if responses is None:
        return None
    matched = matched_labels(judgements, responses, wave, names, level_codes(view))
    rulings = [ruling for ruling in judgements.rulings if ruling.wave == wave]
    found = find_firms([each.code for each in rulings], [each.name for each in rulings], responses, wave, names)
    ruled = {at: ruling for at, ruling in zip(found.positions.tolist(), rulings, strict=True) if at >= 0}
    noted, level = dict(matched.overrides), matched.by_position
    given: dict[int, list[Label]] = {}
    for at, label in sorted(zip(matched.whose.tolist(), matched.labels, strict=True), key=lambda pair: pair[1].when):
        if at >= 0:
            given.setdefault(at, []).append(label)
    firms = {
        at: FirmJudged(
            labels=tuple(given.get(at, ())),
            standing=_standing(given.get(at, ())),
            ruling=ruled.get(at),
            override=noted.get(at),
            level=level.get(at, ""),
        )
        for at in sorted({*given, *ruled, *noted})
    }
    return Judged(matched, firms, _keys(responses, wave))


def firm_text(view: View, position: int) -> str:
    """Return how a judgement names the response at `position`: its valid credit code, else its name and township."""
    responses = view.study.responses
    if responses is None:
        return ""
    firm = responses.firms.iloc[position]
    if bool(firm["code_valid"]):
        return str(firm["code"])
    township = str(firm["township"]) if isinstance(firm["township"], str) else ""
    return f"{firm['name']}{AT}{township}" if township else str(firm["name"])


def label_states(view: View, found: Judged) -> tuple[tuple[int, str], ...]:
    """Return for each label of the study, in its order, the position of its firm (−1: none) and what became of it."""
    whose = iter(found.matched.whose.tolist())
    told: list[tuple[int, str]] = []
    for label in view.study.judgements.labels:
        if label.wave != found.matched.wave:
            told.append((-1, OTHER_WAVE))
            continue
        at = next(whose)
        told.append((at, _state(label, found.firms[at]) if at >= 0 else UNKNOWN))
    return tuple(told)


def _state(label: Label, firm: FirmJudged) -> str:
    if all(label is not kept for kept in firm.standing):
        return REPLACED if any(_who(kept) == _who(label) for kept in firm.standing) else NOT_USED
    if not firm.level:
        return WAITING if firm.disagrees else NOT_USED
    return TAUGHT if firm.level == label.level else RULED


def _keys(responses: Responses, wave: str) -> dict[int, str]:
    firms = responses.firms
    here = np.flatnonzero((firms["counted"] & (firms["wave"].astype("str") == wave)).to_numpy(dtype=bool))
    return dict(zip(here.tolist(), firms["firm"].iloc[here].astype("str").tolist(), strict=True))


def _standing(labels: Sequence[Label]) -> tuple[Label, ...]:
    """Return the newest label of each assessor who gave their name, by assessor in the order of the first."""
    newest: dict[str, Label] = {}
    for label in labels:
        if _who(label):
            newest[_who(label)] = label
    return tuple(newest.values())


def _who(label: Label) -> str:
    return normal_form(label.who)
