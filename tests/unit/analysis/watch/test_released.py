"""What leaves of what is watched: nothing of few firms, nothing that one or two firms make up, nothing to be worked out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.watch.released import released
from app.domain.release import CellStatus
from tests.unit.analysis.watch.studies import CAREFUL, CARELESS, JOBS, NO_AGENTS

HIDDEN = CellStatus.HIDDEN


def cells(table, column):
    place = table.columns.index(column)
    return {row.key: row.cells[place] for row in table.rows}


def test_that_sectors_of_few_firms_are_hidden_with_a_partner(looked):
    firms = [CAREFUL] * 12 + [NO_AGENTS] * 3 + [NO_AGENTS] * 8
    told = cells(released(looked(*firms, sectors="C" * 12 + "J" * 3 + "F" * 8)).agents, "using")
    assert [key for key, cell in told.items() if cell.status is HIDDEN] == ["F", "J"]
    assert told["J"].value is None and told["*"].value is not None


def test_that_a_red_flag_of_few_firms_is_hidden(looked):
    told = cells(released(looked(*[CAREFUL] * 30, *[CARELESS] * 3)).flags, "public_port")
    assert told["*"].status is HIDDEN


def test_that_a_dominated_rate_is_hidden_with_its_net_and_a_partner_sector(looked):
    giant = {**JOBS, "J1": 90.0}
    firms = [giant, *[{**JOBS, "J1": 0.1}] * 9, *[JOBS] * 30, *[JOBS] * 20]
    found = looked(*firms, sectors="C" * 10 + "F" * 30 + "J" * 20)
    table = released(found).jobs
    for column in ("displaced", "net", "redeployed"):
        told = cells(table, column)
        assert [key for key, cell in told.items() if cell.status is HIDDEN] == ["C", "J"], column
    assert all(cell.value is not None for cell in cells(table, "created").values())
    assert "(2,85) dominance" in table.policy


def test_that_parts_not_asked_are_empty_tables(resources):
    from app.analysis.watch import watch
    from tests.unit.analysis.watch.studies import study_of

    found = released(watch(study_of(resources.instruments["miit-sme-2024"], {}), resources))
    assert found.agents.rows == found.jobs.rows == () and found.models == {}


FIRM = st.fixed_dictionaries({name: st.sampled_from([None, 0.0, 1.0, 5.0, 80.0]) for name in ("ID05", "J1", "J2", "J3", "J4")})


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("CFJ"), FIRM), min_size=1, max_size=25))
def test_that_no_rate_is_told_of_a_firm_or_two_whatever_they_answer(looked, firms):
    found = looked(*(firm for _, firm in firms), sectors=[sector for sector, _ in firms])
    table, places = released(found).jobs, {"displaced": "J1", "created": "J3", "moved": "J2", "trained": "J4"}
    for row in table.rows:
        own = [firm for sector, firm in firms if row.key in ("*", sector)]
        told = dict(zip(table.columns, row.cells, strict=True))
        for name, item in places.items():
            used = [f for f in own if f["ID05"] and f[item] is not None and f[item] <= f["ID05"]]
            counts = sorted((f[item] for f in used), reverse=True)
            if told[name].value is not None:
                assert len(used) >= 5 and sum(counts[:2]) <= 0.85 * sum(counts) + 1e-9
        for name, parts in (("net", ("created", "displaced")), ("redeployed", ("moved", "displaced"))):
            if any(told[part].status is HIDDEN for part in parts):
                assert told[name].value is None
