"""Progress: measures per wave, and how far the place is from each goal."""

from app.analysis.progress.book import conflicts, effective, history
from app.analysis.progress.cube import tally
from app.analysis.progress.measures import Membership, answerable, membership
from app.analysis.progress.narrow import progress_under
from app.analysis.progress.observe import cube_of, observe
from app.analysis.progress.track import track
from app.analysis.progress.years import deadline, decimal_year

__all__ = [
    "Membership",
    "answerable",
    "conflicts",
    "cube_of",
    "deadline",
    "decimal_year",
    "effective",
    "history",
    "membership",
    "observe",
    "progress_under",
    "tally",
    "track",
]
