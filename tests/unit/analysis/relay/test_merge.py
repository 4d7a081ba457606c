"""Adding packages up: right where all tell, honest where some hide, and nothing given back."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.relay import leaks, merged_tables, released
from app.domain.relay import ALL, Place, Rank, RelayCell, RelayContent, RelayRow, RelayTable
from tests.unit.analysis.relay.samples import COLUMNS, counted, some_counties, told_interval


def content(table, number=1, rank=Rank.COUNTY):
    return RelayContent(
        Place(f"99010{number}", f"县{number}", rank),
        ("q", "1"),
        ("r", "1"),
        "2026",
        ("2026-06-30", "2026-06-30"),
        "census",
        (table,) if table is not None else (),
        "n<5",
        "",
        "0",
        "2026-09-01T08:00:00+08:00",
    )


def test_that_what_all_places_tell_adds_up():
    tables = [released([counted([[10, 20, 30, 40], [50, 60, 70, 80]])])[0].table for _ in range(3)]
    (found,) = merged_tables([content(table, number) for number, table in enumerate(tables, 1)])
    cell = found.cell("B", "L2")
    assert (cell.n, cell.value, cell.told, cell.of) == (210, 210.0, 3, 3)
    assert found.cell(ALL, ALL).n == 3 * 360
    assert leaks(found) == ()


def test_that_a_sector_no_firm_of_a_place_is_in_counts_as_none_and_a_missing_table_as_not_told():
    one = released([counted([[10, 20, 30, 40]], ["A"])])[0].table
    two = released([counted([[10, 20, 30, 40], [9, 9, 9, 9]], ["A", "B"])])[0].table
    (found,) = merged_tables([content(one, 1), content(two, 2), content(None, 3)])
    assert (found.cell("B", ALL).n, found.cell("B", ALL).told, found.cell("B", ALL).of) == (36, 2, 3)
    assert not found.cell(ALL, ALL).is_whole


def test_that_a_number_some_places_hide_is_the_sum_of_the_others_and_says_so():
    hiding = released([counted([[2, 0, 1, 0], [50, 60, 70, 80], [1, 1, 2, 1]])])[0].table
    telling = released([counted([[12, 20, 30, 40], [50, 60, 70, 80], [30, 9, 9, 8]])])[0].table
    (found,) = merged_tables([content(hiding, 1), content(telling, 2)])
    cell = found.cell("A", "L0")
    assert (cell.n, cell.told, cell.of) == (12, 1, 2)
    assert found.cell(ALL, "L0").n == 53 + 92
    (whole,) = merged_tables([content(hiding, 1), content(hiding, 2)])
    assert whole.cell("A", "L0") == RelayCell(of=2)


def test_that_what_no_firm_of_one_county_has_is_no_leak_in_the_sum():
    none = released([counted([[2, 1, 1, 0], [50, 60, 70, 0], [2, 1, 2, 0]])])[0].table
    some = released([counted([[12, 20, 30, 40], [50, 60, 70, 80], [30, 9, 9, 8]])])[0].table
    assert not none.cell("A", "L3").told
    assert leaks(none) == ()
    (found,) = merged_tables([content(none, 1), content(some, 2)])
    assert leaks(found) == ()


def test_that_rounded_numbers_are_added_up_and_the_sum_says_so():
    hiding = released([counted([[2, 0, 1, 0], [50, 60, 70, 80], [1, 1, 2, 1]])])[0].table
    rounding = released([counted([[2, 0, 1, 0], [51, 62, 73, 84], [1, 1, 2, 1]])], rounding=True)[0].table
    (found,) = merged_tables([content(hiding, 1), content(rounding, 2)])
    assert rounding.rounded == found.rounded > 0
    assert leaks(found) == ()
    assert found.cell("B", "L1").n == 60 + rounding.cell("B", "L1").n
    assert (found.cell("A", ALL).told, found.cell("A", ALL).n) == (1, rounding.cell("A", ALL).n)


def test_that_tables_of_other_columns_are_not_added_up():
    one = counted([[10, 20, 30, 40]])
    other = RelayTable("levels", "firms", (ALL,), (RelayRow(ALL, (RelayCell(10, 10.0, 10.0, 1, 1),)),))
    with pytest.raises(ValueError, match="levels"):
        merged_tables([content(released([one])[0].table, 1), content(other, 2)])


@pytest.mark.parametrize("seed", range(6))
def test_that_a_city_beside_its_counties_gives_no_small_number_of_any_county_back(seed):
    given = some_counties(seed, 3, 4)
    tables = [each.table for each in released(given)]
    (city,) = merged_tables([content(table, number) for number, table in enumerate(tables, 1)])
    assert leaks(city) == ()
    more = []
    for told in city.rows:
        for column, cell in enumerate(told.cells):
            if cell.is_whole:  # the city's own number is the sum of the counties': the attacker may use it
                places = {(k, [r.key for r in t.rows].index(told.key) * len(COLUMNS) + column): 1.0 for k, t in enumerate(tables)}
                more.append((places, float(cell.n)))
    for county, (table, truth) in enumerate(zip(tables, given, strict=True)):
        for place, n in enumerate(truth.n.ravel()):
            row, column = divmod(place, len(COLUMNS))
            of_few = n and truth.n[row, -1] < 5 and truth.n[-1, column]
            if of_few and not table.rows[row].cells[column].told:
                low, high = told_interval(tables, county, place, more)
                assert low - 1e-6 <= n <= high + 1e-6
                assert high - low >= (5 if COLUMNS[column] == ALL else 1) - 1e-6


def test_that_leaving_one_county_out_tells_nothing_of_what_it_hides():
    tables = [each.table for each in released(some_counties(3, 4, 5)) if each.table is not None]
    contents = [content(table, number) for number, table in enumerate(tables, 1)]
    (all_,), (less,) = merged_tables(contents), merged_tables(contents[:-1])
    last = contents[-1].tables[0]
    for row in last.rows:
        for column, cell in zip(last.columns, row.cells, strict=True):
            if not cell.told:
                assert (all_.cell(row.key, column).n or 0) == (less.cell(row.key, column).n or 0)
    assert np.isfinite(all_.cell(ALL, ALL).value)
