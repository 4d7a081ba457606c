"""A package and the briefs of the same study keep the same back, and each knows what the other told."""

from __future__ import annotations

import pytest

from app.analysis.relay import released
from app.domain.relay import ALL, RelayCell, RelayRow, RelayTable
from app.domain.release import Withheld
from app.domain.statistic import Naming, statistic_of
from app.workflows.relay_withheld import kept_back, statistics
from tests.unit.analysis.relay.samples import COLUMNS, counted
from tests.unit.files.relay_samples import content

TABLE = counted([[10, 20, 30, 40], [50, 60, 70, 80], [9, 9, 9, 9]])


def hidden_in(withheld):
    kept = kept_back(TABLE, "2026", withheld)
    (found,) = released([TABLE], None, {TABLE.id: kept})
    return {
        (row.key, column) for row in found.table.rows for column, cell in zip(COLUMNS, row.cells, strict=True) if not cell.told
    }


def test_that_nothing_is_hidden_where_no_brief_keeps_anything_back():
    assert hidden_in(Withheld()) == set()
    assert hidden_in(Withheld(groups=frozenset({"level|2025|A", "pillar.x|2026|A"}))) == set()


def test_that_a_group_briefs_keep_back_is_kept_back_whole():
    assert {("A", column) for column in COLUMNS} <= hidden_in(Withheld(groups=frozenset({"level|2026|A"})))


@pytest.mark.parametrize("mark", ["share|2026|B|L2", "estimate|2026|B|L2"])
def test_that_a_number_briefs_keep_back_is_kept_back(mark):
    assert ("B", "L2") in hidden_in(Withheld(marks=frozenset({mark})))


def test_that_the_register_names_what_a_package_tells_as_briefs_do():
    (found,) = released([counted([[10, 20, 30, 40], [1, 60, 70, 80], [1, 9, 9, 9]])])
    told = {cell.mark: cell for cell in statistics(content(tables=(found.table,)))}
    assert told["share|2026|A|L2+"].value == 0.7
    assert told["share|2026|A|L2+"].n == 100
    assert told["share|2026|B|L0"].hidden
    assert told["share|2026|B|L0"].value is None
    for mark in told:
        group = statistic_of(mark, Naming()).group
        assert (group.basis, group.wave) == ("level", "2026")
    assert f"share|2026|{ALL}|L2" in told


def test_that_what_is_rounded_is_named_without_a_value():
    cell = RelayCell(10, 123.4, 10.0, 1, 1)
    pillars = RelayTable("pillars", "score", ("data",), (RelayRow(ALL, (cell,)),))
    (told,) = statistics(content(tables=(pillars,)))
    assert (told.mark, told.hidden, told.n, told.value) == ("pillar|2026|*|data", False, 10, None)


def test_that_nothing_of_a_sample_is_named_so():
    assert not list(statistics(content(tables=(released([TABLE])[0].table,), design="sample")))
