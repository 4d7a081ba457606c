"""Why a firm has its level and what would lift it by one: asked of the model, or of the rubric with its gates, never invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Floats
from app.analysis.conditions import items_of
from app.analysis.index.aggregate import combine
from app.analysis.index.levels import level_codes
from app.analysis.index.matrix import score_matrix
from app.analysis.index.score import score_firms
from app.analysis.index.weighting import check_weighting, default_weighting
from app.analysis.learn.case import places_of
from app.analysis.learn.features import make_features
from app.analysis.learn.fitted import RUBRIC
from app.analysis.learn.predict import LevelModel, answer
from app.analysis.learn.table import Answers, Singles, make_table
from app.analysis.learn.what_if import Change, OneFirm, alternatives, with_changes
from app.domain.learning import Explanation, Lift
from app.domain.responses import Responses

Ints = npt.NDArray[np.int64]
Changes = tuple[Change, ...]

_MOST_LIFTS = 12
_PAIRED = 10  # answers that bring the firm furthest, of which pairs are tried where no single one is enough
_SHOWN = 1e-4  # a contribution smaller than this is not worth a line


@dataclass(frozen=True, slots=True)
class _Found:
    """For each row: the place of the level (−1 none), and how near the firm is to each level or above; (n,) and (n, levels)."""

    level: Ints
    nearness: Floats


_Judge = Callable[[Responses], _Found]


def explain(model: LevelModel, firm: OneFirm) -> Explanation:
    """Return why the model gives the firm its level, and the ways to the next one.

    A contribution is what P(level or above) loses when a pillar's answers are replaced by the sector's medians, or a fact of the
    firm by "unknown"; of the lowest level it is that of the level above. KeyError where the study lacks what was learnt from.
    """
    own = with_changes(firm, [()])
    table = _table(model, firm, own)
    _, called = answer(model.fitted, table)
    place = int(called[0])
    parts = _parts(model, table, firm.sector)
    chances, _ = answer(model.fitted, np.vstack([table, *(row for _, row in parts)]))
    reached = chances[:, max(place, 1) :].sum(axis=1)
    moved = [(name, round(float(reached[0] - there), 6)) for (name, _), there in zip(parts, reached[1:], strict=True)]
    return Explanation(model.levels[place], _ordered(moved), _lifts(firm, _model_judge(model, firm), model.levels))


def explain_rubric(firm: OneFirm) -> Explanation:
    """Return why the rubric, gates included, gives the firm its level, and the ways to the next one.

    A contribution is what the index (0–100) loses without the pillar. A firm without a level has neither: level "".
    """
    levels = level_codes(firm.rubric)
    scored = score_firms(with_changes(firm, [()]), firm.instrument, firm.rubric, firm.wave, firm.weighting)
    place = int(places_of(scored["level"], levels)[0])
    if place < 0 or firm.rubric.ladder_item:
        return Explanation(levels[place] if place >= 0 else "", (), ())
    checked = check_weighting(firm.weighting or default_weighting(firm.rubric), firm.rubric).weighting
    codes, weights = [code for code, _ in checked.weights], np.array([weight for _, weight in checked.weights])
    scores = scored[[f"p_{code}" for code in codes]].to_numpy(dtype=np.float64).T
    without = np.repeat(scores, len(codes), axis=1)
    np.fill_diagonal(without, np.nan)
    index = combine(scores, weights, checked.aggregation)[0] - combine(without, weights, checked.aggregation)
    known = [(code, round(float(move), 6)) for code, move in zip(codes, index, strict=True) if np.isfinite(move)]
    return Explanation(levels[place], _ordered(known), _lifts(firm, _rubric_judge(firm), levels))


def _ordered(moved: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((one for one in moved if abs(one[1]) > _SHOWN), key=lambda one: (-abs(one[1]), one[0])))


def _table(model: LevelModel, firm: OneFirm, rows: Responses) -> Singles:
    """Return the learning table of some rows of one firm."""
    every, levels = np.arange(len(rows)), np.full(len(rows), -1, dtype=np.int64)
    if model.fitted.kind == RUBRIC:  # no other model looks at it
        scored = score_firms(rows, firm.instrument, firm.rubric, firm.wave, firm.weighting)
        levels = places_of(scored["level"], model.levels)
    features = make_features(every, rows, firm.instrument, firm.rubric)
    answers = Answers(score_matrix(rows, firm.instrument, firm.rubric), levels, features)
    return make_table(answers, model.columns)


def _parts(model: LevelModel, table: Singles, sector: str) -> list[tuple[str, Singles]]:
    """Return each pillar and fact with the firm's row as it would be without what is special of it there."""
    columns, usual = model.columns, model.norms.of(sector)
    own = np.array(columns.pillars, dtype=object)
    parts = []
    for pillar in dict.fromkeys(columns.pillars):
        row, items = table.copy(), np.flatnonzero(own == pillar)
        given = items[~np.isnan(row[0, items]) & ~np.isnan(usual[items])]
        row[0, given] = usual[given]
        parts.append((pillar, row))
    for name in columns.predictors[len(columns.items) :]:
        row = table.copy()
        row[0, [place for place, column in enumerate(columns.names) if column.partition("|")[0] == name]] = np.nan
        parts.append((name, row))
    return parts


def _model_judge(model: LevelModel, firm: OneFirm) -> _Judge:
    def judge(rows: Responses) -> _Found:
        chances, called = answer(model.fitted, _table(model, firm, rows))
        return _Found(called, np.cumsum(chances[:, ::-1], axis=1)[:, ::-1])

    return judge


def _rubric_judge(firm: OneFirm) -> _Judge:
    """Return a judge that gives the rubric's level; the index says how near a firm is to any level."""
    levels = level_codes(firm.rubric)

    def judge(rows: Responses) -> _Found:
        scored = score_firms(rows, firm.instrument, firm.rubric, firm.wave, firm.weighting)
        level, index = places_of(scored["level"], levels), scored["index"].to_numpy(dtype=np.float64)
        return _Found(level, np.repeat(np.nan_to_num(index)[:, None], len(levels), axis=1))

    return judge


def _lifts(firm: OneFirm, judge: _Judge, levels: tuple[str, ...]) -> tuple[Lift, ...]:
    """Return the smallest better answer to each item that gives the next level; pairs of answers where no single one does."""
    changes = alternatives(firm)
    found = judge(with_changes(firm, [(), *((change,) for change in changes)]))
    place = int(found.level[0])
    if place < 0 or place + 1 >= len(levels) or not changes:
        return ()
    single = [((changes[row],), int(found.level[row + 1])) for row in np.flatnonzero(found.level[1:] > place)]
    if single:
        return _worded(_first_by_item(single), levels)
    pairs = _pairs(firm, changes, found.nearness[1:, place + 1] - found.nearness[0, place + 1])
    if not pairs:
        return ()
    reached = judge(with_changes(firm, pairs)).level
    return _worded([(pair, int(level)) for pair, level in zip(pairs, reached, strict=True) if level > place], levels)


def _pairs(firm: OneFirm, changes: list[Change], gain: Floats) -> list[Changes]:
    """Return pairs of answers to different items: the best to each of the items that bring the firm furthest, and to gates."""
    gates = {code for gate in firm.rubric.gates for code in items_of(gate.condition)}
    best: dict[str, int] = {}
    for at, change in enumerate(changes):
        if change.item not in best or gain[at] > gain[best[change.item]] + 1e-12:
            best[change.item] = at
    ranked = sorted(best.values(), key=lambda at: (-gain[at], changes[at].item))
    taken = dict.fromkeys([*ranked[:_PAIRED], *(at for at in ranked if changes[at].item in gates)][: 2 * _PAIRED])
    return [(changes[one], changes[other]) for one, other in combinations(taken, 2)]


def _first_by_item(single: Sequence[tuple[Changes, int]]) -> list[tuple[Changes, int]]:
    first: dict[str, tuple[Changes, int]] = {}
    for changes, level in single:
        first.setdefault(changes[0].item, (changes, level))
    return list(first.values())


def _worded(lifted: Sequence[tuple[Changes, int]], levels: tuple[str, ...]) -> tuple[Lift, ...]:
    lifts = []
    for changes, level in lifted[:_MOST_LIFTS]:
        first = changes[0]
        also = (changes[1].item, changes[1].current, changes[1].better) if len(changes) > 1 else ()
        lifts.append(Lift(first.item, first.current, first.better, levels[level], also))
    return tuple(lifts)
