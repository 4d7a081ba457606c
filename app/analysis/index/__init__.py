"""Index: answers become pillars, an index 0–100 and a gated level per firm."""

from app.analysis.index.levels import level_codes
from app.analysis.index.score import score_firms

__all__ = ["level_codes", "score_firms"]
