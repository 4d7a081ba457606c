"""The same model gives the same bytes, whenever and wherever it is written."""

from __future__ import annotations

import pytest

from app.analysis.learn.fitted import MODELS
from app.analysis.learn.save import meta_of, model_bytes, model_from_bytes
from tests.unit.analysis.learn.test_save import INSTRUMENT, LESSON, RUBRIC, model


@pytest.mark.parametrize("kind", MODELS)
def test_that_the_same_model_learnt_twice_gives_the_same_bytes_and_the_same_answers(kind):
    meta = meta_of(INSTRUMENT, RUBRIC, "2026", "2026-07-01")
    one, other = model(kind), model(kind)
    first, second = model_bytes(one, meta), model_bytes(other, meta)
    assert first == second
    restored, _ = model_from_bytes(first, INSTRUMENT, RUBRIC)
    assert (restored.fitted.answer(LESSON.table)[0] == one.fitted.answer(LESSON.table)[0]).all()
    assert model_bytes(restored, meta) == first
