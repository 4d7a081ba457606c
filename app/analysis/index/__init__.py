"""Index: answers become pillars, an index 0–100 and a gated level per firm."""

from app.analysis.index.coherence import coherence
from app.analysis.index.crosswalk import crosswalks
from app.analysis.index.levels import level_codes
from app.analysis.index.ranks import rank_moves
from app.analysis.index.robustness import probe
from app.analysis.index.score import score_firms
from app.analysis.index.weighting import check_weighting, default_weighting, with_weighting

__all__ = [
    "check_weighting",
    "coherence",
    "crosswalks",
    "default_weighting",
    "level_codes",
    "probe",
    "rank_moves",
    "score_firms",
    "with_weighting",
]
