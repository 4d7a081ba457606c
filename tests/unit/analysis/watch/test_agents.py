"""Agents: who uses them, in which tier, how well they are kept in hand, and what blanks leave open."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.study import Design
from app.domain.watch import AGENT_COLUMNS, Quadrant
from tests.unit.analysis.watch.studies import CAREFUL, CARELESS, NO_AGENTS


def row(watch, place=0):
    return watch.register.frame.iloc[place]


def without(firm, *items):
    return {code: answer for code, answer in firm.items() if code not in items}


def test_that_the_register_holds_firms_that_surely_use_agents_and_no_other(looked):
    found = looked(CAREFUL, NO_AGENTS, {}, {"A1": "planned"}, {"A1": "unknown"}, {"A1": "na"}, CARELESS)
    assert found.register.frame["position"].tolist() == [0, 6]
    assert tuple(found.register.frame.columns) == AGENT_COLUMNS


def test_that_a_blank_is_no_user_and_no_firm_without(looked):
    total = looked(CAREFUL, NO_AGENTS, {}, {"A1": "unknown"}).agents[0]
    assert (total.firms, total.users, total.using.value, total.using.n) == (2, 1, 0.5, 2)


@pytest.mark.parametrize(
    ("option", "tier"),
    [("advise", "user"), ("approve", "authorised"), ("scope", "agent"), ("full", "agent"), (None, "")],
)
def test_that_autonomy_is_told_in_the_official_tiers(looked, option, tier):
    found = looked({**CAREFUL, "G2": option})
    assert row(found)["tier"] == tier
    assert found.agents[0].tiers[tier] == 1


def test_that_a_firm_that_does_all_it_can_is_calm_and_one_that_does_nothing_must_act(looked):
    found = looked(CAREFUL, CARELESS)
    assert row(found, 0)[["control", "quadrant", "flags"]].tolist() == [100.0, "calm", ""]
    assert row(found, 1)[["control", "exposure", "quadrant"]].tolist() == [0.0, 100.0, "act"]
    assert row(found, 1)["flags"] == "admin_office|public_port|raw_data|unreviewed"


def test_that_what_does_not_apply_is_left_out_of_the_score(looked):
    found = looked({**CAREFUL, "G15": "no"}, {**CAREFUL, "G15": "na"})
    assert row(found, 0)["control"] == pytest.approx(100 * 11 / 12)  # filing never applies
    assert row(found, 1)["control"] == 100.0


def test_that_a_blank_control_is_in_no_score_and_spans_its_bounds(looked):
    found = row(looked(without(CAREFUL, "G3", "G12")))
    assert found["control"] == 100.0
    assert found["control_low"] == pytest.approx(100 * 10 / 12)
    assert found["control_high"] == 100.0


def test_that_a_firm_that_answers_only_that_it_uses_agents_has_no_score_and_no_quadrant(looked):
    found = row(looked({"A1": "yes"}))
    assert np.isnan(found["control"]) and np.isnan(found["exposure"]) and np.isnan(found["agents"])
    assert (found["control_low"], found["control_high"]) == (0.0, 100.0)
    assert found["quadrant"] == Quadrant.UNKNOWN
    assert found["flags"] == "" and found["flags_unknown"].count("|") == 3


def test_that_one_red_flag_undoes_the_best_score(looked):
    found = row(looked({**CAREFUL, "G7": "yes"}))
    assert found["control"] > 90 and found["flags"] == "public_port"
    assert found["quadrant"] == Quadrant.TIDY


def test_that_a_flag_of_two_answers_needs_both_and_is_settled_by_either_no(looked):
    office = looked({**CAREFUL, "G4": "office", "G5": None}, {**CAREFUL, "G4": None, "G5": "no"}, {**CAREFUL, "G4": "office"})
    assert office.register.frame["flags"].tolist() == ["", "", ""]
    assert office.register.frame["flags_unknown"].tolist() == ["admin_office", "", ""]


def test_that_an_open_flag_is_neither_strong_control_nor_a_flag(looked):
    found = looked(without(CAREFUL, "G7"))
    assert row(found)["flags_unknown"] == "public_port"
    assert row(found)["quadrant"] == Quadrant.UNKNOWN
    total = found.agents[0]
    assert total.flags["public_port"] == 0 and total.flags_unknown["public_port"] == 1
    assert total.flagged.value is None and total.flagged.reason == "watch.reason.no_users"


def test_that_the_flagged_share_leaves_out_who_left_a_flag_open_even_where_another_holds(looked):
    open_and_flagged = without(CARELESS, "G7")
    total = looked(CAREFUL, CAREFUL, CARELESS, open_and_flagged).agents[0]
    assert (total.flagged.n, total.flagged.value) == (3, pytest.approx(1 / 3))


def test_that_nobody_checking_is_a_flag_only_where_agents_act_alone(looked):
    found = looked({**CAREFUL, "G10": "none"}, {**CAREFUL, "G10": "none", "G2": "scope"})
    assert found.register.frame["flags"].tolist() == ["", "unreviewed"]


def test_that_exposure_is_the_product_of_autonomy_data_and_scale(looked):
    found = looked({**CAREFUL, "G2": "approve", "G8": "masked", "A2": 6.0}, {**CAREFUL, "A2": 0.0}, without(CAREFUL, "A2"))
    assert row(found, 0)["exposure"] == pytest.approx(100 * 0.5 * 0.7 * 0.8)
    assert row(found, 1)["exposure"] == pytest.approx(100 * 0.25 * 0.4 * 0.4)
    assert np.isnan(row(found, 2)["exposure"])
    assert row(found, 2)[["exposure_low", "exposure_high"]].tolist() == pytest.approx([4.0, 10.0])


def test_that_a_quadrant_is_told_where_no_blank_could_move_it(looked):
    assert row(looked(without(CAREFUL, "A2")))["quadrant"] == Quadrant.CALM  # at most 10, whatever their number
    assert row(looked(without(CARELESS, "A2")))["quadrant"] == Quadrant.ACT  # at least 40


def test_that_incidents_are_counted_and_no_part_of_control(looked):
    found = looked({**CAREFUL, "G13": 3.0}, CAREFUL, without(CAREFUL, "G13"))
    assert found.register.frame["control"].tolist() == [100.0, 100.0, 100.0]
    assert (found.agents[0].incidents, found.agents[0].incidents_known) == (1, 2)


def test_that_counts_of_sectors_add_up_to_all_firms(looked):
    found = looked(CAREFUL, CARELESS, {"A1": "yes"}, NO_AGENTS, sectors="CCJJ")
    total, *sectors = found.agents
    assert [one.sector for one in sectors] == ["C", "J"]
    for name in ("quadrants", "tiers", "flags", "flags_unknown"):
        for code, count in getattr(total, name).items():
            assert count == sum(getattr(one, name)[code] for one in sectors)
    assert sum(total.quadrants.values()) == sum(total.tiers.values()) == total.users == 3


def test_that_a_firm_of_unknown_sector_stands_last_and_in_the_total(looked):
    found = looked(CAREFUL, NO_AGENTS, sectors=["C", ""])
    assert [one.sector for one in found.agents] == ["*", "C", ""]
    assert found.agents[-1].using.value == 0.0


def test_that_a_repeat_is_not_counted(looked):
    found = looked(CAREFUL, CAREFUL, counted=[True, False])
    assert len(found.register.frame) == found.agents[0].users == 1


def test_that_a_full_census_has_no_sampling_error_and_volunteers_no_interval(looked):
    firms = [CAREFUL] * 6 + [NO_AGENTS] * 6
    whole = looked(*firms, frame={"C": 12}).agents[0].using
    assert (whole.low, whole.value, whole.high) == (0.5, 0.5, 0.5)
    free = looked(*firms, design=Design.VOLUNTEER, frame={"C": 12}).agents[0]
    assert (free.using.value, free.using.low, free.using.reason) == (0.5, None, "estimate.reason.volunteers")
    assert free.flagged.low is None
    part = looked(*firms, design=Design.SAMPLE, frame={"C": 1200}).agents[0].using
    assert part.low < 0.3 < 0.7 < part.high


def test_that_a_sector_stands_for_the_firms_of_its_frame(looked):
    firms = [CAREFUL] * 10 + [NO_AGENTS] * 10
    total = looked(*firms, sectors="C" * 10 + "J" * 10, design=Design.SAMPLE, frame={"C": 900, "J": 100}).agents[0]
    assert total.using.value == pytest.approx(0.9)


def test_that_filters_narrow_the_firms_and_leave_the_frame_unknown(looked):
    firms = [CAREFUL] * 6 + [NO_AGENTS] * 6
    sizes = ["small"] * 8 + ["large"] * 4
    found = looked(*firms, size=sizes, frame={"C": 12}, filters=(("size", "small"),))
    assert found.agents[0].firms == 8 and found.agents[0].using.frame is None
    assert found.agents[0].using.low < 0.75 < found.agents[0].using.high


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(set(CAREFUL) - {"A1"})), st.booleans()))
def test_that_scores_stay_within_their_bounds_and_what_is_told_whatever_is_blank(looked, blanks):
    """Filling a blank in either way never leaves the bounds, and never another quadrant than the one told."""
    firm = {code: answer for code, answer in CAREFUL.items() if code not in blanks}
    filled = {**firm, **{code: (CAREFUL if careful else CARELESS)[code] for code, careful in blanks.items()}}
    told, true = (row(looked(each)) for each in (firm, filled))
    assert true["quadrant"] == told["quadrant"] or told["quadrant"] == Quadrant.UNKNOWN
    assert told["exposure_low"] - 1e-9 <= true["exposure"] <= told["exposure_high"] + 1e-9
    assert set(filter(None, told["flags"].split("|"))) <= set(true["flags"].split("|"))
    assert told["control_low"] - 1e-9 <= true["control"] <= told["control_high"] + 1e-9
