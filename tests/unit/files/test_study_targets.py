"""What people enter about goals is kept in the study file whole; a file of an earlier format opens without any."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlcipher3.dbapi2 as sqlite

from app.domain.goals import Layer
from app.domain.journal import head
from app.domain.study import FORMAT_VERSION
from app.domain.targets import DeclaredBreak, GoalEdit, Lever, MeasureEdit, Proof, ProofState, Reported, Scenario, Targets
from app.files import study_file
from app.files.study_file import create, open_study, save
from tests.study_samples import full_study, grown

BY = ("张三 🤖", "2026-08-01")


@pytest.fixture
def targets(resources):
    book = resources.goal_book
    goal, measure = replace(book.goal("n2027_penetration"), value=0.1 + 0.2), replace(book.measure("p_kpi"), id="own")
    return Targets(
        goals=(GoalEdit(goal.id, goal, *BY, "“因为”\n两行"), GoalEdit(goal.id, None, *BY, "", "县.toml")),
        measures=(MeasureEdit("own", measure, *BY, "县.toml"),),
        proofs=tuple(Proof("item_2_1", state, "说明", "报告", *BY) for state in ProofState),
        reported=(
            Reported("c2027_firms", "2026-06-30", 12_000.0, "局", *BY),
            Reported("c2027_firms", "2026-06-30", None, "", *BY),
        ),
        breaks=(DeclaredBreak("2026", "", "问法", *BY), DeclaredBreak("2026", "", "问法", *BY, taken_back=True)),
        scenarios=(Scenario("稳", goal.id, (Lever((("size", "small"),), 120, "L2", "2026-06-30", (0.5, 1.0)),), "", *BY),),
    )


def test_that_targets_come_back_whole(tmp_path, targets):
    path, study = tmp_path / "a.zhiheng", replace(full_study(), targets=targets)
    create(path, study)
    assert open_study(path).targets == targets
    save(path, grown(replace(study, targets=Targets())), head(study.journal))
    assert open_study(path).targets == Targets()


@pytest.mark.parametrize(
    ("version", "lost"), [(1, ("guidance", "judgements", "targets")), (2, ("judgements", "targets")), (3, ("targets",))]
)
def test_that_a_study_of_an_earlier_format_opens_without_targets_and_takes_some(tmp_path, targets, version, lost):
    path, made = tmp_path / "旧.zhiheng", full_study()
    create(path, made)
    _age(path, version, lost)
    opened = open_study(path)
    assert opened.targets == Targets()
    assert [each.goal.layer for each in opened.progress] == [Layer.STATE]
    save(path, grown(replace(opened, targets=targets)), head(opened.journal))
    assert int.from_bytes(path.read_bytes()[60:64], "big") == FORMAT_VERSION
    assert open_study(path).targets == targets


def _age(path, version, lost):
    """Make the file one of an earlier format: without what that did not know, and with the layers as it called them."""
    connection, sha = sqlite.connect(str(path)), study_file._sha
    for name in (*lost, "seal"):
        connection.execute("DELETE FROM meta WHERE name = ?", (name,))
    ((blob,),) = connection.execute("SELECT packed FROM derived WHERE name = 'progress'").fetchall()
    old = bytes(blob).replace(b'"layer":"state"', b'"layer":"national"')
    assert old != bytes(blob)
    connection.execute("UPDATE derived SET packed = ?, sha256 = ? WHERE name = 'progress'", (old, sha("progress", old)))
    seal = study_file._seal(connection)
    connection.execute("INSERT INTO meta (name, value, sha256) VALUES ('seal', ?, ?)", (seal, sha("seal", seal)))
    connection.execute(f"PRAGMA user_version={version}")
    connection.commit()
    connection.close()
