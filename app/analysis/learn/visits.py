"""走访名单: firms drawn for on-site assessment, the likelier the less their level is known, each with its exact probability.

Chance alone decides within the probabilities, so the visits teach the model where it is unsure and still speak for every firm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.learn.pivotal import allocation, inclusion_probabilities, pivotal
from app.domain.errors import UserError
from app.domain.judgement import Visit, VisitList

_TEXTS = ("firm", "code", "name", "sector", "township", "size")
VISIT_COLUMNS = (*_TEXTS, "uncertainty", "weight", "assessed")
BY_SECTOR, ALL_TOGETHER = "pivotal", "pivotal_all"  # VisitList.method
LEAST = 2  # visits a sector: with one, its error cannot be told
ENOUGH = 12  # visits a sector from which it can be estimated though a few firms are not reached (estimate.powered.LEAST)
FLOOR = 0.5  # share of the visits given out evenly: no firm counts for more than twice what it would in a plain draw

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What is asked for: `n` firms of a wave. `firms` has VISIT_COLUMNS, one row a firm in any order: `uncertainty` 0–1 and
    `weight` (firms it stands for) as numbers, `assessed` whether it has an assessed level of this wave; `when` an ISO day."""

    id: str
    wave: str
    when: str
    n: int
    firms: pd.DataFrame


def uncertainty(firms: pd.DataFrame, levels: Sequence[str]) -> Floats:
    """Return how unsure the level of each firm is, 0 (sure) to 1 (no idea), from the firm scores of an assessment; shape (n,).

    The entropy of the model's chances `q_<level>` over its largest value (Shannon 1948, §6); where a firm has none, the levels
    between the worst and the best case of its blanks, over all levels; where it has neither, 1: nothing is known of it.
    """
    unsure = np.full(len(firms), np.nan)
    names = [f"q_{level}" for level in levels]
    steps = max(len(levels) - 1, 1)
    if {"level_worst", "level_best"} <= set(firms.columns):
        worst, best = (pd.Categorical(firms[name], categories=list(levels)).codes for name in ("level_worst", "level_best"))
        unsure = np.where((worst >= 0) & (best >= 0), (best - worst.astype(np.float64)) / steps, np.nan)
    if set(names) <= set(firms.columns):
        chances = np.clip(firms[names].to_numpy(dtype=np.float64), 0.0, 1.0)
        entropy = -(chances * np.log(np.where(chances > 0, chances, 1.0))).sum(axis=1) / np.log(steps + 1)
        unsure = np.where(np.isfinite(entropy), entropy, unsure)
    return np.clip(np.where(np.isnan(unsure), 1.0, unsure), 0.0, 1.0)


def draw_visits(request: VisitRequest, seed: int) -> VisitList:
    """Return the list: firms of the wave not assessed yet, drawn with known probabilities; the same for any order of the rows.

    Visits are shared out over sectors by the square root of their firms, at least ENOUGH each where the visits suffice for nearly
    all of that, never fewer than LEAST; within a sector a firm's probability is in proportion to an even part and to
    uncertainty × weight. Too few visits for that are drawn from all firms together (method ALL_TOGETHER). Asked for more firms
    than there are, all are listed, with probability 1. Visits stand by township, sector and firm, as one would go. UserError
    `visits.none_asked`, `visits.no_firms`, `visits.all_assessed`.
    """
    if request.n < 1:
        raise UserError("visits.none_asked")
    if not len(request.firms):
        raise UserError("visits.no_firms")
    frame = _frame(request.firms)
    if not len(frame):
        raise UserError("visits.all_assessed", n=len(request.firms))
    groups = [(str(sector), rows.to_numpy()) for sector, rows in frame.groupby("sector", sort=True).groups.items()]
    shared = allocation(tuple(len(rows) for _, rows in groups), request.n, _least(request.n, len(groups)))
    if shared is None:
        drawn, chances = _draw([np.arange(len(frame))], (request.n,), frame, seed)
    else:
        drawn, chances = _draw([rows for _, rows in groups], shared, frame, seed)
    listed = frame.iloc[drawn].assign(probability=chances[drawn], nowhere=frame["township"].iloc[drawn] == "")
    listed = listed.sort_values(["nowhere", "township", "sector", "firm"])
    return VisitList(
        id=request.id,
        wave=request.wave,
        seed=seed,
        when=request.when,
        method=ALL_TOGETHER if shared is None else BY_SECTOR,
        frame=tuple((sector, len(rows)) for sector, rows in groups),
        visits=tuple(_visit(row) for row in listed.to_dict("records")),
        excluded=len(request.firms) - len(frame),
    )


def _least(n: int, groups: int) -> int:
    """Return how many visits each sector gets at least: nine tenths are shared out evenly until each has ENOUGH."""
    return min(ENOUGH, max(LEAST, 9 * n // (10 * groups)))


def _frame(firms: pd.DataFrame) -> pd.DataFrame:
    """Return the firms that may be drawn, in the order of their keys, without blanks in what is read of them."""
    left = firms.loc[~firms["assessed"].to_numpy(dtype=bool), list(VISIT_COLUMNS)].copy()
    for name in _TEXTS:
        left[name] = left[name].astype(object).where(left[name].notna(), "").astype(str)
    unsure, weight = (left[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("uncertainty", "weight"))
    left["uncertainty"] = np.clip(np.where(np.isnan(unsure), 1.0, unsure), 0.0, 1.0)
    left["weight"] = np.where(np.isfinite(weight) & (weight > 0), weight, 1.0)
    return left.sort_values(["firm", "code", "name"], kind="stable").reset_index(drop=True)


def _draw(groups: list[Ints], shared: tuple[int, ...], frame: pd.DataFrame, seed: int) -> tuple[Ints, Floats]:
    """Return the rows drawn and the probability of every row of the frame."""
    pull = frame["uncertainty"].to_numpy() * frame["weight"].to_numpy()
    rng, chances, drawn = np.random.default_rng(seed), np.zeros(len(frame)), []
    for rows, n in zip(groups, shared, strict=True):
        chances[rows] = inclusion_probabilities(_sizes(pull[rows]), n)
        drawn.append(rows[pivotal(chances[rows], rng)])
    return np.concatenate(drawn).astype(np.int64), chances


def _sizes(pull: Floats) -> Floats:
    even, total = np.full(len(pull), 1 / len(pull)), pull.sum()
    return FLOOR * even + (1 - FLOOR) * pull / total if total > 0 else even


def _visit(row: dict[str, object]) -> Visit:
    firm, code, name, sector, township, size = (str(row[key]) for key in _TEXTS)
    probability, unsure, weight = (float(str(row[key])) for key in ("probability", "uncertainty", "weight"))
    return Visit(firm, code, name, sector, township, size, probability, unsure, weight)
