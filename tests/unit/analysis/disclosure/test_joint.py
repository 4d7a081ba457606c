"""Tables made safe together: what is small, what gives it back, what was said before, and what nothing protects any more."""

from __future__ import annotations

import itertools

import pytest

from app.analysis.disclosure.joint import Asked, joint, without_given_away
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.signing import Published, Release
from app.domain.statistic import Naming

WAVE, ALL = "2026", "*"
REASON = "brief.release.given_away"


def group(sector, basis="level"):
    return f"{basis}|{WAVE}|{sector}"


def table(id_, firms, kind="share", what="|L2+"):
    """One column of shares by sector with its total, over so many firms each."""
    everybody = {**firms, ALL: sum(firms.values())}
    rows = [
        Row(sector, sector, (Cell(CellStatus.SHOWN, "fraction", 0.5, n=n, evidence=f"{kind}|{WAVE}|{sector}{what}"),))
        for sector, n in everybody.items()
    ]
    return ReleasedTable(id_, ("share",), tuple(rows), "", 0, total=ALL)


def released(firms, id_="r1"):
    """An earlier release that showed the shares of these groups."""
    cells = (Published(f"share|{WAVE}|{sector}|L2+", False, n, 0.5) for sector, n in firms.items())
    return Release(id_, "brief", "2026-07-01", "张三", "", "", "", tuple(cells))


def asked(*tables, earlier=()):
    return Asked(tables, Naming(), earlier)


FIRMS = {"A": 40, "B": 3, "C": 12, "D": 30}


def test_that_a_small_group_is_hidden_with_the_cheapest_partner_and_no_other():
    found = joint(asked(table("t", FIRMS)))
    assert found.withheld.groups == {group("B"), group("C")}
    assert (found.primary, found.exposed, found.optimal) == ({group("B")}, frozenset(), True)


def test_that_where_all_are_large_enough_nothing_is_hidden():
    found = joint(asked(table("t", {"A": 40, "C": 12})))
    assert (found.withheld.groups, found.withheld.marks, found.closest) == (frozenset(), frozenset(), None)


def test_that_the_same_firms_are_hidden_in_every_table_whatever_their_order():
    tables = [table("a", FIRMS), table("b", FIRMS, "estimate"), table("c", {"B": 3, "C": 12, "E": 50})]
    found = {joint(asked(*order)).withheld.groups for order in itertools.permutations(tables)}
    (groups,) = found
    assert {group("B"), group("B", "estimate")} <= groups


def test_that_a_partner_that_an_earlier_release_showed_hides_nothing_and_another_is_taken():
    found = joint(asked(table("t", FIRMS), earlier=(released({"C": 12, ALL: 85}),)))
    assert group("C") not in found.withheld.groups
    assert found.withheld.groups == {group("B"), group("D")}


def test_that_a_table_whose_hidden_number_an_earlier_release_gives_away_is_left_out_whole_and_the_others_are_not():
    earlier = released({"A": 40, "C": 12, "D": 30, ALL: 85})
    lost, kept = table("t", FIRMS), table("u", {"F": 20, "G": 30}, "measure", "")
    found = without_given_away(joint(asked(lost, kept, earlier=(earlier,))), Naming(), REASON)
    assert found.exposed == {group("B")}
    assert found.withheld.tables == (("t", REASON),)
    assert found.withheld.groups >= {group(sector) for sector in (*FIRMS, ALL)}
    assert not any(key.startswith("measure") for key in found.withheld.groups)


def test_that_where_nothing_is_given_away_no_table_is_left_out():
    found = joint(asked(table("t", FIRMS)))
    assert without_given_away(found, Naming(), REASON) is found


@pytest.mark.parametrize(("before", "held"), [(38, True), (40, False), (30, False)])
def test_that_a_number_a_few_firms_from_an_earlier_one_is_held_back_with_the_release_it_would_tell_of(before, held):
    found = joint(asked(table("t", {"A": 40, "C": 60, "D": 50}), earlier=(released({"A": before}, "r7"),)))
    assert (f"share|{WAVE}|A|L2+", "r7") in found.held if held else not found.held
    assert (group("A") in found.withheld.groups) is held


def test_that_a_release_made_again_hides_what_it_hid_though_another_partner_would_be_as_good():
    first = joint(asked(table("t", {"A": 40, "B": 3, "C": 12, "D": 12}))).withheld.groups
    cells = [
        Published(f"share|{WAVE}|{sector}|L2+", group(sector) in first, None if group(sector) in first else n)
        for sector, n in {"A": 40, "B": 3, "C": 12, "D": 12, ALL: 67}.items()
    ]
    earlier = Release("r1", "brief", "2026-07-01", "张三", "", "", "", tuple(cells))
    again = joint(asked(table("t", {"A": 40, "B": 3, "C": 12, "D": 12}), earlier=(earlier,)))
    assert again.withheld.groups == first
