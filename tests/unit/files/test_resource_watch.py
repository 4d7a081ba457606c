"""The shipped rule for watching, and what a bad rule or index file is told."""

from __future__ import annotations

import pytest

from app.analysis.conditions import items_of
from app.domain.watch import Tier
from app.files.resource_exposure import read_exposure
from app.files.resource_rows import ResourceError
from app.files.resource_watch import read_watch_rules
from app.files.resources import resources_folder

SHIPPED = resources_folder() / "watch" / "aiplus-2026.toml"
HUMAN = """human_channel = { item = "H1", includes = ["yes"] }
human_exempt = { item = "H1", includes = ["na"] }
"""
INDEX = """
[[index]]
id = "a"
zh = "甲"
en = "a"
source = "s"
groups = { 11 = 0.5, 43 = 0.1 }
[mix]
A = { 11 = 0.25, 43 = 0.75 }
"""


@pytest.fixture
def rule(resources):
    return resources.watch["aiplus-2026"]


def read(resources, tmp_path, old, new):
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "rule.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_watch_rules([path], resources.instruments)


def test_that_every_option_of_autonomy_has_one_of_the_three_official_tiers(rule, resources):
    options = [option.code for option in resources.instruments["aiplus-2026"].item("G2").options]
    assert list(rule.agents.tiers) == options
    assert set(rule.agents.tiers.values()) == set(Tier) and rule.agents.tiers["advise"] is Tier.USER
    assert all(words in rule.agents.tier_hook for words in ("仅限用户本人决策", "需用户授权决策", "智能体自主决策"))


def test_that_each_question_on_control_is_asked_about_and_names_the_text_it_comes_from(rule):
    asked = {item for control in rule.agents.controls for item in items_of(control.holds)}
    assert asked == {f"G{number}" for number in range(3, 16)} - {"G13"}
    assert all(each.hook for each in (*rule.agents.controls, *rule.agents.flags))
    assert rule.verify and "智衡自编" in rule.source


def test_that_the_four_red_flags_are_there_and_every_answer_has_a_weight(rule, resources):
    assert {flag.id for flag in rule.agents.flags} == {"admin_office", "public_port", "raw_data", "unreviewed"}
    for factor in rule.agents.factors:
        if factor.points:
            options = {option.code for option in resources.instruments["aiplus-2026"].item(factor.item).options}
            assert {code for code, _ in factor.points} == options
        assert 0 < factor.ends[0] < factor.ends[1] == 1.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('advise = "user"', 'advise = "nobody"'),
        ('advise = "user"', 'advice = "user"'),
        ('item = "A1", includes = ["yes"]', 'item = "A9", includes = ["yes"]'),
        ('item = "A1", includes = ["yes"]', 'item = "A1", includes = ["ja"]'),
        ("strong = 70", "strong = 170"),
        ("[[0, 0.4], [2, 0.6]", "[[2, 0.4], [0, 0.6]"),
        ("[[0, 0.4], [2, 0.6]", '[["two", 0.4], [2, 0.6]'),
        ("no = 0.4, masked", "no = 1.4, masked"),
        ('displaced = "J1"', 'displaced = "A1"'),
        ('sources = "U4"', 'sources = "U9"'),
        ('human_exempt = { item = "H1", includes = ["na"]', 'human_exempt = { item = "H1", includes = ["nobody"]'),
        ('id = "isolated"', 'id = "reserved"'),
        ('instrument = "aiplus-2026"', 'instrument = "other"'),
        ("high = 30", "high = 30\nhigher = 60"),
    ],
)
def test_that_a_rule_that_does_not_fit_the_questionnaire_is_refused(resources, tmp_path, old, new):
    with pytest.raises(ResourceError) as error:
        read(resources, tmp_path, old, new)
    assert f"error.{error.value.code}" in resources.words


def test_that_a_human_channel_is_read_where_a_rule_has_one(resources, tmp_path):
    shipped = resources.watch["aiplus-2026"].models
    assert (shipped.human_channel.includes, shipped.human_exempt.includes) == (("yes",), ("na",))
    found = read(resources, tmp_path, 'human_channel = { item = "H1"', 'human_channel = { item = "A3"')
    assert found["aiplus-2026"].models.human_channel.item == "A3"


def test_that_a_rule_without_a_human_channel_or_an_exemption_is_read(resources, tmp_path):
    found = read(resources, tmp_path, HUMAN, "")["aiplus-2026"].models
    assert found.human_channel is None and found.human_exempt is None


def test_that_an_index_by_occupation_is_spread_over_sections(tmp_path):
    path = tmp_path / "exposure.toml"
    path.write_text(INDEX, encoding="utf-8")
    (index,) = read_exposure(path, ("A",))
    assert index.values == {"A": pytest.approx(0.2)}
    assert read_exposure(tmp_path / "none.toml", ("A",)) == ()


@pytest.mark.parametrize(
    ("old", "new"), [("A = {", "Z = {"), ("0.75", "0.70"), ("43 = 0.75", "99 = 0.75"), ('id = "a"', 'id = "a"\nother = 1')]
)
def test_that_a_bad_index_file_is_refused(tmp_path, old, new):
    path = tmp_path / "exposure.toml"
    path.write_text(INDEX.replace(old, new), encoding="utf-8")
    with pytest.raises(ResourceError):
        read_exposure(path, ("A",))


def test_that_shipped_indices_cite_a_source_say_what_was_assumed_and_are_marked(resources):
    assert len(resources.exposure) >= 3
    for index in resources.exposure:
        assert index.source and index.assumed.zh and index.assumed.en and index.verify
        assert set(index.values) == set(resources.taxonomy.sections) - {"T"}
