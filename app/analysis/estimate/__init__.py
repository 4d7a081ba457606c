"""Survey statistics: designs and weights, intervals, sector estimates, comparisons and changes between waves."""

from app.analysis.estimate.changes import changes, panel_changes
from app.analysis.estimate.classes import sector_class
from app.analysis.estimate.panel import Known, Surveyed, pair
from app.analysis.estimate.profiles import frame_total, profiles, share
from app.analysis.estimate.sectors import sector_estimates
from app.analysis.estimate.verdicts import compare
from app.analysis.estimate.wave_design import survey_design
from app.analysis.estimate.wilson import effective_size, kish_size, wilson, wilson_share

__all__ = [
    "Known",
    "Surveyed",
    "changes",
    "compare",
    "effective_size",
    "frame_total",
    "kish_size",
    "pair",
    "panel_changes",
    "profiles",
    "sector_class",
    "sector_estimates",
    "share",
    "survey_design",
    "wilson",
    "wilson_share",
]
