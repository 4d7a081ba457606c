"""Pillar weights as a file: what is written is read back, and anything else is refused in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.judgement import Aggregation, Weighting
from app.files.weighting_file import read_weighting, write_weighting

TEXTS = st.text(max_size=20).map(lambda text: text.encode("utf-8", "ignore").decode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(TEXTS, st.floats(0, 1e6), min_size=1, max_size=5), st.sampled_from(list(Aggregation)), TEXTS)
def test_that_weights_are_read_back_as_written(tmp_path, weights, aggregation, rationale):
    path = tmp_path / "w.toml"
    write_weighting(path, Weighting("W1", tuple(weights.items()), aggregation, rationale))
    read = read_weighting(path)
    assert dict(read.weights) == weights
    assert (read.aggregation, read.rationale) == (aggregation.value, rationale)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "weights = 3",
        "[weights]",
        '[weights]\ndata = "2"',
        "[weights]\ndata = true",
        "a = [",
        "rationale = 3\n[weights]\ndata = 1",
    ],
)
def test_that_another_file_is_refused(tmp_path, text):
    path = tmp_path / "w.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_weighting(path)
    assert caught.value.code == "weights.file"
