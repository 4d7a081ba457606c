"""The rule for AI-native candidates that ships, and what a bad rule file is told."""

from __future__ import annotations

import pytest

from app.analysis.conditions import items_of
from app.files.resource_natives import read_natives
from app.files.resource_rows import ResourceError

GOOD = """
id = "r"
instrument = "aiplus-2026"
version = "1"
source = "own"
needed = 1
name = { zh = "规则", en = "rule" }
definition = { zh = "定义", en = "definition" }
[[criterion]]
id = "a"
zh = "甲"
en = "a"
condition = { item = "N3", includes = ["yes"] }
share = { part = "R1", whole = "ID05", at_least = 0.1 }
"""


def read(text, resources, tmp_path):
    path = tmp_path / "rule.toml"
    path.write_text(text, encoding="utf-8")
    return read_natives([path], resources.instruments)


def test_that_the_shipped_rule_cites_the_definition_and_is_marked_as_unconfirmed(resources):
    rule = resources.natives["aiplus-2026"]
    assert rule.definition.zh == "底层架构和运行逻辑基于人工智能的企业"
    assert "国发〔2025〕11号" in rule.source and rule.verify
    assert all(criterion.source and criterion.words.zh and criterion.words.en for criterion in rule.criteria)


def test_that_the_shipped_rule_asks_of_product_or_process_work_agents_data_and_staff(resources):
    rule = resources.natives["aiplus-2026"]
    assert [criterion.id for criterion in rule.criteria if criterion.required] == ["core"]
    asked = {item for criterion in rule.criteria if criterion.condition for item in items_of(criterion.condition)}
    assert {"N1", "N2", "N3", "A1", "D3", "R3"} <= asked
    assert 1 < rule.needed < len(rule.criteria)
    assert rule.criterion("staff").share.part == "R1"
    with pytest.raises(KeyError):
        rule.criterion("nobody")


def test_that_local_recognition_rules_are_context_with_a_source_and_a_mark(resources):
    context = resources.natives["aiplus-2026"].context
    assert len(context) >= 2 and all(each.source and each.verify for each in context)
    assert any("武汉" in each.source for each in context)


def test_that_a_sound_file_is_read(resources, tmp_path):
    assert read(GOOD, resources, tmp_path)["aiplus-2026"].criteria[0].share.at_least == 0.1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('instrument = "aiplus-2026"', 'instrument = "other"'),
        ('item = "N3"', 'item = "N9"'),
        ('includes = ["yes"]', 'includes = ["maybe"]'),
        ('part = "R1"', 'part = "N3"'),
        ('whole = "ID05"', 'whole = "X"'),
        ("needed = 1", "needed = 2"),
        ("needed = 1", "needed = 0"),
        ("needed = 1", "needed = 1\nneeds = 1"),
        ('source = "own"', ""),
        ('{ item = "N3", includes = ["yes"] }', '{ pillar = "data", at_least = 60 }'),
        ('condition = { item = "N3", includes = ["yes"] }\nshare = { part = "R1", whole = "ID05", at_least = 0.1 }', ""),
    ],
)
def test_that_a_bad_file_is_refused_by_name(resources, tmp_path, old, new):
    with pytest.raises(ResourceError) as told:
        read(GOOD.replace(old, new), resources, tmp_path)
    assert told.value.params["file"] == "rule.toml"


def test_that_two_rules_for_one_questionnaire_are_refused(resources, tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(ResourceError):
        read_natives([tmp_path / "a.toml", tmp_path / "b.toml"], resources.instruments)
