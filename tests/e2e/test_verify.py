"""Verifying a document by the command line: what changed, whose change it is, and files that are no document of the study."""

from __future__ import annotations

import random
import shutil
import zipfile

import pytest

from app.files.study_file import open_study
from tests.e2e.hostile import LANGS, collected, plain_sentence, some_firms
from tests.e2e.shell import zhiheng
from tests.planted import Office
from tests.planted_kinds import edits_of

pytestmark = pytest.mark.usefixtures("raised")

KINDS = ("docx", "pptx", "xlsx")


@pytest.fixture(scope="module")
def made(tmp_path_factory, resources):
    """A study with its brief in every format."""
    folder = tmp_path_factory.mktemp("核对")
    study = collected(folder, resources.instruments["aiplus-2026"], some_firms(40))
    for command in ("assess", "goals"):
        assert zhiheng(command, study).code == 0
    for kind in KINDS:
        assert zhiheng("brief", study, "--out", folder / f"简报.{kind}").code == 0
    return folder, study


def edited(made, kind, name, target):
    office = Office(made[0] / f"简报.{kind}")
    edits_of(kind)[name](office, random.Random(3))
    return office.save(target / f"改.{kind}")


@pytest.mark.parametrize(("kind", "lang"), [*((kind, "zh") for kind in KINDS), ("docx", "en")])
def test_that_an_untouched_document_agrees_in_either_language(made, kind, lang, tmp_path):
    path = made[0] / f"简报.{kind}"
    if lang == "en":
        path = tmp_path / "brief.docx"
        assert zhiheng("brief", made[1], "--out", path, "--lang", lang).code == 0
    told = zhiheng("verify", path, "--study", made[1], "--json")
    assert told.code == 0
    assert told.json["verdict"] == "same"
    assert told.json["counts"]["same"] > 20
    assert (told.json["document"]["lang"], told.json["notes"], told.json["since"]) == (lang, [], [])


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_changed_number_ends_with_1_and_is_told(made, kind, tmp_path):
    path = edited(made, kind, "a value of a chart", tmp_path)
    told = zhiheng("verify", path, "--study", made[1], "--json")
    assert (told.code, told.err) == (1, "")
    wrong = [each for each in told.json["numbers"] if each["verdict"] != "same"]
    assert {each["cause"] for each in wrong} == {"document"}
    assert told.json["counts"]["changed"] == len(wrong) > 0
    if kind == "docx":
        said = zhiheng("verify", path, "--study", made[1])
        assert said.code == 1
        assert "文件中被改动" in said.out
        assert "changed in the document" in zhiheng("verify", path, "--study", made[1], "--lang", "en").out


def test_that_an_added_number_is_told_as_one_that_nobody_knows(made, tmp_path):
    path = edited(made, "docx", "a sentence with a number added", tmp_path)
    told = zhiheng("verify", path, "--study", made[1])
    assert told.code == 1
    assert "来历不明" in told.out
    assert "318" in told.out


def test_that_a_study_that_moved_on_is_told_from_a_document_that_was_changed(made, tmp_path):
    study = shutil.copy(made[1], tmp_path / "东.zhiheng")
    assert zhiheng("reported", study, "c2027_agents", "--value", "3", "--source", "台账", "--who", "甲").code == 0
    told = zhiheng("verify", made[0] / "简报.docx", "--study", study, "--json")
    assert [each["command"] for each in told.json["since"]] == ["reported"]
    assert {each["cause"] for each in told.json["numbers"] if each["verdict"] != "same"} <= {"study"}
    path = edited(made, "docx", "a digit in the notes", tmp_path)
    found = zhiheng("verify", path, "--study", study, "--json")
    assert found.code == 1
    assert "document" in {each["cause"] for each in found.json["numbers"]}
    assert "文件写出以后，项目有1步操作改变了结果" in zhiheng("verify", path, "--study", study).out


def test_that_signing_after_writing_changes_no_number(made, tmp_path):
    study = shutil.copy(made[1], tmp_path / "东.zhiheng")
    assert zhiheng("sign", study, "--stage", "drafted", "--who", "张三").code == 0
    told = zhiheng("verify", made[0] / "简报.docx", "--study", study, "--json")
    assert (told.code, told.json["verdict"]) == (0, "same")


def test_that_a_signed_brief_agrees_with_the_study_that_was_signed(made, tmp_path):
    study = shutil.copy(made[1], tmp_path / "东.zhiheng")
    for stage, who in (("drafted", "张三"), ("checked", "李四"), ("approved", "王五")):
        assert zhiheng("sign", study, "--stage", stage, "--who", who).code == 0
    assert zhiheng("brief", study, "--out", tmp_path / "签.docx").code == 0
    told = zhiheng("verify", tmp_path / "签.docx", "--study", study, "--json")
    assert [each for each in told.json["numbers"] if each["verdict"] != "same"] == []


def test_that_a_document_whose_marks_are_gone_is_still_compared(made, tmp_path):
    office = Office(made[0] / "简报.docx")
    del office.parts["docProps/custom.xml"]
    for name in ("[Content_Types].xml", "_rels/.rels"):
        root = office.root(name)
        for node in [each for each in root if "custom" in str(each.attrib)]:
            root.remove(node)
    told = zhiheng("verify", office.save(tmp_path / "无标记.docx"), "--study", made[1], "--json")
    assert told.json["notes"] == ["no_manifest"]
    assert (told.code, told.json["verdict"]) == (0, "same")


def test_that_the_study_is_never_changed(made):
    before = made[1].read_bytes()
    zhiheng("verify", made[0] / "简报.docx", "--study", made[1])
    assert made[1].read_bytes() == before
    assert len(open_study(made[1]).journal) > 0


@pytest.mark.parametrize("lang", LANGS)
def test_that_every_other_file_is_refused_in_a_plain_sentence(made, tmp_path, lang):
    for path, word in bad_files(made, tmp_path):
        told = zhiheng("verify", path, "--study", made[1], "--lang", lang)
        plain_sentence(told)
        assert path.name in told.err, (path, told.err)
        if lang == "zh":
            assert word in told.err, (path, told.err)


def bad_files(made, folder):
    """Files that are no document of the study, with a word of what is told."""
    brief = (made[0] / "简报.docx").read_bytes()
    files = {
        "没有.docx": (None, "找不到"),
        "空.docx": (b"", "空文件"),
        "文字.docx": ("占41%。".encode(), "不是 Word"),
        "打印.pdf": (b"%PDF-1.7 ...", "PDF"),
        "半截.docx": (brief[: len(brief) // 2], "损坏"),
        "旧.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(600), "旧格式"),
        "锁.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600), "密码"),
    }
    for name, (content, word) in files.items():
        if content is not None:
            (folder / name).write_bytes(content)
        yield folder / name, word
    from docx import Document

    document = Document()
    document.add_paragraph("另一份文件，占17%，共301家。")
    document.save(folder / "别的.docx")
    yield folder / "别的.docx", "看不出"
    with zipfile.ZipFile(folder / "压缩.docx", "w") as archive:
        archive.writestr("a.txt", "1")
    yield folder / "压缩.docx", "不是 Word"


def test_that_a_document_of_another_study_is_refused(made, tmp_path, resources):
    other = collected(tmp_path, resources.instruments["aiplus-2026"], some_firms(40))
    assert zhiheng("assess", other).code == 0
    told = zhiheng("verify", made[0] / "简报.docx", "--study", other)
    assert told.code == 2
    assert "不是由项目" in told.err
