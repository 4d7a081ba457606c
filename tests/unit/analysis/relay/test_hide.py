"""What leaves a county: no small number, and none that the others give back."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.relay import leaks, released
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL, RelayCell, RelayRow, RelayTable
from tests.unit.analysis.relay.samples import counted, some_counties, told_interval


def numbers(table, column=ALL):
    return {row.key: cell.n for row in table.rows if (cell := table.cell(row.key, column)) is not None}


@pytest.mark.parametrize("seed", range(12))
def test_that_no_small_number_of_a_random_table_is_told_or_bounded_closer_than_the_rule(seed):
    (table,) = some_counties(seed, 1)
    (found,) = released([table])
    cells = [cell for row in found.table.rows for cell in row.cells]
    assert all(not cell.told or cell.n == 0 or cell.n >= 5 for cell in cells)
    assert leaks(found.table) == ()
    for place, (cell, n) in enumerate(zip(cells, table.n.ravel(), strict=True)):
        if not cell.told and 0 < n < 5:
            low, high = told_interval([found.table], 0, place)
            assert low <= n + 1e-6
            assert high - low >= 5 - 1e-6


def test_that_a_table_without_small_numbers_is_told_whole():
    (found,) = released([counted([[10, 20, 30, 40], [50, 60, 70, 80], [0, 9, 9, 0]])])
    assert found.hidden == 0
    assert numbers(found.table) == {"A": 100, "B": 260, "C": 18, ALL: 378}


def test_that_totals_are_kept_before_other_cells():
    (found,) = released([counted([[3, 20, 30, 40], [50, 60, 70, 80], [30, 9, 9, 8]])])
    assert found.hidden
    assert all(found.table.cell(ALL, column).told for column in found.table.columns)


def test_that_a_sum_made_up_by_one_firm_is_hidden_however_many_firms_are_in_it():
    adds = np.array([9000.0, 1, 1, 1, 1, 1, 1, *([50.0] * 10), *([60.0] * 10)])
    sector = np.repeat([0, 1, 2], [7, 10, 10])
    n = np.array([[7.0], [10.0], [10.0], [27.0]])
    value = np.array([[9006.0], [500.0], [600.0], [10106.0]])
    of = np.concatenate([sector, np.full(len(adds), 3)])
    table = Tallied("measure m", "money", ("A", "B", "C", ALL), (ALL,), (), n, value, n, np.concatenate([adds, adds]), of)
    (found,) = released([table])
    assert found.table is None or not found.table.cell("A", ALL).told


def test_that_the_audit_finds_a_number_that_the_others_give_back():
    table = RelayTable(
        "answered",
        "firms",
        (ALL,),
        (
            RelayRow("A", (RelayCell(),)),
            RelayRow("B", (RelayCell(10, 10.0, 10.0, 1, 1),)),
            RelayRow(ALL, (RelayCell(13, 13.0, 13.0, 1, 1),)),
        ),
    )
    (leak,) = leaks(table)
    assert (leak.row, leak.column, round(leak.low), round(leak.high)) == ("A", ALL, 3, 3)


def test_that_the_audit_refuses_numbers_that_do_not_add_up():
    rows = [RelayRow(key, (RelayCell(n, float(n), float(n), 1, 1),)) for key, n in (("A", 10), ("B", 10), (ALL, 13))]
    with pytest.raises(ValueError, match="add up"):
        leaks(RelayTable("answered", "firms", (ALL,), tuple(rows)))


def test_that_large_numbers_may_be_bounded_since_they_need_no_hiding():
    cells = {"A": RelayCell(), "B": RelayCell(10, 10.0, 10.0, 1, 1), ALL: RelayCell(40, 40.0, 40.0, 1, 1)}
    assert leaks(RelayTable("answered", "firms", (ALL,), tuple(RelayRow(key, (cell,)) for key, cell in cells.items()))) == ()
