"""A firm file without names: what is in it, what never is, and what it takes to get one."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.workflows.perform import perform
from tests.unit.workflows.county import Desk, rows_of, write_form

WISH = {"purpose": "课题研究", "who": "王五"}


@pytest.fixture
def desk(tmp_path, resources):
    desk = Desk(tmp_path, resources)
    firms = [*rows_of(1, 14), *rows_of(101, 12, "西河镇"), *rows_of(201, 3, "=HYPERLINK(1)镇")]
    desk.collect(write_form(tmp_path / "甲.csv", firms), wave="2025", date="2025-06-30")
    desk.collect(write_form(tmp_path / "乙.csv", firms[:20]), wave="2026", date="2026-06-30")
    desk.run("assess")
    return desk


def read_back(path):
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    start = next(place for place, line in enumerate(lines) if len(line) > 1)
    return [line[0] for line in lines[:start]], [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def everything_in(path):
    """All bytes of a file, unpacked."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_that_no_name_code_text_or_place_of_a_firm_is_in_the_file(desk, tmp_path, ending):
    out = tmp_path / f"firms{ending}"
    desk.run("anonymise", out=out, **WISH)
    content = everything_in(out).decode()
    firms = desk.study.responses.firms
    for column in ("name", "code", "firm"):
        assert not [text for text in firms[column].unique() if text and text in content]
    for word in ("机械有限公司", "同意", "甲.csv", "HYPERLINK", "9199013600000"):
        assert word not in content


def test_that_no_combination_has_fewer_than_k_firms_and_the_head_tells_the_cost(desk, tmp_path):
    desk.run("anonymise", out=tmp_path / "a.csv", k=6, **WISH)
    head, rows = read_back(tmp_path / "a.csv")
    for wave in ("2025", "2026"):
        groups = {}
        for row in rows:
            if row["期"] == wave:
                groups.setdefault((row["行业"], row["规模"], row["乡镇（街道）"]), set()).add(row["编号"])
        assert min(map(len, groups.values())) >= 6
    assert any("课题研究" in line and "王五" in line for line in head)
    assert any("不少于6家" in line for line in head)


def test_that_a_firm_has_one_strange_id_in_every_wave_and_file(desk, tmp_path):
    desk.run("anonymise", out=tmp_path / "a.csv", **WISH)
    desk.run("anonymise", out=tmp_path / "b.csv", k=3, **WISH)
    _, first = read_back(tmp_path / "a.csv")
    head, second = read_back(tmp_path / "b.csv")
    ids = {row["编号"] for row in first}
    assert all(re.fullmatch(r"F[0-9a-f]{16}", each) for each in ids)
    assert {row["编号"] for row in first if row["期"] == "2026"} < ids
    assert ids <= {row["编号"] for row in second}
    assert any("firms-1" in line for line in head)


def test_that_two_studies_give_the_same_firm_different_ids(desk, tmp_path, resources):
    (tmp_path / "x").mkdir()
    other = Desk(tmp_path / "x", resources)
    other.collect(tmp_path / "甲.csv", wave="2025", date="2025-06-30")
    desk.run("anonymise", out=tmp_path / "a.csv", **WISH)
    other.run("anonymise", out=tmp_path / "b.csv", **WISH)
    ids = [{row["编号"] for row in read_back(tmp_path / name)[1]} for name in ("a.csv", "b.csv")]
    assert not ids[0] & ids[1]


def test_that_the_same_study_gives_the_same_bytes_once_it_has_its_salt(desk, tmp_path):
    for name in ("salt.csv", "a.xlsx"):
        desk.run("anonymise", out=tmp_path / name, **WISH)
    before = desk.path.read_bytes()
    desk.run("anonymise", out=tmp_path / "b.xlsx", **WISH)
    desk.path.write_bytes(before)
    desk.run("anonymise", out=tmp_path / "c.xlsx", **WISH)
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_that_the_register_and_the_journal_keep_what_for_and_never_the_salt(desk, tmp_path):
    desk.run("anonymise", out=tmp_path / "a.csv", **WISH)
    study = desk.study
    (release,) = study.signing.releases
    assert (release.id, release.kind, release.purpose, release.policy) == ("firms-1", "firms", "课题研究", "k=5")
    entry = study.journal[-1]
    assert "课题研究" in entry.parameters
    assert study.signing.salt
    assert all(study.signing.salt not in each.parameters + each.effect for each in study.journal)
    assert study.signing.salt.encode() not in (tmp_path / "a.csv").read_bytes()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"who": "王五"}, "anonymise.purpose"),
        ({"purpose": " ", "who": "王五"}, "anonymise.purpose"),
        ({"purpose": "x"}, "anonymise.who"),
        ({**WISH, "k": 2}, "anonymise.k"),
        ({**WISH, "k": 5000}, "anonymise.k"),
        ({**WISH, "k": 30}, "anonymise.none_left"),
        ({**WISH, "out": "firms.parquet"}, "file.unknown_format"),
        ({**WISH, "out": "none/firms.csv"}, "file.no_folder"),
    ],
)
def test_that_a_wish_that_says_too_little_writes_and_registers_nothing(desk, tmp_path, wish, code):
    with pytest.raises(UserError) as caught:
        desk.run("anonymise", **{"out": tmp_path / "a.csv", **wish, **({"out": tmp_path / wish["out"]} if "out" in wish else {})})
    assert caught.value.code == code
    assert not list(tmp_path.glob("a.*"))
    assert not desk.study.signing.releases


def stopped_at_saving(desk, out):
    """The command as far as the study is about to be saved: the file of firms is there already."""
    task = perform(desk.path, "anonymise", {**WISH, "out": out}, desk.context)
    while next(task).step != "progress.save":
        pass
    assert out.exists()
    return task


@pytest.mark.parametrize("old", [None, b"old"])
def test_that_no_file_of_firms_stays_where_it_could_not_be_registered(desk, tmp_path, old):
    out = tmp_path / "out" / "firms.csv"
    out.parent.mkdir()
    if old is not None:
        out.write_bytes(old)
    task = stopped_at_saving(desk, out)
    desk.run("sign", stage="drafted", who="乙")  # another window changes the study meanwhile
    with pytest.raises(UserError, match=r"study\."):
        run_to_end(task)
    assert (out.read_bytes() if out.exists() else None) == old
    assert [path for path in out.parent.iterdir() if path != out] == []
    assert desk.study.signing.releases == ()


def test_that_stopping_before_the_register_is_saved_leaves_no_file(desk, tmp_path):
    out = tmp_path / "out" / "firms.xlsx"
    out.parent.mkdir()
    stopped_at_saving(desk, out).close()
    assert list(out.parent.iterdir()) == []
    desk.run("anonymise", **WISH, out=out)
    assert [path.name for path in out.parent.iterdir()] == ["firms.xlsx"]
