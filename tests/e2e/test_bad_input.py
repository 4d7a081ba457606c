"""Bad input: one sentence or one finding that names the file, the others go on, and the study stays as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from app.files.study_file import open_study
from tests.e2e.shell import refused, zhiheng, zhiheng_outside
from tests.study_samples import INSTRUMENT
from tests.unit.workflows.samples import write_answers

ENCRYPTED = "workbooks/python_calamine/tests/data/password.xlsx"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    zhiheng("new", folder / "a", "--instrument", INSTRUMENT)
    collected = zhiheng("collect", folder / "a", write_answers(folder / "甲.csv"), "--date", "2026-06-30")
    assert collected.code == 0, collected.err
    return folder / "a.zhiheng"


@pytest.fixture
def study(made, tmp_path):
    return Path(shutil.copy(made, tmp_path / "东河.zhiheng"))


def bad_files(folder):
    """A missing, empty, truncated and mislabelled file, and one that is no table at all."""
    whole = write_answers(folder / "好.csv", 9)
    empty, cut, page, picture = (folder / name for name in ("空.xlsx", "截断.xlsx", "网页.docx", "图片.xlsx"))
    empty.touch()
    cut.write_bytes(b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(500))
    page.write_text("<html>no table</html>", encoding="utf-8")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return whole, {"没有.xlsx": folder / "没有.xlsx", empty.name: empty, cut.name: cut, page.name: page, picture.name: picture}


def test_that_each_bad_file_alone_is_one_sentence_that_names_it_and_changes_nothing(study, tmp_path):
    before = study.read_bytes()
    for name, path in bad_files(tmp_path)[1].items():
        refused(zhiheng("collect", study, path), name)
    assert study.read_bytes() == before


def test_that_among_good_files_each_bad_one_is_one_finding_and_the_others_go_on(study, tmp_path):
    whole, bad = bad_files(tmp_path)
    ended = zhiheng("collect", study, whole, *bad.values(), "--date", "2026-06-30", "--json")
    assert ended.code == 0, ended.err
    named = [finding["file"] for finding in ended.json["findings"] if finding["severity"] == "error"]
    assert sorted(named) == sorted(bad)
    assert all(finding["remedy"] for finding in ended.json["findings"] if finding["severity"] == "error")
    assert len(open_study(study).responses) == 12 + 9


@pytest.mark.skipif(os.name == "nt", reason="names are bytes only outside Windows")
def test_that_a_file_with_an_odd_name_is_collected_like_any_other(study, tmp_path):
    folder = tmp_path / "表"
    folder.mkdir()
    names = [os.fsdecode("东河镇.csv".encode("gb18030")), "-前.csv", "有 空格😀.csv", "长" * 80 + ".csv", "换\n行.csv"]
    for n, name in enumerate(names, 4):
        write_answers(folder / name, n)
    ended = zhiheng("collect", study, folder, "--date", "2026-06-30", "--json")
    assert ended.code == 0, ended.err
    assert {file["name"] for file in ended.json["files"]} == {"东河镇.csv", *names[1:]}
    assert zhiheng("findings", study).code == 0
    assert zhiheng("check", folder).code in (0, 1)


def test_that_a_check_of_nothing_but_missing_files_is_bad_input(tmp_path):
    refused(zhiheng("check", tmp_path / "没有.xlsx"), "没有.xlsx")
    ended = zhiheng("check", tmp_path / "没有.xlsx", "--json")
    assert ended.code == 2
    assert ended.json["files"][0]["error"]["code"] == "READ_MISSING"


def test_that_an_encrypted_file_is_named_with_its_remedy(study, shared_data):
    before = study.read_bytes()
    refused(zhiheng("collect", study, shared_data / ENCRYPTED), "password.xlsx", "密码")
    assert study.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read every file")
def test_that_a_file_without_the_right_to_read_is_named(study, tmp_path):
    locked = write_answers(tmp_path / "锁.csv")
    locked.chmod(0)
    refused(zhiheng("collect", study, locked), "锁.csv")


def test_that_each_copy_of_a_bad_file_is_named_itself(study, tmp_path):
    folder = tmp_path / "表"
    folder.mkdir()
    write_answers(folder / "好.csv", 9)
    for name in ("空.xlsx", "空(1).xlsx"):
        (folder / name).write_bytes(b"PK\x03\x04" + bytes(500))
    ended = zhiheng("collect", study, folder, "--date", "2026-06-30", "--json")
    wrong = {finding["file"]: finding["message"] for finding in ended.json["findings"] if finding["severity"] == "error"}
    assert wrong.keys() == {"空.xlsx", "空(1).xlsx"}
    assert all(name in message for name, message in wrong.items())


def test_that_a_file_sent_twice_in_one_folder_is_collected_once(study, tmp_path):
    folder = tmp_path / "表"
    folder.mkdir()
    for name in ("甲镇.csv", "甲镇(1).csv"):
        write_answers(folder / name, 7)
    ended = zhiheng("collect", study, folder, "--date", "2026-06-30", "--json")
    assert ended.code == 0, ended.err
    assert sorted(file["responses"] for file in ended.json["files"]) == [0, 7]
    assert len(open_study(study).responses) == 12 + 7


def test_that_hostile_workbooks_are_findings_and_never_the_end_of_the_program(shared_data):
    ended = zhiheng("check", shared_data / "attacks", "--json")
    assert ended.code == 1
    assert len(ended.json["files"]) > 80
    assert all(file["file"] in file["error"]["message"] for file in ended.json["files"] if file["error"])


def test_that_an_unknown_instrument_is_refused_and_nothing_is_made(tmp_path):
    refused(zhiheng("new", tmp_path / "a", "--instrument", "没有这份"), "没有这份", "aiplus-2026")
    refused(zhiheng("check", write_answers(tmp_path / "a.csv"), "--instrument", "none", "--lang", "en"), "none")
    assert not (tmp_path / "a.zhiheng").exists()
    refused(zhiheng("new", tmp_path / ("县" * 100)), "县县", "过长")
    refused(zhiheng("journal", tmp_path / ("县" * 100)), "县县")
    assert not list(tmp_path.glob("县*"))


def test_that_a_study_of_a_newer_version_is_refused_and_left_alone(study, tmp_path):
    connection = sqlite.connect(str(study))
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = study.read_bytes()
    for arguments in (("findings", study), ("assess", study), ("collect", study, write_answers(tmp_path / "a.csv"))):
        refused(zhiheng(*arguments), "东河.zhiheng", "99")
    assert study.read_bytes() == before


def test_that_what_is_no_study_and_what_is_damaged_is_refused(study, tmp_path):
    other = write_answers(tmp_path / "a.zhiheng")
    refused(zhiheng("assess", other), "a.zhiheng")
    refused(zhiheng("journal", tmp_path / "没有"), "没有.zhiheng")
    whole = bytearray(study.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 4096] = bytes(4096)
    study.write_bytes(whole)
    refused(zhiheng("findings", study), "东河.zhiheng")


def test_that_a_study_in_use_elsewhere_is_refused_and_not_changed(study, monkeypatch):
    monkeypatch.setattr("app.files.study_store._BUSY_MILLISECONDS", 10)
    other = sqlite.connect(str(study), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refused(zhiheng("assess", study), "东河.zhiheng")
    other.close()
    assert len(open_study(study).journal) == 2


def test_that_a_full_disk_is_said_and_the_old_file_is_intact(study, tmp_path):
    big = write_answers(tmp_path / "大.csv", 30_000)
    limit = study.stat().st_size + 4096
    refused(zhiheng_outside("collect", study, big, limit=limit), "东河.zhiheng")
    assert len(open_study(study).journal) == 2
    brief = tmp_path / "简报.docx"
    brief.write_bytes(b"old")
    refused(zhiheng_outside("brief", study, "--out", brief, limit=3000), brief.name)
    assert brief.read_bytes() == b"old"
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("name", "said"), [("没有/简报.docx", "没有"), ("简报.odt", ".docx"), ("简报", ".docx"), ("长" * 90 + ".docx", "长长")]
)
def test_that_a_document_that_cannot_be_written_is_named(study, tmp_path, name, said):
    refused(zhiheng("brief", study, "--out", tmp_path / name), said)


def test_that_what_must_come_first_is_said(study, tmp_path):
    refused(zhiheng("figure", study, "heat", "--out", tmp_path / "a.png"), "assess")
    refused(zhiheng("figure", study, "no-such", "--out", tmp_path / "a.png"), "no-such")
    zhiheng("new", tmp_path / "b")
    for command in ("assess", "goals"):
        refused(zhiheng(command, tmp_path / "b"), "collect")
    refused(zhiheng("brief", tmp_path / "b", "--out", tmp_path / "b.docx"))


def test_that_dates_waves_and_frames_are_checked(study, tmp_path):
    more = write_answers(tmp_path / "乙.csv", 9)
    before = study.read_bytes()
    refused(zhiheng("collect", study, more, "--date", "2026-02-30"), "2026-02-30")
    refused(zhiheng("collect", study, more, "--wave", "2019"), "2019")
    refused(zhiheng("collect", study, more, "--frame", tmp_path / "没有.csv"), "没有.csv")
    assert study.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a child without rights")
def test_that_a_read_only_folder_is_said_and_nothing_changes(made):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study = Path(shutil.copy(made, folder / "东河.zhiheng"))
        study.chmod(0o444)
        folder.chmod(0o555)
        before = study.read_bytes()
        for arguments in (["new", folder / "a"], ["assess", study], ["brief", study, "--out", folder / "a.docx"]):
            code, said = without_rights(arguments)
            assert (code, "只读" in said) == (2, True), said
        assert without_rights(["findings", study])[0] == 0
        assert study.read_bytes() == before
        assert [path.name for path in folder.iterdir()] == ["东河.zhiheng"]


def without_rights(arguments):
    """Run the command line in a forked child as nobody (root may write everywhere); return its code and complaint."""
    import app.commands.runs
    import app.files.write_docx  # noqa: F401

    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code, said = 99, ""
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            ended = zhiheng(*arguments)
            code, said = ended.code, ended.err
        except BaseException as error:  # noqa: BLE001 - the child must end here whatever happens
            said = repr(error)
        os.write(writer, said.encode())
        os._exit(code)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        return os.waitstatus_to_exitcode(status), pipe.read()
