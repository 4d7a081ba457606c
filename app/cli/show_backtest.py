"""What `backtest` prints: the table by horizon and length, and in plain words what it shows and what it does not."""

from __future__ import annotations

import math
from typing import Any

from app.cli.session import Session
from app.domain.backtest import BacktestReport, BacktestRow

LEAST, MOST = 0.75, 0.90  # coverage that an 80 % interval is held to
FEW = 30  # cases: with fewer, coverage is not judged unless it is far too low
_FAR = 10  # times the naive error: more says no more
_ERRORS = ("forecast", "naive", "linear", "logit")


def show_backtest(report: BacktestReport, session: Session) -> int:
    """Print the report; return 0, since a poor forecast is a finding and no failure."""
    if session.as_json:
        session.json(backtest_json(report))
        return 0
    _show_what(report, session)
    names = ("horizon", "length", "cases", "series", "coverage", "below", "above", "width", *_ERRORS)
    session.table([session.texts(f"cli.backtest.{name}") for name in names], [_cells(row, session) for row in report.rows])
    session.say("cli.backtest.notes")
    for row in report.rows:
        if row.length == "all":
            session.say("cli.backtest.verdict", horizon=row.horizon, coverage=_covered(row, session), error=_error(row, session))
    return 0


def backtest_json(report: BacktestReport) -> dict[str, Any]:
    """Return `backtest --json`: shares, errors and widths as fractions."""
    table = report.table
    return {
        "file": table.file,
        "series": len(table.names),
        "values": sum(map(len, table.values)),
        "unit": "percent" if table.percent else "fraction",
        "standard_errors": table.errors is not None,
        "left_out": {"blank": table.blank, "short": table.short, "walled": table.walled},
        "prior": dict(report.prior),
        "without": report.without or None,
        "interval": 0.8,
        "rows": [
            {
                "horizon": row.horizon,
                "length": row.length.replace("_", "-") + ("+" if row.length == "20" else ""),
                "cases": row.cases,
                "series": row.series,
                "coverage": row.coverage,
                "below": row.below,
                "above": row.above,
                "mean_width": row.width,
                "mean_absolute_error": {name: getattr(row, name) for name in _ERRORS},
            }
            for row in report.rows
        ],
    }


def _show_what(report: BacktestReport, session: Session) -> None:
    table, texts = report.table, session.texts
    session.say("cli.backtest.read", file=table.file, series=len(table.names), values=sum(map(len, table.values)))
    session.say("cli.backtest.percent" if table.percent else "cli.backtest.fractions")
    session.say("cli.backtest.errors" if table.errors is not None else "cli.backtest.no_errors")
    for name in ("blank", "short", "walled"):
        if count := getattr(table, name):
            session.say(f"cli.backtest.left_{name}", n=count)
    laid = {name: f"{value:.2f}" for name, value in report.prior}
    left = texts("cli.backtest.without", origin=report.without) if report.without else ""
    session.say("cli.backtest.prior", left=left, **laid)


def _cells(row: BacktestRow, session: Session) -> tuple[str, ...]:
    length = session.texts(f"cli.backtest.length_{row.length}")
    shares = (f"{row.coverage:.0%}", f"{row.below:.0%}", f"{row.above:.0%}")
    points = (f"{100 * value:.2f}" for value in (row.width, row.forecast, row.naive, row.linear, row.logit))
    return (str(row.horizon), length, str(row.cases), str(row.series), *shares, *points)


def _covered(row: BacktestRow, session: Session) -> str:
    coverage = f"{row.coverage:.1%}"
    if row.cases < FEW and row.coverage > LEAST - 3 * math.sqrt(LEAST * (1 - LEAST) / row.cases):  # no chance finding
        return session.texts("cli.backtest.few", cases=row.cases, least=FEW, coverage=coverage)
    word = "within" if LEAST <= row.coverage <= MOST else "under" if row.coverage < LEAST else "over"
    return session.texts(f"cli.backtest.{word}", coverage=coverage)


def _error(row: BacktestRow, session: Session) -> str:
    if row.cases < FEW:
        return session.texts("cli.backtest.few_errors")
    if row.forecast > _FAR * row.naive:
        return session.texts("cli.backtest.far_worse", times=_FAR)
    better = row.forecast < row.naive
    change = abs(1 - row.forecast / row.naive) if row.naive > 0 else 0.0
    return session.texts("cli.backtest.better" if better else "cli.backtest.worse", change=f"{change:.0%}")
