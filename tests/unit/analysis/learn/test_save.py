"""A model as a file: the same answers afterwards, used only where it belongs, and never a way in."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.learn.fitted import BOOSTING, MODELS, ORDINAL
from app.analysis.learn.nested import counted
from app.analysis.learn.predict import LevelModel, norms_of
from app.analysis.learn.save import Meta, meta_of, model_bytes, model_from_bytes
from app.analysis.learn.sets import learn_sets
from app.analysis.learn.tune import tune
from app.domain.errors import UserError
from app.domain.instrument import Instrument
from app.domain.rubric import ItemScore, LevelWords, Rubric
from app.domain.task import run_to_end
from tests.unit.analysis.learn.county import LEVELS, county, lesson_of
from tests.unit.analysis.small_study import W

CASE = county(150, 150, 6, seed=2)
LESSON = lesson_of(CASE)
INSTRUMENT = Instrument("form", "2", W, "test", ())
RUBRIC = Rubric(
    "points", "3", W, "test", (), tuple(ItemScore(item, "data", "options") for item in CASE.matrix.items), (),
    tuple(LevelWords(level, W, 0.0, W) for level in LEVELS),
)  # fmt: skip


def model(kind: str) -> LevelModel:
    fitted = run_to_end(counted(tune(kind, LESSON, 0), "progress.learn.fit", 0, 4))
    keys = CASE.firms["firm"].to_numpy(dtype=object)
    sets = learn_sets(fitted.answer(LESSON.table)[0], LESSON.levels, keys[CASE.taught], fitted.classes, (0, 4), 0)
    return LevelModel(fitted, LEVELS, sets, norms_of(CASE.answers, LESSON.columns, keys))


@pytest.fixture(scope="module")
def saved():
    return model_bytes(model(ORDINAL), meta_of(INSTRUMENT, RUBRIC, "2026", "2026-07-01"))


def code(data, instrument=INSTRUMENT, rubric=RUBRIC) -> str:
    with pytest.raises(UserError) as refused:
        model_from_bytes(data, instrument, rubric)
    return refused.value.code


def changed(data: bytes, **entries) -> bytes:
    """The file with parts of its header changed, or its body replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        header, body = json.loads(archive.read("header.json")), archive.read("body.skops")
    body = entries.pop("body", body)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("header.json", json.dumps({**header, **entries}))
        archive.writestr("body.skops", body)
    return out.getvalue()


@pytest.mark.parametrize("kind", MODELS)
def test_that_a_saved_model_answers_as_before(kind):
    one = model(kind)
    other, meta = model_from_bytes(model_bytes(one, meta_of(INSTRUMENT, RUBRIC, "2026")), INSTRUMENT, RUBRIC)
    assert meta == Meta("form", "2", "points", "3", "2026")
    (chances, called), (again, called_again) = one.fitted.answer(LESSON.table), other.fitted.answer(LESSON.table)
    np.testing.assert_array_equal(chances, again)
    np.testing.assert_array_equal(called, called_again)
    keys = CASE.firms["firm"].to_numpy(dtype=object)
    np.testing.assert_array_equal(one.sets(chances, keys), other.sets(again, keys))
    np.testing.assert_array_equal(one.norms.points, other.norms.points)
    assert other.columns == one.columns


def test_that_a_model_is_refused_where_it_does_not_belong(saved):
    assert code(saved, replace(INSTRUMENT, version="1")) == "model.other_instrument"
    assert code(saved, replace(INSTRUMENT, id="else")) == "model.other_instrument"
    assert code(saved, rubric=replace(RUBRIC, version="4")) == "model.other_rubric"
    assert code(saved, rubric=replace(RUBRIC, levels=RUBRIC.levels[:4])) == "model.other_levels"
    assert code(saved, rubric=replace(RUBRIC, scores=RUBRIC.scores[1:])) == "model.other_questions"


def test_that_boosting_of_another_release_is_refused_and_a_regression_is_not(saved):
    libraries = {"scikit-learn": "1.5.2", "numpy": "2.0"}
    assert model_from_bytes(changed(saved, libraries=libraries), INSTRUMENT, RUBRIC)[0].fitted.kind == ORDINAL
    boosted = model_bytes(model(BOOSTING), meta_of(INSTRUMENT, RUBRIC))
    assert code(changed(boosted, libraries=libraries)) == "model.other_version"


@pytest.mark.parametrize("data", [b"", b"not a model", b"PK\x03\x04" + b"\0" * 40])
def test_that_what_is_no_model_is_refused(data):
    assert code(data) == "model.unreadable"


def test_that_a_damaged_model_is_refused(saved):
    assert code(saved[: len(saved) // 2]) == "model.unreadable"
    assert code(changed(saved, columns={"items": 3})) == "model.unreadable"
    assert code(changed(saved, format="zhiheng-model-0")) == "model.unreadable"
    assert code(changed(saved, body=b"nothing")) == "model.unreadable"


def test_that_a_body_with_a_type_of_its_own_is_refused_and_never_run(saved, tmp_path):
    from skops.io import dumps

    class Evil:
        def __reduce__(self):
            return os.system, (f"touch {tmp_path / 'ran'}",)

    assert code(changed(saved, body=dumps({"classes": Evil()}))) == "model.untrusted"
    assert code(changed(saved, body=dumps({"classes": os.system}))) == "model.untrusted"
    assert not (tmp_path / "ran").exists()


def test_that_a_body_of_plain_values_that_is_no_model_is_refused(saved):
    from skops.io import dumps

    assert code(changed(saved, body=dumps([1, 2, 3]))) == "model.unreadable"
    assert code(changed(saved, body=dumps({"classes": [0, 1]}))) == "model.unreadable"


def test_that_a_file_that_unpacks_to_too_much_is_refused(monkeypatch, saved):
    monkeypatch.setattr("app.analysis.learn.save.MOST_BYTES", 1000)
    assert code(saved) == "model.unreadable"


def test_that_no_pickle_is_inside(saved):
    with zipfile.ZipFile(io.BytesIO(saved)) as archive, zipfile.ZipFile(io.BytesIO(archive.read("body.skops"))) as body:
        assert all(name.endswith((".json", ".npy")) for name in body.namelist())
