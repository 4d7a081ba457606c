"""What people judged on the spot, brought together with the responses: one level a firm, and everything that did not fit told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from app.analysis.learn.agreement import PairAgreement, agreement_of, pair_agreements
from app.analysis.learn.find_firms import AMBIGUOUS, OTHER_WAVE, UNKNOWN, Found, find_firms
from app.domain.findings import CellReference, Finding, Severity, column_number
from app.domain.firm_names import NameBook
from app.domain.judgement import Confirmation, Judgements, Label, Override, Ruling
from app.domain.learning import LabelSummary
from app.domain.responses import Responses
from app.domain.rubric import LEVELS, Rubric
from app.domain.words import normal_form

_J = TypeVar("_J")
Ints = npt.NDArray[np.int64]
Judged = Label | Ruling | Override | Confirmation
Latest = dict[int, dict[str, Label]]  # by position and assessor
BETWEEN = "|"  # between the levels that assessors gave a firm of the queue
_SEPARATOR = " · "  # as CellReference writes a place
LABEL_FINDINGS: Mapping[str, Severity] = {
    "label.unknown_firm": Severity.WARNING,
    "label.ambiguous_name": Severity.WARNING,
    "label.other_wave": Severity.WARNING,
    "label.name_differs": Severity.WARNING,
    "label.unknown_level": Severity.ERROR,
    "label.no_assessor": Severity.ERROR,
    "label.no_date": Severity.WARNING,
    "label.repeated": Severity.NOTE,
    "label.disagree": Severity.WARNING,
}
"""Every code that `matched_labels` may give, and how much it matters."""
_BY_REASON = {UNKNOWN: "label.unknown_firm", AMBIGUOUS: "label.ambiguous_name", OTHER_WAVE: "label.other_wave"}


@dataclass(frozen=True, slots=True)
class Matched:
    """The judgements of one wave. `positions` (rows of the responses, ascending) are the firms with one assessed level, `levels`
    theirs, in parallel: what a model may learn from. `whose` holds for each of `labels` its position, −1 where there is none.

    `overrides` and `confirmations` (position, judgement), the last of each firm, by position. `pairs`: agreement two by two.
    """

    wave: str
    positions: Ints
    levels: tuple[str, ...]
    labels: tuple[Label, ...]
    whose: Ints
    overrides: tuple[tuple[int, Override], ...]
    confirmations: tuple[tuple[int, Confirmation], ...]
    summary: LabelSummary
    pairs: tuple[PairAgreement, ...]
    findings: tuple[Finding, ...]

    @property
    def by_position(self) -> dict[int, str]:
        """The assessed level of each response that has one."""
        return dict(zip(self.positions.tolist(), self.levels, strict=True))


def matched_labels(
    judgements: Judgements,
    responses: Responses,
    wave: str,
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
    levels: Sequence[str] = LEVELS,
) -> Matched:
    """Return the judgements of `wave` by the counted response each means, and a finding for everything that means none.

    A label counts when its firm, its level (one of `levels`) and its assessor are known; of several by one assessor the latest
    does. A firm has the level on which its assessors agree, or that of the last ruling; where they differ and nobody has ruled,
    it waits in the queue and has none. Nothing depends on the order of the responses' rows.
    """
    mine = _of_wave(judgements, wave)
    everyone: tuple[Judged, ...] = (*mine.labels, *mine.rulings, *mine.overrides, *mine.confirmations)
    found = find_firms([each.code for each in everyone], [each.name for each in everyone], responses, wave, names)
    ends = np.cumsum([len(mine.labels), len(mine.rulings), len(mine.overrides)])
    whose, ruled, noted, confirmed = np.split(found.positions, ends)
    latest, repeated = _latest(mine.labels, whose, levels)
    settled = {at: ruling.level for at, ruling in _last(ruled, mine.rulings) if ruling.level in levels}
    taught = _agreed(latest) | settled
    waiting = {at: tuple(given.values()) for at, given in sorted(latest.items()) if at not in taught}
    positions = np.array(sorted(taught), dtype=np.int64)
    summary, pairs = _summary(latest, len(levels), [_queued(at, given, responses) for at, given in waiting.items()], levels)
    told = (
        *_misses(everyone, found),
        *_faults(mine.labels, whose, levels),
        *(_finding("label.repeated", label, who=label.who, level=kept.level) for label, kept in repeated),
        *(_finding("label.disagree", given[0], levels="、".join(_given(given))) for given in waiting.values()),
    )
    return Matched(
        wave=wave,
        positions=positions,
        levels=tuple(taught[at] for at in positions.tolist()),
        labels=mine.labels,
        whose=whose,
        overrides=_last(noted, mine.overrides),
        confirmations=_last(confirmed, mine.confirmations),
        summary=replace(
            summary,
            firms=len(latest.keys() | settled.keys()),
            labels=len(mine.labels),
            unknown=int((whose < 0).sum()),
        ),
        pairs=pairs,
        findings=told,
    )


def level_of(text: str, rubric: Rubric) -> str:
    """Return the code of the level that `text` names: its code, its name in either language, or both; "" when it names none.

    Numbers and ranks of other ladders (3, 三级) are not guessed at: standards count from different ends.
    """
    wanted = normal_form(text)
    for level in rubric.levels:
        names = (level.code, level.words.zh, level.words.en)
        if wanted in {normal_form(each) for each in (*names, level.code + level.words.zh, level.code + level.words.en)}:
            return level.code
    return ""


def place_of(label: Judged) -> CellReference:
    """Return the cell that a label was read from; one that was typed in stands nowhere but in its wave."""
    file, *rest = getattr(label, "place", "").rsplit(_SEPARATOR, 2)
    if not file:
        return CellReference(label.wave)
    address = rest.pop() if rest else ""
    letters = address.rstrip("0123456789")
    return CellReference(file, rest[0] if rest else "", int(address[len(letters) :] or 0), column_number(letters))


def _of_wave(judgements: Judgements, wave: str) -> Judgements:
    """Return the judgements about the firms of one wave."""
    return replace(
        judgements,
        labels=tuple(each for each in judgements.labels if each.wave == wave),
        rulings=tuple(each for each in judgements.rulings if each.wave == wave),
        overrides=tuple(each for each in judgements.overrides if each.wave == wave),
        confirmations=tuple(each for each in judgements.confirmations if each.wave == wave),
    )


def _latest(labels: Sequence[Label], whose: Ints, levels: Sequence[str]) -> tuple[Latest, list[tuple[Label, Label]]]:
    """Return the label that counts by position and assessor, and each of the others with the one that counts in its place.

    A label without firm, level or assessor counts for nothing.
    """
    known, places = set(levels), whose.tolist()
    sound = [i for i, at in enumerate(places) if at >= 0 and labels[i].level in known and normal_form(labels[i].who)]
    latest: Latest = {}
    for i in sorted(sound, key=lambda i: (labels[i].when, i)):
        latest.setdefault(places[i], {})[normal_form(labels[i].who)] = labels[i]
    kept = [(labels[i], latest[places[i]][normal_form(labels[i].who)]) for i in sound]
    return latest, [(label, other) for label, other in kept if label is not other]


def _agreed(latest: Latest) -> dict[int, str]:
    """Return the level of each firm whose assessors all gave the same."""
    found = {at: {label.level for label in given.values()} for at, given in latest.items()}
    return {at: min(levels) for at, levels in found.items() if len(levels) == 1}


def _summary(
    latest: Latest, count: int, queue: Sequence[tuple[str, str, str]], levels: Sequence[str]
) -> tuple[LabelSummary, tuple[PairAgreement, ...]]:
    """Return who assessed and how far they agree; how many firms and labels there are is filled in by the caller."""
    ratings = {at: {who: levels.index(label.level) for who, label in given.items()} for at, given in latest.items()}
    agreement = agreement_of(ratings, count)
    if agreement is not None:
        agreement = replace(agreement, queue=tuple(queue))
    people = {who: label.who for given in latest.values() for who, label in given.items()}
    pairs = pair_agreements(ratings, count)
    named = tuple(replace(pair, one=people[pair.one], other=people[pair.other]) for pair in pairs)
    return LabelSummary(0, 0, len(people), 0, agreement), named


def _last(positions: Ints, judged: Sequence[_J]) -> tuple[tuple[int, _J], ...]:
    """Return the last judgement of each firm, by position."""
    return tuple(sorted({at: each for at, each in zip(positions.tolist(), judged, strict=True) if at >= 0}.items()))


def _queued(at: int, given: Sequence[Label], responses: Responses) -> tuple[str, str, str]:
    """Return a firm of the queue as `Agreement.queue` has it."""
    firm = responses.firms[["code", "name"]].astype(object).fillna("").iloc[at]
    return str(firm["code"]), str(firm["name"]), BETWEEN.join(_given(given))


def _given(labels: Sequence[Label]) -> list[str]:
    """Return the levels as they were given, the lowest first."""
    return sorted(label.level for label in labels)


def _misses(everyone: Sequence[Judged], found: Found) -> Iterator[Finding]:
    """Tell of every judgement whose firm was not found, or was found under another name."""
    for number in np.flatnonzero((found.positions < 0) | found.renamed).tolist():
        reason = str(found.reasons[number])
        code = _BY_REASON.get(reason, "label.name_differs")
        yield _finding(code, everyone[number], other=str(found.waves[number]))


def _faults(labels: Sequence[Label], whose: Ints, levels: Sequence[str]) -> Iterator[Finding]:
    """Tell of labels of known firms that lack what makes them count, or their day."""
    known = "、".join(levels)
    for label, at in zip(labels, whose.tolist(), strict=True):
        if at >= 0 and label.level not in levels:
            yield _finding("label.unknown_level", label, level=label.level, known=known)
        if at >= 0 and not normal_form(label.who):
            yield _finding("label.no_assessor", label, level=label.level)
        if at >= 0 and not label.when:
            yield _finding("label.no_date", label, level=label.level)


def _finding(code: str, judged: Judged, **params: str) -> Finding:
    """Return a finding about a judgement; its value is the firm as it was written."""
    told = {"wave": judged.wave, **params}
    return Finding(code, LABEL_FINDINGS[code], place_of(judged), judged.name or judged.code, tuple(told.items()))
