"""Learning: levels from on-site assessments, tested on firms not seen, beside plain baselines."""

from app.analysis.learn.case import LearnCase, learn_case
from app.analysis.learn.fill import fill_levels
from app.analysis.learn.learn import Learned, learn_levels

__all__ = ["LearnCase", "Learned", "fill_levels", "learn_case", "learn_levels"]
