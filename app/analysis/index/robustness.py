"""What other defensible choices would have given: ranks of sectors and levels of firms over a thousand sets of them.

Uncertainty and sensitivity analysis after OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 7, and Saisana,
Saltelli & Tarantola (2005), J. R. Stat. Soc. A 168: the output explained is the mean absolute shift in the ranks of sectors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.index.aggregate import ROUNDED
from app.analysis.index.choices import Space
from app.analysis.index.draws import batches, means_of
from app.analysis.index.firm_draws import HIGH, LOW, FirmDraws, firm_columns, no_columns
from app.analysis.index.matrix import ScoreMatrix
from app.analysis.index.ranks import Ranks, Sectors, mean_shift, ranks, sector_means, sectors_of
from app.analysis.index.robustness_log import Ground, log_of, varied_factors
from app.analysis.index.sample import Drawn, draw_firms, sectors_among
from app.analysis.index.sobol import design, sobol
from app.analysis.index.variants import Field
from app.domain.estimate import RankInterval
from app.domain.robustness import Robustness, SobolIndex
from app.domain.rubric import Rubric
from app.domain.task import Progress, Task

_STEP = "progress.assess.robustness"


@dataclass(frozen=True, slots=True)
class _Probe:
    """What is probed: the firms drawn upon, their sectors, how many independent draws, and the design of uniform numbers.

    `base` is the mean index of every sector over all firms as it stands, `own` that over the firms drawn upon.
    """

    field: Field
    drawn: Drawn
    sectors: Sectors
    space: Space
    half: int
    uniform: Floats
    base: Floats
    own: Floats


def probe(
    matrix: ScoreMatrix, firms: pd.DataFrame, rubric: Rubric, seed: int, draws: int = 1000
) -> Task[tuple[Robustness, pd.DataFrame]]:
    """Return how far the index rests on choices, and ROBUST_COLUMNS for the rows of `firms`.

    `matrix` holds the points of the same firms in the same order, `firms` is that of `score_firms`. At least `draws` sets of
    choices are drawn (twice a power of 2), and for two ranked sectors or more as many again a factor for the Sobol indices.
    Gates stay as they are in every draw, and so does which firms have answers enough. A ladder rubric has no choices: nothing
    is drawn, and the log says so. ValueError when matrix and firms differ in length, or the matrix holds no ceilings.
    """
    if len(matrix) != len(firms) or (matrix.ceiling is None and not rubric.ladder_item):
        raise ValueError("the matrix is not that of the firms, or was not made from answers")
    yield Progress(_STEP)
    drawn = draw_firms(firms, seed)
    yield Progress(_STEP)
    ground = _ground(matrix, firms, rubric, drawn)
    factors = varied_factors(ground)
    if rubric.ladder_item or not len(drawn.rows) or not factors:
        return Robustness(0, seed, 0, (), None, (), log_of(ground)), no_columns(firms, rubric)
    ready = _ready(matrix, firms, rubric, drawn, Space(factors, _weights(rubric), len(matrix.items)), (seed, draws))
    kept = FirmDraws.of(2 * ready.half, matrix, drawn, rubric)
    means = yield from _draw(ready, kept)
    columns, stable = firm_columns(kept, firms, drawn)
    yield Progress(_STEP, len(means), len(means))
    ranked = ready.sectors.ranked
    by_draw = ranks(means[:, ranked])
    found = _indices(ready, by_draw, ranks(ready.base[ranked])) if ranked.sum() > 1 else ()
    sectors = _intervals(ready, by_draw[: 2 * ready.half])
    return Robustness(2 * ready.half, seed, len(drawn.rows), sectors, stable, found, log_of(ground)), columns


def _draw(ready: _Probe, kept: FirmDraws) -> Task[Floats]:
    """Return the mean index of each sector under every draw (d, s), filling `kept` from the independent ones."""
    from threadpoolctl import ThreadpoolController

    yield Progress(_STEP)
    threads = ThreadpoolController()
    means = np.empty((len(ready.uniform), len(ready.sectors.keys)))
    done = 0
    yield Progress(_STEP, done, len(ready.uniform))
    todo = batches(ready.field, ready.space.choose(ready.uniform))
    while True:
        with threads.limit(limits=1):  # sums in one order, whatever the machine
            rows, index = next(todo, (None, None))
            if rows is None or index is None:
                return means
            means[rows] = np.round(means_of(index, ready.sectors) + (ready.base - ready.own), ROUNDED)
            kept.add(rows, index)
        done += len(rows)
        yield Progress(_STEP, done, len(ready.uniform))


def _ready(matrix: ScoreMatrix, firms: pd.DataFrame, rubric: Rubric, drawn: Drawn, space: Space, luck: tuple[int, int]) -> _Probe:
    seed, draws = luck
    index = firms["index"].to_numpy(dtype=np.float64)
    scored = firms["sector"].astype(object).where(firms["index"].notna(), "")
    everyone = sectors_of(scored)
    sectors = sectors_among(everyone, drawn.rows)
    codes = [pillar.code for pillar in rubric.pillars]
    field = Field(
        points=matrix.points[drawn.rows].astype(np.float64),
        applies=matrix.applies[drawn.rows],
        pillar=np.array([codes.index(code) for code in matrix.pillars], dtype=np.int64),
        weights=matrix.weights,
        sector=sectors.place,
        minimum=rubric.minimum_answered,
        pillars=len(codes),
    )
    half = 1 << max(1, int(np.ceil(np.log2(max(2, draws) / 2))))
    uniform = design(space.columns, half, seed)
    if everyone.ranked.sum() < 2:
        uniform = uniform[: 2 * half]
    own = sector_means(index[drawn.rows], sectors)
    return _Probe(field, drawn, sectors, space, half, uniform, sector_means(index, everyone), own)


def _weights(rubric: Rubric) -> Floats:
    return np.array([pillar.weight for pillar in rubric.pillars], dtype=np.float64)


def _ground(matrix: ScoreMatrix, firms: pd.DataFrame, rubric: Rubric, drawn: Drawn) -> Ground:
    points, applies = matrix.points[drawn.rows], matrix.applies[drawn.rows]
    scored = firms["index"].notna()
    sectors = sectors_of(firms["sector"][scored])
    return Ground(
        rubric=rubric,
        firms=int(scored.sum()),
        drawn=len(drawn.rows),
        left_out=int((~scored).sum()),
        applicable=int(applies.sum()),
        blanks=int((applies & np.isnan(points)).sum()),
        ranked=int(sectors.ranked.sum()),
        unranked=int((~sectors.ranked).sum()),
    )


def _indices(ready: _Probe, by_draw: Ranks, base: Ranks) -> tuple[SobolIndex, ...]:
    first, total = sobol(mean_shift(by_draw, base), ready.half)
    return tuple(
        SobolIndex(factor, float(one), float(all_)) for factor, one, all_ in zip(ready.space.factors, first, total, strict=True)
    )


def _intervals(ready: _Probe, by_draw: Ranks) -> tuple[RankInterval, ...]:
    """Return the rank of each sector with its 5–95 % interval, ranked ones first by rank."""
    sectors = ready.sectors
    names = [key for key, is_ranked in zip(sectors.keys, sectors.ranked, strict=True) if is_ranked]
    base = ranks(ready.base[sectors.ranked])
    ends = np.quantile(by_draw, (LOW, HIGH), axis=0, method="inverted_cdf") if names else np.empty((2, 0))
    found = [RankInterval(name, int(base[at]), int(ends[0, at]), int(ends[1, at])) for at, name in enumerate(names)]
    unranked = [RankInterval(key, 0, 0, 0, ranked=False) for key in sectors.keys if key not in names]
    return (*sorted(found, key=lambda one: (one.rank, one.key)), *unranked)
