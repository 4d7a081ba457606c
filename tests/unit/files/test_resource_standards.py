"""Other standards: which are read in, how they hang on the form's questions, and what a bad file says."""

from __future__ import annotations

import pytest

from app.files.resource_rows import ResourceError
from app.files.resource_standards import read_standards, require_asked

GOOD = """
id = "one"
name = { zh = "某标准", en = "A standard" }
item = "X1"
source = "GB/T 1"
lost = { zh = "不全", en = "Not all" }
[[level]]
code = "1"
zh = "一级"
en = "Level 1"
[[level]]
code = "2"
zh = "二级"
en = "Level 2"
"""


def read(folder, *texts):
    paths = []
    for place, text in enumerate(texts):
        paths.append(folder / f"s{place}.toml")
        paths[-1].write_text(text, "utf-8")
    return read_standards(paths)


def test_that_the_four_standards_are_asked_for_by_our_form_and_scored_by_no_rubric(resources):
    form = resources.instruments["aiplus-2026"]
    assert {standard.id for standard in resources.standards} == {"cmmm", "dcmm", "dtmm", "integration"}
    for standard in resources.standards:
        options = [option.code for option in form.item(standard.item).options]
        assert options == ["none", *(level.code for level in standard.levels)]
        for rubric in resources.rubrics.values():
            assert standard.item not in {score.item for score in rubric.scores} | set(rubric.predictors)
    unconfirmed = {standard.id for standard in resources.standards if standard.verify}
    assert unconfirmed == {"dtmm", "integration"}
    assert {s.id for s in resources.standards if form.item(s.item).verify} == unconfirmed


def test_that_a_standard_is_read_as_written(tmp_path):
    (standard,) = read(tmp_path, GOOD)
    assert (standard.id, standard.item, standard.source, standard.verify) == ("one", "X1", "GB/T 1", False)
    assert [(level.code, level.words.zh) for level in standard.levels] == [("1", "一级"), ("2", "二级")]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (('source = "GB/T 1"', ""), "resource.missing", "source"),
        (('code = "2"', 'code = "1"'), "resource.duplicate", "1"),
        (('id = "one"', 'id = "one"\nextra = 1'), "resource.unknown", "extra"),
        ((GOOD[GOOD.index('[[level]]\ncode = "2"') :], ""), "resource.missing", "level"),
    ],
)
def test_that_a_bad_standard_names_file_and_field(tmp_path, change, code, field):
    with pytest.raises(ResourceError) as refused:
        read(tmp_path, GOOD.replace(*change))
    assert (refused.value.code, refused.value.params["field"]) == (code, field)
    assert refused.value.params["file"] == "s0.toml"


def test_that_two_standards_share_neither_name_nor_question(tmp_path):
    with pytest.raises(ResourceError) as refused:
        read(tmp_path, GOOD, GOOD.replace('"one"', '"two"'))
    assert refused.value.code == "resource.duplicate"


def test_that_a_standard_must_be_asked_for_with_all_its_levels(tmp_path, resources):
    forms = resources.instruments.values()
    require_asked(read(tmp_path, GOOD), forms)
    for wrong in (GOOD.replace('"X1"', '"X99"'), GOOD.replace('code = "2"', 'code = "nine"')):
        with pytest.raises(ResourceError):
            require_asked(read(tmp_path, wrong), forms)
