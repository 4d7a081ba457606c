"""The attacker: the tightest interval of every hidden cell, no tighter and no wider."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Relation
from tests.unit.analysis.disclosure.oracle import extremes
from tests.unit.analysis.disclosure.problems import lines, problem_of, table, with_margins


def hiding(problem, *cells):
    hidden = np.zeros(len(problem.values), dtype=bool)
    hidden[list(cells)] = True
    return hidden


def test_that_the_handbooks_interval_is_found():
    # example 3 of §4.2.2: four cells hidden of a table by three rows and two columns; the first is known to be 3 … 6
    problem = table([[5, 2], [1, 2], [3, 3]])
    found = bounds(problem, hiding(problem, 0, 1, 3, 4))
    assert (found.low[0], found.high[0]) == (3, 6)
    assert found.low[[1, 3, 4]].tolist() == [1, 0, 0] and found.high[[1, 3, 4]].tolist() == [4, 3, 3]


def test_that_the_textbook_pattern_leaves_its_textbook_interval():
    # activity by region of Fischetti and Salazar-González (2001), figure 1: 22 and three more hidden, 22 is then 5 … 30
    problem = table([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    found = bounds(problem, hiding(problem, 4, 6, 8, 10))
    assert (found.low[6], found.high[6]) == (5, 30)


def test_that_one_hidden_cell_in_a_sum_is_told_exactly_and_shown_ones_are_what_they_are():
    problem = table([[4, 6], [8, 9]])
    found = bounds(problem, hiding(problem, 0))
    assert np.array_equal(found.low, problem.values) and np.array_equal(found.high, problem.values)


def test_that_nothing_hidden_and_no_relation_take_no_attack():
    problem = table([[4, 6], [8, 9]])
    assert np.array_equal(bounds(problem, hiding(problem)).low, problem.values)
    loose = problem_of([3.0, 4.0], [1, 0], [])
    assert bounds(loose, hiding(loose, 0)).high.tolist() == [np.inf, 4.0]


def test_that_an_open_end_is_told_to_be_open():
    problem = table([[4, 6], [8, 9]])
    found = bounds(problem, hiding(problem, 0, 2, 6, 8))  # a cell, its totals and the grand total
    assert (found.low[0], found.high[0]) == (0, np.inf)
    assert (found.low[8], found.high[8]) == (23, np.inf)


def test_that_a_difference_may_be_open_below_too():
    # change = after − before, after hidden and unbounded, the change not known to be positive
    problem = problem_of([3.0, 10.0, 7.0], [1, 0, 0], [Relation((0, 1, 2), (1.0, -1.0, 1.0))], low=[-np.inf, 0, 0])
    assert bounds(problem, hiding(problem, 0, 1)).low.tolist() == [-7.0, 0.0, 7.0]
    assert bounds(problem, hiding(problem, 0, 2)).low[0] == -np.inf


def test_that_printed_digits_leave_room():
    problem = table([[4, 6], [8, 9]])
    exact = problem.values
    seen = replace(problem, seen_low=exact - 0.5, seen_high=exact + 0.5)
    found = bounds(seen, hiding(problem, 0))
    assert (found.low[0], found.high[0]) == (pytest.approx(3.0), pytest.approx(5.0))
    assert (found.low[1], found.high[1]) == (5.5, 6.5)


def test_that_what_is_known_beforehand_is_used():
    problem = table([[4, 6], [8, 9]], high=[5.0, *[np.inf] * 8])
    found = bounds(problem, hiding(problem, 0, 1, 3, 4))
    assert (found.low[0], found.high[0]) == (0, 5) and (found.low[1], found.high[1]) == (5, 10)


def test_that_values_that_do_not_add_up_are_refused():
    problem = table([[4, 6], [8, 9]])
    with pytest.raises(ValueError, match="relation"):
        bounds(replace(problem, values=problem.values + np.eye(9)[0]), hiding(problem, 0))


def test_that_large_sums_do_not_blur_small_cells():
    problem = table([[3, 4e9, 2e7], [5, 6e8, 1e6], [7e9, 3e9, 2]])
    found = bounds(problem, hiding(problem, 0, 2, 4, 6))
    assert (found.low[0], found.high[0]) == (pytest.approx(0, abs=1e-3), pytest.approx(8, abs=1e-3))


# GaussSuppression 1.2 (Statistics Norway), vignette "Magnitude table suppression", table 10: p 30 %, intervals by Rglpk. Its page shows
# by colour which cells are hidden besides; those below are the only ones of all with which the printed intervals are possible.
SECTORS, REGIONS = ("Agriculture", "Entertainment", "Governmental", "Industry"), ("Iceland", "Portugal", "Spain")
VALUES = np.array([[0, 100.4, 139.8], [16.8, 9.4, 105.3], [0, 23.6, 9.2], [20.3, 29.1, 8.4]])
ROWS, COLUMNS = (*SECTORS, "private", "public", "Total"), (*REGIONS, "Total")
SECONDARY = ("private Iceland", "private Spain", "private Total", "Industry Total", "Total Iceland", "Total Portugal")
FIRST = {
    "Entertainment Iceland": (0, 60.7),
    "Industry Iceland": (0, 60.7),
    "public Portugal": (0, 60.7),
    "Agriculture Spain": (101.3, 240.2),
}
LAST = {
    "Agriculture Portugal": (0, 199.6),
    "Agriculture Spain": (40.6, 240.2),
    **dict.fromkeys((f"Entertainment {region}" for region in REGIONS), (0, 131.5)),
    **dict.fromkeys((f"Industry {region}" for region in REGIONS), (0, 90.6)),
    **dict.fromkeys((f"{row} {column}" for row in ("Governmental", "public") for column in COLUMNS[1:]), (0, 90.6)),
}


def statistics_norway():
    """Return the places of cells by name and the problem of sectors, which are private or public, by region."""
    whole = np.vstack([VALUES, VALUES[[0, 1, 3]].sum(axis=0), VALUES[2], VALUES.sum(axis=0)])
    whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    at = {f"{row} {column}": place for place, (row, column) in enumerate((row, column) for row in ROWS for column in COLUMNS)}
    sums = [([f"{row} {region}" for region in REGIONS], f"{row} Total") for row in ROWS]
    for column in COLUMNS:
        sums.append(([f"{row} {column}" for row in ("Agriculture", "Entertainment", "Industry")], f"private {column}"))
        sums.append(([f"Governmental {column}"], f"public {column}"))
        sums.append(([f"private {column}", f"public {column}"], f"Total {column}"))
    relations = [Relation((*(at[part] for part in parts), at[total]), (*[1.0] * len(parts), -1.0)) for parts, total in sums]
    return at, problem_of(whole.ravel(), whole.ravel() < 0, relations)


@pytest.mark.parametrize(("more", "printed"), [((), FIRST), (("private Portugal",), LAST)])
def test_that_an_established_tool_prints_the_same_intervals(more, printed):
    at, problem = statistics_norway()
    found = bounds(problem, hiding(problem, *(at[name] for name in (*LAST, *SECONDARY, *more))))
    for name, interval in printed.items():
        assert (found.low[at[name]], found.high[at[name]]) == pytest.approx(interval, abs=0.05)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_that_an_independent_attacker_finds_the_same(data):
    shape = data.draw(st.sampled_from([(2, 3), (3, 3), (2, 2, 2), (3, 2, 2)]))
    numbers = data.draw(st.lists(st.integers(0, 30), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    whole = with_margins(np.array(numbers, dtype=float).reshape(shape))
    problem = problem_of(whole.ravel(), whole.ravel() < 0, lines(np.arange(whole.size).reshape(whole.shape)))
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=whole.size, max_size=whole.size)))
    found = bounds(problem, hidden)
    for cell in np.flatnonzero(hidden):
        low, high = extremes(problem, hidden, int(cell))
        assert (found.low[cell], found.high[cell]) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))
