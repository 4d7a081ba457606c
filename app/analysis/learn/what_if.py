"""One firm with other answers: the answers it could better, and its responses as if it had given them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import UNKNOWN_ANSWER, chosen, is_numeric
from app.analysis.conditions import items_of, leaves_of
from app.analysis.index.matrix import score_matrix
from app.domain.condition import Condition
from app.domain.instrument import Instrument, Item, ItemType
from app.domain.judgement import Weighting
from app.domain.responses import Responses
from app.domain.rubric import ItemScore, Rubric

_CLOSED = (ItemType.YES_NO, ItemType.SINGLE, ItemType.LADDER)
_YES_NO = ("no", "yes")
_QUARTERS = (0.25, 0.5, 0.75, 1.0)
_MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class OneFirm:
    """The response at `position`, with the questionnaire, the rubric and the weights in force (None: the rubric's own)."""

    responses: Responses
    instrument: Instrument
    rubric: Rubric
    position: int
    weighting: Weighting | None = None

    @property
    def wave(self) -> str:
        """The wave it answered in."""
        return str(self.responses.firms["wave"].iat[self.position])

    @property
    def sector(self) -> str:
        """Its sector, "" where unknown."""
        sector = self.responses.firms["sector"].iat[self.position]
        return "" if pd.isna(sector) else str(sector)


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer to one item: `value` as stored, `current` and `better` as text ("" where blank)."""

    item: str
    current: str
    better: str
    value: str | float


def alternatives(firm: OneFirm) -> list[Change]:
    """Return the other answers that earn the firm more points, or that a gate asks for, item by item, the smallest step first.

    An answer to a question that does not concern the firm earns nothing and is not among them.
    """
    scored = {score.item: score for score in firm.rubric.scores}
    tried = [change for score in firm.rubric.scores for change in _others(firm, score.item, score, None)]
    asked = {part.item: part for gate in firm.rubric.gates for part in leaves_of(gate.condition)}
    gated = [change for code, part in asked.items() if code not in scored for change in _others(firm, code, None, part)]
    matrix = score_matrix(with_changes(firm, [(), *((change,) for change in tried)]), firm.instrument, firm.rubric)
    column = {item: place for place, item in enumerate(matrix.items)}
    now = np.nan_to_num(matrix.points[0])
    ranked = []
    for row, change in enumerate(tried, start=1):
        points = matrix.points[row, column[change.item]]
        if points > now[column[change.item]] + 1e-6:
            ranked.append((column[change.item], float(points), change))
    return [change for _, _, change in sorted(ranked, key=lambda one: one[:2])] + gated


def with_changes(firm: OneFirm, sets: Sequence[tuple[Change, ...]]) -> Responses:
    """Return responses with a row for each set of changes to the firm's own; only what the rubric looks at is in them."""
    n = len(sets)
    asked = [code for code in _looked_at(firm.rubric, firm.instrument) if code in firm.responses.values]
    own = np.full(n, firm.position, dtype=np.int64)
    changed: dict[str, list[tuple[int, str | float]]] = {}
    for row, changes in enumerate(sets):
        for change in changes:
            changed.setdefault(change.item, []).append((row, change.value))
    values = {code: _column(firm.responses.values[code], own, changed.get(code, ())) for code in asked}
    whole = firm.responses
    frame = pd.DataFrame(values, index=range(n))
    firms = whole.firms.take(own).reset_index(drop=True).assign(counted=True)
    return replace(whole, values=frame, originals=frame, firms=firms, places=whole.places.take(own).reset_index(drop=True))


def _column(column: pd.Series, own: npt.NDArray[np.int64], changed: Sequence[tuple[int, str | float]]) -> pd.Series:
    taken = column.take(own).reset_index(drop=True)
    if not changed:
        return taken
    if is_numeric(taken):
        numbers = taken.to_numpy(dtype=np.float64, na_value=np.nan).copy()
        for row, value in changed:
            numbers[row] = value
        return pd.Series(numbers)
    answers = taken.astype(object).to_numpy().copy()
    for row, value in changed:
        answers[row] = value
    return pd.Series(pd.Categorical(answers))


def _looked_at(rubric: Rubric, instrument: Instrument) -> tuple[str, ...]:
    """Return the items that points, gates and predictors rest on."""
    conditions = (*(score.applies for score in rubric.scores), *(gate.condition for gate in rubric.gates))
    asked = [code for condition in conditions if condition is not None for code in items_of(condition)]
    roles = [item.code for item in instrument.items if item.role is not None or item.code in rubric.predictors]
    return tuple(dict.fromkeys((*(score.item for score in rubric.scores), *asked, *roles, rubric.ladder_item)))


def _others(firm: OneFirm, code: str, score: ItemScore | None, wanted: Condition | None) -> Iterator[Change]:
    """Yield every other answer to an item: its options, more options, or the numbers at which points are earned."""
    if code not in firm.responses.values:
        return
    item, stored = firm.instrument.item(code), firm.responses.values[code].iat[firm.position]
    current = "" if pd.isna(stored) else stored
    if item.type is ItemType.MULTI:
        answers: list[str | float] = list(_more_options(item, str(current), wanted))
    elif item.type in _CLOSED:
        options = [option.code for option in item.options] or list(_YES_NO)
        answers = [option for option in options if option not in (current, UNKNOWN_ANSWER)]
    else:
        answers = [number for number in _numbers(score, wanted) if current == "" or number != float(current)]
    if wanted is not None and wanted.includes and item.type in _CLOSED:
        answers = [answer for answer in answers if answer in wanted.includes]
    for answer in answers:
        yield Change(code, _text(current), _text(answer), answer)


def _more_options(item: Item, current: str, wanted: Condition | None) -> Iterator[str]:
    """Yield the chosen options with one more, then with two more, and so on in the order of the form."""
    plain = [option.code for option in item.options if not option.exclusive and option.code != UNKNOWN_ANSWER]
    held = [code for code in plain if code in chosen(current)]
    useful = [code for code in plain if code not in held]
    if wanted is not None and wanted.includes:
        useful = [code for code in useful if code in wanted.includes]
    for code in useful:
        yield "|".join(option for option in plain if option in (*held, code))
    for count in range(2, min(len(useful), _MOST_STEPS) + 1):
        yield "|".join(option for option in plain if option in (*held, *useful[:count]))


def _numbers(score: ItemScore | None, wanted: Condition | None) -> list[float]:
    if wanted is not None:
        return [] if wanted.at_least is None else [wanted.at_least]
    if score is None:
        return []
    if score.kind == "count":
        return [float(step) for step in range(1, min(int(np.ceil(score.high)), _MOST_STEPS) + 1)]
    if score.kind == "steps":
        return [bound for bound, _ in score.steps if np.isfinite(bound)]
    return [round(score.low + quarter * (score.high - score.low), 6) for quarter in _QUARTERS]


def _text(answer: object) -> str:
    return f"{answer:g}" if isinstance(answer, float | int) else str(answer)
