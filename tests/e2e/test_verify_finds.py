"""The demonstration's brief edited as people edit: every planted change is found, and nothing where only its looks changed."""

from __future__ import annotations

import random

import pytest

from app.analysis.verify import Reading, verify
from app.domain.brief import BriefPlan
from app.domain.claims import Verdict
from app.files.readback import document_of, read_document
from app.files.resources import load_palette
from app.files.study_file import open_study
from app.files.write_docx import write_docx
from app.files.write_pptx import write_pptx
from app.files.write_xlsx import write_xlsx
from app.present.released_brief import release_brief
from tests.planted import Office
from tests.planted_harmless import SOFFICE, by_library, by_libreoffice, harmless_of
from tests.planted_kinds import edits_of, in_memory

WRITERS = {"docx": write_docx, "pptx": write_pptx, "xlsx": write_xlsx}
PLANTED = [(kind, name) for kind in WRITERS for name in edits_of(kind)]
HARMLESS = [(kind, name) for kind in WRITERS for name in harmless_of(kind)]
ONE_NUMBER = (
    "a digit in a paragraph",
    "a digit in a table",
    "the end of an interval",
    "a point moved",
    "a number",
    "a sign turned",
)
CREATED = "2026-11-30T08:00:00+08:00"


@pytest.fixture(scope="module")
def written(demonstration, tmp_path_factory, resources, zh):
    """One brief in every format, with what each says."""
    study = open_study(demonstration / "demo.zhiheng")
    brief, _ = release_brief(study, resources, zh, CREATED, BriefPlan())
    folder = tmp_path_factory.mktemp("核对")
    for kind, write in WRITERS.items():
        write(brief, folder / f"简报.{kind}", load_palette("light"), zh)
    return {kind: (folder / f"简报.{kind}", read_document(folder / f"简报.{kind}")) for kind in WRITERS}


def wrong(written, kind, content):
    """The numbers of an edited document that are not as the study gives them."""
    checked = verify(written[kind][1], document_of(content, "x"), Reading())
    return [each for each in checked if each.verdict is not Verdict.SAME]


def edited(written, kind, edit, seed=1):
    office = Office(written[kind][0])
    edit(office, random.Random(seed))
    return in_memory(office)


@pytest.mark.parametrize("kind", WRITERS)
def test_that_twenty_kinds_of_changes_and_more_are_planted(kind):
    assert len(edits_of(kind)) >= 20


@pytest.mark.parametrize(("kind", "name"), PLANTED, ids=lambda text: text.replace(" ", "-"))
def test_that_a_planted_change_is_found(written, kind, name):
    found = wrong(written, kind, edited(written, kind, edits_of(kind)[name]))
    assert found
    if name in ONE_NUMBER and kind != "xlsx":  # in a workbook one text may fill several cells
        assert len(found) == 1


@pytest.mark.parametrize(("kind", "name"), HARMLESS, ids=lambda text: text.replace(" ", "-"))
def test_that_an_edit_that_changes_no_number_raises_no_alarm(written, kind, name):
    assert wrong(written, kind, edited(written, kind, harmless_of(kind)[name])) == []


@pytest.mark.parametrize("kind", WRITERS)
def test_that_an_untouched_document_is_all_the_same(written, kind):
    checked = verify(written[kind][1], read_document(written[kind][0]), Reading())
    assert len(checked) > 500
    assert {each.verdict for each in checked} == {Verdict.SAME}


@pytest.mark.parametrize("kind", WRITERS)
def test_that_a_document_saved_by_the_library_of_its_format_is_all_the_same(written, kind):
    assert wrong(written, kind, by_library(kind, written[kind][0])) == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("kind", WRITERS)
def test_that_a_document_saved_by_libreoffice_is_all_the_same(written, kind, tmp_path):
    assert wrong(written, kind, by_libreoffice(written[kind][0], tmp_path).read_bytes()) == []


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_that_a_changed_number_is_told_by_the_name_its_mark_bears(written, kind):
    """Ids begin with the block that the number is in."""
    found = wrong(written, kind, edited(written, kind, edits_of(kind)["a digit in a table"]))
    assert found[0].id.startswith("B")
    assert found[0].found != found[0].expected
    assert found[0].place
