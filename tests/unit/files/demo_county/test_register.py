"""The invented firms: codes that check, names no real firm has, sizes their figures give."""

from __future__ import annotations

from collections import Counter

import pytest
from stdnum.cn import uscc

from app.files.demo_county.codes import credit_code, organisation_check, with_wrong_check
from app.files.demo_county.county import make_world
from app.files.demo_county.firms import size_class, size_rule


@pytest.fixture(scope="module")
def world(resources):
    return make_world(resources, 2026)[0]


def test_that_published_codes_are_reproduced():
    assert credit_code("91", "350100", "M000100Y") == "91350100M000100Y43"
    assert credit_code("91", "110000", "60003734") == "91110000600037341L"
    assert credit_code("91", "440300", "70846113") == "91440300708461136T"
    assert organisation_check("60003734") == "1"


def test_that_a_spoiled_code_fails_its_check():
    assert not uscc.is_valid(with_wrong_check("91350100M000100Y43"))


def test_that_every_code_is_valid_unique_and_of_no_real_place(world):
    codes = [firm.code for firm in world.firms]
    assert len(set(codes)) == len(codes) == 2400
    assert all(uscc.is_valid(code) for code in codes)
    assert all(code[2:4] == "99" for code in codes)


def test_that_every_name_is_unique_and_bears_the_invented_county(world):
    names = {firm.name for firm in world.firms}
    assert len(names) == 2400
    assert all(name.startswith(world.plan.short) for name in names)


def test_that_the_size_class_is_what_the_figures_give(world):
    for firm in world.firms:
        rule = size_rule(world.taxonomy, firm.klass[0])
        for figures in firm.figures:
            values = {"X": figures.employees, "Y": figures.revenue, "Z": figures.assets}
            assert figures.size == size_class(rule, values)


def test_that_a_firm_short_of_one_bound_falls_to_the_class_below(world):
    industry = size_rule(world.taxonomy, "1311")
    assert size_class(industry, {"X": 1000, "Y": 40000}) == "large"
    assert size_class(industry, {"X": 1000, "Y": 39999}) == "medium"
    assert size_class(industry, {"X": 19, "Y": 39999}) == "micro"


def test_that_divisions_belong_to_their_sections(world):
    for firm in world.firms:
        assert firm.division in world.taxonomy.sections[firm.section].divisions
        assert firm.klass[0].startswith(firm.division)


def test_that_at_least_fourteen_sectors_hold_firms_and_manufacturing_leads(world):
    counts = Counter(firm.section for firm in world.firms)
    assert len(counts) >= 14
    assert counts.most_common(1)[0][0] == "C"


def test_that_most_but_not_all_firms_exist_in_both_waves(world):
    both = sum(firm.exists == (True, True) for firm in world.firms)
    assert 0.90 < both / 2400 < 0.97
    assert all(any(firm.exists) for firm in world.firms)
    assert {firm.exists for firm in world.firms} == {(True, True), (True, False), (False, True)}
