"""A package and the briefs of the same study keep the same back, and each knows what the other told."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.analysis.relay import leaks, released, tallied
from app.analysis.relay.counts import Beside
from app.domain.brief import BriefPlan
from app.domain.relay import ALL, Place, Rank, RelayCell, RelayRow, RelayTable
from app.domain.release import Withheld
from app.domain.statistic import Naming, statistic_of
from app.domain.task import run_to_end
from app.present.released_brief import release_brief, settle
from app.workflows.relay import _measures, made
from app.workflows.relay_withheld import kept_back, statistics
from tests.unit.analysis.relay.samples import COLUMNS, counted, told_of, too_close
from tests.unit.files.relay_samples import content
from tests.unit.present import attacker, small_study
from tests.unit.workflows.desks import desk, told_in
from tests.unit.workflows.samples import context

TABLE = counted([[10, 20, 30, 40], [50, 60, 70, 80], [9, 9, 9, 9]])


def hidden_in(withheld):
    beside = Beside(kept_back(TABLE, "2026", withheld), np.zeros(TABLE.n.shape, dtype=bool))
    (found,) = released([TABLE], None, {TABLE.id: beside})
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


@pytest.mark.parametrize("seed", [*range(14), 67])
def test_that_a_package_and_a_brief_of_a_county_hide_the_same_and_together_give_nothing_back(seed):
    found = desk(seed)
    for table in found.sums:
        of_brief, of_package = told_in([found.shown[table.id]], table), told_of(found.package[table.id])
        assert of_brief.items() <= of_package.items()
        assert too_close(table, {**of_brief, **of_package}) == []
        assert leaks(found.package[table.id]) == ()
        few = {(r, c) for r, firms in enumerate(table.n) if 0 < firms[-1] < 5 for c in range(len(firms))}
        assert not few & of_package.keys()


@pytest.mark.parametrize("seed", [0, 1, 5])
def test_that_a_package_beside_all_documents_of_its_study_gives_nothing_back(seed):
    resources = small_study.resources()
    chosen = random.Random(seed)
    study = small_study.study(sectors={sector: chosen.choice((1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 30)) for sector in "ABCFIJ"})
    known, wave = context(resources), study.waves[-1]
    package = run_to_end(made(study, wave, Place("990101", "东河县", Rank.COUNTY), known))
    settled = run_to_end(settle(study, resources))
    documents = [
        table
        for plan in (BriefPlan(), BriefPlan(template="tables"), BriefPlan(template="deck"))
        for table in attacker.tables(release_brief(study, resources, small_study.texts("zh"), known.now, plan, settled)[0])
    ]
    sums = [table for table in tallied(study, wave, _measures(study)) if table.unit == "firms"]
    assert {"answered", "levels"} < {table.id for table in sums}
    for table in sums:
        of_brief, of_package = told_in(documents, table), told_of(package.table(table.id))
        assert of_brief.items() <= of_package.items()
        assert too_close(table, {**of_brief, **of_package}) == []


@pytest.mark.parametrize("seed", range(10))
def test_that_a_rounded_package_hides_nothing_adds_up_and_beside_the_brief_gives_nothing_back(seed):
    found = desk(seed)
    for table in found.sums:
        told = found.rounded[table.id]
        of_brief, numbers, base = told_in([found.shown[table.id]], table), told_of(told), told.rounded
        assert base in (5, 10, 20)
        assert len(numbers) == table.n.size
        assert all(n % base == 0 and abs(n - table.n[at]) < base for at, n in numbers.items())
        assert leaks(told) == ()
        near = {at: (n - base + 1, n + base - 1) for at, n in numbers.items()}
        last = len(table.columns) - 1
        kept = {key for r, key in enumerate(table.rows) if (r, last) not in of_brief and (key or table.n[r, last] < 5)}
        assert [each for each in too_close(table, of_brief, near) if each[0] in kept] == []


def test_that_what_others_give_back_is_found_by_this_attacker():
    table = desk(0).sums[0]
    told = {(r, c): n for r, firms in enumerate(table.n) for c, n in enumerate(firms)}
    few = [at for at in told if table.rows[at[0]] == "A"]
    assert len(too_close(table, {at: n for at, n in told.items() if at not in few})) == len(few)


def test_that_the_register_names_what_a_package_tells_as_briefs_do():
    (found,) = released([counted([[10, 20, 30, 40], [1, 1, 0, 1], [1, 2, 1, 1]])])
    told = {cell.mark: cell for cell in statistics(content(tables=(found.table,)))}
    assert told["share|2026|A|L2+"].value == 0.7
    assert told["share|2026|A|L2+"].n == 100
    assert told["share|2026|A|L0"].value == 0.1
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


def test_that_nothing_of_rounded_numbers_is_named_so():
    (found,) = released([counted([[10, 20, 30, 40], [1, 60, 70, 80]])], rounding=True)
    assert found.table.rounded == 5
    assert not list(statistics(content(tables=(found.table,))))


def test_that_nothing_of_a_sample_is_named_so():
    assert not list(statistics(content(tables=(released([TABLE])[0].table,), design="sample")))
