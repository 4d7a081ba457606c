"""Industries, aliases and size table hold what the standards say."""

from __future__ import annotations

import csv

import pytest

from app.domain.words import normal_form


def test_that_the_industry_list_has_20_sections_and_97_divisions(resources):
    sections = resources.taxonomy.sections
    assert "".join(sections) == "ABCDEFGHIJKLMNOPQRST"
    divisions = [code for section in sections.values() for code in section.divisions]
    assert divisions == [f"{number:02d}" for number in range(1, 98)]
    assert list(resources.taxonomy.divisions) == divisions


def test_that_chinese_names_are_those_of_the_standard(resources, shared_data):
    with (shared_data / "codes" / "gbt4754_2017.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    sections = {row["code"]: row["name"] for row in rows if row["level"] == "门类"}
    divisions = {row["code"][1:]: row["name"] for row in rows if row["level"] == "大类"}
    assert {letter: section.words.zh for letter, section in resources.taxonomy.sections.items()} == sections
    assert {code: words.zh for code, words in resources.taxonomy.divisions.items()} == divisions


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("电子信息", "39"),
        ("软件业", "65"),
        ("物流", "G"),
        ("餐饮", "62"),
        ("化工", "26"),
        ("电商平台", "64"),
        ("仓储 业", "59"),
        ("ＩＴ", "I"),
    ],
)
def test_that_everyday_names_find_their_industry(resources, typed, target):
    assert resources.taxonomy.aliases[normal_form(typed)] == target


def test_that_aliases_are_many_normal_and_do_not_contradict_official_names(resources):
    taxonomy = resources.taxonomy
    assert len(taxonomy.aliases) >= 150
    assert all(alias == normal_form(alias) and alias for alias in taxonomy.aliases)
    official = {normal_form(section.words.zh): {letter} for letter, section in taxonomy.sections.items()}
    for code, words in taxonomy.divisions.items():
        official.setdefault(normal_form(words.zh), set()).add(code)
    assert [alias for alias, target in taxonomy.aliases.items() if target not in official.get(alias, {target})] == []


SIZE_TABLE = [
    ("农、林、牧、渔业", {"Y": (20000, 500, 50)}),
    ("工业", {"X": (1000, 300, 20), "Y": (40000, 2000, 300)}),
    ("建筑业", {"Y": (80000, 6000, 300), "Z": (80000, 5000, 300)}),
    ("批发业", {"X": (200, 20, 5), "Y": (40000, 5000, 1000)}),
    ("零售业", {"X": (300, 50, 10), "Y": (20000, 500, 100)}),
    ("交通运输业", {"X": (1000, 300, 20), "Y": (30000, 3000, 200)}),
    ("仓储业", {"X": (200, 100, 20), "Y": (30000, 1000, 100)}),
    ("邮政业", {"X": (1000, 300, 20), "Y": (30000, 2000, 100)}),
    ("住宿业", {"X": (300, 100, 10), "Y": (10000, 2000, 100)}),
    ("餐饮业", {"X": (300, 100, 10), "Y": (10000, 2000, 100)}),
    ("信息传输业", {"X": (2000, 100, 10), "Y": (100000, 1000, 100)}),
    ("软件和信息技术服务业", {"X": (300, 100, 10), "Y": (10000, 1000, 50)}),
    ("房地产开发经营", {"Y": (200000, 1000, 100), "Z": (10000, 5000, 2000)}),
    ("物业管理", {"X": (1000, 300, 100), "Y": (5000, 1000, 500)}),
    ("租赁和商务服务业", {"X": (300, 100, 10), "Z": (120000, 8000, 100)}),
    ("其他未列明行业", {"X": (300, 100, 10)}),
]


def test_that_the_size_table_is_that_of_2017(resources):
    assert [(rule.name, dict(rule.thresholds)) for rule in resources.taxonomy.size_rules] == SIZE_TABLE


def test_that_industries_without_a_size_standard_have_no_row(resources):
    covered = {code for rule in resources.taxonomy.size_rules for code in rule.divisions}
    assert not covered & {"53", "66", "67", "68", "69", "83", "84", "91", "97", "70"}
    two_digit = {code for code in covered if len(code) == 2}
    assert two_digit <= set(resources.taxonomy.divisions)
