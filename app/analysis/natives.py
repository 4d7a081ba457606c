"""Which firms are candidates for AI-native firms (智能原生企业): a transparent rule over the answers, each answer quoted.

The definition is that of 国发〔2025〕11号; the criteria are data (`resources/natives`). A candidate stays one until a person
confirms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, Floats, finite, is_numeric
from app.analysis.conditions import evaluate, items_of, leaves_of
from app.domain.condition import Condition
from app.domain.instrument import Instrument
from app.domain.judgement import Confirmation
from app.domain.learning import NativeCandidate
from app.domain.natives import NativeCriterion, NativeRule, ShareOf
from app.domain.responses import Responses

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The answers of the firms in question, a row a firm, and what was worked out over them."""

    values: pd.DataFrame
    instrument: Instrument
    known: dict[Condition, Floats]
    held: dict[Condition | ShareOf, Bools]

    def holds(self, what: Condition | ShareOf) -> Bools:
        """Where it surely holds, worked out once; a blank or 不清楚 leaves it open, which is not enough."""
        if what not in self.held:
            self.held[what] = self._shares(what) if isinstance(what, ShareOf) else self._surely(what)
        return self.held[what]

    def _surely(self, condition: Condition) -> Bools:
        surely: Bools = evaluate(condition, self.values, self.instrument, known=self.known) == 1.0
        return surely

    def _shares(self, share: ShareOf) -> Bools:
        """Where the part is at least so much of the whole, which must be above 0."""
        if not all(item in self.values and is_numeric(self.values[item]) for item in (share.part, share.whole)):
            return np.zeros(len(self.values), dtype=np.bool_)
        part, whole = (finite(self.values[item]) for item in (share.part, share.whole))
        enough: Bools = (whole > 0) & (part >= share.at_least * whole)
        return enough

    def meets(self, criterion: NativeCriterion) -> Bools:
        """Where the criterion is met, by its condition or by its share."""
        ways = [self.holds(way) for way in (criterion.condition, criterion.share) if way is not None]
        met: Bools = np.logical_or.reduce(ways)
        return met

    def grounds(self, criterion: NativeCriterion, row: int) -> Iterator[str]:
        """Yield the items whose answers make the criterion hold for the firm of `row`."""
        if criterion.condition is not None and self.holds(criterion.condition)[row]:
            yield from (leaf.item for leaf in leaves_of(criterion.condition) if self.holds(leaf)[row])
        if criterion.share is not None and self.holds(criterion.share)[row]:
            yield from (criterion.share.part, criterion.share.whole)


def native_candidates(
    responses: Responses,
    instrument: Instrument,
    rule: NativeRule | None,
    firms: pd.DataFrame,
    confirmations: Sequence[tuple[int, Confirmation]] = (),
) -> tuple[NativeCandidate, ...]:
    """Return the firms that meet every required criterion and enough of all, the most criteria first, then by firm.

    `firms` are the firm scores of one wave (`position`, `firm`), `confirmations` what people found, by position and in order:
    the last word on a firm counts, and a firm they confirmed is listed though its answers do not meet the rule. Each criterion
    met is quoted as the firm wrote it.
    Without a rule for this instrument, or where it lacks a required question, nothing is returned and nothing invented.
    """
    if rule is None or not _fits(rule, instrument):
        return ()
    positions = firms["position"].to_numpy(dtype=np.intp)
    asked = _Asked(_answers(responses, rule, positions), instrument, {}, {})
    met = np.column_stack([asked.meets(criterion) for criterion in rule.criteria])
    row_of = {position: row for row, position in enumerate(positions.tolist())}
    said = {row_of[position]: each.is_native for position, each in confirmations if position in row_of}
    found = _enough(met, rule)
    found[[row for row, native in said.items() if native]] = True
    ids = firms["firm"].astype(str).to_numpy(dtype=object)
    rows = sorted(np.flatnonzero(found).tolist(), key=lambda row: (-int(met[row].sum()), ids[row]))
    written = _written(responses, list(asked.values), positions[rows])
    bare = (
        NativeCandidate(int(positions[row]), str(ids[row]), 0, (), (), texts, said.get(row))
        for row, texts in zip(rows, written, strict=True)
    )
    return tuple(_judged(asked, rule, (row, met[row]), firm) for row, firm in zip(rows, bare, strict=True))


def _fits(rule: NativeRule, instrument: Instrument) -> bool:
    """Whether the rule was made for this questionnaire and every required criterion can be asked of it."""
    codes = {item.code for item in instrument.items}
    required = (each for each in rule.criteria if each.required)
    return rule.instrument == instrument.id and all(codes.issuperset(_items(each)) for each in required)


def _items(criterion: NativeCriterion) -> tuple[str, ...]:
    own = items_of(criterion.condition) if criterion.condition is not None else ()
    return own if criterion.share is None else (*own, criterion.share.part, criterion.share.whole)


def _answers(responses: Responses, rule: NativeRule, positions: Ints) -> pd.DataFrame:
    asked = dict.fromkeys(item for criterion in rule.criteria for item in _items(criterion))
    return responses.values[[item for item in asked if item in responses.values]].iloc[positions]


def _enough(met: npt.NDArray[np.bool_], rule: NativeRule) -> Bools:
    required = [place for place, criterion in enumerate(rule.criteria) if criterion.required]
    enough: Bools = met[:, required].all(axis=1) & (met.sum(axis=1) >= rule.needed)
    return enough


def _judged(asked: _Asked, rule: NativeRule, at: tuple[int, Bools], bare: NativeCandidate) -> NativeCandidate:
    """Return a firm, `bare` but for all it wrote, with the criteria it meets and the answers that meet them, in rule order."""
    row, met = at
    held = [criterion for criterion, holds in zip(rule.criteria, met, strict=True) if holds]
    grounds = dict.fromkeys(item for criterion in held for item in asked.grounds(criterion, row))
    texts = dict(bare.quotes)
    return replace(
        bare,
        score=len(held),
        met=tuple(criterion.id for criterion in held),
        missed=tuple(criterion.id for criterion, holds in zip(rule.criteria, met, strict=True) if not holds),
        quotes=tuple((item, texts[item]) for item in grounds if item in texts),
    )


def _written(responses: Responses, items: Sequence[str], positions: Ints) -> list[tuple[tuple[str, str], ...]]:
    """Return, firm by firm, each item with the text its cell held; a blank cell has none."""
    columns = [(item, responses.originals[item].iloc[positions]) for item in items if item in responses.originals]
    texts = [(item, column.astype(object).where(column.notna(), None).tolist()) for item, column in columns]
    return [tuple((item, str(column[row])) for item, column in texts if column[row] is not None) for row in range(len(positions))]
