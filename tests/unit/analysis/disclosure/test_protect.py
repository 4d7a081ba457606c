"""Secondary suppression: every unsafe cell keeps its interval, at no more cost than must be."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.disclosure.problem import Relation
from app.analysis.disclosure.protect import protect
from tests.unit.analysis.disclosure.oracle import is_safe, too_close
from tests.unit.analysis.disclosure.problems import problem_of, table
from tests.unit.analysis.disclosure.sets import case, safe


def marked(*cells, of):
    found = np.zeros(of, dtype=bool)
    found[list(cells)] = True
    return found


INVESTMENT = [[20, 50, 10], [8, 19, 22], [17, 32, 12]]
"""Activity by region, Fischetti and Salazar-González (2001), figure 1; cells by rows with totals, the unsafe 22 is cell 6."""


def investment(**changes):
    unsafe = marked(6, of=16)
    fields = {"unsafe": unsafe, "width": np.zeros(16), "cost": table(INVESTMENT).values, **changes}
    return table(INVESTMENT, **fields) if "width" not in fields else replace(table(INVESTMENT), **fields)


def cost_of(problem, hidden):
    return problem.cost[hidden & ~problem.unsafe].sum()


def cheapest_by_trying_all(problem):
    """Return what the cheapest safe pattern costs, by trying every one, the cheapest first."""
    free = np.flatnonzero(~problem.unsafe & ~problem.fixed).tolist()
    patterns = [list(more) for size in range(len(free) + 1) for more in combinations(free, size)]
    for more in sorted(patterns, key=lambda more: problem.cost[more].sum()):
        hidden = problem.unsafe.copy()
        hidden[more] = True
        if not alone_in_a_sum(problem, hidden) and is_safe(problem, hidden):
            return cost_of(problem, hidden)
    return np.inf


def alone_in_a_sum(problem, hidden):
    return any(
        hidden[list(r.cells)].sum() == 1 and problem.unsafe[list(r.cells)][hidden[list(r.cells)]].any() for r in problem.relations
    )


def test_that_a_cell_is_kept_from_below_and_above_at_the_least_cost():
    wanted = marked(6, of=16) * 5.0
    problem = investment(below=wanted, above=wanted)
    found = protect(problem)
    assert found.optimal and not found.exposed.any() and not too_close(problem, found.hidden)
    assert set(np.flatnonzero(found.hidden)) == {4, 6, 8, 10}  # 8 and 22, 17 and 12: 37 less is told than nothing
    assert (found.bounds.low[6], found.bounds.high[6]) == (5, 30)


def test_that_what_is_asked_further_hides_more():
    wanted = marked(6, of=16)
    near, far = (protect(investment(above=wanted * above)) for above in (8.0, 9.0))
    assert far.bounds.high[6] >= 31 and near.bounds.high[6] >= 30
    assert cost_of(investment(), far.hidden) > cost_of(investment(), near.hidden)


def test_that_nothing_unsafe_hides_nothing():
    problem = table([[40, 60], [80, 90]])
    found = protect(problem)
    assert not found.hidden.any() and not found.exposed.any() and found.optimal


def test_that_a_cell_that_no_hiding_protects_is_exposed_and_hidden_all_the_same():
    fixed = ~marked(0, of=9)
    problem = table([[3, 60], [80, 90]], fixed=fixed)
    found = protect(problem)
    assert np.flatnonzero(found.exposed).tolist() == [0] and found.hidden[0] and not (found.hidden & fixed).any()


def test_that_an_unsafe_cell_released_before_is_exposed_and_nothing_is_hidden_for_it():
    found = protect(table([[3, 60], [80, 90]], fixed=marked(0, of=9)))
    assert np.flatnonzero(found.exposed).tolist() == [0] and not found.hidden.any()


def test_that_what_everybody_knows_beforehand_may_leave_too_little_room():
    found = protect(table([[3, 60], [80, 90]], high=np.where(marked(0, of=9), 4.0, np.inf)))
    assert found.exposed[0]


def test_that_digits_printed_before_may_be_room_enough():
    exact = table([[3, 60], [80, 90]], fixed=~marked(0, of=9))
    blurred = replace(exact, seen_low=exact.values - 2.5, seen_high=exact.values + 2.5)
    assert protect(exact).exposed[0] and not protect(blurred).exposed.any()


def test_that_hiding_in_one_table_protects_what_another_shows_too():
    # sector by size and sector by town share the sectors' totals: 3 firms are hidden in both or neither
    first, second = [[3, 20], [30, 40]], [[11, 12], [33, 37]]
    values = [3, 20, 23, 30, 40, 70, 33, 60, 93, 11, 12, 33, 37, 44, 49]
    assert np.sum(first) == np.sum(second) == 93
    relations = [
        Relation(cells, (*[1.0] * (len(cells) - 1), -1.0))
        for cells in (
            (0, 1, 2),
            (3, 4, 5),
            (0, 3, 6),
            (1, 4, 7),
            (2, 5, 8),
            (6, 7, 8),
            (9, 10, 2),
            (11, 12, 5),
            (9, 11, 13),
            (10, 12, 14),
            (13, 14, 8),
        )
    ]
    dear = np.where(np.isin(np.arange(15), [1, 3, 4]), 1000.0, 1.0)
    problem = problem_of(values, np.array(values) < 5, relations, 5.0, cost=dear)
    found = protect(problem)
    assert found.optimal and not too_close(problem, found.hidden)
    assert cost_of(problem, found.hidden) == pytest.approx(cheapest_by_trying_all(problem))


def test_that_two_firms_alone_in_a_sum_do_not_read_each_other_off():
    inner = [[10, 12, 40], [30, 50, 60]]
    unsafe, alone = marked(0, 1, of=12), marked(0, 1, of=12)
    wanted = unsafe * 2.0
    plain = replace(table(inner), unsafe=unsafe, width=np.zeros(12), below=wanted, above=wanted)
    hidden = protect(plain).hidden
    assert hidden.sum() == 4  # each protects the other, in everybody's eyes
    firms = np.where(alone, np.arange(12), -1)
    assert too_close(plain, hidden, firms) == [0, 1]
    seen = protect(replace(plain, alone=alone))
    assert not too_close(plain, seen.hidden, firms) and not seen.exposed.any() and seen.hidden.sum() > 4


def test_that_a_firm_alone_does_not_look_at_itself_in_a_sum_of_its_own():
    # one size class only: every total is its cell, and 10 is the same firm's twice
    problem = replace(table([[10], [30], [50]]), unsafe=marked(0, 1, of=8), width=np.zeros(8), above=marked(0, 1, of=8) * 2.0)
    found = protect(replace(problem, alone=marked(0, 1, of=8)))
    assert not found.exposed.any()


def test_that_a_shared_out_release_is_protected_part_by_part():
    one, other = table([[3, 20], [30, 40]]), table([[60, 70], [2, 90]])
    moved = tuple(Relation(tuple(cell + 9 for cell in r.cells), r.coefficients) for r in other.relations)
    both = problem_of([*one.values, *other.values], [*one.unsafe, *other.unsafe], (*one.relations, *moved), 5.0)
    found = protect(both)
    assert np.array_equal(found.hidden, np.concatenate([protect(one).hidden, protect(other).hidden]))


def test_that_cells_in_no_sum_need_no_others_and_are_exposed_only_by_what_is_known_beforehand():
    found = protect(problem_of([3.0, 4.0, 60.0], [1, 1, 0], [], 5.0, high=[np.inf, 4.5, np.inf]))
    assert found.hidden.tolist() == [True, True, False] and found.exposed.tolist() == [False, True, False] and found.optimal


def test_that_a_few_firms_beside_billions_are_protected_too():
    problem = table([[3, 4e9, 2e7], [50, 6e8, 1e6], [7e9, 3e9, 2e8]])
    found = protect(problem)
    assert not found.exposed.any() and not too_close(problem, found.hidden)


def test_that_out_of_time_a_safe_pattern_is_still_returned_and_not_called_the_cheapest():
    problem = table(np.random.default_rng(2).integers(0, 30, (5, 4, 3)))
    hasty, patient = protect(problem, 0.0), protect(problem, 20.0)
    assert not hasty.optimal and not too_close(problem, hasty.hidden)
    assert cost_of(problem, patient.hidden) <= cost_of(problem, hasty.hidden)


def test_that_the_same_release_hides_the_same_cells():
    problem = case(13).problem
    first, again = protect(problem, 2.0), protect(problem, 2.0)
    assert first.hidden.tobytes() == again.hidden.tobytes() and first.bounds.low.tobytes() == again.bounds.low.tobytes()


small = st.tuples(
    st.sampled_from([(2, 2), (2, 3), (3, 2)]),
    st.lists(st.integers(0, 15), min_size=6, max_size=6),
    st.sampled_from([1.0, 3.0, 5.0]),
)


@settings(max_examples=8, deadline=None)
@given(small)
def test_that_no_pattern_is_cheaper(drawn):
    shape, numbers, width = drawn
    problem = table(np.array(numbers[: shape[0] * shape[1]]).reshape(shape), 3, width)
    found = protect(problem)
    assert found.optimal and not found.exposed.any()
    assert cost_of(problem, found.hidden) == pytest.approx(cheapest_by_trying_all(problem))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_that_the_order_of_cells_changes_nothing_in_safety_or_cost(seed, order):
    problem = table(np.random.default_rng(seed).integers(0, 30, (3, 4)), 5, 5.0)
    places = list(range(len(problem.values)))
    order.shuffle(places)
    to = np.argsort(places)
    turned = replace(
        problem,
        **{
            name: getattr(problem, name)[places]
            for name in ("values", "low", "high", "cost", "unsafe", "below", "above", "width", "fixed")
        },
        relations=tuple(Relation(tuple(int(to[cell]) for cell in r.cells), r.coefficients) for r in reversed(problem.relations)),
    )
    one, other = protect(problem), protect(turned)
    assert not too_close(turned, other.hidden) and not (turned.unsafe & ~other.hidden).any()
    if one.optimal and other.optimal:
        assert cost_of(problem, one.hidden) == pytest.approx(cost_of(turned, other.hidden), rel=1e-5)


@pytest.mark.parametrize("seed", range(1000, 1040))
def test_that_no_hidden_cell_of_a_random_set_is_told_closer_than_the_rule(seed):
    drawn = case(seed)
    found = safe(drawn, 2.0)
    assert not (drawn.problem.unsafe & ~drawn.problem.fixed & ~found.hidden).any()
    assert not (found.hidden & drawn.problem.fixed).any()
    assert not found.exposed.any() and too_close(drawn.problem, found.hidden, drawn.firms) == []
