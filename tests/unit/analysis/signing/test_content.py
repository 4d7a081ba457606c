"""One hash over what a brief rests on: it follows the content and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.signing import content_hash, results_hash
from app.domain.findings import CellReference, Finding, Severity
from app.domain.signing import Release, Signature, Signing, Stage
from app.files.study_file import create, open_study
from tests.study_samples import empty_study, full_study, grown


@dataclass(frozen=True)
class Old:
    """A record as an earlier program knew it."""

    value: float


@dataclass(frozen=True)
class New:
    """The same record with a field that came later."""

    value: float
    more: tuple[str, ...] = ()


def test_that_a_study_hashes_alike_before_it_is_saved_and_after_it_is_read(tmp_path):
    study = full_study()
    create(tmp_path / "a.zhiheng", study)
    assert results_hash(open_study(tmp_path / "a.zhiheng")) == results_hash(study)


def test_that_a_field_which_a_later_program_adds_changes_no_hash():
    assert content_hash(New(1.5)) == content_hash(Old(1.5))
    assert content_hash(New(1.5, ("x",))) != content_hash(Old(1.5))


def test_that_signatures_releases_and_the_journal_are_no_part_of_the_results():
    study = full_study()
    signed = Signing(
        (Signature(Stage.DRAFTED, "甲", "2026-09-01", "", ""),), (Release("brief-1", "brief", "", "甲", "", "", ""),), "00"
    )
    assert results_hash(replace(study, signing=signed, journal=study.journal[:1])) == results_hash(study)


def changed_answer(study):
    values = study.responses.values.copy()
    values.loc[0, "Q26"] = "M2"
    return replace(study, responses=replace(study.responses, values=values))


def changed_level(study):
    (known,) = study.assessments
    return replace(study, assessments=(replace(known, firms=known.firms.assign(index=[12.5, 13.0])),))


@pytest.mark.parametrize(
    "change",
    [
        grown,
        changed_answer,
        changed_level,
        lambda study: replace(study, waves=(replace(study.waves[0], frame={"I01": 41}),)),
        lambda study: replace(study, progress=(replace(study.progress[0], gap=0.3),)),
        lambda study: replace(study, definition=("", "")),
        lambda study: replace(study, sources=(replace(study.sources[0], name="乙.csv"),)),
        lambda study: replace(study, findings=(Finding("x", Severity.NOTE, CellReference("a", "b", 1, 1), ""),)),
    ],
)
def test_that_whatever_a_brief_prints_changes_the_hash(change):
    assert results_hash(change(full_study())) != results_hash(full_study())


def test_that_how_a_column_is_stored_changes_no_hash():
    texts = pd.DataFrame({"a": pd.array(["x", "y", "x"], dtype="str")})
    codes = pd.DataFrame({"a": pd.Categorical(["x", "y", "x"], categories=["z", "y", "x"])})
    assert content_hash(texts) == content_hash(codes)
    assert content_hash(texts) != content_hash(pd.DataFrame({"a": pd.array(["x", "y", None], dtype="str")}))
    assert content_hash(pd.DataFrame({"a": np.array([1, 2], "int64")})) == content_hash(pd.DataFrame({"a": np.array([1.0, 2.0])}))


def test_that_a_study_without_answers_has_a_hash():
    assert len(results_hash(empty_study())) == 64
