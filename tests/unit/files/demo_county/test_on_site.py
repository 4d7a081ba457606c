"""The invented assessments: true levels that go with the answers, two assessors who mostly agree, and a list filled in exactly."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from stdnum.cn import uscc

from app.domain.judgement import Visit
from app.domain.rubric import LEVELS
from app.files.demo_county.county import make_world
from app.files.demo_county.on_site import assess_on_site, assessed_wave, level_of_state, strangers
from app.files.demo_county.plan import WAVES

SEED = 2026


@pytest.fixture(scope="module")
def world(resources):
    return make_world(resources, SEED)[0]


def visits(firms):
    return [Visit(firm.code, firm.code, firm.name, firm.section, "", "", 0.1, 0.5) for firm in firms]


@pytest.fixture(scope="module")
def listed(world):
    there = [firm for firm in world.firms if firm.exists[1]]
    return visits(there[::10])


@pytest.fixture(scope="module")
def rows(world, listed):
    return assess_on_site(world, listed, SEED)


@pytest.fixture(scope="module")
def everywhere(world):
    """Every firm of the county assessed, with the true level of each."""
    rows = assess_on_site(world, visits(world.firms), SEED)
    levels = dict(zip((firm.name for firm in world.firms), level_of_state(world.plan, world.states), strict=True))
    return [row for row in rows if row.name in levels], levels


def kappa(pairs):
    one, other = zip(*pairs, strict=True)
    return cohen_kappa_score(one, other, weights="quadratic")


def test_that_every_level_is_true_of_some_firms_and_the_middle_ones_of_most(world):
    counts = Counter(level for level, firm in zip(level_of_state(world.plan, world.states), world.firms, strict=True))
    assert set(counts) == set(LEVELS)
    assert all(0.04 < counts[level] / 2400 < 0.45 for level in LEVELS)
    assert counts["L1"] + counts["L2"] > 1200 > counts["L4"] * 3


def test_that_firms_that_do_more_with_ai_stand_truly_higher_but_not_by_rule(world):
    uses = np.array([len(str(answer).split("|")) if answer not in (None, "none") else 0 for answer in world.truth.waves[1]["P1"]])
    assert 0.5 < np.corrcoef(uses, world.states)[0, 1] < 0.95


def test_that_exactly_the_firms_of_the_list_are_assessed_and_the_planted_ones(world, listed, rows):
    planted = {name for _, name in strangers(world.plan)}
    assert {row.name for row in rows} == {visit.name for visit in listed} | planted
    assert len(planted) == 3 and all(sum(row.name == name for row in rows) == 1 for name in planted)


def test_that_planted_firms_have_sound_codes_that_no_firm_of_the_county_has(world):
    codes, names = zip(*strangers(world.plan), strict=True)
    assert all(uscc.is_valid(code) for code in codes)
    assert not {firm.code for firm in world.firms} & set(codes)
    assert not {firm.name for firm in world.firms} & set(names)


def test_that_about_a_quarter_is_assessed_by_both_and_nobody_by_one_twice(listed, rows):
    pairs = Counter((row.name, row.who) for row in rows)
    assert set(pairs.values()) == {1}
    assert 0.15 < sum(count == 2 for count in Counter(row.name for row in rows).values()) / len(listed) < 0.35


def test_that_the_assessors_are_openly_invented_and_write_levels_people_can_read(resources, world, rows):
    assert {row.who for row in rows} == {each["name"] for each in world.plan.assessors["assessors"]}
    assert all("虚构" in row.who for row in rows)
    words = {level.code: level.words.zh for level in resources.rubrics["aiplus-2026"].levels}
    assert {row.level for row in rows} <= {*words, *(code + name for code, name in words.items())}
    assert [level["zh"] for level in world.plan.assessors["levels"]] == list(words.values())
    assert all(row.why and row.evidence for row in rows)


def test_that_visits_take_place_on_weekdays_of_the_weeks_after_the_wave(world, rows):
    days = [date.fromisoformat(row.when) for row in rows]
    after = date.fromisoformat(WAVES[assessed_wave(world.plan)][1])
    assert after < min(days) and max(days) < date(2026, 9, 1)
    assert all(day.weekday() < 5 for day in days)
    assert [row.when for row in rows] == sorted(row.when for row in rows)


def test_that_some_rows_give_a_name_alone(rows):
    assert 0 < sum(not row.code for row in rows) < 0.1 * len(rows)


def test_that_two_assessors_agree_about_as_well_as_trained_people_do(everywhere):
    by_firm: dict[str, list] = {}
    for row in everywhere[0]:
        by_firm.setdefault(row.name, []).append((row.who, row.level[:2]))
    both = [[level for _, level in sorted(pair)] for pair in by_firm.values() if len(pair) == 2]
    assert 0.75 < kappa(both) < 0.9
    assert 0 < sum(one != other for one, other in both) < len(both)


def test_that_an_assessor_is_mostly_near_the_truth_and_not_always_right(everywhere):
    rows, levels = everywhere
    pairs = [(row.level[:2], levels[row.name]) for row in rows]
    assert 0.85 < kappa(pairs) < 0.95
    assert 0.5 < np.mean([one == other for one, other in pairs]) < 0.9


def test_that_what_is_seen_in_a_firm_does_not_depend_on_who_else_is_listed(world, listed, rows):
    alone = assess_on_site(world, listed[:1], SEED)
    level = {(row.name, row.who): row.level for row in rows}
    assert all(level[row.name, row.who] == row.level for row in alone if row.name == listed[0].name)


def test_that_the_order_of_the_list_changes_nothing_and_the_seed_does(world, listed, rows):
    assert assess_on_site(world, listed[::-1], SEED) == rows
    assert assess_on_site(world, listed, SEED + 1) != rows


def test_that_a_firm_known_by_its_name_alone_is_found_and_one_nobody_knows_is_not_made_up(world, listed):
    named = Visit("x", "", listed[0].name, "C", "", "", 0.1, 0.5)
    unknown = Visit("y", "", "不存在的企业", "C", "", "", 0.1, 0.5)
    found = {row.name for row in assess_on_site(world, [named, unknown], SEED)}
    assert listed[0].name in found and unknown.name not in found
    assert assess_on_site(world, [unknown], SEED) == ()
