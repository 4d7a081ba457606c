"""The goal wall after a filter on 100,000 firms, through the real window: page value, layout and paint, and all of it.

Run by hand: `QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_wall [--firms N] [--waves W]`. The bar is 50 ms for the
median of 20 filters, from the choice of a chip to the last pixel.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pandas as pd
from PySide6.QtCore import QEventLoop, QSettings

from app.analysis.conditions import items_of
from app.domain.instrument import Instrument, ItemType, Role
from app.domain.resources import Resources
from app.domain.responses import Block, Responses
from app.domain.selection import Selection
from app.domain.study import Design, Study, Wave
from app.domain.task import run_to_end

FIRMS, WAVES, RUNS, BAR = 100_000, 3, 20, 50.0
SECTORS, TOWNSHIPS, SIZES = "ACDEFGHIJKLMNOPQR", 40, ("large", "medium", "small", "micro")
SIZE = (1920, 1080)


@dataclass
class Clock:
    """Milliseconds of each part, a list a part."""

    spent: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.add(name, started)

    def add(self, name: str, started: float) -> None:
        self.spent.setdefault(name, []).append(1000 * (time.perf_counter() - started))

    def clear(self) -> None:
        self.spent.clear()


def answers(instrument: Instrument, codes: set[str], n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Answers of n firms to these items, a tenth of them blank."""
    columns: dict[str, object] = {}
    for item in instrument.items:
        if item.code not in codes and item.role not in (Role.EMPLOYEES, Role.REVENUE):
            continue
        if item.type in (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT):
            drawn = rng.lognormal(4, 1, n)
            columns[item.code] = np.where(rng.random(n) < 0.1, np.nan, drawn)
        else:
            options = [option.code for option in item.options] or ["yes", "no"]
            picked = rng.integers(0, len(options), n)
            picked[rng.random(n) < 0.1] = -1
            columns[item.code] = pd.Categorical.from_codes(picked, options)
    return pd.DataFrame(columns)


def made_study(resources: Resources, firms: int, waves: int) -> Study:
    """A study of `firms` firms in each of `waves` yearly waves, with everything the goal book asks about."""
    rng = np.random.default_rng(1)
    instrument = resources.instruments["aiplus-2026"]
    conditions = [c for m in resources.goal_book.measures for c in (m.numerator, m.denominator, m.planned) if c is not None]
    n = firms * waves
    values = answers(instrument, {code for condition in conditions for code in items_of(condition)}, n, rng)
    names = [f"w{2027 - waves + k}" for k in range(waves)]
    place = np.arange(n)
    table = pd.DataFrame(
        {
            "firm": pd.Series([f"f{k:06d}" for k in place % firms], dtype="str"),
            "name": pd.Series([f"企业{k:06d}" for k in place % firms], dtype="str"),
            "code": pd.Series([""] * n, dtype="str"),
            "code_valid": False,
            "sector": pd.Series(rng.choice(list(SECTORS), n), dtype="str"),
            "division": pd.Series([""] * n, dtype="str"),
            "size": pd.Series(rng.choice(list(SIZES), n), dtype="str"),
            "township": pd.Series([f"乡镇{k:02d}" for k in rng.integers(0, TOWNSHIPS, n)], dtype="str"),
            "wave": pd.Series(np.repeat(names, firms), dtype="str"),
            "counted": True,
        }
    )
    places = pd.DataFrame({"block": place // firms, "row": 4 + place % firms})
    blocks = tuple(Block(f"sha-{name}", f"{name}.xlsx", "表", name, {}) for name in names)
    held = tuple(Wave(name, f"{name[1:]}-06-30", Design.CENSUS, {}) for name in names)
    responses = Responses(values, values.astype("object").isna().astype("object"), table, places, blocks)
    rubric = resources.rubrics[instrument.rubric]
    return Study("大县", instrument, rubric, waves=held, responses=responses)


def with_goals(study: Study, resources: Resources, layers: tuple[str, ...]) -> Study:
    """The study held against the program's goals and those of some local layers."""
    from app.domain.targets import GoalEdit
    from app.files.resources import load_local_goals
    from app.workflows.goals import goals

    local = [goal for name in layers for goal in load_local_goals(name).goals]
    edits = tuple(GoalEdit(goal.id, goal, "", "2026-06-30", "") for goal in local)
    return run_to_end(goals(replace(study, targets=replace(study.targets, goals=edits)), resources.goal_book))


def filters(n: int) -> Iterator[Selection]:
    """Filters as somebody clicks them: sectors, sizes, townships, and two of them together."""
    for k in range(n):
        sector, size, town = SECTORS[k % len(SECTORS)], SIZES[k % len(SIZES)], f"乡镇{k % TOWNSHIPS:02d}"
        yield (Selection(sector=sector), Selection(size=size), Selection(township=town), Selection(sector=sector, size=size))[
            k % 4
        ]


def watched(clock: Clock, canvas: object) -> None:
    """Let page values, layouts and paintings be timed where they happen."""
    from app.gui import work
    from app.gui.charts.canvas import DrawingCanvas

    paged = work.page

    def timed_page(id_: str, asked: work.Asked) -> Iterator[object]:
        started = time.perf_counter()
        result = yield from paged(id_, asked)
        clock.add("page value", started)
        return result

    work.page = timed_page
    lay_out, paint = DrawingCanvas._lay_out, DrawingCanvas._painted

    def timed_layout(self: DrawingCanvas) -> None:
        with clock.part("layout"):
            lay_out(self)

    def timed_paint(self: DrawingCanvas, drawing: object) -> object:
        with clock.part("paint"):
            return paint(self, drawing)

    type(canvas)._lay_out, type(canvas)._painted = timed_layout, timed_paint


def measured(window: object, clock: Clock) -> None:
    """Filter RUNS times, each from the choice to the painted page."""
    canvas = window.pages["goals"].wall.canvas
    for selection in filters(RUNS):
        loop, started = QEventLoop(), time.perf_counter()
        before = canvas.drawing
        window.session.select(selection)
        while canvas.drawing is before or window.session.viewer.is_busy:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        canvas.repaint()
        loop.processEvents()
        clock.add("whole", started)


def run(asked: argparse.Namespace) -> int:
    from app.files.resources import load_resources
    from app.gui import dress
    from app.gui.main_window import MainWindow
    from app.gui.preferences import Preferences
    from app.gui.session import Session

    resources = load_resources()
    started = time.perf_counter()
    study = with_goals(made_study(resources, asked.firms, asked.waves), resources, ("jiangsu", "zhejiang_county"))
    print(
        f"{asked.firms:,} firms × {asked.waves} waves, {len(study.progress)} goals: made in {time.perf_counter() - started:.1f} s"
    )
    application = dress.new_application()
    session = Session(Preferences())
    dress.follow(application, session)
    window = MainWindow(session)
    window.resize(*SIZE)
    window.show()
    session.load(None)
    while session.resources is None:
        application.processEvents()
    session.store.open(study, Path("none.zhiheng"))
    window.go("goals")
    clock = Clock()
    page = window.pages["goals"]
    while page.wall.canvas.drawing is None or session.viewer.is_busy:
        application.processEvents()
    watched(clock, page.wall.canvas)
    measured(window, clock)  # the first words are measured once
    clock.clear()
    measured(window, clock)
    for name, times in clock.spent.items():
        print(
            f"{name:12} median {statistics.median(times):6.1f} ms   least {min(times):6.1f} ms   slowest {max(times):6.1f} ms   ({len(times)} times)"
        )
    whole = statistics.median(clock.spent["whole"])
    print(f"ratio to the bar of {BAR:.0f} ms: {whole / BAR:.2f}")
    window.close()
    session.close()
    return 0 if whole < BAR else 1


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--firms", type=int, default=FIRMS)
    parser.add_argument("--waves", type=int, default=WAVES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as settings:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, settings)
        return run(asked)


if __name__ == "__main__":
    sys.exit(main())
