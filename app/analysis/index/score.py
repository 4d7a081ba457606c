"""Firm scores of one wave: pillars, index and gated level, vectorised over distinct answers.

The index is a weighted arithmetic mean of pillars whose weights are shared again among what applies and is answered
(OECD/JRC, Handbook on Constructing Composite Indicators, 2008, steps 6–7).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.index.items import Asked, item_scores
from app.analysis.index.levels import Gated, as_levels, climb, cut, gate
from app.domain.assessment import FIRM_SCORE_COLUMNS, Basis
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.rubric import Pillar, Rubric

ROUNDED = 9  # decimals: keeps 40.0 from becoming 39.999… when the weights are summed in another order


def score_firms(responses: Responses, instrument: Instrument, rubric: Rubric, wave: str) -> pd.DataFrame:
    """Return FIRM_SCORE_COLUMNS and one `p_<pillar>` column a pillar for the counted firms of `wave`, by position.

    `index` and pillars are 0–100, `answered` the share 0–1 of applicable scored items that were answered. Too few
    answers: index and level missing and basis "none". A ladder rubric takes the level from its item and has no index.
    """
    firms = responses.firms
    taken = firms["counted"].to_numpy(dtype=bool) & (firms["wave"] == wave).to_numpy(dtype=bool)
    asked = Asked(responses, instrument, np.flatnonzero(taken))
    return _from_ladder(asked, rubric) if rubric.ladder_item else _from_index(asked, rubric)


def _from_ladder(asked: Asked, rubric: Rubric) -> pd.DataFrame:
    level = climb(asked, rubric)
    known = level >= 0
    gated = Gated(level, level, np.full(len(level), -1, dtype=np.int64))
    nothing = np.full(len(level), np.nan)
    pillars = pd.DataFrame({f"p_{pillar.code}": nothing for pillar in rubric.pillars}, index=range(len(level)))
    scored = pd.DataFrame({"index": nothing, "answered": known.astype(np.float64)})
    return _frame(asked, rubric, scored, gated, pillars, Basis.LADDER)


def _from_index(asked: Asked, rubric: Rubric) -> pd.DataFrame:
    n = len(asked.rows)
    scores = {pillar.code: np.full(n, np.nan) for pillar in rubric.pillars}
    asked_items, answered_items = np.zeros(n), np.zeros(n)
    for pillar in rubric.pillars:
        scores[pillar.code], applicable, answered = pillar_score(asked, rubric, pillar)
        asked_items += applicable
        answered_items += answered
    share = np.divide(answered_items, asked_items, out=np.zeros(n), where=asked_items > 0)
    pillars = pd.DataFrame({f"p_{code}": score for code, score in scores.items()}, index=range(n))
    index = np.where(_enough(answered_items, asked_items, rubric), weighted_index(scores, rubric), np.nan)
    scored = pd.DataFrame({"index": index, "answered": share})
    return _frame(asked, rubric, scored, gate(cut(index, rubric), asked, rubric, pillars), pillars, Basis.RUBRIC)


def pillar_score(asked: Asked, rubric: Rubric, pillar: Pillar) -> tuple[Floats, Floats, Floats]:
    """Return the pillar's score 0–100 (NaN: too few answers), and its applicable and answered items; shape (n,) each."""
    n = len(asked.rows)
    points, weight, applicable, answered = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    for score in (score for score in rubric.scores if score.pillar == pillar.code):
        earned, applies = item_scores(asked, score)
        given = ~np.isnan(earned)
        points += np.where(given, earned, 0.0) * score.weight
        weight += given * score.weight
        applicable += applies
        answered += given
    ratio = np.divide(points, weight, out=np.full(n, np.nan), where=weight > 0)
    return np.where(_enough(answered, applicable, rubric), np.round(100 * ratio, ROUNDED), np.nan), applicable, answered


def weighted_index(scores: dict[str, Floats], rubric: Rubric) -> Floats:
    """Return the weighted mean of the scored pillars 0–100, NaN where none is scored; shape (n,)."""
    points, weight = np.zeros(1), np.zeros(1)
    for pillar in rubric.pillars:
        score = scores[pillar.code]
        points = points + np.nan_to_num(score) * pillar.weight
        weight = weight + ~np.isnan(score) * pillar.weight
    mean: Floats = np.divide(points, weight, out=np.full_like(points, np.nan), where=weight > 0)
    return np.round(mean, ROUNDED)


def _enough(answered: Floats, applicable: Floats, rubric: Rubric) -> Bools:
    """Return where the share answered reaches the rubric's minimum (13 of 20 reaches 0.65 whatever its last bit)."""
    return (applicable > 0) & (answered + 1e-9 >= rubric.minimum_answered * applicable)


def _frame(asked: Asked, rubric: Rubric, scored: pd.DataFrame, gated: Gated, pillars: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return the firm score frame; `scored` has index and answered, `basis` is that of the firms with a level."""
    gates = [*(rule.id for rule in rubric.gates), ""]
    caps = np.where(gated.gate < 0, len(gates) - 1, gated.gate)
    kinds = [str(kind) for kind in Basis]
    places = np.where(gated.level >= 0, kinds.index(basis), kinds.index(Basis.NONE))
    columns = {
        "position": asked.rows,
        **{name: asked.firm_column(name).array for name in ("firm", "sector", "wave")},
        "index": scored["index"].to_numpy(),
        "level": as_levels(gated.level, rubric),
        "uncapped": as_levels(gated.uncapped, rubric),
        "gate": pd.Categorical.from_codes(caps, categories=gates),
        "answered": scored["answered"].to_numpy(),
        "basis": pd.Categorical.from_codes(places, categories=kinds),
        "probability": np.full(len(asked.rows), np.nan),
    }
    return pd.concat([pd.DataFrame(columns)[list(FIRM_SCORE_COLUMNS)], pillars], axis=1)
