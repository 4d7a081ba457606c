"""The folder of a demonstration is emptied only of a demonstration."""

from __future__ import annotations

import pytest

from app.domain.errors import UserError
from app.files.demo_folder import clear_demo_folder
from app.files.receive import receive


def fill(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_that_a_new_folder_is_made_with_those_above_it(tmp_path):
    clear_demo_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "figures").is_dir()


def test_that_an_earlier_demonstration_is_taken_away_even_when_it_was_cut_short(tmp_path):
    fill(tmp_path, "workbooks/2026/雁栖塘乡.et", "workbooks/README.txt", "figures/heat.svg", "brief.docx", "visits.xlsx")
    clear_demo_folder(tmp_path)
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    "mine", ["总结.docx", "workbooks/2026/照片.jpg", "figures/a.docx", "other/a.csv", "workbooks/2026/.hidden"]
)
def test_that_anything_else_is_left_alone(tmp_path, mine):
    fill(tmp_path, "demo.zhiheng", "brief.docx", mine)
    before = names(tmp_path)
    with pytest.raises(UserError) as caught:
        clear_demo_folder(tmp_path)
    assert caught.value.code == "demo.not_empty"
    assert names(tmp_path) == before


def test_that_documents_alone_are_not_taken_for_a_demonstration(tmp_path):
    fill(tmp_path, "brief.docx")
    with pytest.raises(UserError):
        clear_demo_folder(tmp_path)
    assert names(tmp_path) == {"brief.docx"}


def test_that_a_file_in_the_way_is_named(tmp_path):
    fill(tmp_path, "a")
    with pytest.raises(UserError) as caught:
        clear_demo_folder(tmp_path / "a")
    assert caught.value.code == "demo.not_a_folder"
    assert names(tmp_path) == {"a"}


def test_that_a_file_is_received_with_all_its_bytes_or_left_to_the_reader(tmp_path, monkeypatch):
    fill(tmp_path, "a.csv")
    got = receive(tmp_path / "a.csv")
    assert got is not None
    assert got.size == 1
    assert receive(tmp_path / "没有.csv") is None
    monkeypatch.setattr("app.files.receive.TEXT_BYTES", 0)
    assert receive(tmp_path / "a.csv") is None
