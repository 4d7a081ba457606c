"""Progress: measures per wave, and how far the place is from each goal."""

from app.analysis.progress.measures import Membership, answerable, membership, observe
from app.analysis.progress.track import track
from app.analysis.progress.years import deadline, decimal_year

__all__ = ["Membership", "answerable", "deadline", "decimal_year", "membership", "observe", "track"]
