"""The assessors' workbook: the same bytes for a list and seed, read back by the reader of labels, and truths in the key."""

from __future__ import annotations

import json

import openpyxl
import pytest

from app.domain.errors import UserError
from app.domain.judgement import Visit
from app.domain.task import run_to_end
from app.files.demo_county.answer_key import key_text
from app.files.demo_county.assessments import HEADINGS, NAME, write_assessments
from app.files.demo_county.county import make_world
from app.files.demo_county.on_site import assess_on_site, level_of_state

SEED = 2026


@pytest.fixture(scope="module")
def world(resources):
    return make_world(resources, SEED)[0]


@pytest.fixture(scope="module")
def listed(world):
    there = [firm for firm in world.firms if firm.exists[1]]
    return [Visit(firm.code, firm.code, firm.name, firm.section, "", "", 0.1, 0.5) for firm in there[::40]]


@pytest.fixture(scope="module")
def book(tmp_path_factory, resources, listed):
    return write_assessments(tmp_path_factory.mktemp("book"), resources, listed, SEED)


def test_that_the_workbook_holds_the_assessors_rows_under_their_headings(book, world, listed):
    sheet = openpyxl.load_workbook(book)["现场评估"]
    assert book.name == NAME and "虚构" in sheet["A1"].value
    lines = [tuple(value or "" for value in line) for line in sheet.iter_rows(min_row=2, values_only=True)]
    assert lines[0] == HEADINGS
    written = [
        (row.code, row.name, row.level, row.who, row.when, row.why, row.evidence) for row in assess_on_site(world, listed, SEED)
    ]
    assert lines[1:] == written


def test_that_the_same_list_and_seed_give_the_same_bytes(book, resources, listed, tmp_path):
    assert write_assessments(tmp_path, resources, listed[::-1], SEED).read_bytes() == book.read_bytes()
    assert write_assessments(tmp_path, resources, listed, SEED + 1).read_bytes() != book.read_bytes()


def test_that_the_program_reads_every_row_as_a_label_without_a_complaint(book, resources, world, listed):
    from app.files.labels import LabelGuide, read_labels

    guide = LabelGuide(resources.rubrics["aiplus-2026"], "2026", resources.words, "2026-12-31")
    read = run_to_end(read_labels(book, guide))
    rows = assess_on_site(world, listed, SEED)
    assert not read.findings
    assert [(each.code, each.name, each.level, each.who, each.when) for each in read.labels] == [
        (row.code, row.name, row.level[:2], row.who, row.when) for row in rows
    ]


def test_that_an_empty_list_gives_a_workbook_without_rows(resources, tmp_path):
    sheet = openpyxl.load_workbook(write_assessments(tmp_path, resources, [], SEED))["现场评估"]
    assert sheet.max_row == 2


def test_that_a_folder_that_is_not_there_is_told_plainly(resources, listed, tmp_path):
    with pytest.raises(UserError):
        write_assessments(tmp_path / "nowhere", resources, listed, SEED)


def test_that_the_key_holds_the_true_level_of_every_firm_that_is_there(world):
    key = json.loads(key_text(world, []))["assessed_levels"]
    assert key["wave"] == "2026" and len(key["levels"]) == len(world.firms) and len(key["strangers"]) == 3
    true = level_of_state(world.plan, world.states)
    for firm, level, given in zip(world.firms, true, key["levels"], strict=True):
        assert given == (level if firm.exists[1] else None)
