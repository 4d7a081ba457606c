"""Briefs, figures and signatures asked for amiss: a plain sentence in both languages, and no file is made or lost."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.hostile import LANGS, collected, plain_sentence, some_firms
from tests.e2e.shell import ROOT, zhiheng
from tests.planted import Office

pytestmark = pytest.mark.usefixtures("raised")

ODD_TOWNS = ("=cmd|' /C calc'!A0", "甲;乙", "+1", "\u202e镇东", "{{ title }}", "长" * 60, "A" * 300)


@pytest.fixture(scope="module")
def made(tmp_path_factory, resources):
    """A folder with an assessed study, a brief of it, and a template of one's own."""
    folder = tmp_path_factory.mktemp("坏输入")
    study = collected(folder, resources.instruments["aiplus-2026"], some_firms(24))
    assert zhiheng("assess", study).code == 0
    assert zhiheng("brief", study, "--out", folder / "简报.docx").code == 0
    _template(folder / "模板.docx")
    return folder


@pytest.fixture
def desk(made, tmp_path):
    for path in made.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path


def _template(path: Path) -> None:
    from docx import Document

    document = Document()
    for text in ("{{ title }}", "{{ share_l2 }}", "{{ table_main }}"):
        document.add_paragraph(text)
    document.save(path)


def content(folder):
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refusals(desk):
    """What is asked for amiss, with a word of the sentence in Chinese."""
    study, out = desk / "东河.zhiheng", desk / "出.docx"
    brief, briefs, figure = (("brief", study), ("briefs", study, "--out", desk / "各乡镇"), ("figure", study))
    own = ("--template", desk / "模板.docx")
    sign = ("sign", study, "--stage", "drafted", "--who")
    return [
        ((*brief, "--out", desk / "出.pdf", *own), ".docx"),
        ((*brief, "--out", desk / "出.pptx", *own), ".docx"),
        ((*brief, "--out", desk / "模板.docx", *own), "覆盖"),
        ((*brief, "--out", out, "--template", desk / "模板.dotx"), ".docx"),
        ((*brief, "--out", out, "--township", "火星镇"), "镇0、镇1"),
        ((*brief, "--out", out, "--sector", "ZZ"), "C 制造业"),
        ((*brief, "--out", out, "--township", "镇0", "--sector", "F"), "已评估的有"),
        ((*brief, "--out", out, "--issuer", "局" * 61), "60"),
        ((*briefs, "--template", "deck"), ".pptx"),
        ((*briefs, "--template", "没有"), "official"),
        ((*briefs, "--sections", "没有"), "summary"),
        (("briefs", study, "--out", desk / "模板.docx"), "文件夹"),
        (("verify", desk / "简报.docx", "--study", study, "--template", desk / "没有.docx"), "找不到"),
        (("verify", desk / "简报.docx", "--study", study, "--template", desk / "简报.docx"), "--template"),
        (("verify", desk, "--study", study), "不是文件"),
        ((*figure, "heat", "--out", desk / "出.png", "--dpi", "0"), "36"),
        ((*figure, "townships", "--out", desk / "出.png", "--approval", "GS（2024）0650号"), "--map"),
        ((*sign, "甲", "--when", "2020-01-01"), "2026-06-30"),
        ((*sign, "甲" * 61), "60"),
        (("sign", study, "--when", "2026-07-01"), "--stage"),
        (("anonymise", study, "--out", desk / "出.csv", "--purpose", "研" * 501, "--who", "甲"), "500"),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_that_what_cannot_be_is_refused_in_a_sentence_and_leaves_every_file_as_it_was(desk, lang):
    before = content(desk)
    for arguments, word in refusals(desk):
        ended = zhiheng(*arguments, "--lang", lang)
        sentence = plain_sentence(ended)
        if lang == "zh":
            assert word in sentence, sentence
        assert content(desk) == before, arguments
    assert not (desk / "各乡镇").exists()


def test_that_a_study_without_levels_says_what_to_do_before_briefs_of_parts(tmp_path, resources):
    study = collected(tmp_path, resources.instruments["aiplus-2026"], some_firms(6))
    for part in (("--sector", "C"), ("--township", "镇0")):
        assert "assess" in plain_sentence(zhiheng("brief", study, "--out", tmp_path / "出.docx", *part))
    assert "assess" in plain_sentence(zhiheng("briefs", study, "--out", tmp_path / "出"))


@pytest.mark.parametrize("said", ["c", "制造业", "Manufacturing"])
def test_that_a_sector_may_be_said_by_its_name(desk, said):
    ended = zhiheng("brief", desk / "东河.zhiheng", "--out", desk / "出.docx", "--sector", said)
    assert ended.code == 0, ended.err
    assert zhiheng("verify", desk / "出.docx", "--study", desk / "东河.zhiheng", "--json").json["document"]["sector"] == "C"


def test_that_an_issuer_pasted_with_stray_signs_leaves_a_sound_document(desk):
    ended = zhiheng("brief", desk / "东河.zhiheng", "--out", desk / "出.docx", "--issuer", "甲\n乙\x07\u202e局")
    assert ended.code == 0, ended.err
    told = zhiheng("verify", desk / "出.docx", "--study", desk / "东河.zhiheng", "--json")
    assert (told.code, told.json["document"]["issuer"]) == (0, "甲 乙 局"), told.err


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_that_townships_of_any_name_get_their_briefs(tmp_path, resources, kind):
    firms = [firm | {"town": ODD_TOWNS[k % len(ODD_TOWNS)]} for k, firm in enumerate(some_firms(6 * len(ODD_TOWNS)))]
    study = collected(tmp_path, resources.instruments["aiplus-2026"], firms)
    assert zhiheng("assess", study).code == 0
    ended = zhiheng("briefs", study, "--out", tmp_path / "出", "--format", kind)
    assert ended.code == 0, ended.err
    names = [path.name for path in (tmp_path / "出").iterdir()]
    assert len(names) == len(ODD_TOWNS)
    assert not any(sign in name for name in names for sign in "|\u202e\u2066")


def _changed(desk, name, value):
    """The brief with one property of its making put to another value."""
    office = Office(desk / "简报.docx")
    (node,) = (each for each in office.root("docProps/custom.xml") if each.get("name") == f"zhiheng.{name}")
    node[0].text = value
    return office.save(desk / "改.docx")


@pytest.mark.parametrize(
    ("name", "value"),
    [("template", "没有的"), ("sections", "summary 没有"), ("township", "火星镇"), ("sector", "ZZ"), ("template", "deck")],
)
def test_that_a_document_that_tells_of_a_brief_nobody_can_write_is_refused_by_its_name(desk, name, value):
    sentence = plain_sentence(zhiheng("verify", _changed(desk, name, value), "--study", desk / "东河.zhiheng"))
    assert "改.docx" in sentence
    assert value.split()[-1] in sentence


@pytest.mark.parametrize("value", ["yesterday", "", "2026-13-45T00:00:00", "9999"])
def test_that_a_document_whose_date_was_spoilt_is_still_verified(desk, value):
    told = zhiheng("verify", _changed(desk, "created", value), "--study", desk / "东河.zhiheng", "--json")
    assert told.code in (0, 1), told.err


def test_that_a_document_leads_to_no_template_outside_the_folders_where_it_may_lie(desk):
    (desk / "里").mkdir()
    (desk / "外").mkdir()
    shutil.move(desk / "模板.docx", desk / "外" / "模板.docx")
    path = shutil.move(_changed(desk, "template", "../外/模板.docx"), desk / "里" / "改.docx")
    told = zhiheng("verify", path, "--study", desk / "东河.zhiheng", "--json").json
    assert "template_missing" in told["notes"]


def test_that_nothing_is_said_of_changes_since_where_the_state_is_unknown(desk):
    told = zhiheng("verify", _changed(desk, "journal", "0" * 64), "--study", desk / "东河.zhiheng")
    assert "没有变动" not in told.out
    assert "没有文件写出时的状态" in told.out


def test_that_a_template_that_is_named_serves_a_document_that_lost_its_marks(desk):
    assert zhiheng("brief", desk / "东河.zhiheng", "--out", desk / "自.docx", "--template", desk / "模板.docx").code == 0
    office = Office(desk / "自.docx")
    del office.parts["docProps/custom.xml"]
    for name in ("[Content_Types].xml", "_rels/.rels"):
        root = office.root(name)
        for node in [each for each in root if "custom" in str(each.attrib)]:
            root.remove(node)
    bare = office.save(desk / "无标记.docx")
    told = zhiheng("verify", bare, "--study", desk / "东河.zhiheng", "--template", desk / "模板.docx", "--json")
    assert (told.code, told.json["verdict"]) == (0, "same"), told.err
    assert zipfile.is_zipfile(desk / "模板.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops a program in another way")
@pytest.mark.parametrize("seconds", [0.2, 0.7, 1.5])
def test_that_stopping_shows_no_traceback_and_leaves_no_file(desk, seconds):
    (desk / "出").mkdir()
    command = [sys.executable, "-m", "app", "brief", str(desk / "东河.zhiheng"), "--out", str(desk / "出" / "a.pdf")]
    listen = partial(signal.signal, signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may not listen
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=listen) as run:
        time.sleep(seconds)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate()
    assert b"Traceback" not in err
    assert run.returncode in (0, 130, -signal.SIGINT)
    assert [path.name for path in (desk / "出").iterdir()] == (["a.pdf"] if run.returncode == 0 else [])
