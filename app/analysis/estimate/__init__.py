"""Survey statistics: intervals for shares, and sector profiles."""

from app.analysis.estimate.profiles import frame_total, profiles, share
from app.analysis.estimate.wilson import effective_size, kish_size, wilson, wilson_share

__all__ = ["effective_size", "frame_total", "kish_size", "profiles", "share", "wilson", "wilson_share"]
