"""The rules that ship: whole, worded in both languages, over questions that exist; and what a bad file is told."""

import string

import pytest

from app.analysis.conditions import items_of
from app.domain.instrument import ItemType
from app.domain.rules import RuleKind
from app.files.resource_rows import ResourceError
from app.files.resource_rules import read_rules, rule_kinds

PLACES = {
    RuleKind.COMPARE: {"value", "used", "limit"},
    RuleKind.LOGIC: {"value", "other"},
    RuleKind.SAME: {"value", "count"},
    RuleKind.COPIED: {"value", "other", "place", "count"},
    RuleKind.JUMP: {"value", "header", "now", "before", "wave"},
}
GOOD = """
instrument = "x"
source = "own"
[[rule]]
id = "a"
kind = "compare"
severity = "warning"
left = ["A"]
right = ["B"]
title = { zh = "题", en = "t" }
message = { zh = "{used}", en = "{used}" }
remedy = { zh = "改", en = "mend" }
"""


def named(rule):
    return {*rule.left, *rule.right, *(item for side in (rule.given, rule.must) if side for item in items_of(side))}


def test_that_both_forms_come_with_rules(resources):
    by_form = [rule.instrument for rule in resources.rules]
    assert by_form.count("aiplus-2026") >= 15 and by_form.count("miit-sme-2024") >= 5 and "" in by_form


def test_that_every_rule_names_questions_and_options_that_exist(resources):
    for rule in resources.rules:
        if not rule.instrument:
            assert not named(rule), rule.id
            continue
        instrument = resources.instruments[rule.instrument]
        items = {item.code: item for item in instrument.items}
        assert named(rule) <= items.keys(), rule.id
        for leaf in leaves(rule.given) + leaves(rule.must):
            item = items[leaf.item]
            yes_no = ("yes", "no", "planned", "unknown", "na") if item.type is ItemType.YES_NO else ()
            assert set(leaf.includes) <= {*yes_no, *(option.code for option in item.options)}, rule.id


def leaves(condition):
    if condition is None:
        return []
    return [condition] if condition.kind == "answer" else [leaf for part in condition.parts for leaf in leaves(part)]


def test_that_every_rule_is_worded_with_places_that_its_finding_fills(resources):
    for rule in resources.rules:
        assert resources.finding_kinds[f"rule.{rule.id}"].severity is rule.severity
        for text in (rule.message, rule.remedy, rule.title):
            used = [{name for _, name, _, _ in string.Formatter().parse(text.in_(lang)) if name} for lang in ("zh", "en")]
            assert used[0] == used[1] and used[0] <= PLACES[rule.kind], rule.id


def test_that_a_good_file_gives_its_rules_and_their_wording(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(GOOD, "utf-8")
    (rule,) = read_rules([path])
    assert (rule.instrument, rule.left, rule.right, rule.relation, rule.source) == ("x", ("A",), ("B",), "<=", "own")
    assert rule_kinds([rule])["rule.a"].message.zh == "{used}"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('kind = "compare"', 'kind = "guess"', "kind"),
        ('severity = "warning"', 'severity = "grave"', "severity"),
        ('right = ["B"]', 'relation = "~"\nright = ["B"]', "relation"),
        ('right = ["B"]', "", "right"),
        ('left = ["A"]', 'left = ["A"]\nlft = 1', "lft"),
    ],
)
def test_that_a_bad_rule_is_refused_by_file_and_field(tmp_path, old, new, wrong):
    path = tmp_path / "x.toml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ResourceError) as refused:
        read_rules([path])
    assert refused.value.params["file"] == "x.toml" and wrong in refused.value.params["field"]


def test_that_an_id_given_twice_is_refused(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(ResourceError):
        read_rules([tmp_path / "a.toml", tmp_path / "b.toml"])
