"""Controlled rounding: multiples of the base that still add up, as near as that allows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.disclosure.problem import Relation
from app.analysis.disclosure.rounding import rounded, told
from tests.unit.analysis.disclosure.problems import problem_of, table


def adds_up(problem, values):
    return all(abs(np.dot(values[list(r.cells)], r.coefficients)) < 1e-9 for r in problem.relations)


def test_that_the_handbooks_table_adds_up_after_rounding_and_by_itself_would_not():
    problem = table([[1, 0], [3, 3], [12, 20]])  # §5.5, counts by sex and area, base 5
    result = rounded(problem)
    conventional = np.floor(problem.values / 5 + 0.5) * 5
    assert adds_up(problem, result.values) and not result.off and not adds_up(problem, conventional)
    assert (np.abs(result.values - problem.values) < 5).all() and (result.values % 5 == 0).all()
    # the handbook prints this one; ours is as near
    printed = np.array([5, 0, 5, 0, 5, 5, 10, 20, 30, 15, 25, 40], dtype=float)
    assert np.abs(result.values - problem.values).sum() <= np.abs(printed - problem.values).sum()


def test_that_what_a_rounded_number_tells_is_the_handbooks_interval():
    result = rounded(table([[1, 0], [3, 3], [12, 20]]))
    assert np.array_equal(result.low, np.maximum(result.values - 5, 0))
    assert (result.high[result.values % 5 == 0] == (result.values + 5)).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1, max_size=4), st.sampled_from([3, 5]))
def test_that_two_way_tables_are_always_rounded_to_neighbours_that_add_up(inner, base):
    problem = table(inner)
    result = rounded(problem, base)
    assert adds_up(problem, result.values) and not result.off and (result.steps == 0).all()
    assert (np.abs(result.values - problem.values) < base).all()
    kept = problem.values % base == 0
    assert np.array_equal(result.values[kept], problem.values[kept])
    again = told(problem, result)
    assert (again.low <= problem.values + 1e-6).all() and (again.high >= problem.values - 1e-6).all()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=18, max_size=18))
def test_that_three_ways_add_up_or_it_is_said_where_they_do_not(numbers):
    problem = table(np.array(numbers).reshape(3, 3, 2))
    result = rounded(problem)
    assert (result.values % 5 == 0).all()
    wrong = [p for p, r in enumerate(problem.relations) if abs(np.dot(result.values[list(r.cells)], r.coefficients)) > 1e-6]
    assert tuple(wrong) == result.off
    assert ((result.low <= problem.values) & (problem.values <= result.high)).all()


def test_that_cells_released_before_stay_and_sums_with_them_may_be_off():
    problem = table([[3, 9], [12, 20]])
    fixed = np.zeros(9, dtype=bool)
    fixed[8] = True
    result = rounded(replace(problem, fixed=fixed))
    assert result.values[8] == 44 and (result.values[:8] % 5 == 0).all()
    assert set(result.off) == {p for p, r in enumerate(problem.relations) if 8 in r.cells}


def test_that_what_cannot_add_up_is_rounded_to_the_nearest_and_named():
    # 5a = 2b: a is a multiple already and must stay 5, and then b would have to be 12.5
    problem = problem_of([5.0, 12.5, 12.5], [0, 0, 0], [Relation((0, 1), (5.0, -2.0)), Relation((1, 2), (1.0, -1.0))])
    result = rounded(problem)
    assert result.off == (0,) and (result.steps == -1).all() and result.values.tolist() == [5.0, 15.0, 15.0]
    assert result.low.tolist() == [2.5, 12.5, 12.5]


def test_that_numbers_below_nothing_are_rounded_too_and_a_base_of_nothing_is_refused():
    problem = problem_of([-7.0, 3.0, -4.0], [0, 0, 0], table([[1]]).relations[:0], low=[-100.0, 0, -100])
    assert rounded(problem).values.tolist() == [-5.0, 5.0, -5.0]
    with pytest.raises(ValueError, match="base"):
        rounded(problem, 0)
