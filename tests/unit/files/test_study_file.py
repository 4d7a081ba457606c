"""The document: what is saved comes back, damage is named, and no failure costs the old file."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlcipher3.dbapi2 as sqlite
from pandas.testing import assert_frame_equal

from app.domain.decisions import Correction, Decision, DecisionKind, Guidance, Question, RowKey
from app.domain.errors import UserError
from app.domain.findings import CellReference
from app.domain.journal import head
from app.domain.register import Register
from app.domain.study import FORMAT_VERSION
from app.files import study_file, study_store
from app.files.study_file import create, open_study, read_source, save
from tests.study_samples import CONTENT, SHA, empty_study, full_study, grown


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "东河县 𠮷.zhiheng"
    create(path, full_study())
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def code_of(action, *arguments):
    with pytest.raises(UserError) as caught:
        action(*arguments)
    return caught.value.code


def test_that_a_study_comes_back_whole(path):
    made, opened = full_study(), open_study(path)
    for field in ("name", "definition", "instrument", "rubric", "waves", "findings", "progress", "journal", "synthetic"):
        assert getattr(opened, field) == getattr(made, field), field
    for frame in ("values", "originals", "firms", "places"):
        assert_frame_equal(getattr(opened.responses, frame), getattr(made.responses, frame))
    assert opened.responses.blocks == made.responses.blocks
    assert_frame_equal(opened.assessments[0].firms, made.assessments[0].firms)
    assert opened.assessments[0].sectors == made.assessments[0].sectors
    assert opened.assessments[0].classifier == made.assessments[0].classifier
    assert opened.sources[0].content is None
    assert read_source(path, SHA) == CONTENT


def guided_study():
    """A study with everything that people decide, and what the program asks and knows beside the answers."""
    study = full_study()
    key = RowKey(SHA, "Sheet1", 3)
    guidance = Guidance(
        (Decision(DecisionKind.COLUMN, "t1", "团队人数", "Q22"), Decision(DecisionKind.ANSWER, "", "Q26|约三成", "")),
        (Correction(SHA, "Sheet1", 7, 3, "2000", "电话核实"),),
        (key,),
    )
    question = Question(
        DecisionKind.UNIT, "t1", "营业收入", ("万元", "元"), "万元", 40, (CellReference("甲.csv", "", 2, 5),), (("a", "1"),)
    )
    inexact = pd.DataFrame(
        {
            "position": np.array([1], "int32"),
            "item": pd.Categorical(["Q26"]),
            "qualifier": pd.Categorical(["about"]),
            "low": [1.5],
            "high": [np.nan],
            "rest": pd.array([""], dtype="str"),
        }
    )
    firms = pd.DataFrame(
        {"firm": pd.array(["f1"], dtype="str"), "name": pd.array(["甲"], dtype="str"), "row": np.array([2], "int32")}
    )
    source = replace(
        study.sources[0], received="ab", arrived="2026-07-01T08:00:00", templates=("t1",), corrects="cd", questions=(question,)
    )
    return replace(
        study,
        waves=(replace(study.waves[0], due="2026-07-15"),),
        sources=(source,),
        responses=replace(study.responses, qualifiers=inexact),
        guidance=guidance,
        questions=(question,),
        register=Register("名录.xlsx", "ef", "名录", firms),
    )


def test_that_decisions_questions_register_and_inexact_numbers_come_back(tmp_path):
    made, path = guided_study(), tmp_path / "a.zhiheng"
    create(path, made)
    opened = open_study(path)
    for field in ("guidance", "questions", "waves"):
        assert getattr(opened, field) == getattr(made, field), field
    assert opened.sources == (replace(made.sources[0], content=None),)
    assert_frame_equal(opened.responses.qualifiers, made.responses.qualifiers)
    assert_frame_equal(opened.register.firms, made.register.firms)
    assert (opened.register.name, opened.register.sha256, opened.register.sheet) == ("名录.xlsx", "ef", "名录")


NEW_IN_2 = {"received", "arrived", "templates", "corrects", "questions"}


def made_at_version_1(path):
    """A study file as the first version of the program wrote it."""
    create(path, full_study())
    connection = sqlite.connect(str(path))
    sha = study_file._sha
    for name in ("guidance", "seal"):
        connection.execute("DELETE FROM meta WHERE name = ?", (name,))
    connection.execute("DELETE FROM derived WHERE name = 'questions'")
    ((number, record),) = connection.execute("SELECT number, record FROM sources").fetchall()
    old = json.dumps({name: value for name, value in json.loads(record).items() if name not in NEW_IN_2}, separators=(",", ":"))
    connection.execute("UPDATE sources SET record = ?, sha256 = ?", (old, sha(str(number), old)))
    ((waves,),) = connection.execute("SELECT value FROM meta WHERE name = 'waves'").fetchall()
    waves = waves.replace(',"due":""', "")
    connection.execute("UPDATE meta SET value = ?, sha256 = ? WHERE name = 'waves'", (waves, sha("waves", waves)))
    seal = study_file._seal(connection)
    connection.execute("INSERT INTO meta (name, value, sha256) VALUES ('seal', ?, ?)", (seal, sha("seal", seal)))
    connection.execute("PRAGMA user_version=1")
    connection.commit()
    connection.close()
    return path


def version_of(path):
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_that_a_file_of_version_1_opens_as_it_was_and_is_lifted_by_the_next_save(tmp_path):
    path, made = made_at_version_1(tmp_path / "旧.zhiheng"), full_study()
    opened = open_study(path)
    assert version_of(path) == 1
    assert (opened.guidance, opened.questions, opened.register) == (Guidance(), (), None)
    assert opened.responses.qualifiers is None
    assert opened.sources == (replace(made.sources[0], content=None),)
    assert (opened.waves, opened.findings, opened.journal) == (made.waves, made.findings, made.journal)
    guided = grown(replace(opened, guidance=guided_study().guidance))
    save(path, guided, head(opened.journal))
    assert version_of(path) == FORMAT_VERSION
    assert open_study(path).guidance == guided.guidance
    assert read_source(path, SHA) == CONTENT


def test_that_a_study_at_rest_is_one_file(path):
    save(path, grown(open_study(path)), head(open_study(path).journal))
    assert names(path.parent) == [path.name]
    assert path.read_bytes()[18:20] == b"\x01\x01"  # DELETE mode, not WAL


def test_that_an_existing_file_is_never_overwritten_by_a_new_study(tmp_path):
    path = tmp_path / "a.zhiheng"
    path.write_text("mine")
    assert code_of(create, path, empty_study()) == "study.exists"
    assert path.read_text() == "mine"
    assert names(tmp_path) == ["a.zhiheng"]


def test_that_a_study_in_no_folder_is_refused(tmp_path):
    assert code_of(create, tmp_path / "没有" / "a.zhiheng", empty_study()) == "file.no_folder"


def test_that_a_writer_with_an_old_view_is_refused(path):
    first = open_study(path)
    save(path, grown(first), head(first.journal))
    assert code_of(save, path, grown(first, 5), head(first.journal)) == "study.changed_elsewhere"
    assert len(open_study(path).journal) == len(first.journal) + 1


def test_that_the_journal_may_only_grow(path):
    study = open_study(path)
    with pytest.raises(ValueError, match="grow"):
        save(path, replace(study, journal=study.journal[:1]), head(study.journal))


def test_that_bytes_stay_when_a_collection_is_undone_and_redone(path):
    study = open_study(path)
    undone = grown(replace(study, sources=(), responses=None, assessments=(), progress=()))
    save(path, undone, head(study.journal))
    assert open_study(path).sources == ()
    redone = grown(replace(undone, sources=study.sources, responses=study.responses), 1)
    save(path, redone, head(undone.journal))
    assert read_source(path, SHA) == CONTENT


def test_that_a_source_without_its_bytes_is_not_accepted(path):
    study = open_study(path)
    stranger = study.sources[0].__class__("ab" * 32, "乙.csv", 1, "2026", "csv", "read", 1, 1, 0)
    with pytest.raises(ValueError, match="乙"):
        save(path, grown(replace(study, sources=(*study.sources, stranger))), head(study.journal))
    assert len(open_study(path).sources) == 1


@pytest.mark.parametrize(
    ("content", "code"), [(None, "study.missing"), (b"", "study.foreign"), (b"PK\x03\x04" * 90, "study.foreign")]
)
def test_that_what_is_no_study_is_refused(tmp_path, content, code):
    path = tmp_path / "x.zhiheng"
    if content is not None:
        path.write_bytes(content)
    assert code_of(open_study, path) == code
    assert code_of(open_study, tmp_path) == "study.foreign"


def test_that_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "x.zhiheng"
    with sqlite.connect(str(path)) as connection:
        connection.execute("CREATE TABLE journal (x)")
    assert code_of(open_study, path) == "study.foreign"


def test_that_a_study_of_a_newer_version_is_refused_and_left_alone(path):
    connection = sqlite.connect(str(path))
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = path.read_bytes()
    assert code_of(open_study, path) == "study.newer"
    assert code_of(save, path, full_study(), "") == "study.newer"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE journal SET effect = '{\"x\":1}' WHERE number = 2", "study.damaged.journal"),
        ("DELETE FROM journal WHERE number = 1", "study.damaged.journal"),
        ("DELETE FROM journal WHERE number = 2", "study.damaged.file"),
        ("UPDATE contents SET packed = x'00'", "study.damaged.source"),
        ("DELETE FROM contents", "study.damaged.source"),
        ("UPDATE derived SET packed = x'00' WHERE name = 'responses.values'", "study.damaged.results"),
        ("DELETE FROM derived WHERE name = 'findings'", "study.damaged.file"),
        ("UPDATE meta SET value = 'no' WHERE name = 'synthetic'", "study.damaged.file"),
        ("UPDATE sources SET record = replace(record, '2026', '2027')", "study.damaged.file"),
        ("DELETE FROM sources", "study.damaged.file"),
        ("CREATE VIEW v AS SELECT 1", "study.damaged.file"),
        ("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM contents; END", "study.damaged.file"),
    ],
)
def test_that_every_altered_part_is_named(path, statement, code):
    with sqlite.connect(str(path)) as connection:
        connection.execute(statement)
    connection.close()
    assert code_of(open_study, path) == code


def test_that_flipped_bytes_are_never_read_as_other_content(path):
    made, whole, dice = open_study(path), path.read_bytes(), random.Random(7)
    noticed = 0
    for _ in range(150):
        flipped = bytearray(whole)
        flipped[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        path.write_bytes(flipped)
        try:
            opened = open_study(path)
        except UserError as error:
            assert error.code.startswith("study.")  # noqa: PT017 - a flip in unused space may be no error at all
            noticed += 1
            continue
        assert opened.journal == made.journal
        assert opened.findings == made.findings
        assert_frame_equal(opened.responses.values, made.responses.values)
    assert noticed > 40


def test_that_a_cut_off_file_is_named_as_damaged(path):
    whole = path.read_bytes()
    for share in (0.1, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert code_of(open_study, path) == "study.damaged.file"


def test_that_a_file_locked_by_another_program_is_a_plain_error(path, monkeypatch):
    monkeypatch.setattr(study_store, "_BUSY_MILLISECONDS", 10)
    other = sqlite.connect(str(path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    study = full_study()
    assert code_of(save, path, grown(study), head(study.journal)) == "study.locked"
    other.close()
    save(path, grown(study), head(study.journal))


def save_and_say(path, say, limit=None):
    """Save again and again in this process, saying the number of entries after each save, or why it ended."""
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    study = open_study(path)
    many = tuple(study.findings[0] for _ in range(4000))
    say("ready")
    try:
        for number in range(1000):
            after = grown(replace(study, findings=many), number % 60)
            save(path, after, head(study.journal))
            study = after
            say(str(len(study.journal)))
    except UserError as error:
        say(error.code)


class Saver:
    """A forked child that saves until it is killed or fails."""

    def __init__(self, path, limit=None):
        self._pipe, writer = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            try:
                save_and_say(path, lambda said: os.write(writer, f"{said}\n".encode()), limit)
            finally:
                os._exit(0)
        os.close(writer)

    def kill(self):
        os.kill(self._child, signal.SIGKILL)

    def said(self):
        with os.fdopen(self._pipe) as pipe:
            words = pipe.read().split()
        os.waitpid(self._child, 0)
        return words


def test_that_no_kill_in_the_middle_of_saving_loses_an_acknowledged_save(path):
    dice = random.Random(11)
    for _ in range(20):
        saver = Saver(path)
        time.sleep(dice.uniform(0.02, 0.25))
        saver.kill()
        saves = [int(word) for word in saver.said() if word.isdigit()]
        study = open_study(path)
        assert len(study.journal) >= max(saves, default=0)
        assert read_source(path, SHA) == CONTENT


def test_that_a_full_disk_keeps_the_old_study(path):
    before = open_study(path)
    assert Saver(path, path.stat().st_size + 8192).said()[-1] in {"study.disk_error", "file.disk_full"}
    after = open_study(path)
    assert after.journal[: len(before.journal)] == before.journal
    save(path, grown(after), head(after.journal))


def test_that_two_savers_lose_no_update(path):
    savers = Saver(path), Saver(path)
    time.sleep(1.0)
    for saver in savers:
        saver.kill()
    saves = [word for saver in savers for word in saver.said() if word.isdigit()]
    assert saves
    assert len(saves) == len(set(saves))
    assert len(open_study(path).journal) >= max(map(int, saves))


def test_that_too_little_room_is_said_before_anything_is_written(path, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(study_file.shutil, "disk_usage", lambda folder: usage)
    before = path.read_bytes()
    study = full_study()
    assert code_of(save, path, grown(study), head(study.journal)) == "file.disk_full"
    assert path.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a child without rights")
def test_that_a_study_in_a_read_only_folder_opens_and_refuses_to_save():
    study = full_study()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zhiheng"
        create(path, study)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        assert without_rights(lambda: len(open_study(path).journal)) == str(len(study.journal))
        assert without_rights(lambda: save(path, grown(study), head(study.journal))) == "file.read_only"
        assert without_rights(lambda: create(path.with_name("new.zhiheng"), study)) == "file.read_only"
        assert names(path.parent) == [path.name]


def without_rights(action):
    """Run `action` in a child as nobody (root may write everywhere) and return what it said."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            said = str(action())
        except UserError as error:
            said = error.code
        except BaseException as error:  # noqa: BLE001 - the child must end here whatever happens
            said = repr(error)
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as pipe:
        return pipe.read()
