"""The drawn answers: consistent with one another and in the bands the demonstration promises."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.instrument import ItemType
from app.files.demo_county.answers import make_answers
from app.files.demo_county.county import make_world
from app.files.demo_county.traits import make_traits

USES = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "A1", "K1")


@pytest.fixture(scope="module")
def county(resources):
    world, _ = make_world(resources, 2026)
    pillars = [pillar.code for pillar in resources.rubrics[world.instrument.rubric].pillars]
    traits = make_traits(world.plan, world.firms, pillars, 2026)
    return world, make_answers(world.plan, world.instrument, world.firms, traits, 2026)


def share_of_terminal_or_agent(answers):
    known = [(a, k) for a, k in zip(answers["A1"], answers["K1"], strict=True) if a == "yes" or k == "yes" or (a and k)]
    return sum("yes" in pair for pair in known) / len(known)


def test_that_the_penetration_stands_in_its_band_and_rises(county):
    world, truth = county
    for waves in (truth.waves, world.truth.waves):
        assert 0.18 <= share_of_terminal_or_agent(waves[0]) <= 0.24
        assert 0.30 <= share_of_terminal_or_agent(waves[1]) <= 0.38


def test_that_every_question_but_the_facts_of_the_firm_is_modelled(county):
    world, truth = county
    assert {item.code for item in world.instrument.items} - truth.waves[0].keys() == {f"ID0{n}" for n in (*range(1, 8), 9)}


def test_that_answers_are_options_of_their_items(county):
    world, truth = county
    for item in world.instrument.items:
        answers = truth.waves[1].get(item.code)
        if answers is None or not item.options:
            continue
        codes = {option.code for option in item.options}
        given = {code for answer in answers if answer is not None for code in str(answer).split("|")}
        assert given <= codes
        assert len(given) > 1


def test_that_an_exclusive_option_stands_alone(county):
    world, truth = county
    for item in world.instrument.items:
        if item.type is ItemType.MULTI:
            exclusive = next((option.code for option in item.options if option.exclusive), None)
            answers = {answer for wave in truth.waves for answer in wave[item.code] if answer is not None}
            assert all(answer == exclusive or exclusive not in answer.split("|") for answer in answers)


def test_that_firms_without_any_use_name_no_purpose(county):
    _, truth = county
    for wave in truth.waves:
        uses = np.any([wave[code] == "yes" for code in USES], axis=0)
        assert all((purpose == "none") == (not used) for purpose, used in zip(wave["P1"], uses, strict=True))


def test_that_numbers_stay_in_the_range_of_their_items(county):
    world, truth = county
    for code, answers in truth.waves[1].items():
        item = world.instrument.item(code)
        numbers = [answer for answer in answers if isinstance(answer, float)]
        if item.low is not None and item.high is not None:
            assert all(item.low <= number <= item.high for number in numbers)


def test_that_a_question_of_other_sectors_is_left_blank(county):
    world, truth = county
    sections = world.instrument.item("S2").sections
    for firm, answer in zip(world.firms, truth.waves[0]["S2"], strict=True):
        assert firm.section in sections or answer is None


def test_that_about_a_tenth_of_firms_leave_most_of_the_form_blank(county):
    world, truth = county
    for full, given in zip(truth.waves, world.truth.waves, strict=True):
        asked = np.sum([answers != None for answers in full.values()], axis=0)  # noqa: E711 - elementwise
        answered = np.sum([answers != None for answers in given.values()], axis=0)  # noqa: E711 - elementwise
        share = answered / asked
        assert 0.06 < np.mean(share < 0.6) < 0.12
        assert 0.95 < np.mean(share[share > 0.6]) < 0.995


def test_that_readier_sectors_answer_readier(county):
    world, truth = county
    agents = {letter: [] for letter in "AEIJ"}
    for firm, answer in zip(world.firms, truth.waves[1]["A1"], strict=True):
        if firm.section in agents:
            agents[firm.section].append(answer == "yes")
    low, high = agents["A"] + agents["E"], agents["I"] + agents["J"]
    assert np.mean(high) > np.mean(low) + 0.2
