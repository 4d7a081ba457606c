"""Dominance: a sum that a few firms make up is theirs to be read off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.disclosure import Dominance, Policy, dominated, release
from app.domain.release import Cell, CellStatus, Row


def one_group(*values, rule=None):
    return bool(dominated(np.array(values, dtype=float), np.zeros(len(values), dtype=np.int64), 1, rule)[0])


def test_that_two_firms_with_more_than_the_share_make_a_sum_unsafe_and_exactly_the_share_does_not():
    assert one_group(50, 36, 7, 7)
    assert not one_group(50, 35, 8, 7)


def test_that_one_or_two_firms_alone_are_always_unsafe_and_nothing_is_nobodys():
    assert one_group(3) and one_group(3, 3) and one_group(3, 0, 0, 0, 0, 0)
    assert not one_group(0, 0, 0)
    assert not dominated(np.array([]), np.array([], dtype=np.int64), 2).any()


def test_that_another_rule_asks_another_number_of_firms():
    assert one_group(40, 30, 20, 5, 5, rule=Dominance(3, 0.75))
    assert not one_group(40, 30, 20, 5, 5, rule=Dominance(1, 0.75))


def test_that_what_is_no_contribution_is_refused():
    for value in (-1.0, np.nan):
        with pytest.raises(ValueError, match="contribution"):
            one_group(value, 2.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50)), max_size=40))
def test_that_groups_are_told_as_if_each_stood_alone(pairs):
    of, values = np.array([g for g, _ in pairs], dtype=np.int64), np.array([v for _, v in pairs], dtype=float)
    expected = []
    for group in range(4):
        own = sorted((v for g, v in pairs if g == group), reverse=True)
        expected.append(sum(own[:2]) > 0.85 * sum(own))
    assert dominated(values, of, 4).tolist() == expected


def test_that_the_policy_of_a_table_names_the_rule():
    assert Policy(dominance=Dominance()).id.endswith("; (2,85) dominance")
    assert "dominance" not in Policy().id


def cell(n, hidden=False):
    return Cell(CellStatus.HIDDEN if hidden else CellStatus.SHOWN, "fraction", 0.5, n=n)


def test_that_a_difference_is_hidden_with_its_parts_and_they_are_not_for_it():
    rows = [Row("a", "a", (cell(20, hidden=True), cell(20), cell(20))), Row("b", "b", (cell(20), cell(20), cell(3)))]
    table = release("t", ("lost", "made", "net"), rows, follows={2: (0, 1)})
    told = [[each.status is CellStatus.HIDDEN for each in row.cells] for row in table.rows]
    assert told == [[True, False, True], [False, False, True]]


def test_that_a_partner_hidden_for_a_total_takes_its_difference_with_it():
    sizes = {"a": 20, "b": 30, "c": 25}
    rows = [Row(key, key, (cell(n, key == "a"), cell(n), cell(60 - n))) for key, n in sizes.items()]
    rows.append(Row("*", "all", (cell(75), cell(75), cell(75))))
    table = release("t", ("lost", "made", "net"), rows, "*", follows={2: (0, 1)})
    hidden = {row.key: [each.status is CellStatus.HIDDEN for each in row.cells] for row in table.rows}
    assert hidden["c"][0] and hidden["c"][2] and not hidden["c"][1]
    assert hidden["*"] == [False, False, False]
