"""Survey statistics: intervals for shares, sector profiles, and the class of a sector."""

from app.analysis.estimate.classes import sector_class
from app.analysis.estimate.profiles import frame_total, profiles, share
from app.analysis.estimate.wilson import effective_size, kish_size, wilson, wilson_share

__all__ = ["effective_size", "frame_total", "kish_size", "profiles", "sector_class", "share", "wilson", "wilson_share"]
