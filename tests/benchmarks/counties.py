"""Made-up counties whose every level is known, models of chosen worth, and assessors' visits to a part of the firms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from app.analysis.estimate.powered import Population
from app.analysis.learn.inclusion import inclusion
from app.analysis.learn.visits import VisitRequest, draw_visits, uncertainty
from app.domain.judgement import Judgements

CODES = ("L0", "L1", "L2", "L3", "L4")
USUAL, RARE = (0.30, 0.34, 0.21, 0.11, 0.04), (0.22, 0.30, 0.28, 0.17, 0.03)
APART = 0.45  # how far sectors differ, in standard deviations of firms
NAMES = np.array([chr(ord("A") + place) for place in range(20)], dtype=object)


@dataclass(frozen=True)
class Model:
    """`noise`: what the model cannot see of a firm, against what it can. `kind`: `fair`; `blind` (its chances have nothing to do
    with the firm); `shifted` (all levels one too high); `sure` (fair, but far too sure of itself)."""

    name: str
    noise: float
    kind: str = "fair"


@dataclass(frozen=True)
class County:
    """`sector` (N,) places, `levels` (N,) true, `seen` (N,) what a model can see, `chances` (N, 5) what it makes of it."""

    sector: np.ndarray
    levels: np.ndarray
    seen: np.ndarray
    chances: np.ndarray

    @property
    def kappa(self) -> float:
        """Quadratic kappa of the likeliest level against the true one."""
        told, apart = self.chances.argmax(axis=1), np.subtract.outer(np.arange(len(CODES)), np.arange(len(CODES))) ** 2
        true, given = (np.bincount(places, minlength=len(CODES)) / len(told) for places in (self.levels, told))
        return float(1 - apart[self.levels, told].mean() / (true @ apart @ given))


def county(rng: np.random.Generator, model: Model, sectors: int = 8, shares: tuple[float, ...] = USUAL) -> County:
    """1,200–2,400 firms in sectors of unlike size (60 at least) and level; the model knows two thirds of the sectors' differences."""
    sizes = rng.lognormal(0, 0.5, sectors)
    sector = np.repeat(np.arange(sectors), np.maximum(60, sizes / sizes.sum() * rng.integers(1200, 2401)).astype(int))
    apart = rng.normal(0, APART, sectors)
    apart = apart - apart[sector].mean()
    seen = rng.normal(size=len(sector))
    cuts, whole = ndtri(np.cumsum(shares)[:-1]) * np.hypot(1, APART), np.hypot(1, model.noise)
    levels = ((apart[sector] + (seen + model.noise * rng.normal(size=len(sector))) / whole)[:, None] > cuts).sum(axis=1)
    shown = rng.normal(size=len(sector)) if model.kind == "blind" else seen
    known = np.zeros(sectors) if model.kind == "blind" else apart * 2 / 3
    spread = model.noise / whole * (0.3 if model.kind == "sure" else 1.0)
    above = 1 - ndtr((cuts - (known[sector] + shown / whole)[:, None]) / spread)
    if model.kind == "shifted":
        above = np.c_[np.ones(len(sector)), above[:, :-1]]
    return County(sector, levels, seen, as_chances(above))


def as_chances(above: np.ndarray) -> np.ndarray:
    """Chances of each level from those of each level or above, the second first."""
    return -np.diff(np.c_[np.ones(len(above)), above, np.zeros(len(above))], axis=1)


def frame(made: County, assessed: np.ndarray | None = None, chances: np.ndarray | None = None) -> pd.DataFrame:
    """The county's firms as `VisitRequest.firms` has them, unsure by `chances` (default: the model's)."""
    shown = made.chances if chances is None else chances
    unsure = uncertainty(pd.DataFrame({f"q_{code}": shown[:, place] for place, code in enumerate(CODES)}), CODES)
    n = len(made.sector)
    return pd.DataFrame(
        {
            "firm": keys(n),
            "code": "",
            "name": "",
            "sector": NAMES[made.sector],
            "township": "",
            "size": "",
            "uncertainty": unsure,
            "weight": 1.0,
            "assessed": np.zeros(n, dtype=bool) if assessed is None else assessed,
        }
    )


def keys(n: int) -> np.ndarray:
    """Keys of n firms whose order is that of their places."""
    return np.char.add("f", np.char.zfill(np.arange(n).astype(str), 6)).astype(object)


def plain_visits(made: County, n: int, rng: np.random.Generator) -> np.ndarray:
    """Probabilities (N,) of firms visited by a simple random draw of n from the county, NaN for all others."""
    probability = np.full(len(made.sector), np.nan)
    probability[rng.choice(len(probability), n, replace=False)] = n / len(probability)
    return probability


def weighted_visits(made: County, n: int, seed: int) -> np.ndarray:
    """The same for the program's own draw, by which unsure firms are likelier."""
    drawn = draw_visits(VisitRequest("v", "w", "2026-05-01", n, frame(made)), seed)
    probability = np.full(len(made.sector), np.nan)
    probability[[int(visit.firm[1:]) for visit in drawn.visits]] = [visit.probability for visit in drawn.visits]
    return probability


def messy_visits(made: County, n: int, rng: np.random.Generator, showcases: int = 30) -> np.ndarray:
    """The same as it happens: 60 advanced firms known before, a fifth of those drawn not reached, `showcases` added by hand."""
    N = len(made.sector)
    lure = np.exp(made.levels) / np.exp(made.levels).sum()
    before = rng.choice(N, 60, replace=False, p=lure)
    known = np.isin(np.arange(N), before)
    drawn = draw_visits(VisitRequest("v", "w", "2026-05-01", n, frame(made, known)), int(rng.integers(1 << 30)))
    places = np.array([int(visit.firm[1:]) for visit in drawn.visits])
    free = lure * ~known * ~np.isin(np.arange(N), places)
    by_hand = rng.choice(N, showcases, replace=False, p=free / free.sum())
    reached = places[rng.random(len(places)) < 0.8]
    assessed = np.concatenate([before, by_hand, reached])
    days = ["2026-04-01"] * 60 + ["2026-05-09"] * (showcases + len(reached))
    told = inclusion(Judgements(visit_lists=(drawn,)), "w", list(keys(N)[assessed]), days)
    probability = np.full(N, np.nan)
    probability[assessed] = told.probability
    return probability


def population(made: County, probability: np.ndarray, chances: np.ndarray | None) -> Population:
    """What the estimate sees of the county: the levels of visited firms and the chances of all."""
    levels = np.where(np.isfinite(probability), made.levels, -1)
    return Population(NAMES[made.sector], levels, probability, chances)


def cross_fitted(made: County, probability: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Chances by a logistic regression learnt from the visited firms: out of fold for these, by all of them for the others.

    It sees the firm through three noisy answers, and its sector.
    """
    from sklearn.linear_model import LogisticRegression

    blur = rng.normal(0, 0.7, (len(made.seen), 3))
    columns = np.c_[made.seen[:, None] + blur, np.eye(made.sector.max() + 1)[made.sector]]
    rows = np.flatnonzero(np.isfinite(probability))
    folds, chances = rng.permutation(len(rows)) % 5, np.zeros((len(made.seen), len(CODES)))

    def fit(learn: np.ndarray, test: np.ndarray) -> None:
        model = LogisticRegression(C=1.0, max_iter=500).fit(columns[learn], made.levels[learn])
        chances[np.ix_(test, model.classes_)] = model.predict_proba(columns[test])

    for fold in range(5):
        fit(rows[folds != fold], rows[folds == fold])
    fit(rows, np.flatnonzero(~np.isfinite(probability)))
    return chances
