"""With what probability each assessed firm came to be assessed: what lets a few visits speak for all firms.

Särndal, C.-E., Swensson, B. & Wretman, J. (1992), Model Assisted Survey Sampling: §2.8 (probabilities that are known), §15.6
(firms drawn and not reached: within a sector those reached stand for them).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.domain.judgement import Judgements, Visit, VisitList

NO_LIST, NOT_VISITED = "visits.inclusion.no_list", "visits.inclusion.not_visited"


@dataclass(frozen=True, slots=True)
class Inclusion:
    """How assessed firms came to be so, in the order asked: `probability` (n,) of those drawn, 1 of those known `before` the
    draw, NaN of those that somebody chose since. `list_id` names the list that counts, of whose `drawn` firms `visited` were
    assessed; `reason` a text key where no firm was drawn, else "".
    """

    probability: npt.NDArray[np.float64]
    before: npt.NDArray[np.bool_]
    list_id: str = ""
    drawn: int = 0
    visited: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """One list against the assessed firms: who was known before it, who was drawn and visited since, whose visit was open."""

    list: VisitList
    before: tuple[bool, ...]
    since: tuple[tuple[int, Visit], ...]
    open: tuple[Visit, ...]


def inclusion(judgements: Judgements, wave: str, firms: Sequence[str], days: Sequence[str]) -> Inclusion:
    """Return the inclusion probability of each assessed firm of `wave`: `firms` their keys, `days` (ISO) of their first labels.

    The list that counts is the newest of which half is visited, else that with most visits. Its firms assessed since have
    their probability in it, times the share of the sector's drawn firms that were reached. Firms assessed before the list was
    drawn could not be drawn: given what was known that day they are certain (π = 1), speak for themselves alone, and the drawn
    firms for all the rest. Firms chosen by hand since have no probability (NaN): they teach the model, but an estimate that
    took them in would lean toward whoever gets chosen, and they are already spoken for by those drawn.
    """
    chosen = _counting_list([_told(each, firms, days) for each in judgements.visit_lists if each.wave == wave])
    if chosen is None:
        lists = any(each.wave == wave for each in judgements.visit_lists)
        nobody = np.zeros(len(firms), dtype=np.bool_)
        return Inclusion(np.full(len(firms), np.nan), nobody, reason=NOT_VISITED if lists else NO_LIST)
    reached, asked = Counter(visit.sector for _, visit in chosen.since), Counter(visit.sector for visit in chosen.open)
    before = np.array(chosen.before, dtype=np.bool_)
    probability = np.where(before, 1.0, np.nan)
    for place, visit in chosen.since:
        probability[place] = visit.probability * reached[visit.sector] / asked[visit.sector]
    return Inclusion(probability, before, chosen.list.id, asked.total(), len(chosen.since))


def _counting_list(told: list[_Told]) -> _Told | None:
    newest = [each for each in reversed(told) if each.since]
    half = (each for each in newest if 2 * len(each.since) >= len(each.open))
    return next(half, max(newest, key=lambda each: len(each.since), default=None))


def _told(list_: VisitList, firms: Sequence[str], days: Sequence[str]) -> _Told:
    """Hold a list against the firms assessed. On its own day a drawn firm was visited after it, any other before.

    Firms not drawn whose day nobody wrote down were assessed before if the list left out as many as that makes.
    """
    drawn = {visit.firm: visit for visit in list_.visits}
    pairs = [(firm, day[:10]) for firm, day in zip(firms, days, strict=True)]
    when = list_.when[:10]
    dated = [bool(day) and (day < when or (day == when and firm not in drawn)) for firm, day in pairs]
    undated = [not day and firm not in drawn for firm, day in pairs]
    fits = sum(dated) + sum(undated) <= list_.excluded
    before = tuple(is_dated or (fits and has_no_day) for is_dated, has_no_day in zip(dated, undated, strict=True))
    known = {firm for (firm, _), was in zip(pairs, before, strict=True) if was}
    since = tuple((at, drawn[firm]) for at, (firm, _) in enumerate(pairs) if firm in drawn and firm not in known)
    return _Told(list_, before, since, tuple(visit for visit in list_.visits if visit.firm not in known))
