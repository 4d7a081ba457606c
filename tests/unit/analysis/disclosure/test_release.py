"""Released tables: small cells carry no number, and no total gives one back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.disclosure import Policy, release
from app.domain.release import Cell, CellStatus, ReleasedTable, Row

HIDDEN, SMALL, SHOWN = CellStatus.HIDDEN, CellStatus.SMALL, CellStatus.SHOWN


def share(n: int, value: float = 0.5) -> Cell:
    return Cell(SHOWN, "fraction", value, max(value - 0.1, 0), min(value + 0.1, 1), n, f"share|{n}")


def column(*sizes: int, total: bool = True, unit: str = "fraction") -> ReleasedTable:
    rows = [Row(f"r{place}", f"r{place}", (share(n),)) for place, n in enumerate(sizes)]
    if unit == "count":
        rows = [Row(f"r{place}", f"r{place}", (Cell(SHOWN, "count", float(n)),)) for place, n in enumerate(sizes)]
    whole = Cell(SHOWN, unit, 0.5 if unit == "fraction" else float(sum(sizes)), n=sum(sizes))
    return release("t", ("x",), [*rows, Row("*", "all", (whole,))] if total else rows, "*" if total else "")


def statuses(table: ReleasedTable) -> list[CellStatus]:
    return [row.cells[0].status for row in table.rows]


def test_that_cells_below_five_are_hidden_and_below_ten_marked():
    assert statuses(column(4, 5, 9, 10, total=False)) == [HIDDEN, SMALL, SMALL, SHOWN]


def test_that_a_hidden_cell_carries_no_number_at_all():
    cell = column(4, 50, total=False).rows[0].cells[0]
    assert (cell.value, cell.low, cell.high, cell.n) == (None, None, None, None)
    assert cell.unit == "fraction"


def test_that_a_single_hidden_row_takes_the_next_smallest_with_it():
    assert statuses(column(40, 3, 12, 30)) == [SHOWN, HIDDEN, HIDDEN, SHOWN, SHOWN]


def test_that_without_a_total_nothing_more_is_hidden():
    assert statuses(column(40, 3, 12, total=False)) == [SHOWN, HIDDEN, SHOWN]


def test_that_two_hidden_rows_of_too_few_firms_together_take_a_third():
    assert statuses(column(1, 2, 12, 30)) == [HIDDEN, HIDDEN, HIDDEN, SHOWN, SHOWN]
    assert statuses(column(3, 2, 12, 30)) == [HIDDEN, HIDDEN, SHOWN, SHOWN, SHOWN]


def test_that_the_total_is_hidden_when_no_row_is_left_to_hide():
    table = release("t", ("x",), [Row("a", "a", (share(3),)), Row("*", "all", (share(80),))], "*")
    assert statuses(table) == [HIDDEN, HIDDEN]


def test_that_a_row_without_firms_is_empty_and_protects_nobody():
    table = column(0, 3, 12, 30)
    assert statuses(table) == [SHOWN, HIDDEN, HIDDEN, SHOWN, SHOWN]
    assert table.rows[0].cells[0].value is None


def test_that_a_count_is_its_own_number_of_firms():
    table = column(4, 20, 7, unit="count")
    assert statuses(table) == [HIDDEN, SHOWN, HIDDEN, SHOWN]


def test_that_numbers_that_rest_on_no_firm_are_shown():
    target = Row("goal", "goal", (Cell(SHOWN, "fraction", 0.7),))
    assert statuses(release("t", ("x",), [target])) == [SHOWN]


def test_that_columns_are_protected_one_by_one_and_hidden_cells_counted():
    rows = [
        Row("a", "a", (share(3), share(50))),
        Row("b", "b", (share(20), share(20))),
        Row("c", "c", (share(30), share(30))),
        Row("*", "all", (share(53), share(100))),
    ]
    table = release("t", ("x", "y"), rows, "*")
    assert [cell.status for row in table.rows for cell in row.cells].count(HIDDEN) == table.hidden == 2
    assert table.rows[0].cells[1].status is SHOWN


def test_that_the_policy_is_an_argument_and_named_in_the_table():
    rows = [Row("a", "a", (share(2),))]
    table = release("t", ("x",), rows, policy=Policy(hide_below=3, mark_below=4))
    assert statuses(table) == [HIDDEN]
    assert table.policy == "n<3 hidden; n<4 marked; secondary"
    assert statuses(release("t", ("x",), rows, policy=Policy(2, 3))) == [SMALL]


sizes = st.lists(st.integers(0, 40), min_size=1, max_size=9)


@given(sizes, st.booleans())
def test_that_no_small_number_is_shown(numbers, total):
    table = column(*numbers, total=total)
    for n, row in zip(numbers, table.rows, strict=False):
        assert (row.cells[0].status is HIDDEN) or n == 0 or n >= 5
        assert row.cells[0].status is not HIDDEN or row.cells[0].n is None


@given(sizes)
def test_that_the_total_less_what_is_shown_gives_no_hidden_number_back(numbers):
    """With at least two hidden rows on five firms or more, several splits of the remainder are possible."""
    table = column(*numbers, unit="count")
    *body, total = [row.cells[0] for row in table.rows]
    hidden = [cell for cell in body if cell.status is HIDDEN]
    if not hidden or total.status is HIDDEN:
        return
    rest = int(total.value - sum(cell.value for cell in body if cell.status is not HIDDEN))
    assert len(hidden) >= 2
    assert rest >= 5  # so that no cell, and no sum of all hidden ones, rests on fewer than five firms


@given(sizes, st.booleans(), st.sampled_from(["fraction", "count"]))
def test_that_releasing_again_changes_nothing(numbers, total, unit):
    once = column(*numbers, total=total, unit=unit)
    assert release(once.id, once.columns, once.rows, once.total) == once


@given(sizes, st.randoms())
def test_that_as_many_cells_are_hidden_in_any_order_of_rows(numbers, random):
    turned = list(numbers)
    random.shuffle(turned)
    assert column(*numbers).hidden == column(*turned).hidden
