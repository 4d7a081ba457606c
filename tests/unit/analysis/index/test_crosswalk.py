"""Levels of another standard against ours: what is counted, and when a correlation is given."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from app.analysis.index import score_firms
from app.analysis.index.crosswalk import crosswalks
from app.domain.crosswalk import Standard, StandardLevel
from app.domain.instrument import ItemType
from tests.unit.analysis.small_study import INSTRUMENT, RUBRIC, W, item, responses

ASKED = replace(INSTRUMENT, items=(*INSTRUMENT.items, item("X1", ItemType.SINGLE, ("none", "1", "2", "3"))))
STANDARD = Standard("other", W, tuple(StandardLevel(code, W) for code in "123"), "X1", W, "test")
RICH = {"use": "yes", "tools": "a|b", "stage": "s2", "line": "yes", "spend": 100.0}  # L4
POOR = {"use": "no", "tools": "none", "stage": "s0", "line": "no", "spend": 0.0}  # L0
BLANK = dict.fromkeys(RICH)


def told(*firms, standards=(STANDARD,), instrument=ASKED, **columns):
    """Firms as (answers, their level of the other standard)."""
    answers = {code: [given[code] for given, _ in firms] for code in RICH} | {"X1": [level for _, level in firms]}
    given = responses(answers, instrument, **columns)
    return crosswalks(score_firms(given, instrument, RUBRIC, "2026"), given, instrument, standards, "2026")


def test_that_firms_with_both_levels_are_counted_by_both():
    (found,) = told((RICH, "3"), (RICH, "2"), (POOR, "2"), (POOR, "2"), (RICH, "none"), (POOR, None), (BLANK, "3"))
    assert (found.standard, found.item, found.theirs, found.ours) == (
        "other",
        "X1",
        ("1", "2", "3"),
        ("L0", "L1", "L2", "L3", "L4"),
    )
    assert found.counts == ((0, 0, 0, 0, 0), (2, 0, 0, 0, 1), (0, 0, 0, 0, 1))
    assert (found.n, found.correlation) == (4, None)


def test_that_the_correlation_is_spearmans_with_ties_at_their_mean_rank():
    (found,) = told(*[(RICH, "3")] * 4, *[(RICH, "2")] * 2, *[(POOR, "2")] * 3, *[(POOR, "1")] * 3)
    theirs, ours = pd.Series([3] * 4 + [2] * 5 + [1] * 3), pd.Series([4] * 6 + [0] * 6)
    assert found.correlation == pytest.approx(theirs.rank().corr(ours.rank()))


def test_that_no_difference_gives_no_correlation():
    (found,) = told(*[(RICH, "3")] * 6, *[(RICH, "2")] * 6)
    assert (found.n, found.correlation) == (12, None)


def test_that_other_waves_and_repeats_do_not_count():
    (found,) = told((RICH, "3"), (RICH, "3"), (RICH, "3"), wave=["2025", "2026", "2026"], counted=[True, False, True])
    assert found.n == 1


def test_that_nothing_is_said_of_a_standard_nobody_asks_for_or_has():
    assert told((RICH, None), (POOR, "none")) == ()
    assert told((RICH, "3"), standards=(replace(STANDARD, item="X9"),)) == ()
    assert told((RICH, "3"), instrument=INSTRUMENT) == ()
