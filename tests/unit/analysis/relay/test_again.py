"""A second package of a wave: told anew only where the difference speaks of five firms or none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.relay import carry_over, released
from app.domain.relay import ALL
from tests.unit.analysis.relay.samples import counted

NUMBERS = [[30, 20, 30, 40], [50, 60, 70, 80], [12, 9, 9, 8]]


def table(numbers):
    (found,) = released([counted(numbers)])
    return found.table


def one_more(row, column, by):
    changed = np.array(NUMBERS)
    changed[row, column] += by
    return changed


def test_that_the_first_package_and_an_unchanged_one_are_sent_as_they_are():
    assert not carry_over(table(NUMBERS), None)
    assert not carry_over(table(NUMBERS), table(NUMBERS))


@pytest.mark.parametrize("by", [1, -1, 4])
def test_that_a_table_a_few_firms_apart_is_sent_as_it_was(by):
    assert carry_over(table(one_more(1, 2, by)), table(NUMBERS))


def test_that_a_table_is_not_rounded_after_its_numbers_were_told_nor_told_after_they_were_rounded():
    (rounded,) = released([counted(NUMBERS)], rounding=True)
    (more,) = released([counted(one_more(1, 2, 9))], rounding=True)
    assert carry_over(rounded.table, table(NUMBERS))
    assert carry_over(table(NUMBERS), rounded.table)
    assert not carry_over(more.table, rounded.table)


def test_that_a_table_that_changed_enough_is_told_anew():
    assert not carry_over(table(one_more(1, 2, 9)), table(NUMBERS))


def test_that_a_firm_that_now_answers_otherwise_is_not_told_by_the_difference():
    changed = np.array(NUMBERS)
    changed[1, 2] += 1
    changed[1, 1] -= 1
    assert carry_over(table(changed), table(NUMBERS))


def test_that_what_a_line_hides_is_held_against_the_earlier_line():
    few = [[2, 1, 0, 1], [50, 60, 70, 80], [1, 1, 2, 0], [30, 40, 50, 60]]
    more = np.array(few)
    more[0, 0] += 1
    more[3, 1] += 9
    before, after = table(few), table(more)
    hidden = [key for key in ("A", "B", "C", "D") if not after.cell(key, "L0").told]
    assert {"A", "C"} <= set(hidden)
    assert carry_over(after, before)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(-12, 12), min_size=12, max_size=12))
def test_that_no_number_told_twice_is_a_few_firms_apart(steps):
    changed = np.maximum(np.array(NUMBERS) + np.array(steps).reshape(3, 4), 0)
    before, after = table(NUMBERS), table(changed)
    if after is None or carry_over(after, before):
        return
    for key in ("A", "B", "C", ALL):
        for column in after.columns:
            one, two = before.cell(key, column), after.cell(key, column)
            if one.told and two.told:
                assert one.n == two.n or abs(one.n - two.n) >= 5
