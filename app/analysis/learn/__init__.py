"""Learning: a plain classifier for firms whose answers are too few for the rubric."""

from app.analysis.learn.fill import fill_levels

__all__ = ["fill_levels"]
