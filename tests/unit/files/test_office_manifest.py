"""What a document knows of its own making."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from app.domain.brief import BriefPlan
from app.files.office_manifest import LONGEST, manifest_in, manifest_of, with_manifest
from app.files.readback import document_of
from app.files.settle_zip import settle
from tests.unit.files.sample_brief import sample_brief


def package():
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def test_that_what_is_put_in_is_read_back_whole():
    given = {"lang": "zh", "journal": "ab" * 32, "numbers": "x<&\"'y" * 300, "sector": ""}
    assert manifest_in(document_of(with_manifest(package(), given), "x").properties) == given


def test_that_signs_no_document_can_hold_are_left_out():
    found = document_of(with_manifest(package(), {"issuer": "甲\x07乙\x00\ud800局", "lang": "zh"}), "x").properties
    assert manifest_in(found) == {"issuer": "甲乙局", "lang": "zh"}


def test_that_no_property_is_longer_than_word_takes():
    found = document_of(with_manifest(package(), {"numbers": "z" * 2000}), "x").properties
    assert max(map(len, found.values())) <= LONGEST
    assert len(found) == 8


def test_that_the_same_content_gives_the_same_bytes_and_a_second_manifest_takes_the_place_of_the_first():
    base = package()
    one, two = (settle(with_manifest(base, {"lang": "zh"}), "2026-11-30T08:00:00Z") for _ in range(2))
    assert one == two
    again = with_manifest(with_manifest(base, {"lang": "en"}), {"lang": "zh"})
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        assert archive.read("[Content_Types].xml").count(b"custom.xml") == 1
    assert manifest_in(document_of(again, "x").properties) == {"lang": "zh"}


def test_that_of_a_template_of_ones_own_only_the_name_is_told():
    brief = sample_brief()
    for path in ("C:\\Users\\王处长\\模板\\公文.docx", "/home/wang/模板/公文.docx"):
        made = manifest_of(type(brief)(*(getattr(brief, name) for name in brief.__slots__[:7]), BriefPlan(template=path)))
        assert made["template"] == "公文.docx"


def test_that_properties_of_others_are_not_taken_for_ours():
    assert manifest_in({"Company": "某局", "zhihengx": "1"}) == {}
