"""Writing whole or not at all."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from app.domain.errors import UserError
from app.files.atomic import atomic_path, put_back, write_atomically


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_that_a_write_replaces_the_old_file_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "简报 𠮷.docx"
    path.write_bytes(b"old")
    write_atomically(path, "新的")
    assert path.read_text(encoding="utf-8") == "新的"
    assert names(tmp_path) == [path.name]


def test_that_a_failure_inside_the_block_keeps_the_old_file(tmp_path):
    path = tmp_path / "a.svg"
    path.write_bytes(b"old")

    def fail_half_way():
        with atomic_path(path) as temporary:
            temporary.write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.svg"]


def test_that_the_temporary_file_has_the_suffix_of_the_target(tmp_path):
    with atomic_path(tmp_path / "a.png") as temporary:
        temporary.write_bytes(b"x")
        assert temporary.suffix == ".png"
        assert temporary.parent == tmp_path


def test_that_the_permissions_of_the_old_file_are_kept(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "code"),
    [("absent/a.txt", "file.no_folder"), ("字" * 200 + ".txt", "file.name_too_long"), ("folder", "file.is_folder")],
)
def test_that_a_target_that_cannot_be_written_is_named_in_a_plain_error(tmp_path, name, code):
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError) as caught:
        write_atomically(tmp_path / name, b"x")
    assert caught.value.code == code
    assert names(tmp_path) == ["folder"]


def test_that_a_full_disk_keeps_the_old_file(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    program = (
        "import sys; from pathlib import Path; from app.files.atomic import write_atomically\n"
        "from app.domain.errors import UserError\n"
        "try: write_atomically(Path(sys.argv[1]), bytes(100_000))\n"
        "except UserError as error: print(error.code)"
    )

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = subprocess.run([sys.executable, "-c", program, str(path)], preexec_fn=small_disk, capture_output=True, text=True)
    assert done.stdout.strip() == "file.disk_full", done.stderr
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.bin"]


def written_in_vain(path):
    with put_back(path):
        path.write_bytes(b"new")
        raise KeyError


@pytest.mark.parametrize("before", [b"old", None])
def test_that_a_file_is_put_back_as_it_was_when_what_follows_fails(tmp_path, before):
    path = tmp_path / "a.xlsx"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(KeyError):
        written_in_vain(path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == ({} if before is None else {"a.xlsx": before})


def test_that_a_file_that_may_leave_stays_and_no_copy_of_the_old_one_does(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with put_back(path):
        path.write_bytes(b"new")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"a.xlsx": b"new"}


def test_that_an_old_file_that_cannot_be_put_back_is_not_lost(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def locked(*_names):
        raise PermissionError

    monkeypatch.setattr("os.replace", locked)
    with pytest.raises(KeyError):
        written_in_vain(path)
    assert b"old" in [one.read_bytes() for one in tmp_path.iterdir()]
