"""Where a share is heading: models side by side, their mixture, and how sure that is."""

from app.analysis.progress.forecast.series import Series
from app.analysis.progress.forecast.trends import Trends, fit_trends

__all__ = ["Series", "Trends", "fit_trends"]
