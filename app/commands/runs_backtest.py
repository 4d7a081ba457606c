"""What the command that tests the forecast method runs."""

from __future__ import annotations

from app.commands.catalog import Request
from app.domain.backtest import BacktestReport
from app.domain.task import Task
from app.workflows.backtest import backtest


def run_backtest(request: Request) -> Task[BacktestReport]:
    """Hold the forecast method against the series of a file."""
    given = request.parameters
    return backtest(given["file"], given["horizons"], given["without"] or "")
