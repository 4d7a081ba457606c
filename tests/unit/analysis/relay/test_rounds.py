"""Rounding instead of hiding: only where it protects as well, and the same numbers alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.relay import leaks, released
from app.analysis.relay.counts import Beside
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL
from tests.unit.analysis.relay.samples import counted, some_counties, too_close, yes_no


def firms(table):
    return np.array([[cell.n for cell in row.cells] for row in table.rows], dtype=float)


@pytest.mark.parametrize("seed", range(8))
def test_that_all_numbers_are_told_as_near_multiples_that_add_up_and_tell_nothing_too_closely(seed):
    (table,) = some_counties(seed, 1)
    (found,) = released([table], rounding=True)
    told, base = firms(found.table), found.table.rounded
    assert base > 0 and found.hidden == 0 and leaks(found.table) == ()
    assert (told % base == 0).all() and (np.abs(told - table.n) < base).all()
    near = {(r, c): (n - base + 1, n + base - 1) for (r, c), n in np.ndenumerate(told)}
    assert too_close(table, {}, near) == []


def test_that_groups_of_few_firms_ask_for_a_larger_multiple_than_numbers_of_many():
    many, few = counted([[12, 23, 34, 41], [51, 62, 73, 84]]), counted([[1, 1, 1, 0], [51, 62, 73, 84]])
    assert [released([table], rounding=True)[0].table.rounded for table in (many, few)] == [5, 10]


def test_that_the_same_firms_in_two_tables_are_rounded_alike():
    levels = counted([[3, 4, 1, 3], [7, 8, 9, 4], [14, 2, 6, 1]])
    of_all = levels.n[:-1, -1]
    measure = yes_no([1, 2, 3], of_all - [1, 2, 3], levels.rows[:-1])
    one, two = released([levels, measure], rounding=True)
    assert one.table.rounded == two.table.rounded > 0
    assert np.array_equal(firms(one.table)[:, -1], firms(two.table)[:, -1])


def test_that_numbers_are_hidden_where_briefs_tell_what_rounding_would_blur():
    table = counted([[2, 1, 0, 0], [51, 62, 73, 84], [12, 13, 14, 15]])
    told = np.ones(table.n.shape, dtype=bool)
    told[0] = False
    (found,) = released([table], None, {table.id: Beside(~told, told)}, rounding=True)
    assert found.table is None or not found.table.rounded


def test_that_firms_that_stand_for_others_and_sums_of_people_are_hidden_as_ever():
    table = counted([[2, 1, 0, 0], [51, 62, 73, 84], [2, 2, 0, 1]])
    sample = replace(table, value=table.n * 3.7, base=table.n * 3.7)
    (found,) = released([sample], rounding=True)
    assert not found.table.rounded and not found.table.cell("A", ALL).told
    adds, n = np.array([900.0, 800.0, *([50.0] * 20), *([60.0] * 20)]), np.array([[2.0], [20.0], [20.0], [42.0]])
    of = np.concatenate([np.repeat([0, 1, 2], [2, 20, 20]), np.full(len(adds), 3)])
    value = np.array([[1700.0], [1000.0], [1200.0], [3900.0]])
    people = Tallied("measure p", "people", ("A", "B", "C", ALL), (ALL,), (), n, value, n, np.concatenate([adds, adds]), of)
    (found,) = released([people], rounding=True)
    assert not found.table.rounded and not found.table.cell("A", ALL).told
