"""What leaves a county: no small number, and none that the others give back."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.relay import leaks, released
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL, RelayCell, RelayRow, RelayTable
from tests.unit.analysis.relay.samples import COLUMNS, SUMS, counted, some_counties, told_of, too_close


def numbers(table, column=ALL):
    return {row.key: cell.n for row in table.rows if (cell := table.cell(row.key, column)) is not None}


@pytest.mark.parametrize("seed", range(12))
def test_that_no_group_of_few_firms_is_told_or_bounded_closer_than_the_rule_nor_what_it_has(seed):
    (table,) = some_counties(seed, 1)
    (found,) = released([table])
    told = told_of(found.table)
    assert not {(r, c) for r, c in told if 0 < table.n[r, -1] < 5}
    assert too_close(table, told) == []
    assert leaks(found.table) == ()


def test_that_in_a_group_of_enough_firms_every_number_is_told_however_small():
    (found,) = released([counted([[1, 2, 3, 40], [50, 60, 70, 80], [0, 9, 9, 0], [1, 1, 1, 2]])])
    assert found.hidden == 0
    assert numbers(found.table) == {"A": 46, "B": 260, "C": 18, "D": 5, ALL: 329}


def test_that_a_group_of_few_firms_is_hidden_whole_with_enough_others_and_totals_last():
    (found,) = released([counted([[3, 0, 0, 1], [50, 60, 70, 80], [30, 9, 9, 8], [2, 2, 2, 1]])])
    hidden = {row.key for row in found.table.rows if not any(cell.told for cell in row.cells)}
    assert hidden == {"A", "D"}
    assert all(found.table.cell(ALL, column).told for column in found.table.columns)


def test_that_what_all_hidden_groups_lack_is_not_told_by_the_others():
    (found,) = released([counted([[2, 2, 0, 0], [50, 60, 70, 80], [30, 9, 9, 8], [4, 2, 0, 0]])])
    assert too_close(counted([[2, 2, 0, 0], [50, 60, 70, 80], [30, 9, 9, 8], [4, 2, 0, 0]]), told_of(found.table)) == []
    assert all(found.table.cell(ALL, column).told for column in found.table.columns)
    assert sum(not cell.told for row in found.table.rows if row.key in "BC" for cell in row.cells) in range(2, 7)


def test_that_what_no_firm_at_all_has_needs_no_partner():
    (found,) = released([counted([[2, 2, 0, 0], [50, 60, 0, 0], [30, 9, 0, 0], [4, 2, 0, 0]])])
    assert {row.key for row in found.table.rows if not all(cell.told for cell in row.cells)} == {"A", "D"}
    assert leaks(found.table) == ()


def test_that_firms_of_a_few_rows_are_told_as_one_where_nothing_else_protects_them():
    (found,) = released([counted([[2, 1, 0, 0], [1, 0, 0, 0]])])
    assert not told_of(found.table)


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


@pytest.mark.parametrize(
    ("partners", "leaking"),
    [((), "AD"), (("L2", "L3", "L2+"), "AD"), (("L1", "L2", "L3", "L2+"), "")],
    ids=["none", "what they have not is still told at one level and above", "enough"],
)
def test_that_the_audit_finds_what_hidden_groups_are_told_to_have(partners, leaking):
    table = counted([[2, 2, 0, 0], [50, 60, 70, 80], [30, 9, 9, 8], [4, 2, 0, 0]])
    rows = []
    for firms, key in zip(table.n, table.rows, strict=True):
        hidden = [key in "AD" or (key in "BC" and column in partners) for column in COLUMNS]
        rows.append(RelayRow(key, tuple(RelayCell() if h else told(n) for h, n in zip(hidden, firms, strict=True))))
    found = leaks(RelayTable("levels", "firms", COLUMNS, tuple(rows), SUMS))
    assert {leak.row for leak in found if leak.row in "AD"} == set(leaking)


def told(n):
    return RelayCell(int(n), float(n), float(n), 1, 1)


def test_that_the_audit_refuses_a_group_of_few_firms_that_is_told_and_lets_what_few_of_many_have_pass():
    few, many = (
        RelayTable(
            "measure m@1",
            "firms",
            ("yes", "no", ALL),
            tuple(RelayRow(key, tuple(map(told, n))) for key in ("A", ALL)),
            ((ALL, ("yes", "no")),),
        )
        for n in ((1, 2, 3), (1, 8, 9))
    )
    assert {(leak.row, leak.column) for leak in leaks(few)} == {("A", ALL), (ALL, ALL)}
    assert leaks(many) == ()


def test_that_of_people_each_cell_of_few_firms_is_held_to_five():
    cells = ({"A": RelayCell(3, 900.0, 3.0, 1, 1), "B": told(20), ALL: RelayCell(23, 920.0, 23.0, 1, 1)},)
    cells = (*cells, {"A": RelayCell(), "B": RelayCell(), ALL: told(4 + 3)}, {"A": RelayCell(), "B": told(20), ALL: told(23)})
    found = [
        leaks(RelayTable("measure m@1", "people", ("yes",), tuple(RelayRow(key, (cell,)) for key, cell in each.items())))
        for each in cells
    ]
    assert [{leak.row for leak in each} for each in found] == [{"A"}, set(), {"A"}]
