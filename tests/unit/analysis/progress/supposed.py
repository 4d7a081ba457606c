"""A small study to suppose things of: sizes, sectors, levels and one goal over who uses AI."""

from __future__ import annotations

import pandas as pd

from app.domain.assessment import Assessment
from app.domain.goals import Goal, GoalBook, GoalKind, Layer, Measure
from app.domain.study import Design, Study, Wave
from app.domain.targets import Lever, Scenario
from tests.unit.analysis.small_study import INSTRUMENT, RUBRIC, W, responses, uses_ai

USE = Measure("use", W, uses_ai(), None, "firms", True, "test")
GOAL = Goal("g", Layer.COUNTY, GoalKind.RATE, 2028, ">=", 0.7, "%", W, "d", "2025", W, (), "use", W, "s", False)
BOOK = GoalBook("1", (GOAL,), (USE,), ())
WAVE = Wave("2026", "2026-06-30", Design.CENSUS, {})
BY = "2027-06-30"


def firms(n, size="small", level="L1", use="no", sector="C", people=10, township=""):
    """`n` firms alike: (size, level, use, sector, people, township)."""
    return [(size, level, use, sector, people, township)] * n


def study_of(rows, design=Design.CENSUS, frame=None, assessed=True):
    """A study of one wave with these firms and, where `assessed`, their levels."""
    size, level, use, sector, people, township = (list(column) for column in zip(*rows, strict=True))
    given = responses(
        {"use": [None if each == "blank" else each for each in use], "people": people},
        size=size,
        sector=sector,
        township=township,
    )
    wave = Wave("2026", "2026-06-30", design, dict(frame or {}))
    scores = pd.DataFrame(
        {
            "position": range(len(rows)),
            "basis": pd.Categorical(["rubric" if each else "none" for each in level]),
            "level": pd.Categorical([each or None for each in level]),
        }
    )
    found = Assessment(
        wave="2026",
        rubric="r",
        rubric_version="1",
        firms=scores,
        sectors=(),
        total=None,
        classifier=None,  # type: ignore[arg-type]
    )
    return Study("s", INSTRUMENT, RUBRIC, waves=(wave,), responses=given, assessments=(found,) if assessed else ())


def lever(n, reach="", by=BY, success=(1.0, 1.0), **group):
    return Lever(tuple(group.items()), n, reach, by, success)


def scenario(*levers, goal="g"):
    return Scenario("甲", goal, levers, "", "", "")
